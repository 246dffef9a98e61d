"""Moments as staff type them, in the course's time zone. Pure."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from common.errors import UsageError

_AHEAD = re.compile(r"\+(\d{1,4})\s*(m|min|h|d|w)$")
_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_FORMATS = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M")


def read_moment(text: str, zone: str, now: datetime) -> datetime:
    """ "2024-03-05 18:00" by the course's clock, or "+3d", "+2h", "+30m" from now.

    Raises:
        UsageError: It is neither, or it has passed.
    """
    ahead = _AHEAD.match(text.strip())
    if ahead is not None:
        return now + timedelta(**{_UNITS[ahead[2]]: int(ahead[1])})
    for form in _FORMATS:
        try:
            found = datetime.strptime(text.strip(), form).replace(tzinfo=ZoneInfo(zone))
        except ValueError:
            continue
        if found <= now:
            raise UsageError(f"{text} has passed already (the course's clock is that of {zone})", code="time-passed", time=text, zone=zone)
        return found
    told = f"{text!r} is no time that I can read: write 2024-03-05 18:00 (by the clock of {zone}), or +3d, +2h, +30m from now"
    raise UsageError(told, code="time-unreadable", time=text, zone=zone)
