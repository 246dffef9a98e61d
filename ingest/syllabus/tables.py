"""Tables that are the plan: a row a meeting, or a column a weekday."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.syllabus.columns import Columns, header_role, read_columns
from ingest.syllabus.dates import Mention, month_in
from ingest.syllabus.document import Cell, Line, Table
from ingest.syllabus.drafts import Draft
from ingest.syllabus.items import Part
from ingest.syllabus.labels import BREAK, EXAM, WORK, Label, parse_label
from ingest.syllabus.model import Fact

SCHEDULE = re.compile(
    r"\b(?:schedule|calendar|syllabus|outline|timetable|weekly|lectures?|sessions?|topics?|plan|programme?|agenda|course content"
    r"|readings?|roadmap|zeitplan|ablauf|calendrier|calendario|cronograma)\b",
    re.IGNORECASE,
)
_DAY_NUMBER = re.compile(r"\s*([0-3]?\d)(?:st|nd|rd|th)?(?![\d:/%.])\s*[.:–—-]?\s*")


def read_table(table: Table, *, section: str, number: int | None, month: int | None, day_first: bool) -> list[Draft]:
    """The entries of a table; none if it is not the plan.

    Args:
        section: The headings above it.
        number: The week that a heading above it names.
        month: The month that a heading above it names, for calendars with bare days.
    """
    columns = read_columns(table)
    if not columns.body:
        return []
    if columns.weekdays:
        return _grid(columns, number=number, month=month, day_first=day_first)
    if not _is_plan(columns, section, day_first):
        return []
    return _rows(columns, number, day_first)


def _labels(columns: Columns, row: Sequence[Cell], day_first: bool) -> list[tuple[int, Cell, Label]]:
    found = []
    for n, cell in enumerate(row):
        if columns.roles[n] == "label" and cell.lines and not cell.from_left:
            dates = header_role(columns.headers[n]) == "date"  # a number alone is no date
            label = parse_label(_joined(cell), bare=not dates, day_first=day_first)
            if label is not None:
                found.append((n, cell, label))
    return found


def _joined(cell: Cell) -> Line:
    """A cell's lines as one: "Week 1" above "Sep 3" are one label."""
    if len(cell.lines) == 1:
        return cell.lines[0]
    runs = [run for line in cell.lines for run in (*line.runs, replace(line.runs[-1], text=" ", href=None))]
    return replace(cell.lines[0], runs=tuple(runs[:-1]))


def _is_plan(columns: Columns, section: str, day_first: bool) -> bool:
    """Most rows have a week or a date, something else stands beside it, and it is no list of grades or deadlines."""
    rows = [row for row in columns.body if not _banner(row)]
    if not rows or "label" not in columns.roles:
        return False
    labelled = [_labels(columns, row, day_first) for row in rows]
    dated = sum(any(label.mention for _, _, label in labels) for labels in labelled)
    numbered = sum(any(label.number is not None for _, _, label in labels) for labels in labelled)
    others = [n for n, role in enumerate(columns.roles) if role != "label" and any(row[n].text for row in rows)]
    if max(dated, numbered) * 2 < len(rows) or not others or (len(rows) < 2 and not (dated and SCHEDULE.search(section))):
        return False
    if sum("%" in " ".join(cell.text for cell in row) for row in rows) * 2 > len(rows):
        return False
    first = next(n for n, role in enumerate(columns.roles) if n in others)
    works = sum(
        bool(re.match(WORK.pattern, row[first].text, re.IGNORECASE) or re.match(EXAM.pattern, row[first].text, re.IGNORECASE))
        for row in rows
    )
    told = any(role in ("topic", "reading", "speaker") for role in columns.roles)
    if works * 5 > len(rows) * 3 and (columns.roles[first] != "topic" or not told):
        return False
    weeks = any(label.unit == "week" for labels in labelled for _, _, label in labels)
    return bool(dated or weeks or told or SCHEDULE.search(section))


