"""What day it is where the course is held."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], date]


def course_clock(timezone: str) -> Clock:
    """A clock that tells the present day in a time zone.

    Args:
        timezone: An IANA name, such as Asia/Hong_Kong.
    """
    zone = ZoneInfo(timezone)
    return lambda: datetime.now(zone).date()


def fixed(day: datetime | None) -> Clock | None:
    """A clock that stands still on a day; None for None, which means the course's own clock."""
    return None if day is None else lambda: day.date()
