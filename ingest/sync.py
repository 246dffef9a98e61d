"""Makes the index equal to the corpus.

    items -> find files -> hash -> (changed ones) read in worker processes -> chunk -> embed -> write, then publish

Each reading is published by itself, whole: a reader sees its old text or its new one. A sync that is
interrupted leaves what it had published; the next one does the rest. One sync at a time.
"""

import hashlib
import json
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock, Timeout

from common.database import storage_errors
from common.errors import SourceError, StoreError
from common.models import sha256_of
from common.settings import Chunking
from ingest import readers
from ingest.catalog import Reading
from ingest.chunking import chunk
from ingest.documents import Document
from ingest.embeddings import Embedder
from ingest.index import Index
from ingest.manifest import Item
from ingest.sources import Finder

_CHUNKER_VERSION = 1  # raise it when chunking gives other passages for the same blocks


class Progress(Protocol):
    """Told how a sync goes on; pages are the unit. Called from more than one thread."""

    def found(self, pages: int) -> None:
        """So many more pages are to be indexed."""

    def indexed(self, pages: float, title: str) -> None:
        """So many more pages are done."""


@dataclass
class Report:
    """What a sync changed; `pages`, `chunks` and `seconds` count what this run read and embedded."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[dict[str, str]] = field(default_factory=list)
    pages: int = 0
    chunks: int = 0
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The object of `lector ingest --json`."""
        return asdict(self) | {"seconds": round(self.seconds, 3)}


@dataclass(frozen=True)
class _Found:
    item: Item
    path: Path
    size: int
    mtime_ns: int
    sha256: str


def fingerprint(chunking: Chunking) -> str:
    """Names the pipeline from bytes to passages: where it differs, a reading is read again."""
    parts = {"readers": readers.VERSION, "chunker": _CHUNKER_VERSION, **chunking.model_dump()}
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def sync(
    items: Sequence[Item],
    *,
    finder: Finder,
    index: Index,
    embedder: Callable[[], Embedder],
    chunking: Chunking,
    folder: Path,
    progress: Progress,
    rebuild: bool = False,
) -> Report:
    """Index what is new or changed, remove what is gone, list what failed.

    Args:
        items: What the corpus asks for (`manifest.load_items`).
        embedder: Loads the embedding model; called only if something is to be embedded.
        folder: The data folder, for the lock.
        rebuild: Read and embed everything again.

    Raises:
        StoreError: Another sync is running, the disk is full or the folder cannot be written.
        ModelError: The embedding model does not load.
    """
    started = time.monotonic()
    report = Report()
    with _only_one(folder):
        index.clear_stale()
        run = _Run(index, chunking, finder, report, rebuild)
        todo = run.plan(items)
        if todo:
            run.index_all(todo, embedder(), progress)
        gone = sorted(set(run.before) - run.wanted)
        if gone and not run.wanted and not rebuild:
            raise StoreError(
                f"nothing that is indexed is in the corpus any more ({len(gone)} readings): correct corpus.dir or readings.yaml, "
                "or run `lector ingest --rebuild` if that is meant; nothing was removed"
            )
        if gone:
            index.catalog.withdraw(gone)
            report.removed.extend(gone)
        index.clear_stale()
    report.seconds = time.monotonic() - started
    return report


