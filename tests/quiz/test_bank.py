from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from common.errors import QuizError, UsageError
from quiz.records.bank import QuizBank
from quiz.records.quizzes import Rules
from quiz.records.tables import FeedbackTime, Review, State
from tests.quiz.conftest import COURSE, MONDAY, Clock, items


def keep_all(bank: QuizBank, key: str) -> None:
    for entry in bank.quiz(key).items:
        bank.review(key, entry.item.id, Review.KEPT, "prof")


def test_a_draft_comes_back_as_it_was_made(bank: QuizBank) -> None:
    rules = Rules(MONDAY, MONDAY + timedelta(days=2), 2, 600, False, FeedbackTime.AT_ONCE)
    key = bank.create("Week 3", items(), "prof", week=3, rules=rules)
    quiz = bank.quiz(key)
    assert [entry.item for entry in quiz.items] == items()
    assert (quiz.title, quiz.week, quiz.state, quiz.rules, quiz.created_at) == ("Week 3", 3, State.DRAFT, rules, MONDAY)
    assert quiz.asked == ()
    assert [entry.review for entry in quiz.items] == [Review.PENDING] * 5
    assert [q.id for q in bank.quizzes()] == [key]


def test_no_id_looks_like_an_option_of_a_command(bank: QuizBank, monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter(["-Ln0i_w0x_m3", "_n0i-w0x_m3a", "n0i-w0x_m3ab"])
    monkeypatch.setattr("quiz.records.bank.secrets.token_urlsafe", lambda _bytes: next(made))
    assert bank.create("Week 3", items(), "prof") == "n0i-w0x_m3ab"


def test_nothing_unapproved_is_published(bank: QuizBank) -> None:
    key = bank.create("Week 3", items(), "prof")
    with pytest.raises(QuizError, match="is a draft: review"):
        bank.publish(key, "prof")
    with pytest.raises(QuizError, match="5 items wait"):
        bank.approve(key, "prof")
    keep_all(bank, key)
    bank.approve(key, "prof")
    bank.review(key, items()[0].id, Review.DROPPED, "prof")  # another item now stands there than was approved
    with pytest.raises(QuizError, match="is a draft: review"):
        bank.publish(key, "prof")


def test_a_quiz_of_dropped_items_is_not_approved(bank: QuizBank) -> None:
    key = bank.create("Week 3", items(), "prof")
    for item in items():
        bank.review(key, item.id, Review.DROPPED, "prof")
    with pytest.raises(QuizError, match="no item is kept"):
        bank.approve(key, "prof")


def test_an_edit_keeps_place_and_key_and_remembers_what_was(bank: QuizBank) -> None:
    key = bank.create("Week 3", items(), "prof")
    first = items()[0]
    bank.review(key, first.id, Review.EDITED, "tutor", replace(first, stem="How many parallel heads are there?"))
    entry = bank.quiz(key).items[0]
    assert (entry.item.id, entry.item.stem, entry.review) == (first.id, "How many parallel heads are there?", Review.EDITED)
    edit = bank.events(key)[-1]
    assert (edit.who, edit.what, edit.item, edit.details["before"]) == ("tutor", "edited", first.id, first.as_json())


def test_a_published_quiz_opens_and_closes_by_the_clock(bank: QuizBank, clock: Clock) -> None:
    key = bank.create("Week 3", items(), "prof")
    keep_all(bank, key)
    bank.approve(key, "prof")
    quiz = bank.publish(key, "prof", opens_at=MONDAY + timedelta(hours=1), closes_at=MONDAY + timedelta(hours=2))
    assert [quiz.is_open(MONDAY + timedelta(minutes=m)) for m in (0, 59, 60, 119, 120)] == [False, False, True, True, False]
    assert bank.publish(key, "prof").rules == quiz.rules  # twice changes nothing
    with pytest.raises(QuizError, match="only its closing"):
        bank.set_rules(key, replace(quiz.rules, attempts=3), "prof")
    with pytest.raises(QuizError, match="is published: its items"):
        bank.review(key, items()[0].id, Review.DROPPED, "prof")
    clock.pass_(minutes=90)
    bank.close(key, "prof")
    closed = bank.quiz(key)
    assert (closed.state, closed.rules.closes_at) == (State.CLOSED, clock.now)
    with pytest.raises(QuizError, match="is closed"):
        bank.publish(key, "prof")
    assert [event.what for event in bank.events(key)] == ["created", *["kept"] * 5, "approved", "published", "closed"]


def test_another_item_takes_the_place_of_a_dropped_one(bank: QuizBank) -> None:
    key = bank.create("Week 3", items()[:2], "prof")
    bank.review(key, items()[0].id, Review.DROPPED, "prof")
    bank.add(key, items()[2:3], "prof")
    keep_all_but = [entry.review for entry in bank.quiz(key).items]
    assert keep_all_but == [Review.DROPPED, Review.PENDING, Review.PENDING]
    with pytest.raises(UsageError, match="the same item twice"):
        bank.add(key, items()[:1], "prof")


def test_a_retired_item_is_known_by_its_contents_too(bank: QuizBank) -> None:
    key = bank.create("Week 3", items(), "prof")
    first = items()[0]
    edited = replace(first, stem="How many parallel heads are there?")
    bank.review(key, first.id, Review.EDITED, "prof", edited)
    bank.retire(key, first.id, "nobody gets it right", "prof")
    assert first.id in bank.retired()
    assert len(bank.retired()) == 2


def test_one_course_does_not_see_the_quizzes_of_another(bank: QuizBank, engine: Engine) -> None:
    key = bank.create("Week 3", items(), "prof")
    other = QuizBank(engine, f"{COURSE}-2")
    assert other.quizzes() == []
    with pytest.raises(QuizError, match="there is no quiz"):
        other.quiz(key)


@pytest.mark.parametrize("wrong", [{"attempts": 0}, {"time_limit_s": 0}, {"opens_at": MONDAY, "closes_at": MONDAY}])
def test_impossible_rules_are_refused(wrong: dict) -> None:
    with pytest.raises(UsageError):
        Rules(**wrong)
