"""What the columns of a table hold, told by their headers and by their cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.syllabus.dates import find_dates, weekday_at
from ingest.syllabus.document import Cell, Table
from ingest.syllabus.labels import DUE, OUT, parse_label

# The first that fits a header counts.
_HEADERS: tuple[tuple[str, str], ...] = (
    ("date",
        r"^(?:due )?dates?(?!.*due)|^when\b|^week (?:of|beginning|commencing|starting)|^day(?: of week)?$|^datum|^fecha|^date|^class "
        r"dates?|^meeting dates?|^lecture dates?|^dates?\b"),
    ("number",
        r"^(?:event )?types?$|^kind$|^event$|^(?:#|no\.?|nr\.?|num(?:ber)?|weeks?|wk|woche|semaine|semana|settimana)\W*(?:#|no\.?"
        r"|number|num)?$|^(?:lecture|class|session|meeting|module|unit|lec|lesson)s?\.? ?(?:#|no\.?|nr\.?|number|num)$"),
    ("due", r"\b(?:due|deadlines?|deliverables?|hand[- ]?in|submi\w+|turn[- ]in|abgabe)\b"),
    ("out", r"\b(?:out|released?|posted|assigned work out|handed out|ausgabe)\b"),
    ("mixed", r"\b(?:topics?|lectures?)\b.*\b(?:readings?|papers?|assignments?|homework)\b|\breadings?\b.*\btopics?\b"),
    ("reading",
        r"\b(?:readings?|papers?|literatur\w*|texts?|textbooks?|chapters?|articles?|references?|bibliography|read|prepar\w+|before "
        r"class|pre-?class|lektüre|lectures? à lire|lecturas?|further study|books?|sources)\b"),
    ("topic", r"\bguest lectures?\b|\blecture (?:topic|title)s?\b"),
    ("speaker",
        r"\b(?:speakers?|presenters?|instructors?|lecturers?|guests?|who|led by|taught by|facilitators?|discussants?|professors?"
        r"|leaders?|teachers?|dozent\w*|referent\w*|by)\b"),
    ("place", r"\b(?:rooms?|locations?|place|where|venue|raum|ort|lieu)\b"),
    ("time", r"^(?:times?|zeit|uhrzeit|hours?|heure)$"),
    ("topic", r"\b(?:topics?|titles?|themes?|subjects?|thema|themen|sujet|tema|inhalt)\b"),
    ("lab", r"^(?:labs?|recitations?|sections?|discussion sections?|tutorials?|lab sessions?)$"),
    ("work",
        r"\b(?:assignments?|homeworks?|hws?|problem sets?|psets?|labs?|projects?|exercises?|tasks?|quiz(?:zes)?|assessments?|events?"
        r"|coursework|milestones?|to[- ]?do|logistics|übung\w*|work|evaluation)\b"),
    ("material", r"\b(?:slides?|materials?|videos?|recordings?|code|links?|resources?|handouts?|notebooks?|demos?|media|lecture notes)\b"),
    ("topic",
        r"\b(?:descriptions?|lectures?|contents?|agenda|what|plan|concepts?|class(?:es)?|sessions?|modules?|units?|discussions?"
        r"|in[- ]class|seminars?|subject matter|vorlesung|coverage|activit\w+|meeting)\b"),
    ("note", r"\b(?:notes?|comments?|remarks?)\b"),
)  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """A table's columns.

    Attributes:
        headers: Their names, empty where a table has none.
        roles: "label" (week, number, date), "topic", "reading", ...; "free" where nothing tells.
        weekdays: Column -> weekday, of a table with a column for each day.
        body: The rows below the headers.
    """

    headers: tuple[str, ...]
    roles: tuple[str, ...]
    weekdays: dict[int, int]
    body: tuple[tuple[Cell, ...], ...]

    def first(self, role: str) -> int | None:
        """The first column of a role."""
        return self.roles.index(role) if role in self.roles else None

    def statuses(self, column: int) -> bool:
        """Do a column's cells say both what is due and what is given out?"""
        texts = [row[column].text for row in self.body]
        return any(DUE.search(t) for t in texts) and any(OUT.search(t) for t in texts)


