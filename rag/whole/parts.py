"""The sentences of a reading that say what is asked of it as a whole, word for word, in their order.

Papers have places for it: the abstract, the conclusion, sections on limitations and future work, the lines of authors, the footnote with
the conference. What has none is not told.
"""

import re
from collections.abc import Callable, Sequence

from ingest.catalog import Reading
from ingest.documents import Kind, Sentence
from rag.evidence import Evidence, says_something
from rag.lexical import stems
from rag.whole.forms import Form, Part

_A_SENTENCE = 7  # words from which on what ends with a full stop is one: "Owl Technology Co., Ltd." is none
WORDS = 80  # shown at most, but for a first sentence that is longer
_ABSTRACT = re.compile(r"^(?:\d+\.?\s+)?(?:abstract|摘要)\b", re.IGNORECASE)
_HEADINGS = {
    Part.CONCLUSION: re.compile(r"\b(?:conclusions?|concluding)\b", re.IGNORECASE),
    Part.LIMITATIONS: re.compile(r"\blimitations?\b", re.IGNORECASE),
    Part.FUTURE: re.compile(r"\b(?:future|open (?:questions?|problems?)|next steps?)\b", re.IGNORECASE),
    Part.TRAINING: re.compile(r"\b(?:pre-?)?training\b(?! data)", re.IGNORECASE),
    Part.EVALUATION: re.compile(r"\b(?:experiments?|experimental|evaluations?|evaluating|results?)\b", re.IGNORECASE),
}
_DISCUSSION = re.compile(r"\bdiscussion\b", re.IGNORECASE)
# Its own, not those of what came before it: "our main limitation", "X also has its limitations".
_OWN_LIMIT = re.compile(
    r"\b(?:our|this) (?:\w+ ){0,2}?(?:limitations?|drawbacks?|shortcomings?)\b|\b(?:has|have) (?:its|some|several) (?:own )?limitations?\b"
    r"|\b(?:limitations?|drawbacks?|shortcomings?) (?:of|to|in) (?:our|this|the proposed)\b",
    re.IGNORECASE,
)
_OWN_FUTURE = re.compile(
    r"\b(?:future (?:work|works|research|studies|directions?)|in (?:the|our) future|open questions?)\b"
    r"|\bwe (?:plan|hope|intend|aim|leave|would like|are excited)\b",
    re.IGNORECASE,
)
_OWN = r"(?:we|this (?:paper|work|study|article|survey|report)|our (?:work|approach|method|model|results?)|the authors)"
_TRAINS = re.compile(
    r"\bwe\b(?:\W+\w+){0,4}?\W+(?:pre-?|fine-?)?(?:train|tune|optimi[sz]e)[ds]?\b"
    r"|\b(?:our|the) (?:[\w-]+ ){1,4}?(?:is|are|was|were) (?:\w+ ){0,2}?(?:pre-?|fine-?)?(?:trained|tuned|optimi[sz]ed)\b"
    r"|^(?:it|they) (?:is|are|was|were) (?:pre-?|fine-?)?trained\b",
    re.IGNORECASE,
)
_EVALUATES = re.compile(
    r"\b(?:we|is|are|was|were)\b(?:\W+\w+){0,3}?\W+(?:evaluat|test|compar|conduct|measur|assess|experiment)\w*", re.IGNORECASE
)
_PRESENTS = re.compile(  # begins a clause, unlike "the way how we develop", and does something
    rf"(?:^|[,;:] |\b(?:here|paper|work|survey|study|article|report) ){_OWN}\b(?! (?:need|know|live|believe|can|humans|are|all)\b)"
    r"|\b(?:is|are) (?:proposed|introduced|presented)\b",
    re.IGNORECASE,
)
_FOUND = re.compile(
    r"\b(?:outperform\w*|achiev\w*|state[- ]of[- ]the[- ]art|surpass\w*|improv\w+|reduc\w+|better|prefer(?:red)?|match\w*|exceed\w*|on par"
    r"|competitive|(?:results|experiments|evaluations?) (?:\w+ ){0,3}?(?:show|demonstrate|suggest|indicate)\w*"
    r"|(?:we|our) (?:\w+ ){0,3}?(?:find|found|show|demonstrate|observe)\w*)\b|\d ?(?:%|×|x\b)",
    re.IGNORECASE,
)
_LIMITS = re.compile(
    r"\b(?:limit\w*|not|only|cannot|however|but|although|while|fail\w*|lack\w*|unclear|future|risk\w*|biased?)\b|n['’]t\b", re.IGNORECASE
)
_CONTRIBUTIONS = re.compile(
    r"\b(?:our|the|this|two|three|four|main|following|key|paper['’]s) (?:\w+ ){0,3}?contributions?\b|\bwe contribute\b"
    r"|\b(?:number of|several|two|three|key|main) innovations\b",
    re.IGNORECASE,
)
_NAMES = re.compile(r"\b[A-Z][\w’'-]+(?: [A-Z]\.)? [A-Z][\w’'-]+")
_AFFILIATION = re.compile(
    r"universit|institut|college|school|laborator|\blabs?\b|research|department|corporation|\binc\b|\bltd\b|\bAI\b|academy|@", re.IGNORECASE
)
_VENUE = re.compile(
    r"\b(?:conference|proceedings|workshop|symposium|transactions|journal|under review|published (?:as|at|in)|to appear)\b", re.IGNORECASE
)
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DATE = re.compile(rf"\b(?:{_MONTHS}) (?:\d{{1,2}}, )?(?:19|20)\d\d\b|\b\d{{1,2}} (?:{_MONTHS}|[a-z]{{3}}) (?:19|20)\d\d\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DISCUSSES = re.compile(
    r"\b(?:discussion|conclusions?|broader impacts?|ethic\w*|societal|risks?|bias(?:es)?|toxicity|misinformation|safety)\b", re.IGNORECASE
)
_RISKS = re.compile(
    r"\b(?:risks?|harm\w*|bias(?:es|ed)?|toxic\w*|misinformation|misus\w*|abus\w*|downsides?|concerns?|hallucinat\w*|fail\w*|cannot|limit(?:ed|s|ations?)"
    r"|not (?:yet|always|sufficient|fully))\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?:Appendix )?((?:\d{1,2}|[A-Z])(?:\.\d{1,2})*)\b")


