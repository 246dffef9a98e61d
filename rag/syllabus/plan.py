"""The plan of a course in the order of its days: what meets when, what is due when, which days are off."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ingest.syllabus import Session, SessionKind, Syllabus
from rag.syllabus.entries import Entry, entry_of
from rag.syllabus.periods import week_of

_NO_CLASS = re.compile(r"\bno (?:class(?:es)?|lectures?|meetings?|sessions?)\b|\bcancell?ed\b", re.IGNORECASE)
_WEEK = re.compile(r"\b(?:weeks?|wk)\b", re.IGNORECASE)
_ANY_YEAR = 2000  # for days of a plan that tells no year; a leap year, so that each day exists
_LONG = 40  # words of a line from which on only the sentence that says what is due is shown
_LEAST_WEEK = 6  # days between numbered entries from which on the numbers are those of weeks


@dataclass(frozen=True)
class Item:
    """An entry of the plan with its days; both None where the syllabus does not tell them."""

    entry: Entry
    session: Session
    first: date | None
    last: date | None

    @property
    def meets(self) -> bool:
        """Is there a class?"""
        return self.session.kind is SessionKind.CLASS and not _NO_CLASS.search(f"{self.session.heading} {self.session.topic}")

    @property
    def off(self) -> bool:
        """Is it a day without class?"""
        return self.session.kind is SessionKind.BREAK or (
            self.session.kind is SessionKind.CLASS and bool(_NO_CLASS.search(f"{self.session.heading} {self.session.topic}"))
        )


@dataclass(frozen=True)
class Due:
    """Something to be handed in.

    Attributes:
        item: The entry of the plan that says so; None where it stands outside the plan.
        entry: What is shown, with the one line of it that says so.
        first, last: Its day, or the days of a week's entry; None where no day is told.
    """

    item: Item | None
    entry: Entry
    line: str
    what: str
    first: date | None
    last: date | None


class Plan:
    """The sessions, breaks, events and deadlines of a syllabus."""

    def __init__(self, syllabus: Syllabus, entries: Sequence[Entry]) -> None:
        known = {id(entry.session): entry for entry in entries if entry.session is not None}
        sessions = [*syllabus.sessions, *syllabus.dates]
        self.items = [
            Item(known.get(id(session)) or entry_of(session), session, session.day, session.until or session.day) for session in sessions
        ]
        self.dues = _dues(syllabus, self.items, entries)
        days = [day for item in self.items for day in (item.first, item.last) if day] + [due.last for due in self.dues if due.last]
        self.first: date | None = min(days, default=None)
        self.last: date | None = max(days, default=None)
        self.classes = sorted((item for item in self.items if item.meets), key=lambda item: item.first or date.min)
        numbered = [item for item in self.items if item.session.number is not None]
        self.numbers = bool(numbered)
        self.numbers_weeks = bool(numbered) and _numbers_weeks(numbered)

    def year_of(self, month: int, day: int) -> int:
        """The year of the course in which a day of the month lies, or comes nearest to it."""
        if self.first is None or self.last is None:
            return _ANY_YEAR
        years = range(self.first.year - 1, self.last.year + 2)

        def distance(year: int) -> int:
            assert self.first is not None
            assert self.last is not None
            there = date(year, month, min(day, 28))
            return 0 if self.first <= there <= self.last else min(abs((there - self.first).days), abs((there - self.last).days))

        return min(years, key=distance)

    def between(self, first: date, last: date) -> list[Item]:
        """What lies on any of these days, in the order of days."""
        found = [item for item in self.items if item.first and item.last and item.first <= last and first <= item.last]
        return sorted(found, key=lambda item: (item.first or date.min, item.last or date.min))

    def due_between(self, first: date, last: date) -> list[Due]:
        """What is due on any of these days, in the order of days."""
        found = [due for due in self.dues if due.first and due.last and due.first <= last and first <= due.last]
        return sorted(found, key=lambda due: due.last or date.min)

    def week(self, number: int) -> tuple[list[Item], tuple[date, date] | None, bool]:
        """A week's entries, its days from Monday to Sunday, and whether it was counted here: the plan itself numbers no weeks."""
        if self.numbers_weeks:
            found = [item for item in self.items if item.session.covers(number)]
            days = [day for item in found for day in (item.first, item.last) if day]
            return found, (week_of(min(days))[0], week_of(max(days))[1]) if days else None, False
        if not self.classes or self.classes[0].first is None or number < 1:
            return [], None, True
        monday = date.fromordinal(week_of(self.classes[0].first)[0].toordinal() + 7 * (number - 1))
        span = week_of(monday)
        return self.between(*span), span, True

    def weeks(self) -> int | None:
        """How many weeks it has: the last one's number, or as counted from the first class."""
        if self.numbers_weeks:
            return max(item.session.last or item.session.number or 0 for item in self.items)
        days = [item.last for item in self.classes if item.last]
        if not days or self.classes[0].first is None:
            return None
        return (week_of(max(days))[0] - week_of(self.classes[0].first)[0]).days // 7 + 1

    def meeting(self, number: int) -> list[Item]:
        """The class of a number that the plan gives, else the one that comes at that place."""
        if self.numbers and not self.numbers_weeks:
            return [item for item in self.items if item.session.covers(number)]
        return self.classes[number - 1 : number]

    def following(self, day: date, *, skip: int = 0) -> list[Item]:
        """The first class on or after a day; with `skip` the one so many classes later."""
        ahead = [item for item in self.classes if item.first and item.last and item.last >= day]
        return ahead[skip : skip + 1]

    def preceding(self, day: date) -> list[Item]:
        """The last class before a day."""
        return [item for item in self.classes if item.last and item.last < day][-1:]


def _numbers_weeks(numbered: Sequence[Item]) -> bool:
    if any(_WEEK.search(item.session.heading) for item in numbered):
        return True
    days = sorted({item.first for item in numbered if item.first})
    gaps = sorted((after - before).days for before, after in pairwise(days))
    return bool(gaps) and gaps[len(gaps) // 2] >= _LEAST_WEEK


def _dues(syllabus: Syllabus, items: Sequence[Item], entries: Sequence[Entry]) -> list[Due]:
    found: list[Due] = []
    for deadline in syllabus.deadlines:
        item = next(
            (item for item in items if deadline.what in (*item.session.due, *item.session.notes) and _near(item, deadline.day)), None
        )
        if item is not None:
            found.append(Due(item, item.entry, _line(item.entry, deadline.what), deadline.what, deadline.day, deadline.day))
            continue
        entry = next((e for e in entries if e.session is None and any(_holds(line, deadline.what) for line in e.lines)), None)
        if entry is None:  # a row of a table, say, or a line of course.yaml
            entry = Entry("Deadlines", (deadline.what,))
        found.append(Due(None, entry, _line(entry, deadline.what), deadline.what, deadline.day, deadline.day))
    told = {(due.entry.section, due.what) for due in found}
    for item in items:  # those of a plan without dates, or of a week that is no single day
        found += [
            Due(item, item.entry, _line(item.entry, what), what, item.first, item.last)
            for what in item.session.due
            if (item.entry.section, what) not in told
        ]
    return found


def _near(item: Item, day: date) -> bool:
    return item.first is None or abs((item.first - day).days) <= 120


def _holds(line: str, text: str) -> bool:
    return " ".join(text.split()) in " ".join(line.split())


def _line(entry: Entry, text: str) -> str:
    """The entry's line that holds a text; the text alone, which stands there, of a long line or where it is in the heading or a cell."""
    return next((line for line in entry.lines if _holds(line, text) and len(line.split()) <= _LONG), text)
