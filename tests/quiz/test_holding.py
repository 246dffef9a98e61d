"""No answer is lost and none is counted twice, whatever happens between click and reply."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event, func, select, text

from common.database import open_database, reading
from common.errors import StoreError
from common.settings import Storage
from quiz.records.attempts import Answered, Attempts
from quiz.records.quizzes import Rules
from quiz.records.tables import AttemptRow, ResponseRow
from tests.conftest import ROOT
from tests.quiz.conftest import COURSE, MONDAY, wait

ANN = "101"
IN_ORDER = Rules(shuffle=False)

# A bot that is shot in the middle of a click: when the database is told to commit, or when the reply would be sent.
_SHOT = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from sqlalchemy import event
from common.database import open_database
from common.settings import Storage
from quiz.records.attempts import Attempts
where, folder, url, attempt, now = sys.argv[1:]
engine = open_database(Storage(dir=Path(folder), database_url=url or None))
shoot = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
if where == "before the commit":
    event.listen(engine, "commit", shoot)
Attempts(engine, "zoo", lambda: datetime.fromisoformat(now)).answer(attempt, "101", 1, 1)
shoot()
"""


def rows(engine: Engine) -> tuple[int, int]:
    """How many attempts and how many answers are stored."""
    with reading(engine) as db:
        return tuple(db.scalar(select(func.count()).select_from(table)) or 0 for table in (AttemptRow, ResponseRow))  # type: ignore[return-value]


@pytest.mark.parametrize(("where", "saved"), [("before the commit", 0), ("before the reply", 1)])
def test_a_bot_killed_between_click_and_reply_leaves_the_answer_or_no_trace(
    storage: Storage, engine: Engine, published: Callable[..., str], where: str, saved: int
) -> None:
    attempts = Attempts(engine, COURSE, lambda: MONDAY)
    sitting = attempts.start(published(IN_ORDER), ANN)
    child = subprocess.Popen(
        [sys.executable, "-c", _SHOT, where, str(storage.dir), storage.database_url or "", sitting.attempt, MONDAY.isoformat()],
        cwd=ROOT, text=True,
    )  # fmt: skip
    assert wait(child) == -signal.SIGKILL
    assert rows(engine) == (1, saved)
    assert attempts.start(attempts.sitting(sitting.attempt, ANN).quiz, ANN).answered == (frozenset({1}) if saved else frozenset())
    attempts.answer(sitting.attempt, ANN, 1, 1)  # the student saw no reply and clicks again
    assert rows(engine) == (1, 1)
    assert attempts.finish(sitting.attempt, ANN).percent == pytest.approx(20)


def at_once(calls: list[Callable[[], Answered]]) -> list[Answered]:
    """Run calls on threads of their own that start together."""
    gate = threading.Barrier(len(calls))

    def run(call: Callable[[], Answered]) -> Answered:
        gate.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_double_clicks_and_two_devices_make_one_attempt_and_one_answer(
    storage: Storage, engine: Engine, published: Callable[..., str]
) -> None:
    quiz = published(IN_ORDER)
    other = open_database(storage)  # another process of the bot
    devices = [Attempts(e, COURSE, lambda: MONDAY) for e in (engine, other, engine, other)]
    started = at_once([lambda a=a: a.start(quiz, ANN) for a in devices])  # type: ignore[misc]
    assert len({sitting.attempt for sitting in started}) == 1
    attempt = started[0].attempt
    answered = at_once([lambda a=a, n=n: a.answer(attempt, ANN, 1, n) for n, a in enumerate(devices)])  # type: ignore[misc]
    assert all(answer.saved for answer in answered)
    assert rows(engine) == (1, 1)
    kept = devices[0].item(attempt, ANN, 1)[1]
    assert kept in (0, 1, 2, 3)
    again = at_once([lambda a=a: a.answer(attempt, ANN, 2, False) for a in devices])  # type: ignore[misc]
    assert {answer.sitting.answered for answer in again} == {frozenset({1, 2})}
    assert rows(engine) == (1, 2)
    assert len({outcome.percent for outcome in at_once([lambda a=a: a.finish(attempt, ANN) for a in devices])}) == 1  # type: ignore[misc]
    other.dispose()


@contextmanager
def held(storage: Storage, seconds: float) -> Iterator[None]:
    """Somebody else holds the database for so long while the block runs."""
    other = open_database(storage)
    holding = threading.Event()

    def hold() -> None:
        with other.begin() as connection:
            connection.execute(text("BEGIN IMMEDIATE" if other.dialect.name == "sqlite" else "LOCK TABLE quiz_attempts, quiz_responses"))
            holding.set()
            time.sleep(seconds)

    thread = threading.Thread(target=hold)
    thread.start()
    holding.wait()
    yield
    thread.join()
    other.dispose()


def test_a_click_outlasts_a_database_that_is_locked_for_ten_seconds(
    storage: Storage, engine: Engine, published: Callable[..., str]
) -> None:
    attempts = Attempts(engine, COURSE, lambda: MONDAY)
    attempt = attempts.start(published(IN_ORDER), ANN).attempt
    started = time.monotonic()
    with held(storage, 10):
        assert attempts.answer(attempt, ANN, 1, 1).sitting.answered == {1}
        assert time.monotonic() - started >= 9.9
    assert rows(engine) == (1, 1)


def test_a_database_locked_for_longer_is_told_and_the_student_may_click_again(
    storage: Storage, engine: Engine, published: Callable[..., str]
) -> None:
    attempts = Attempts(engine, COURSE, lambda: MONDAY)
    attempt = attempts.start(published(IN_ORDER), ANN).attempt
    setting = "PRAGMA busy_timeout = 200" if engine.dialect.name == "sqlite" else "SET lock_timeout = 200"
    engine.dispose()

    @event.listens_for(engine, "connect")
    def _impatient(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute(setting)
        connection.commit()  # type: ignore[attr-defined]

    with held(storage, 1), pytest.raises(StoreError, match="is busy: another Lector is writing; try again"):
        attempts.answer(attempt, ANN, 1, 1)
    assert rows(engine) == (1, 0)
    attempts.answer(attempt, ANN, 1, 1)
    assert rows(engine) == (1, 1)


def test_the_clock_of_the_click_counts_not_that_of_the_commit(storage: Storage, engine: Engine, published: Callable[..., str]) -> None:
    """Whoever clicked in time and had to wait for the database is in time."""
    times = iter([MONDAY, MONDAY])  # asked once for the start, once for the answer, before any waiting
    attempts = Attempts(engine, COURSE, lambda: next(times))
    attempt = attempts.start(published(Rules(shuffle=False, time_limit_s=1)), ANN).attempt
    with held(storage, 0.3):
        assert attempts.answer(attempt, ANN, 1, 1).saved
