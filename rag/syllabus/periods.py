"""Words for days and stretches of days: "next week", "tomorrow", "on March 6", "in two weeks", "before 15 April". Pure.

Weeks run from Monday to Sunday. "Friday", "this Friday" and "coming Friday" are the next one, today included; "next Friday" is
both the next one and the one of next week where these differ, since people mean either.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "january february march april may june july august september october november december".split()
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "couple of": 2}
_COUNT = r"(\d{1,2}|a couple of|couple of|an?|one|two|three|four|five|six|seven|eight)"
_DAY_NAME = r"(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
# "may" and "mar", "sun", "sat" and "wed" are words of their own: a month needs a number or "in" beside it, a day its whole name or "on".
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:,?\s+(\d{4}))?"
_DATE = re.compile(
    rf"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})|{_MONTH}\s+(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:%|-?\w*bit|layers|heads)){_YEAR}"
    rf"|(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b{_YEAR})",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"\b(?:on|by|for|due|before|after|until)\s+(\d{1,2})/(\d{1,2})\b(?!/)", re.IGNORECASE)
_WHOLE_MONTH = re.compile(rf"\b(?:in|during|for|of|throughout|all of)\s+(?:early\s+|late\s+|mid-?\s*)?{_MONTH}\b{_YEAR}", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|by|until|till|prior to)\s+(?:the\s+)?(?:\w+day,?\s+)?$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|since|following)\s+(?:the\s+)?(?:\w+day,?\s+)?$", re.IGNORECASE)
_CLASS_OF = re.compile(r"(?:'s|’s)?\s+(?:class|lecture|session|meeting|seminar)\b", re.IGNORECASE)
_FROM_TO = re.compile(r"^\s*(?:and|to|until|till|through|-|–)\s*$", re.IGNORECASE)
EARLIEST, LATEST = date.min, date.max


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both counted.

    Attributes:
        start, end: Where its words stand in the question.
        relative: It depends on what day it is.
    """

    first: date
    last: date
    start: int
    end: int
    relative: bool

    @property
    def open(self) -> bool:
        """Has it no beginning or no end of its own, as "before March 6" has?"""
        return self.first == EARLIEST or self.last == LATEST


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week that a day lies in."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def find_periods(text: str, today: date, year_of: Callable[[int, int], int]) -> list[Period]:
    """The stretches of days that a text names, in its order, none overlapping another.

    Args:
        text: A question.
        today: What "today" is.
        year_of: The year meant where a month and a day stand without one.
    """
    found: list[Period] = []
    for period in [*_dates(text, year_of), *_relative(text, today)]:
        # The same words may mean two days ("next Friday").
        if not any(period.start < other.end and other.start < period.end and _words(period) != _words(other) for other in found):
            found.append(period)
    return sorted(found, key=lambda period: period.start)


def _words(period: Period) -> tuple[int, int]:
    return period.start, period.end


def _dates(text: str, year_of: Callable[[int, int], int]) -> list[Period]:
    days: list[Period] = []
    for match in _DATE.finditer(text):
        iso, month, day, year, day2, month2, year2 = match.groups()
        if (month or month2 or "").lower() == "may" and "May" not in match.group() and " of " not in match.group():
            continue
        made = _made(iso, month or month2, day or day2, year or year2, year_of)
        if made is not None:
            days.append(Period(made, made, match.start(), match.end(), relative=False))
    for match in _SLASHED.finditer(text):
        made = _made(None, match[1], match[2], None, year_of)
        if made is not None:
            days.append(Period(made, made, match.start(1), match.end(), relative=False))
    days.sort(key=lambda period: period.start)
    joined: list[Period] = []
    for period in days:
        before = joined[-1] if joined else None
        if (
            before
            and re.search(r"\b(?:between|from)\s+$", text[: before.start], re.IGNORECASE)
            and _FROM_TO.match(text[before.end : period.start])
        ):
            joined[-1] = Period(before.first, period.last, before.start, period.end, relative=False)
        else:
            joined.append(period)
    joined = [_opened(period, text) for period in joined]
    for match in _WHOLE_MONTH.finditer(text):
        if match[1].lower() != "may" or "May" in match.group():
            number = _month(match[1])
            year = int(match[2]) if match[2] else year_of(number, 15)
            joined.append(
                Period(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]), *match.span(), relative=False)
            )
    return joined


