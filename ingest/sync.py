"""Makes the index equal to the corpus.

    items -> find files -> hash -> (changed ones) read in worker processes -> chunk -> embed -> write, then publish

Each reading is published by itself, whole: a reader sees its old text or its new one. A sync that is
interrupted leaves what it had published; the next one does the rest. One sync at a time.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock, Timeout

from common.database import storage_errors
from common.errors import SourceError, StoppedError, StoreError
from common.models import sha256_of
from common.settings import Chunking, Extraction
from ingest import readers
from ingest.catalog import Duplicate, Reading, SourceKind
from ingest.chunking import chunk
from ingest.documents import ASIDES, Document, Sentence
from ingest.embeddings import Embedder
from ingest.encoded import Encoded
from ingest.extraction import Extractor
from ingest.index import Index
from ingest.manifest import Item
from ingest.readers.limits import Limits
from ingest.sketch import Sketch, is_same, sketch
from ingest.sources import Finder

_CHUNKER_VERSION = 3  # raise it when the same blocks give other passages or vectors


class Progress(Protocol):
    """Told how a sync goes on; pages are the unit. Called from more than one thread."""

    def found(self, pages: int) -> None:
        """So many more pages are to be indexed."""

    def indexed(self, pages: float, title: str) -> None:
        """So many more pages are done."""

    def stopped(self) -> bool:
        """Is the sync to end as soon as it can? Asked after every batch that is embedded."""


@dataclass
class Report:
    """What a sync changed.

    Attributes:
        restored: Those of `added` and `updated` whose text was still stored, so that nothing was read or embedded.
        duplicates: `{"source", "same_as"}` of files that are not indexed because another reading says the same.
        weeks: Of the course, that the changes touch.
        pages, chunks, seconds: What this run read and embedded.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    duplicates: list[dict[str, str]] = field(default_factory=list)
    failed: list[dict[str, str]] = field(default_factory=list)
    weeks: list[int] = field(default_factory=list)
    pages: int = 0
    chunks: int = 0
    seconds: float = 0.0

    def by_reason(self) -> dict[str, list[str]]:
        """What failed, for people: one reason is said once."""
        reasons: dict[str, list[str]] = {}
        for failure in self.failed:
            reasons.setdefault(failure["reason"], []).append(failure["source"])
        return reasons

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
    reading: Extraction,
    folder: Path,
    keep: int,
    progress: Progress,
    rebuild: bool = False,
) -> Report:
    """Index what is new or changed, remove what is gone, list what failed.

    Args:
        items: What the corpus asks for (`manifest.load_items`).
        embedder: Loads the embedding model; called only if something is to be embedded.
        reading: The limits under which files are read.
        folder: The data folder, for the lock and the workers' files.
        keep: How many revisions that are live no more stay stored.
        rebuild: Read and embed everything again.

    Raises:
        StoreError: Another sync is running, the disk is full or the folder cannot be written.
        ModelError: The embedding model does not load.
        StoppedError: `progress.stopped` said so; what was published stays, the next sync does the rest.
    """
    started = time.monotonic()
    report = Report()
    with _only_one(folder):
        index.clear_stale()
        run = _Run(index, chunking, reading, folder, finder, report, rebuild)
        todo = run.plan(items)
        if todo:
            run.index_all(todo, embedder, progress)
        gone = sorted(set(run.before) - run.wanted)
        if gone and not run.wanted and not rebuild:
            raise StoreError(
                f"nothing that is indexed is in the corpus any more ({len(gone)} readings): correct corpus.dir or readings.yaml, "
                "or run `lector ingest --rebuild` if that is meant; nothing was removed"
            )
        if gone:
            index.catalog.withdraw(gone)
            report.removed.extend(gone)
        index.catalog.set_duplicates(run.duplicates)
        index.catalog.expire(keep)
        index.clear_stale()
        report.weeks = run.weeks_of(gone)
    report.seconds = time.monotonic() - started
    return report


