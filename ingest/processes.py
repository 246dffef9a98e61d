"""Worker processes that run one call each, under limits: what a hostile file does to one of them is that call's error.

Processes are forked from a server that has the parsers loaded: a fresh one takes 10 ms so, 150 ms if it is spawned; plain
fork would copy threads and locks.
"""

import multiprocessing
import os
import resource
import sys
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from threading import Lock
from types import TracebackType
from typing import Generic, TypeVar

from pebble import ProcessPool

from common.errors import SourceError

A = TypeVar("A")
R = TypeVar("R")

# What the fork server imports once, for all workers; it is one for the whole process, whoever starts it.
_PRELOADED = [
    "ingest.worker",
    "ingest.readers.pdf",
    "ingest.readers.markdown",
    "ingest.readers.text",
    "ingest.readers.html",
    "ingest.readers.ocr",
    "ingest.pictures.drawing",
    "PIL.PngImagePlugin",
    "pypdfium2",
]
_TRIES = 3


class WorkerPool(Generic[A, R]):
    """Runs one function in processes, each of which ends after one call."""

    def __init__(self, function: Callable[[A], R], workers: int) -> None:
        """Args:
        function: Of a module, found there by its name. It should `limit` itself, and let no foreign exception out (`Border`): one
            whose class cannot be made again from its pickle ends the thread that listens to all workers.
        workers: Calls at once; 0: one a core.
        """
        self._function = function
        self._workers = workers or os.cpu_count() or 1
        self._pools: list[ProcessPool] = []
        self._lock = Lock()
        self._closed = False
        self._renew()

    def submit(self, argument: A, timeout_s: float) -> "Future[R]":
        """Have the function called; calls begin in the order in which they were submitted.

        The future's error is a TimeoutError, a ProcessExpired (it died), or a BrokenProcessPool (none can be started); it is
        cancelled where the pool was closed.
        """
        future: Future[R] = Future()
        self._schedule(future, argument, timeout_s, 0)
        return future

    def close(self) -> None:
        """End all workers, whatever they do."""
        with self._lock:
            self._closed = True
        for pool in self._pools:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def _renew(self) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_PRELOADED)
        self._pools.append(ProcessPool(self._workers, max_tasks=1, context=context))

    def _schedule(self, future: "Future[R]", argument: A, timeout_s: float, tries: int) -> None:
        with self._lock:
            pool, closed = self._pools[-1], self._closed
        if closed:
            future.cancel()
            return
        again = partial(self._again, pool, future, argument, timeout_s, tries)
        try:
            inner = pool.schedule(self._function, args=(argument,), timeout=timeout_s)
        except RuntimeError:  # it broke at this moment
            again()
            return
        inner.add_done_callback(partial(self._done, future, again))

    def _done(self, future: "Future[R]", again: Callable[[], None], inner: "Future[R]") -> None:
        """Called in a thread of the pool when a worker has answered or is gone."""
        if inner.cancelled():
            future.cancel()
            return
        error = inner.exception()
        if isinstance(error, BrokenProcessPool):
            again()
        elif not future.set_running_or_notify_cancel():  # nobody waits any more
            return
        elif error is not None:
            future.set_exception(error)
        else:
            future.set_result(inner.result())

    def _again(self, broken: ProcessPool, future: "Future[R]", argument: A, timeout_s: float, tries: int) -> None:
        """Pebble 5.2.3 (seen 2026-11) gives a whole pool up where a worker dies before its first word was heard."""
        with self._lock:
            if self._pools[-1] is broken and not self._closed:
                self._renew()
        if tries + 1 < _TRIES:
            self._schedule(future, argument, timeout_s, tries + 1)
        else:
            future.set_exception(BrokenProcessPool("its process died at the start, several times"))


def limit(memory_mb: int, cpu_s: float) -> None:
    """Bound memory, processor time and the size of files written, for this process and the programs that it calls."""
    memory = memory_mb * 1024 * 1024
    wanted = [(resource.RLIMIT_CPU, int(cpu_s) + 1), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, memory)]
    if sys.platform != "darwin":  # macOS refuses or ignores it
        wanted.append((resource.RLIMIT_AS, memory))
    for what, value in wanted:
        _soft, hard = resource.getrlimit(what)
        resource.setrlimit(what, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


class Border:
    """Makes whatever a call on a file raises one line for people, in `refusal`; that is empty where all went well."""

    def __init__(self, name: str, memory_mb: int) -> None:
        self._name = name
        self._memory_mb = memory_mb
        self.refusal = ""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        if isinstance(error, SourceError):
            self.refusal = error.user_message[:1000]
        elif isinstance(error, MemoryError):
            reason = f"needs more than the {self._memory_mb} MB of reading.memory_mb: get it again, or raise the setting"
            self.refusal = f"{self._name}: {reason}"
        elif isinstance(error, RecursionError):
            self.refusal = f"{self._name}: nested deeper than any real document: get it again"
        elif kind is not None:
            said = " ".join(str(error).split())[:200]
            self.refusal = f"{self._name}: damaged, cannot be read ({kind.__name__}: {said}): get it again"
        return True
