"""Reads files in worker processes: on all cores, and no file can take more than its share or take the process down.

Each file has a fresh worker, forked from a server that has the parsers loaded. A worker has limits on wall-clock time (the
pool kills it), on processor time and memory (the kernel does), and on bytes, pages and characters (the readers refuse).
Whatever becomes of it, the future of that file alone has a `SourceError`. The limits keep a file from doing harm by accident
or by weight; they are no sandbox against code that a parser's bug would let in.
"""

import multiprocessing
import os
import pickle
import shutil
import signal
import tempfile
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessPool

from common.errors import SourceError, StoreError
from common.settings import Extraction
from ingest import readers
from ingest.documents import Document
from ingest.readers.limits import Limits
from ingest.worker import Answer, Ocr, Read, Task, work

# What the fork server imports once, for all workers.
_PRELOADED = [
    "ingest.worker",
    "ingest.readers.pdf",
    "ingest.readers.markdown",
    "ingest.readers.text",
    "ingest.readers.html",
    "ingest.readers.ocr",
]
_TRIES = 3
_GRACE_S = 5.0  # the kernel's limit on time comes after the pool's: it is for workers whose pool is gone


@dataclass(frozen=True)
class _Job:
    """A file on its way through the pool, perhaps a second time for OCR."""

    task: Task
    future: "Future[Document]"
    timeout_s: float
    tries: int = 0


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
        self._pools: list[ProcessPool] = []
        self._lock = Lock()
        self._submitted = 0
        self._closed = False

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for left in self._folder.glob(".reading-*"):  # of a process that was killed
                shutil.rmtree(left, ignore_errors=True)
            self._spool = tempfile.TemporaryDirectory(dir=self._folder, prefix=".reading-", ignore_cleanup_errors=True)
        except OSError as exc:
            raise StoreError(f"cannot write {self._folder} ({exc.strerror}): make room, or the folder writable") from exc
        self._new_pool()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._lock:
            self._closed = True
        for pool in self._pools:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()
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

    def _new_pool(self) -> None:
        # A fork server (not plain fork, which copies threads and locks) has a fresh worker in 10 ms; spawning one takes 150 ms.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_PRELOADED)
        self._pools.append(ProcessPool(self._settings.workers or os.cpu_count() or 1, max_tasks=1, context=context))

    def _schedule(self, job: _Job) -> None:
        with self._lock:
            pool, closed = self._pools[-1], self._closed
        if closed:
            job.future.cancel()
            return
        try:
            inner = pool.schedule(work, args=(job.task,), timeout=job.timeout_s)
        except RuntimeError:  # it broke at this moment
            self._again(job, pool)
            return
        inner.add_done_callback(partial(self._done, job, pool))

    def _done(self, job: _Job, pool: ProcessPool, inner: "Future[Answer]") -> None:
        """Called in a thread of the pool when a worker has answered or is gone."""
        error = CancelledError() if inner.cancelled() else inner.exception()
        if isinstance(error, CancelledError):
            job.future.cancel()
        elif isinstance(error, BrokenProcessPool):
            self._again(job, pool)
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

    def _again(self, job: _Job, broken: ProcessPool) -> None:
        """Pebble 5.2.3 (seen 2026-11) gives a whole pool up where a worker dies before its first word was heard."""
        with self._lock:
            if self._pools[-1] is broken and not self._closed:
                self._new_pool()
        if job.tries + 1 < _TRIES:
            self._schedule(replace(job, tries=job.tries + 1))
        else:
            reason = "its process died at the start, several times: make room in memory or raise reading.memory_mb"
            job.future.set_exception(SourceError(f"{job.task.path.name}: {reason}"))


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
    return f"its reader could not be started ({type(error).__name__}: {error})"
