"""Dates as people write them: month names of several languages, day-first and month-first figures, ISO, ranges, weekdays.

`find_dates` only says what is written. Which year it means is `years`' work.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

_MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "january jan januar jänner janvier enero gennaio janeiro",
        "february feb febr februar février fevrier febrero febbraio fevereiro",
        "march mar märz maerz mars marzo março",
        "april apr avril abril aprile",
        "may mai mayo maggio maio",
        "june jun juni juin junio giugno junho",
        "july jul juli juillet julio luglio julho",
        "august aug août agosto",
        "september sept sep septembre septiembre settembre setembro",
        "october oct oktober okt octobre octubre ottobre outubro",
        "november nov novembre noviembre novembro",
        "december dec dezember dez décembre diciembre dicembre dezembro",
    ),
    start=1,
):
    _MONTHS |= dict.fromkeys(_names.split(), _number)
_WEEKDAYS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "monday mon mo montag lundi lunes lunedì m",
        "tuesday tues tue tu dienstag di mardi martes martedì t",
        "wednesday weds wed we mittwoch mi mercredi miércoles mercoledì w",
        "thursday thurs thur thu th donnerstag do jeudi jueves giovedì r",
        "friday fri fr freitag vendredi viernes venerdì f",
        "saturday sat sa samstag samedi sábado sabato",
        "sunday sun su sonntag dimanche domingo domenica",
    )
):
    _WEEKDAYS |= dict.fromkeys(_names.split(), _number)
_AMBIGUOUS = ("di", "do", "mi", "we", "su", "sa", "mo", "m", "t", "w", "r", "f", "tu", "th", "fr")  # only right beside a date


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_WD = rf"(?P<wd>(?:{_any(_WEEKDAYS)}))\b\.?(?:\s*[/&+-]\s*(?:{_any(_WEEKDAYS)})\b\.?)?"
_BEFORE = rf"(?:(?<![\w'’])[(\[]?{_WD}[)\]]?,?\s*(?:the\s+)?)?"
_AFTER = rf"(?:\s*,?\s*[(\[](?P<wda>{_any(_WEEKDAYS)})\b\.?[)\]]|,\s*(?P<wdb>{_any(n for n in _WEEKDAYS if len(n) > 5)})\b)?"
_TO = r"\s*(?:[-–—−]{1,3}|to|bis|through|thru|until|&|and|/|\+|,)\s*"
_TO_DAY = r"\s*(?:[-–—−]{1,3}|to|bis|through|thru|until|&|and|/)\s*"  # a comma parts other things: "Project 1, 5 March"
_MONTH = rf"(?P<{{0}}>{_any(_MONTHS)})\b\.?"
_ORD = r"(?:st|nd|rd|th|er|º)?"
_NO_TIME = r"(?![\d:]|\.\d|\s*(?:[ap]\.?m\b|h\b|:\d\d|%))"
_YEAR = r"(?:\s*,?\s*(?:de\s+)?(?P<year>(?:19|20)\d\d)(?!\d))?"
_DAY = r"(?P<{0}>[0-3]?\d)"

_MONTH_FIRST = re.compile(
    rf"{_BEFORE}(?<![\w]){_MONTH.format('month')}[ \-,]{{0,2}}{_DAY.format('day')}{_ORD}(?!\d)(?!:\d)(?!\s*[ap]\.?m\b)"
    rf"(?:{_TO}(?:{_WD.replace('wd', 'wdt')},?\s*)?(?:{_MONTH.format('month2')}\s*)?{_DAY.format('day2')}{_ORD}{_NO_TIME}"
    rf"(?!\s+(?:{_any(_MONTHS)})\b))?{_YEAR}{_AFTER}",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"{_BEFORE}(?<![\w.#:])(?:{_DAY.format('day')}{_ORD}\.?(?:(?:{_TO_DAY}|(?<=^\d),\s*"
    rf"|(?<=^\d\d),\s*)(?:{_WD.replace('wd', 'wdt')},?\s*)?{_DAY.format('day2')}{_ORD}\.?)?)"
    rf"[\s\-/]*(?:of\s+|de\s+)?{_MONTH.format('month')}(?!['’]s){_YEAR}"
    rf"(?:\s*(?:[-–—−]{{1,3}}|/|to|bis|until)\s*(?P<day3>[0-3]?\d){_ORD}\.?\s*(?:of\s+"
    rf"|de\s+)?{_MONTH.format('month3')}(?:\s*,?\s*(?P<year3>(?:19|20)\d\d))?)?{_AFTER}",
    re.IGNORECASE,
)
_ISO = re.compile(
    rf"{_BEFORE}(?<![\d/.-])(?P<year>(?:19|20)\d\d)[-/.](?P<month>[01]?\d)[-/.](?P<day>[0-3]?\d)(?![\d/]|-\d){_AFTER}", re.IGNORECASE
)
_CJK = re.compile(r"(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?(?P<month>[01]?\d)\s*月\s*(?P<day>[0-3]?\d)\s*[日号]")
_FIGURES = re.compile(
    rf"{_BEFORE}(?<![\d/.\-–])(?P<a>[0-3]?\d)(?P<sep>[/.]|-(?=\d\d?-\d))(?P<b>[0-3]?\d)(?:(?P=sep)(?P<year>(?:19|20)?\d\d)(?![\d/])"
    rf"|(?P<dot>(?<=\.\d\d|\d\.\d)\.)|(?![\d/]|\.\d))"
    rf"(?:\s*(?:[-–—−]{{1,3}}|to"
    rf"|&)\s*(?:{_WD.replace('wd', 'wdt')},?\s*)?(?P<a2>[0-3]?\d)(?P=sep)(?P<b2>[0-3]?\d)\b(?:(?P=sep)(?P<year2>(?:19"
    rf"|20)?\d\d)\b)?)?{_AFTER}",
    re.IGNORECASE,
)
_WEEKDAY_NAME = re.compile(rf"({_any(n for n in _WEEKDAYS if n not in _AMBIGUOUS)})s?\b\.?", re.IGNORECASE)
_LOWER_WORDS = ("may", "march", "mars", "mai")  # words too, when they are not capitalised


@dataclass(frozen=True)
class Mention:
    """A day that a text names.

    Attributes:
        start, end: Where it stands, its weekday included.
        year: As written, else None.
        weekday: As written, Monday 0.
        until: (year or None, month, day) where a range ends.
        order: "named" (month's name, ISO), else of figures such as 9/3: "day" or "month" first, or "either".
    """

    start: int
    end: int
    month: int
    day: int
    year: int | None = None
    weekday: int | None = None
    until: tuple[int | None, int, int] | None = None
    order: str = "named"

    def turned(self) -> "Mention":
        """The other reading of figures that can be read either way; the same for all others."""
        if self.order != "either":
            return self
        until = self.until and (self.until[0], self.until[2], self.until[1])
        return replace(self, month=self.day, day=self.month, until=until if until and _is_day(until[1], until[2]) else None)


def find_dates(text: str, *, day_first: bool = False, loose: bool = False) -> list[Mention]:
    """The days that a text names, in order, none overlapping another.

    Args:
        day_first: How figures such as 3/4 are read where both ways are possible. With a full stop they are always day-first.
        loose: "27.02" alone is a day too, as in a column of dates.
    """
    if loose and (alone := re.fullmatch(r"\s*([0-3]?\d)\.([01]?\d)\s*", text)) and _is_day(int(alone[2]), int(alone[1])):
        return [Mention(alone.start(1), alone.end(2), int(alone[2]), int(alone[1]), order="day")]
    found: list[Mention] = []
    for pattern, read in ((_ISO, _named), (_CJK, _named), (_MONTH_FIRST, _named), (_DAY_FIRST, _named), (_FIGURES, _figures)):
        for match in pattern.finditer(text):
            mention = read(match)
            if mention and not any(mention.start < other.end and other.start < mention.end for other in found):
                found.append(mention.turned() if day_first else mention)
    return sorted(found, key=lambda mention: mention.start)


def weekday_at(text: str, start: int = 0) -> tuple[int, int] | None:
    """(weekday, end) of a weekday's name that stands at `start`; None if there is none."""
    match = _WEEKDAY_NAME.match(text, start)
    return (_WEEKDAYS[match[1].lower()], match.end()) if match else None


def month_in(text: str) -> int | None:
    """The month of a text that says nothing but "September" or "Sep 2024"; None if it says anything else."""
    match = re.fullmatch(rf"\W*({_any(_MONTHS)})\.?\W*(?:(?:19|20)\d\d)?\W*", text.strip(), re.IGNORECASE)
    return _MONTHS[match[1].lower()] if match else None


def reads_day_first(mentions: Sequence[Mention]) -> bool:
    """Are figures such as 3/4 of a document meant day first? Told by those that can be read one way only, then by their order.

    Args:
        mentions: The document's, in order, read month first.
    """
    orders = [mention.order for mention in mentions]
    if orders.count("day") != orders.count("month"):
        return orders.count("day") > orders.count("month")
    unsure = [mention for mention in mentions if mention.order == "either"]
    return _steps([(m.month, m.day) for m in unsure]) < _steps([(m.day, m.month) for m in unsure])


def _steps(days: Sequence[tuple[int, int]]) -> int:
    """How often a day follows the one before within five weeks."""
    return sum(0 <= (b[0] - a[0]) * 30.5 + b[1] - a[1] <= 35 for a, b in pairwise(days))


def _weekday(name: str | None) -> int | None:
    return _WEEKDAYS.get(name.lower().rstrip(".")) if name else None


def _is_day(month: int, day: int) -> bool:
    try:
        date(2024, month, day)  # a leap year
    except ValueError:
        return False
    return True


def _named(match: re.Match[str]) -> Mention | None:
    """A date with a month's name or in ISO's order."""
    groups = match.groupdict()
    written = groups["month"]
    if written in _LOWER_WORDS:
        return None
    month, day = _month(written), int(groups["day"])
    if not _is_day(month, day):
        return None
    until = None
    if groups.get("day3"):
        until = (int(groups["year3"]) if groups.get("year3") else None, _month(groups["month3"]), int(groups["day3"]))
    elif groups.get("day2"):
        until = (None, _month(groups["month2"]) if groups.get("month2") else month, int(groups["day2"]))
    if until and not _is_day(until[1], until[2]):
        until = None
    year = int(groups["year"]) if groups.get("year") else None
    weekday = _weekday(groups.get("wd") or groups.get("wda") or groups.get("wdb"))
    return Mention(match.start(), match.end(), month, day, _start_year(year, month, until), weekday, until)


def _start_year(year: int | None, month: int, until: tuple[int | None, int, int] | None) -> int | None:
    """The year of "30 Dec - 3 Jan 2025" stands at its end."""
    if year is None and until and until[0]:
        return until[0] - (month > until[1])
    return year


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS[written.lower()]


def _figures(match: re.Match[str]) -> Mention | None:
    """A date in figures; with full stops only where it cannot be a section's number."""
    groups = match.groupdict()
    first, second = int(groups["a"]), int(groups["b"])
    weekday = _weekday(groups.get("wd") or groups.get("wda") or groups.get("wdb"))
    year = int(groups["year"]) if groups.get("year") else None
    year = year + 2000 if year is not None and year < 100 else year
    dotted = groups["sep"] == "."
    if dotted and not (year or groups["dot"] or weekday is not None):
        return None
    if groups["sep"] == "-" and not year:
        return None
    by_day, by_month = _is_day(second, first), _is_day(first, second) and not dotted
    if not by_day and not by_month:
        return None
    order = "either" if by_day and by_month and first != second else "day" if by_day and not by_month else "month" if not by_day else "same"
    month, day = (second, first) if order == "day" else (first, second)
    until = None
    if groups.get("a2"):
        last = (int(groups["a2"]), int(groups["b2"]))
        ends = int(groups["year2"]) if groups.get("year2") else None
        until = (ends + 2000 if ends is not None and ends < 100 else ends, *(last[::-1] if order == "day" else last))
        year = _start_year(year, month, until)
        if not _is_day(until[1], until[2]):
            until = None
    return Mention(match.start(), match.end(), month, day, year, weekday, until, order)
