"""What is shown: sentences, the citations they rest on, and the object of `lector ask --json`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ingest.catalog import Reading
from ingest.documents import Sentence
from rag.endorsed.records import Standing
from rag.syllabus.notes import Days, Note

NEAREST = "The nearest that I found. It may not answer the question:"  # stands above lines that are not sure


class Status(StrEnum):
    """Where an answer's words come from."""

    ANSWERED = "answered"  # the model's, each sentence checked
    QUOTED = "quoted"  # the readings', verbatim
    SYLLABUS = "syllabus"  # the syllabus, looked up
    ENDORSED = "endorsed"  # a person's, endorsed by the course's staff
    REFUSED = "refused"  # the readings do not say


class Because(StrEnum):
    """Why an answer is a refusal."""

    UNKNOWN_WEEK = "unknown-week"  # values: week
    UNMENTIONED = "unmentioned"  # values: matter
    NOT_COVERED = "not-covered"  # values: title, page of the closest passage; either may be empty
    NOWHERE = "nowhere"  # the closest passage is the syllabus itself, which is no place to send a student to
    NOT_IN_SYLLABUS = "not-in-syllabus"  # it is on the course, and for the syllabus alone
    UNKNOWN_WORK = "unknown-work"  # values: work; it asks for what a paper says as a whole that is no reading
    WHICH_READING = "which-reading"  # it speaks of "the authors" or "the proposed model", and no reading is named
    GRADED = "graded"
    PERSONAL = "personal"
    INSTRUCTIONS = "instructions"
    ACTION = "action"
    OFF_COURSE = "off-course"
    NO_QUESTION = "no-question"
    OTHER_LANGUAGE = "other-language"


@dataclass(frozen=True)
class Reason:
    """Why an answer is a refusal, as data: a face may say it in its own language.

    Attributes:
        values: What its sentence names; the keys stand at each `Because`.
    """

    because: Because
    values: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As in the contract."""
        return {"code": self.because.value, **self.values}


@dataclass(frozen=True)
class Citation:
    """A place in a reading.

    Attributes:
        n: Its number in the answer, from 1.
        page: 1-based PDF page; None where the source has no pages.
        quote: Verbatim from that page.
        passage: What stands around the quote, for people who want to read on.
        columns: Of a table's row, what its columns are called on that page (`Sentence.columns`): shown beside the quote, no part of it.
        url: The page's address; None where the reading has none.
        kind: "reading", "syllabus", or "endorsed" for a person's words, which stand in no reading.
    """

    n: int
    reading: str
    title: str
    page: str | None
    section: str
    quote: str
    passage: str
    url: str | None
    columns: str | None = None
    kind: str = "reading"

    def as_json(self) -> dict[str, Any]:
        """As in the contract."""
        return {
            "n": self.n, "reading": self.reading, "title": self.title, "page": self.page, "section": self.section or None,
            "quote": self.quote, "passage": self.passage, "url": self.url, "columns": self.columns, "kind": self.kind,
        }  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A sentence that is shown, with the numbers of the citations that bear it out.

    Attributes:
        days: What stands behind it in brackets, where it is an entry's heading and its days are told.
        sure: Is it likely to answer the question? If not, it is the nearest that was found, and is to be shown as that.
    """

    text: str
    citations: tuple[int, ...]
    days: Days | None = None
    sure: bool = True


@dataclass(frozen=True)
class Timings:
    """Seconds from the question: passages found, first word shown, all shown."""

    retrieve_s: float
    first_token_s: float | None
    total_s: float


@dataclass(frozen=True)
class Answer:
    """An answer as it is shown, whole.

    Attributes:
        reading: The one that was asked about.
        reason: Why it is a refusal, if it is one.
        note: What its first line says, where that is the lookup's own word on the syllabus.
        standing: Who stands for it, where it is a person's.
        chance: Estimated chance (0 to 1) that the readings answer the question; None where something else decided.
    """

    status: Status
    lines: tuple[Line, ...]
    citations: tuple[Citation, ...]
    question: str
    standalone_question: str
    timings: Timings
    model: str | None = field(default=None)
    reading: str | None = field(default=None)
    reason: Reason | None = None
    note: Note | None = None
    standing: Standing | None = None
    chance: float | None = None

    @property
    def sure(self) -> bool | None:
        """Is all that is shown likely to answer the question? None of a refusal."""
        return None if self.status is Status.REFUSED else all(line.sure for line in self.lines)

    @property
    def in_lines(self) -> bool:
        """Does each sentence stand on a line of its own: is it verbatim, or partly of the syllabus?"""
        return self.status in (Status.QUOTED, Status.SYLLABUS) or len({citation.kind for citation in self.citations}) > 1

    @property
    def text(self) -> str:
        """All sentences, without marks."""
        return ("\n" if self.in_lines else " ").join(line.text for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        """The object of `lector ask --json`."""
        timings = self.timings
        first = timings.first_token_s
        return {
            "status": self.status.value,
            "text": self.text,
            "sentences": [{"text": line.text, "citations": list(line.citations)} for line in self.lines],
            "citations": [citation.as_json() for citation in self.citations],
            "standalone_question": self.standalone_question,
            "timings": {
                "retrieve_s": round(timings.retrieve_s, 4),
                "first_token_s": None if first is None else round(first, 4),
                "total_s": round(timings.total_s, 4),
            },
            "model": self.model,
            "reading": self.reading,
            "reason": self.reason and self.reason.as_json(),
            "note": self.note and self.note.as_json(),
            "sure": self.sure,
            "chance": None if self.chance is None else round(self.chance, 3),
        }


def page_url(reading: Reading, page: int | None) -> str | None:
    """The address of a reading's page: for arXiv the PDF at that page, in the version that was read."""
    if reading.url is None:
        return None
    if "/abs/" not in reading.url:
        return reading.url
    pdf = reading.url.replace("/abs/", "/pdf/") + (reading.version or "")
    return f"{pdf}#page={page}" if page else pdf


def cite(n: int, reading: Reading, sentence: Sentence, passage: str) -> Citation:
    """The citation of one sentence."""
    return Citation(
        n=n,
        reading=reading.reading,
        title=reading.title,
        page=sentence.page_shown,
        section=sentence.section,
        quote=sentence.quote,
        passage=passage,
        url=page_url(reading, sentence.page),
        columns=sentence.columns,
    )
