"""The plan as a calendar file (RFC 5545), by the icalendar library.

An event keeps its UID when its date changes, so that reading the file again moves it: it is named by the week's number or
by what it is about, not by its day.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.plan.timetable import Timetable
from ingest.syllabus import Session
from rag.syllabus.hours import class_hours, due_at
from rag.syllabus.plan import Due, Item

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_EPOCH_MIN = 26_297_280  # minutes from 1970 to 2020: a SEQUENCE counts from there, and has 31 bits


def calendar_file(table: Timetable, key: str, name: str) -> bytes:
    """Classes, breaks, events and deadlines that have a day, in UTF-8; an instant where the syllabus gives a time, else the whole day.

    Args:
        key: Of the course; part of every UID.
        name: Of the course, as calendars show it.
    """
    from icalendar import Calendar  # imported here: a third of a second that nothing else needs

    calendar = Calendar()
    calendar.add("prodid", "-//Lector//Lector//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", str(table.zone))
    _add_all(calendar, table, key)
    return bytes(calendar.to_ical())


def _add_all(calendar: "Calendar", table: Timetable, key: str) -> None:
    seen: Counter[str] = Counter()
    for identity, event in _events(table):
        seen[identity] += 1
        event.add("uid", f"{_hash(f'{identity}#{seen[identity]}')}@{key}.lector")
        event.add("dtstamp", table.now.astimezone(UTC))
        event.add("last-modified", datetime.fromtimestamp(table.present.changed_ns // 10**9, UTC))
        event.add("sequence", max(table.present.changed_ns // (60 * 10**9) - _EPOCH_MIN, 0))
        calendar.add_component(event)


def _events(table: Timetable) -> Iterator[tuple[str, "Event"]]:
    """Each event with what tells it from others whatever its day."""
    for item in sorted(table.plan.items, key=lambda item: item.first or date.max):
        if item.first is not None and item.last is not None:
            yield _identity(item.session), _of_item(item, table)
    for due in sorted(table.plan.dues, key=lambda due: due.last or date.max):
        if due.first is not None and due.last is not None:
            yield f"due {' '.join(due.what.lower().split())}", _of_due(due, table)


def _identity(session: Session) -> str:
    if session.number is not None:
        return f"session {session.number}"
    return f"{session.kind.value} {' '.join((session.topic or session.heading).lower().split())}"


def _of_item(item: Item, table: Timetable) -> "Event":
    from icalendar import Event

    session, event = item.session, Event()
    title = session.topic or session.heading
    numbered = session.number is not None and session.last is None and table.plan.numbers_weeks
    event.add("summary", f"{table.say('week-title', week=session.number or 0)}: {title}" if numbered else title)
    hours = class_hours(table.syllabus, session, table.zone) if item.meets else None
    if hours is not None:
        event.add("dtstart", hours[0].astimezone(UTC))
        if hours[1] is not None:
            event.add("dtend", hours[1].astimezone(UTC))
    else:
        assert item.first is not None
        assert item.last is not None
        _add_days(event, item.first, item.last)
    place = session.place or (table.syllabus.location if item.meets else "")
    if place:
        event.add("location", place)
    lines = [fact.line for fact in session.facts]
    if lines:
        event.add("description", "\n".join(lines))
    return event


def _of_due(due: Due, table: Timetable) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("summary", f"{table.say('label-due')} {due.what}")
    at = due_at(due, table.zone)
    if at is not None:
        event.add("dtstart", at.astimezone(UTC))
    else:
        assert due.first is not None
        assert due.last is not None
        _add_days(event, due.first, due.last)
    return event


def _add_days(event: "Event", first: date, last: date) -> None:
    """Whole days, which no time zone shifts and which block nobody's calendar."""
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("transp", "TRANSPARENT")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]
