"""What a syllabus says, as data."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Fact:
    """One line of the syllabus: `key` is what stands before its colon, or empty."""

    key: str
    text: str

    @property
    def line(self) -> str:
        """As it stands in the syllabus."""
        return f"{self.key}: {self.text}" if self.key else self.text


@dataclass(frozen=True)
class ReadingRef:
    """A reading that a session names; its title is the link's text or the words before a bare address."""

    title: str
    arxiv: str | None
    url: str | None

    def as_json(self) -> dict[str, Any]:
        """The command line's form."""
        return {"title": self.title, "arxiv": self.arxiv, "url": self.url}


class SessionKind(StrEnum):
    """What an entry of the plan is."""

    CLASS = "class"
    BREAK = "break"  # a day without class
    EVENT = "event"  # a dated thing that is no class
    OTHER = "other"  # stands among the sessions without week or date


@dataclass(frozen=True)
class Session:
    """A week, a meeting, a break or another entry of the plan.

    Attributes:
        heading: As it stands in the syllabus; for a table's row its number, date and topic.
        number, last: The week or the meeting as the syllabus numbers it; `last` ends a range such as "Weeks 3-4".
        day, until: Its first and last day; None where the syllabus does not tell the year.
        when: Its date as written.
        month_day: (month, day) as written, whether the year is known or not.
        due: What is handed in.
        facts: Its lines, verbatim.
    """

    heading: str
    kind: SessionKind = SessionKind.CLASS
    number: int | None = None
    last: int | None = None
    day: date | None = None
    until: date | None = None
    when: str = ""
    month_day: tuple[int, int] | None = None
    topic: str = ""
    speakers: tuple[str, ...] = ()
    readings: tuple[ReadingRef, ...] = ()
    due: tuple[str, ...] = ()
    place: str = ""
    notes: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()

    def values(self, *keys: str) -> list[str]:
        """What stands under these keys, in order."""
        return [fact.text for fact in self.facts if fact.key in keys]

    def covers(self, week: int) -> bool:
        """Is this the week's entry, or one of a range that it lies in?"""
        return self.number is not None and self.number <= week <= (self.last or self.number)

    def as_json(self) -> dict[str, Any]:
        """The command line's form."""
        entry: dict[str, Any] = {}
        if self.kind is SessionKind.CLASS:
            entry["number"] = self.number
            if self.last is not None:
                entry["last"] = self.last
        entry["date"] = self.day.isoformat() if self.day else None
        if self.until is not None:
            entry["until"] = self.until.isoformat()
        if self.day is None and self.when:
            entry["when"] = self.when
        entry["topic" if self.kind is SessionKind.CLASS else "what"] = self.topic
        lists = {"speakers": list(self.speakers), "readings": [r.as_json() for r in self.readings], "due": list(self.due)}
        entry |= {key: value for key, value in lists.items() if value or self.kind is SessionKind.CLASS}
        if self.place:
            entry["place"] = self.place
        if self.notes:
            entry["notes"] = list(self.notes)
        return entry


@dataclass(frozen=True)
class Deadline:
    """A day by which something is to be done."""

    day: date
    what: str


@dataclass(frozen=True)
class Person:
    """A member of the course's staff."""

    name: str
    role: str


@dataclass(frozen=True)
class Syllabus:
    """A course's plan.

    Attributes:
        sections: Lines outside the plan, verbatim, by the heading they stand under.
        dates: Breaks and events that are listed outside the plan; their lines stand in `sections` too.
        unplaced: Lines that look like part of the plan and found no place in it.
    """

    title: str
    term: str = ""
    meeting: str = ""
    location: str = ""
    staff: tuple[Person, ...] = ()
    sections: dict[str, tuple[Fact, ...]] = field(default_factory=dict)
    grading: tuple[tuple[str, float], ...] = ()
    sessions: tuple[Session, ...] = ()
    dates: tuple[Session, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    thresholds: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()

    def of(self, kind: SessionKind) -> list[Session]:
        """The entries of a kind, in the file's order."""
        found = [session for session in self.sessions if session.kind is kind]
        return found + [session for session in self.dates if session.kind is kind]

    def as_json(self, *, week: int | None = None) -> dict[str, Any]:
        """The command line's form; with `week` only that week's entries, and nothing else of the plan."""
        weeks = [session for session in self.of(SessionKind.CLASS) if week is None or session.covers(week)]
        days = {session.day for session in weeks}
        return {
            "title": self.title,
            "term": self.term or None,
            "location": self.location or None,
            "meeting": self.meeting or None,
            "staff": [{"name": person.name, "role": person.role} for person in self.staff],
            "weeks": [session.as_json() for session in weeks],
            "breaks": _entries(self.of(SessionKind.BREAK)) if week is None else [],
            "events": _entries(self.of(SessionKind.EVENT)) if week is None else [],
            "grading": [{"item": item, "percent": _number(percent)} for item, percent in self.grading],
            "deadlines": [{"date": d.day.isoformat(), "what": d.what} for d in self.deadlines if week is None or d.day in days],
            "thresholds": list(self.thresholds),
            "unplaced": list(self.unplaced) if week is None else [],
        }


def _entries(sessions: Iterable[Session]) -> list[dict[str, Any]]:
    return [session.as_json() for session in sessions]


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else value
