"""One thread for one thing that is not safe, or not pleasant, to call from several threads at once.

Lector has two: one owns the language model (llama.cpp crashes under concurrent calls), one owns the
embedding model and the index. The event loop awaits them and never runs either itself.
"""

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Worker:
    """A single named thread that runs calls one after another, in the order in which they came."""

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    def call(self, function: Callable[[], T]) -> T:
        """Run `function` on the thread and wait for it; for callers outside the event loop."""
        return self._pool.submit(function).result()

    async def run(self, function: Callable[[], T]) -> T:
        """Await `function` run on the thread."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, function)

    def iterate(self, start: Callable[[threading.Event], Iterator[T]]) -> Iterator[T]:
        """Yield what `start(stop)` yields on the thread; `stop` is set when the caller is no longer listening."""
        items: queue.SimpleQueue[tuple[bool, T | BaseException | None]] = queue.SimpleQueue()
        stop = threading.Event()
        self._pool.submit(_pump, start, stop, items.put)
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

        self._pool.submit(_pump, start, stop, put)
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
        self._pool.shutdown(wait=True, cancel_futures=True)


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
