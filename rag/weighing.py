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
from rag.named import points_at_one
from rag.on_course import OnCourse, is_on_course, side
from rag.policies import unmentioned
from rag.requests import Requests, Theme
from rag.retrieval import Hit
from rag.syllabus import Found, SyllabusLookup
from rag.syllabus.subjects import Subject, rest, subjects
from rag.whole import Likeness, told

_SYLLABUS_LEAST, _ON_COURSE_LEAST = 0.6, 0.5  # a lookup below this is no match; the second where the question is surely on the course
# By how much a lookup must beat the readings: where a reading is asked about; where a day, a place or a person is asked for, and
# elsewhere, these with the margin of questions on the course.
_READING_ASKED, _OF_DAYS, _OF_ANYTHING = 0.15, -0.05, 0.2
_DAYS_AND_PEOPLE = {Subject.WHEN, Subject.TIME, Subject.PLACE, Subject.SPEAKER}
_SURELY_A_QUESTION = 0.12  # by which a message is nearer to questions on the course than to requests, where it is surely a question
_ASKS = re.compile(r"\W*(?:what|when|where|who|which|how|is|are|do|does|will)\b", re.IGNORECASE)  # a question, by its first word
_OF_PEOPLE = re.compile(r"\W*(?:who|tell me about)\b", re.IGNORECASE)
_IS_QUESTION = re.compile(rf"\W*(?:{WH}|{AUX})\b|.*\?", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """A question with where it was asked.

    Attributes:
        typed: As the student wrote it.
        standalone: So that it can be understood without the ones before it.
        reading: Id of the reading asked about ("syllabus" for the course's plan); None for all.
        prefer: Ids of readings that it is likelier to be about, such as those of the week whose channel it was asked in.
        earlier: The questions before it.
    """

    typed: str
    standalone: str
    reading: str | None
    prefer: frozenset[str]
    earlier: tuple[str, ...]

    @property
    def placed(self) -> bool:
        """Is it known from where it was asked which readings are meant?"""
        return self.reading is not None or bool(self.prefer)

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
        which: It must be told which reading is meant.
        on_course: It is for the syllabus alone.
        found: What the syllabus says to it.
        unknown_week: That it names and the syllabus does not.
        unmentioned: What it is about and the syllabus never mentions.
        improper: Why it is none to be taken up.
        unknown_work: That it speaks of and that is no reading.
        whole: The evidence is what a reading says as a whole, in the order in which it is to be shown.
    """

    evidence: tuple[Evidence, ...] = ()
    chance: float = 0.0
    which: bool = False
    on_course: bool = False
    found: Found | None = None
    unknown_week: int | None = None
    unmentioned: str | None = None
    improper: Theme | None = None
    unknown_work: str | None = None
    whole: bool = False


class Weigher:
    """Weighs questions. Make it on the thread that owns the embedding model."""

    def __init__(self, embed: Callable[[Sequence[str]], Vectors]) -> None:
        """Embed the examples that questions are compared with: a second or two."""
        self._requests = Requests(embed)
        self._on_course = OnCourse(embed)
        self._likeness = Likeness(embed)

    def pieces(self, question: str) -> list[str]:
        """The questions of a message that are to be answered one by one; see `rag.compound`."""
        # "and what is the topic?" is of the course, whatever it is like.
        return pieces(question, lambda piece: side(self._on_course.margin(piece)) if rest(piece) else None)

    def weigh(self, asked: Asked, hits: Sequence[Hit], view: View) -> Weighed:
        """Weigh a question.

        Args:
            hits: The passages found, best first, the syllabus's among them.
        """
        question, lexical = asked.standalone, view.retriever.lexical
        vector = view.retriever.vector_of(question)
        typed_vector = vector if asked.typed == question else None
        readings = [hit for hit in hits if hit.reading.kind != SourceKind.SYLLABUS]
        evidence = select(question, readings, lexical.idf)
        likeness = best_score(evidence)
        placed = asked.placed or any(view.retriever.named(text) for text in (question, *asked.earlier))
        margin = self._on_course.margin(asked.typed, typed_vector)
        on_course = asked.of_syllabus or (asked.reading is None and is_on_course(margin, likeness))
        found, week, matter = _looked_up(asked, view.syllabus, vector, _Scales(on_course, margin, likeness))
        known = (found is not None and found.sure) or matter is not None
        improper = self._improper(asked, typed_vector, margin, likeness, known=known)
        if week is None and (found is None or not found.sure):
            whole = None
            # "what are the next steps after the proposal?" is not for the reading of the week in whose channel it is asked.
            if not asked.of_syllabus and not (on_course and not view.retriever.named(question)):
                whole = told(question, asked.reading, asked.prefer, view.retriever, self._likeness, placed=placed)
            if whole is not None:
                return Weighed(whole.evidence, whole.chance, whole.which, improper=improper, unknown_work=whole.unknown, whole=True)
        if on_course or week is not None or matter is not None:
            return Weighed((), 0.0, False, on_course, found, week, matter, improper)  # some paper has a sentence on almost everything
        seen = features(question, readings, evidence, lexical.idf, view.retriever.opening, placed=placed) if evidence else None
        which = not placed and points_at_one(question)
        return Weighed(tuple(evidence), seen.chance if seen else 0.0, which, found=found, improper=improper)

    def _improper(self, asked: Asked, vector: Vectors | None, margin: float, likeness: float, *, known: bool) -> Theme | None:
        """Why a message is none to be taken up; None where it is.

        Args:
            vector: Of what was typed.
            known: The syllabus says it for sure, or it is about what the syllabus never mentions.
        """
        typed, standalone = asked.typed, asked.standalone
        judged = self._requests.judge(typed, vector)
        if judged.improper(likeness) and standalone != typed and not self._requests.judge(standalone).improper(likeness):
            return None  # "and of LLaMA?" is like anything
        surely_asked = margin >= judged.margin + _SURELY_A_QUESTION and _IS_QUESTION.match(typed)
        # "What happens in April?" is on the course after all, and "what happens tomorrow?" asks nobody to act.
        plain = judged.theme is Theme.OTHER or (judged.theme is Theme.ACTION and _ASKS.match(typed) is not None)
        plain = plain or _OF_PEOPLE.match(typed) is not None
        return judged.theme if judged.improper(likeness) and not surely_asked and not (known and plain) else None


@dataclass(frozen=True)
class _Scales:
    """On what it is weighed whether the syllabus answers.

    Attributes:
        on_course: The question is for the syllabus alone.
        margin: How much nearer it is to questions on the course (`OnCourse.margin`).
        likeness: Score of the best evidence in the readings.
    """

    on_course: bool
    margin: float
    likeness: float


def _looked_up(asked: Asked, syllabus: SyllabusLookup, vector: Vectors, scales: _Scales) -> tuple[Found | None, int | None, str | None]:
    """What the syllabus says, or the week that it does not name, or the matter that it never mentions."""
    question = asked.standalone
    week = syllabus.unknown_week(question)
    found = syllabus.find(question, vector)
    if found is not None and not _answers(found, asked, scales):
        found = None
    matter = None
    if found is not None or scales.on_course:
        lines = (line for entry in syllabus.entries for line in (entry.section, *entry.lines))
        matter = unmentioned(question, lines, names=found is None or not found.sure)
    return found if week is None and matter is None else None, week, matter


def _answers(found: Found, asked: Asked, scales: _Scales) -> bool:
    """Does what was looked up match, and better than the readings do?"""
    if found.score < (_ON_COURSE_LEAST if scales.on_course else _SYLLABUS_LEAST):
        return False
    if scales.on_course or found.sure:
        return True
    ahead = found.score - scales.likeness
    if asked.reading is not None:
        return ahead > _READING_ASKED
    return ahead + scales.margin > (_OF_DAYS if _DAYS_AND_PEOPLE & set(subjects(asked.standalone)) else _OF_ANYTHING)
