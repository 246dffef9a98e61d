import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextvars import ContextVar

import pytest

from common.errors import StalledError
from common.workers import Worker, apart
from tests.conftest import ROOT


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


async def test_a_hanging_call_is_left_behind_and_the_next_one_has_a_new_thread(worker: Worker) -> None:
    hangs, release = threading.Event(), threading.Event()

    def hang() -> str:
        hangs.set()
        release.wait()
        return "too late"

    hanging = asyncio.create_task(worker.run(hang))
    waiting = asyncio.create_task(worker.run(lambda: "never run"))
    stream = worker.aiterate(lambda _stop: iter(["never", "run"]))
    reading = asyncio.create_task(anext(stream))
    await asyncio.to_thread(hangs.wait)
    assert not await worker.responds(0.01)
    worker.renew()
    for task in (hanging, waiting, reading):
        with pytest.raises(StalledError, match="ask again"):
            await task
    assert await worker.responds(10)
    assert await worker.run(lambda: 3) == 3
    release.set()  # what the old thread says now goes nowhere
    assert await worker.run(lambda: 4) == 4


async def test_a_stream_whose_item_hangs_fails_when_the_thread_is_given_up(worker: Worker) -> None:
    release = threading.Event()

    def one_then_hang(stop: threading.Event) -> Iterator[int]:
        yield 1
        release.wait()
        yield 2

    stream = worker.aiterate(one_then_hang)
    assert await anext(stream) == 1
    reading = asyncio.create_task(anext(stream))
    assert not await worker.responds(0.01)
    worker.renew()
    with pytest.raises(StalledError):
        await reading
    assert [item async for item in worker.aiterate(lambda _stop: iter([3]))] == [3]
    release.set()


async def test_a_busy_thread_that_comes_to_its_next_call_in_time_responds(worker: Worker) -> None:
    release = threading.Event()
    busy = asyncio.create_task(worker.run(release.wait))
    asks = asyncio.create_task(worker.responds(30))
    await asyncio.sleep(0)
    release.set()
    assert await asks
    assert await busy


def test_a_hanging_thread_does_not_keep_the_program_from_ending() -> None:
    program = (
        "import asyncio, threading\n"
        "from common.workers import Worker\n"
        "async def main():\n"
        "    worker = Worker('hangs')\n"
        "    task = asyncio.create_task(worker.run(threading.Event().wait))\n"
        "    await asyncio.sleep(0)\n"
        "    assert not await worker.responds(0.05)\n"
        "    worker.renew()\n"
        "    await asyncio.gather(task, return_exceptions=True)\n"
        "    worker.close()\n"
        "asyncio.run(main())\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=30, cwd=ROOT)


async def test_a_closed_worker_takes_nothing_and_drops_what_waits() -> None:
    worker, release = Worker("closing"), threading.Event()
    running = asyncio.create_task(worker.run(release.wait))
    waiting = asyncio.create_task(worker.run(lambda: None))
    await asyncio.sleep(0.01)
    threading.Timer(0.05, release.set).start()
    await asyncio.to_thread(worker.close)
    assert await running
    with pytest.raises(asyncio.CancelledError):
        await waiting
    with pytest.raises(RuntimeError):
        await worker.run(lambda: None)


async def test_what_starts_processes_is_called_outside_the_caller_s_context() -> None:
    clock: ContextVar[str] = ContextVar("clock", default="runs")
    clock.set("stands still")
    assert await asyncio.to_thread(clock.get) == "stands still"
    assert await apart(clock.get) == "runs"