class _Run:
    def __init__(self, index: Index, chunking: Chunking, finder: Finder, report: Report, rebuild: bool) -> None:
        self._index = index
        self._chunking = chunking
        self._fingerprint = fingerprint(chunking)
        self._finder = finder
        self._report = report
        self._rebuild = rebuild
        self.before = {row.reading: row for row in index.catalog.readings()}
        self.wanted: set[str] = set()

    def plan(self, items: Sequence[Item]) -> list[_Found]:
        """The items that must be read, after those that need not are noted."""
        todo: list[_Found] = []
        for item in items:
            known = self.before.get(item.id)
            try:
                found = self._stat(item, self._finder.find(item), known)
            except SourceError as exc:
                self._missing(item, known, exc, todo)
                continue
            self.wanted.add(item.id)
            if self._rebuild or known is None or known.revision != self._revision(found) or not self._is_current(known):
                todo.append(found)
            else:
                self._refresh(item, known, found)
        return todo

    def index_all(self, todo: list[_Found], embedder: Embedder, progress: Progress) -> None:
        """Read in worker processes, as many as cores; embed and publish here, one reading after another."""
        context = multiprocessing.get_context("spawn")
        workers = min(len(todo), os.cpu_count() or 1)
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))
        try:
            pending = [self._submit(pool, f, progress) for f in todo]
            while pending:
                found, future = pending.pop(0)
                try:
                    self._index_one(found, future.result(), embedder, progress)
                except BrokenProcessPool as exc:
                    raise StoreError(
                        f"reading {found.path.name} killed its process (too little memory?): remove the file or make room"
                    ) from exc
                except SourceError as exc:
                    replacements: list[_Found] = []
                    self._missing(found.item, self.before.get(found.item.id), exc, replacements)
                    pending.extend(self._submit(pool, f, progress) for f in replacements)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self, pool: ProcessPoolExecutor, found: _Found, progress: Progress) -> tuple[_Found, "Future[Document]"]:
        """Have a file read; its pages count as found when it is, which is long before they are embedded."""
        future = pool.submit(readers.read, found.path)
        future.add_done_callback(lambda f: progress.found(f.result().pages or 1) if not f.cancelled() and f.exception() is None else None)
        return found, future

    def _index_one(self, found: _Found, document: Document, embedder: Embedder, progress: Progress) -> None:
        item, pages = found.item, document.pages or 1
        sentences, passages = chunk(item.id, document.blocks, self._chunking)
        vectors = embedder.embed([s.text for s in sentences], done=lambda n: progress.indexed(pages * n / len(sentences), item.title))
        row = self._row(found, self._revision(found))
        row.pages, row.chunks, row.sentences = document.pages, len(passages), len(sentences)
        self._index.write(sentences, passages, vectors, row)
        (self._report.updated if item.id in self.before else self._report.added).append(item.id)
        self._report.pages += document.pages
        self._report.chunks += len(passages)

    def _missing(self, item: Item, known: Reading | None, reason: SourceError, todo: list[_Found]) -> None:
        """A file cannot be had or read: what is indexed of it stays; else its handout stands in."""
        if known is not None and self._is_current(known):
            self.wanted.add(item.id)
            if known.path != str(item.file or known.path) or Path(known.path).exists():
                self._report.failed.append({"source": item.id, "reason": f"{reason.user_message} (the copy indexed before is kept)"})
            else:
                self._report.unchanged.append(item.id)
            return
        self.wanted.discard(item.id)
        self._report.failed.append({"source": item.id, "reason": reason.user_message})
        if item.stand_in is not None:
            todo.extend(self.plan([item.stand_in]))

    def _refresh(self, item: Item, known: Reading, found: _Found) -> None:
        """Same text: only what the manifest or the file system says of it may have changed."""
        row = self._row(found, known.revision)
        for name in ("collection", "pages", "chunks", "sentences", "indexed_at"):
            setattr(row, name, getattr(known, name))
        shown = ("title", "week", "version", "url", "kind", "about")
        changed = any(getattr(row, name) != getattr(known, name) for name in shown)
        if changed or (row.path, row.mtime_ns) != (known.path, known.mtime_ns):
            self._index.catalog.publish(row)
        (self._report.updated if changed else self._report.unchanged).append(item.id)

    def _row(self, found: _Found, revision: str) -> Reading:
        item = found.item
        return Reading(
            course=self._index.catalog.course, reading=item.id, revision=revision, fingerprint=self._fingerprint, sha256=found.sha256,
            kind=item.kind.value, about=item.about, title=item.title, week=item.week, version=item.version, url=item.url,
            path=str(found.path), size=found.size, mtime_ns=found.mtime_ns,
        )  # fmt: skip

    def _is_current(self, known: Reading) -> bool:
        return known.fingerprint == self._fingerprint and known.collection == self._index.collection_name

    def _revision(self, found: _Found) -> str:
        parts = (found.item.id, found.sha256, self._fingerprint)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]

    def _stat(self, item: Item, path: Path, known: Reading | None) -> _Found:
        try:
            stat = path.stat()
            same = known is not None and (known.path, known.size, known.mtime_ns) == (str(path), stat.st_size, stat.st_mtime_ns)
            sha256 = known.sha256 if known is not None and same else sha256_of(path)
        except OSError as exc:
            raise SourceError(f"{path.name}: cannot be read ({exc.strerror}): check its permissions") from exc
        return _Found(item, path, stat.st_size, stat.st_mtime_ns, sha256)


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    lock = FileLock(folder / "sync.lock")
    with storage_errors(folder):
        try:
            lock.acquire(timeout=0)
        except Timeout as exc:  # an OSError too: translated before the disk's own
            raise StoreError(f"another `lector ingest` is writing to {folder}: wait for it to end and try again") from exc
    try:
        yield
    finally:
        lock.release()
