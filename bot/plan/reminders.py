"""Which reminders of deadlines are to go out at a moment, and what they say."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.plan.cards import Card, make_card
from bot.plan.due import due_line
from bot.plan.moments import day_words
from bot.plan.timetable import Timetable
from rag.syllabus.hours import due_at
from rag.syllabus.plan import Due

_LINES = 8  # of one message; a line has at most about 200 characters more than its text, which is cut
_LINE_CHARS = 230


@dataclass(frozen=True)
class Reminder:
    """A deadline that somebody is told of, so many days ahead.

    Attributes:
        deadline: A hash of what is due: the same after the syllabus has moved it to another day.
        line: What is said.
    """

    deadline: str
    day: date
    days_ahead: int
    line: str


def reminders_due(
    table: Timetable, days_ahead: Iterable[int], hour: int, since: datetime, told: Mapping[str, Set[date]] | None = None
) -> list[Reminder]:
    """The reminders whose time has come and whose deadline has not; one that was missed goes out late, until the next one's time.

    Args:
        table: The plan now, in the language of whoever is reminded.
        hour: Of the course's local day at which reminders go out.
        since: When they asked to be reminded; what had its time before that is left out.
        told: Days that were told before for each deadline: one that the plan has no more was moved, and that is said.
    """
    found = []
    steps = sorted(set(days_ahead), reverse=True)
    days = _days(table)
    for due in table.plan.dues:
        day = due.first
        if day is None:
            continue
        times = [datetime.combine(day - timedelta(days=ahead), time(hour), table.zone) for ahead in steps]
        ends = [*times[1:], due_at(due, table.zone) or datetime.combine(day + timedelta(days=1), time(), table.zone)]
        for ahead, start, end in zip(steps, times, ends, strict=True):
            if since <= start <= table.now < end:
                key = deadline_key(due)
                moved = sorted((told or {}).get(key, frozenset()) - days[key])
                found.append(Reminder(key, day, ahead, _line(due, moved, table)))
    unique = {(r.deadline, r.day, r.days_ahead): r for r in found}
    return sorted(unique.values(), key=lambda r: (r.day, r.line))


def still_due(table: Timetable) -> frozenset[tuple[str, date]]:
    """The deadlines, each with its day, that a reminder may still be sent for."""
    return frozenset(
        (deadline_key(due), due.first)
        for due in table.plan.dues
        if due.first is not None and due.last is not None and due.last >= table.today
    )


def deadline_key(due: Due) -> str:
    """What tells a deadline from others, whatever its day."""
    return hashlib.sha256(" ".join(due.what.lower().split()).encode()).hexdigest()[:32]


def message_text(lines: Sequence[str], course: str, table: Timetable) -> str:
    """A message with some reminders."""
    return "\n".join([table.say("remind-message", course=course), *lines])


def in_messages(reminders: Sequence[Reminder]) -> list[list[Reminder]]:
    """Reminders that go out together, as many as a message holds."""
    return [list(reminders[at : at + _LINES]) for at in range(0, len(reminders), _LINES)]


def upcoming_card(table: Timetable, days_ahead: Sequence[int], hour: int, *, on: bool) -> Card:
    """Whether reminders are on, when they come, and of what."""
    ahead = [due for due in table.plan.dues if due.first is not None and due.first >= table.today]
    lines = [table.say("remind-on" if on else "remind-off"), when_line(table, days_ahead, hour), ""]
    lines += [due_line(due, table) for due in sorted(ahead, key=lambda due: due.first or date.max)]
    if not ahead:
        lines.append(table.say("deadlines-none-ahead"))
    return make_card(table.say("remind-title"), lines, table.language)


def when_line(table: Timetable, days_ahead: Sequence[int], hour: int) -> str:
    """How many days ahead, and at what hour of which zone."""
    days = table.say("comma").join(table.say("remind-ahead", days=day) for day in sorted(set(days_ahead), reverse=True))
    return table.say("remind-when", days=days, time=f"{hour:02}:00", zone=str(table.zone))


def _line(due: Due, moved: Sequence[date], table: Timetable) -> str:
    line = due_line(due, table)
    if len(line) > _LINE_CHARS:
        line = line[:_LINE_CHARS].rsplit(" ", 1)[0] + " …"
    if moved:
        line += f" {table.say('remind-moved', day=day_words(moved[-1], table.language))}"
    return line


def _days(table: Timetable) -> dict[str, frozenset[date]]:
    days: dict[str, frozenset[date]] = {}
    for due in table.plan.dues:
        key = deadline_key(due)
        days[key] = days.get(key, frozenset()) | ({due.first} if due.first is not None else frozenset())
    return days