def _opened(period: Period, text: str) -> Period:
    """ "before March 6" has no beginning, "after March 6" no end."""
    ahead = text[: period.start]
    if _CLASS_OF.match(text[period.end :]):
        return period  # "before Friday's class": what belongs to that class
    if period.first == period.last and (match := _BEFORE.search(ahead)):
        through = match.group().lower().startswith(("by", "until", "till"))
        return Period(EARLIEST, period.last if through else period.last - timedelta(days=1), match.start(), period.end, period.relative)
    if period.first == period.last and (match := _AFTER.search(ahead)):
        return Period(period.last + timedelta(days=1), LATEST, match.start(), period.end, period.relative)
    return period


def _month(word: str) -> int:
    return int(word) if word.isdigit() else next(n for n, name in enumerate(_MONTHS, start=1) if name.startswith(word.lower()[:3]))


def _made(iso: str | None, month: str, day: str, year: str | None, year_of: Callable[[int, int], int]) -> date | None:
    try:
        if iso:
            return date.fromisoformat(iso)
        number = _month(month)
        return date(int(year) if year else year_of(number, int(day)), number, int(day))
    except ValueError:
        return None


def _number(word: str) -> int:
    word = word.lower().removeprefix("a ") if "couple" in word.lower() else word.lower()
    return int(word) if word.isdigit() else _NUMBERS[word]


def _relative(text: str, today: date) -> Iterator[Period]:
    for pattern, span in _PATTERNS:
        for match in pattern.finditer(text):
            for first, last in span(match, today):
                if first <= last:
                    yield _opened(Period(first, last, *match.span(), relative=True), text)


Span = Callable[[re.Match[str], date], list[tuple[date, date]]]


def _day(offset: int) -> Span:
    return lambda _match, today: [(today + timedelta(days=offset),) * 2]


def _week(offset: int) -> Span:
    return lambda _match, today: [week_of(today + timedelta(weeks=offset))]


def _weekday(word: str) -> int:
    return next(n for n, name in enumerate(_DAYS) if name.startswith(word.lower()[:3]))


def _coming(today: date, weekday: int) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _named_day(match: re.Match[str], today: date) -> list[tuple[date, date]]:
    which, weekday = (match[1] or "").lower(), _weekday(match[2])
    coming = _coming(today, weekday)
    if which in ("last", "past", "previous"):
        day = today - timedelta(days=(today.weekday() - weekday) % 7 or 7)
        return [(day, day)]
    if which == "next":
        coming = coming if coming != today else today + timedelta(days=7)
        of_next_week = week_of(today + timedelta(weeks=1))[0] + timedelta(days=weekday)
        return [(coming, coming)] if coming >= of_next_week else [(coming, coming), (of_next_week, of_next_week)]
    return [(coming, coming)]


def _day_of_week(match: re.Match[str], today: date) -> list[tuple[date, date]]:
    """ "Friday next week", "next week Friday"."""
    which = (match[2] or match[3]).lower()
    monday = week_of(today)[0] + timedelta(weeks={"next": 1, "last": -1}.get(which, 0))
    day = monday + timedelta(days=_weekday(match[1] or match[4]))
    return [(day, day)]


def _months(offset: int) -> Span:
    def span(_match: re.Match[str], today: date) -> list[tuple[date, date]]:
        year, month = divmod(today.year * 12 + today.month - 1 + offset, 12)
        return [(date(year, month + 1, 1), date(year, month + 1, calendar.monthrange(year, month + 1)[1]))]

    return span


def _weekend(match: re.Match[str], today: date) -> list[tuple[date, date]]:
    saturday = week_of(today + timedelta(weeks=1 if match[1].lower() == "next" else 0))[0] + timedelta(days=5)
    return [(saturday, saturday + timedelta(days=1))]


