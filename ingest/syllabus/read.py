"""From a file to a `Syllabus`: reads the blocks, finds the plan, tells the year, sorts the lines."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from common.errors import SourceError
from ingest.syllabus.dates import Mention, find_dates, reads_day_first
from ingest.syllabus.deadlines import find_dates_listed, find_deadlines, find_exams, of_sessions
from ingest.syllabus.document import Block, Kind, Line, Source
from ingest.syllabus.drafts import Draft, facts_of
from ingest.syllabus.facts import find_meeting, find_thresholds
from ingest.syllabus.grading import find_grading
from ingest.syllabus.items import Items, join_topics, read_items, says_no_class
from ingest.syllabus.labels import BREAK, is_none, parse_label
from ingest.syllabus.model import Deadline, Fact, Session, SessionKind, Syllabus
from ingest.syllabus.people import People
from ingest.syllabus.sessions import Plan, find_plan, headings_above
from ingest.syllabus.staff import find_staff
from ingest.syllabus.years import Term, end_of, first_year, on, terms_of

SUFFIXES = (".md", ".markdown", ".txt", ".html", ".htm", ".pdf")
_EVENT = re.compile(
    r"\b(?:dinner|lunch|social|party|reception|picnic|open house|info session|orientation|hackathon|event)\b", re.IGNORECASE
)
_GENERIC_TITLE = re.compile(
    r"\W*(?:home|index|schedule|syllabus|calendar|welcome|course (?:information|description|overview|outline)|overview|untitled.*"
    r"|microsoft word.*|document\d*)\W*",
    re.IGNORECASE,
)


def parse_syllabus(path: Path, *, year: int | None = None, today: date | None = None) -> Syllabus:
    """What a syllabus file says, as data.

    Args:
        path: A Markdown, HTML or PDF file; its suffix says which.
        year: The year of its first day, where that is known better than the file tells it.
        today: For years that only weekdays tell; the system's date by default.

    Raises:
        SourceError: It is not there, of another type, not text, or has no text.
    """
    source = read_source(path)
    if not any(line.text for line in source.lines):
        raise SourceError(
            f"{path.name}: there is no text in it: get it again"
            if path.suffix.lower() != ".pdf"
            else f"{path.name}: there is no text in it (a scan?): run it through OCR, such as ocrmypdf, and try again"
        )
    return build(source, year=year, today=today or date.today())


def read_source(path: Path) -> Source:
    """A file's blocks.

    Raises:
        SourceError: See `parse_syllabus`.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise SourceError(f"{path.name}: syllabi of type {suffix or '(none)'} are not read; use {', '.join(SUFFIXES)}")
    try:
        content = path.read_bytes()
    except OSError as exc:
        raise SourceError(f"{path}: {exc.strerror}: put the syllabus there") from exc
    if not content.strip():
        raise SourceError(f"{path.name}: the file is empty: get it again")
    if suffix == ".pdf":
        from ingest.syllabus.pdf import read_pdf

        return read_pdf(path)
    from ingest.syllabus.markup import read_html, read_markdown

    return read_html(content, path.name) if suffix in (".html", ".htm") else read_markdown(content, path.name)


def build(source: Source, *, today: date, year: int | None = None) -> Syllabus:
    """What a file's blocks say."""
    source = replace(source, blocks=tuple(_with_bold_headings(source.blocks)))
    day_first = reads_day_first([m for line in source.lines for m in find_dates(line.text)])
    plan = find_plan(source.blocks, day_first=day_first)
    trail = headings_above(source.blocks)
    staff = find_staff(source.blocks, trail, plan.used)
    people = People(source, [person.name for person in staff])
    terms = terms_of(source)
    days = [draft.mention for draft in plan.drafts if draft.mention]
    start = year or first_year(source, terms, days or _all_days(source, day_first), today=today)
    month = (days or [*_all_days(source, day_first), Mention(0, 0, 1, 1)])[0].month
    sessions = [_session(draft, people, month, start) for draft in plan.drafts]
    sessions, moved = _without_later(sessions, month, start, day_first)

    def resolve(mention: Mention) -> date | None:
        return on(mention, month, start)

    late = [Deadline(day, what) for _, what, day in moved]
    deadlines = [
        *of_sessions(sessions, day_first=day_first),
        *late,
        *find_deadlines(source.blocks, trail, plan.used, resolve, day_first=day_first),
    ]
    listed = find_dates_listed(source.blocks, trail, plan.used, resolve, day_first=day_first)
    prose = [
        line.text
        for at, line in enumerate(source.blocks)
        if isinstance(line, Line) and at not in plan.used and line.kind is not Kind.HEADING
    ]
    exams = find_exams([*prose, *(note for session in sessions for note in session.notes)], resolve, day_first=day_first)
    listed += [exam for exam in exams if exam.day not in {session.day for session in listed}]
    planned = _lines_with_use(source.blocks, trail, plan)
    meeting, location = find_meeting(planned)
    grading = find_grading(source.blocks, trail, plan.used)
    return Syllabus(
        title=_title(source),
        term=_term(terms, month, start),
        meeting=meeting,
        location=location,
        staff=tuple(staff),
        sections=_sections(source.blocks, trail, plan, grading),
        grading=tuple(grading),
        sessions=tuple(sessions),
        dates=tuple(other for other in listed if not any(_within(other, session) for session in sessions)),
        deadlines=tuple(sorted(dict.fromkeys(deadlines), key=lambda deadline: deadline.day)),
        thresholds=tuple(find_thresholds(line for line in source.lines if line.kind is not Kind.HEADING)),
        unplaced=tuple(_unplaced(source.blocks, trail, plan, sessions)),
    )


