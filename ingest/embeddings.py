"""Text to vectors, by sentence-transformers."""

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from common.errors import ModelError
from common.models import locate, sha256_of
from common.settings import Embeddings

if TYPE_CHECKING:
    pass

Vectors = NDArray[np.float32]


class Embedder:
    """A loaded embedding model. Not for use by two threads at once."""

    def __init__(self, settings: Embeddings) -> None:
        """Load the model.

        Raises:
            ModelError: Its file is missing, damaged or not a sentence-transformers model.
        """
        self._settings = settings
        weights = locate(settings.model, "embeddings.model")
        # sentence-transformers and torch take seconds to import: only who embeds pays.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # "Loading weights" would stand among Lector's own output
        try:
            self._model: SentenceTransformer = SentenceTransformer(
                str(weights.parent), device=settings.device, local_files_only=True, model_kwargs={"dtype": getattr(torch, settings.dtype)}
            )
        except (OSError, ValueError, RuntimeError, KeyError, AssertionError) as exc:
            raise ModelError(
                f"embeddings.model: {weights.parent} does not load ({exc}): name a sentence-transformers model and a device of this machine"
            ) from exc

    def embed(self, texts: Sequence[str], *, done: Callable[[int], None] = lambda _n: None) -> Vectors:
        """Unit vectors of `texts`.

        Longest first, so that a batch holds texts of like length and the first batch needs the most memory.

        Args:
            texts: n texts; what lies past the model's window (256 tokens for MiniLM) is not seen.
            done: Told after each batch how many texts it held.

        Returns:
            Array of shape (n, dimensions), rows of length 1.
        """
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        vectors: list[Vectors | None] = [None] * len(texts)
        for start in range(0, len(order), self._settings.batch_size):
            batch = order[start : start + self._settings.batch_size]
            encoded = self._model.encode(
                [texts[i] for i in batch], batch_size=len(batch), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
            )
            for i, vector in zip(batch, np.asarray(encoded, dtype=np.float32), strict=True):
                vectors[i] = vector
            done(len(batch))
        return np.array(vectors, dtype=np.float32).reshape(len(texts), -1)


def model_identity(settings: Embeddings) -> str:
    """A short name of what makes vectors comparable: the first 12 digits of the weights' sha256, and the number type."""
    sha256 = settings.model.sha256 or sha256_of(locate(settings.model, "embeddings.model"))
    return f"{sha256[:12]}-{settings.dtype}"


def pool(vectors: Vectors, texts: Sequence[str]) -> Vectors:
    """The vector of a passage out of those of its sentences: their mean weighted by length, of length 1.

    As good on the course's questions as embedding the passage as well, once the best sentence counts too, at
    half the cost of ingest (docs/evaluation.md).

    Args:
        vectors: Shape (sentences, dimensions).
        texts: The sentences.

    Returns:
        Shape (dimensions,).
    """
    weights = np.array([len(text) for text in texts], dtype=np.float32)
    mean: Vectors = weights @ vectors
    return mean / max(float(np.linalg.norm(mean)), 1e-9)
