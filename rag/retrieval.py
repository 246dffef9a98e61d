"""Finds passages: the embedding's neighbours and BM25's best, fused, with the best sentence's say.

    score = w z(cosine of the passage) + (1 - w) z(BM25) + s z(cosine of its best sentence)
    of the best of these, where it is asked what a thing is: score + d (how much a sentence reads like saying so)
    of the best of these: score + l z(late interaction with its best sentence)
                                + a (how near it comes to giving the kind of thing that is asked for)
    of the best of those, where a re-ranker is configured: score + r z(what it gives question and passage)

z is the distance from the mean over all passages (sentences; for the last, the best) in standard deviations. Windows
that overlap are shown once, joined. What each part is worth on SciFact and on the course's papers: docs/evaluation.md.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from common.errors import UsageError
from common.settings import Retrieval
from ingest.catalog import Reading, SourceKind
from ingest.documents import Kind, Passage, Sentence, make_passage
from ingest.embeddings import Embedder, Vectors
from ingest.index import Index
from ingest.snapshot import Snapshot
from ingest.vectors import OpenVectors
from rag import definitions
from rag.answer_types import expected
from rag.late_interaction import QuestionWords
from rag.lexical import Counts, LexicalIndex, Vocabulary
from rag.named import Mention, NamedReadings
from rag.reranking import Reranker

_REACH = 0.25  # by how much less near (cosine) a sentence may be that gives what is asked for
_OPENING = 3  # passages of a reading: title, authors, abstract
_SAMPLE = 20_000  # sentences and passages from which the mean and spread of all are taken


@dataclass(frozen=True)
class Hit:
    """A passage that was found.

    Attributes:
        sentences: What it consists of.
        cosines: Of the question with each sentence, -1 to 1.
        likeness: Late interaction of the question's words with each sentence's, about -0.1 to 0.8.
        score: Weighted sum of z-scores; comparable within one search only.
    """

    passage: Passage
    reading: Reading
    sentences: tuple[Sentence, ...]
    cosines: tuple[float, ...]
    likeness: tuple[float, ...]
    score: float

    def holds(self, sentence: Sentence) -> bool:
        """Does the sentence stand in it?"""
        return self.passage.reading == sentence.reading and self.passage.first <= sentence.position < self.passage.end

    def as_json(self) -> dict[str, Any]:
        """As `lector search --json` lists it."""
        passage = self.passage
        return {
            "reading": passage.reading, "page": passage.page, "section": passage.section or None, "text": passage.text,
            "score": round(self.score, 4),
        }  # fmt: skip


class Retriever:
    """Searches one snapshot. Owned by the index thread."""

    def __init__(
        self,
        snapshot: Snapshot,
        index: Index,
        embedder: Embedder,
        settings: Retrieval,
        *,
        before: "Retriever | None" = None,
        reranker: Reranker | None = None,
    ) -> None:
        """Make what searches need of a snapshot; what `before` had of unchanged readings is taken over."""
        self.snapshot = snapshot
        self._index = index
        self._embedder = embedder
        self._reranker = reranker
        self._settings = settings
        self._last: tuple[str, Vectors] | None = None  # the question last searched for
        self._vocabulary: Vocabulary = before._vocabulary if before else Vocabulary()
        self._counts: dict[tuple[str, str], Counts] = {
            key: self._counted(name, before) for name, row in snapshot.readings.items() for key in [(row.revision, row.title)]
        }
        self.lexical = LexicalIndex(self._vocabulary, list(self._counts.values()))
        titles = {row.about or name: _naming(row) for name, row in snapshot.readings.items() if row.kind != SourceKind.SYLLABUS}
        handouts = frozenset(name for name, row in snapshot.readings.items() if row.kind == SourceKind.HANDOUT and row.about is None)
        self._named = NamedReadings(titles, self.opening, self._openings_with, handouts)
        sentences, passages = snapshot.sample(_SAMPLE)
        self._of_sentences, self._of_passages = _Population(sentences), _Population(passages)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts, shape (texts, dimensions)."""
        return self._embedder.embed(texts)

    def vector_of(self, question: str) -> Vectors:
        """A question's unit vector, shape (dimensions,): the last search's own where that was for the same words."""
        if self._last is not None and self._last[0] == question and not self._embedder.query_prefix:
            return self._last[1]
        vector: Vectors = self.embed([question])[0]
        return vector

    def opening(self, reading: str) -> str:
        """Where a reading says what it is about, as a rule its abstract: its first passages; "" for one that is not here."""
        return self._beginning(reading, _OPENING)

    def named(self, question: str) -> frozenset[str]:
        """The readings that the question names."""
        return self._named.find(question)

    def mentions(self, question: str) -> tuple[Mention, ...]:
        """Where the question names readings."""
        return self._named.mentions(question)

    def search(
        self, question: str, *, k: int | None = None, reading: str | None = None, prefer: Set[str] = frozenset(), references: bool = False
    ) -> list[Hit]:
        """The best passages, best first.

        Args:
            question: As the student wrote it.
            k: How many; the setting `retrieval.top_k` if None.
            reading: The reading asked about; its passages get a bonus, others are still found. None: those that the question names.
            prefer: Readings that the question is likelier to be about, such as a week's, where it names none itself; a smaller bonus.
            references: Also search lists of references.

        Raises:
            UsageError: No such reading.
        """
        if reading is not None and not any(reading in (r.reading, r.about) for r in self.snapshot.readings.values()):
            raise UsageError(f"no reading {reading!r} is indexed: `lector corpus list` shows what is", code="no-reading", reading=reading)
        settings = self._settings
        vector, of_words, spelt = self._embedder.words(question)
        self._last = (question, vector)
        asked = QuestionWords.of(of_words, spelt, self.lexical.idf)
        words = self.lexical.scores(question)
        named = frozenset() if reading is not None else self.named(question)
        about = frozenset([reading]) if reading is not None else named or frozenset(prefer)
        places = self._candidates(vector, words, about, references)
        if not places:
            return []
        dense, best = self._cosines(places, vector)
        by_words = (words[places] - words.mean()) / max(float(words.std()), 1e-9)
        is_reference = self.snapshot.bounds[places, 2] == 1  # not embedded: their words speak for their meaning too
        score = (
            settings.dense_weight * np.where(is_reference, by_words, self._of_passages.z(dense, vector))
            + (1 - settings.dense_weight) * by_words
            + settings.sentence_weight * np.where(is_reference, by_words, self._of_sentences.z(best, vector))
        )
        if about:
            bonus = settings.reading_bonus if reading is not None else settings.named_bonus if named else settings.prefer_bonus
            score = score + bonus * np.array([self._is_about(n, about) for n in places])
        score = score + settings.definition_weight * self._defining(question, places, score)
        wanted = k or settings.top_k
        best_first = np.argsort(-score, kind="stable")[: max(settings.reranked, 2 * wanted)]
        places, score, by_words = [places[n] for n in best_first], score[best_first], by_words[best_first]
        if asked is not None:
            score = score + settings.late_weight * self._late(asked, places, by_words)
        score = score + settings.answer_type_weight * self._giving(question, places, vector)
        if self._reranker is not None:
            score = score + settings.reranker_weight * self._reread(self._reranker, question, places, score)
        order = np.argsort(-score, kind="stable")[: 2 * wanted]
        found = self.snapshot.passages([places[n] for n in order])
        joined = self._joined([(p, float(score[n])) for p, n in zip(found, order, strict=True)])
        return [self._hit(p, s, vector, asked) for p, s in joined[:wanted]]

    def _counted(self, reading: str, before: "Retriever | None") -> Counts:
        row = self.snapshot.readings[reading]
        if before is not None and (row.revision, row.title) in before._counts:
            return before._counts[row.revision, row.title]
        return self._vocabulary.count(_texts(row, list(self.snapshot.stream(reading))))

    def _candidates(self, vector: Vectors, words: Vectors, about: Set[str], references: bool) -> list[int]:
        snapshot, count = self.snapshot, self._settings.candidates
        near = (snapshot.place_of(id_) for id_, _ in self._index.nearest(vector, count, len(snapshot)))
        by_words = np.argpartition(-words, min(count, len(words) - 1))[:count]
        asked = (n for row in snapshot.readings.values() if about & {row.reading, row.about} for n in snapshot.places(row.reading))
        places = {*[n for n in near if n is not None][:count], *(int(n) for n in by_words if words[n] > 0), *asked}
        return sorted(n for n in places if references or snapshot.bounds[n, 2] == 0)

    def _cosines(self, places: Sequence[int], vector: Vectors) -> tuple[Vectors, Vectors]:
        """Of the question with each passage and with the nearest sentence of each."""
        dense, best = np.empty(len(places), np.float32), np.empty(len(places), np.float32)
        for members, stored, positions in self._by_reading(places):
            first, end, _ = self.snapshot.bounds[[places[i] for i in members]].T
            nearness = np.empty(end.max() + 1, np.float32)  # of sentences; one more, since reduceat wants its indices inside
            for one, other in _runs(first, end):
                nearness[one:other] = stored.of_sentences(one, other) @ vector
            best[members] = np.maximum.reduceat(nearness, np.stack([first, end], axis=1).ravel())[::2]
            dense[members] = np.concatenate([stored.of_passages(*run) @ vector for run in _runs(positions, positions + 1)])
        return dense, best

    def _openings_with(self, word: str) -> dict[str, str]:
        """The openings that hold a word, by reading, the handouts about a paper by the paper's id."""
        there = np.flatnonzero(self.lexical.scores(word) > 0)
        rows = {self.snapshot.reading_of(int(n)).reading for n in there}
        begins = {reading: self.snapshot.places(reading)[:_OPENING] for reading in rows}
        return {
            self.snapshot.readings[reading].about or reading: self._beginning(reading, _OPENING)
            for reading, places in begins.items()
            if any(n in places for n in there.tolist()) and self.snapshot.readings[reading].kind != SourceKind.SYLLABUS
        }

    def _beginning(self, reading: str, passages: int) -> str:
        known = reading in self.snapshot.readings
        return " ".join(p.text for p in self.snapshot.passages(self.snapshot.places(reading)[:passages])) if known else ""

    def _each(self, places: Sequence[int]) -> Iterator[tuple[int, OpenVectors, tuple[int, int]]]:
        """For each passage: its place in `places`, its reading's vectors, the borders of its sentences."""
        for members, stored, _ in self._by_reading(places):
            for i in members:
                first, end, _ = self.snapshot.bounds[places[i]]
                yield i, stored, (int(first), int(end))

    def _by_reading(self, places: Sequence[int]) -> Iterator[tuple[list[int], OpenVectors, NDArray[np.int64]]]:
        """For each reading: the places in `places` of its passages, in the reading's order, its vectors, their numbers in it."""
        snapshot = self.snapshot
        order = sorted(range(len(places)), key=lambda i: places[i])
        for reading, group in groupby(order, key=lambda i: snapshot.reading_of(places[i]).reading):
            members = list(group)
            with snapshot.vectors(reading).opened() as stored:
                yield members, stored, np.array([places[i] for i in members]) - snapshot.places(reading).start

    def _late(self, asked: QuestionWords, places: Sequence[int], by_words: Vectors) -> Vectors:
        """z of the best sentence of each of these passages among them; references, whose words are not kept, by BM25."""
        best = np.full(len(places), np.nan, np.float32)
        found = [(i, *stored.of_tokens(*borders)) for i, stored, borders in self._each(places)]
        if found:
            of, bits, ends = zip(*found, strict=True)
            before = np.cumsum([0, *map(len, bits[:-1])])  # tokens
            likeness = asked.likeness(np.concatenate(bits), np.concatenate([e + n for e, n in zip(ends, before, strict=True)]))
            starts = np.cumsum([0, *map(len, ends[:-1])])  # sentences
            best[list(of)] = np.where([len(b) > 0 for b in bits], np.maximum.reduceat(likeness, starts), np.nan)
        known = ~np.isnan(best)
        z = by_words.copy()
        if known.any():
            z[known] = (best[known] - best[known].mean()) / max(float(best[known].std()), 1e-6)
        return z

    def _defining(self, question: str, places: Sequence[int], score: Vectors) -> Vectors:
        """How much each of these passages reads like saying what the term is that the question asks about, 0 to 1."""
        strength = np.zeros(len(places), np.float32)
        term = definitions.asked(question)
        if term is not None and self._settings.definition_weight:
            first = np.argsort(-score, kind="stable")[: self._settings.candidates]
            found = self.snapshot.parts([places[n] for n in first])
            strength[first] = [term.strongest(sentences) if term.stands_in(passage.text) else 0.0 for passage, sentences in found]
        return strength

    def _giving(self, question: str, places: Sequence[int], vector: Vectors) -> Vectors:
        """How near each of these passages comes to giving what is asked for: 1 for each kind of thing that its nearest sentence gives,
        less where a sentence gives it that is farther from the question, 0 from `_REACH` on."""
        strength = np.zeros(len(places), np.float32)
        wanted = expected(question)
        if not wanted.most or not self._settings.answer_type_weight:
            return strength
        found = self.snapshot.parts(places)
        for i, stored, borders in self._each(places):
            cosines = stored.of_sentences(*borders) @ vector
            nearest = float(cosines.max())
            near = np.flatnonzero(cosines > nearest - _REACH * wanted.most)
            given = [cosines[n] + _REACH * wanted.given_by(found[i][1][n].text) for n in near]
            strength[i] = (max(given) - nearest) / _REACH
        return strength

    def _reread(self, reranker: Reranker, question: str, places: Sequence[int], score: Vectors) -> Vectors:
        """z of the re-ranker's score among the best of these passages; of the others, which it does not read, that of the worst."""
        first = np.argsort(-score, kind="stable")[: self._settings.reranker_candidates]
        found = reranker.scores(question, [p.text for p in self.snapshot.passages([places[n] for n in first])])
        found = (found - found.mean()) / max(float(found.std()), 1e-6)
        z: Vectors = np.full(len(places), found.min(), np.float32)
        z[first] = found
        return z

    def _is_about(self, place: int, about: Set[str]) -> bool:
        row = self.snapshot.reading_of(place)
        return bool(about & {row.reading, row.about})

    def _joined(self, ranked: Sequence[tuple[Passage, float]]) -> list[tuple[Passage, float]]:
        """Overlapping windows become one passage, at the better one's place, up to the length of three."""
        kept: list[tuple[Passage, float]] = []
        longest = 3 * max((len(p.text.split()) for p, _ in ranked), default=0)
        for passage, score in ranked:
            for n, (other, other_score) in enumerate(kept):
                if other.reading == passage.reading and passage.first < other.end and other.first < passage.end:
                    first, end = min(passage.first, other.first), max(passage.end, other.end)
                    union = make_passage(self.snapshot.sentences(passage.reading, first, end), other.position)
                    if len(union.text.split()) <= longest:
                        kept[n] = (union, other_score)
                        break
            else:
                kept.append((passage, score))
        return kept

    def _hit(self, passage: Passage, score: float, vector: Vectors, asked: QuestionWords | None) -> Hit:
        with self.snapshot.vectors(passage.reading).opened() as stored:
            rows = stored.of_sentences(passage.first, passage.end)
            late = np.zeros(len(rows)) if asked is None else asked.likeness(*stored.of_tokens(passage.first, passage.end))
        return Hit(
            passage=passage,
            reading=self.snapshot.readings[passage.reading],
            sentences=self.snapshot.sentences(passage.reading, passage.first, passage.end),
            cosines=tuple(float(c) for c in rows @ vector),
            likeness=tuple(float(c) for c in late),
            score=score,
        )


