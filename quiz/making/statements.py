"""Which sentences of a reading are worth asking about, and can be understood alone.

A quiz is only as good as what it asks about. A sentence is taken where it is whole, says something of its own, leans on
nothing around it ("this table", "the latter", "it") and holds no maths that a line of text garbles. Each refusal has a reason. What is
left is ranked: what the reading is about, in the sections that matter. Pure rules for English; none knows a paper.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.documents import ASIDES, Kind, Sentence
from quiz.making.cleaning import cleaned
from quiz.making.language import Parsed

_FEWEST, _MOST = 7, 45  # words
_NAMED = 3  # times that a name must stand in a reading to be the subject of an item
_FAMILIAR = 5  # times that "the encoder" must stand in a reading to be a thing of its own there
# Nothing is asked from these.
_SKIPPED = re.compile(
    r"^appendix\b|\b(?:references|bibliography|acknowledg\w*|contributions? of (?:the )?authors|author contributions?|funding|disclosure|"
    r"prompts?|examples?|samples?|transcripts?|templates?|licen[cs]es?|reproducibility|checklist|about|contents|supplement\w*|"
    r"organi[sz]ation|notations?|ethic\w*|(?:broader|societal) impacts?|instructions? (?:to|for)|questionnaires?)\b",
    re.IGNORECASE,
)
_MATERIAL = re.compile(
    r"\b(?:trajector\w*|outputs?|completions?|generations?|generated|cases?|interface|survey|label\w*|demograph\w*|human|cards?|screens?|"
    r"questions?|answers?|lists?|crowd\w*|annotat\w*|conversations?|dialog\w*|qualitative)\b",
    re.IGNORECASE,
)
_LESS = re.compile(r"\b(?:related works?|prior work|previous work|background|preliminar\w*|history|overview of)\b", re.IGNORECASE)
_SETUP = re.compile(
    r"\b(?:set-?up|implementation|training data|training regime|pre-?training data|batching|"
    r"data (?:collection|preparation|filtering|processing)|"
    r"hyper-?parameters?|training details|details|hardware|optimi[sz]er|schedule|infrastructure)\b",
    re.IGNORECASE,
)
_DATA = re.compile(
    r"\b(?:data ?sets?|baselines?|benchmarks?)$|\bexperimental (?:set-?ups?|settings?|design|details)\b|^settings?$|^appendix\b",
    re.IGNORECASE,
)
_CORE = re.compile(r"\b(?:abstract|conclusions?|results?|discussion|findings|limitations?|main)\b", re.IGNORECASE)

_ODD = re.compile(r"[^\w\s.,;:%$()'\"“”‘’/&+×≈~<>=#°–—‐‑@-]|[^\x00-\x7fÀ-ž“”‘’×≈°–—‐‑]|_")
_EQUALS = re.compile(r"\b(?:[A-Za-z]{1,2}|[a-z]?[A-Za-z]?[a-z]{3,}) ?= ?\d[\d.,]*\b")
_LONE = re.compile(r"(?<![\w’'.&@-])(?!(?:[aAI]|[A-Za-z] ?= ?\d)\b)[A-Za-z](?![\w’'.&-])(?! ?= ?\d)")
_NO_VOWEL = re.compile(
    r"(?<![\w’'-])(?![A-Z]|(?:by|my|why|try|dry|vs|etc|th|st|nd|rd|fly|shy|nth|km|kg|cm|mm|ms|gb|mb|tb|kb)\b)[b-df-hj-np-tv-z]{1,4}(?![\w-])"
)
_FLATTENED = re.compile(r"\b\d+[a-hjlnoqrtuvwyz]\b|\de-?\d|[A-Za-z)] \d{1,2}\.$|\d\s?[·×]\s?10\d|10[−–-]\d|\d[−∗*^]|[·]")
_MISPRINT = re.compile(
    r"^(?:Analy[sz]ing|Comparing|Evaluating|Using) of\b|"
    r"\b[Aa]n (?!honou?r|hour|heir|honest)[b-df-hj-np-tv-z][a-z]{2,}\b|\b[Aa] (?:two|three|four|five) \w+ points\b|"
    r"\b[Oo]ur (?:study|work|method|approach|model|analysis) (?:\w+ly |only |also )?"
    r"(?:focus|use|show|find|achieve|make|give|improve|perform)\b"
)
_POINTS = re.compile(
    r"\b(?:(?:sub)?sections?|secs?\.|tables?|figures?|figs?\.|appendix|appendices|equations?|eqs?\.|eqn\.|algorithms?|footnotes?|"
    r"chapters?|examples?) ?\(?(?:\d|[A-Z]\b|[A-Z]\d)|§|https?:|www\.|"
    r"\b(?:above|below|aforementioned|previously (?:mentioned|described|discussed)|as follows|the following|following "
    r"(?:section|example|figure|table|equation)s?|(?:next|previous|"
    r"subsequent|later|earlier|remaining) (?:sub)?sections?|this (?:sub)?section|supplementary)\b|\bet al\b|\w@[\w.-]+\.\w|\bibid\b",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"\b(?:this|these|former|latter|here|otherwise|likewise|similarly|accordingly|instead of that|do(?:es)? so|doing "
    r"so|the others|the rest|described in (?:previous|prior)|"
    r"(?:in|by|from|of|to) that (?:work|paper|study|case|setting)|"
    r"so (?:trained|obtained|defined|called)|the specific|step further|the (?:first|last) (?:two|three|four)|"
    r"both (?:types|kinds|methods|models|approaches|datasets|benchmarks|settings|cases|tasks|variants)|"
    r"(?:one|two|three|four|five) (?:out )?of (?:the )?(?:two|three|four|five|six|seven|eight|nine|ten) \w+|"
    r"(?:much|far|significantly|considerably) (?:better|worse|cheaper|faster|slower|larger|smaller|higher|lower)(?!.*\bthan\b)|"
    r"also\b(?=.*\b(?:more|less|better|worse|higher|lower|faster|slower|outperform\w*|exceed\w*)\b)(?!.*\bthan\b)|"
    r"similar (?:\w+ )?(?:approach|way|manner|setup|setting|idea|gap|trend|pattern|effect|result|behaviou?r|finding|observation)s?\b"
    r"(?! (?:to|as))|"
    r"all (?:two|three|four|five|six) (?:datasets|benchmarks|models|methods|settings|tasks|domains|languages|cases|variants)|"
    r"the (?:two|three|four|five|six)|(?:the )?original (?:paper|work)|since then|(?:more )?recently|the "
    r"resulting|all of them|hers?|his|she|he|vice versa|again)\b"
    r"|^in comparison\b|^the (?:favou?rable|proposed|good|strong) |^we define the\b|"
    r"^the (?:average |overall )?(?:improvements?|gains?|agreement|overlap|gap)\b(?! (?:of|between|over|in)\b)|"
    r"^both\b(?!.* and )|^(?:the same|another|the other|such)\b|^we (?:then|next|now|first|finally)\b|^in (?:other|both|all|"
    r"most|some|such) cases\b|\bin the same (?:way|manner)\b|\bthose\b(?! (?:of|who|that|"
    r"which|in|from|with|for))|\bsuch\b(?! (?:as|an?|that)\b)",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\b(?:acknowledg\w*|grateful|thanks?|gratitude|funded|grants?|contributed equally|equal contribution|internship|"
    r"corresponding author|copyright|permission)\b",
    re.IGNORECASE,
)
_CUT_SHORT = re.compile(
    r"\b(?:in|by|of|from|with|to|as|and|or|on|for|following|see)\s*[.,;]|\(\s*\)|"
    r"\b(?:is|are|was|were|(?:which|that|who) ha(?:s|ve)(?: been)?)\.$"
)
# Of no use to know, whatever the paper.
_TUNED = re.compile(
    r"\b(?:learning rates?|dropout|warm-?up|weight decay|label smoothing|beam (?:size|search)|random seeds?|temperature of|"
    r"gradient clip\w*|"
    r"norm of (?:the )?gradients|checkpoints?|Adam\w*|Adagrad|batch sizes?)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\bfuture (?:work|research|directions?|studies)\b|\bmore (?:study|work|research|experiments) (?:is|are)\b|\bremains? "
    r"(?:an )?(?:open|unclear|to be)\b|\bopen (?:question|problem)s?\b|"
    r"\bquestion (?:now |here )?is (?:whether|how|what|why)\b|\bin need\b|\bresearch goals?\b|\bto study how\b|"
    r"\b(?:we|i) (?:hope|believe|leave|plan|encourage|wish)\b|\bspace (?:constraints?|limit\w*)|"
    r"\blimited space\b|\bfor (?:simplicity|brevity|convenience)\b|"
    r"\bopen[- ]?sourc(?:e|ed|ing) (?:our|the|all|code)\b|\bavailable (?:at|on|online|here)\b|\bwe make .* available\b|\bour code\b",
    re.IGNORECASE,
)
_SHOULD = re.compile(r"\b(?:should|ought to)\b", re.IGNORECASE)
_LISTED = re.compile(r"(?:^|\s)\(?(?:1|i|a)\)\s|\bsteps? \d|\bfirst(?:ly)?,", re.IGNORECASE)
_EXAMPLE = re.compile(
    r"^(?:for (?:example|instance)|where\b|alternatively\b|e\.g|imagine|suppose|consider|let |assume|instead\b|rather\b|similar\b|also\b|"
    r"then\b|next\b|now\b|again\b|still\b)|\b(?:e\.g\.|i\.e\.)",
    re.IGNORECASE,
)
_PRONOUNS = frozenset("it its they their them itself themselves".split())
# "We describe", "we leave": a paper's words about itself.
_TALK = frozenset(
    "describe defer refer discuss present leave thank release report summarize outline review begin start turn provide note see list give "
    "detail illustrate include point hope believe conclude encourage acknowledge plan organize omit cover visualize plot focus consider "
    "expand assess explore investigate examine emphasize highlight recommend invite intend expect wish".split()
)
# "Our experiments show that it ...": these are not what "it" is.
_SAYERS = frozenset("experiment result finding analysis study work paper evaluation way order case addition contrast fact".split())
# Of which a reader must ask: which one?
_VAGUE = frozenset(
    "model method approach result task dataset paper author system problem idea difference work technique algorithm experiment "
    "goal objective reason way value number case setting figure table example output input answer one architecture framework "
    "procedure process "
    "finding observation change improvement gain score performance baseline question issue trend effect advantage benefit "
    "limitation section study "
    "data corpus set group sample function term equation formula layer text document sentence passage word token network "
    "training evaluation approach".split()
)
_HEADING_NUMBER = re.compile(r"^(?:Appendix )?(?:[A-Z]?\d*(?:\.\d+)*\.?|[IVX]+\.?|[A-Z]\.)\s+(?=\S)")


@dataclass(frozen=True)
class Statement:
    """A sentence that can be asked about.

    Attributes:
        text: As `cleaned` leaves it; what items quote.
        worth: How much it is worth asking, about 0 to 2.
        heading: The heading that it stands under, without its number.
    """

    sentence: Sentence
    text: str
    parsed: Parsed
    worth: float = 0.0
    heading: str = ""

    @cached_property
    def speaks_of_authors(self) -> bool:
        """Does it say "we" or "our"?"""
        return re.search(r"\b(?:we|our|ours|us|ourselves)\b", self.text, re.IGNORECASE) is not None


def heading(section: str) -> str:
    """The last heading of a section's path, without its number."""
    return _HEADING_NUMBER.sub("", section.split(" > ")[-1]).strip()


