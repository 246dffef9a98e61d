"""A hundred students who answer a quiz at once: how long a click takes, and whether an answer is lost. `make bench` runs it.

    python -m evals.bench_quiz [--students 100] [--items 10] [--json]

In each round all students click at the same moment, one in ten of them twice. A click's own time runs from the event loop's call to its
answer, waiting for a thread and for the database included; Discord's network is not in it. On SQLite, and on PostgreSQL where its binaries
are installed.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from sqlalchemy import func, select

from common.database import open_database, reading
from common.settings import Storage
from evals.postgres import cluster
from quiz.items import Item, Kind, identified
from quiz.records.attempts import Attempts
from quiz.records.bank import QuizBank
from quiz.records.quizzes import Rules
from quiz.records.tables import AttemptRow, ResponseRow, Review

_LIMIT_MS = 500.0  # of the 95th percentile
_TWICE = 10  # every so many students click twice


@dataclass(frozen=True)
class Measured:
    """What one database did; times in milliseconds.

    Attributes:
        cpu_ms: Of this process a click, which other programs on the machine change little.
        loop_ms: The longest that the event loop was held up meanwhile.
        lost: Answers that are not there, or not the ones that were given.
        doubled: Rows too many.
    """

    database: str
    clicks: int
    p50_ms: float
    p95_ms: float
    most_ms: float
    cpu_ms: float
    loop_ms: float
    lost: int
    doubled: int

    @property
    def holds(self) -> bool:
        """Is it as fast as it must be, with nothing lost?"""
        return self.p95_ms < _LIMIT_MS and not self.lost and not self.doubled


def measure(name: str, storage: Storage, students: int, items: int) -> Measured:
    """Run a whole quiz on a database."""
    engine = open_database(storage)
    try:
        asked = [identified(Item("", Kind.CHOICE, f"Question {n}?", ("a", "b", "c", "d"), n % 4)) for n in range(items)]
        bank, attempts = QuizBank(engine, "bench"), Attempts(engine, "bench")
        key = bank.create("Benchmark", asked, "bench", rules=Rules(shuffle=False))
        for item in asked:
            bank.review(key, item.id, Review.KEPT, "bench")
        bank.approve(key, "bench")
        bank.publish(key, "bench")
        before = time.process_time()
        times, loop_ms = asyncio.run(_take(attempts, key, students, items))
        cpu_ms = 1000 * (time.process_time() - before) / len(times)
        with reading(engine) as db:
            rows = {(a, i): answer for a, i, answer in db.execute(select(ResponseRow.attempt, ResponseRow.item, ResponseRow.answer))}
            started = {row.id: int(row.student) for row in db.scalars(select(AttemptRow))}
            count = db.scalar(select(func.count()).select_from(ResponseRow)) or 0
        wanted = {(a, asked[n].id): _choice(student, n) for a, student in started.items() for n in range(items)}
        lost = sum(rows.get(place) != answer for place, answer in wanted.items()) + abs(students - len(started)) * items
        p50, p95 = np.percentile(times, [50, 95])
        return Measured(name, len(times), float(p50), float(p95), max(times), cpu_ms, loop_ms, lost, max(0, count - students * items))
    finally:
        engine.dispose()


async def _take(attempts: Attempts, quiz: str, students: int, items: int) -> tuple[list[float], float]:
    """The times of all clicks, and the longest that the loop was held up."""
    sittings = await asyncio.gather(*(asyncio.to_thread(attempts.start, quiz, str(student)) for student in range(students)))
    times: list[float] = []

    async def click(student: int, number: int) -> None:
        started = time.perf_counter()
        await asyncio.to_thread(attempts.answer, sittings[student].attempt, str(student), number, _choice(student, number - 1))
        times.append(1000 * (time.perf_counter() - started))

    done = asyncio.Event()
    watch = asyncio.create_task(_watch(done))
    for number in range(1, items + 1):
        clicks = [student for student in range(students) for _ in range(2 if student % _TWICE == 0 else 1)]
        await asyncio.gather(*(click(student, number) for student in clicks))
    done.set()
    return times, await watch


async def _watch(done: asyncio.Event, every_s: float = 0.01) -> float:
    """By how many milliseconds the loop was late at most."""
    late = 0.0
    while not done.is_set():
        started = time.perf_counter()
        await asyncio.sleep(every_s)
        late = max(late, time.perf_counter() - started - every_s)
    return 1000 * late


def _choice(student: int, item: int) -> int:
    return (student + item) % 4


def main() -> None:
    """Measure, print a line a database; exit 1 where one does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--items", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        found.append(measure("sqlite", Storage(dir=Path(folder)), options.students, options.items))
        try:
            server = stack.enter_context(cluster(durable=True))
        except FileNotFoundError as exc:
            print(f"postgresql: not measured, {exc}", file=sys.stderr)
        else:
            storage = Storage(dir=Path(folder), database_url=server.url(server.database()))
            found.append(measure("postgresql", storage, options.students, options.items))
    if options.json:
        print(json.dumps([asdict(m) | {"holds": m.holds} for m in found]))
    else:
        for m in found:
            print(
                f"{m.database}: {m.clicks} clicks, {options.students} students at once: p50 {m.p50_ms:.0f} ms, p95 {m.p95_ms:.0f} ms "
                f"(limit {_LIMIT_MS:.0f}), most {m.most_ms:.0f} ms; {m.cpu_ms:.1f} ms of CPU a click; loop late by {m.loop_ms:.0f} ms "
                f"at most; lost {m.lost}, doubled {m.doubled}"
            )
    sys.exit(0 if all(m.holds for m in found) else 1)


if __name__ == "__main__":
    main()
