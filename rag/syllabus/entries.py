"""The syllabus cut into what is shown: entries, each a heading with its lines, verbatim."""

from dataclasses import dataclass

from ingest.syllabus import Session, Syllabus
from rag.syllabus.notes import Days, Note


@dataclass(frozen=True)
class Entry:
    """Something that the syllabus says in one place.

    Attributes:
        section: The heading it stands under.
        lines: Verbatim.
    """

    section: str
    lines: tuple[str, ...]
    session: Session | None = None


@dataclass(frozen=True)
class Shown:
    """An entry in an answer.

    Attributes:
        lines: Those of the entry's lines that are shown, verbatim.
        days: What code adds behind the heading, in brackets.
    """

    entry: Entry
    lines: tuple[str, ...]
    days: Days | None = None

    @property
    def heading(self) -> str:
        """The entry's heading with its days behind it."""
        return f"{self.entry.section} ({self.days.text})" if self.days else self.entry.section


_LIKELY = 0.8  # of a lookup's score


@dataclass(frozen=True)
class Found:
    """What answers a question.

    Attributes:
        shown: Entries with the lines to show of each; several where a topic stands on several days.
        score: How surely it is the one, 0 to about 1.5; comparable with a cosine plus the words' share.
        sure: Worked out from the plan's dates and data, all words of the question accounted for: no reading can answer better.
        note: About what the plan does not list or how a week was counted; `shown` is then what it rests on.
        only_note: Nothing is shown but the note.
    """

    shown: tuple[Shown, ...]
    score: float
    sure: bool = False
    note: Note | None = None
    only_note: bool = False

    @property
    def likely(self) -> bool:
        """Does it likely answer? Else it is the nearest that the syllabus has: chosen by `python -m evals.on_course`, docs/refusing.md."""
        return self.sure or self.score >= _LIKELY


def entry_of(session: Session) -> Entry:
    """A session, break or event as an entry."""
    return Entry(session.heading, tuple(fact.line for fact in session.facts), session)


def entries_of(syllabus: Syllabus) -> list[Entry]:
    """All entries: the plan's in its order, the grading, the sections outside the plan."""
    entries = [entry_of(session) for session in syllabus.sessions]
    if syllabus.grading:
        entries.append(Entry("Grading", tuple(f"{item}: {percent:g}%" for item, percent in syllabus.grading)))
    entries.extend(Entry(name, tuple(fact.line for fact in facts)) for name, facts in syllabus.sections.items())
    return entries
