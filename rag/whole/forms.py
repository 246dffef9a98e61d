"""Questions on a reading as a whole, told by their form: what it is about, what it finds, who wrote it, what its section 3 says.

Rules in general words for English questions; none knows a paper. What is left of a question without the form, the names of readings and
words that say nothing tells whether that is all that is asked: "the main finding on owls" is a question on owls.
"""

import re
from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from rag.lexical import stems
from rag.requests import without_courtesies

_WORK = r"(?:paper|article|study|work|survey|report|reading|handout)"


class Part(StrEnum):
    """The part of a reading that says what is asked for."""

    ABSTRACT = "abstract"
    CONTRIBUTIONS = "contributions"
    RESULTS = "results"
    METHOD = "method"
    TRAINING = "training"
    EVALUATION = "evaluation"
    CONCLUSION = "conclusion"
    LIMITATIONS = "limitations"
    FUTURE = "future"
    AUTHORS = "authors"
    AFFILIATIONS = "affiliations"
    PUBLISHED = "published"
    DATED = "dated"
    RECEPTION = "reception"
    SECTION = "section"


@dataclass(frozen=True)
class Form:
    """What is asked of a reading.

    Attributes:
        heading: Of a section: its number, or words of its heading.
    """

    part: Part
    heading: str = ""


