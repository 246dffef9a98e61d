"""Questions on a reading as a whole: what it is about, what it concludes, what its limitations are.

No one sentence is near to "what is the main idea of the LoRA paper?", but papers have places that say it: the abstract, the conclusion,
a section on limitations. The sentences shown are theirs, word for word, in their order, those first that say what the authors did.
"""

import re
from collections.abc import Callable, Sequence, Set
from enum import StrEnum

from ingest.catalog import Reading
from ingest.documents import Kind, Sentence
from rag.evidence import Evidence, says_something
from rag.lexical import stems
from rag.requests import without_courtesies

WORDS = 80  # shown at most
_COMPARES = re.compile(r"\b(?:compar(?:e[ds]?|ing|isons?)|differ(?:s|ences?|ent)?|versus|vs)\b", re.IGNORECASE)
_ABSTRACT = re.compile(r"^(?:\d+\.?\s+)?(?:abstract|摘要)\b", re.IGNORECASE)


class Part(StrEnum):
    """The part of a reading that says what is asked for."""

    ABSTRACT = "abstract"
    CONCLUSION = "conclusion"
    LIMITATIONS = "limitations"
    AUTHORS = "authors"


_MAIN = r"(?:main|key|central|core|big|biggest|overall|general|principal|most important)"
_ASKED = (
    (
        Part.AUTHORS,
        r"\bwho (?:wrote|authored|published|made)\b|\bwho (?:is|are|was|were)\b.*\bauthors?\b|\bauthors? of\b|\bwritten by\b",
    ),
    (Part.LIMITATIONS, r"\b(?:limitations?|weakness(?:es)?|shortcomings?|drawbacks?)\b"),
    (Part.CONCLUSION, r"\bconclu(?:de[sd]?|sions?)\b"),
    (
        Part.ABSTRACT,
        rf"\b(?:{_MAIN} )+(?:idea|point|contribution|message|claim|argument|finding|takeaway|result|thesis|goal|topic|theme)s?\b",
    ),
    (Part.ABSTRACT, r"\b(?:summar(?:y|ies|i[sz](?:e[sd]?|ing))|tl; ?dr|tldr|overview|gist|abstract|nutshell|takeaways?|contributions?)\b"),
    (Part.ABSTRACT, r"^what(?:['’]?s| is| are| was)?\b.*\babout\??$"),
    (
        Part.ABSTRACT,
        r"^what (?:problem |question |topic )?(?:do|does|did)\b.*"
        r"\b(?:find|show|do|propose|say|claim|argue|introduce|present|discover|solve|address|tackle|investigate|study)\??$",
    ),
)
_FORMS = tuple((part, re.compile(pattern, re.IGNORECASE)) for part, pattern in _ASKED)
# The words of the forms, and what may stand beside them and the reading's name.
_FILLER = frozenset(
    stems(
        "wrote written authored published made lead first "
        "paper article study work survey report reading handout publication author authors researcher researchers main key central core "
        "big biggest overall general principal important most idea point contribution contribute message claim argument finding takeaway "
        "result thesis goal topic theme summary summarize summarise summarizing tl dr tldr overview gist abstract nutshell about short "
        "brief briefly quick quickly simple simply sentence sentences word words line lines paragraph bullet bullets one two three few "
        "explain describe write want need like know problem question find show do propose say claim argue introduce present discover "
        "solve address tackle investigate study read whole entire content actually basically exactly new proposed list name limitation "
        "weakness shortcoming drawback conclusion conclude concluded according "
        "compare compared comparison differ difference different versus vs between similar common"
    )
)
_HEADINGS = {
    Part.CONCLUSION: re.compile(r"\b(?:conclusions?|concluding)\b", re.IGNORECASE),
    Part.LIMITATIONS: re.compile(r"\blimitations?\b", re.IGNORECASE),
}
_DISCUSSION = re.compile(r"\bdiscussion\b", re.IGNORECASE)
# Its own, not those of what came before it: "our main limitation", "X also has its limitations".
_OWN_LIMIT = re.compile(
    r"\b(?:our|this) (?:\w+ ){0,2}?(?:limitations?|drawbacks?|shortcomings?)\b|\b(?:has|have) (?:its|some|several) (?:own )?limitations?\b"
    r"|\b(?:limitations?|drawbacks?|shortcomings?) of (?:our|this|the proposed)\b",
    re.IGNORECASE,
)
_DID = (
    r"\b(?:we|this (?:paper|work|study|article|survey|report)|our (?:work|approach|method|model|results?)|the authors)\b.*"
    r"\b(?:propos|introduc|present|describ|show|stud|review|survey|explor|investigat|develop|demonstrat|find|found|releas|train|argu|evaluat)\w*"
)
_PROPOSES = re.compile(
    r"\b(?:we|this (?:paper|work|study|article|survey|report))\b(?:\W+\w+){0,4}?"
    r"\W+(?:propos|introduc|present|explor|describ|review|show)\w*",
    re.IGNORECASE,
)
_NAMES = re.compile(r"\b[A-Z][\w’'-]+(?: [A-Z]\.)? [A-Z][\w’'-]+")
_TELLING = {
    Part.AUTHORS: _NAMES,
    Part.ABSTRACT: re.compile(_DID, re.IGNORECASE),
    Part.CONCLUSION: re.compile(_DID, re.IGNORECASE),
    Part.LIMITATIONS: re.compile(
        r"\b(?:limit\w*|not|only|cannot|however|but|although|while|fail\w*|lack\w*|unclear|future|risk\w*|biased?|n['’]t)\b", re.IGNORECASE
    ),
}


