"""Deadlines: what a session says is due on its day, dated sentences of the prose, and lists and tables of due dates."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from ingest.syllabus.columns import header_role, read_columns
from ingest.syllabus.dates import Mention, find_dates
from ingest.syllabus.document import Block, Cell, Kind, Line, Table, plain
from ingest.syllabus.labels import BREAK, EXAM, OUT, WORK, bare_text, is_none, sentences_of
from ingest.syllabus.model import Deadline, Session, SessionKind
from ingest.syllabus.years import as_date, end_of

_DUE = re.compile(
    r"\b(?:due|deadlines?|submit(?:ted)?|submissions?|hand(?:ed)? in|turn(?:ed)? in|no later than|complete|sign up|register|apply)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:by|before|until|on|due|at|deadline|is|are|:)\W*(?:\w+\W+){0,3}$", re.IGNORECASE)
_LISTS = re.compile(
    r"\b(?:important dates|key dates|deadlines?|due dates|dates to remember|submission|assignments?|homeworks?|projects?|milestones?"
    r"|coursework)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:important|key|academic|other) dates|dates to (?:remember|note)|holidays|academic calendar\b", re.IGNORECASE)
Resolve = Callable[[Mention], date | None]


def of_sessions(sessions: Iterable[Session], *, day_first: bool = False) -> list[Deadline]:
    """What entries of the plan say is due: on their day, or on the day that their words name."""
    found = []
    for session in sessions:
        for what in [*session.due, *(note for note in session.notes if _DUE.search(note) and OUT.search(note) and find_dates(note))]:
            mentions = find_dates(what, day_first=day_first)
            own = session.day if session.until is None else None  # some day of a week is no deadline
            day = _nearest(mentions[-1], session.day) if mentions else own
            if day is not None:
                found.append(Deadline(day, what))
    return found


def _nearest(mention: Mention, day: date | None) -> date | None:
    """A day that a text names without its year, in the year that brings it nearest to another."""
    years = [mention.year] if mention.year else [day.year + n for n in (-1, 0, 1)] if day else []
    days = [made for year in years if (made := as_date(year, mention.month, mention.day)) is not None]
    return min(days, key=lambda made: abs((made - (day or made)).days), default=None)


def find_deadlines(
    blocks: Sequence[Block], trail: Sequence[Sequence[Line]], skipped: set[int], resolve: Resolve, *, day_first: bool
) -> list[Deadline]:
    """Dated deadlines outside the plan, each with its sentence or its item."""
    found: list[Deadline] = []
    for at, block in enumerate(blocks):
        if at in skipped:
            continue
        listed = any(_LISTS.search(line.text) for line in trail[at])
        if isinstance(block, Table):
            found += _of_table(block, resolve, day_first)
        else:
            found += _of_line(block, listed, resolve, day_first)
    return found


def _of_line(line: Line, listed: bool, resolve: Resolve, day_first: bool) -> list[Deadline]:
    found = []
    for sentence in sentences_of(line.text):
        mentions = [
            m
            for m in find_dates(sentence, day_first=day_first)
            if m.order == "named" or m.year or m.weekday is not None or _BY.search(sentence[: m.start])
        ]
        if not mentions:
            continue
        says = _DUE.search(sentence)
        item = listed and len(sentence.split()) <= 15 and WORK.search(sentence) and not (OUT.search(sentence) and not says)
        if not says and not item:
            continue
        mention = next((m for m in mentions if says and m.start > says.start()), mentions[-1] if not says else mentions[0])
        day = resolve(mention)
        if day is not None:
            found.append(
                Deadline(
                    day,
                    _item(sentence, mention)
                    if line.kind in (Kind.ITEM, Kind.TERM, Kind.DETAIL, Kind.HEADING) and len(sentence.split()) <= 15
                    else sentence,
                )
            )
    return found


def find_dates_listed(
    blocks: Sequence[Block], trail: Sequence[Sequence[Line]], skipped: set[int], resolve: Resolve, *, day_first: bool
) -> list[Session]:
    """Holidays and exams of a section such as "Important dates" that are no deadlines."""
    found = []
    for at, block in enumerate(blocks):
        if at in skipped or not any(_DATED.search(line.text) for line in trail[at][-1:]):
            continue
        lines = [block] if isinstance(block, Line) else [line_of_row(row) for row in block.rows]
        for line in lines:
            mentions = find_dates(line.text, day_first=day_first)
            if line.kind is Kind.HEADING or not mentions or _DUE.search(line.text) or len(line.text.split()) > 15:
                continue
            day = resolve(mentions[0])
            what = _item(line.text, mentions[0])
            kind = SessionKind.BREAK if BREAK.search(line.text) else SessionKind.EVENT
            if day is not None and what and (kind is SessionKind.BREAK or not WORK.search(line.text)):
                found.append(Session(line.text, kind, day=day, until=end_of(mentions[0], day), topic=what))
    return found


def find_exams(texts: Iterable[str], resolve: Resolve, *, day_first: bool) -> list[Session]:
    """Exams whose day a sentence outside the plan's entries tells."""
    found = []
    for text in texts:
        for sentence in sentences_of(text):
            if EXAM.search(sentence) and not _DUE.search(sentence) and len(sentence.split()) <= 40:
                mentions = [m for m in find_dates(sentence, day_first=day_first) if m.order == "named" or m.year]
                found += [
                    Session(sentence, SessionKind.EVENT, day=day, topic=sentence) for m in mentions if (day := resolve(m)) is not None
                ]
    return found


def line_of_row(row: Sequence[Cell]) -> Line:
    """A row's cells as one line."""
    return plain(" ".join(cell.text for cell in row if cell.text and not cell.from_left))


def _item(text: str, mention: Mention) -> str:
    """A list's item without its date, where the date stands at an end of it."""
    head, tail = text[: mention.start], text[mention.end :]
    if not re.search(r"\w", head):
        return bare_text(tail)
    if not re.search(r"\w", tail):
        head = re.sub(r"\b(?:on|by|due|is|:)\s*$", "", bare_text(head))
    return bare_text(head) if not re.search(r"\w", tail) and not re.search(r"\bdue\b", text, re.IGNORECASE) else text.strip()


def _of_table(table: Table, resolve: Resolve, day_first: bool) -> list[Deadline]:
    """Rows such as "Assignment 1 | Sep 3 | Sep 17" below "Out" and "Due"."""
    columns = read_columns(table)
    due = next(
        (
            n
            for n, header in enumerate(columns.headers)
            if header_role(header) == "due" or re.search(r"\bdue\b|\bdeadline", header, re.IGNORECASE)
        ),
        None,
    )
    if due is None:
        due = next((n for n, header in enumerate(columns.headers) if header_role(header) == "date"), None)
    found = []
    for row in columns.body:
        names = [cell.text for n, cell in enumerate(row) if n != due and cell.text and not find_dates(cell.text, day_first=day_first)]
        named = bool(names) and bool(WORK.search(names[0]) or EXAM.search(names[0]))
        if due is None or not names or not named or is_none(names[0]):
            continue
        mentions = find_dates(row[due].text, day_first=day_first)
        day = resolve(mentions[-1]) if mentions else None
        if day is not None and not (
            EXAM.search(names[0]) and not WORK.search(EXAM.sub("", names[0])) and header_role(columns.headers[due]) == "date"
        ):
            found.append(Deadline(day, names[0]))
    return found
