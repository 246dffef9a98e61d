"""Is there evidence at all? Decided from scores, never from the model's mood.

A logistic curve over five features, fitted on questions that papers answer and questions that they do not
(`python -m evals.gate_fit`; figures and their limits in docs/evaluation.md). No feature knows a paper or a question.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from rag.asked import kind_missing, name_missing, number_distance
from rag.evidence import Evidence
from rag.retrieval import Hit

_PASSAGES = 3  # among which a name must stand
_SENTENCES = 5  # among which the kind of thing that is asked for must stand
_BEHIND = 4  # the hit from which the best one's distance is taken


@dataclass(frozen=True)
class Features:
    """What the gate sees of a question and of what was found.

    Attributes:
        likeness: Score of the best sentence (`Evidence.score`), about 0 to 1.4.
        clearance: By how much the best passage's score is above the fifth's; no bonus for a reading asked about is left in it
            where both have it.
        name_missing: 1 if a name in the question stands in none of the best passages, else 0.
        kind_missing: 1 if it asks for money, time, memory or a person, and the best sentences hold none, else 0.
        number_distance: 0 to 1, see `rag.asked.number_distance`.
    """

    likeness: float
    clearance: float
    name_missing: float
    kind_missing: float
    number_distance: float

    def row(self) -> tuple[float, ...]:
        """The numbers, in the order of the fields."""
        return astuple(self)


# Fitted 2026-11-24 on 404 answerable and 1,272 unanswerable askings, as the command prints them.
WEIGHTS = Features(likeness=5.80, clearance=0.40, name_missing=-2.95, kind_missing=-4.92, number_distance=-1.43)
BIAS = -4.52


def features(question: str, hits: Sequence[Hit], evidence: Sequence[Evidence]) -> Features:
    """The features of a question.

    Args:
        question: As asked.
        hits: The passages found, best first; at least one.
        evidence: Their sentences, best first; at least one.
    """
    passages = [f"{hit.reading.title} {hit.passage.section} {hit.passage.text}" for hit in hits[:_PASSAGES]]
    sentences = [item.sentence.text for item in evidence[:_SENTENCES]]
    return Features(
        likeness=evidence[0].score,
        clearance=hits[0].score - hits[min(_BEHIND, len(hits) - 1)].score,
        name_missing=float(name_missing(question, passages)),
        kind_missing=float(kind_missing(question, sentences)),
        number_distance=number_distance(question, [*sentences, *(hit.passage.text for hit in hits[:2])]),
    )


def chance(question: str, hits: Sequence[Hit], evidence: Sequence[Evidence]) -> float:
    """Estimated chance (0 to 1) that the readings answer the question; arguments as for `features`, 0 without evidence."""
    if not hits or not evidence:
        return 0.0
    row = features(question, hits, evidence).row()
    return 1 / (1 + math.exp(-(BIAS + sum(weight * value for weight, value in zip(WEIGHTS.row(), row, strict=True)))))
