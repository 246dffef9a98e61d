"""Is there evidence at all? Decided from scores, never from the model's mood.

A logistic curve over two features, fitted on 96 answerable questions on papers against 294 that the readings do not
answer (QASA's 244 and the 30 + 20 … of the development set); `python -m evals.gate_fit` fits it again.
"""

import math
from collections.abc import Callable, Sequence

from rag.evidence import Evidence, coverage
from rag.retrieval import Hit

_COSINE, _COVERAGE, _BIAS = 4.1, 2.6, -3.6


def chance(question: str, hits: Sequence[Hit], evidence: Sequence[Evidence], rarity: Callable[[str], float]) -> float:
    """Estimated chance (0 to 1) that the passages answer the question.

    Args:
        question: As asked.
        hits: The passages found.
        evidence: Their sentences.
        rarity: Weight of a stem.
    """
    if not hits or not evidence:
        return 0.0
    cosine = max(max(hit.cosines) for hit in hits)
    covered = max(coverage(question, f"{hit.reading.title} {hit.passage.section} {hit.passage.text}", rarity) for hit in hits[:5])
    return 1 / (1 + math.exp(-(_COSINE * cosine + _COVERAGE * covered + _BIAS)))