def evidence_of(form: Form, reading: Reading, text: Sequence[Sentence], room: int = WORDS) -> list[Evidence]:
    """The sentences that say it, in their order; none where the reading has no such part.

    Args:
        text: The reading's sentences, all of them.
        room: How many words at most, but for a first sentence that is longer.
    """
    there, first = (_section(form.heading, text), ()) if form.part is Part.SECTION else _PARTS[form.part](text)
    if form.part in (Part.AUTHORS, Part.AFFILIATIONS):
        title = set(stems(reading.title))
        there = [s for s in there if set(stems(s.text)) - title]
    kept: list[Sentence] = []
    words = 0
    for sentence in sorted(there, key=lambda s: [telling.search(s.text) is None for telling in first]):
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


# Each gives the sentences of a part and what those of them have in common that come first.
_Told = tuple[list[Sentence], tuple[re.Pattern[str], ...]]


def _in_short(text: Sequence[Sentence]) -> _Told:
    """From where it says what it proposes."""
    short = _short(text)
    first = next((n for n, s in enumerate(short) if _PRESENTS.search(s.text)), 0)
    return short[first:], ()


def _contributions(text: Sequence[Sentence]) -> _Told:
    """From where it counts them up, else in short."""
    prose = _body(text)
    first = next((n for n, s in enumerate(prose) if _CONTRIBUTIONS.search(s.text)), None)
    return ([s for s in prose[first:] if s.section == prose[first].section], ()) if first is not None else _in_short(text)


def _results(text: Sequence[Sentence]) -> _Told:
    return _short(text), (_FOUND, _PRESENTS)


def _training(text: Sequence[Sentence]) -> _Told:
    """What it says of training, in short first, then under headings on it, then elsewhere."""
    places = (_short(text), _under(_HEADINGS[Part.TRAINING], text), _body(text))
    return list(dict.fromkeys(s for place in places for s in place if _TRAINS.search(s.text))), ()


def _evaluation(text: Sequence[Sentence]) -> _Told:
    return _under(_HEADINGS[Part.EVALUATION], text), (_EVALUATES,)


def _conclusion(text: Sequence[Sentence]) -> _Told:
    return _under(_HEADINGS[Part.CONCLUSION], text) or _under(_DISCUSSION, text), (_PRESENTS,)


def _limitations(text: Sequence[Sentence]) -> _Told:
    """Of a section on them, else the sentences that speak of some of its own, each with the next, else of risks where it discusses."""
    under = _under(_HEADINGS[Part.LIMITATIONS], text) or _speaking(_OWN_LIMIT, text)
    return under or [s for s in _body(text) if _DISCUSSES.search(s.section) and _RISKS.search(s.text)], (_LIMITS,)


def _future(text: Sequence[Sentence]) -> _Told:
    under = _under(_HEADINGS[Part.FUTURE], text)
    own = [s for s in (under or _body(text)) if _OWN_FUTURE.search(s.text)]
    return own or under, ()


def _authors(text: Sequence[Sentence]) -> _Told:
    """The lines between the title and the first heading, or what a handout is about."""
    return _front(text), (_NAMES,)


