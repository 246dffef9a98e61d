"""Reads files in worker processes: on all cores, and no file can take more than its share or take the process down.

Each file has a fresh worker, forked from a server that has the parsers loaded. A worker has limits on wall-clock time (the
pool kills it), on processor time and memory (the kernel does), and on bytes, pages and characters (the readers refuse).
Whatever becomes of it, the future of that file alone has a `SourceError`. The limits keep a file from doing harm by accident
or by weight; they are no sandbox against code that a parser's bug would let in.
"""

import pickle
import shutil
import signal
import tempfile
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from pebble import ProcessExpired

from common.errors import SourceError, StoreError
from common.settings import Extraction
from ingest import readers
from ingest.documents import Document
from ingest.processes import WorkerPool
from ingest.readers.limits import Limits
from ingest.worker import Answer, Ocr, Read, Task, work

_GRACE_S = 5.0  # the kernel's limit on time comes after the pool's: it is for workers whose pool is gone


@dataclass(frozen=True)
class _Job:
    """A file on its way through the pool, perhaps a second time for OCR."""

    task: Task
    future: "Future[Document]"
    timeout_s: float


class Extractor:
    """A pool of workers that read files; a context manager, at whose end they are gone."""

    def __init__(self, settings: Extraction, folder: Path, read: Read = readers.read) -> None:
        """Args:
        settings: The limits, the number of workers, and what is done with scans.
        folder: The data folder; `ocr/` in it keeps what OCR has read.
        read: What reads a file, in the worker: a function of a module.
        """
        self._settings = settings
        self._folder = folder
        self._read = read
        self._refusal = _why_no_ocr(settings)
        self._submitted = 0

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for left in self._folder.glob(".reading-*"):  # of a process that was killed
                shutil.rmtree(left, ignore_errors=True)
            self._spool = tempfile.TemporaryDirectory(dir=self._folder, prefix=".reading-", ignore_cleanup_errors=True)
        except OSError as exc:
            raise StoreError(f"cannot write {self._folder} ({exc.strerror}): make room, or the folder writable") from exc
        self._pool: WorkerPool[Task, Answer] = WorkerPool(work, self._settings.workers)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._pool.close()
        self._spool.cleanup()

    def submit(self, path: Path) -> "Future[Document]":
        """Have a file read. Returns at once; files are begun in the order in which they are submitted.

        The future's only error is `SourceError`, whatever the file does.
        """
        settings, spool = self._settings, Path(self._spool.name)
        self._submitted += 1
        task = Task(
            read=self._read,
            path=path.absolute(),
            limits=Limits(settings.max_mb, settings.max_pages, settings.max_chars),
            memory_mb=settings.memory_mb,
            cpu_s=settings.timeout_s + _GRACE_S,
            spool=spool / f"{self._submitted}.pickle",
            ocr=Ocr(self._refusal, self._folder / "ocr", spool, settings.ocr_language, settings.ocr_timeout_s),
        )
        future: Future[Document] = Future()
        self._schedule(_Job(task, future, settings.timeout_s))
        return future

    def _schedule(self, job: _Job) -> None:
        self._pool.submit(job.task, job.timeout_s).add_done_callback(partial(self._done, job))

    def _done(self, job: _Job, inner: "Future[Answer]") -> None:
        """Called in a thread of the pool when a worker has answered or is gone."""
        error = CancelledError() if inner.cancelled() else inner.exception()
        if isinstance(error, CancelledError):
            job.future.cancel()
        elif error is not None:
            job.future.set_exception(SourceError(f"{job.task.path.name}: {_why_gone(error, job)}"))
        else:
            kind, said = inner.result()
            if kind == "read":
                self._deliver(job)
            elif kind == "scan":
                self._schedule(_for_ocr(job, said, self._settings))
            else:
                job.future.set_exception(SourceError(said))

    def _deliver(self, job: _Job) -> None:
        """Load what a worker has written; it was bounded there, but no worker is taken at its word."""
        spool = job.task.spool
        try:
            if spool.stat().st_size > 20 * self._settings.max_chars + 100_000:
                raise SourceError(f"{job.task.path.name}: more text than reading.max_chars allows")
            document: Document = pickle.loads(spool.read_bytes())
            spool.unlink()
        except SourceError as exc:
            job.future.set_exception(exc)
        except (OSError, EOFError, pickle.PickleError, AttributeError, ImportError, LookupError, MemoryError, TypeError, ValueError) as exc:
            job.future.set_exception(SourceError(f"{job.task.path.name}: its text was lost on the way ({exc}): make room and run again"))
        else:
            job.future.set_result(document)


def _for_ocr(job: _Job, said: str, settings: Extraction) -> _Job:
    """The same file once more, with time for the pages that a worker has found to be scanned."""
    count, _, pages = said.partition(" ")
    ocr = replace(job.task.ocr, pages=pages, timeout_s=int(count) * settings.ocr_timeout_s)
    # Reading it once more, before or after OCR, is not OCR's time.
    return replace(
        job, task=replace(job.task, ocr=ocr, cpu_s=job.task.cpu_s + ocr.timeout_s), timeout_s=2 * settings.timeout_s + ocr.timeout_s
    )


def _why_no_ocr(settings: Extraction) -> str:
    """The reason for which scans are refused; "" where they need not be."""
    if settings.ocr == "off":
        return "no text in it (a scan?), and reading.ocr is off: set it to auto, or add a copy that has been through OCR"
    from ingest.readers import ocr

    missing = ocr.missing_programs()
    return f"no text in it (a scan?), and there is no {' or '.join(missing)} to read it: {ocr.ADVICE}" if missing else ""


def _why_gone(error: BaseException, job: _Job) -> str:
    """What a person is told of a file whose worker did not come back."""
    if isinstance(error, ProcessExpired):
        code = error.exitcode or 0
        if code == -signal.SIGXCPU:
            return "took more processor time than reading.timeout_s allows: get it again, or print it to PDF anew"
        ended = signal.strsignal(-code) if code < 0 else f"exit code {code}"
        return (
            f"crashed its reader ({ended}): damaged, or in need of more than the {job.task.memory_mb} MB of reading.memory_mb: get it again"
        )
    if isinstance(error, TimeoutError):
        setting = "reading.timeout_s" if job.task.ocr.pages is None else "reading.ocr_timeout_s"
        return f"took longer than {job.timeout_s:g} s to read ({setting}): get it again, or print it to PDF anew"
    if isinstance(error, BrokenProcessPool):
        return f"{error}: make room in memory or raise reading.memory_mb"
    return f"its reader could not be started ({type(error).__name__}: {error})"