def _all_days(source: Source, day_first: bool) -> list[Mention]:
    return [
        mention
        for line in source.lines
        for mention in find_dates(line.text, day_first=day_first)
        if mention.order == "named" or mention.year
    ]


def _with_bold_headings(blocks: Sequence[Block]) -> list[Block]:
    """A short paragraph that is bold as a whole is a heading below all others."""
    made: list[Block] = []
    for block in blocks:
        if (
            isinstance(block, Line)
            and block.kind is Kind.PARAGRAPH
            and block.level == 0
            and len(block.text) < 90
            and block.strong_spans == [(0, len(block.text))]
            and not block.text.endswith((".", "!", ","))
            and not block.links
        ):
            block = Line(block.runs, Kind.HEADING, 7)
        made.append(block)
    return made


def _session(draft: Draft, people: People, month: int, year: int | None) -> Session:
    """An entry with its lines sorted and its day known."""
    items = read_items(draft.parts, people)
    day = on(draft.mention, month, year) if draft.mention else None
    until = end_of(draft.mention, day) if draft.mention else None
    if draft.weekday is not None and day is not None:
        day, until = date.fromordinal(day.toordinal() - day.weekday() + draft.weekday), None
    topic = join_topics(items.topics)
    kind = _kind(draft, items, topic)
    if kind is SessionKind.EVENT and not topic:
        topic = join_topics([*items.due, *items.released])
    return Session(
        heading=draft.heading,
        kind=kind,
        number=draft.number,
        last=draft.last,
        day=day,
        until=until,
        when=draft.when,
        month_day=(draft.mention.month, draft.mention.day)
        if draft.mention and draft.weekday is None
        else (day.month, day.day)
        if day
        else None,
        topic=topic,
        speakers=tuple(dict.fromkeys(items.speakers)),
        readings=tuple(items.readings),
        due=tuple(dict.fromkeys(items.due)),
        place="; ".join(items.places),
        notes=tuple(items.notes),
        facts=tuple(draft.facts),
    )


def _without_later(
    sessions: Sequence[Session], month: int, year: int | None, day_first: bool
) -> tuple[list[Session], list[tuple[Session, str, date]]]:
    """Sentences below an entry that name a deadline of another week: notes of the entry, and deadlines of the course."""
    made, moved = [], []
    for session in sessions:
        due = list(session.due)
        for what in session.due:
            mentions = find_dates(what, day_first=day_first)
            day = on(mentions[-1], month, year) if mentions else None
            if day and session.day and len(what.split()) > 6 and not -1 <= (day - session.day).days <= 6:
                due.remove(what)
                moved.append((session, what, day))
        made.append(replace(session, due=tuple(due), notes=(*session.notes, *(w for w in session.due if w not in due))))
    return made, moved


def _within(other: Session, session: Session) -> bool:
    """Does a dated thing fall on an entry's days?"""
    return other.day is not None and session.day is not None and session.day <= other.day <= (session.until or session.day)


def _kind(draft: Draft, items: Items, topic: str) -> SessionKind:
    """Class, break, event, or a line of the plan without week and date."""
    work = bool(items.readings or items.due)
    off = bool(
        BREAK.search(topic)
        or re.match(r"\W*(?:break|holiday)\b", draft.before, re.IGNORECASE)
        or (says_no_class(topic) and "class" in topic.lower())
    )
    if off and len(topic.split()) > 9 and not re.search(r"no class|cancel", topic, re.IGNORECASE):
        off = False
    if off and not (draft.number is not None and work):
        return SessionKind.BREAK
    if re.match(r"\W*event\b", draft.before, re.IGNORECASE) or (
        draft.number is None and _EVENT.search(topic) and len(topic.split()) <= 8 and not items.readings
    ):
        return SessionKind.EVENT
    if not draft.placed:
        return SessionKind.OTHER
    if not topic and not items.readings and not items.speakers and draft.mention is not None and (items.due or items.released):
        return SessionKind.EVENT
    return SessionKind.CLASS


