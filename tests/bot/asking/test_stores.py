"""What survives a restart: waiting questions and conversations, on real SQLite."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from bot.asking.asked import Asked, Way
from bot.asking.conversations import ConversationStore, Place, StoredTurn
from bot.asking.waiting import WaitingStore
from common.database import open_database, session
from common.settings import Storage
from common.settings_bot import Conversations
from rag.questions import Turn

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ASKED = Asked("a" * 16, "zoo", 7, "What do bees make?", NOON, Way.MESSAGE, server=1, channel=2, message=3, conversation="t:2", before=9)
SNOWFLAKE = 1_300_000_000_000_000_000  # larger than 32 bits


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(Storage(dir=tmp_path / "data"))


class At:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


async def test_a_question_is_found_again_as_it_was(engine: Engine, tmp_path: Path) -> None:
    command = replace(
        ASKED, id="b" * 16, asker=SNOWFLAKE, way=Way.COMMAND, token="t" * 200, private=True, asked_at=NOON - timedelta(minutes=1)
    )
    store = WaitingStore(engine, "zoo")
    await store.save(ASKED)
    await store.save(command)
    assert await WaitingStore(open_database(Storage(dir=tmp_path / "data")), "zoo").all() == [command, ASKED]  # oldest first


async def test_a_kept_question_changes_and_goes(engine: Engine) -> None:
    store = WaitingStore(engine, "zoo")
    await store.save(ASKED)
    await store.change(ASKED.id, shown=SNOWFLAKE, attempts=1)
    assert await store.all() == [replace(ASKED, shown=SNOWFLAKE, attempts=1)]
    await store.remove(ASKED.id)
    await store.change(ASKED.id, shown=5)
    assert await store.all() == []


async def test_courses_do_not_see_each_other(engine: Engine) -> None:
    zoo, sea = (WaitingStore(engine, course) for course in ("zoo", "sea"))
    await zoo.save(ASKED)
    await sea.remove(ASKED.id)
    await sea.change(ASKED.id, text="changed")
    assert (await sea.all(), await zoo.all()) == ([], [ASKED])
    zoos, seas = (ConversationStore(engine, course, Conversations()) for course in ("zoo", "sea"))
    await zoos.record("t:1", Turn("Q", "A"), asker=1, message=5, question_message=6)
    assert await seas.history("t:1") == []
    assert await seas.of_answer(5) is None
    assert await seas.of_question(6) is None


async def test_a_conversation_is_remembered_in_order_and_bounded(engine: Engine) -> None:
    store = ConversationStore(engine, "zoo", Conversations(turns=3))
    for n in range(5):
        await store.record("d:1", Turn(f"Q{n}", f"A{n}"), asker=1, message=100 + n)
    await store.record("d:2", Turn("another", "conversation"), asker=1)
    assert await store.history("d:1") == [Turn("Q2", "A2"), Turn("Q3", "A3"), Turn("Q4", "A4")]
    assert await store.history("d:1", upto=101) == [Turn("Q0", "A0"), Turn("Q1", "A1")]  # a reply to an older answer
    assert await store.history("d:1", upto=999) == []
    assert await store.of_answer(103) == Place("d:1", 103, "Q3")


async def test_what_was_asked_long_ago_is_not_leaned_on_and_then_deleted(engine: Engine) -> None:
    clock = At()
    store = ConversationStore(engine, "zoo", Conversations(hours=1, keep_days=1), clock)
    await store.record("d:1", Turn("old", ""), asker=1)
    clock.now += timedelta(hours=2)
    await store.record("d:1", Turn("new", ""), asker=1)
    assert await store.history("d:1") == [Turn("new", "")]
    clock.now += timedelta(days=1, seconds=1)
    await store.record("d:1", Turn("newest", ""), asker=1)
    with session(engine) as db:
        assert db.scalar(select(func.count()).select_from(StoredTurn)) == 1


async def test_an_edited_question_takes_the_place_of_what_it_was(engine: Engine) -> None:
    store = ConversationStore(engine, "zoo", Conversations())
    await store.record("t:1", Turn("before", "A"), asker=1, message=5, question_message=6)
    await store.record("t:1", Turn("after", "B"), asker=1, message=5, question_message=6)
    assert await store.history("t:1") == [Turn("after", "B")]
    assert await store.of_question(6) == Place("t:1", 5, "after")
    assert await store.history("t:1", besides=6) == []  # while it is answered anew, it does not lean on itself


async def test_a_thread_goes_on_from_the_answer_that_it_was_opened_under(engine: Engine) -> None:
    store = ConversationStore(engine, "zoo", Conversations())
    for n in range(3):
        await store.record("r:1", Turn(f"Q{n}", f"A{n}"), asker=1, message=100 + n)
    await store.branch(Place("r:1", 101, "Q1"), "t:101")
    assert await store.history("t:101") == [Turn("Q0", "A0"), Turn("Q1", "A1")]
    assert await store.of_answer(101) == Place("r:1", 101, "Q1")  # the copy has no message of its own