_MAIN = r"(?:main|key|central|core|big|biggest|overall|general|principal|most important)"
_NUMBER = r"(?:\d{1,2}|[A-Z])(?:\.\d{1,2})*"
_OUT = r"published|released|written|presented|submitted|appear(?:ed)?|accepted|come out|came out|put (?:on|up)"
_SECTION = (
    rf"\b(?:sections?|chapter|sec\.|§) ?(?P<number>{_NUMBER})(?![\w.]*\w)",
    r"\bappendix (?P<number>[A-Z](?:\.\d{1,2})*)(?![\w.]*\w)",
    r"\b(?:sections?|chapter|part) (?:on|about|called|titled|named) (?:the |its )?(?P<words>[\w-]+(?: [\w-]+){0,3}?)"
    r"(?= ?(?:$|[?.,!])| (?:of|in|from)\b)",
    r"\b(?P<words>(?:[\w-]+ ){1,4}?)(?:section|chapter|appendix)\b(?! (?:on|about)\b)",
    r"\b(?:the|its) (?P<words>introduction|abstract|related works?|background)\b(?= section\b| of\b| in\b|\W*$)",
)
_ASKED = (
    *((Part.SECTION, pattern) for pattern in _SECTION),
    (
        Part.DATED,
        rf"^(?:when|in (?:which|what)(?! (?:conference|journal|venue|workshop)))\b.*\b(?:{_OUT})\b"
        r"|\b(?:which|what) (?:year|date|month)\b|\b(?:year|date) of publication\b|\byear (?:and|or) (?:venue|conference)\b",
    ),
    (
        Part.PUBLISHED,
        rf"^(?:where|at which|at what)\b.*\b(?:{_OUT})\b|\b(?:which|what) (?:venue|conference|journal|workshop)\b",
    ),
    (Part.RECEPTION, r"\b(?:best[- ]paper|awards?|prize|citations|cited|peer[- ]review(?:ed)?|reviewers?|impact factor|accepted)\b"),
    (
        Part.AUTHORS,
        r"\bwho (?:wrote|authored|published|made|created|developed|proposed|introduced|invented)\b|\bwho(?:['’]?s| is| are) behind\b"
        r"|\bwho (?:is|are|was|were)\b.*\b(?:authors?|people|wrote|written)\b|\bwritten by (?:who|whom)\b"
        r"|^\W*(?:the )?authors?\b(?! (?:say|claim|find|write|argue|use|do))"
        r"|\bname the authors?\b",
    ),
    (
        Part.AFFILIATIONS,
        r"\b(?:which|what) (?:universit(?:y|ies)|institut(?:es?|ions?)|compan(?:y|ies)|labs?|organi[sz]ations?|affiliations?|teams?)\b"
        r"|\baffiliations?\b|\bwhere (?:do|did|are)\b.*\b(?:work|working|from|based)\b",
    ),
    (Part.ABSTRACT, r"^(?:which|what) (?:paper|reading|article|study|work)s?\b.*\b(?:introduc|propos|present|describ|invent)\w*"),
    (Part.FUTURE, r"\b(?:future (?:works?|research|directions?|plans?)|next steps?|open (?:questions?|problems?))\b"),
    (
        Part.LIMITATIONS,
        r"\b(?:limitations?|limits|weakness(?:es)?|weak (?:points?|spots?|sides?)|shortcomings?|drawbacks?|caveats?|downsides?)\b",
    ),
    (
        Part.LIMITATIONS,
        r"\bwhat (?:can(?:['’]?t|not)|does(?:n['’]?t| not)|could not) .*\b(?:do|handle)\b|\bstill (?:not|cannot|can['’]?t) \w+ well\b",
    ),
    (Part.CONCLUSION, r"\bconclu(?:de[sd]?|sions?)\b"),
    (
        Part.CONTRIBUTIONS,
        r"\b(?:contribut(?:ions?|es?)|novelt(?:y|ies)|innovations?|what(?:['’]?s| is) (?:new|novel)\b(?: (?:about|in|with))?)",
    ),
    (
        Part.RESULTS,
        rf"\b(?:{_MAIN} )*(?:findings?|results?|takeaways?)\b|^what (?:do|does|did)\b.*\b(?:find|discover|show)\b(?: out)?(?=\W*$)",
    ),
    (Part.TRAINING, r"^how (?:do|did|does|is|are|was|were)\b.*\b(?:pre-?)?train(?:ed)?\b"),
    (Part.EVALUATION, r"^(?:how|on (?:what|which)\b.*) (?:do|did|does|is|are|was|were)\b.*\b(?:evaluate[ds]?|tested)\b"),
    (
        Part.METHOD,
        r"^how (?:do|does|is|are)\b.*\b(?:work|works|function|done)\b(?: (?:in general|actually|exactly|basically|overall|step by step))?"
        r"|\b(?:explain|describe|walk me through)\b.*\b(?:approach|method|technique|trick|works?)\b"
        r"|^(?:what(?:['’]?s| is)) .*\b(?:approach|method|technique|trick)\b",
    ),
    (Part.ABSTRACT, r"\b(?:purpose|motivation|aim|goal|point) of\b|\bwhat (?:it|this|the paper|they) (?:is|are|was|were) about\b"),
    (Part.ABSTRACT, rf"\b(?:{_MAIN} )+(?:idea|point|message|claim|argument|thesis|goal|aim|purpose|topic|theme|hypothesis)s?\b"),
    (Part.ABSTRACT, r"\b(?:summar(?:y|ies|i[sz](?:e[sd]?|ing))|sum (?:(?:it|this|that) )?up|tl; ?dr|tldr|overview|gist|nutshell)\b"),
    (Part.ABSTRACT, r"^what(?:['’]?s| is| are| was)? \b.*\babout\b(?=\W*$)|^what (?:does|do|did) .*\bcover\b"),
    (
        Part.ABSTRACT,
        r"(?:^|, )what (?:problem |question |topic |gap )?(?:do|does|did|is|are)\b.*"
        r"\b(?:do|propose|say|claim|argue|introduce|present|solve|address|tackle|investigate|study|solving|solved|addressing|tackling)\b(?=\W*$)",
    ),
)
_WORD = re.compile(r"[\w.-]*\w")
_COUNT = re.compile(r"\d{1,2}(?:-\d{1,2})?")  # "in 2-3 sentences"
_LEADS = frozenset(
    "the a its this that of in on me us what does do is explain describe summarise summarize discuss".split()
)  # to a heading
_FORMS = tuple((part, re.compile(pattern, re.IGNORECASE)) for part, pattern in _ASKED)
_COMPARES = re.compile(
    r"\b(?:compar(?:e[ds]?|ing|isons?)|differ(?:s|ed|ences?|ent)?|versus|vs)\b|\bin common\b|\bboth\b|\bwhich (?:one|of)\b", re.IGNORECASE
)
# What says nothing beside a form and a reading's name: the words of the forms, and those that ask.
_FILLER = frozenset(
    stems(
        "paper papers article articles study work survey report reading readings handout publication author authors researcher "
        "researchers people team group wrote written authored published publish made created developed proposed introduced "
        "invented behind name named university universities institution institutions institute company companies lab labs "
        "organization organisation affiliation based year date month venue conference journal workshop released submitted "
        "appeared appear accepted arxiv put come came when best award awards prize citation citations cited reviewed peer "
        "reviewer reviewers win won receive future direction directions plan plans next open question questions limitation "
        "weakness shortcoming drawback caveat downside risk risks conclusion conclude concluded contribution contribute "
        "novelty novel new innovation finding find found result takeaway discover show shown approach method technique trick "
        "works working function explain describe walk step steps main key central core big biggest overall general generally "
        "principal important most idea point message claim argument thesis goal topic theme hypothesis summary summarize "
        "summarise summarizing summarising tl dr tldr overview gist nutshell about cover covers problem gap say propose argue "
        "introduce present presented solve solving solved address addressing tackle tackling investigate compare compared "
        "comparison differ difference different versus vs common similar overlap each both respective two short brief briefly "
        "quick quickly simple simply plain terms term word words sentence sentences line lines paragraph bullet bullets points "
        "few one three five ten minute minutes write list want need like know understand someone somebody anyone read whole "
        "entire full content contents actually basically exactly really try trying aim first lead according discuss discussed "
        "mention mentioned admit acknowledge suggest state reported have any some give given ideas way ways talk exist existed "
        "before previous earlier prior or lol just well seminar got help change changes section sections chapter appendix part "
        "still right score scores purpose motivation sb smb prof professor teacher said says kinda thx tmr tmrw exam notes "
        "essay slides presentation bibliography cite enough lost hey hi hello good evening morning dear themself themselves "
        "weak spot spots side sides limits sum up language model models train trained pretrain pretrained evaluate evaluated "
        "test tested recipe impact factor matter matters "
    )
)


