"""Items on numbers: a number of a statement is the gap, other numbers of its kind are the distractors."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from ingest.documents import Kind as Text
from quiz.items import Kind
from quiz.making.candidates import Candidate, filled, gapped, make, tells_of_another, where
from quiz.making.figures import Figure, distractors, figures
from quiz.making.material import Material
from quiz.making.statements import Statement, is_setup
from quiz.making.worth import number_fault
from rag.claims import term_stems

_OPTIONS = 3  # distractors
_MOST_FIGURES = 3  # a statement with more numbers is a list
_COUNTABLE = 12  # what a sentence lists after a colon can be counted up to so many
_KNOWN = 4  # sentences with a number, from above which on it is no secret
RANGE = re.compile(r"(?<!from )(?<![\d.])\d[\d.]*\s?%?\s?(?:[-–]|to)\s?\d+(?:\.\d+)?\s?%")  # "40 to 50%": both ends tell of each other
_CHANCE = 50  # percent
_PREFERS = re.compile(r"\b(?:prefer\w*|favou?r\w*|majority|wins?|mostly|most)\b", re.IGNORECASE)
_SLIGHTLY = re.compile(r"\b(?:slightly|marginally|a little|nearly|almost)\b[^.;]*\(\d[^()]*$")  # "(27.4 vs. _": near the other
_CONVERTS = re.compile(r"\b(?:corresponds? to|equivalent to|equals?)\b", re.IGNORECASE)  # one number gives the other
_LEAST = re.compile(
    r"(?:\b(?:over|above|beyond|exceed\w*|more than|(?:greater|larger|higher|better|longer) than|at least|minimum of)\s+|>\s*)[$€~]?$",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"(?:\b(?:under|below|within|less than|(?:fewer|smaller|lower|shorter) than|at most|up to|maximum of|as \w+ as)\s+|<\s*)[$€~]?$",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:negligible|reliably|(?:almost|nearly) all|(?:vast|overwhelming) majority|moderate\w*)\b", re.IGNORECASE
)  # how much
_RESPECTIVELY = re.compile(r"\brespectively\b")  # of two like results the one tells about where the other is
_MODEL = re.compile(r"\b\d+(?:\.\d+)?[BM]\b")  # "LLaMA (13B)"
_RATE = re.compile(r"\bper [a-z]+")  # "which is 20 tokens per parameter"
_ABOUT = re.compile(r"\b(?:about|around|roughly|approximately|nearly|some|circa)\s+[$€]?$|[~≈]\s?$", re.IGNORECASE)
_FAR = Decimal("0.25")  # share of an approximate number by which a distractor differs
_ON_THE_MATTER = 3  # stems that a statement shares with them
_RESULT = re.compile(
    r"\b(?:improvements?|improv(?:es|ed|ing)|performance|success rate|accuracy|agreement|state of the art|previous best|"
    r"scores?|overlap|gains?)\b",
    re.IGNORECASE,
)
_METRIC = re.compile(r"F1|BLEU|ROUGE\S*|EM\S*|Elo|Recall\S*|accuracy", re.IGNORECASE)
_ROUNDED = 10_000  # from which on a count is hardly known to its last digit
_MEASURED = Decimal("0.01")  # tolerance of a measured number: a rounded one is right


def number_choices(statement: Statement, material: Material, chance: random.Random) -> Iterator[Candidate]:
    """Multiple choice: which number fills the gap?"""
    for figure in _asked(statement, material):
        if is_bound(figure, statement.text):
            continue  # within a looser bound it is too
        forbidden = true_elsewhere(figure, statement, material)
        wrong = tuple(distractors(figure, material.figures, forbidden, chance, _OPTIONS, plausible(figure, statement)))
        if len(wrong) < _OPTIONS:
            continue
        text = statement.text
        item = make(
            Kind.CHOICE,
            f"In {where(statement, material)}, which number fills the gap? “{gapped(text, figure.start, figure.end)}”",
            0, statement, material, asks="number", wrong=wrong, right=figure.text,
            explanation=f"The reading gives {shown(figure)}.",
        )  # fmt: skip
        yield Candidate(item, statement, text, figure.text, wrong)


def numeric_items(statement: Statement, material: Material, _chance: random.Random) -> Iterator[Candidate]:
    """A number to write, within a tolerance."""
    for figure in _asked(statement, material):
        if is_bound(figure, statement.text):
            continue
        kin = (figure.unit, figure.decimals, figure.counted)
        if any((other.unit, other.decimals, other.counted) == kin for other in figures(statement.parsed) if other != figure):
            continue  # of two numbers that are compared nobody need know one by heart
        text, unit = statement.text, unit_of(figure)
        ask = f"Answer in {unit}" if unit else "Answer with a number"
        item = make(
            Kind.NUMERIC,
            f"In {where(statement, material)}, which number fills the gap? {ask}. “{gapped(text, figure.start, figure.end)}”",
            figure.value, statement, material, asks="number", tolerance=tolerance(figure), unit=unit,
            explanation=f"The reading gives {shown(figure)}.",
        )  # fmt: skip
        yield Candidate(item, statement, text, figure.text)


def _asked(statement: Statement, material: Material) -> list[Figure]:
    """The numbers of a statement that can be a gap: alone of their value, not one of a list, and not to be read on every page."""
    found = figures(statement.parsed)
    if (
        not is_on_the_matter(statement, material)
        or is_nowhere(statement, material)
        or len(found) > _MOST_FIGURES
        or RANGE.search(statement.text)
        or _CONVERTS.search(statement.text)
        or _TELLS.search(statement.text)
        or (_RESPECTIVELY.search(statement.text) and len(found) > 1)
        or is_setup(statement.sentence.section)
        or tells_of_another(statement, material)
        or follows_from_another(statement.text, found)
        or (material.is_survey and tells_a_model(statement.text))
        or material.source.is_handout  # its numbers are examples and others' results (2026-11-26: 10 of 28 accepted)
    ):
        return []
    subject = statement.parsed.subject()
    opens = statement.parsed.span(subject)[0] if subject is not None else 0  # what stands before sets the scene: "on 82 leaders, ..."
    values = [figure.value for figure in found]
    most = max(2, min(_KNOWN, len(material.sentences) // 12))
    return [figure for figure in found if figure.is_asked and values.count(figure.value) == 1 and statement.text.count(figure.text) == 1
        and not _SLIGHTLY.search(statement.text[: figure.start])
        and not is_aside(figure, statement.text) and figure.start >= opens
        and not (figure.value <= _COUNTABLE and re.search(r":|—", statement.text[figure.end : figure.end + 60]))
        and (len(figure.text) < 2 or material.times(figure.text) <= most) and not number_fault(statement.parsed, figure)
    ]  # fmt: skip


def is_bound(figure: Figure, text: str) -> bool:
    """Is it the least or the most of something? "Over 80%" is over 70% too, and whether it is over 85% another sentence may say."""
    before = text[max(figure.start - 40, 0) : figure.start]
    return _LEAST.search(before) is not None or _MOST.search(before) is not None


def follows_from_another(text: str, found: Sequence[Figure]) -> bool:
    """Are there numbers of which one is so much per another?"""
    return len(found) > 1 and _RATE.search(text) is not None


def tells_a_model(text: str) -> bool:
    """Does it name a model by its size?"""
    return _MODEL.search(text) is not None


def is_aside(figure: Figure, text: str) -> bool:
    """Does it stand in brackets?"""
    return text[: figure.start].count("(") > text[: figure.start].count(")")


def is_nowhere(statement: Statement, material: Material) -> bool:
    """Is it a result of which neither the sentence nor its heading names the benchmark, the task or the rival?"""
    if not _RESULT.search(statement.text):
        return False
    names = [w.text for w in statement.parsed.words if w.pos == "PROPN"] + re.findall(r"\b[A-Z][\w-]*[A-Z\d][\w-]*", statement.heading)
    return all(material.is_own(name) or _METRIC.fullmatch(name) for name in names)


def is_on_the_matter(statement: Statement, material: Material) -> bool:
    """Is it on the authors' work, or on what the title, the headings and the abstract speak of? An example's numbers are not."""
    spoken = statement.speaks_of_authors or material.is_own(statement.text)
    return spoken or len(term_stems(statement.text) & material.prominent_stems) >= _ON_THE_MATTER


def plausible(figure: Figure, statement: Statement) -> Callable[[Decimal], bool]:
    """Which values could stand in a figure's place, as far as its sentence shows.

    None that is more than there are ("9 out of 8"); none on the other side of a number of its unit: the first of "71% at the top, 90% among
    ten" is no 92.
    """
    whole = re.match(r"\s*(?:out )?of (?:the |all )?(\d+)\b", statement.text[figure.end :])
    most = Decimal(whole[1]) if whole else None
    others = [
        other.value
        for other in figures(statement.parsed)
        if (other.unit, other.counted) == (figure.unit, figure.counted) and other.value != figure.value
    ]
    change = re.search(r"\bfrom \D{0,12}(\d[\d,.]*\d|\d)\D{0,30}?\bto \D{0,4}$", statement.text[: figure.start])
    if change:
        others.append(Decimal(change[1].replace(",", "")))
    beside = re.search(r"\((\d[\d.]*) (?:vs\.?|versus) $", statement.text[: figure.start]) or re.match(
        r"%? (?:vs\.?|versus) (\d[\d.]*)%?\)", statement.text[figure.end :]
    )
    if beside:
        others.append(Decimal(beside[1].rstrip(".")))
    above = others and all(other > _CHANCE for other in others)
    if figure.unit.strip() == "%" and figure.value > _CHANCE and (above or _PREFERS.search(statement.text)):
        others.append(Decimal(_CHANCE))  # beside two that are above chance none is below; what is preferred wins more than half
    article = re.search(r"\b(an?) [$€]?$", statement.text[: figure.start], re.IGNORECASE)
    least = _FAR * figure.value if _ABOUT.search(statement.text[: figure.start]) else Decimal(0)

    def may_be(value: Decimal) -> bool:
        fits = article is None or _takes_an(value) == (article[1].lower() == "an")
        return (
            fits
            and (most is None or value <= most)
            and abs(value - figure.value) >= least
            and all((value < other) == (figure.value < other) for other in others)
        )

    return may_be


def _takes_an(value: Decimal) -> bool:
    """Is a number said with a vowel first: "an 8", "an 11", "an 80", "an 18"?"""
    whole = str(int(value))
    return whole.startswith("8") or whole in ("11", "18")


def true_elsewhere(figure: Figure, statement: Statement, material: Material) -> list[Decimal]:
    """Values that may be true of the same: those of the statement, of every sentence that is about the same, of its unit in a table."""
    rest = filled(statement.text, figure.start, figure.end, " ")
    near = material.akin(rest, statement.sentence)
    found = {figure_.value for figure_ in figures(statement.parsed) if figure_ != figure}
    for position in near:
        for number in material.numbers[position]:
            plain = Decimal(str(number.value))
            found |= {plain, plain / 1000, plain / 1_000_000, plain / 1_000_000_000, plain * 100} if number.value else set()
    if unit := re.match(r"[ -]?([A-Z]{2,3}|ms|s)\b", statement.text[figure.end :]):  # in a table it may be of the same: "6 GB"
        rows = " ".join(s.text for s in material.sentences if s.kind is Text.TABLE)
        found |= {Decimal(number) for number in re.findall(rf"(?<![\w.,])(\d+(?:\.\d+)?)\s?{unit[1]}\b", rows)}
    return [value for value in found if value != figure.value]


def tolerance(figure: Figure) -> Decimal:
    """How far an answer may be off: half of the last digit and 1% for what is measured, half a point of percentages, nothing for counts."""
    if figure.decimals:
        half = Decimal("0.5").scaleb(-figure.decimals)
        if figure.unit.strip() == "%":
            return max(half, min(round(figure.value * _MEASURED, figure.decimals), Decimal("0.5"))).normalize()
        return max(min(half, abs(figure.value) / 20), round(abs(figure.value) * _MEASURED, figure.decimals)).normalize()
    if figure.unit.strip() == "%":
        return Decimal("0.5")
    return (abs(figure.value) * _MEASURED).normalize() if figure.value >= _ROUNDED or figure.unit.strip() else Decimal(0)


def unit_of(figure: Figure) -> str:
    """The unit in which an answer is given, as a stem asks for it."""
    unit = figure.unit.strip(" -")
    named = {
        "%": "%",
        "$": "US dollars",
        "€": "euros",
        "x": "times",
        "×": "times",
        "k": "thousands",
        "K": "thousands",
        "M": "millions",
        "B": "billions",
        "T": "trillions",
    }
    if unit in named:
        return named[unit]
    return {"million": "millions", "billion": "billions", "thousand": "thousands", "trillion": "trillions"}.get(unit.lower(), unit)


def shown(figure: Figure) -> str:
    """The number with its unit."""
    money = figure.unit[:1] if figure.unit[:1] in "$€" else ""
    return f"{money}{figure.text}{figure.unit[len(money) :]}"
