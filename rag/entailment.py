"""Does one text follow from another? Said by a model of natural language inference, where `answering.nli` names one.

It can only take away: what it finds entailed has passed every other check before (`rag.verify`, `rag.checking`), since no such
model has been measured on the course's readings (docs/models.md).
"""

from collections.abc import Callable, Sequence
from enum import StrEnum

import numpy as np

from common.errors import ModelError
from common.section import ModelFile
from rag.cross_encoder import CrossEncoder


class Relation(StrEnum):
    """What the first text of a pair says of the second."""

    ENTAILED = "entailed"
    CONTRADICTED = "contradicted"
    NEITHER = "neither"


Relate = Callable[[Sequence[tuple[str, str]]], list[Relation]]


class Entailment:
    """A loaded model that tells entailment from contradiction. Owned by the index thread."""

    def __init__(self, model: ModelFile, least: float, device: str) -> None:
        """Load the model.

        Args:
            least: Least probability of a relation.
            device: Of torch.

        Raises:
            ModelError: It does not load, or its labels are others.
        """
        self._encoder = CrossEncoder(model, "answering.nli", device)
        self._least = least
        labels = self._encoder.labels  # every model has them in an order of its own
        if "entailment" not in labels or "contradiction" not in labels:
            raise ModelError(
                f"{self._encoder.name} tells {', '.join(labels)} apart, not entailment and contradiction: "
                "name a model of natural language inference, or set null"
            )
        self._entailment, self._contradiction = labels.index("entailment"), labels.index("contradiction")

    def relate(self, pairs: Sequence[tuple[str, str]]) -> list[Relation]:
        """Of each pair (premise, hypothesis): does the hypothesis follow, or is it denied?"""
        if not pairs:
            return []
        scores = self._encoder.scores(pairs)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        return [self._relation(row) for row in odds / odds.sum(axis=1, keepdims=True)]

    def _relation(self, probabilities: np.ndarray) -> Relation:
        if probabilities[self._entailment] >= self._least:
            return Relation.ENTAILED
        return Relation.CONTRADICTED if probabilities[self._contradiction] >= self._least else Relation.NEITHER
