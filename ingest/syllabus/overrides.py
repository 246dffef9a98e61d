"""`corpus/course.yaml`: what a person puts right where the parser was wrong. Its format stands in docs/syllabus.md.

Each correction must hit: one that finds no entry, or several, is an error, so that it does not go stale in silence.
"""

import datetime
import difflib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from common.errors import ConfigError, SourceError
from ingest.arxiv_ids import parse_arxiv_id
from ingest.syllabus.deadlines import of_sessions
from ingest.syllabus.model import Deadline, Fact, Person, ReadingRef, Session, SessionKind, Syllabus
from ingest.syllabus.read import SUFFIXES, parse_syllabus

FILE = "course.yaml"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


class _Reading(_Part):
    title: str
    arxiv: str | None = None
    url: str | None = None


class _Person(_Part):
    name: str
    role: str = ""


class _Weight(_Part):
    item: str
    percent: Annotated[float, Field(ge=0, le=100)]


class _Deadline(_Part):
    date: datetime.date
    what: str


class _Find(_Part):
    week: int | None = None
    date: datetime.date | None = None
    heading: str | None = None

    @model_validator(mode="after")
    def _something(self) -> "_Find":
        if self.week is None and self.date is None and self.heading is None:
            raise ValueError("name week, date or heading")
        return self


class _Change(_Part):
    find: _Find | None = None
    add: Literal["class", "break", "event"] | None = None
    remove: bool = False
    kind: Literal["class", "break", "event"] | None = None
    number: int | None = None
    last: int | None = None
    on: datetime.date | None = Field(default=None, alias="date")
    topic: str | None = None
    speakers: tuple[str, ...] | None = None
    readings: tuple[_Reading, ...] | None = None
    due: tuple[str, ...] | None = None
    place: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "_Change":
        if (self.find is None) == (self.add is None):
            raise ValueError("give either find (which entry) or add (class, break or event)")
        if self.add and not self.topic:
            raise ValueError("an added entry needs a topic")
        return self


class _Course(_Part):
    title: str | None = None
    term: str | None = None
    year: Annotated[int, Field(ge=1990, le=2100)] | None = None
    meeting: str | None = None
    location: str | None = None
    staff: tuple[_Person, ...] | None = None
    grading: tuple[_Weight, ...] | None = None
    thresholds: tuple[str, ...] | None = None
    deadlines: tuple[_Deadline, ...] | None = None
    entries: tuple[_Change, ...] = ()


def find_syllabus(corpus: Path) -> Path | None:
    """The course's own syllabus: `syllabus.md`, else `.html` or `.pdf`; None if there is none."""
    return next((path for suffix in SUFFIXES if (path := corpus / f"syllabus{suffix}").is_file()), None)


def read_syllabus(path: Path) -> Syllabus:
    """A course's syllabus, put right by the `course.yaml` beside it.

    Raises:
        SourceError: The syllabus is not there or cannot be read.
        ConfigError: course.yaml is wrong; the message names the place.
    """
    edits = path.parent / FILE
    course = _load(edits)
    syllabus = parse_syllabus(path, year=course.year)
    return _applied(syllabus, course, edits)


def read_course(corpus: Path) -> Syllabus:
    """The syllabus of a corpus folder; see `read_syllabus`."""
    path = find_syllabus(corpus)
    if path is None:
        raise SourceError(f"no syllabus in {corpus}: put syllabus.md, syllabus.html or syllabus.pdf there")
    return read_syllabus(path)


def _load(path: Path) -> _Course:
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except FileNotFoundError:
        return _Course()
    except UnicodeDecodeError as exc:
        raise ConfigError(f"{path}: not UTF-8 text: save it as UTF-8") from exc
    except OSError as exc:
        raise ConfigError(f"{path} cannot be read: {exc.strerror}") from exc
    except (yaml.YAMLError, ValueError) as exc:
        raise ConfigError(f"{path} is not valid YAML: {' '.join(str(exc).split())}") from exc
    if content is None:
        return _Course()
    if not isinstance(content, dict):
        raise ConfigError(f"{path} must hold keys such as `title:` or `entries:`, not a {type(content).__name__}")
    try:
        return _Course.model_validate(content)
    except ValidationError as exc:
        raise ConfigError(_problem(exc, path)) from exc


def _problem(exc: ValidationError, path: Path) -> str:
    error = exc.errors()[0]
    where = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        known = _keys(error["loc"])
        close = difflib.get_close_matches(str(error["loc"][-1]), known, n=1)
        return f"{path}: {where} is no key here" + (f"; did you mean {close[0]}?" if close else f"; known here: {', '.join(known)}")
    message = error["msg"].removeprefix("Value error, ")
    return f"{path}: {where}: {message}" if where else f"{path}: {message}"


def _keys(place: Sequence[Any]) -> list[str]:
    """The keys that may stand at a place of the file."""
    names = [part for part in place[:-1] if isinstance(part, str)]
    models: dict[str, type[BaseModel]] = {
        "entries": _Change, "find": _Find, "readings": _Reading, "staff": _Person, "grading": _Weight, "deadlines": _Deadline,
    }  # fmt: skip
    model = models.get(names[-1], _Course) if names else _Course
    return [field.alias or name for name, field in model.model_fields.items()]