def asked(question: str) -> Part | None:
    """The part that the question is for; None if it has no such form. Whether it asks for more besides is told by `is_of`."""
    text = without_courtesies(question).rstrip("?!. ")
    return next((part for part, form in _FORMS if form.search(text)), None)


def compares(question: str) -> bool:
    """Does it ask how two things differ?"""
    return _COMPARES.search(question) is not None


def is_of(question: str, readings: Sequence[Reading], names: Callable[[str], Set[str]]) -> bool:
    """Is nothing asked but the form, and nothing named but the readings? "The main finding on owls" is a question on owls.

    Args:
        names: The readings that a text names (`rag.named`).
    """
    own = frozenset(stem for row in readings for stem in stems(f"{row.title} {row.reading} {row.about or ''}"))
    ids = {id_ for row in readings for id_ in (row.reading, row.about)}
    return all(names(f"the {word} paper") & ids for word in _words_beside(question, own))


def names_none(question: str) -> bool:
    """Is it nothing but the form: "what is this paper about?"."""
    return not _words_beside(question)


def _words_beside(question: str, own: frozenset[str] = frozenset()) -> list[str]:
    return [word for word in re.findall(r"[\w.-]*\w", without_courtesies(question)) if set(stems(word)) - _FILLER - own]


def evidence_of(part: Part, reading: Reading, text: Sequence[Sentence], room: int = WORDS) -> list[Evidence]:
    """The sentences that say it, in their order; none where the reading has no such part.

    Args:
        text: The reading's sentences, all of them.
        room: How many words at most, but for a first sentence that is longer.
    """
    if part is Part.AUTHORS:
        there = _authors(reading, text)
    elif part is Part.ABSTRACT:
        named, called_so = abstract(text)
        there = named if called_so else _leads(text)
    else:
        there = _under(_HEADINGS[part], text) or (_under(_DISCUSSION, text) if part is Part.CONCLUSION else _told_of_limits(text))
    kept: list[Sentence] = []
    words = 0
    for sentence in sorted(there, key=lambda s: (_PROPOSES.search(s.text) is None, _TELLING[part].search(s.text) is None)):
        size = len(sentence.text.split())
        if not kept or words + size <= room:
            kept.append(sentence)
            words += size
    return [Evidence(s, reading, 1.0, 1.0) for s in sorted(kept, key=lambda s: s.position)]


def abstract(opening: Sequence[Sentence]) -> tuple[list[Sentence], bool]:
    """The abstract at a reading's opening, and whether a section is called so; if none is, the sentences of the first section."""
    prose = [s for s in opening if s.kind is Kind.PROSE]
    named = [s for s in prose if _ABSTRACT.match(s.section.split(" > ")[-1])]
    if named:
        return named, True
    return [s for s in prose if s.section == prose[0].section and s.text.endswith((".", "!", "?"))], False


def _authors(reading: Reading, text: Sequence[Sentence]) -> list[Sentence]:
    """The lines between the title and the first heading that look like names, or what a handout is about."""
    front = [s for s in text if not s.section and s.kind in (Kind.PROSE, Kind.TABLE)]
    title = set(stems(reading.title))
    return [
        s
        for s in front
        if s.text.startswith("About:") or (not s.text.endswith(".") and _NAMES.search(s.text) and set(stems(s.text)) - title)
    ]


def _told_of_limits(text: Sequence[Sentence]) -> list[Sentence]:
    """What a reading without a section on them says of its limitations: the sentences that speak of some, each with the next."""
    prose = [s for s in text if s.kind is Kind.PROSE and s.section and not s.section.startswith("Appendix") and says_something(s.text)]
    speaking = {n for n, s in enumerate(prose) if _OWN_LIMIT.search(s.text)}
    return [s for n, s in enumerate(prose) if n in speaking or n - 1 in speaking]


def _leads(text: Sequence[Sentence]) -> list[Sentence]:
    """The first sentence of each section: what a text without an abstract says in short."""
    first: dict[str, Sentence] = {}
    for sentence in text:
        if sentence.section and sentence.kind is Kind.PROSE and sentence.text.endswith((".", "!")) and says_something(sentence.text):
            first.setdefault(sentence.section, sentence)
    return list(first.values())


def _under(heading: re.Pattern[str], text: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of the first section with such a heading, appendices last."""
    sections = dict.fromkeys(s.section for s in text if heading.search(s.section))
    first = next((section for section in sorted(sections, key=lambda name: name.startswith("Appendix"))), None)
    return [s for s in text if s.section == first and s.kind is Kind.PROSE and says_something(s.text)]