class _Run:
    def __init__(
        self, index: Index, chunking: Chunking, reading: Extraction, folder: Path, finder: Finder, report: Report, rebuild: bool
    ) -> None:
        self._index = index
        self._chunking = chunking
        self._reading = reading
        self._folder = folder
        self._fingerprint = fingerprint(chunking)
        self._finder = finder
        self._report = report
        self._rebuild = rebuild
        self.before = {row.reading: row for row in index.catalog.readings()}
        self._by_path = {row.path: row for row in self.before.values()}
        self.wanted: set[str] = set()
        self.duplicates: list[Duplicate] = []
        self._known_duplicates = {(row.reading, row.revision): row.same_as for row in index.catalog.duplicates()}
        self._sketches = index.catalog.sketches()
        self._weeks: set[int] = set()
        self._storing: Future[None] = Future()
        self._storing.set_result(None)

    def plan(self, items: Sequence[Item]) -> list[_Found]:
        """The items that must be read, after those that need not are noted."""
        todo: list[_Found] = []
        stamped = [self._as_stamped(item) for item in items]
        asked = {item.id for item in stamped}
        for item in stamped:
            if item.same_as is not None:
                self._report.duplicates.append({"source": item.title, "same_as": item.same_as})
                continue
            known = self.before.get(item.id)
            try:
                found = self._stat(item, self._finder.find(item), known)
            except SourceError as exc:
                self._missing(item, known, exc, todo)
                continue
            revision = self._revision(found)
            same_as = self._known_duplicates.get((item.id, revision))
            if same_as in asked and not self._rebuild:
                self._duplicate(item, revision, str(same_as))
                continue
            self.wanted.add(item.id)
            if self._rebuild:
                todo.append(found)
            elif known is not None and known.revision == revision and self._is_current(known):
                self._refresh(item, known, found)
            elif self._index.restore(self._row(found, revision)):
                self._note(item)
                self._report.restored.append(item.id)
            else:
                todo.append(found)
        return todo

    def _as_stamped(self, item: Item) -> Item:
        """A file that the manifest does not list goes by the id that it had at the last sync: its stamp was read then."""
        row = self._by_path.get(str(item.file)) if not item.listed else None
        return item if row is None else item.model_copy(update={"id": row.reading, "title": row.title, "url": row.url})

    def weeks_of(self, removed: Sequence[str]) -> list[int]:
        """The weeks that this run's changes touch."""
        old = {week for name in removed if (week := self.before[name].week) is not None}
        return sorted(self._weeks | old)

    def index_all(self, todo: list[_Found], load: Callable[[], Embedder], progress: Progress) -> None:
        """Read on all cores in worker processes, embed here, and store one reading while the next is embedded."""
        with Extractor(self._reading, self._folder) as extractor, ThreadPoolExecutor(1, "store") as self._store:
            pending = [self._submit(extractor, found, progress) for found in todo]
            embedder = load()  # takes seconds, and the workers read meanwhile
            while pending:
                _stop_if_asked(progress)
                found, future = pending.pop(0)
                try:
                    self._index_one(found, _result(future, progress), embedder, progress)
                except SourceError as exc:
                    replacements: list[_Found] = []
                    self._missing(found.item, self.before.get(found.item.id), exc, replacements)
                    pending.extend(self._submit(extractor, f, progress) for f in replacements)
            self._storing.result()

    def _submit(self, extractor: Extractor, found: _Found, progress: Progress) -> tuple[_Found, "Future[Document]"]:
        """Have a file read; its pages count as found when it is, which is long before they are embedded."""
        future = extractor.submit(found.path)
        future.add_done_callback(lambda f: progress.found(f.result().pages or 1) if not f.cancelled() and f.exception() is None else None)
        return found, future

    def _index_one(self, found: _Found, document: Document, embedder: Embedder, progress: Progress) -> None:
        found, pages = self._by_stamp(found, document), document.pages or 1
        item = found.item
        outline = sketch(block.text for block in document.blocks)
        same_as = self._same_as(item, outline)
        if same_as is not None:
            self._duplicate(item, self._revision(found), same_as)
            progress.indexed(pages, item.title)
            return
        sentences, passages = chunk(item.id, document.blocks, self._chunking)

        def embedded(count: int) -> None:
            progress.indexed(pages * count / (len(sentences) or 1), item.title)
            _stop_if_asked(progress)

        encoded = _encoded(sentences, embedder, embedded)
        row = self._row(found, self._revision(found))
        if document.stamp is not None and document.stamp.id == item.id:
            row.version = row.version or document.stamp.version
        row.pages, row.chunks, row.sentences = document.pages, len(passages), len(sentences)
        self._sketches[item.id] = outline

        def store() -> None:
            self._index.write(sentences, passages, encoded, row, outline)
            self._note(item)
            self._report.pages += document.pages
            self._report.chunks += len(passages)

        self._storing.result()  # at most one reading waits, and what the one before it met is met here
        self._storing = self._store.submit(store)

    def _by_stamp(self, found: _Found, document: Document) -> _Found:
        """A file without an arXiv id in its name, by the one that is stamped on it; unless a reading has that already."""
        stamp, item = document.stamp, found.item
        if item.listed or stamp is None or stamp.id == item.id or stamp.id in self.wanted:
            return found
        self.wanted.discard(item.id)
        self.wanted.add(stamp.id)
        url = f"https://arxiv.org/abs/{stamp.id}"
        return replace(found, item=item.model_copy(update={"id": stamp.id, "url": url}))

    def _same_as(self, item: Item, outline: Sketch) -> str | None:
        """The wanted reading that says the same already; None for the syllabus, which nothing replaces."""
        if item.kind is SourceKind.SYLLABUS:
            return None
        others = (name for name, other in self._sketches.items() if name != item.id and name in self.wanted and is_same(outline, other))
        return next(others, None)

    def _duplicate(self, item: Item, revision: str, same_as: str) -> None:
        self.wanted.discard(item.id)
        self.duplicates.append(Duplicate(course=self._index.catalog.course, reading=item.id, revision=revision, same_as=same_as))
        self._report.duplicates.append({"source": item.id, "same_as": same_as})

    def _note(self, item: Item) -> None:
        """A reading has new text."""
        (self._report.updated if item.id in self.before else self._report.added).append(item.id)
        if item.week is not None:
            self._weeks.add(item.week)

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
        row.version = row.version or known.version
        for name in ("collection", "pages", "chunks", "sentences", "indexed_at"):
            setattr(row, name, getattr(known, name))
        shown = ("title", "week", "required", "version", "url", "kind", "about")
        changed = any(getattr(row, name) != getattr(known, name) for name in shown)
        if changed:
            self._weeks |= {week for week in (row.week, known.week) if week is not None}
        if changed or (row.path, row.mtime_ns) != (known.path, known.mtime_ns):
            self._index.catalog.publish(row)
        (self._report.updated if changed else self._report.unchanged).append(item.id)

    def _row(self, found: _Found, revision: str) -> Reading:
        item = found.item
        return Reading(
            course=self._index.catalog.course, reading=item.id, revision=revision, fingerprint=self._fingerprint, sha256=found.sha256,
            kind=item.kind.value, about=item.about, title=item.title, week=item.week, required=item.required, version=item.version,
            url=item.url, path=str(found.path), size=found.size, mtime_ns=found.mtime_ns,
        )  # fmt: skip

    def _is_current(self, known: Reading) -> bool:
        return known.fingerprint == self._fingerprint and known.collection == self._index.collection_name

    def _revision(self, found: _Found) -> str:
        parts = (found.item.id, found.sha256, self._fingerprint)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]

    def _stat(self, item: Item, path: Path, known: Reading | None) -> _Found:
        try:
            stat = path.stat()
            if stat.st_size > self._reading.max_mb * 1_000_000:  # refused by its reader too, but hashing a terabyte takes an hour
                Limits(max_mb=self._reading.max_mb).check_file(path)
            same = known is not None and (known.path, known.size, known.mtime_ns) == (str(path), stat.st_size, stat.st_mtime_ns)
            sha256 = known.sha256 if known is not None and same else sha256_of(path)
        except OSError as exc:
            raise SourceError(f"{path.name}: cannot be read ({exc.strerror}): check its permissions") from exc
        return _Found(item, path, stat.st_size, stat.st_mtime_ns, sha256)


def _encoded(sentences: Sequence[Sentence], embedder: Embedder, done: Callable[[int], None]) -> Encoded:
    """All sentences as numbers; nothing of references and imprints, unless there is nothing else.

    References are found by their words: names and titles. They are a quarter of a paper's text, and embedding is most of what ingest costs.
    """
    embedded = [n for n, sentence in enumerate(sentences) if sentence.kind not in ASIDES] or list(range(len(sentences)))
    done(len(sentences) - len(embedded))
    return embedder.encode([sentences[n].searched for n in embedded], done=done).spread(embedded, len(sentences))


def _stop_if_asked(progress: Progress) -> None:
    if progress.stopped():
        raise StoppedError("stopped: run it again to do the rest")


def _result(future: "Future[Document]", progress: Progress) -> Document:
    """What a worker reads, or a stop, whichever comes first."""
    while True:
        try:
            return future.result(timeout=0.5)
        except TimeoutError:
            _stop_if_asked(progress)


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
