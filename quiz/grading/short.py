"""A short answer against the rubric and the reading: plainly right, plainly wrong, or provisional until staff have looked.

Words, numbers, denials and nearness are compared, as `rag.checking` does it; a sentence that fools those is the reason why all but the
plain cases wait for a person. The bounds were set by hand and measured on the answers of tests/quiz/test_short.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.sentences import sentences
from quiz.grading.closed import same_words
from quiz.grading.grades import RIGHT, RUBRIC, WRONG, Grade
from quiz.items import Item
from rag.checking import NEAR, Verdict, judge
from rag.claims import Claim, opposition, term_stems
from rag.drafts import compare_all, reading_text
from rag.numerals import holds, numerals
from rag.retrieval import Retriever

_SURE_WORDS, _SURE_NEAR = 0.75, 0.75  # of every point: from here on the answer says it
_MET_WORDS, _MET_NEAR = 0.4, 0.6  # of a point: it is probably said
_NO_WORDS, _FAR = 0.15, 0.3  # of every point: below both, nothing of it is said
_OPPOSED = 0.5  # share of a clause's terms from which on another with a denial more or less contradicts it
_CONTRADICTED = (Verdict.CONTRADICTED, Verdict.NUMBER_CONTRADICTED)


@dataclass(frozen=True)
class Point:
    """A point of the rubric beside an answer.

    Attributes:
        words: Share of the point's terms that the answer has, 0 to 1.
        nearness: Cosine of the point and the nearest part of the answer, -1 to 1.
        denied: The answer says it with a denial more or less, or lacks one of its numbers.
    """

    text: str
    words: float
    nearness: float
    denied: bool

    @property
    def is_said(self) -> bool:
        """Without a doubt."""
        return not self.denied and self.words >= _SURE_WORDS and self.nearness >= _SURE_NEAR

    @property
    def is_met(self) -> bool:
        """Probably."""
        return not self.denied and (self.words >= _MET_WORDS or self.nearness >= _MET_NEAR) and self.nearness >= _FAR

    @property
    def is_absent(self) -> bool:
        """Nothing of it is there."""
        return self.words <= _NO_WORDS and self.nearness < _FAR


def grade_by_points(points: Sequence[Point], contradicted: str = "", *, on_topic: bool = False) -> Grade:
    """The grade that follows from the points.

    Args:
        contradicted: What of the answer the reading contradicts; "" for nothing.
        on_topic: The reading says something near to the answer: it may be right in words that share none with the rubric.
    """
    if all(point.is_said for point in points) and not contradicted:
        return Grade(RIGHT, True, "", RUBRIC)
    if all(point.is_absent for point in points) and not on_topic:
        return Grade(WRONG, True, "nothing of what was asked for is said", RUBRIC)
    missing = [point.text for point in points if not point.is_met]
    reasons = [f"not found in it: {'; '.join(missing)}"] if missing else []
    reasons += [f"the reading seems to contradict: {contradicted}"] if contradicted else []
    credit = WRONG if contradicted else (len(points) - len(missing)) / len(points)
    return Grade(credit, False, ". ".join(reasons) or "said in other words", RUBRIC)


def grade_short(item: Item, text: str, retriever: Retriever) -> Grade:
    """Grade a short answer. Runs on the index thread: `library.run(lambda view: grade_short(item, text, view.retriever))`."""
    if any(same_words(text, form) for form in (str(item.key), *item.accepted)):
        return Grade(RIGHT, True, "", RUBRIC)
    said = sentences(text) or [text]
    asked = item.rubric or (str(item.key),)
    vectors = retriever.embed([*asked, *said, text])
    parts = vectors[len(asked) :]
    points = [_point(wanted, text, float(np.max(parts @ vector))) for wanted, vector in zip(asked, vectors, strict=False)]
    contradicted, on_topic = _beside_the_reading(item, said, retriever)
    return grade_by_points(points, contradicted, on_topic=on_topic)


def _point(wanted: str, text: str, nearness: float) -> Point:
    claim = Claim(wanted)
    shared = len(claim.terms & term_stems(text)) / len(claim.terms) if claim.terms else 0.0
    share, opposed = opposition(claim, text)
    lacks = any(not holds(number, numerals(text)) for number in claim.numbers)
    return Point(wanted, shared, nearness, lacks or (opposed and share >= _OPPOSED))


def _beside_the_reading(item: Item, said: Sequence[str], retriever: Retriever) -> tuple[str, bool]:
    """The first sentence of the answer that the item's reading contradicts ("" for none), and whether the reading says anything near.

    Without a reading every full sentence may be near.
    """
    row = None if item.evidence is None else retriever.snapshot.readings.get(item.evidence.reading)
    claims = [claim for claim in map(Claim, said) if claim.is_checkable]
    if row is None or not claims:
        return "", bool(claims)
    reading = reading_text(retriever, row)
    compared = compare_all(claims, reading, retriever)
    found = (judge(one, reading) for one in compared)
    contradicted = next((judged.claim.text for judged in found if judged.verdict in _CONTRADICTED), "")
    return contradicted, any(one.near >= NEAR for one in compared)