def respelt(words: str, spellings: Counter[str]) -> str:
    """A heading in capitals as the reading spells its words elsewhere: "Scaling up to GPT-3" for "SCALING UP TO GPT-3"."""
    letters = [c for c in words if c.isalpha()]
    if sum(c.isupper() for c in letters) < 0.75 * len(letters) or len(letters) < 7:
        return words
    best: dict[str, tuple[int, str]] = {}
    for spelt, count in spellings.items():
        if not (spelt.isupper() and spelt.isalpha() and len(spelt) > 5):
            best[spelt.lower()] = max(best.get(spelt.lower(), (0, "")), (count, spelt))
    made = re.sub(r"[^\W_]+(?:-[^\W_]+)*", lambda m: best.get(m[0].lower(), (0, m[0].lower()))[1], words)
    return made[:1].upper() + made[1:]


def is_appended(sentence: Sentence) -> bool:
    """Is it running text of an appendix that is no collection of prompts, outputs or forms?"""
    return (
        sentence.kind is Kind.PROSE
        and sentence.section.startswith("Appendix")
        and not any(
            _SKIPPED.search(part.removeprefix("Appendix").strip()) or _MATERIAL.search(part) for part in sentence.section.split(" > ")
        )
    )


def is_asked(sentence: Sentence) -> bool:
    """Is it running text of a section from which items are made?"""
    return (
        sentence.kind is Kind.PROSE and bool(sentence.section) and not any(_SKIPPED.search(part) for part in sentence.section.split(" > "))
    )