def _title(source: Source) -> str:
    """The first of: front matter's title, the first heading that is no session and no section, HTML's own title."""
    heads = [line for line in source.blocks if isinstance(line, Line) and line.kind is Kind.HEADING]
    first = next((line for line in heads if line.level == 1), None)
    labelled = first is not None and parse_label(first) is not None
    if first is not None and not labelled and not _GENERIC_TITLE.fullmatch(first.text):
        return first.text
    if source.title:
        return source.title
    if first is not None and not labelled:
        return first.text
    top = source.blocks[0] if source.blocks else None
    only = isinstance(top, Line) and (top.kind is Kind.HEADING or not heads) and len(top.text) < 100 and parse_label(top) is None
    return top.text if only and isinstance(top, Line) else ""


def _term(terms: Sequence[Term], month: int, start: int | None) -> str:
    """The term's words, of the term that the plan's days are in."""
    fitting = [term for term in terms if start is None or term.start_year(month) == start]
    best = max(fitting, key=lambda term: term.weight, default=None)
    return best.text if best else ""


def _lines_with_use(blocks: Sequence[Block], trail: Sequence[Sequence[Line]], plan: Plan) -> list[tuple[Line, bool]]:
    """All lines, each with whether it says nothing of when the course meets: it is of the plan, or of office hours."""
    found = []
    for at, block in enumerate(blocks):
        if isinstance(block, Line):
            found.append(
                (block, at in plan.used or bool(re.search(r"office hours", " ".join(line.text for line in trail[at][-1:]), re.IGNORECASE)))
            )
        else:
            found += [(line, at in plan.used and n > 0) for n, row in enumerate(block.rows) for cell in row for line in cell.lines]
    return found


def _sections(
    blocks: Sequence[Block], trail: Sequence[Sequence[Line]], plan: Plan, grading: Sequence[tuple[str, float]]
) -> dict[str, tuple[Fact, ...]]:
    """Lines outside the plan by their heading, those that are only a weight of the grading left out.

    Headings of one name are told apart by the one above them.
    """
    found: dict[str, list[Fact]] = {}
    names: dict[tuple[str, ...], str] = {}
    planned = {id(blocks[at]) for at in plan.used}
    for at, block in enumerate(blocks):
        if at in plan.used or (isinstance(block, Line) and block.kind is Kind.HEADING):
            continue
        above = [line for line in trail[at] if id(line) not in planned]
        path = tuple(line.text for line in above if not (line.level == 1 and len(above) > 1))
        if path not in names:
            name = path[-1] if path else ""
            names[path] = name if name not in names.values() else " > ".join(path)
        lines = [block] if isinstance(block, Line) else None
        found.setdefault(names[path], []).extend(facts_of(lines) if lines else _table_facts(block))
    weights = [(item, f"{percent:g}") for item, percent in grading]
    left = {
        name: [f for f in facts if not any(f.line.startswith(i) and p in f.line and len(f.line) < len(i) + 20 for i, p in weights)]
        for name, facts in found.items()
    }
    return {name: tuple(facts) for name, facts in left.items() if facts}


def _table_facts(block: Block) -> list[Fact]:
    """A table's rows, a line each: the first cell, then the others with their headers."""
    from ingest.syllabus.columns import read_columns
    from ingest.syllabus.document import Table

    if not isinstance(block, Table):
        return []
    columns = read_columns(block)
    facts = []
    for row in columns.body:
        cells = [
            (columns.headers[n], " ".join(line.shown for line in cell.lines))
            for n, cell in enumerate(row)
            if cell.text and not cell.from_left
        ]
        facts += (
            [Fact("", " | ".join(f"{header}: {text}" if header and n else text for n, (header, text) in enumerate(cells)))] if cells else []
        )
    return facts


def _unplaced(blocks: Sequence[Block], trail: Sequence[Sequence[Line]], plan: Plan, sessions: Sequence[Session]) -> list[str]:
    """Entries of the plan without week and date, and readings that stand in no entry."""
    found = [session.heading for session in sessions if session.kind is SessionKind.OTHER and not is_none(session.heading)]
    for at, block in enumerate(blocks):
        if at in plan.used or not isinstance(block, Line) or block.kind is Kind.HEADING:
            continue
        about = any(
            re.search(r"\b(?:references|readings?|bibliography|papers|literature)\b", line.text, re.IGNORECASE) for line in trail[at]
        )
        if (block.links and about) or any("arxiv.org" in link.url for link in block.links):
            found.append(block.shown)
    return list(dict.fromkeys(found))
