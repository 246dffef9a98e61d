"""Texts that stand for a kind of message, and how near another text is to them."""

from collections.abc import Callable, Sequence

import numpy as np

from ingest.embeddings import Vectors

_NEAREST = 3


class Examples:
    """Embedded examples of one kind."""

    def __init__(self, texts: Sequence[str], embed: Callable[[Sequence[str]], Vectors]) -> None:
        """Embed the texts: about a second for a hundred short ones."""
        self._vectors = embed(list(texts))

    def nearness(self, vector: Vectors) -> float:
        """The mean cosine with the three nearest.

        Args:
            vector: A text's, of length one, shape (dimensions,).
        """
        return float(np.sort(self._vectors @ vector)[-_NEAREST:].mean())

    def nearest(self, vector: Vectors) -> int:
        """The number of the nearest one."""
        return int(np.argmax(self._vectors @ vector))