def tells_of_others(section: str) -> bool:
    """Is a section about other works, as far as its headings show?"""
    return any(_LESS.search(part) for part in section.split(" > "))


def is_setup(section: str) -> bool:
    """Does a section tell how experiments were made, and on what? "Results on public datasets" do not."""
    return any(_SETUP.search(part) or _DATA.search(part) for part in section.split(" > ")[-2:] if not _CORE.search(part))


def section_worth(section: str) -> float:
    """How much a section's sentences are worth asking about, 0 to 1, as far as its headings show."""
    if tells_of_others(section):
        return 0.3
    if _SETUP.search(section.split(" > ")[-1]):
        return 0.4
    return 1.0 if any(_CORE.search(part) for part in section.split(" > ")) else 0.8


def text_fault(text: str, *, is_typed: bool = False, is_handout: bool = False) -> str:
    """Why a cleaned sentence cannot be asked about, as far as its letters show; "" if it can.

    Args:
        is_typed: It was typed as text (Markdown), so that no reader of PDFs has garbled its maths.
        is_handout: It is of a text that was written for the course: what should be done, or how it is set, is what is to be learnt.
    """
    words = text.split()
    if not _FEWEST <= len(words) <= _MOST:
        return f"{len(words)} words: too {'short' if len(words) < _FEWEST else 'long'} to be asked about"
    if not text[0].isupper() or not text.endswith("."):
        return "no whole sentence"
    if text.count("(") != text.count(")") or text.count("“") != text.count("”") or text.count('"') % 2:
        return "a bracket or a quotation is cut"
    plain = _EQUALS.sub(" ", text)
    garbled = "=" in plain or _LONE.search(text) or _NO_VOWEL.search(text)
    if _ODD.search(plain) or _FLATTENED.search(text) or (garbled and not is_typed):
        return "signs that a line of text may garble"
    if _MISPRINT.search(text):
        return "a misprint"
    if _POINTS.search(text):
        return "it points elsewhere in the reading or to another work"
    if _LEANS.search(text):
        return "it leans on what stands around it"
    if _EXAMPLE.search(text):
        return "an example, an assumption or half of a thought"
    if _THANKS.search(text):
        return "thanks, or who did what"
    if _CUT_SHORT.search(text):
        return "a source that it leans on is gone"
    if _TUNED.search(text) and not is_handout:
        return "a setting of the training"
    if _OPEN.search(text) or (not is_handout and _SHOULD.search(text)):
        return "a wish, a plan or an excuse"
    if _LISTED.search(text):
        return "a part of a list"
    return ""


