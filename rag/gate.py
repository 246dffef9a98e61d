"""Is there evidence at all? Decided from scores, never from the model's mood.

A logistic curve over two features, fitted on questions that papers answer against questions that they do not
(`python -m evals.gate_fit`; figures and their limits in docs/evaluation.md). No feature knows a paper or a question.
"""

import math
from collections.abc import Callable, Sequence

from rag.evidence import coverage
from rag.retrieval import Hit

# Fitted 2026-11-24 on 96 answerable and 272 unanswerable questions, classes weighed equally.
_COSINE, _COVERAGE, _BIAS = 4.1, 2.6, -3.6
_PASSAGES = 5


def features(question: str, hits: Sequence[Hit], rarity: Callable[[str], float]) -> tuple[float, float]:
    """(cosine of the nearest sentence, largest share of the question's words in one passage), each 0 to 1.

    Args:
        question: As asked.
        hits: The passages found, best first.
        rarity: Weight of a stem (inverse document frequency).
    """
    cosine = max((cosine for hit in hits for cosine in hit.cosines), default=0.0)
    texts = [f"{hit.reading.title} {hit.passage.section} {hit.passage.text}" for hit in hits[:_PASSAGES]]
    return cosine, max((coverage(question, text, rarity) for text in texts), default=0.0)


def chance(question: str, hits: Sequence[Hit], rarity: Callable[[str], float]) -> float:
    """Estimated chance (0 to 1) that the passages answer the question; arguments as for `features`."""
    if not hits:
        return 0.0
    cosine, covered = features(question, hits, rarity)
    return 1 / (1 + math.exp(-(_COSINE * cosine + _COVERAGE * covered + _BIAS)))
