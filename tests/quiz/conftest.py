"""Quizzes on both databases, a clock that is set by hand, and items of every kind."""

import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from common.database import open_database
from common.settings import Storage
from evals.postgres import Cluster
from quiz.items import GAP, TRUTHS, Evidence, Item, Kind, identified
from quiz.records.bank import QuizBank
from quiz.records.quizzes import Rules
from quiz.records.tables import Review

COURSE = "zoo"
MONDAY = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)
EVIDENCE = Evidence(
    "1706.03762", "Attention Is All You Need", "5", "3 Model > 3.2 Attention", "We employ h = 8 parallel heads.", "https://x/5"
)


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **duration: float) -> None:
        self.now += timedelta(**duration)


def items() -> list[Item]:
    """One of each kind."""
    return [
        identified(item)
        for item in (
            Item("", Kind.CHOICE, "How many heads are there?", ("4", "8", "16", "64"), 1, "It says 8.", EVIDENCE, week=3),
            Item("", Kind.TRUE_FALSE, "The model is recurrent.", TRUTHS, False, "It is not.", EVIDENCE),
            Item("", Kind.NUMERIC, "How long did training of the big model take, in days?", (), Decimal("3.5"), "", EVIDENCE,
                 tolerance=Decimal("0.1"), unit="days"),
            Item("", Kind.CLOZE, f"The encoder has {GAP} layers.", (), "six", "", EVIDENCE, accepted=("6",)),
            Item("", Kind.SHORT, "Why are the dot products scaled?", (), "Large dot products give softmax very small gradients.", "",
                 EVIDENCE, rubric=("Large dot products push the softmax into regions of small gradients.",)),
        )
    ]  # fmt: skip


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def template(postgres: Cluster) -> str:
    """A migrated database, to be copied."""
    name = postgres.database()
    open_database(Storage(database_url=postgres.url(name))).dispose()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """An empty, migrated database, once of each kind."""
    if request.param == "sqlite":
        return Storage(dir=tmp_path / "data")
    cluster: Cluster = request.getfixturevalue("postgres")
    name = cluster.database(request.getfixturevalue("template"))
    return Storage(dir=tmp_path / "data", database_url=cluster.url(name))


@pytest.fixture
def engine(storage: Storage) -> Iterator[Engine]:
    opened = open_database(storage)
    yield opened
    opened.dispose()


@pytest.fixture
def bank(engine: Engine, clock: Clock) -> QuizBank:
    return QuizBank(engine, COURSE, clock)


@pytest.fixture
def published(bank: QuizBank) -> Callable[..., str]:
    """Makes a quiz that students may take; its id."""

    def make(rules: Rules | None = None, asked: list[Item] | None = None) -> str:
        key = bank.create("Week 3", asked or items(), "prof", week=3, rules=rules)
        for item in asked or items():
            bank.review(key, item.id, Review.KEPT, "prof")
        bank.approve(key, "prof")
        bank.publish(key, "prof")
        return key

    return make


def wait(process: subprocess.Popen[str]) -> int:
    """The exit code of a child, which must end soon."""
    return process.wait(timeout=60)
