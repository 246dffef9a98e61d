"""The vector store: Chroma, persistent on disk; for a course and an embedding model two collections.

One holds passages, by whose vectors it is searched; the other the sentences that they consist of.

Chroma is the only store of text. Readers take a `Snapshot`: the passages of all live revisions at one
moment, immutable, so that an index that changes under them never shows half of a reading.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from common.database import storage_errors, store_error
from common.errors import IndexMismatchError, IndexMissingError
from ingest.catalog import Catalog, Reading, StaleRevision
from ingest.documents import Kind, Passage, Sentence
from ingest.embeddings import Vectors, pool

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_BATCH = 1000  # Chroma takes 5,461 records a call on SQLite; smaller batches keep an interrupt near
_PAGE = 5000
_SENTENCES = "-sentences"  # suffix of the second collection's name


@dataclass(frozen=True)
class Snapshot:
    """All that can be asked about, at one moment.

    Attributes:
        readings: By id.
        passages: Ordered by reading, then position.
        ids: Chroma's id of each passage.
        sentences: Of each reading, by position.
        rows: Of each reading, the row of its first sentence in `vectors`.
        vectors: Of all sentences, shape (sentences, dimensions), rows of length 1.
        version: Equal for equal contents.
    """

    readings: dict[str, Reading]
    passages: tuple[Passage, ...]
    ids: tuple[str, ...]
    sentences: dict[str, tuple[Sentence, ...]]
    rows: dict[str, int]
    vectors: Vectors
    version: str


class Index:
    """The passages of one course in Chroma, as far as its catalog calls them live."""

    def __init__(self, folder: Path, catalog: Catalog, embedding: str) -> None:
        """Open the store.

        Args:
            folder: The data folder; Chroma lives in `chroma/` below it.
            catalog: Says which revisions are live.
            embedding: Identity of the embedding model; each has a collection of its own.

        Raises:
            StoreError: The folder cannot be used.
        """
        self.catalog = catalog
        self.collection_name = f"{catalog.course}-{embedding}"
        self._folder = folder
        with self._errors():
            self._client = _open_chroma(folder / "chroma")
            self._passages = self._open(self.collection_name)
            self._sentences = self._open(self.collection_name + _SENTENCES)

    def write(self, sentences: Sequence[Sentence], passages: Sequence[Passage], vectors: Vectors, reading: Reading) -> None:
        """Store a reading's text and then make it live.

        Args:
            sentences: All sentences of the revision, in order.
            passages: All its passages.
            vectors: Of the sentences, shape (sentences, dimensions).
            reading: Its catalog row; `reading.collection` is set here.
        """
        reading.collection = self.collection_name
        revision = reading.revision
        pooled = np.array([pool(vectors[p.first : p.end], [s.text for s in sentences[p.first : p.end]]) for p in passages])
        with self._errors():
            self.catalog.announce(self.collection_name, revision)
            _upsert(self._sentences, sentences, vectors, [_sentence_metadata(s, revision) for s in sentences], revision)
            _upsert(self._passages, passages, pooled, [_passage_metadata(p, revision, reading.title) for p in passages], revision)
            self.catalog.publish(reading)

    def clear_stale(self) -> None:
        """Remove passages that no reader takes: what was replaced, withdrawn, or never finished."""
        with self._errors():
            for stale in self.catalog.stale():
                self._clear(stale)

    def snapshot(self) -> Snapshot:
        """What is live now.

        Raises:
            IndexMissingError: Nothing is indexed.
            IndexMismatchError: It was indexed with another embedding model.
        """
        with self._errors():
            rows = self.catalog.readings()
            if not rows:
                raise IndexMissingError("nothing is indexed yet: run `lector ingest`")
            if any(row.collection != self.collection_name for row in rows):
                raise IndexMismatchError("the index was made with another embedding model than the settings name: run `lector ingest`")
            readings = {row.reading: row for row in rows}
            live: Any = {"revision": {"$in": [row.revision for row in rows]}}
            stored = _all(self._passages, live, ["documents", "metadatas"])
            parts = _all(self._sentences, live, ["documents", "metadatas", "embeddings"])
        passages = [_passage(text, meta) for page in stored for text, meta in zip(page["documents"], page["metadatas"], strict=True)]
        ids = [id_ for page in stored for id_ in page["ids"]]
        sentences = [_sentence(text, meta) for page in parts for text, meta in zip(page["documents"], page["metadatas"], strict=True)]
        if len(passages) != sum(row.chunks for row in rows) or len(sentences) != sum(row.sentences for row in rows):
            raise IndexMismatchError("the index is damaged (text is missing): run `lector ingest --rebuild`")
        order = sorted(range(len(passages)), key=lambda n: (passages[n].reading, passages[n].position))
        by_reading = sorted(range(len(sentences)), key=lambda n: (sentences[n].reading, sentences[n].position))
        grouped: dict[str, list[Sentence]] = {}
        starts: dict[str, int] = {}
        for row_number, n in enumerate(by_reading):
            starts.setdefault(sentences[n].reading, row_number)
            grouped.setdefault(sentences[n].reading, []).append(sentences[n])
        vectors = np.concatenate([np.asarray(page["embeddings"], dtype=np.float32) for page in parts])
        return Snapshot(
            readings=readings,
            passages=tuple(passages[n] for n in order),
            ids=tuple(ids[n] for n in order),
            sentences={name: tuple(group) for name, group in grouped.items()},
            rows=starts,
            vectors=vectors[by_reading],
            version=_version(rows),
        )

    def version(self) -> str:
        """The version that `snapshot` would have; cheap enough to ask before every question."""
        with self._errors():
            return _version(self.catalog.readings())

    def nearest(self, vector: Vectors, count: int) -> list[tuple[str, float]]:
        """(Chroma id, cosine) of the `count` nearest passages of any revision, nearest first.

        Args:
            vector: Shape (dimensions,), of length 1.
        """
        with self._errors():
            stored = self._passages.count()
            if not stored:
                return []
            found = self._passages.query(query_embeddings=vector[np.newaxis], n_results=min(count, stored), include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return [(id_, 1.0 - float(distance)) for id_, distance in zip(found["ids"][0], distances, strict=True)]

    def _clear(self, stale: StaleRevision) -> None:
        existing = {collection.name for collection in self._client.list_collections()}
        for name in (stale.collection, stale.collection + _SENTENCES):
            if name not in existing:
                continue
            collection = self._client.get_collection(name, embedding_function=None)
            collection.delete(where={"revision": stale.revision})
            if stale.collection != self.collection_name and not collection.count():
                self._client.delete_collection(name)
        self.catalog.cleared(stale)

    def _open(self, name: str) -> "Collection":
        return self._client.get_or_create_collection(
            name, embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 400}}
        )

    @contextmanager
    def _errors(self) -> Iterator[None]:
        from chromadb.errors import ChromaError

        try:
            with storage_errors(self._folder):
                yield
        except (ChromaError, sqlite3.Error) as exc:
            raise store_error(exc, self._folder) from exc


def _open_chroma(folder: Path) -> "ClientAPI":
    import chromadb  # imported here: seconds, and `lector --help` must not pay them
    from chromadb.config import Settings

    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))


def _upsert(
    collection: "Collection", parts: Sequence[Passage | Sentence], vectors: Vectors, metadatas: list[dict[str, Any]], revision: str
) -> None:
    for start in range(0, len(parts), _BATCH):
        end = start + _BATCH
        collection.upsert(
            ids=[_id(part, revision) for part in parts[start:end]],
            embeddings=vectors[start:end],
            documents=[part.text for part in parts[start:end]],
            metadatas=list(metadatas[start:end]),
        )


def _all(collection: "Collection", where: Any, include: list[Any]) -> list[Any]:
    """All records, page by page: Chroma 1.5.9 fails with "too many SQL variables" past some 30,000 at once (seen 2026-11-24)."""
    pages: list[Any] = []
    while True:
        page = collection.get(where=where, include=include, limit=_PAGE, offset=len(pages) * _PAGE)
        if page["ids"]:
            pages.append(page)
        if len(page["ids"]) < _PAGE:
            return pages


def _version(rows: Sequence[Reading]) -> str:
    return hashlib.sha256("\n".join(f"{row.reading} {row.revision} {row.title}" for row in rows).encode()).hexdigest()[:16]


def _id(part: Passage | Sentence, revision: str) -> str:
    return f"{part.reading}:{revision[:16]}:{part.position:05d}"


def _sentence_metadata(sentence: Sentence, revision: str) -> dict[str, Any]:
    return {
        "reading": sentence.reading,
        "revision": revision,
        "position": sentence.position,
        "page": sentence.page or 0,
        "section": sentence.section,
        "kind": sentence.kind.value,
        "opens_block": sentence.opens_block,
    }


def _sentence(text: str, meta: Any) -> Sentence:
    return Sentence(
        reading=str(meta["reading"]),
        position=int(meta["position"]),
        text=text,
        page=int(meta["page"]) or None,
        section=str(meta["section"]),
        kind=Kind(meta["kind"]),
        opens_block=bool(meta["opens_block"]),
    )


def _passage_metadata(passage: Passage, revision: str, title: str) -> dict[str, Any]:
    first_page, last_page = passage.pages or (0, 0)
    return {
        "reading": passage.reading,
        "revision": revision,
        "position": passage.position,
        "first": passage.first,
        "end": passage.end,
        "title": title,
        "section": passage.section,
        "kind": passage.kind.value,
        "first_page": first_page,
        "last_page": last_page,
    }


def _passage(text: str, meta: Any) -> Passage:
    return Passage(
        reading=str(meta["reading"]),
        position=int(meta["position"]),
        first=int(meta["first"]),
        end=int(meta["end"]),
        text=text,
        section=str(meta["section"]),
        kind=Kind(meta["kind"]),
        pages=(int(meta["first_page"]), int(meta["last_page"])) if meta["first_page"] else None,
    )