def form_of(question: str) -> Form | None:
    """The form of a question; None if it has none that is known. Whether it asks for more besides is told by `words_beside`."""
    text = without_courtesies(question).rstrip("?!. ")
    for part, form in _FORMS:
        if match := form.search(text):
            named = next((value.strip() for value in match.groupdict().values() if value), "")
            heading = named if re.fullmatch(_NUMBER, named, re.IGNORECASE) else _heading(named)
            if heading or part is not Part.SECTION:
                return Form(part, heading)
    return None


def _heading(words: str) -> str:
    """Words of a heading, without those that lead to it: "summarise the related work"."""
    said = words.split()
    return " ".join(said[max((n + 1 for n, word in enumerate(said) if word.lower() in _LEADS), default=0) :])


def compares(question: str) -> bool:
    """Does it ask how two things differ?"""
    return _COMPARES.search(question) is not None


def words_beside(question: str, form: Form | None = None, own: Set[str] = frozenset()) -> list[str]:
    """What else is asked than the form: words that say something.

    Args:
        question: Without what names readings (`rag.named.without`).
        own: Stems that are a reading's own, such as its title's.
    """
    heading = frozenset(_WORD.findall(form.heading.lower())) if form is not None else frozenset()
    words = [word for word in _WORD.findall(without_courtesies(question)) if word.lower() not in heading]
    return [word for word in words if not _COUNT.fullmatch(word) and set(stems(word)) - _FILLER - own]