def _distance(match: re.Match[str], today: date, *, sign: int) -> list[tuple[date, date]]:
    number = _number(match[1]) * sign
    if match[2].lower().startswith("week"):
        return [week_of(today + timedelta(weeks=number))]
    return [(today + timedelta(days=number),) * 2]


def _within(match: re.Match[str], today: date) -> list[tuple[date, date]]:
    number = _number(match[1]) * (7 if match[2].lower().startswith("week") else 1)
    return [(today, today + timedelta(days=number))]


def _to_end(_match: re.Match[str], today: date) -> list[tuple[date, date]]:
    return [(today, LATEST)]


def _from_beginning(_match: re.Match[str], today: date) -> list[tuple[date, date]]:
    return [(EARLIEST, today)]


def _compiled(pattern: str, span: Span) -> tuple[re.Pattern[str], Span]:
    return re.compile(pattern, re.IGNORECASE), span


# Longer phrases first: what one has taken, no later one takes again.
_PATTERNS = (
    _compiled(r"\b(?:the\s+)?day after tomorrow\b", _day(2)),
    _compiled(r"\b(?:the\s+)?day before yesterday\b", _day(-2)),
    _compiled(rf"\b{_DAY_NAME}(?:\s+of)?\s+(this|next|last)\s+week\b()()", _day_of_week),
    _compiled(rf"()()\b(this|next|last)\s+week(?:'s)?,?\s+(?:on\s+)?{_DAY_NAME}\b", _day_of_week),
    _compiled(r"\b(?:the\s+)?week after next(?: week)?\b", _week(2)),
    _compiled(r"\b(?:the\s+)?week before last(?: week)?\b", _week(-2)),
    _compiled(rf"\b(?:within|in|over|during)?\s*the (?:next|coming) {_COUNT}\s+(weeks?|days?)\b", _within),
    _compiled(rf"\bwithin\s+{_COUNT}\s+(weeks?|days?)\b", _within),
    _compiled(rf"\bin\s+{_COUNT}\s+(weeks?|days?)(?:'?s? time)?\b", lambda m, t: _distance(m, t, sign=1)),
    _compiled(rf"\b{_COUNT}\s+(weeks?|days?)\s+(?:from (?:now|today)|ahead)\b", lambda m, t: _distance(m, t, sign=1)),
    _compiled(rf"\b{_COUNT}\s+(weeks?|days?)\s+ago\b", lambda m, t: _distance(m, t, sign=-1)),
    _compiled(r"\b(?:this|the current)\s+week\b|\blater this week\b", _week(0)),
    _compiled(r"\b(?:the\s+)?(?:next|coming|upcoming|following)\s+week\b", _week(1)),
    _compiled(r"(?<!the )(?<!'s )\b(?:last|past)\s+week\b(?! of\b)|\b(?:the\s+)?(?:previous|past)\s+week\b", _week(-1)),
    _compiled(r"\b(?:(this|next|coming)\s+)weekend\b", _weekend),
    _compiled(r"\bthis month\b", _months(0)),
    _compiled(r"\b(?:the\s+)?next month\b", _months(1)),
    _compiled(r"(?<!the )\blast month\b", _months(-1)),
    _compiled(r"\b(?:the )?(?:rest|remainder) of the (?:semester|course|term|class|quarter)\b|\bfrom now on\b", _to_end),
    _compiled(r"\bso far\b|\buntil now\b", _from_beginning),
    _compiled(r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b", _day(0)),
    _compiled(r"\btomorrow\b", _day(1)),
    _compiled(r"\byesterday\b", _day(-1)),
    _compiled(rf"\b(?:(this|next|last|past|previous|coming|upcoming)\s+|on\s+){_DAY_NAME}\b", _named_day),
    _compiled(r"\b()(mon|tues|wednes|thurs|fri|satur|sun)day\b", _named_day),
)  # fmt: skip
