from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from common.errors import QuizError, UsageError
from quiz.grading.grades import Grade
from quiz.records.attempts import Attempts
from quiz.records.bank import QuizBank
from quiz.records.corrections import Corrections
from quiz.records.practice import Practice
from quiz.records.quizzes import Rules
from tests.quiz.conftest import COURSE, MONDAY, Clock, items

ANN, BEN = "101", "102"
CHOICE, TRUTH, NUMBER, CLOZE, SHORT = items()


@pytest.fixture
def practice(engine: Engine, clock: Clock) -> Practice:
    return Practice(engine, COURSE, clock)


def test_what_is_known_comes_back_later_and_later_and_what_is_missed_soon(practice: Practice, clock: Clock) -> None:
    assert practice.add(ANN, items()) == 5
    assert practice.add(ANN, items()) == 0
    assert practice.counts(ANN) == (5, 5)
    waits = []
    for number in range(5):
        given = practice.answer(ANN, CHOICE.id, number, 1, seconds=30)
        assert (given.grade.is_right, given.counted) == (True, True)
        waits.append(given.due_at - clock.now)
        clock.now = given.due_at
    assert waits == sorted(waits)
    assert waits[-1] > timedelta(days=10)
    missed = practice.answer(ANN, CHOICE.id, 5, 0)
    assert not missed.grade.is_right
    assert missed.due_at - clock.now < timedelta(days=1)
    clock.now = missed.due_at
    card = next(card for card in practice.due(ANN) if card.item == CHOICE)
    assert (card.number, card.missed) == (6, 1)


def test_a_quick_right_answer_waits_longer_than_a_slow_one(practice: Practice) -> None:
    practice.add(ANN, [CHOICE])
    practice.add(BEN, [CHOICE])
    quick, slow = practice.answer(ANN, CHOICE.id, 0, 1, seconds=3), practice.answer(BEN, CHOICE.id, 0, 1, seconds=60)
    assert quick.due_at > slow.due_at


def test_due_are_those_whose_time_has_come_the_longest_due_first(practice: Practice, clock: Clock) -> None:
    practice.add(ANN, [CHOICE])
    clock.pass_(hours=1)
    practice.add(ANN, [TRUTH, CLOZE])
    assert [card.item.id for card in practice.due(ANN)] == [CHOICE.id, *sorted([TRUTH.id, CLOZE.id])]
    assert len(practice.due(ANN, limit=2)) == 2
    practice.answer(ANN, CHOICE.id, 0, 1)
    assert CHOICE.id not in [card.item.id for card in practice.due(ANN)]
    assert practice.counts(ANN) == (2, 3)


def test_a_double_click_moves_a_card_once(practice: Practice) -> None:
    practice.add(ANN, [CHOICE])
    first = practice.answer(ANN, CHOICE.id, 0, 1)
    second = practice.answer(ANN, CHOICE.id, 0, 1)
    assert (second.counted, second.due_at) == (False, first.due_at)


def test_missed_items_of_a_closed_quiz_become_cards(
    practice: Practice, engine: Engine, clock: Clock, published: Callable[..., str], bank: QuizBank
) -> None:
    quiz = published(Rules(shuffle=False))
    attempts = Attempts(engine, COURSE, clock)
    attempt = attempts.start(quiz, ANN).attempt
    for number, answer in enumerate((1, True, "12"), start=1):
        attempts.answer(attempt, ANN, number, answer)
    attempts.finish(attempt, ANN)
    with pytest.raises(QuizError, match="still open"):  # its keys are not to be shown yet
        practice.add_missed(attempt, ANN)
    Corrections(engine, COURSE, clock).void(quiz, NUMBER.id, "prof", "unclear")
    bank.retire(quiz, CLOZE.id, "too easy", "prof")
    clock.pass_(minutes=1)
    bank.close(quiz, "prof")
    with pytest.raises(QuizError, match="not an attempt of yours"):
        practice.add_missed(attempt, BEN)
    assert practice.add_missed(attempt, ANN) == 2
    assert practice.add_missed(attempt, ANN) == 0
    assert {card.item.id for card in practice.due(ANN)} == {TRUTH.id, SHORT.id}


def test_students_have_cards_of_their_own(practice: Practice, engine: Engine) -> None:
    practice.add(ANN, [CHOICE])
    assert practice.due(BEN) == []
    assert Practice(engine, "another", lambda: MONDAY).due(ANN) == []
    with pytest.raises(QuizError, match="no item that you practise"):
        practice.answer(BEN, CHOICE.id, 0, 1)
    practice.forget(BEN, CHOICE.id)
    assert practice.counts(ANN) == (1, 1)
    practice.forget(ANN, CHOICE.id)
    assert practice.counts(ANN) == (0, 0)


def test_a_short_answer_brings_its_grade(practice: Practice) -> None:
    practice.add(ANN, [SHORT])
    with pytest.raises(QuizError, match="graded first"):
        practice.answer(ANN, SHORT.id, 0, "Because.")
    assert practice.answer(ANN, SHORT.id, 0, "Because.", grade=Grade(0.5, False)).counted
    practice.add(ANN, [CHOICE])
    with pytest.raises(UsageError):
        practice.answer(ANN, CHOICE.id, 0, 7)


def test_only_those_who_asked_are_reminded_and_once_a_day(practice: Practice, clock: Clock) -> None:
    practice.add(ANN, [CHOICE, TRUTH])
    practice.add(BEN, [CHOICE])
    assert practice.to_remind() == []
    practice.wish_reminders(ANN, wanted=True)
    practice.wish_reminders(ANN, wanted=True)
    assert practice.to_remind() == [(ANN, 2)]
    assert practice.to_remind() == []
    clock.pass_(days=1)
    assert practice.to_remind() == [(ANN, 2)]
    for card in practice.due(ANN):
        practice.answer(ANN, card.item.id, card.number, card.item.key)
    clock.pass_(minutes=1)
    practice.wish_reminders(BEN, wanted=True)
    practice.wish_reminders(BEN, wanted=False)
    assert practice.to_remind() == []