def _affiliations(text: Sequence[Sentence]) -> _Told:
    return _front(text), (_AFFILIATION,)


def _published(text: Sequence[Sentence]) -> _Told:
    """What its first page says of a conference or a journal, its imprint first; arXiv's stamp is no answer to that."""
    there = _first_page(_VENUE, text)
    return [s for s in there if s.kind is Kind.IMPRINT] or there, ()


def _dated(text: Sequence[Sentence]) -> _Told:
    """Its imprint's date or year, else what its first page says of a date, or of a conference with its year."""
    imprint = [s for s in text if s.kind is Kind.IMPRINT and _YEAR.search(s.text)]
    return imprint or _first_page(_DATE, text) or [s for s in _first_page(_VENUE, text) if _YEAR.search(s.text)], ()


def _reception(text: Sequence[Sentence]) -> _Told:  # noqa: ARG001
    """No reading says what others thought of it later."""
    return [], ()


_PARTS: dict[Part, Callable[[Sequence[Sentence]], _Told]] = {
    Part.ABSTRACT: _in_short,
    Part.CONTRIBUTIONS: _contributions,
    Part.RESULTS: _results,
    Part.METHOD: _in_short,
    Part.TRAINING: _training,
    Part.EVALUATION: _evaluation,
    Part.CONCLUSION: _conclusion,
    Part.LIMITATIONS: _limitations,
    Part.FUTURE: _future,
    Part.AUTHORS: _authors,
    Part.AFFILIATIONS: _affiliations,
    Part.PUBLISHED: _published,
    Part.DATED: _dated,
    Part.RECEPTION: _reception,
}


def _first_page(of: re.Pattern[str], text: Sequence[Sentence]) -> list[Sentence]:
    return [s for s in text if s.page == 1 and s.kind is not Kind.REFERENCE and of.search(s.text)]


def _front(text: Sequence[Sentence]) -> list[Sentence]:
    front = [s for s in text if not s.section and s.kind in (Kind.PROSE, Kind.TABLE)]
    return [s for s in front if s.text.startswith("About:") or not s.text.endswith(".") or len(s.text.split()) < _A_SENTENCE]


def _short(text: Sequence[Sentence]) -> list[Sentence]:
    """The abstract; of a text without one the first sentence of each section."""
    named, called_so = abstract(text)
    if called_so:
        return named
    first: dict[str, Sentence] = {}
    for sentence in _body(text):
        if sentence.text.endswith((".", "!")):
            first.setdefault(sentence.section, sentence)
    return list(first.values())


def _body(text: Sequence[Sentence]) -> list[Sentence]:
    """The sentences under headings, without appendices."""
    return [s for s in text if s.kind is Kind.PROSE and s.section and not s.section.startswith("Appendix") and says_something(s.text)]


def _speaking(of: re.Pattern[str], text: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that speak of something, each with the next."""
    prose = _body(text)
    speaking = {n for n, s in enumerate(prose) if of.search(s.text)}
    return [s for n, s in enumerate(prose) if n in speaking or n - 1 in speaking]


def _under(heading: re.Pattern[str], text: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of the first section with such a heading, appendices last."""
    sections = dict.fromkeys(s.section for s in text if heading.search(s.section))
    first = next((section for section in sorted(sections, key=lambda name: name.startswith("Appendix"))), None)
    return [s for s in text if s.section == first and s.kind is Kind.PROSE and says_something(s.text)]


def heading_of(form: Form, text: Sequence[Sentence]) -> frozenset[str]:
    """The stems of the heading of the section that is asked for: who says its number and its name asks nothing more."""
    found = _place(form.heading, text) if form.part is Part.SECTION else None
    return frozenset(stems(found[-1])) if found else frozenset()


def _section(heading: str, text: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of a section and of the sections in it."""
    found = _place(heading, text)
    if found is None:
        return []
    return [s for s in text if s.section.split(" > ")[: len(found)] == found and s.kind is Kind.PROSE and says_something(s.text)]


def _place(heading: str, text: Sequence[Sentence]) -> list[str] | None:
    """The headings, the outermost first, down to the one with this number or with these words in it."""
    wanted = set(stems(heading))

    def is_it(name: str) -> bool:
        number = _number_of(name)
        return heading.upper() == number if _NUMBERED.fullmatch(heading.upper()) else bool(wanted) and wanted <= set(stems(name))

    return next((s.section.split(" > ")[: n + 1] for s in text for n, name in enumerate(s.section.split(" > ")) if is_it(name)), None)


def _number_of(name: str) -> str | None:
    found = _NUMBERED.match(name)
    return found[1].upper() if found else None
