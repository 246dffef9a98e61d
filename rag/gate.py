"""Is there evidence at all? Decided from scores, never from the model's mood.

A logistic curve over ten features, fitted on questions that papers answer and questions that they do not
(`python -m evals.gate_fit`; figures and their limits in docs/evaluation.md). No feature knows a paper or a question.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from rag import definitions
from rag.answer_types import expected
from rag.asked import name_missing, number_distance
from rag.evidence import Evidence, best_score
from rag.named import points_at_one
from rag.retrieval import Hit

_PASSAGES = 3  # among which a name must stand
_SENTENCES = 5  # the nearest, among which the kind of thing that is asked for must stand
_BEST = 5  # passages by which it is judged how far the best stands out and whether they are of one reading


@dataclass(frozen=True)
class Features:
    """What the gate sees of a question and of what was found.

    Attributes:
        likeness: Largest score of a sentence (`Evidence.score`), about 0 to 1.4.
        cosine: Of the question with the nearest sentence of any passage found.
        late: The best sentence's late interaction with the question's words, of any passage found.
        focus: Share of the five best passages that are of one reading.
        clearance: By how much the best passage's score is above the fifth's; no bonus for a reading asked about is left in it
            where both have it; that of a definition is.
        name_missing: 1 if a name in the question, or the thing whose meaning it asks, stands in none of the best passages, else 0.
        kind_missing: 1 if it asks for a kind of thing (`rag.answer_types`) of which the best sentences hold none, else 0.
        number_distance: 0 to 1, see `rag.asked.number_distance`.
        undefined: Where it is asked what a thing is: 1 if no sentence reads like saying so, down to 0 for one that surely does; else 0.
        which_reading: 1 if it speaks of "the authors" or "the proposed model" (`rag.named.points_at_one`) and nothing tells of which
            reading, else 0.
    """

    likeness: float
    cosine: float
    late: float
    focus: float
    clearance: float
    name_missing: float
    kind_missing: float
    number_distance: float
    undefined: float
    which_reading: float

    def row(self) -> tuple[float, ...]:
        """The numbers, in the order of the fields."""
        return astuple(self)


# Fitted 2026-11-26 on 784 askings of answerable questions and 1,530 of unanswerable ones, as the command prints them.
WEIGHTS = Features(
    likeness=2.04, cosine=1.51, late=6.01, focus=0.89, clearance=0.18, name_missing=-3.35, kind_missing=-3.98, number_distance=-1.81,
    undefined=-0.71, which_reading=-2.59,
)  # fmt: skip
BIAS = -5.99


def features(question: str, hits: Sequence[Hit], evidence: Sequence[Evidence], *, placed: bool) -> Features:
    """The features of a question.

    Args:
        question: As asked.
        hits: The passages found, best first; at least one.
        evidence: Their sentences, best first; at least one.
        placed: Is it known which readings it is about: is one asked about or named, or a week's preferred?
    """
    passages = [f"{hit.reading.title} {hit.passage.section} {hit.passage.text}" for hit in hits[:_PASSAGES]]
    best = hits[:_BEST]
    nearest = sorted(evidence, key=lambda item: -item.score)
    sentences = [item.sentence.text for item in nearest[:_SENTENCES]]
    return Features(
        likeness=best_score(evidence),
        cosine=max(cosine for hit in hits for cosine in hit.cosines),
        late=max(likeness for hit in hits for likeness in hit.likeness),
        focus=max(Counter(hit.reading.reading for hit in best).values()) / len(best),
        clearance=best[0].score - best[-1].score,
        name_missing=float(name_missing(question, passages) or _term_missing(question, passages)),
        kind_missing=float(expected(question).missing(sentences)),
        number_distance=number_distance(question, [*sentences, *(hit.passage.text for hit in hits[:2])]),
        undefined=_undefined(question, evidence),
        which_reading=float(not placed and points_at_one(question)),
    )


def _term_missing(question: str, passages: Sequence[str]) -> bool:
    term = definitions.asked(question)
    return term is not None and not any(term.stands_in(passage) for passage in passages)


def _undefined(question: str, evidence: Sequence[Evidence]) -> float:
    return 0.0 if definitions.asked(question) is None else 1 - max(item.defines for item in evidence)


def chance(question: str, hits: Sequence[Hit], evidence: Sequence[Evidence], *, placed: bool) -> float:
    """Estimated chance (0 to 1) that the readings answer the question; arguments as for `features`, 0 without evidence."""
    if not hits or not evidence:
        return 0.0
    row = features(question, hits, evidence, placed=placed).row()
    return 1 / (1 + math.exp(-(BIAS + sum(weight * value for weight, value in zip(WEIGHTS.row(), row, strict=True)))))
