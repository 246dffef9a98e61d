"""What of an entry is shown for what is asked, and which entries hold given words."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import TypeVar

from ingest.syllabus import Syllabus
from rag.lexical import stems
from rag.syllabus.entries import Entry, Found, Shown
from rag.syllabus.notes import Days, Note
from rag.syllabus.plan import Due, Item
from rag.syllabus.subjects import Subject, numbered

_SCORE = 2.0  # above what likeness gives
_LONGEST = 90  # words shown of one entry
_LINK = "Link:"
_CLOCK = re.compile(r"\b\d{1,2}(?::\d{2})?\s*(?:[AP]\.?M\b|h\b|uhr\b)|\b\d{1,2}:\d{2}\b", re.IGNORECASE)
_AFTER = " (after: "  # how `rag.questions.standalone` puts the question before behind one that leans on it
_EXAM = "exam test quiz quizzes midterm midterms finals"
Placed = TypeVar("Placed", Item, Due)


def sure(shown: Sequence[Shown], note: Note | None = None, *, only_note: bool = False) -> Found:
    """An answer that the plan's data gives for sure."""
    return Found(tuple(shown), _SCORE, sure=True, note=note, only_note=only_note)


def heads(question: str) -> tuple[str, str]:
    """A question, and the ones before it that `standalone` put behind it; the second is empty where there are none."""
    head, _, tail = question.partition(_AFTER)
    return head, tail.removesuffix(")")


@lru_cache(maxsize=1)
def exam_words() -> frozenset[str]:
    """Stems of words for exams."""
    return frozenset(stems(_EXAM))


def folded(text: str) -> list[str]:
    """Stems with and without accents: "Gallé" is looked for as "galle" too; "HW1" is "homework 1"."""
    text = numbered(text)
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return stems(text) + stems(bare) if bare != text else stems(text)


def titled(things: Sequence[Placed], names: Sequence[str]) -> list[Placed]:
    """Those whose title, speakers or task hold all of the names; stems."""
    wanted = set(names)
    if not wanted:
        return []
    return [thing for thing in things if wanted <= _title(thing)]


def _title(thing: Item | Due) -> set[str]:
    if isinstance(thing, Due):
        return set(folded(" ".join([thing.what, thing.line, thing.item.session.topic if thing.item else thing.entry.section])))
    session = thing.session
    return set(folded(" ".join([session.heading, session.topic, *session.speakers, *session.due])))


def spoken_of(item: Item) -> set[str]:
    """Stems of all that an entry says, but for the titles of its readings and its links."""
    titles = [reading.title for reading in item.session.readings if reading.title]
    lines = [line for line in item.entry.lines if not line.startswith(_LINK) and not any(title in line for title in titles)]
    return set(folded(" ".join([item.entry.section, item.session.topic, *item.session.speakers, *lines])))


def about(item: Item, subject: Subject) -> tuple[str, ...]:
    """The lines of an entry that tell its readings, speakers, place or time."""
    session, lines = item.session, item.entry.lines
    if subject is Subject.READING:
        marks = [mark for r in session.readings for mark in (r.title, r.url, r.arxiv) if mark]
    elif subject is Subject.SPEAKER:
        marks = list(session.speakers)
    elif subject is Subject.PLACE:
        marks = [session.place] if session.place else []
    elif subject is Subject.TIME:
        return tuple(line for line in lines if _CLOCK.search(line) and not line.startswith("http"))
    else:
        return ()
    return tuple(line for line in lines if any(mark in line for mark in marks))


def item_shown(item: Item, subject: Subject | None, dated: bool, *, today: date | None = None) -> Shown:
    """An entry with the lines that tell what is asked for; with all but its links, as far as there is room, where nothing special is.

    Args:
        dated: Put its day behind the heading.
        today: Put the days to it there too.
    """
    lines = about(item, subject) if subject is not None else ()
    if not lines and (subject is None or subject is Subject.READING):
        lines = tuple(_first_words(line for line in item.entry.lines if not line.startswith(_LINK)))
    return Shown(item.entry, lines, _days(item.first, item.last, today) if dated or today else None)


def due_shown(due: Due, dated: bool, *, today: date | None = None) -> Shown:
    """The line that says what is due, below its entry's heading."""
    line = () if due.line in due.entry.section else (due.line,)
    return Shown(due.entry, line, _days(due.first, due.last, today) if dated or today else None)


def course_line(syllabus: Syllabus, entries: Iterable[Entry], subject: Subject) -> Shown | None:
    """The line that tells where or when the course meets in general."""
    general = [entry for entry in entries if entry.session is None]
    wanted = syllabus.location if subject is Subject.PLACE else syllabus.meeting
    if not wanted:
        return None
    for entry in general:
        lines = tuple(line for line in entry.lines if wanted in line)
        if lines:
            return Shown(entry, lines[:1])
    words = set(stems(wanted))
    best = max(
        ((len(words & set(stems(line))), entry, line) for entry in general for line in entry.lines),
        key=lambda found: found[0],
        default=None,
    )
    if best is not None and words and best[0] >= 0.6 * len(words):
        return Shown(best[1], (best[2],))
    return Shown(Entry("Location" if subject is Subject.PLACE else "Meeting", (wanted,)), (wanted,))


def _first_words(lines: Iterable[str]) -> Iterable[str]:
    words = 0
    for line in lines:
        words += len(line.split())
        if words > _LONGEST and words > len(line.split()):
            return
        yield line


def _days(first: date | None, last: date | None, today: date | None) -> Days | None:
    return None if first is None else Days(first, last or first, today)
