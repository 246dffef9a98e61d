"""Who is a person: names after a label or "guest lecture by", and words that can only be a name where nothing announces one."""

import re
from collections.abc import Iterable

from ingest.syllabus.document import Line, Source

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶŁĻŃŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽȘȚ"
_TOKEN = rf"(?:(?:[{_UPPER}][\w√©'’`.]*(?:-[{_UPPER}]?[\w'’]+)*)|(?:al|el|bin|ben|ibn|abu)-[{_UPPER}]\w+)"
_PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|dos|la|le|bin|ibn|ben|al|el|ter|zu|y)"
_NAME = re.compile(rf"{_TOKEN}(?:[ ](?:{_PARTICLE}[ ])*{_TOKEN}){{0,4}}")
_HONORIFIC = re.compile(
    r"\s*(?:(?:prof(?:essor|\.)?|dr\.?(?!\w)|mr\.?(?!\w)|mrs\.?|ms\.?(?!\w)|mx\.|sir|dame|asst\.?|assoc\.?|ph\.?d\.?|pd|dipl\.-\w+\.?"
    r"|jun\.-)(?=[\s.]|$)\.?\s*)+",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:(?:guest|invited|industry)(?: (?:lectures?|talks?|speakers?|lecturers?|seminar|presentation))?|(?:lecture|talk|presented"
    r"|taught|led|given|delivered|presentation|seminar))"
    r"\s*(?::|by|from|with|–|—|-|\()\s*|\bspeakers?\s*:\s*|\bby\s+(?=(?:Prof|Dr)\b)",
    re.IGNORECASE,
)
_TITLED = re.compile(rf"(?:^|[,;(–—-]\s*|\b(?:by|with|from)\s+)((?:Prof(?:essor|\.)?|Dr\.?)\s+(?:Dr\.?\s+)?{_NAME.pattern})")
# Given names, of many countries, that are no common English words: a single one in brackets behind a topic is a person.
_GIVEN = frozenset(
    """
    aaron abdul abigail abraham adam adrian ahmed aisha alan albert alejandro alex alexander alexandra alexis ali alice alison amanda amir
    amit amy ana anand andrea andreas andrew andy angela anil anita ann anna anne anthony antonio anya arjun arthur arun ashish aviral
    barbara ben benjamin bernard beth bill bin bo bob boris brian bruce bruno camille carl carla carlos carol caroline catherine charles
    charlotte chen chi chloe chris christian christina christine christoph christopher chun claire clara claudia clement colin connor
    craig cynthia dan daniel daniela danielle danqi david dawn deborah deepak denis dennis diana diego dimitri dmitry dominic don donald
    dong doug douglas ed eduardo edward elena eli elias elizabeth ella ellen emil emily emma eric erica erik eva evan fatima fei felix
    fernando fiona florian francesca francesco francis francois frank fred gabriel gary george gerald giovanni giulia greg gregory
    guillaume gustavo hannah hans harish harry hassan he heather helen helena henrik henry hiroshi hong hui ian ibrahim igor ilya ines
    ingrid irene isaac isabel isabella ivan jack jacob jae jake james jamie jan jana jane janet jason javier jay jean jeff jeffrey
    jennifer jeremy jerry jesse jessica jia jian jill jim jin jing joan joe joel johan johannes john jon jonas jonathan jordan jorge
    jose joseph joshua joy juan judith julia julian julie jun jung jurgen karen karl karthik kate katherine kathryn katie kavita keith
    kelly ken kenji kenneth kevin khalid kim kiran klaus kumar kyle lars laura lauren laurent lea lei leila lena leo leon li lin linda
    ling lisa liu lorenzo louis luca lucas lucia lucy luis lukas luke lynn manuel marc marcel marco marcus maria marie marina mario
    marion mark markus marta martha martin martina mary mateo matt matteo matthew matthias maya mei melissa michael michel michelle
    miguel mike milan min ming mira miriam mohamed mohammad mohammed monica mona moritz muhammad nadia nancy naomi natalia natalie
    nathan neha neil nelson nicholas nick nicola nicolas nicole niels nikhil nikola nina noah noam nora olaf oleg olga oliver olivia
    omar oscar pablo paolo patricia patrick paul paula pedro peng percy peter petra phil philip philipp pierre ping pooja prakash priya
    qian qing quentin rachel rafael rahul raj rajesh ralf raphael raquel ravi rebecca renata rené ricardo richard robert roberto robin
    roger rohan roland roman ron rosa ross roy ruth ryan sabine sam samantha samir samuel sandra sanjay sara sarah sasha scott sean
    sebastian sergey sergio shan sharon sheng shreya simon sofia sofie sonia sophia sophie stefan stefano stella stephanie stephen steve
    steven stuart sue sunil sung susan suzanne sven tao tara tatsu ted teresa terry theo theresa thomas tian tim timothy tobias tom
    tomas tony tracy ulrich uma ursula valentina vanessa vera veronica victor vijay vikram vincent vivek vladimir walter wang wei wendy
    wenjie william xiao xin xu yael yan yang yann yannick yasmin yi ying yoav yong yoshua yu yuan yuki yun yusuf yvonne zach zachary
    zhang zhao zhen zhou zoe aditi aditya akira akiko amara anders andrej annika ayesha chiara chinedu daphne deniz emre eszter femi
    freya gintare hana haruka ifeoma jelena joao jose joão josé kaito katarzyna kofi kwame lakshmi leonor magnus mehmet mads marek
    marija mariana mikael minh nadine ngozi nguyen nkechi noor oskar pawel piotr rasmus ritu rosalind saanvi sanna sina soren søren
    tamar tariq thandi tomasz tuan viktor wanjiru yara yusra zainab zofia zuzanna jakub ewa asha ravi leila imani""".split()
)  # fmt: skip
# What courses are about, capitalised in titles: never a name where only the capitals would tell.
_NO_NAME = frozenset(
    """
    a about abstract academic access acm active adaptation advanced agent agents ai algebra algorithm algorithms alignment all analysis and
    annotation api application applications applied approach approaches architecture architectures artificial assessment assignment
    assignments association attacks attention audio augmented autoencoders automatic autonomy background bases basic basics bayes
    bayesian beam behavior beyond bias big biology black blog board book boosting bootcamp brain break building business calculus campus
    cancelled canvas capstone care case cases catchup causal causality center chain challenges chapter chat chatbot chatbots checkpoint
    chips class classes classical classification classifier classifiers closed cloud clustering code coding cognitive college common
    communication company comparison compression compute computer computing concepts conclusion conference context control conversation
    conversational convex convolutional core corpora corpus course cover critical cross cultural culture current data dataset datasets
    day deadline debate decision decoder decoding deep defense demo demos department dependency deployment design detection development
    dialog dialogue diffusion digital dimension dimensionality direct discovery discrete discussion distance distributed distribution
    document domain due dynamic dynamics early economics economy edge education efficiency efficient embedding embeddings emerging
    empirical encoder encoders end energy engineering english ensemble enterprise environment environments error essay ethical ethics
    evaluation evals event evidence evolution exam example examples exercise expectation experiment experiments expert experts
    exploration extra face factor fair fairness fall feature features feedback field final finals finance fine finite first flow
    forecasting foundation foundations forest framework frameworks free friday frontier frontiers full function functions fundamental
    fundamentals future game games gaussian general generation generative global gpu gpus gradient grammar graph graphs group guest
    guide hall hands hardware health hidden history holiday home homework human hybrid hypothesis ii iii image images impact
    implementation in independent industry inference information infrastructure institute instruction instructor integration
    intelligence interaction interactive interface internet interpretability intro introduction invited issues iterative iv job joint
    kernel kernels key knowledge lab laboratory labs language languages large large-scale latent law laws layer learning lecture
    lectures legal length library life light limitations limits linear linguistics literature live local logic logistic logistics long
    loss machine machines management many map margin markov massive matching materials math mathematics matrix matters mean measurement
    mechanical mechanisms media medical medicine meeting memory meta method methodology methods metrics midterm milestone mining mixture
    mobile model modeling modelling models modern module monday money monitoring monte moral morphology multi multilingual multimodal
    multiple music naive natural nearest network networks neural new news next no nonlinear normal notes object off office on online
    ontology open operating operations optimal optimization optional oral order ordinary organization other out outlook overview pac
    page panel paper papers parallel parameter parameters parsing part parts pattern patterns perception performance perspectives
    philosophy physical physics planning platform play poetry point policy political politics poster power practical practice practices
    pre pretraining preference prediction preparation presentation presentations primer principal principles privacy probabilistic
    probability problem problems process processes processing product production professional program programming programs progress
    project projects prompt prompting proposal proposals protocol psychology public python pytorch qa quality quantum query question
    questions queue quiz random reading readings reality real reasoning recap recent recitation recommendation recommender recurrent
    reduction reflection regression regular reinforcement relation remote report representation representations research resource
    responsible results retrieval review reviews reward risk risks robot robotics robots robust robustness room rule rules safety sample
    sampling saturday scale scaling schedule science sciences scientific search second section security segmentation selection self
    semantic semantics seminar sequence sequences serving session set sets short signal simulation site small smart social society
    software solution solutions space spaces sparse speaker special speech spring state states statistical statistics stochastic
    strategy string structure structured structures student students study style summarization summary summer sunday supervised support
    survey symbolic symposium syntax synthesis synthetic system systems table tagging talk task tasks team tech technical techniques
    technology temporal tensor term test testing text thanksgiving the theorem theory think thinking third thursday time to today
    tokenization tokens tool tools topic topics tour track tradeoffs training transfer transformer transformers translation tree trees
    trends trust tuesday tuning turing tutorial two type types uncertainty understanding unit university unsupervised update usage use
    user using value values variables variational vector vectors verification video views virtual vision visual visualization voice walk
    wall warm web wednesday week welcome what why wide winter with word words work workflow workflows workshop world wrap writing year
    your zero zoom scientist engineer director fellow professor prof postdoc postdoctoral lecturer researcher head chief officer founder
    co-founder manager vp president dean chair adjunct assistant associate senior staff principal lead partner consultant analyst
    architect phd student candidate instructor ta tas speaker ceo cto""".split()
)  # fmt: skip


class People:
    """Knows who a document's people are.

    Attributes:
        known: Full names of the staff.
    """

    def __init__(self, source: Source, known: Iterable[str] = ()) -> None:
        self.known = tuple(known)
        # A word that the document also writes in small letters is no name.
        self._words = {word for line in source.lines for word in re.findall(r"(?<![\w-])[a-zà-ÿ]{3,}(?![\w-])", line.text)}

    def may_be_name(self, text: str) -> bool:
        """Can these words be nothing but a person's name, though nothing says so?"""
        text = _HONORIFIC.sub("", text, count=1) if _HONORIFIC.match(text) else text
        tokens = text.split()
        if not _NAME.fullmatch(text) or not 1 <= len(tokens) <= 4:
            return False
        lows = [token.lower().strip(".") for token in tokens]
        if any(name.lower().split()[0].startswith(lows[0]) and len(lows[0]) > 2 for name in self.known) and len(tokens) == 1:
            return True
        if len(tokens) == 1:
            return lows[0] in _GIVEN
        if any(token.isupper() and len(token) > 3 for token in tokens) or re.search(r"\d", text):
            return False
        if any(low in _NO_NAME or low in self._words for low in lows if low not in _GIVEN):
            return False
        return lows[0] in _GIVEN or not any(
            re.search(
                r"(?:tion|tions|ing|ings|ment|ments|ics|ity|ism|ness|als|ers|ies|ble|ive|ture|tures|logy|graphy|ology|ance|ence)$", low
            )
            for low in lows
        )

    def in_brackets(self, text: str) -> list[str]:
        """The people whom a bracket behind a topic names: "(Percy)", "(Jung-Woo Ha, Head of …)", "(Guest lecture from …)"."""
        if announced := self.announced(text):
            return announced
        first, *rest = re.split(r"\s*(?:,|;|&|\band\b|/)\s*", text)
        if not self.may_be_name(first):
            return []
        more = []
        for part in rest:
            if not self.may_be_name(part) or len(part.split()) > 3:
                break
            more.append(part)
        return [first, *more]

    def announced(self, text: str) -> list[str]:
        """The people whom words themselves announce: "Guest lecture by Ce Zhang", "…, Prof. FU Jie"."""
        match = _BY.search(text)
        if match:
            behind = re.split(r"\s*(?:[(:;)]|\s[–—-]\s|,\s*(?=[a-z])|\bon\b|\bfrom\b|\.\s)\s*", text[match.end() :])[0]
            told = re.search(r"\b(?:by|from|with)\s*$", match[0], re.IGNORECASE)
            names = [name for name in listed(behind) if told or self.may_be_name(name)]
            return [name for name in names if len(name.split()) > 1 or self.may_be_name(name)]
        titled = _TITLED.search(text)
        return listed(titled[1]) if titled else []

    def at_line(self, line: Line) -> list[str]:
        """The people of a line that is nothing else: "Denny Zhou, Google DeepMind"."""
        text = line.text
        first = re.split(r"\s*(?:,|\(|–|—|\||\s-\s|\bfrom\b)\s*", text, maxsplit=1)[0]
        if len(text) > 120 or len(first.split()) < 2:
            return []
        parts = re.split(r"\s*(?:&|\band\b)\s*", first)
        return parts if all(self.may_be_name(part) for part in parts) else []


def listed(text: str, *, one: bool = False) -> list[str]:
    """The people whom a label announces: names of a list, without titles, posts and firms.

    Args:
        one: The label speaks of one person; what follows a comma is no other.
    """
    text = re.sub(r"\(.*?\)|\[.*?\]|https?://\S+|\S+@\S+", " ", text)
    found: list[str] = []
    pieces = re.split(r"\s*(;|&|\band\b|\+|/|\n|,|\s[·|•]\s)\s*", text)
    for n, part in enumerate(pieces[::2]):
        comma = n > 0 and pieces[2 * n - 1] == ","
        if comma and one:
            break
        name = _HONORIFIC.sub("", part.strip(" .:–—-*"), count=1) if _HONORIFIC.match(part.strip(" .:–—-*")) else part.strip(" :–—-*")
        name = name if re.search(r"\b[A-Z]\.$", name) else name.rstrip(". ")
        name = re.split(r"\s+(?:from|at|of|–|—|-)\s+", name)[0].strip(" .,") if not re.fullmatch(r".*\b[A-Z]\.", name) else name
        match = _NAME.fullmatch(name)
        if (
            match
            and name.lower() not in ("tba", "tbd", "tbc", "n/a", "none")
            and name.lower().split()[-1] not in _NO_NAME
            and not re.search(r"\d|\.\w", name)
        ):
            if found and comma and len(name.split()) == 1 and name.lower() not in _GIVEN:
                continue  # "Chi Wang, Google"
            if found and _is_place(name):
                continue
            found.append(name)
    return found


def plausible(text: str) -> bool:
    """Has it the shape of a name, and no word that is none?"""
    return (
        is_name(text) and not _is_place(text) and not any(token.lower() in _NO_NAME for token in re.split(r"[\s.-]+", without_title(text)))
    )


def _is_place(text: str) -> bool:
    """A firm or a school, where a person's name stood before."""
    return bool(
        re.search(
            r"\b(?:University|Institute|College|Lab|Labs|Research|AI|Inc|School|Google|Meta|Microsoft|DeepMind|OpenAI|NVIDIA|Amazon"
            r"|IBM|ETH|MIT|CMU|UC)\b",
            text,
        )
    )


def without_title(text: str) -> str:
    """A name without "Prof." and "Dr."."""
    return _HONORIFIC.sub("", text.strip(), count=1).strip() if _HONORIFIC.match(text.strip()) else text.strip()


def is_name(text: str) -> bool:
    """Has it the shape of a name? Enough only where something announces one."""
    return _NAME.fullmatch(without_title(text)) is not None and not re.search(r"\d", text)