def misspelt(text: str, words: Counter[str]) -> str:
    """A word that a reading also has with two letters the other way round, so that one of them is wrong: "casual", "causal"; "" for none.

    Args:
        words: How often each word stands in the reading, small letters.
    """
    found: list[str] = re.findall(r"\b[a-z]{5,}\b", text.lower())
    for word in found:
        for n in range(len(word) - 1):
            other = word[:n] + word[n + 1] + word[n] + word[n + 2 :]
            if other != word and words[other]:
                return word
    return ""


def run_in(text: str, written: str, spellings: Counter[str]) -> bool:
    """Does a heading or a label run into a sentence: an everyday word with a capital right after one without?

    Args:
        written: The sentence as it stands, before `cleaned`.
    """
    if _RUN_IN.search(written):
        return True
    for before, word in re.findall(r"(?<!\w)([a-z]{2,}) ([A-Z][a-z]+)\b(?![-’'])", text):
        if before not in _SMALL and spellings[word.lower()] >= max(3, 3 * spellings[word]):
            return True
    return False


_RUN_IN = re.compile(
    r"^(?:[A-Z][a-z]+ ){2,}[A-Z]\w*[’']s |(?<![\w’'])[\w-]{2,} (?:As|We|Our|However|This|These|It) [a-z]"
)  # "of Retention As shown"
_SMALL = frozenset(
    "the a an of and or in on for to with by from as at called named our their its vs using than via is are was were".split()
)


