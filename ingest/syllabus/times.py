"""Times of day in a syllabus's words: "Fridays from 9:00AM HKT", "1:30-2:50pm", "due at 11:59PM PST"."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_CLOCK = r"(\d{1,2})(?:(?::|\.(?=\d\d\s*[ap]\.?m\b))(\d\d))?\s*([ap]\.?m\b\.?)?"  # "9.30" is a time before am or pm only
_RANGE = re.compile(
    rf"(?<![\d:.$/-]){_CLOCK}(?:\s*(?:-|–|—|to|until)\s*{_CLOCK})?(?![\d%])(?:\s*(UTC|GMT|AoE|[A-Z]{{1,4}}T)\b)?", re.IGNORECASE
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"\b(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?\b", re.IGNORECASE)
_EARLIEST = 7  # of an hour of one digit without am or pm: "1:30" may be either, "9:00" hardly
_ANYWHERE = timezone(timedelta(hours=-12), "AoE")  # "anywhere on Earth": the day ends where it ends last


@dataclass(frozen=True)
class Times:
    """From when to when; `zone` is the abbreviation behind it, such as "HKT", or empty."""

    start: time
    end: time | None
    zone: str


def find_times(text: str) -> list[Times]:
    """The times that a text names, in order; what could be another number is left out."""
    found = []
    for match in _RANGE.finditer(text):
        hour, minute, half, hour2, minute2, half2, zone = match.groups()
        if zone is not None and not (zone.isupper() or zone == "AoE"):
            zone = None
        end = _clock(hour2, minute2, half2) if hour2 is not None else None
        start = _clock(hour, minute, half or (half2 if end is not None else None))
        if start is not None and end is not None and half is None and half2 is not None and start > end:
            start = _clock(hour, minute, "am")  # "11:30-12:20pm"
        if start is not None:
            found.append(Times(start, end, zone or ""))
    return found


def weekdays_in(text: str) -> set[int]:
    """The days of the week that a text names; Monday is 0."""
    return {_WEEKDAYS.index(name[:3].lower()) for name in _WEEKDAY.findall(text)}


def instant(day: date, at: time, abbreviation: str, zone: ZoneInfo) -> datetime | None:
    """A day's time as an instant; None where the abbreviation names another zone than the course's, which could be any of several.

    Args:
        abbreviation: As written; empty for the course's own zone. "PST" in summer is the wall clock all the same.
        zone: The course's.
    """
    where: tzinfo | None = zone
    if abbreviation == "AoE":
        where = _ANYWHERE
    elif abbreviation in ("UTC", "GMT"):
        where = UTC
    elif abbreviation and abbreviation not in _names(day.year, zone):
        where = None
    return None if where is None else datetime.combine(day, at, where)


def _names(year: int, zone: ZoneInfo) -> set[str]:
    """What a zone is called in the course of a year, and without "standard" and "daylight": PST, PDT, PT."""
    names = {datetime(year, month, 1, tzinfo=zone).tzname() or "" for month in (1, 7)}
    return names | {f"{name[0]}T" for name in names if len(name) == 3 and name[1] in "SD" and name[2] == "T"}


def _clock(hour: str, minute: str | None, half: str | None) -> time | None:
    h, m = int(hour), int(minute or 0)
    if m > 59:
        return None
    if half is not None:
        return time(h % 12 + (12 if half[0] in "pP" else 0), m) if 1 <= h <= 12 else None
    if minute is None or h > 23 or (len(hour) == 1 and h < _EARLIEST):
        return None
    return time(h, m)
