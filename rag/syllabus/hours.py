"""From when to when a class meets, and at what instant something is due: only where the syllabus says so."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ingest.syllabus import Session, SessionKind, Syllabus
from ingest.syllabus.times import Times, find_times, instant, weekdays_in
from rag.syllabus.plan import Due

_LONGEST = timedelta(hours=8)  # of a class; more is a slip of the pen ("9:00AM-11:50PM"), and only its start is believed
_KEYS = ("Time", "Times", "When", "Hours")


def class_hours(syllabus: Syllabus, session: Session, zone: ZoneInfo) -> tuple[datetime, datetime | None] | None:
    """Start and end of a class on one day; None where the syllabus gives no time for it, or one that can be read in two ways.

    Args:
        zone: The course's time zone.
    """
    if session.day is None or session.until is not None or session.kind not in (SessionKind.CLASS, SessionKind.EVENT):
        return None
    own = [times for text in (session.heading, *session.values(*_KEYS)) for times in find_times(text)]
    if own:
        return _span(session.day, own, zone)
    days = weekdays_in(syllabus.meeting)
    if session.kind is SessionKind.EVENT or (days and session.day.weekday() not in days):
        return None
    return _span(session.day, find_times(syllabus.meeting), zone)


def due_at(due: Due, zone: ZoneInfo) -> datetime | None:
    """The instant by which something is due; None where only its day is told."""
    if due.first is None or due.first != due.last:
        return None
    found = _span(due.first, find_times(due.what), zone)
    return found[0] if found else None


def _span(day: date, found: list[Times], zone: ZoneInfo) -> tuple[datetime, datetime | None] | None:
    if len({(times.start, times.zone) for times in found if times.zone}) > 1 or len({times.start for times in found}) != 1:
        return None
    abbreviation = next((times.zone for times in found if times.zone), "")
    start = instant(day, found[0].start, abbreviation, zone)
    if start is None:
        return None
    ends = {times.end for times in found}
    last = next(iter(ends))
    end = instant(day, last, abbreviation, zone) if len(ends) == 1 and last is not None else None
    return start, end if end is not None and start < end <= start + _LONGEST else None
