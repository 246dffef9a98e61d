"""Sentences as numbers: a vector each, and of every word that carries meaning the signs of its vector.

The words' vectors are for late interaction (Khattab and Zaharia 2020, arXiv:2004.12832). Kept as signs they take one
bit a dimension, an eighth of a sentence's vector a word, and rank as well as whole numbers (docs/evaluation.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from bm25s.stopwords import STOPWORDS_EN_PLUS
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Bits = NDArray[np.uint8]
Ends = NDArray[np.int32]

_SIGNS_OF_PIECES = "#Ġ▁"  # what WordPiece, BPE and SentencePiece mark parts of words with
_ROWS = 256  # of signs that are unpacked at a time
_STOPWORDS = frozenset(STOPWORDS_EN_PLUS)


@dataclass(frozen=True)
class Encoded:
    """Sentences as numbers.

    Attributes:
        vectors: Shape (sentences, dimensions), rows of length 1; zero for what is found by its words alone.
        ends: Shape (sentences,): where the tokens of each end.
        bits: Shape (tokens, dimensions / 8): the signs of each token's vector, 1 for above 0.
    """

    vectors: Vectors
    ends: Ends
    bits: Bits

    def spread(self, places: Sequence[int], count: int) -> "Encoded":
        """These sentences at `places` among `count`, the others empty."""
        vectors = np.zeros((count, self.vectors.shape[1]), np.float32)
        vectors[places] = self.vectors
        lengths = np.zeros(count, np.int32)
        lengths[places] = np.diff(self.ends, prepend=0)
        return Encoded(vectors, np.cumsum(lengths, dtype=np.int32), self.bits)


class _Tokenizer(Protocol):
    all_special_ids: list[int]

    def __len__(self) -> int: ...
    def convert_ids_to_tokens(self, ids: list[int]) -> list[str]: ...


def content_tokens(tokenizer: _Tokenizer) -> NDArray[np.bool_]:
    """For each token id: does it carry meaning? Not punctuation, stopwords, or the tokenizer's own signs."""
    tokens = tokenizer.convert_ids_to_tokens(list(range(len(tokenizer))))
    bare = [(token or "").strip(_SIGNS_OF_PIECES).lower() for token in tokens]
    carries = np.array([any(c.isalnum() for c in text) and text not in _STOPWORDS for text in bare])
    carries[[n for n in tokenizer.all_special_ids if n < len(carries)]] = False
    return carries


def signs(vectors: Vectors) -> Bits:
    """One bit a number: shape (n, dimensions) to (n, dimensions / 8)."""
    return np.packbits(vectors > 0, axis=1)


def products(bits: Bits, vectors: Vectors) -> Vectors:
    """Of vectors of length 1 with these signs, all numbers of one size, the products with others.

    Some hundred rows at a time: unpacked as a whole they leave the processor's caches, which takes three times as long.

    Args:
        bits: Shape (n, dimensions / 8).
        vectors: Shape (m, dimensions).

    Returns:
        Shape (n, m).
    """
    dimensions = vectors.shape[1]
    scaled = vectors.T * np.float32(dimensions**-0.5)
    found: Vectors = np.empty((len(bits), len(vectors)), np.float32)
    for first in range(0, len(bits), _ROWS):
        found[first : first + _ROWS] = np.unpackbits(bits[first : first + _ROWS], axis=1, count=dimensions).astype(np.float32) @ scaled
    # A bit b stands for the sign 2b - 1.
    found *= 2
    found -= scaled.sum(axis=0)
    return found