def grammar_fault(parsed: Parsed, familiar: Counter[str], names: Counter[str], *, is_handout: bool = False) -> str:
    """Why a sentence cannot be asked about, as far as its grammar shows; "" if it can.

    Args:
        familiar: How often each noun stands in the reading after "the".
        names: How often each proper noun stands in the reading.
        is_handout: It is of a text that was written for the course: a name in it is known to the class, or told here.
    """
    words = parsed.words
    if not words:
        return "no sentence"
    root, subject = words[parsed.root], parsed.subject()
    if root.pos not in ("VERB", "AUX") or subject is None:
        return "no verb with a subject"
    if sum(word.head == n for n, word in enumerate(words)) > 1:
        return "two sentences in one"
    if root.tag in ("VBG", "VB") and not any(words[n].dep in ("aux", "auxpass") for n in parsed.children[parsed.root]):
        return "no finite verb"
    head = words[subject]
    first = parsed.name(subject)[0]
    if first < subject and words[first].tag == "NNS" and words[first].dep == "compound" and head.pos == "PROPN":
        return "a heading runs into it"
    for n in {first, subject} - {0}:
        opens = words[n].text
        if (
            opens[:1].isupper()
            and opens[1:].islower()
            and words[n].pos != "PRON"
            and words[n - 1].pos in ("NOUN", "ADJ")
            and words[n - 1].text.islower()
            and not any(word.pos == "DET" for word in words[first : n - 1])
        ):
            return "a heading runs into it"
    if head.lemma in ("we", "i") and root.lemma in _TALK:
        return "the reading talks of itself"
    if head.pos == "PRON" and head.lemma not in ("we",):
        return "its subject is a pronoun"
    if head.pos in ("DET", "NUM", "ADJ", "ADV") or head.lemma in ("many", "one", "most", "some", "few", "other", "none", "lot", "variety"):
        return f"“{head.text}”: of what?"
    if head.pos == "PROPN" and names[head.text] < _NAMED and not is_handout:
        return f"“{head.text}” is hardly known to the reading"
    if _is_bare(parsed, subject) and (head.lemma in _VAGUE or familiar[head.lemma] < _FAMILIAR):
        return f"“the {head.text}”: which one?"
    if any(
        w.pos == "NUM"
        and re.fullmatch(r"\d", w.text)
        and w.end < len(parsed.text)
        and parsed.text[w.end] == " "
        and n
        and words[n - 1].pos in ("NOUN", "PROPN")
        and n + 1 < len(words)
        and words[n + 1].tag == "NN"
        for n, w in enumerate(words)
    ):
        return "signs that a line of text may garble"
    if any(
        c.text.lower() in ("first", "second", "third", "next", "last", "latter", "former")
        for c in (words[m] for m in parsed.children[subject])
    ):
        return f"“{parsed.phrase(subject)[:30]}”: of which list?"
    nouns = [n for n, word in enumerate(words) if word.pos in ("NOUN", "PROPN") and word.lemma not in _SAYERS]
    for n, word in enumerate(words):
        if word.lemma in _PRONOUNS or word.text.lower() in _PRONOUNS:
            if (
                word.lemma == "it"
                and word.dep in ("expl", "nsubj")
                and n
                and any(words[c].dep in ("ccomp", "xcomp", "advcl") for c in parsed.children[word.head])
            ):
                continue  # "it is hard to"
            if not any(m < n for m in nouns):
                return f"“{word.text}” leans on a sentence before"
    return ""


def _is_bare(parsed: Parsed, n: int) -> bool:
    """A "the" and a noun, nothing else before the main verb (what stands behind it, in a list, names nothing)."""
    children = [parsed.words[c] for c in parsed.children[n] if c <= parsed.root or n > parsed.root]
    return parsed.words[n].pos == "NOUN" and any(c.lemma == "the" for c in children) and all(c.dep in ("det", "punct") for c in children)


def familiar_nouns(parsed: Iterable[Parsed]) -> Counter[str]:
    """How often each noun stands alone after "the"."""
    return Counter(
        p.words[n].lemma
        for p in parsed
        for n, w in enumerate(p.words)
        if w.pos == "NOUN" and any(p.words[c].lemma == "the" for c in p.children[n])
    )


def proper_nouns(sentences: Iterable[Sentence]) -> Counter[str]:
    """How often each word with a capital stands in the text."""
    return Counter(
        word for s in sentences if s.kind not in ASIDES for word in re.findall(r"[\w][\w.-]*\w", s.text) if any(c.isupper() for c in word)
    )


def candidates(sentences: Sequence[Sentence]) -> list[tuple[Sentence, str]]:
    """Sentences of asked sections, then of appendices, with their cleaned text, where all of it stands on the page without a break."""
    whole = [s for s in sentences if s.quote == s.text.strip()]
    return [(s, cleaned(s.text)) for asked in (is_asked, is_appended) for s in whole if asked(s)]
