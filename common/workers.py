"""One thread for one thing that is not safe, or not pleasant, to call from several threads at once.

Lector has two: one owns the language model (llama.cpp crashes under concurrent calls), one owns the
embedding model and the index. The event loop awaits them and never runs either itself. A call that hangs
cannot be stopped in Python: its thread is left to itself, and a new one takes over.
"""

import asyncio
import contextlib
import queue
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, InvalidStateError
from contextvars import Context
from typing import Any, TypeVar

from common.errors import StalledError

T = TypeVar("T")


class Worker:
    """A single named thread that runs calls one after another, in the order in which they came."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lane = _Lane(name)

    def call(self, function: Callable[[], T]) -> T:
        """Run `function` on the thread and wait for it; for callers outside the event loop."""
        return self._lane.submit(function).result()

    async def run(self, function: Callable[[], T]) -> T:
        """Await `function` run on the thread.

        Raises:
            StalledError: The thread was replaced meanwhile, see `renew`.
        """
        return await asyncio.wrap_future(self._lane.submit(function))

    async def responds(self, within_s: float) -> bool:
        """Whether the thread comes to a new call in this time; False where the one before it hangs."""
        try:
            async with asyncio.timeout(within_s):
                await self.run(lambda: None)
        except TimeoutError:
            return False
        return True

    def renew(self) -> None:
        """Leave what runs to itself and go on with a new thread: what waits, or runs, fails with a StalledError for its caller."""
        hung, self._lane = self._lane, _Lane(self._name)
        hung.abandon()

    def iterate(self, start: Callable[[threading.Event], Iterator[T]]) -> Iterator[T]:
        """Yield what `start(stop)` yields on the thread; `stop` is set when the caller is no longer listening."""
        items: queue.SimpleQueue[tuple[bool, T | BaseException | None]] = queue.SimpleQueue()
        stop = threading.Event()
        _feed(self._lane, start, stop, items.put)
        try:
            while True:
                more, item = items.get()
                if more:
                    yield item  # type: ignore[misc]  # `more` says that it is an item
                elif isinstance(item, BaseException):
                    raise item
                else:
                    return
        finally:
            stop.set()

    async def aiterate(self, start: Callable[[threading.Event], Iterator[T]]) -> AsyncIterator[T]:
        """As `iterate`, without blocking the event loop; closing or cancelling stops the work at its next item."""
        loop = asyncio.get_running_loop()
        items: asyncio.Queue[tuple[bool, T | BaseException | None]] = asyncio.Queue()
        stop = threading.Event()

        def put(entry: tuple[bool, T | BaseException | None]) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(items.put_nowait, entry)

        _feed(self._lane, start, stop, put)
        try:
            while True:
                more, item = await items.get()
                if more:
                    yield item  # type: ignore[misc]  # `more` says that it is an item
                elif isinstance(item, BaseException):
                    raise item
                else:
                    return
        finally:
            stop.set()

    def close(self) -> None:
        """Let the running call finish, drop those that wait, end the thread."""
        self._lane.close()


class _Lane:
    """The thread of a worker. A daemon: the interpreter's end does not wait for one that hangs, as it would for an executor's."""

    def __init__(self, name: str) -> None:
        self._calls: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = queue.SimpleQueue()
        self._running: Future[Any] | None = None
        self._lock = threading.Lock()  # a call is either refused by `close` or cancelled by it
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=f"{name}_0", daemon=True)
        self._started = False

    def submit(self, function: Callable[[], T]) -> "Future[T]":
        future: Future[T] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError("this worker is closed")
            if not self._started:
                self._started = True
                self._thread.start()
            self._calls.put((future, function))
        return future

    def close(self) -> None:
        self._drop_waiting(lambda future: future.cancel())
        if self._started:
            self._thread.join()

    def abandon(self) -> None:
        error = StalledError("something took far too long and was started anew: ask again", code="stalled")

        def fail(future: Future[Any]) -> None:
            if future.set_running_or_notify_cancel():
                future.set_exception(error)

        self._drop_waiting(fail)
        running = self._running
        if running is not None:
            with contextlib.suppress(InvalidStateError):  # it ended just now
                running.set_exception(error)

    def _drop_waiting(self, drop: Callable[[Future[Any]], object]) -> None:
        with self._lock:
            self._closed = True
            with contextlib.suppress(queue.Empty):
                while (call := self._calls.get_nowait()) is not None:
                    drop(call[0])
            self._calls.put(None)

    def _run(self) -> None:
        while (call := self._calls.get()) is not None:
            future, function = call
            if future.set_running_or_notify_cancel():
                self._running = future
                try:
                    result = function()
                except BaseException as exc:  # noqa: BLE001  # handed to the caller's thread, which raises it
                    with contextlib.suppress(InvalidStateError):  # abandoned meanwhile
                        future.set_exception(exc)
                else:
                    with contextlib.suppress(InvalidStateError):
                        future.set_result(result)
                    del result
                self._running = None
            del call, future, function  # while it waits for the next, nothing of this one is kept


def _feed(
    lane: _Lane,
    start: Callable[[threading.Event], Iterator[T]],
    stop: threading.Event,
    put: Callable[[tuple[bool, T | BaseException | None]], None],
) -> None:
    """Have the lane put what `start` yields; its end is told too where it never ran, or was abandoned."""

    def told(future: "Future[None]") -> None:
        error = StalledError("it was ended before its turn: ask again", code="stalled") if future.cancelled() else future.exception()
        if error is not None:
            put((False, error))

    lane.submit(lambda: _pump(start, stop, put)).add_done_callback(told)


def _pump(
    start: Callable[[threading.Event], Iterator[T]],
    stop: threading.Event,
    put: Callable[[tuple[bool, T | BaseException | None]], None],
) -> None:
    try:
        if not stop.is_set():
            for item in start(stop):
                put((True, item))
                if stop.is_set():
                    break
        put((False, None))
    except BaseException as exc:  # noqa: BLE001  # handed to the caller's thread, which raises it
        put((False, exc))


async def apart(function: Callable[[], T]) -> T:
    """Await a call that starts or ends processes: on a thread, in an empty context.

    The caller's, which `asyncio.to_thread` takes along, has under simcord 3.2.1 (2026-11) a clock that stands still, and
    multiprocessing, which also looks after the children of others when it starts one, waits by the clock.
    """
    return await asyncio.to_thread(Context().run, function)
