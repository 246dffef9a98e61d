import asyncio
import threading
import time
from collections.abc import Iterator

import pytest

from common.workers import Worker


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker("test")
    yield made
    made.close()


async def test_calls_run_one_at_a_time_on_one_named_thread(worker: Worker) -> None:
    running = 0
    most = 0
    threads = set()

    def call() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        threads.add(threading.current_thread().name)
        time.sleep(0.01)
        running -= 1

    await asyncio.gather(*(worker.run(call) for _ in range(8)))
    assert most == 1
    assert len(threads) == 1
    assert next(iter(threads)).startswith("test")


async def test_closing_a_stream_stops_the_work_at_its_next_item(worker: Worker) -> None:
    made: list[int] = []

    def endless(stop: threading.Event) -> Iterator[int]:
        for n in range(10_000):
            made.append(n)
            time.sleep(0.001)
            yield n

    stream = worker.aiterate(endless)
    assert [await anext(stream), await anext(stream)] == [0, 1]
    await stream.aclose()
    await worker.run(lambda: None)  # the thread is free again
    assert len(made) < 100


async def test_an_error_on_the_thread_reaches_the_caller(worker: Worker) -> None:
    def fails(stop: threading.Event) -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        _ = [item async for item in worker.aiterate(fails)]
    assert await worker.run(lambda: 2) == 2


def test_iterate_from_outside_a_loop(worker: Worker) -> None:
    assert list(worker.iterate(lambda _stop: iter([1, 2, 3]))) == [1, 2, 3]
