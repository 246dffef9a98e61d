"""Many students ask at once: who is answered, in which order, and what it costs the event loop.

    python -m tests.bot.discord.crowd [--students 60] [--seconds 5] [--no-model] [--data-dir data]

The bot, its models and its queue are the real ones; Discord is the small one on loopback, in the same process and on the same
loop, so what is measured of the loop holds the server's work too. Needs an index (`lector ingest`).
"""

import argparse
import asyncio
import statistics
import time
from dataclasses import astuple, dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import psutil

from bot.discord.client import LectorBot
from bot.discord.courses import open_course
from bot.discord.start import point_at, settled
from common.configuration import load_settings
from common.settings import Settings
from rag.compose import Parts, open_assistant
from tests.bot.discord.fake_discord import TOKEN, FakeDiscord, Interaction
from tests.bot.discord.wire import DONE, with_discord

QUESTIONS = (
    "How many attention heads does the base Transformer use?",
    "When is the final project due?",
    "What does LoRA do to the pretrained weights?",
    "What is retrieval-augmented generation?",
    "What is the best temperature for baking sourdough bread?",
    "How is the course graded?",
)
LOOKED_UP = ("When is the final project due?", "How is the course graded?", "What is due in week 3?", "Please write my essay for me.")
_STEP_S = 0.005
_QUIET_S = 300.0


@dataclass
class Lag:
    """What a task that sleeps for 5 ms again and again sees of its loop: seconds by which it woke late, the thread's CPU seconds a turn."""

    late: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    async def watch(self) -> None:
        while True:
            started, cpu = time.perf_counter(), time.thread_time()
            await asyncio.sleep(_STEP_S)
            self.late.append(time.perf_counter() - started - _STEP_S)
            self.cpu.append(time.thread_time() - cpu)


@dataclass(frozen=True)
class Crowd:
    """What came of it; times in seconds, memory in MB.

    Attributes:
        twice: Questions with more than one complete answer.
        overtaken: The longest that anybody waited for their answer after somebody who had asked later had theirs.
        first_sign: The longest wait until the asker saw anything.
        heartbeat: The longest pause between two heartbeats, where `heartbeat_due` was asked for.
    """

    students: int
    answered: int
    told_when: int
    neither: int
    twice: int
    overtaken: float
    first_sign: float
    all_done: float
    longest_wait: float
    heartbeat: float
    heartbeat_due: float
    late_worst: float
    late_median: float
    cpu_worst: float
    memory_before: float
    memory_after: float
    memory_most: float
    too_fast: int


async def crowd(fake: FakeDiscord, students: int, seconds: float, questions: tuple[str, ...]) -> Crowd:
    """Have so many students ask within so many seconds, and wait until every one is answered or told when to come back."""
    process, lag = psutil.Process(), Lag()
    before = most = process.memory_info().rss
    beats = len(fake.ops(1))
    watching = asyncio.create_task(lag.watch())
    began = time.monotonic()
    asked: list[Interaction] = []
    signs: dict[str, float] = {}
    for n in range(students):
        asked.append(await fake.slash("ask", question=questions[n % len(questions)], student=str(50_000 + n)))
        _look(asked, signs)
        await asyncio.sleep(max(0.0, began + (n + 1) * seconds / students - time.monotonic()))
    while time.monotonic() - began < _QUIET_S and not all(_is_over(one) for one in asked):
        _look(asked, signs)
        most = max(most, process.memory_info().rss)
        await asyncio.sleep(0.02)
    _look(asked, signs)
    done = time.monotonic() - began
    watching.cancel()
    finals = {one.id: [e.at for e in fake.sent("PATCH", f"/{one.token}/") if DONE in (e.body or {}).get("content", "")] for one in asked}
    answered = [one for one in asked if finals[one.id]]
    pauses = [later["at"] - earlier["at"] for earlier, later in pairwise(fake.ops(1)[beats - 1 :])] if beats else []
    mb = 1_000_000
    return Crowd(
        students=students,
        answered=len(answered),
        told_when=sum(_told_when(one) for one in asked),
        neither=sum(not _is_over(one) for one in asked),
        twice=sum(len(times) > 1 for times in finals.values()),
        overtaken=_overtaken([finals[one.id][0] for one in answered]),
        first_sign=max(signs.get(one.id, float("inf")) - one.at for one in asked),
        all_done=done,
        longest_wait=max((finals[one.id][0] - one.at for one in answered), default=0.0),
        heartbeat=max(pauses, default=0.0),
        heartbeat_due=fake.heartbeat_ms / 1000,
        late_worst=max(lag.late),
        late_median=statistics.median(lag.late),
        cpu_worst=max(lag.cpu),
        memory_before=before / mb,
        memory_after=process.memory_info().rss / mb,
        memory_most=most / mb,
        too_fast=len(fake.too_fast),
    )


def _overtaken(done: list[float]) -> float:
    """Of moments in the order in which they should come, the furthest that a later one is before an earlier one."""
    latest, worst = float("-inf"), 0.0
    for at in done:
        worst, latest = max(worst, latest - at), max(latest, at)
    return worst


def _look(asked: list[Interaction], signs: dict[str, float]) -> None:
    for one in asked:
        if one.id not in signs and one.message is not None:
            signs[one.id] = time.monotonic()


def _told_when(one: Interaction) -> bool:
    return one.message is not None and "<t:" in one.message["content"]


def _is_over(one: Interaction) -> bool:
    return _told_when(one) or (one.message is not None and DONE in one.message["content"])


async def _measure(settings: Settings, students: int, seconds: float, questions: tuple[str, ...]) -> Crowd:
    with open_assistant(settings) as parts:
        await parts.assistant.ask(QUESTIONS[0])  # loads the models
        with settled():
            async with FakeDiscord() as fake:
                return await _with_bot(fake, parts, students, seconds, questions)


async def _with_bot(fake: FakeDiscord, parts: Parts, students: int, seconds: float, questions: tuple[str, ...]) -> Crowd:
    fake.heartbeat_ms = 1000
    connected = with_discord(parts.settings, fake)
    point_at(connected.discord)
    bot = LectorBot([open_course(replace(parts, settings=connected))])
    bot._connection.guild_ready_timeout = 0.05
    async with bot:
        started = asyncio.create_task(bot.start(TOKEN))
        await fake.until(bot.is_ready)
        await asyncio.sleep(2.5)  # some heartbeats
        measured = await crowd(fake, students, seconds, questions)
        await bot.close()
        await started
    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--students", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--no-model", action="store_true", help="only what is looked up or declined")
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    parser.add_argument("--data-dir", type=Path)
    options = parser.parse_args()
    settings = load_settings(options.config, data_dir=options.data_dir)
    measured = asyncio.run(_measure(settings, options.students, options.seconds, LOOKED_UP if options.no_model else QUESTIONS))
    for name, value in zip(Crowd.__dataclass_fields__, astuple(measured), strict=True):
        print(f"{name:14} {value:.3f}" if isinstance(value, float) else f"{name:14} {value}")


if __name__ == "__main__":
    main()
