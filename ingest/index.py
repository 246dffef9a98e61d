"""The vector store: Chroma, persistent on disk, one collection for a course and an embedding model.

Chroma is the only store of text, and is searched by the passages' vectors; the vectors of the sentences that
passages consist of lie beside it (`ingest.vectors`). Readers take a `Snapshot`: the passages of all live
revisions at one moment, so that an index that changes under them never shows half of a reading.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from common.database import storage_errors, store_error
from common.errors import IndexMismatchError, IndexMissingError, StoreError
from ingest.catalog import Catalog, Reading
from ingest.documents import ASIDES, Passage, Sentence
from ingest.embeddings import pool
from ingest.encoded import Encoded, Vectors
from ingest.passages import Record, record, record_id
from ingest.sketch import Sketch
from ingest.snapshot import DAMAGED, Snapshot
from ingest.vectors import Bounds, StoredVectors, VectorFiles

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_LAYOUT = "v2"  # of what lies in Chroma and beside it: another one is another collection, and everything is indexed anew
_BATCH = 1000  # Chroma takes 5,461 records a call on SQLite; smaller batches keep an interrupt near
_MOST_NEIGHBOURS = 4000


def collection_name(course: str, embedding: str) -> str:
    """Where the passages of a course lie, embedded by the model of this identity."""
    return f"{course}-{embedding}-{_LAYOUT}"


class Index:
    """The passages of one course in Chroma, as far as its catalog calls them live."""

    def __init__(self, folder: Path, catalog: Catalog, embedding: str) -> None:
        """Open the store.

        Args:
            folder: The data folder; Chroma lives in `chroma/` below it, sentences' vectors in `vectors/`.
            catalog: Says which revisions are live.
            embedding: Identity of the embedding model; each has a collection of its own.

        Raises:
            StoreError: The folder cannot be used.
        """
        self.catalog = catalog
        self.collection_name = collection_name(catalog.course, embedding)
        self._folder = folder
        with self._errors():
            self._client = _open_chroma(folder / "chroma")
            self._passages = self._open(self.collection_name)

    def write(
        self, sentences: Sequence[Sentence], passages: Sequence[Passage], encoded: Encoded, reading: Reading, sketch: Sketch = ()
    ) -> None:
        """Store a reading's text and then make it live.

        Args:
            sentences: All sentences of the revision, in order.
            passages: All its passages.
            encoded: The sentences as numbers.
            reading: Its catalog row; `reading.collection` is set here.
            sketch: What its text is recognised by.

        Raises:
            StoreError: The disk is full or cannot be written; nothing that was live is lost.
        """
        reading.collection = self.collection_name
        revision = reading.revision
        pooled = np.array([pool(encoded.vectors[p.first : p.end], [s.text for s in sentences[p.first : p.end]]) for p in passages])
        with self._errors():
            self.catalog.announce(self.collection_name, revision)
            bounds = np.array([(p.first, p.end, p.kind in ASIDES) for p in passages], dtype=np.int32)
            self._files(self.collection_name).write(revision, bounds, encoded, pooled)
            for start in range(0, len(passages), _BATCH):
                part = passages[start : start + _BATCH]
                self._passages.upsert(
                    ids=[record_id(p.reading, revision, p.position) for p in part],
                    embeddings=pooled[start : start + _BATCH],
                    documents=[p.text for p in part],
                    metadatas=[record(p, sentences[p.first : p.end], revision) for p in part],
                )
            written = set(self._passages.get(where={"revision": revision}, include=[])["ids"])
            wanted = {record_id(p.reading, revision, p.position) for p in passages}
            if written - wanted:  # of a rebuild that was killed, when the same bytes gave more passages
                self._passages.delete(ids=sorted(written - wanted))
            if wanted - written:
                raise StoreError(f"the store lost {len(wanted - written)} passages of {reading.reading}: run `lector ingest` again")
            self.catalog.publish(reading, sketch)

    def restore(self, reading: Reading) -> bool:
        """Make a revision live again that is kept, without reading or embedding anything.

        Args:
            reading: Its catalog row; collection and counts are set here.

        Returns:
            Whether it was kept.
        """
        with self._errors():
            kept = self.catalog.kept(self.collection_name, reading.revision)
            if kept is None or not self._files(self.collection_name).holds(reading.revision):
                return False
            reading.collection = self.collection_name
            reading.pages, reading.chunks, reading.sentences = kept.pages, kept.chunks, kept.sentences
            reading.indexed_at = kept.indexed_at
            reading.version = reading.version or kept.version
            self.catalog.publish(reading)
            return True

    def clear_stale(self) -> None:
        """Remove what no reader takes and nobody goes back to, leftovers of killed processes included. Only under the sync's lock."""
        with self._errors():
            existing = {collection.name for collection in self._client.list_collections()}
            for stale in self.catalog.stale():
                if stale.collection in existing:
                    collection = self._client.get_collection(stale.collection, embedding_function=None)
                    collection.delete(where={"revision": stale.revision})
                    if stale.collection != self.collection_name and not collection.count():
                        self._client.delete_collection(stale.collection)
                        existing.discard(stale.collection)
                self._files(stale.collection).remove(stale.revision)
                self.catalog.cleared(stale)
            self._files(self.collection_name).clean(self.catalog.stored(self.collection_name))

    def snapshot(self, before: Snapshot | None = None) -> Snapshot:
        """What is live now.

        Args:
            before: An older snapshot; what it holds that has not changed is not read again.

        Raises:
            IndexMissingError: Nothing is indexed.
            IndexMismatchError: It was indexed with another embedding model, or text is missing.
        """
        with self._errors():
            version, rows = self.catalog.version(), self.catalog.readings()
            if not rows:
                raise IndexMissingError("nothing is indexed yet: run `lector ingest`", code="nothing-indexed")
            if any(row.collection != self.collection_name for row in rows):
                raise IndexMismatchError("the index was made with another embedding model or by an older Lector: run `lector ingest`")
            files = self._files(self.collection_name)
            stored = {row.reading: files.stored(row.revision, row.sentences, row.chunks) for row in rows}
            bounds = [self._bounds(row, stored[row.reading], before) for row in rows]
            if self._passages.count() < sum(row.chunks for row in rows):
                raise IndexMismatchError(DAMAGED)
        return Snapshot({row.reading: row for row in rows}, version, np.concatenate(bounds), stored, self._records)

    def _records(self, ids: list[str]) -> dict[str, Record]:
        with self._errors():
            got = self._passages.get(ids=ids, include=["documents", "metadatas"])
        return {id_: (text, meta) for id_, text, meta in zip(got["ids"], got["documents"] or [], got["metadatas"] or [], strict=True)}

    def version(self) -> str:
        """The version that `snapshot` would have; cheap enough to ask before every question."""
        with self._errors():
            return self.catalog.version()

    def nearest(self, vector: Vectors, count: int, live: int) -> list[tuple[str, float]]:
        """(Chroma id, cosine) of the nearest passages of any revision, nearest first.

        Args:
            vector: Shape (dimensions,), of length 1.
            count: About how many live ones are wanted; more are asked for where kept revisions lie between them.
            live: How many passages are live.
        """
        with self._errors():
            stored = self._passages.count()
            if not stored:
                return []
            wanted = min(stored, max(count, min(_MOST_NEIGHBOURS, -(-count * stored // max(live, 1)))))
            found = self._passages.query(query_embeddings=vector[np.newaxis], n_results=wanted, include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return [(id_, 1.0 - float(distance)) for id_, distance in zip(found["ids"][0], distances, strict=True)]

    def _bounds(self, row: Reading, stored: StoredVectors, before: Snapshot | None) -> Bounds:
        if before is not None and row.reading in before.readings and before.readings[row.reading].revision == row.revision:
            places = before.places(row.reading)
            return before.bounds[places.start : places.stop]
        try:
            return stored.bounds()
        except (FileNotFoundError, ValueError) as exc:
            raise IndexMismatchError(f"the index is damaged (vectors of {row.reading} are missing): run `lector ingest --rebuild`") from exc

    def _files(self, collection: str) -> VectorFiles:
        return VectorFiles(self._folder / "vectors" / collection)

    def _open(self, name: str) -> "Collection":
        return self._client.get_or_create_collection(
            name, embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": 400}}
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
