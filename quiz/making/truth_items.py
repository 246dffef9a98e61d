"""True/false items: a statement of the reading as it stands, or with one thing changed so that the reading contradicts it."""

import random
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from quiz.items import Kind
from quiz.making.candidates import Candidate, filled, make, tells_of_another, tells_something, title_tells, where
from quiz.making.figures import Figure, distractors, figures
from quiz.making.flips import ALL_BUT, Flip, flips, is_single
from quiz.making.kin_items import named_gaps
from quiz.making.material import Material
from quiz.making.number_items import (
    RANGE,
    follows_from_another,
    is_aside,
    is_bound,
    is_nowhere,
    is_on_the_matter,
    plausible,
    shown,
    tells_a_model,
    true_elsewhere,
)
from quiz.making.statements import Statement, is_setup
from quiz.making.subjects import TEXTS
from quiz.making.swaps import ORDER, swaps
from quiz.making.term_items import explained, siblings
from quiz.making.terms import is_general
from quiz.making.worth import is_step, number_fault, tells_a_finding
from rag.claims import term_stems

_FRONT = re.compile(r"\b(?:abstract|introduction|conclusions?|contributions?)\b", re.IGNORECASE)  # where a paper praises itself
_EXPERIMENTS = re.compile(
    r"\b(?:results?|experiments?|ablations?|analys[ie]s|findings|evaluations?|effects?|influence|impact|comparisons?|why)\b", re.IGNORECASE
)
_BOASTS = frozenset("faster cheaper easier better stronger".split())  # of its own thing; that it is not so, no paper says
_ENABLES = re.compile(r"\b(?:enabl\w+|allow\w*|can|first|fits?|supports?)\b", re.IGNORECASE)  # and less is enabled, too
_HEDGED = re.compile(
    r"\b(?:in (?:many|some|most) cases|in recent years|some (?:recent )?(?:studies|works?|research\w*)|intriguing|"
    r"competitive|comparable|considerable|can (?:still )?be as|a (?:wide )?(?:range|variety|number) of|"
    r"important|could|such an?|prohibitively|"
    r"can be (?:\w+ and )?(?:costly|expensive|laborious|challenging|difficult|hard|slow|useful|beneficial)|"
    r"also|therefore|some|certain|according to the|propos\w+ [\w-]+:|can still|requires? (?:\w+ )?(?:hardware|resources))\b",
    re.IGNORECASE,
)
# What every paper says of its own; with a number, a comparison or a name beside it, it says something.
_PRAISES = re.compile(
    r"\b(?:effective(?:ness)?|superior\w*|remarkabl\w+|powerful|impressive\w*|excellent|promising|trustworth\w+|very strong|"
    r"(?:strong|good|better|competitive|great) (?:performance|results?|quality|empirical)|"
    r"outperform\w* (?:all |most )?(?:previous|existing|prior|strong|very|recent|other)|state[- ]of[- ]the[- ]art performance)\b",
    re.IGNORECASE,
)
# Beside one of these a changed number may show: "improves by 2, reaching ...".
_SHOWS = re.compile(
    r"\b(?:than|while|whereas|but|although|though|even|only|thus|therefore|improv\w+|outperform\w*|exceed\w*|surpass\w*|still|despite|"
    r"because|since|so that|respectively|total|sum|moderate\w*|strong\w*|weak\w*|high|low|almost|nearly)\b",
    re.IGNORECASE,
)
# Beside one of these even a changed result may show: "62% and 66% respectively", "nearly 100%".
_TELLS_MUCH = re.compile(
    r"\b(?:respectively|total|sum|moderate\w*|almost|nearly|negligible|similar|same|equal\w*|times|twice|half|"
    r"largest|smallest|biggest)\b|\d ?[x×]",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\bfrom \d[\d.,]*\S* to \d")  # "can raise it from 65% to 77%": both ends are told
_ADDS_UP = re.compile(r"\bby (?:over |about |\+)?\d[^;]*\b(?:to|reaching|reaches|achieving)\b[^;]*\d", re.IGNORECASE)  # "by 7.7, to 80.5"
_RUNS = frozenset("train finetune tune set use run sample evaluate".split())
_SMALLEST = 5  # numbers that are changed: from two to three is no difference to remember
_GAIN = re.compile(r"(?:\bby |[^\w.])\+\d")  # "by +1.5 F1": no "underperforms by"
# What every paper says of itself.
_ANNOUNCES = re.compile(
    r"\bwe (?:have )?(?:introduced?|proposed?|presented?)\b|\bby (?:proposing|introducing|presenting)\b|"
    r"\b(?:gives?|achieves?|yields?|obtains?|shows?) (?:\w+ )?better (?:[\w-]+ ){1,3}(?:than|compared (?:to|with)) (?:\w+ )?baselines?\b",
    re.IGNORECASE,
)
_POINTS_ON = re.compile(r"\b(?:demonstrates?|shows?|explains?|describes?|discuss(?:es)?|examines?) (?:where|how|why|when)\b", re.IGNORECASE)
_COMPARES = re.compile(
    r"\bthan\b|\bcompared (?:to|with)\b|\bprefer(?:s|red)?\b[^.;]*\b(?:over|to)\b|\b(?:twice|half) as \w+ as\b", re.IGNORECASE
)
_KIN = 3  # names of a name's kind, the nearest, of which one takes its place
_SURE = 0.5  # least strength of a change
_CLEARLY = Decimal("0.3")  # share of a number by which a false one differs: a slip of the memory is no ignorance
_POINTS = Decimal(10)  # the same of percentages, in points: more need not be
_MOST_FIGURES = 3
_SLIGHT = 2


def true_items(statement: Statement, material: Material, _chance: random.Random) -> Iterator[Candidate]:
    """The statement as it stands: where a false one could have been made of it too, so that its make tells nothing, or a finding."""
    if (
        _is_of_any(statement, material)
        or _HEDGED.search(statement.text)
        or _POINTS_ON.search(statement.text)
        or _only_praises(statement, material)
        or _sets_up(statement)
        or ALL_BUT.search(statement.text)  # a table of the reading may know of other exceptions
        or follows_from_another(statement.text, figures(statement.parsed))
        or (material.source.is_handout and figures(statement.parsed))  # examples, and others' results
        or tells_of_another(statement, material)
        or (_ANNOUNCES.search(statement.text) and not re.search(r"\d", statement.text))
        or title_tells(statement.text, material)
        or not _is_specific(statement, material)
        or not (
            (_changes(statement) and not material.source.is_handout)  # what a handout says in passing is no question
            or any(is_worth_asking(f, statement) for f in figures(statement.parsed))
            or _COMPARES.search(statement.text) is not None
            or (material.is_own(statement.text) and tells_a_finding(statement.text) and not material.source.is_handout)
        )
    ):
        return
    item = make(
        Kind.TRUE_FALSE, _stem(statement.text, statement, material), True, statement, material, asks="truth",
        explanation="True: the reading says so.",
    )  # fmt: skip
    yield Candidate(item, statement, statement.text, statement.text)


def false_items(statement: Statement, material: Material, chance: random.Random) -> Iterator[Candidate]:
    """The statement with one thing changed: a term, a direction, a denial, the order of two names, a name, or a number."""
    yield from _misnamed(statement, material, chance)
    if (
        not _is_specific(statement, material)
        or _is_of_any(statement, material)
        or (material.is_survey and tells_of_another(statement, material))
    ):
        return
    front = _FRONT.search(statement.sentence.section) is not None
    for flip in _changes(statement):
        if (front and flip.what != ORDER) or (flip.what == ORDER and _turns_praise(flip, statement, material)):
            continue
        changed = statement.text[flip.start : flip.end].lower()
        if (
            (_BOASTS & set(changed.split()) and not material.source.is_handout)
            or _GAIN.search(statement.text)
            or (changed.startswith("outperform") and not _names_a_place(statement, material))
        ):
            continue
        said = "it says the two the other way round" if flip.what == ORDER else ""
        yield _false(statement, material, flip.start, flip.end, flip.instead, said=said)
    for gap in named_gaps(statement, material):
        sized = re.match(r" (?:at|with) \d", statement.text[gap.end :])  # "OPT at 175B" may be true of it too
        if gap.spoken and not sized and not _is_subject(statement, gap.start):  # that one does so does not say that another does not
            yield _false(statement, material, gap.start, gap.end, chance.choice(gap.spoken[:_KIN]))
    found = figures(statement.parsed)
    clear = (
        not (material.is_survey and tells_a_model(statement.text))
        and not tells_of_another(statement, material)
        and not material.source.is_handout  # its numbers are examples and others' results (2026-11-26: 5 of 13 accepted)
        and len(found) <= _MOST_FIGURES
        and not RANGE.search(statement.text)
    )
    for figure in found if clear else ():
        if (
            _shows(figure, statement)
            or _is_slight(figure, statement.text)
            or (figure.value < _SMALLEST and not figure.unit.strip() and not figure.decimals)
            or is_bound(figure, statement.text)
            or is_aside(figure, statement.text)
            or not is_worth_asking(figure, statement)
            or re.search(r", which\b[^,]*$", statement.text[: figure.start])  # an aside
            or follows_from_another(statement.text, found)  # it follows from the others
            or figure.text in re.findall(r"\d[\d.,]*\d|\d", statement.heading)
            or statement.text.count(figure.text) > 1  # the same number again, or a name with it: "16-bit (FP16)"
        ):
            continue
        elsewhere, may_be = true_elsewhere(figure, statement, material), plausible(figure, statement)

        def is_another(value: Decimal, figure: Figure = figure, may_be: Callable[[Decimal], bool] = may_be) -> bool:
            least = min(_CLEARLY * figure.value, _POINTS) if figure.unit.strip() == "%" else _CLEARLY * figure.value
            return may_be(value) and abs(value - figure.value) >= least

        for wrong in distractors(figure, material.figures, elsewhere, chance, 3, is_another):
            yield _false(statement, material, figure.start, figure.end, wrong, unit=shown(figure).partition(figure.text)[2])


def _misnamed(statement: Statement, material: Material, chance: random.Random) -> Iterator[Candidate]:
    """An explanation of a handout with another term on the same noun, or of the same handout."""
    own = explained(statement, material)
    if own is None or re.search(rf"{re.escape(own.term)}, or ", statement.text, re.IGNORECASE):
        return  # its short form would tell
    if term_stems(own.term) & term_stems(statement.heading):
        return  # so would the section's title
    start = statement.text.lower().find(own.term.lower())
    for other in siblings(own, material, chance):
        form = (other.is_clause, other.article)
        if form == (own.is_clause, own.article) and (other.noun == own.noun or other.reading == own.reading):
            instead = other.term if start else f"{other.term[:1].upper()}{other.term[1:]}"
            if (instead[0].lower() in "aeiou") == (statement.text[start].lower() in "aeiou") or not start:  # "an error budget"
                yield _false(statement, material, start, start + len(own.term), instead)


def _shows(figure: Figure, statement: Statement) -> bool:
    """Could a change of this number be told from the rest? A result may be higher or lower, as long as it keeps its side of the others."""
    enables = _ENABLES.search(statement.text) is not None and _FROM_TO.search(statement.text) is None
    if enables or _ADDS_UP.search(statement.text):
        return True
    if figure.unit.strip() == "%" or figure.decimals:
        return _TELLS_MUCH.search(statement.text) is not None
    return not is_single(statement.parsed) and _SHOWS.search(statement.text) is not None


def _is_slight(figure: Figure, text: str) -> bool:
    """Is it so small a measure that another says nearly the same: 0.9 BLEU, and no 0.9 billion?"""
    large = re.match(r"\s?(?:billion|million|trillion|[BMTK]\b)", text[figure.end :])
    return bool(figure.decimals) and figure.value < _SLIGHT and figure.unit.strip() != "%" and large is None


def _sets_up(statement: Statement) -> bool:
    """Is it what the authors trained or used, with numbers and without what came of it?"""
    parsed = statement.parsed
    root = parsed.words[parsed.root]
    if root.lemma == "set":
        return True
    return root.lemma in _RUNS and statement.speaks_of_authors and bool(figures(parsed)) and not tells_a_finding(statement.text)


def _is_subject(statement: Statement, start: int) -> bool:
    """Does a name that begins here belong to the subject?"""
    parsed, subject = statement.parsed, statement.parsed.subject()
    return subject is None or parsed.span(subject)[0] <= start < parsed.span(subject)[1]


def _turns_praise(flip: Flip, statement: Statement, material: Material) -> bool:
    """Does a change of places let the reading's own thing lose, at no place that is named? That it does, no paper says."""
    text = statement.text
    first = re.split(r"\b(?:over|to|outperforms?|surpass(?:es)?|exceeds?|beats?)\b", text[flip.start : flip.end])
    if len(first) < 2 or not re.search(r"\b(?:prefer|outperform|surpass|exceed|beat)", text):
        return False
    at_a_place = re.search(r"\b(?:on|in|for|across) (?:the )?[A-Z]", text)
    return material.is_own(first[0]) and not material.is_own(first[-1]) and at_a_place is None


def _only_praises(statement: Statement, material: Material) -> bool:
    """Does it praise the reading's own thing without a number or a comparison?"""
    compares = re.search(r"\bthan\b|\bneither\b|\d", statement.text) is not None
    return _PRAISES.search(statement.text) is not None and not compares and not _names_a_place(statement, material)


def _names_a_place(statement: Statement, material: Material) -> bool:
    """Is there a name, not the reading's own, of where it is so: "on SQuAD"? That it beats others somewhere every paper says."""
    words = statement.parsed.words
    for n, word in enumerate(words):
        if word.dep != "prep" or word.text.lower() not in ("on", "in", "for", "across", "over"):
            continue
        names = [words[m].text for m in statement.parsed.subtree(n) if words[m].pos == "PROPN"]
        if any(any(c.isupper() for c in name) and not material.is_own(name) for name in names):
            return True
    return False


def _false(statement: Statement, material: Material, start: int, end: int, instead: str, *, unit: str = "", said: str = "") -> Candidate:
    text = statement.text
    claim = " ".join(filled(text, start, end, instead).split())
    right = text[start:end].strip()
    if not instead:
        said = f"it says that it is so with “{right}”, which the statement leaves out"
    if not said:
        said = f"it says not “{instead}{unit}” but “{right}{unit}”" if len(right.split()) <= 6 else "it says something else"
    item = make(
        Kind.TRUE_FALSE, _stem(claim, statement, material), False, statement, material, asks="truth",
        explanation=f"False by the reading: {said}.",
    )  # fmt: skip
    return Candidate(item, statement, claim, right, (instead,))


def _is_specific(statement: Statement, material: Material) -> bool:
    """Is it about the reading's own thing, or does it give a number? What holds in general is guessed without the page."""
    return (
        tells_something(statement, material)
        and not (figures(statement.parsed) and is_nowhere(statement, material))
        and not is_setup(statement.sentence.section)
        and not is_step(statement.parsed)
        and (
            statement.speaks_of_authors
            or material.is_own(statement.text)
            or _is_found(statement)
            or (
                not tells_of_another(statement, material)
                and is_on_the_matter(statement, material)
                and any(is_worth_asking(f, statement) for f in figures(statement.parsed))
            )
        )
    )


def _is_of_any(statement: Statement, material: Material) -> bool:
    """Is its subject one of many, or a text that is not named: "a task instance", "the survey" of a handout on something else?"""
    parsed, subject = statement.parsed, statement.parsed.subject()
    if subject is None:
        return False
    head, first = parsed.words[subject], parsed.words[parsed.subtree(subject)[0]]
    texts = head.lemma in TEXTS and first.lemma == "the" and head.lemma not in material.source.name.lower()
    unnamed = not any(parsed.words[c].pos == "PROPN" for c in parsed.children[subject])
    return unnamed and (texts or (first.lemma in ("a", "an") and is_general(head)))


def _is_found(statement: Statement) -> bool:
    """Is it what came of doing something in the authors' experiments: "doubling the training set does not improve quality"?"""
    parsed, subject = statement.parsed, statement.parsed.subject()
    done = subject is not None and parsed.words[subject].dep.startswith("csubj")
    return done and _EXPERIMENTS.search(statement.sentence.section) is not None and tells_a_finding(statement.text)


def is_worth_asking(figure: Figure, statement: Statement) -> bool:
    """Is it no small count and no setting?"""
    return figure.is_asked and not number_fault(statement.parsed, figure)


def _changes(statement: Statement) -> list[Flip]:
    return [flip for flip in (*swaps(statement.parsed), *flips(statement.parsed)) if flip.strength >= _SURE]


def _stem(claim: str, statement: Statement, material: Material) -> str:
    if statement.speaks_of_authors:
        return f"True or false, in the words of {where(statement, material)}? “{claim}”"
    return f"True or false, according to {where(statement, material)}? {claim}"
