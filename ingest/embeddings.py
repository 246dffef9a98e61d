"""Text to vectors, by sentence-transformers."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from common.errors import ModelError
from common.models import locate, sha256_of
from common.settings import Embeddings

if TYPE_CHECKING:
    from torch import Tensor

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
            self._model.eval()
        except (OSError, ValueError, RuntimeError, KeyError, AssertionError) as exc:
            raise ModelError(
                f"embeddings.model: {weights.parent} does not load ({exc}): name a sentence-transformers model and a device of this machine"
            ) from exc

        # A batch of sentences is too little work to share among cores: each core gets batches of its own (docs/speed.md).
        self._workers = torch.get_num_threads() if self._model.device.type == "cpu" else 1
        self._pool = ThreadPoolExecutor(self._workers, "embed", initializer=torch.set_num_threads, initargs=(1,))

    def embed(self, texts: Sequence[str], *, done: Callable[[int], None] = lambda _n: None) -> Vectors:
        """Unit vectors of `texts`.

        Longest first, so that a batch holds texts of like length and the first batch needs the most memory.

        Args:
            texts: n texts; what lies past the model's window (256 tokens for MiniLM) is not seen.
            done: Told after each batch how many texts it held.

        Returns:
            Array of shape (n, dimensions), rows of length 1; of shape (0, 0) for no texts.
        """
        tokenizer = self._model.tokenizer
        tokens = tokenizer(list(texts), truncation=True, max_length=self._model.max_seq_length)["input_ids"] if texts else []
        order = sorted(range(len(texts)), key=lambda i: -len(tokens[i]))
        batches = deque(_batches(order, tokens, self._settings.batch_tokens))
        vectors: Vectors | None = None
        pending: deque[tuple[list[int], Future[Vectors]]] = deque()
        try:
            while batches or pending:
                while batches and len(pending) < 2 * self._workers:
                    batch = batches.popleft()
                    features = tokenizer.pad({"input_ids": [tokens[i] for i in batch]}, return_tensors="pt")
                    pending.append((batch, self._pool.submit(self._vectors, features)))
                batch, future = pending.popleft()
                found = future.result()
                if vectors is None:
                    vectors = np.empty((len(texts), found.shape[1]), dtype=np.float32)
                vectors[batch] = found
                done(len(batch))
        finally:
            for _, future in pending:
                future.cancel()
        return np.empty((0, 0), dtype=np.float32) if vectors is None else vectors

    def _vectors(self, features: "dict[str, Tensor]") -> Vectors:
        import torch
        from sentence_transformers.util import batch_to_device

        with torch.inference_mode():
            found = self._model(batch_to_device(features, self._model.device))["sentence_embedding"]
            return np.asarray(torch.nn.functional.normalize(found.float(), dim=1).cpu().numpy(), dtype=np.float32)


def _batches(order: Sequence[int], tokens: Sequence[Sequence[int]], most: int) -> Iterator[list[int]]:
    """Texts, longest first, in batches of about `most` tokens: too few leave the processor waiting, too many leave its cache."""
    batch: list[int] = []
    for i in order:
        if batch and len(tokens[batch[0]]) * (len(batch) + 1) > most:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


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