def _naming(row: Reading) -> str:
    """The title by which a reading may be named: what a handout of the course's own has before its colon is a subject, no name."""
    return row.title.replace(":", " ") if row.kind == SourceKind.HANDOUT and row.about is None else row.title


def _runs(first: NDArray[Any], end: NDArray[Any]) -> list[tuple[int, int]]:
    """Spans that overlap or touch, put together: what is read at once. Both in order."""
    reach = np.maximum.accumulate(end)
    new = np.flatnonzero(first[1:] > reach[:-1]) + 1
    return [(int(one), int(other)) for one, other in zip(first[[0, *new]], reach[[*(new - 1), -1]], strict=True)]


def _texts(row: Reading, parts: Sequence[tuple[Passage, Sequence[Sentence]]]) -> Iterator[str]:
    """What the words of each passage are counted in: title, section, and for a part of a table its caption too."""
    captions: dict[int, str] = {}
    for _, sentences in parts:
        for sentence in sentences:
            if sentence.kind is Kind.CAPTION and sentence.text not in captions.get(sentence.group, ""):
                captions[sentence.group] = f"{captions.get(sentence.group, '')}{sentence.text} "
    for passage, sentences in parts:
        held = any(s.kind is Kind.CAPTION for s in sentences)
        yield f"{row.title} {passage.section} {'' if held else captions.get(sentences[0].group, '')}{passage.text}"


class _Population:
    """Mean and spread of any question's cosines with very many vectors, from the first two moments of a sample of them."""

    def __init__(self, vectors: Vectors) -> None:
        self._mean: Vectors = vectors.mean(axis=0)
        self._covariance: Vectors = (vectors - self._mean).T @ (vectors - self._mean) / len(vectors)

    def z(self, cosines: Vectors, vector: Vectors) -> Vectors:
        """Distance of cosines with a vector of shape (dimensions,) from their mean, in standard deviations."""
        variance = float(vector @ self._covariance @ vector)
        z: Vectors = (cosines - float(self._mean @ vector)) / max(variance, 1e-12) ** 0.5
        return z