def _banner(row: Sequence[Cell]) -> bool:
    """A row of one cell: the title of what follows, or a holiday."""
    filled = [cell for cell in row if cell.text and not cell.from_left]
    return (
        len(row) > 2
        and len(filled) == 1
        and (row[1].from_left or (filled[0] is row[0] and parse_label(row[0].lines[0], bare=True) is None))
    )


def _week_alone(row: Sequence[Cell]) -> bool:
    """A row that only says "Week 3"."""
    filled = [cell for cell in row if cell.text and not cell.from_left]
    label = parse_label(filled[0].lines[0]) if len(filled) == 1 else None
    return label is not None and label.unit == "week" and label.mention is None


def _rows(columns: Columns, number: int | None, day_first: bool) -> list[Draft]:
    drafts: list[Draft] = []
    week = number  # the last week's number: a blank cell below it means the same
    has_dates = any(label.mention for row in columns.body for _, _, label in _labels(columns, row, day_first))
    above = number is not None  # a row or a heading above names the week
    for row in columns.body:
        if _banner(row) or (has_dates and _week_alone(row)):
            draft = _banner_draft(row, day_first)
            if draft.number is not None and draft.mention is None and (has_dates or not draft.parts[0].line):
                week, above = draft.number, True
            else:
                drafts.append(draft)
            continue
        draft = Draft(heading="")
        labels = _labels(columns, row, day_first)
        rests = []
        for n, cell, label in labels:
            weekly = label.unit == "week" or (
                label.unit == "bare" and bool(re.match(r"\W*(?:weeks?|wk|woche|semaine|semana)\b", columns.headers[n], re.IGNORECASE))
            )
            if label.number is not None and (draft.number is None or weekly):
                draft.number, draft.last = label.number, label.last
                week = label.number if weekly else week
            if label.mention is not None and draft.mention is None:
                draft.mention = label.mention
                draft.when = _joined(cell).text[label.mention.start : label.mention.end]
            if label.rest:
                rests.append(label.rest)
        for n, cell in enumerate(row):
            if columns.roles[n] == "label" and BREAK.search(cell.text):
                draft.before = "Break"  # "No class" in the column of numbers
        weekly_column = any(
            re.match(r"\W*(?:weeks?|wk|woche|semaine|semana)\b", columns.headers[n], re.IGNORECASE)
            for n, role in enumerate(columns.roles)
            if role == "label"
        )
        if draft.number is None and (weekly_column or above):
            draft.number = week
        _fill(draft, columns, row, rests, day_first)
        topic = any(part.role == "topic" for part in draft.parts)
        if not labels and drafts and drafts[-1].placed and (has_dates or not topic):
            drafts[-1].parts += [replace(part, role="free" if part.role == "topic" else part.role) for part in draft.parts]
            drafts[-1].facts += [*([Fact("", draft.heading)] if draft.heading else []), *draft.facts]
        elif draft.parts or draft.placed:
            drafts.append(draft)
    return drafts


def _banner_draft(row: Sequence[Cell], day_first: bool) -> Draft:
    cell = next(cell for cell in row if cell.text)
    line = _joined(cell)
    draft = Draft(heading=line.text)
    label = parse_label(line, anywhere=True, day_first=day_first)
    if label is not None and label.unit != "module":
        draft.take(label, line.text)
    draft.parts = [Part("topic", (label.rest or label.before) if label and draft.placed else line)]
    return draft


