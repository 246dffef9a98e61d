"""Grades by the key: choices and truths exactly, numbers within their tolerance, gaps by their accepted words."""

import re
import unicodedata
from decimal import Decimal
from difflib import SequenceMatcher

from common.errors import UsageError
from quiz.grading.grades import RIGHT, WRONG, Grade
from quiz.grading.quantities import is_near, read_quantity
from quiz.items import Item, Kind
from rag.numerals import numerals

_NEARLY = 0.84  # likeness of letters from which a gap's answer may be a slip of the pen
_LONGEST = 2000  # characters of an answer
_ARTICLE = re.compile(r"^(?:the|a|an)\s+")

Given = int | bool | str


def checked(item: Item, given: Given) -> Given:
    """The answer as it is stored.

    Args:
        given: The option's number in the item's own order, the truth, or the text.

    Raises:
        UsageError: It is none that the item can have.
    """
    if item.kind is Kind.CHOICE:
        if type(given) is not int or not 0 <= given < len(item.options):
            raise UsageError(f"{given!r} is no option of this item")
        return given
    if item.kind is Kind.TRUE_FALSE:
        if type(given) is not bool:
            raise UsageError("the answer is True or False")
        return given
    text = "".join(c for c in str(given) if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()
    if not text:
        raise UsageError("the answer is empty: write something", code="answer-empty")
    if len(text) > _LONGEST:
        said = f"the answer has {len(text)} characters, {_LONGEST} are the most: shorten it"
        raise UsageError(said, code="answer-long", characters=len(text), longest=_LONGEST)
    return text


def grade_closed(item: Item, given: Given) -> Grade | None:
    """The grade of an answer by the key; None for a short answer, which `short` grades."""
    if item.kind in (Kind.CHOICE, Kind.TRUE_FALSE):
        return Grade(RIGHT if given == item.key else WRONG)
    if item.kind is Kind.NUMERIC:
        return _number(item, str(given))
    if item.kind is Kind.CLOZE:
        return _gap(item, str(given))
    return None


def shown(item: Item, given: Given) -> str:
    """An answer as a person reads it."""
    if item.kind is Kind.CHOICE:
        number = int(given)
        return item.options[number] if 0 <= number < len(item.options) else "?"
    return str(given)


def same_words(one: str, other: str) -> bool:
    """Equal but for case, spaces, hyphens, an article before and punctuation around, a plural, or how a number is written."""
    if _level(one) == _level(other):
        return True
    first, second = _level(one).split(), _level(other).split()
    if len(first) == len(second) and all(a == b or _plural(a, b) or _plural(b, a) for a, b in zip(first, second, strict=True)):
        return True
    a, b = numerals(one), numerals(other)
    return len(a) == len(b) == 1 and a[0].value == b[0].value and a[0].percent == b[0].percent and _around(one) == _around(other)


def _number(item: Item, text: str) -> Grade:
    quantity = read_quantity(text)
    assert isinstance(item.key, Decimal)
    if quantity is None:
        return Grade(WRONG, certain=False, why=f"{text[:60]!r} could not be read as one number")
    return Grade(RIGHT if is_near(quantity, item.key, item.tolerance, item.unit) else WRONG)


def _gap(item: Item, text: str) -> Grade:
    forms = (str(item.key), *item.accepted)
    if any(same_words(text, form) for form in forms):
        return Grade(RIGHT)
    alike = [form for form in forms if _values(form) == _values(text)]  # another number is no slip of the pen
    near = max((SequenceMatcher(None, _level(text), _level(form), autojunk=False).ratio() for form in alike), default=0.0)
    if near >= _NEARLY:
        return Grade(WRONG, certain=False, why="it is written nearly like the key: perhaps a slip of the pen")
    return Grade(WRONG)


def _level(text: str) -> str:
    """NFKC, no case, one space, hyphens as spaces, no article before, no punctuation around."""
    low = re.sub(r"[\s\-‐-―_]+", " ", unicodedata.normalize("NFKC", text).casefold())
    return _ARTICLE.sub("", low.strip(" .,;:!?\"'“”‘’()[]$")) or low.strip()


def _plural(one: str, many: str) -> bool:
    return len(one) > 3 and not one.endswith("s") and many in (f"{one}s", f"{one}es")


def _values(text: str) -> set[float]:
    return {numeral.value for numeral in numerals(text)}


def _around(text: str) -> str:
    return _level(re.sub(r"\s+", " ", text.replace(numerals(text)[0].text, " ")))
