"""How near the words of a question are to the words of a sentence, each where it stands: late interaction.

    likeness = mean over the question's words, weighted by their rarity, of the cosine with the sentence's nearest word

After ColBERT (Khattab and Zaharia 2020, arXiv:2004.12832), with the embedding model as it is and signs for the sentences'
words. Unlike BM25 it knows that "annotators" are near "labelers"; unlike one vector a sentence it does not blur what is rare.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.encoded import Bits, Ends, Vectors, products
from rag.lexical import stems


@dataclass(frozen=True)
class QuestionWords:
    """A question's words.

    Attributes:
        vectors: Shape (words, dimensions), rows of length 1.
        weights: Shape (words,); they sum to 1.
    """

    vectors: Vectors
    weights: Vectors

    @classmethod
    def of(cls, vectors: Vectors, words: Sequence[str], rarity: Callable[[str], float]) -> "QuestionWords | None":
        """Weigh the words; None if none carries meaning.

        Args:
            vectors, words: As `Embedder.words` gives them.
            rarity: Weight of a stem (inverse document frequency).
        """
        weights = np.array([max((rarity(stem) for stem in stems(word)), default=0.0) for word in words], dtype=np.float32)
        total = float(weights.sum())
        return cls(vectors, weights / total) if total > 0 else None

    def likeness(self, bits: Bits, ends: Ends) -> Vectors:
        """Of each of some sentences, about -0.1 to 0.8; 0 for a sentence without words.

        Args:
            bits: Of the sentences' tokens, shape (tokens, dimensions / 8).
            ends: Where each sentence's tokens end, shape (sentences,).
        """
        found = np.zeros(len(ends), dtype=np.float32)
        filled = np.flatnonzero(np.diff(ends, prepend=0))
        if len(filled):
            near = products(bits, self.vectors)
            starts = np.concatenate([[0], ends[:-1]])[filled]
            # No BLAS: its product of a small matrix and a vector warned of invalid values now and then, with all values finite.
            found[filled] = (np.maximum.reduceat(near, starts, axis=0) * self.weights).sum(axis=1)
        return found