def read_columns(table: Table) -> Columns:
    """Headers and roles of a table's columns."""
    rows = table.rows
    count = _header_rows(rows)
    headers = tuple(_header(rows[:count], column) for column in range(len(rows[0])))
    body = tuple(row for row in rows[count:] if [cell.text for cell in row] != list(headers) and any(cell.text for cell in row))
    weekdays = {n: day[0] for n, text in enumerate(headers) if (day := _weekday_header(text)) is not None}
    roles = [_role(headers[column], [row[column] for row in body if not row[column].from_left]) for column in range(len(headers))]
    if len(weekdays) < 2:
        weekdays = {}
    if any(role == "label" and header_role(headers[n]) in ("date", "number") for n, role in enumerate(roles)):
        roles = ["free" if role == "label" and headers[n] and not header_role(headers[n]) else role for n, role in enumerate(roles)]
    if count == 0 and "topic" not in roles:
        free = next((n for n, role in enumerate(roles) if role == "free" and any(row[n].text for row in body)), None)
        if free is not None:
            roles[free] = "topic"
    return Columns(headers, tuple(_one_topic(headers, roles)), weekdays, body)


def _one_topic(headers: Sequence[str], roles: Sequence[str]) -> list[str]:
    """Where several columns could hold the topic: the one whose header says so; the others are free lines."""
    topics = [n for n, role in enumerate(roles) if role == "topic"]
    if not topics:
        return list(roles)
    told = (r"topic|title", r"theme|subject", "")
    best = next(n for pattern in told for n in topics if re.search(pattern, headers[n], re.IGNORECASE))
    return ["free" if role == "topic" and n != best else role for n, role in enumerate(roles)]


def _header_rows(rows: Sequence[Sequence[Cell]]) -> int:
    count = 0
    for row in rows[:3]:
        filled = [cell for cell in row if cell.text]
        if count == len(rows) - 1 or not filled:
            break
        all_marked = all(cell.header for cell in filled) and not _labelled(row)
        named = [cell for cell in filled if header_role(cell.text) or _weekday_header(cell.text) is not None]
        by_words = count == 0 and len(filled) > 1 and len(named) * 2 >= len(filled) and len(named) > 1 and not _labelled(row)
        if not (all_marked or by_words) or max(len(cell.text) for cell in filled) > 80:
            break
        count += 1
    return count


def _labelled(row: Sequence[Cell]) -> bool:
    """Does a row start with a week's number or a date?"""
    for cell in row[:2]:
        label = parse_label(cell.lines[0], bare=True) if cell.lines else None
        if label and (label.mention or (label.number is not None and label.unit != "module")):
            return True
    return False


def _header(rows: Sequence[Sequence[Cell]], column: int) -> str:
    return " ".join(dict.fromkeys(row[column].text for row in rows if row[column].text))


def header_role(text: str) -> str:
    """What a header announces; empty where it is unknown."""
    low = " ".join(text.lower().split())
    return next((role for role, pattern in _HEADERS if re.search(pattern, low)), "") if len(low) <= 60 else ""


def _weekday_header(text: str) -> tuple[int, int] | None:
    """A header that names a weekday: "Tuesday", "Thu lecture"."""
    for word in re.finditer(r"[^\W\d_]{3,}", text[:30]):
        if found := weekday_at(text, word.start()):
            return found if not find_dates(text) else None
    return None


def _role(header: str, cells: Sequence[Cell]) -> str:
    filled = [cell for cell in cells if cell.text and not re.fullmatch(r"\W+", cell.text)]
    named = header_role(header)
    if filled and named not in ("due", "out", "reading", "work", "material", "speaker"):
        labels = [parse_label(cell.lines[0], bare=True) for cell in filled]
        whole = sum(
            label is not None
            and len(label.rest.text) <= 25
            and label.unit != "module"
            and bool(label.mention or not label.rest or named in ("date", "number"))
            for label in labels
        )
        if whole * 2 >= len(filled) and (named in ("date", "number") or whole >= 0.6 * len(filled)):
            return "label"
        modules = sum(label is not None and not label.rest for label in labels)
        if modules >= 0.6 * len(filled):
            return "label"
    if named == "mixed":
        return "topic"
    if named in ("date", "number"):
        return "label" if any(cell.lines and parse_label(cell.lines[0], bare=True) for cell in filled) or not filled else "free"
    if not named and filled:
        linked = sum(any("arxiv" in link.url or link.url.endswith(".pdf") for line in cell.lines for link in line.links) for cell in filled)
        if linked * 2 > len(filled) and len(cells) > 1 and not header:
            return "free"
    return named or "free"
