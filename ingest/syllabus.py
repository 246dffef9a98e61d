"""The syllabus as data: sessions with dates, people, readings and what is due; grading; other facts.

Reads the shape of `corpus/syllabus.md`: `##` sections of facts, a `## Grading` table, and under `## Schedule`
one `###` heading a session (`Week N, Mon D: topic`, `Break, …`, `Event, …`) with `- Key: value` lines.
What does not fit is kept as a note of its section, never dropped and never guessed at.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from common.errors import SourceError
from ingest.arxiv_ids import parse_arxiv_id
from ingest.readers.markdown import read_markdown

_SESSION = re.compile(r"^(Week (\d+)|Break|Event), ([A-Z][a-z]{2} \d{1,2}): (.+)$")
_FACT = re.compile(r"^([A-Z][\w' -]{1,30}): (.+)$")
_ROW = re.compile(r"^(.+?) \| (?:.+?: )?(\d+(?:\.\d+)?)%$")
_LINK = re.compile(r"https?://\S+")


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
    """A reading that a session names."""

    title: str
    arxiv: str | None
    url: str | None


@dataclass(frozen=True)
class Session:
    """A week, a break or another dated event.

    Attributes:
        heading: As it stands in the syllabus.
        number: The week; None for breaks and events.
        day: Its date; None where the syllabus names no year.
    """

    heading: str
    number: int | None
    day: date | None
    topic: str
    facts: tuple[Fact, ...]

    def values(self, *keys: str) -> list[str]:
        """What stands under these keys, in order."""
        return [fact.text for fact in self.facts if fact.key in keys]

    @property
    def readings(self) -> list[ReadingRef]:
        """The readings it names, with arXiv id and link where given."""
        found = []
        for text in self.values("Reading"):
            link = _LINK.search(text)
            arxiv = parse_arxiv_id(text)
            title = _LINK.sub("", text).strip(" ,")
            found.append(ReadingRef(title, arxiv.id if arxiv else None, link[0] if link else None))
        return found


@dataclass(frozen=True)
class Syllabus:
    """A course's plan."""

    title: str
    sections: dict[str, tuple[Fact, ...]] = field(default_factory=dict)
    grading: tuple[tuple[str, float], ...] = ()
    sessions: tuple[Session, ...] = ()


def read_syllabus(path: Path) -> Syllabus:
    """The plan in a syllabus file.

    Raises:
        SourceError: The file is not there or not text.
    """
    try:
        blocks = read_markdown(path).blocks
        title = next(
            (line.removeprefix("# ").strip() for line in path.read_text("utf-8").splitlines() if line.startswith("# ")), "Syllabus"
        )
    except OSError as exc:
        raise SourceError(f"{path}: {exc.strerror}: put the syllabus there") from exc
    sections: dict[str, list[Fact]] = {}
    sessions: dict[str, list[Fact]] = {}
    grading: list[tuple[str, float]] = []
    for heading in _headings(path):
        sessions.setdefault(heading, [])
    for block in blocks:
        top, _, below = block.section.partition(" > ")
        row = _ROW.match(block.text) if top == "Grading" else None
        if row:
            grading.append((row[1], float(row[2])))
        elif below:
            sessions.setdefault(below, []).append(_fact(block.text))
        else:
            sections.setdefault(top, []).append(_fact(block.text))
    year = _year(sections)
    return Syllabus(
        title=title,
        sections={name: tuple(facts) for name, facts in sections.items()},
        grading=tuple(grading),
        sessions=tuple(_session(heading, facts, year) for heading, facts in sessions.items()),
    )


def _headings(path: Path) -> list[str]:
    """Sessions in the file's order, those without lines of their own included."""
    return [line[4:].strip() for line in path.read_text("utf-8").splitlines() if line.startswith("### ")]


def _fact(text: str) -> Fact:
    match = _FACT.match(text)
    return Fact(match[1], match[2]) if match else Fact("", text)


def _year(sections: dict[str, list[Fact]]) -> int | None:
    years = (re.search(r"\b(20\d\d)\b", fact.text) for fact in sections.get("Course", []) if fact.key == "Term")
    return next((int(match[1]) for match in years if match), None)


def _session(heading: str, facts: list[Fact], year: int | None) -> Session:
    match = _SESSION.match(heading)
    if match is None:
        return Session(heading, None, None, heading, tuple(facts))
    day = datetime.strptime(f"{match[3]} {year}", "%b %d %Y").date() if year else None
    return Session(heading, int(match[2]) if match[2] else None, day, match[4], tuple(facts))
