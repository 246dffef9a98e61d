"""Is there evidence at all? Decided from scores, never from the model's mood.

A logistic curve over ten features, fitted on questions that papers answer and questions that they do not
(`python -m evals.gate_fit`; figures and their limits in docs/refusing.md). No feature knows a paper or a question.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from statistics import fmean

from rag import definitions
from rag.answer_types import expected
from rag.asked import number_distance, pairs_apart, share_of_names
from rag.evidence import Evidence, covered
from rag.lexical import stem_set
from rag.named import points_at_one
from rag.retrieval import Hit

_SENTENCES = 5  # the best, whose passages must have the names; the nearest, of which one must give what is asked for
_BEST = 5  # passages by which it is judged how far the best stands out, and in which pairs of words must stand
_PAIRS = 2  # that stand apart tell as much as more: a long question has more of them
_FOUND = 10  # passages over which the question's words may be scattered


@dataclass(frozen=True)
class Features:
    """What the gate sees of a question and of what was found.

    Attributes:
        cosine: Of the question with the nearest sentence of any passage found.
        late: The best sentence's late interaction with the question's words, of any passage found.
        clearance: By how much the best passage's score is above the fifth's; no bonus for a reading asked about is left in it
            where both have it; that of a definition is.
        kind_missing: 1 if it asks for a kind of thing (`rag.answer_types`) of which the nearest sentences hold none, else 0.
        number_distance: 0 to 1, see `rag.asked.number_distance`.
        undefined: Where it is asked what a thing is: 1 if no sentence reads like saying so, down to 0 for one that surely does; else 0.
        which_reading: 1 if it speaks of "the authors" or "the proposed model" (`rag.named.points_at_one`) and nothing tells of which
            reading, else 0.
        names: The share of the question's names, and of the thing whose meaning it asks, that stands in the passage of a best
            sentence or in its reading's opening (a reading is called by what it proposes), in the mean of these; 1 where it has none.
        scattered: The share of the question's words, by rarity, that the passages found have together and no one reading's have.
        pairs_apart: 0.5 if one of its pairs of neighbouring words stands side by side in none of the best passages, 1 if more do.
    """

    cosine: float
    late: float
    clearance: float
    kind_missing: float
    number_distance: float
    undefined: float
    which_reading: float
    names: float
    scattered: float
    pairs_apart: float

    def row(self) -> tuple[float, ...]:
        """The numbers, in the order of the fields."""
        return astuple(self)

    @property
    def chance(self) -> float:
        """Estimated chance (0 to 1) that the readings answer the question."""
        return 1 / (1 + math.exp(-(BIAS + sum(weight * value for weight, value in zip(WEIGHTS.row(), self.row(), strict=True)))))


# Fitted 2026-11-27 on 784 askings of answerable questions and 1,530 of unanswerable ones, as the command prints them.
WEIGHTS = Features(
    cosine=4.31, late=4.54, clearance=0.21, kind_missing=-3.95, number_distance=-1.62, undefined=-0.60, which_reading=-2.68,
    names=4.32, scattered=-2.19, pairs_apart=-1.71,
)  # fmt: skip
BIAS = -7.75


def features(
    question: str,
    hits: Sequence[Hit],
    evidence: Sequence[Evidence],
    rarity: Callable[[str], float],
    opening: Callable[[str], str],
    *,
    placed: bool,
) -> Features:
    """The features of a question.

    Args:
        question: As asked.
        hits: The passages found, best first; at least one.
        evidence: Their sentences, best first; at least one.
        rarity: Weight of a stem (inverse document frequency).
        opening: Of a reading's id, the text in which it says what it is about.
        placed: Is it known which readings it is about: is one asked about or named, or a week's preferred?
    """
    best = hits[:_BEST]
    nearest = [item.sentence.text for item in sorted(evidence, key=lambda item: -item.score)[:_SENTENCES]]
    return Features(
        cosine=max(cosine for hit in hits for cosine in hit.cosines),
        late=max(likeness for hit in hits for likeness in hit.likeness),
        clearance=best[0].score - best[-1].score,
        kind_missing=float(expected(question).missing(nearest)),
        number_distance=number_distance(question, [*nearest, *(hit.passage.text for hit in hits[:2])]),
        undefined=_undefined(question, evidence),
        which_reading=float(not placed and points_at_one(question)),
        names=_names(question, hits, evidence[:_SENTENCES], opening),
        scattered=_scattered(question, hits[:_FOUND], rarity),
        pairs_apart=min(pairs_apart(question, [_whole(hit) for hit in best]), _PAIRS) / _PAIRS,
    )


def _whole(hit: Hit) -> str:
    return f"{hit.reading.title}. {hit.passage.section}. {hit.passage.text}"


def _undefined(question: str, evidence: Sequence[Evidence]) -> float:
    return 0.0 if definitions.asked(question) is None else 1 - max(item.defines for item in evidence)


def _names(question: str, hits: Sequence[Hit], evidence: Sequence[Evidence], opening: Callable[[str], str]) -> float:
    around = (next(hit for hit in hits if hit.holds(item.sentence)) for item in evidence)
    return fmean(_named(question, f"{_whole(hit)} {opening(hit.reading.reading)}") for hit in around)


def _named(question: str, text: str) -> float:
    term = definitions.asked(question)
    shares = [share_of_names(question, text), None if term is None else float(term.stands_in(text))]
    there = [share for share in shares if share is not None]
    return fmean(there) if there else 1.0


def _scattered(question: str, hits: Sequence[Hit], rarity: Callable[[str], float]) -> float:
    """What no one reading has of the words that all have together."""
    words: dict[str, frozenset[str]] = {}
    for hit in hits:
        words[hit.reading.reading] = words.get(hit.reading.reading, frozenset()) | stem_set(_whole(hit))
    return covered(question, frozenset().union(*words.values()), rarity) - max(covered(question, there, rarity) for there in words.values())
