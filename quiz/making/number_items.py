"""Items on numbers: a number of a statement is the gap, other numbers of its kind are the distractors."""

import random
import re
from collections.abc import Iterator
from decimal import Decimal

from quiz.items import Kind
from quiz.making.candidates import Candidate, filled, gapped, make, tells_of_another, where
from quiz.making.figures import Figure, distractors, figures, value_of_word
from quiz.making.material import Material
from quiz.making.statements import Statement, is_setup
from quiz.making.worth import number_fault

_OPTIONS = 3  # distractors
_MOST_FIGURES = 3  # a statement with more numbers is a list
_COUNTABLE = 12  # what a sentence lists after a colon can be counted up to so many
_KNOWN = 4  # sentences with a number, from above which on it is no secret
_RANGE = re.compile(r"\d\s?(?:[-–]|to)\s?\d+(?:\.\d+)?\s?%")  # "40 to 50%": both ends tell of each other
_ROUNDED = 10_000  # from which on a count is hardly known to its last digit
_MEASURED = Decimal("0.01")  # tolerance of a measured number: a rounded one is right


def number_choices(statement: Statement, material: Material, chance: random.Random) -> Iterator[Candidate]:
    """Multiple choice: which number fills the gap?"""
    for figure in _asked(statement, material):
        forbidden = true_elsewhere(figure, statement, material)
        wrong = tuple(distractors(figure, material.figures, forbidden, chance, _OPTIONS))
        if len(wrong) < _OPTIONS or any(exceeds_whole(w, figure, statement.text) or passes_another(w, figure, statement) for w in wrong):
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
        len(found) > _MOST_FIGURES
        or _RANGE.search(statement.text)
        or is_setup(statement.sentence.section)
        or tells_of_another(statement, material)
    ):
        return []
    values = [figure.value for figure in found]
    most = max(2, min(_KNOWN, len(material.sentences) // 12))
    return [figure for figure in found if figure.is_asked and values.count(figure.value) == 1 and statement.text.count(figure.text) == 1
        and not (figure.value <= _COUNTABLE and re.search(r":|—", statement.text[figure.end : figure.end + 60]))
        and (len(figure.text) < 2 or material.times(figure.text) <= most) and not number_fault(statement.parsed, figure)
    ]  # fmt: skip


def exceeds_whole(wrong: str, figure: Figure, text: str) -> bool:
    """Is it more than there are: "9 out of 8"?"""
    whole = re.match(r"\s*(?:out )?of (?:the |all )?(\d+)\b", text[figure.end :])
    return whole is not None and wrong.replace(",", "").isdigit() and int(wrong.replace(",", "")) > int(whole[1])


def passes_another(wrong: str, figure: Figure, statement: Statement) -> bool:
    """Is it on the other side of a number of its unit in the same sentence: the first of "71% at the top, 90% among ten" no 92?"""
    value = Decimal(wrong.replace(",", "")) if wrong[:1].isdigit() else value_of_word(wrong)
    others = [
        other.value
        for other in figures(statement.parsed)
        if (other.unit, other.counted) == (figure.unit, figure.counted) and other.value != figure.value
    ]
    return any((value < other) != (figure.value < other) for other in others)


def true_elsewhere(figure: Figure, statement: Statement, material: Material) -> list[Decimal]:
    """Values that may be true of the same: those of the statement itself and of every sentence that is about the same."""
    rest = filled(statement.text, figure.start, figure.end, " ")
    near = material.akin(rest, statement.sentence)
    found = {figure_.value for figure_ in figures(statement.parsed) if figure_ != figure}
    for position in near:
        for number in material.numbers[position]:
            plain = Decimal(str(number.value))
            found |= {plain, plain / 1000, plain / 1_000_000, plain / 1_000_000_000, plain * 100} if number.value else set()
    return [value for value in found if value != figure.value]


def tolerance(figure: Figure) -> Decimal:
    """How far an answer may be off: half of the last digit and 1% for what is measured, nothing for what is counted."""
    if figure.decimals:
        half = Decimal("0.5").scaleb(-figure.decimals)
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
