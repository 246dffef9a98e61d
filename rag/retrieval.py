"""Finds passages: the embedding's neighbours and BM25's best, fused, with the best sentence's say.

    score = w z(cosine of the passage) + (1 - w) z(BM25) + s z(cosine of its best sentence)

z is the distance from the mean over all passages (sentences) in standard deviations. Windows that overlap are
shown once, joined. What each part is worth on SciFact and on the course's papers: docs/evaluation.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from common.errors import UsageError
from common.settings import Retrieval
from ingest.catalog import Reading
from ingest.documents import Kind, Passage, Sentence, make_passage
from ingest.embeddings import Embedder, Vectors, pool
from ingest.index import Index, Snapshot
from rag.lexical import LexicalIndex


@dataclass(frozen=True)
class Hit:
    """A passage that was found.

    Attributes:
        sentences: What it consists of.
        cosines: Of the question with each sentence, -1 to 1.
        score: Weighted sum of z-scores; comparable within one search only.
    """

    passage: Passage
    reading: Reading
    sentences: tuple[Sentence, ...]
    cosines: tuple[float, ...]
    score: float

    def as_json(self) -> dict[str, Any]:
        """As `lector search --json` lists it."""
        passage = self.passage
        return {
            "reading": passage.reading, "page": passage.page, "section": passage.section or None, "text": passage.text,
            "score": round(self.score, 4),
        }  # fmt: skip


class Retriever:
    """Searches one snapshot. Owned by the index thread."""

    def __init__(self, snapshot: Snapshot, index: Index, embedder: Embedder, settings: Retrieval) -> None:
        self.snapshot = snapshot
        self._index = index
        self._embedder = embedder
        self._settings = settings
        self._place = {id_: n for n, id_ in enumerate(snapshot.ids)}
        self.lexical = LexicalIndex([f"{snapshot.readings[p.reading].title} {p.section} {p.text}" for p in snapshot.passages])
        self._vectors = np.array([self._pooled(p) for p in snapshot.passages])
        self._population = _Population(self._vectors)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts, shape (texts, dimensions)."""
        return self._embedder.embed(texts)

    def search(self, question: str, *, k: int | None = None, reading: str | None = None, references: bool = False) -> list[Hit]:
        """The best passages, best first.

        Args:
            question: As the student wrote it.
            k: How many; the setting `retrieval.top_k` if None.
            reading: The reading asked about; its passages get a bonus, others are still found.
            references: Also search lists of references.

        Raises:
            UsageError: No such reading.
        """
        if reading is not None and not any(reading in (r.reading, r.about) for r in self.snapshot.readings.values()):
            raise UsageError(f"no reading {reading!r} is indexed: `lector corpus list` shows what is")
        settings = self._settings
        vector = self.embed([question])[0]
        words = self.lexical.scores(question)
        by_sentence = self.snapshot.vectors @ vector
        places = self._candidates(vector, words, reading)
        places = [n for n in places if references or self.snapshot.passages[n].kind is not Kind.REFERENCE]
        if not places:
            return []
        passages = [self.snapshot.passages[n] for n in places]
        mean, deviation = self._population.of(vector)
        dense = self._vectors[places] @ vector
        best = np.array([float(by_sentence[self._rows(p)].max()) for p in passages])
        score = (
            settings.dense_weight * (dense - mean) / deviation
            + (1 - settings.dense_weight) * (words[places] - words.mean()) / max(float(words.std()), 1e-9)
            + settings.sentence_weight * (best - by_sentence.mean()) / max(float(by_sentence.std()), 1e-9)
        )
        if reading is not None:
            score = score + settings.reading_bonus * np.array([self._is_about(p, reading) for p in passages])
        order = np.argsort(-score, kind="stable")
        wanted = k or settings.top_k
        joined = self._joined([(passages[n], float(score[n])) for n in order[: 2 * wanted]])
        return [self._hit(p, s, by_sentence) for p, s in joined[:wanted]]

    def _candidates(self, vector: Vectors, words: Vectors, reading: str | None) -> list[int]:
        near = {self._place[i] for i, _ in self._index.nearest(vector, self._settings.candidates) if i in self._place}
        by_words = np.argsort(-words, kind="stable")[: self._settings.candidates]
        asked = {n for n, p in enumerate(self.snapshot.passages) if reading is not None and self._is_about(p, reading)}
        return sorted(near | {int(n) for n in by_words if words[n] > 0} | asked)

    def _is_about(self, passage: Passage, reading: str) -> bool:
        row = self.snapshot.readings[passage.reading]
        return reading in (row.reading, row.about)

    def _rows(self, passage: Passage) -> slice:
        start = self.snapshot.rows[passage.reading]
        return slice(start + passage.first, start + passage.end)

    def _pooled(self, passage: Passage) -> Vectors:
        sentences = self.snapshot.sentences[passage.reading][passage.first : passage.end]
        return pool(self.snapshot.vectors[self._rows(passage)], [s.text for s in sentences])

    def _joined(self, ranked: Sequence[tuple[Passage, float]]) -> list[tuple[Passage, float]]:
        """Overlapping windows become one passage, at the better one's place, up to the length of three."""
        kept: list[tuple[Passage, float]] = []
        longest = 3 * max((len(p.text.split()) for p, _ in ranked), default=0)
        for passage, score in ranked:
            for n, (other, other_score) in enumerate(kept):
                if other.reading == passage.reading and passage.first < other.end and other.first < passage.end:
                    first, end = min(passage.first, other.first), max(passage.end, other.end)
                    union = make_passage(self.snapshot.sentences[passage.reading][first:end], other.position)
                    if len(union.text.split()) <= longest:
                        kept[n] = (union, other_score)
                        break
            else:
                kept.append((passage, score))
        return kept

    def _hit(self, passage: Passage, score: float, by_sentence: Vectors) -> Hit:
        return Hit(
            passage=passage,
            reading=self.snapshot.readings[passage.reading],
            sentences=self.snapshot.sentences[passage.reading][passage.first : passage.end],
            cosines=tuple(float(c) for c in by_sentence[self._rows(passage)]),
            score=score,
        )


class _Population:
    """Mean and spread of any question's cosines with all passages, from the vectors' first two moments."""

    def __init__(self, vectors: Vectors) -> None:
        self._mean: Vectors = vectors.mean(axis=0)
        self._covariance: Vectors = (vectors - self._mean).T @ (vectors - self._mean) / len(vectors)

    def of(self, vector: Vectors) -> tuple[float, float]:
        """(mean, standard deviation) of the cosines with a vector of shape (dimensions,)."""
        variance = float(vector @ self._covariance @ vector)
        return float(self._mean @ vector), max(variance, 1e-12) ** 0.5