def _fill(draft: Draft, columns: Columns, row: Sequence[Cell], rests: Sequence[Line], day_first: bool) -> None:
    """A row's cells as parts and facts, and its heading."""
    topic_column = columns.first("topic")
    title = ""
    lines = list(row[topic_column].lines) if topic_column is not None else []
    if not lines and not rests:  # a row whose holiday or talk stands in another column
        for n, cell in enumerate(row):
            if columns.roles[n] in ("free", "note", "speaker") and cell.text and not cell.from_left and BREAK.search(cell.text):
                topic_column, lines = n, list(cell.lines)
                break
    for rest in rests:
        draft.parts.append(
            Part("topic" if not lines or (len(rest.text) > 3 and not rest.text[0].isdigit() and not lines) else "free", rest)
        )
    if lines:
        title = lines[0].text
        label = parse_label(lines[0], day_first=day_first)
        if label is not None and label.rest and label.unit in ("session", "week") and label.mention is None:
            draft.number = draft.number if draft.number is not None else label.number
            lines[0] = label.rest
        bold = lines[0].strong_spans == [(0, len(lines[0].text))]
        for n, line in enumerate(lines):
            again = n > 0 and bold and line.strong_spans == [(0, len(line.text))]
            draft.parts.append(Part("topic" if n == 0 or again else "speaker-line" if n < 4 else "free", line))
            if n:
                draft.facts.append(Fact(columns.headers[topic_column or 0], line.shown))
    for n, cell in enumerate(row):
        role = columns.roles[n]
        if role == "label" or n == topic_column or cell.from_left:
            continue
        for line in cell.lines:
            if role not in ("work", "due", "out") or not cell.from_above:
                draft.parts.append(Part("free" if role in ("note",) else role, line, columns.headers[n], columns.statuses(n)))
            draft.facts.append(Fact(columns.headers[n], re.sub(r"^[\s•·–—-]+\s+", "", line.shown)))
    names = []
    for n, cell in enumerate(row):
        if columns.roles[n] == "label" and cell.text and not cell.from_left and re.search(r"\w", cell.text):
            bare = cell.text.strip().isdigit() and re.fullmatch(r"[^\W\d_]+", columns.headers[n])
            names.append(f"{columns.headers[n]} {cell.text}" if bare else cell.text)
    draft.heading = ": ".join(x for x in (", ".join(names), title) if x)


def _grid(columns: Columns, *, number: int | None, month: int | None, day_first: bool) -> list[Draft]:
    """Tables with a column for each weekday; a cell says its own date, or its day of the month, or falls in the row's week."""
    drafts: list[Draft] = []
    before = 0  # the day of the month before it, so that a smaller one starts the next month
    for row in columns.body:
        labels = [
            (cell, label)
            for n, cell in enumerate(row)
            if n not in columns.weekdays
            and cell.lines
            and (label := parse_label(_joined(cell), bare=True, day_first=day_first)) is not None
        ]
        week = next((label.number for _, label in labels if label.number is not None), number)
        base = next(((label.mention, cell.text[label.mention.start : label.mention.end]) for cell, label in labels if label.mention), None)
        for n, weekday in columns.weekdays.items():
            cell = row[n]
            if not cell.lines or cell.from_left:
                continue
            draft, lines = Draft(heading="", number=week), list(cell.lines)
            alone = parse_label(lines[0], day_first=day_first)
            first = lines[0] if (alone and alone.mention) or len(lines[0].text) > 12 else _joined(cell)
            label = parse_label(first, day_first=day_first)
            if label is not None and label.mention is not None:
                draft.mention, draft.when, before = label.mention, first.text[label.mention.start : label.mention.end], label.mention.day
                month, lines = label.mention.month, [label.rest, *lines[1:]] if first is lines[0] else [label.rest]
            elif month and base is None and (match := _DAY_NUMBER.match(lines[0].text)) and 0 < int(match[1]) <= 31:
                day = int(match[1])
                month = month % 12 + 1 if day < before - 7 else month
                before = day
                draft.mention, draft.when = Mention(0, 0, month, day, None, weekday), match[1]
                lines[0] = lines[0].cut(match.end())
            elif base is not None:
                draft.mention, draft.when, draft.weekday = base[0], base[1], weekday
            lines = [line for line in lines if line]
            if not lines or (draft.mention is None and week is None):
                continue
            for k, line in enumerate(lines):
                draft.parts.append(Part("topic" if k == 0 else "speaker-line", line))
            draft.facts = [Fact("", line.shown) for line in lines[1:]]
            name = ", ".join(
                x for x in (f"Week {week}" if week is not None else "", draft.when if draft.weekday is None else columns.headers[n]) if x
            )
            draft.heading = f"{name}: {lines[0].text}"
            drafts.append(draft)
    return drafts


def month_of(text: str) -> int | None:
    """The month that a heading names alone."""
    return month_in(text)
