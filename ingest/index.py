"""The vector store: Chroma, persistent on disk, one collection for a course and an embedding model.

Chroma is the only store of text. Readers take a `Snapshot`: the passages of all live revisions at one
moment, immutable, so that an index that changes under them never shows half of a reading.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from common.database import storage_errors, store_error
from common.errors import IndexMismatch, IndexMissing
from ingest.catalog import Catalog, Reading, StaleRevision
from ingest.documents import Kind, Passage
from ingest.embeddings import Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_BATCH = 1000  # Chroma takes 5,461 records a call on SQLite; smaller batches keep an interrupt near


@dataclass(frozen=True)
class Snapshot:
    """All that can be asked about, at one moment.

    Attributes:
        readings: By id.
        passages: Ordered by reading, then position.
        ids: Chroma's id of each passage.
        version: Equal for equal contents.
    """

    readings: dict[str, Reading]
    passages: tuple[Passage, ...]
    ids: tuple[str, ...]
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
            self._collection = self._open(self.collection_name)

    def write(self, passages: Sequence[Passage], contexts: Sequence[str], vectors: Vectors, reading: Reading) -> None:
        """Store a reading's passages and then make them live.

        Args:
            passages: All passages of the revision.
            contexts: The title of each, for people who open the store by other tools.
            vectors: Shape (len(passages), dimensions).
            reading: Its catalog row; `reading.collection` is set here.
        """
        reading.collection = self.collection_name
        with self._errors():
            self.catalog.announce(self.collection_name, reading.revision)
            for start in range(0, len(passages), _BATCH):
                part = passages[start : start + _BATCH]
                self._collection.upsert(
                    ids=[_passage_id(p, reading.revision) for p in part],
                    embeddings=vectors[start : start + _BATCH],
                    documents=[p.text for p in part],
                    metadatas=[_metadata(p, reading.revision, title) for p, title in zip(part, contexts[start:], strict=False)],
                )
            self.catalog.publish(reading)

    def clear_stale(self) -> None:
        """Remove passages that no reader takes: what was replaced, withdrawn, or never finished."""
        with self._errors():
            for stale in self.catalog.stale():
                self._clear(stale)

    def snapshot(self) -> Snapshot:
        """What is live now.

        Raises:
            IndexMissing: Nothing is indexed.
            IndexMismatch: It was indexed with another embedding model.
        """
        with self._errors():
            rows = self.catalog.readings()
            if not rows:
                raise IndexMissing("nothing is indexed yet: run `lector ingest`")
            if any(row.collection != self.collection_name for row in rows):
                raise IndexMismatch("the index was made with another embedding model than the settings name: run `lector ingest`")
            readings = {row.reading: row for row in rows}
            found = self._collection.get(
                where={"revision": {"$in": [row.revision for row in rows]}}, include=["documents", "metadatas"]
            )
        ids, documents, metadatas = found["ids"], found["documents"] or [], found["metadatas"] or []
        pairs = sorted(
            ((_passage(text, meta), id_) for id_, text, meta in zip(ids, documents, metadatas, strict=True)),
            key=lambda pair: (pair[0].reading, pair[0].position),
        )
        if len(pairs) != sum(row.chunks for row in rows):
            raise IndexMismatch("the index is damaged (passages are missing): run `lector ingest --rebuild`")
        version = "-".join(sorted(row.revision for row in rows))
        return Snapshot(readings, tuple(p for p, _ in pairs), tuple(i for _, i in pairs), version)

    def version(self) -> str:
        """The version that `snapshot` would have; cheap enough to ask before every question."""
        with self._errors():
            return "-".join(sorted(row.revision for row in self.catalog.readings()))

    def nearest(self, vector: Vectors, count: int) -> list[tuple[str, float]]:
        """(Chroma id, cosine) of the `count` nearest passages of any revision, nearest first.

        Args:
            vector: Shape (dimensions,), of length 1.
        """
        with self._errors():
            stored = self._collection.count()
            if not stored:
                return []
            found = self._collection.query(query_embeddings=[vector], n_results=min(count, stored), include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return [(id_, 1.0 - float(distance)) for id_, distance in zip(found["ids"][0], distances, strict=True)]

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The stored vectors of passages, by Chroma id."""
        if not ids:
            return {}
        with self._errors():
            found = self._collection.get(ids=list(ids), include=["embeddings"])
        embeddings = found["embeddings"]
        return dict(zip(found["ids"], np.asarray(embeddings, dtype=np.float32), strict=True))

    def _clear(self, stale: StaleRevision) -> None:
        if stale.collection == self.collection_name:
            self._collection.delete(where={"revision": stale.revision})
        elif stale.collection in {c.name for c in self._client.list_collections()}:
            other = self._client.get_collection(stale.collection)
            other.delete(where={"revision": stale.revision})
            if not other.count():
                self._client.delete_collection(stale.collection)
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


def _passage_id(passage: Passage, revision: str) -> str:
    return f"{passage.reading}:{revision[:16]}:{passage.position:05d}"


def _metadata(passage: Passage, revision: str, title: str) -> dict[str, Any]:
    return {
        "reading": passage.reading,
        "revision": revision,
        "position": passage.position,
        "title": title,
        "section": passage.section,
        "kind": passage.kind.value,
        "page_starts": json.dumps(passage.page_starts),
    }


def _passage(text: str, meta: Any) -> Passage:
    return Passage(
        reading=str(meta["reading"]),
        position=int(meta["position"]),
        text=text,
        section=str(meta["section"]),
        kind=Kind(meta["kind"]),
        page_starts=tuple((int(a), int(b)) for a, b in json.loads(str(meta["page_starts"]))),
    )
