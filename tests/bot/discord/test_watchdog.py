"""The event loop must stay free while a question is answered: Discord's heartbeats and its 3 seconds run on it."""

import asyncio
import gc
import hashlib
import os
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import astuple, dataclass

from bot.discord.start import settled
from rag.answers import Status
from rag.compose import Parts

LIMIT_S = 0.05
ROUNDS = 6
QUESTIONS = (
    "How many attention heads does the base Transformer use?",
    "What does LoRA do to the pretrained weights?",
    "What is retrieval-augmented generation?",
)
_STEP_S = 0.005


@dataclass
class Lag:
    """The worst of a loop's turns: seconds by which a task that sleeps 5 ms woke late, CPU seconds of the loop's thread in a turn."""

    late: float = 0.0
    cpu: float = 0.0


async def worst_lag(work: Callable[[], Awaitable[None]]) -> Lag:
    """Watch the loop while `work` runs on it."""
    worst = Lag()

    async def watch() -> None:
        while True:
            started, cpu = time.perf_counter(), time.thread_time()
            await asyncio.sleep(_STEP_S)
            worst.late = max(worst.late, time.perf_counter() - started - _STEP_S)
            worst.cpu = max(worst.cpu, time.thread_time() - cpu)

    watching = asyncio.create_task(watch())
    await asyncio.sleep(0)
    try:
        await work()
        await asyncio.sleep(2 * _STEP_S)  # what blocks at the very end is seen, too
    finally:
        watching.cancel()
    return worst


async def idle_beside_busy_threads() -> None:
    """A second in which the loop has nothing to do, beside as many busy threads as there are cores; none of them holds the GIL."""
    done = threading.Event()

    def spin() -> None:
        while not done.is_set():
            hashlib.pbkdf2_hmac("sha256", b"word", b"salt", 20_000)  # runs without the GIL, as llama.cpp does

    threads = [threading.Thread(target=spin) for _ in range(os.cpu_count() or 1)]
    for thread in threads:
        thread.start()
    await asyncio.sleep(1)
    done.set()
    for thread in threads:
        await asyncio.to_thread(thread.join)


async def test_the_event_loop_is_free_while_questions_are_answered(parts: Parts) -> None:
    # On a free machine of two cores the loop is 2 to 6 ms late at worst. Beside another job it was up to 290 ms late with the
    # loop's thread, and the whole process, getting almost no CPU: that is the system's doing. So (seen 2026-11)
    # - the loop thread's own CPU time in a turn must be under the limit in every round: other jobs do not change it, and it
    #   shows whatever computes on the loop;
    # - the delay must be under the limit in one of the rounds, as what waits on the loop would come back in each; and where no
    #   round is that quiet, it may exceed what an idle loop saw just before, beside busy threads that run no Python.
    await parts.assistant.ask("What is self-attention?")  # loads the models

    async def ask_all() -> None:
        for question in QUESTIONS:
            assert (await parts.assistant.ask(question)).status is not Status.REFUSED

    excess = []
    for number in range(ROUNDS):
        idle, busy = await worst_lag(idle_beside_busy_threads), await worst_lag(ask_all)
        shown = [round(seconds * 1000, 1) for seconds in (*astuple(idle), *astuple(busy))]
        print(f"round {number}, ms: idle late, cpu; busy late, cpu = {shown}")  # pytest -rP shows it
        assert busy.cpu < LIMIT_S, f"{busy.cpu * 1000:.0f} ms of work in one turn of the event loop"
        if busy.late < LIMIT_S:
            return
        excess.append(busy.late - idle.late)
    assert min(excess) < LIMIT_S, f"the event loop was late by {[round(s * 1000) for s in excess]} ms more than an idle one"


def test_what_is_loaded_at_the_start_is_left_out_of_collections(parts: Parts) -> None:
    before = gc.get_freeze_count()
    with settled():
        assert gc.get_freeze_count() > before + 100_000  # the libraries of the models
    assert gc.get_freeze_count() == 0
