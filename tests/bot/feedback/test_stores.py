import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from bot.feedback.persons import PersonQuestion, PersonQuestions, Refused, StoredPersonQuestion
from bot.feedback.votes import Reason, VoteStore
from common.database import open_database, session
from common.settings import Storage


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(Storage(dir=tmp_path))


def sent(answer: str, asker: int = 1) -> PersonQuestion:
    return PersonQuestion(answer, asker, "How long?", "", "en", 2, 3, 4, datetime.now(UTC))


async def test_of_two_who_send_at_once_one_is_refused(engine: Engine) -> None:
    store = PersonQuestions(engine, "zoo", 5)
    tries = await asyncio.gather(*(store.claim(sent("a", asker)) for asker in range(8)))
    assert sorted(t.value for t in tries if t) == ["sent already"] * 7
    assert len(store.all()) == 1


async def test_a_day_later_one_may_send_again(engine: Engine) -> None:
    store = PersonQuestions(engine, "zoo", 1)
    assert await store.claim(sent("a")) is None
    assert await store.claim(sent("b")) is Refused.TOO_MANY
    assert await PersonQuestions(engine, "savanna", 1).claim(sent("b")) is None
    with session(engine) as db:
        db.execute(update(StoredPersonQuestion).values(asked_at=datetime.now(UTC) - timedelta(hours=25)))
    assert await store.claim(sent("b")) is None


async def test_a_post_finds_its_question_in_its_own_course_alone(engine: Engine) -> None:
    store = PersonQuestions(engine, "zoo", 5)
    await store.claim(sent("a"))
    await store.posted("a", 8, 9)
    found = await store.of_post(None, 9)
    assert found is not None
    assert found.answer == "a"
    assert await store.of_post(None) is None
    assert await PersonQuestions(engine, "savanna", 5).of_post(9) is None


async def test_a_person_s_data_are_given_out_and_deleted(engine: Engine) -> None:
    persons, votes = PersonQuestions(engine, "zoo", 5), VoteStore(engine, "zoo")
    await persons.claim(sent("a", asker=1))
    await persons.claim(sent("b", asker=2))
    await votes.press("a", 1, good=True)
    await votes.explain("b", 1, Reason.WRONG, "No.")
    await votes.press("b", 2, good=True)
    assert [row["question"] for row in persons.export(1)] == ["How long?"]
    assert [(row["answer"], row["good"], row["reason"], row["note"]) for row in votes.export(1)] == [
        ("a", True, None, ""),
        ("b", False, "wrong", "No."),
    ]
    assert (persons.delete(1), votes.delete(1)) == (1, 2)
    assert (persons.export(1), votes.export(1)) == ([], [])
    assert (len(persons.all()), len(votes.all())) == (1, 1)


async def test_votes_since_a_day(engine: Engine) -> None:
    votes = VoteStore(engine, "zoo")
    await votes.press("a", 1, good=False)
    assert len(votes.all(datetime.now(UTC) - timedelta(minutes=1))) == 1
    assert votes.all(datetime.now(UTC) + timedelta(minutes=1)) == []
