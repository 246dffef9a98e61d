"""Numbers with units as people type them: "3.5 days", "3,5", "84 hours", "1,000", "65B", "1.5e6", "½", "eight".

Values are decimals: a tolerance of 0.1 is met by exactly 0.1.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rag.numerals import numerals

if TYPE_CHECKING:
    from pint import UnitRegistry

_LONGEST = 60  # characters: a longer answer is no number
_MAGNITUDES = {
    "k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "millions": 6, "b": 9, "bn": 9, "billion": 9, "billions": 9,
    "t": 12, "tn": 12, "trillion": 12, "trillions": 12,
}  # fmt: skip
_NUMBER = re.compile(
    r"^(?:about|around|approximately|approx\.?|roughly|circa|ca\.?|~|≈|=|is|it is)?\s*"
    r"(?P<sign>[+-])?\s*(?P<digits>\d[\d.,' ]*\d|\d|[.,]\d+)(?:\s*/\s*(?P<below>\d+))?"
    r"(?:\s*(?:e|[x×*·]\s*10\s*\^?)\s*(?P<power>[+-]?\d{1,3}))?"
    r"(?:\s*(?P<magnitude>k|thousand|m|mn|millions?|b|bn|billions?|t|tn|trillions?)\b(?![/^]))?"
    r"\s*(?P<unit>[^\d]*?)\s*\.?$",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"(\d*)\s?([¼½¾⅐-⅞])")
_UNIT = re.compile(r"[A-Za-zµμ°%/·*^ .-]{1,30}\d?")  # what is handed to pint: no number, no call, no bracket
_SPELT = {"per cent": "%", "percent": "%", "percentage points": "points", "degrees celsius": "°C"}


@dataclass(frozen=True)
class Quantity:
    """A number as it was written.

    Attributes:
        value: Without its magnitude.
        factor: Of the word after it: 1000000000 for "65B".
        unit: As it was written; may be empty.
    """

    value: Decimal
    factor: Decimal = Decimal(1)
    unit: str = ""

    @property
    def absolute(self) -> Decimal:
        """With its magnitude."""
        return self.value * self.factor


def read_quantity(text: str) -> Quantity | None:
    """The one number of an answer with its unit; None where it is none, or more than one."""
    plain = unicodedata.normalize("NFKC", _FRACTION.sub(_as_decimal, text)).replace("−", "-").strip()
    if len(plain) > _LONGEST:
        return None
    match = _NUMBER.match(plain)
    if match is None:
        return _in_words(plain)
    value = _decimal(match["digits"])
    if value is None:
        return None
    if match["below"] is not None:
        if not int(match["below"]):
            return None
        value /= int(match["below"])
    if match["power"]:
        value = value.scaleb(int(match["power"]))
    factor = Decimal(10) ** _MAGNITUDES.get((match["magnitude"] or "").lower(), 0)
    return Quantity(-value if match["sign"] == "-" else value, factor, match["unit"].strip())


def is_near(given: Quantity, key: Decimal, tolerance: Decimal, unit: str) -> bool:
    """Is it within the tolerance of the key, in the key's unit?

    Args:
        unit: Of the item, such as "days", "%" or "billion parameters". An answer without a unit is in this one.
    """
    factor, wanted = _split(unit)
    return any(abs(value - key) <= tolerance for value in _readings(given, factor, wanted))


def _readings(given: Quantity, factor: Decimal, wanted: str) -> list[Decimal]:
    """What the answer may mean, in the item's unit."""
    if _same(given.unit, wanted) or not given.unit:
        values = [given.absolute / factor]
        if given.factor == 1:
            values.append(given.value)  # "175" where the unit is "billion parameters"
        if _level(wanted) == "%" and not given.unit:
            values.append(given.value * 100)  # a share of one
        return values
    if wanted == "" and given.unit:
        # The stem asks for no unit: what is counted may be named ("8 heads"), but a percentage is another number.
        return [given.absolute / 100] if _level(given.unit) == "%" else [given.absolute]
    # "m" is a million and a metre, "b" a billion and a byte: what was read as a magnitude may be a unit.
    converted = [_converted(given.absolute, given.unit, wanted)]
    return [value / factor for value in converted if value is not None]


def _converted(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """In the wanted unit; None where the units do not fit or one is unknown."""
    if not (_UNIT.fullmatch(unit) and _UNIT.fullmatch(wanted)):
        return None
    registry = _registry()
    try:
        source, target = registry.parse_units(unit), registry.parse_units(wanted)
        if source.dimensionality != target.dimensionality or ("byte" in str(source)) != ("byte" in str(target)):
            return None
        with localcontext() as context:
            context.prec = 28
            found: Any = registry.Quantity(value, source).to(target).magnitude
            return Decimal(found).quantize(Decimal("1e-12")) if abs(found) < Decimal("1e12") else Decimal(found)
    except Exception as exc:  # noqa: BLE001  # pint raises what tokenizing and arithmetic raise; a strange unit is a wrong one
        del exc
        return None


@lru_cache(maxsize=1)
def _registry() -> "UnitRegistry[Any]":
    from pint import UnitRegistry  # imported here: reads its definitions for a second, and only units that differ need it

    return UnitRegistry(non_int_type=Decimal)


def _split(unit: str) -> tuple[Decimal, str]:
    """ "billion parameters" -> (1000000000, "parameters")."""
    first, _, rest = unit.strip().partition(" ")
    power = _MAGNITUDES.get(first.lower(), 0) if len(first) > 1 else 0
    return (Decimal(10) ** power, rest.strip()) if power else (Decimal(1), unit.strip())


def _same(one: str, other: str) -> bool:
    return _level(one) == _level(other)


def _level(unit: str) -> str:
    low = " ".join(unit.casefold().split()).rstrip(".")
    low = _SPELT.get(low, low)
    return low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith("ss") else low


def _as_decimal(match: re.Match[str]) -> str:
    """ "1½" -> "1.5"."""
    return format(int(match[1] or 0) + Decimal(repr(round(unicodedata.numeric(match[2]), 6))), "f")


def _decimal(digits: str) -> Decimal | None:
    """ "1,000" is a thousand, "3,5" three and a half, "1.000,5" a thousand and a half."""
    text = digits.replace(" ", "").replace("'", "")
    dot, comma = text.rfind("."), text.rfind(",")
    if dot >= 0 and comma >= 0:
        thousands, point = (",", ".") if dot > comma else (".", ",")
        text = text.replace(thousands, "").replace(point, ".")
    elif comma >= 0:
        groups = re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", text) is not None
        text = text.replace(",", "") if groups else text.replace(",", ".")
    elif text.count(".") > 1:
        if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+", text) is None:
            return None
        text = text.replace(".", "")
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _in_words(text: str) -> Quantity | None:
    found = numerals(text)
    if len(found) != 1:
        return None
    unit = text[text.find(found[0].text) + len(found[0].text) :]
    return Quantity(Decimal(repr(found[0].value)), Decimal(1), "%" if found[0].percent else unit.strip())