def _applied(syllabus: Syllabus, course: _Course, path: Path) -> Syllabus:
    sessions = list(syllabus.sessions)
    derived = set(of_sessions(sessions))
    for number, change in enumerate(course.entries):
        if change.find is not None:
            at = _found(sessions, change.find, f"{path}: entries.{number}.find")
            if change.remove:
                del sessions[at]
            else:
                sessions[at] = _changed(sessions[at], change)
        else:
            added = _changed(Session("", kind=SessionKind(change.add or "class")), change)
            before = [n for n, other in enumerate(sessions) if added.day and other.day and other.day <= added.day]
            sessions.insert(before[-1] + 1 if before else len(sessions), added)
    deadlines = [deadline for deadline in syllabus.deadlines if deadline not in derived] + of_sessions(sessions)
    if course.deadlines is not None:
        deadlines = [Deadline(d.date, d.what) for d in course.deadlines]
    sections = dict(syllabus.sections)
    if course.entries or course != _Course():
        sections |= _said(course)
    return replace(
        syllabus,
        title=course.title if course.title is not None else syllabus.title,
        term=course.term if course.term is not None else syllabus.term,
        meeting=course.meeting if course.meeting is not None else syllabus.meeting,
        location=course.location if course.location is not None else syllabus.location,
        staff=tuple(Person(p.name, p.role) for p in course.staff) if course.staff is not None else syllabus.staff,
        grading=tuple((w.item, w.percent) for w in course.grading) if course.grading is not None else syllabus.grading,
        thresholds=course.thresholds if course.thresholds is not None else syllabus.thresholds,
        sessions=tuple(sessions),
        sections=sections,
        deadlines=tuple(sorted(dict.fromkeys(deadlines), key=lambda deadline: deadline.day)),
    )


def _found(sessions: Sequence[Session], find: _Find, place: str) -> int:
    hits = [
        n
        for n, session in enumerate(sessions)
        if (find.week is None or session.covers(find.week))
        and (find.date is None or session.day == find.date)
        and (find.heading is None or find.heading.strip().lower() in session.heading.lower())
    ]
    wanted = ", ".join(f"{key} {value}" for key, value in find.model_dump().items() if value is not None)
    if not hits:
        raise ConfigError(f"{place}: the syllabus has no entry with {wanted}: correct it, or add the entry with `add`")
    if len(hits) > 1:
        raise ConfigError(f"{place}: {len(hits)} entries have {wanted}: name the date or the heading too")
    return hits[0]


def _changed(session: Session, change: _Change) -> Session:
    """An entry with what a correction says; its lines say so too, in place of those that held what was wrong."""
    values: dict[str, Any] = {}
    lines: list[Fact] = []
    wrong: set[str] = set()
    if change.topic is not None:
        values["topic"] = change.topic
        lines.append(Fact("Topic", change.topic))
    if change.speakers is not None:
        values["speakers"] = change.speakers
        wrong |= set(session.speakers)
        lines += [Fact("Speaker", name) for name in change.speakers]
    if change.readings is not None:
        values["readings"] = tuple(_reading(reading) for reading in change.readings)
        wrong |= {reading.title for reading in session.readings if reading.title} | {r.url for r in session.readings if r.url}
        lines += [Fact("Reading", ", ".join(x for x in (r.title, r.url) if x)) for r in values["readings"]]
    if change.due is not None:
        values["due"] = change.due
        wrong |= set(session.due)
        lines += [Fact("Due", text) for text in change.due]
    if change.place is not None:
        values["place"] = change.place
        wrong |= {session.place} if session.place else set()
        lines.append(Fact("Place", change.place))
    if change.on is not None:
        values |= {"day": change.on, "until": None, "when": change.on.isoformat(), "month_day": (change.on.month, change.on.day)}
        lines.append(Fact("Date", change.on.isoformat()))
    if change.number is not None:
        values |= {"number": change.number, "last": change.last}
    if change.kind is not None:
        values["kind"] = SessionKind(change.kind)
    if not session.heading:
        name = ", ".join(
            x for x in (f"Week {change.number}" if change.number is not None else "", change.on.isoformat() if change.on else "") if x
        )
        values["heading"] = f"{name}: {change.topic}" if name else change.topic
        lines = [fact for fact in lines if fact.key not in ("Topic", "Date")]
    kept = tuple(fact for fact in session.facts if not any(text in fact.line for text in wrong))
    return replace(session, **values, facts=(*lines, *kept))


def _reading(reading: _Reading) -> ReadingRef:
    arxiv = parse_arxiv_id(reading.arxiv) if reading.arxiv else None
    url = reading.url or (f"https://arxiv.org/abs/{arxiv.id}" if arxiv else None)
    return ReadingRef(reading.title, arxiv.id if arxiv else None, url)


def _said(course: _Course) -> dict[str, tuple[Fact, ...]]:
    """What course.yaml says of the whole, as lines that questions find."""
    facts = [Fact(key.capitalize(), str(value)) for key in ("term", "meeting", "location") if (value := getattr(course, key)) is not None]
    facts += [Fact(person.name, person.role) for person in course.staff or ()]
    facts += [Fact("", text) for text in course.thresholds or ()]
    facts += [Fact(d.date.isoformat(), d.what) for d in course.deadlines or ()]
    return {"Corrections of the course": tuple(facts)} if facts else {}
