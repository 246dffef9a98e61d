"""Text to vectors, by sentence-transformers."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from common.errors import ModelError
from common.models import locate, sha256_of
from common.settings import Embeddings
from ingest.encoded import Bits, Encoded, content_tokens, signs
from ingest.encoded import Vectors as Vectors

if TYPE_CHECKING:
    from torch import Tensor

_Done = Callable[[int], None]


def _ignore(_texts: int) -> None: ...


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
        self._tokenizer: Any = self._model.tokenizer
        self._carries = content_tokens(self._tokenizer)
        # A batch of sentences is too little work to share among cores: each core gets batches of its own (docs/speed.md).
        self._workers = (settings.threads or torch.get_num_threads()) if self._model.device.type == "cpu" else 1
        self._pool = ThreadPoolExecutor(self._workers, "embed", initializer=torch.set_num_threads, initargs=(1,))

    @property
    def query_prefix(self) -> str:
        """What `words` puts before a question."""
        return self._settings.query_prefix

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of `texts`.

        Args:
            texts: n texts; what lies past the model's window (256 tokens for MiniLM) is not seen.

        Returns:
            Array of shape (n, dimensions), rows of length 1; of shape (0, 0) for no texts.
        """
        tokens = self._tokens(texts)
        found = [(batch, vectors) for batch, (vectors, _) in self._each(tokens, _ignore)]
        return _in_order([batch for batch, _ in found], [vectors for _, vectors in found])

    def encode(self, texts: Sequence[str], *, done: _Done = _ignore) -> Encoded:
        """As `embed`, with the signs of the vectors of the words that carry meaning, of the same pass through the model.

        Args:
            texts: At least one.
            done: Told after each batch how many texts it held.
        """
        tokens = self._tokens(texts)
        batches: list[list[int]] = []
        vectors: list[Vectors] = []
        bits: list[Bits] = [np.zeros((0, 0), np.uint8)] * len(texts)
        for batch, (found, hidden) in self._each(tokens, done):
            batches.append(batch)
            vectors.append(found)
            for row, i in enumerate(batch):
                bits[i] = signs(hidden[row, : len(tokens[i])][self._carries[tokens[i]]])
        ends = np.cumsum([len(b) for b in bits], dtype=np.int32)
        return Encoded(_in_order(batches, vectors), ends, np.concatenate(bits))

    def words(self, text: str) -> tuple[Vectors, Vectors, list[str]]:
        """A question and its tokens that carry meaning, by one pass through the model, behind the prefix of the settings.

        Returns:
            Its vector, shape (dimensions,); theirs, shape (tokens, dimensions), all of length 1; the word that each is a part of.
        """
        prefix = self.query_prefix
        text = prefix + text
        encoding = self._tokenizer([text], truncation=True, max_length=self._model.max_seq_length)
        ids = encoding["input_ids"][0]
        ((_, (vectors, hidden)),) = self._each([ids], _ignore)
        spans = [(n, encoding.word_to_chars(0, encoding.word_ids(0)[n])) for n in np.flatnonzero(self._carries[ids])]
        kept = [n for n, place in spans if place.end > len(prefix)]
        places = [place for _, place in spans if place.end > len(prefix)]
        rows = hidden[0, kept]
        return vectors[0], rows / np.linalg.norm(rows, axis=1, keepdims=True), [text[place.start : place.end] for place in places]

    def is_word(self, text: str) -> bool:
        """Is it one token of the model's vocabulary, as common words of its language are?"""
        return len(self._tokenizer.tokenize(text)) == 1

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        found = self._tokenizer(list(texts), truncation=True, max_length=self._model.max_seq_length)["input_ids"] if texts else []
        return list(found)

    def _each(self, tokens: Sequence[list[int]], done: _Done) -> Iterator[tuple[list[int], tuple[Vectors, Vectors]]]:
        """Each batch of texts, as their numbers, with what `_vectors` makes of it.

        Longest first, so that a batch holds texts of like length and the first batch needs the most memory.
        """
        order = sorted(range(len(tokens)), key=lambda i: -len(tokens[i]))
        batches = deque(_batches(order, tokens, self._settings.batch_tokens))
        pending: deque[tuple[list[int], Future[tuple[Vectors, Vectors]]]] = deque()
        try:
            while batches or pending:
                while batches and len(pending) < 2 * self._workers:
                    batch = batches.popleft()
                    # Here and not in the thread: a tokenizer is not for two threads at once.
                    features = self._tokenizer.pad({"input_ids": [tokens[i] for i in batch]}, return_tensors="pt")
                    pending.append((batch, self._pool.submit(self._vectors, features)))
                batch, future = pending.popleft()
                yield batch, future.result()
                done(len(batch))
        finally:
            for _, future in pending:
                future.cancel()

    def _vectors(self, features: "dict[str, Tensor]") -> tuple[Vectors, Vectors]:
        """Of texts, shape (texts, dimensions), and of their tokens, shape (texts, tokens, dimensions)."""
        import torch
        from sentence_transformers.util import batch_to_device

        with torch.inference_mode():
            found = self._model(batch_to_device(features, self._model.device))
            vectors = torch.nn.functional.normalize(found["sentence_embedding"].float(), dim=1)
            return vectors.cpu().numpy(), found["token_embeddings"].float().cpu().numpy()


def _in_order(batches: Sequence[list[int]], vectors: Sequence[Vectors]) -> Vectors:
    if not batches:
        return np.empty((0, 0), dtype=np.float32)
    found = np.concatenate(vectors)
    ordered = np.empty_like(found)
    ordered[[i for batch in batches for i in batch]] = found
    return ordered


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
