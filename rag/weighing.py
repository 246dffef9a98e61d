"""Weighs what was found for a question: is it for the syllabus or for the readings, do they say it, or is it none to be taken up?"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.catalog import SourceKind
from ingest.embeddings import Vectors
from rag.compound import pieces
from rag.evidence import Evidence, best_score, select
from rag.gate import features
from rag.leaning import AUX, WH
from rag.library import View
from rag.on_course import OnCourse, is_on_course, side
from rag.policies import unmentioned
from rag.requests import Requests, Theme
from rag.retrieval import Hit
from rag.syllabus import Found
from rag.syllabus.subjects import Subject, subjects

_SYLLABUS_LEAST, _ON_COURSE_LEAST = 0.6, 0.5  # a lookup below this is no match; the second where the question is surely on the course
# By how much a lookup must beat the readings: where a reading is asked about; where a day, a place or a person is asked for, and
# elsewhere, these with the margin of questions on the course.
_READING_ASKED, _OF_DAYS, _OF_ANYTHING = 0.15, -0.05, 0.2
_DAYS_AND_PEOPLE = {Subject.WHEN, Subject.TIME, Subject.PLACE, Subject.SPEAKER}
_SURELY_A_QUESTION = 0.12  # by which a message is nearer to questions on the course than to requests, where it is surely a question
_ASKS = re.compile(r"\W*(?:what|when|where|who|which|how|is|are|do|does|will)\b", re.IGNORECASE)  # a question, by its first word
_IS_QUESTION = re.compile(rf"\W*(?:{WH}|{AUX})\b|.*\?", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """A question with where it was asked.

    Attributes:
        typed: As the student wrote it.
        standalone: So that it can be understood without the ones before it.
        reading: Id of the reading asked about ("syllabus" for the course's plan); None for all.
        placed: Is it known from where it was asked which readings are meant?
        earlier: The questions before it.
    """

    typed: str
    standalone: str
    reading: str | None
    placed: bool
    earlier: tuple[str, ...]

    @property
    def of_syllabus(self) -> bool:
        """Is the syllabus asked, and nothing else?"""
        return self.reading == SourceKind.SYLLABUS


@dataclass(frozen=True)
class Weighed:
    """What there is to a question.

    Attributes:
        evidence: Sentences of the readings that bear on it, best first; none where the readings are not to answer.
        chance: That they answer it, 0 to 1.
        placed: Is it known which readings are meant?
        on_course: It is for the syllabus alone.
        found: What the syllabus says to it.
        unknown_week: That it names and the syllabus does not.
        unmentioned: What it is about and the syllabus never mentions.
        improper: Why it is none to be taken up.
    """

    evidence: tuple[Evidence, ...] = ()
    chance: float = 0.0
    placed: bool = True
    on_course: bool = False
    found: Found | None = None
    unknown_week: int | None = None
    unmentioned: str | None = None
    improper: Theme | None = None


class Weigher:
    """Weighs questions. Make it on the thread that owns the embedding model."""

    def __init__(self, embed: Callable[[Sequence[str]], Vectors]) -> None:
        """Embed the examples that questions are compared with: a second or two."""
        self._requests = Requests(embed)
        self._on_course = OnCourse(embed)

    def pieces(self, question: str) -> list[str]:
        """The questions of a message that are to be answered one by one; see `rag.compound`."""
        return pieces(question, lambda piece: side(self._on_course.margin(piece)))

    def weigh(self, asked: Asked, hits: Sequence[Hit], view: View) -> Weighed:
        """Weigh a question.

        Args:
            hits: The passages found, best first, the syllabus's among them.
        """
        question, lexical, opening = asked.standalone, view.retriever.lexical, view.retriever.opening
        vector = view.retriever.vector_of(question)
        typed_vector = vector if asked.typed == question else None
        readings = [hit for hit in hits if hit.reading.kind != SourceKind.SYLLABUS]
        evidence = select(question, readings, lexical.idf)
        likeness = best_score(evidence)
        placed = asked.placed or any(view.retriever.named(text) for text in (question, *asked.earlier))
        margin = self._on_course.margin(asked.typed, typed_vector)
        on_course = asked.of_syllabus or (asked.reading is None and is_on_course(margin, likeness))
        week = view.syllabus.unknown_week(question)
        found = view.syllabus.find(question, vector)
        if found is not None and not _answers(found, asked, on_course, margin, likeness):
            found = None
        matter = None
        if found is not None or on_course:
            lines = (line for entry in view.syllabus.entries for line in (entry.section, *entry.lines))
            matter = unmentioned(question, lines, names=found is None or not found.sure)
        if week is not None or matter is not None:
            found = None
        if on_course or week is not None or matter is not None:
            evidence = []  # some paper has a sentence on almost everything
        known = (found is not None and found.sure) or matter is not None
        judged = self._requests.judge(asked.typed, typed_vector)
        improper = judged.improper(likeness)
        if margin >= judged.margin + _SURELY_A_QUESTION and _IS_QUESTION.match(asked.typed):
            improper = False
        if known and _is_plain(judged.theme, asked.typed):
            improper = False
        likelihood = features(question, readings, evidence, lexical.idf, opening, placed=placed).chance if evidence else 0.0
        return Weighed(tuple(evidence), likelihood, placed, on_course, found, week, matter, judged.theme if improper else None)


def _answers(found: Found, asked: Asked, on_course: bool, margin: float, likeness: float) -> bool:
    """Does what was looked up match, and better than the readings do?

    Args:
        margin: How much nearer the question is to those on the course (`OnCourse.margin`).
        likeness: Score of the best evidence in the readings.
    """
    if found.score < (_ON_COURSE_LEAST if on_course else _SYLLABUS_LEAST):
        return False
    if on_course or found.sure:
        return True
    ahead = found.score - likeness
    if asked.reading is not None:
        return ahead > _READING_ASKED
    return ahead + margin > (_OF_DAYS if _DAYS_AND_PEOPLE & set(subjects(asked.standalone)) else _OF_ANYTHING)


def _is_plain(theme: Theme, typed: str) -> bool:
    """May it be a question after all: "what happens in April?" is none on other things, "what happens tomorrow?" asks nobody to act."""
    return theme is Theme.OTHER or (theme is Theme.ACTION and _ASKS.match(typed) is not None)
