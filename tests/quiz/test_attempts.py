import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from common.errors import QuizError, TooLateError, UsageError
from quiz.grading.grades import Grade
from quiz.items import Kind
from quiz.records.attempts import Attempts
from quiz.records.bank import QuizBank
from quiz.records.corrections import Corrections
from quiz.records.quizzes import Rules
from quiz.records.tables import FeedbackTime
from quiz.taking import Sitting, next_number, option_order, percent
from tests.quiz.conftest import COURSE, MONDAY, Clock, items

ANN, BEN = "101", "102"
IN_ORDER = Rules(shuffle=False)


@pytest.fixture
def attempts(engine: Engine, clock: Clock) -> Attempts:
    return Attempts(engine, COURSE, clock)


@pytest.fixture
def corrections(engine: Engine, clock: Clock) -> Corrections:
    return Corrections(engine, COURSE, clock)


def answer_all(attempts: Attempts, sitting: Sitting, student: str, *given: int | bool | str) -> None:
    for number, answer in enumerate(given, start=1):
        attempts.answer(sitting.attempt, student, number, answer)


def test_a_quiz_is_answered_one_item_at_a_time_and_scored(attempts: Attempts, published: Callable[..., str], clock: Clock) -> None:
    sitting = attempts.start(published(IN_ORDER), ANN)
    assert (sitting.number, sitting.of, sitting.answered, sitting.finished) == (1, 5, frozenset(), False)
    assert sitting.current is not None
    assert (sitting.current.number, sitting.current.stem, sitting.current.options) == (
        1,
        "How many heads are there?",
        ("4", "8", "16", "64"),
    )
    for number, answer in enumerate([1, True, "84 hours", "6"], start=1):
        clock.pass_(seconds=20)
        sitting = attempts.answer(sitting.attempt, ANN, number, answer).sitting
        assert sitting.current is not None
        assert sitting.current.number == number + 1
    done = attempts.answer(sitting.attempt, ANN, 5, "Otherwise gradients vanish.")
    assert done.sitting.current is None
    assert done.to_grade is not None
    assert attempts.set_grade(done.to_grade, Grade(0.5, False, "half of it"))
    outcome = attempts.finish(sitting.attempt, ANN)
    assert outcome.percent == pytest.approx(100 * 3.5 / 5)
    assert outcome.provisional
    assert outcome.items == ()  # the quiz is still open to others


def test_keys_come_after_the_closing(attempts: Attempts, published: Callable[..., str], bank: QuizBank) -> None:
    quiz = published(IN_ORDER)
    sitting = attempts.start(quiz, ANN)
    attempts.answer(sitting.attempt, ANN, 1, 0)
    with pytest.raises(QuizError, match="not finished"):
        attempts.outcome(sitting.attempt, ANN)
    assert attempts.finish(sitting.attempt, ANN).items == ()
    bank.close(quiz, "prof")
    shown = attempts.outcome(sitting.attempt, ANN).items
    assert [(r.number, r.given, r.grade and r.grade.credit, r.item.answer) for r in shown][:2] == [
        (1, "4", 0.0, "8"),
        (2, None, None, "False"),
    ]


def test_with_feedback_at_once_the_first_answer_stands(attempts: Attempts, published: Callable[..., str]) -> None:
    sitting = attempts.start(published(replace(IN_ORDER, feedback=FeedbackTime.AT_ONCE)), ANN)
    first = attempts.answer(sitting.attempt, ANN, 1, 0)
    assert first.saved
    assert first.result is not None
    assert (first.result.given, first.result.item.answer, first.result.grade) == ("4", "8", Grade(0.0))
    second = attempts.answer(sitting.attempt, ANN, 1, 1)
    assert not second.saved
    assert second.result == first.result


def test_with_feedback_after_closing_the_last_answer_counts(attempts: Attempts, published: Callable[..., str]) -> None:
    sitting = attempts.start(published(IN_ORDER), ANN)
    assert attempts.answer(sitting.attempt, ANN, 1, 0).result is None
    attempts.answer(sitting.attempt, ANN, 1, 1)
    assert attempts.item(sitting.attempt, ANN, 1)[1] == 1
    assert attempts.finish(sitting.attempt, ANN).percent == pytest.approx(20)


def test_nothing_that_a_student_is_sent_before_answering_tells_the_key(attempts: Attempts, published: Callable[..., str]) -> None:
    quiz = published(Rules())
    sitting = attempts.start(quiz, ANN)
    sent = json.dumps(asdict(sitting), default=str)
    for number in range(1, 6):
        sent += json.dumps(asdict(attempts.item(sitting.attempt, ANN, number)[0]), default=str)
    for item in items():
        assert item.id not in sent  # a hash of what is right: anyone could try each option
        assert item.kind is Kind.CHOICE or item.kind is Kind.TRUE_FALSE or item.answer not in sent
        assert not item.explanation or item.explanation not in sent
        assert item.evidence is not None
        assert item.evidence.quote not in sent


def test_each_attempt_has_an_order_of_its_own_that_stays(attempts: Attempts, published: Callable[..., str]) -> None:
    quiz = published(Rules(attempts=1))
    orders = []
    for student in map(str, range(12)):
        sitting = attempts.start(quiz, student)
        seen = [attempts.item(sitting.attempt, student, n)[0] for n in range(1, 6)]
        assert seen == [attempts.item(sitting.attempt, student, n)[0] for n in range(1, 6)]
        orders.append([item.stem for item in seen])
        choice = next(item for item in seen if item.kind is Kind.CHOICE)
        attempts.answer(sitting.attempt, student, choice.number, choice.options.index("8"))
        assert attempts.finish(sitting.attempt, student).percent == pytest.approx(20)
    assert len({tuple(order) for order in orders}) > 5


@given(st.integers(0, 2**31))
def test_the_key_stands_anywhere(seed: int) -> None:
    order = option_order(items()[0], seed, shuffle=True)
    assert sorted(order) == [0, 1, 2, 3]
    assert option_order(items()[1], seed, shuffle=True) == [0, 1]


def test_an_attempt_is_resumed_and_their_number_is_limited(attempts: Attempts, published: Callable[..., str], engine: Engine) -> None:
    quiz = published(replace(IN_ORDER, attempts=2))
    first = attempts.start(quiz, ANN)
    attempts.answer(first.attempt, ANN, 1, 1)
    again = Attempts(engine, COURSE, lambda: MONDAY).start(quiz, ANN)  # another process
    assert (again.attempt, again.answered) == (first.attempt, {1})
    assert again.current is not None
    assert again.current.number == 2
    attempts.finish(first.attempt, ANN)
    second = attempts.start(quiz, ANN)
    assert (second.number, second.answered) == (2, frozenset())
    attempts.finish(second.attempt, ANN)
    with pytest.raises(QuizError, match="used your 2 attempts"):
        attempts.start(quiz, ANN)
    assert attempts.of_student(quiz, ANN) == [first.attempt, second.attempt]


def test_the_time_limit_holds_on_the_servers_clock_and_loses_nothing(
    attempts: Attempts, published: Callable[..., str], clock: Clock
) -> None:
    sitting = attempts.start(published(replace(IN_ORDER, time_limit_s=60)), ANN)
    assert sitting.deadline == MONDAY + timedelta(seconds=60)
    clock.pass_(seconds=59)
    attempts.answer(sitting.attempt, ANN, 1, 1)
    clock.pass_(seconds=1)
    for _ in range(2):
        with pytest.raises(TooLateError, match=r"over at 09:01:00 UTC.*The answer before that is saved"):
            attempts.answer(sitting.attempt, ANN, 2, False)
    outcome = attempts.outcome(sitting.attempt, ANN)
    assert outcome.percent == pytest.approx(20)
    assert outcome.sitting.finished


def test_a_click_after_the_closing_is_refused_and_loses_nothing(attempts: Attempts, published: Callable[..., str], clock: Clock) -> None:
    quiz = published(replace(IN_ORDER, closes_at=MONDAY + timedelta(hours=1)))
    sitting = attempts.start(quiz, ANN)
    attempts.answer(sitting.attempt, ANN, 1, 1)
    clock.pass_(hours=1)
    with pytest.raises(TooLateError, match="The answer before that is saved"):
        attempts.answer(sitting.attempt, ANN, 2, False)
    with pytest.raises(TooLateError, match="is closed"):
        attempts.start(quiz, BEN)
    assert [r.grade for r in attempts.outcome(sitting.attempt, ANN).items][:2] == [Grade(1.0), None]


def test_a_click_after_staff_closed_it_is_refused(attempts: Attempts, published: Callable[..., str], bank: QuizBank, clock: Clock) -> None:
    quiz = published(IN_ORDER)
    sitting = attempts.start(quiz, ANN)
    clock.pass_(minutes=5)
    bank.close(quiz, "prof")
    with pytest.raises(TooLateError, match=r"over at 09:05:00 UTC.*Nothing had been answered"):
        attempts.answer(sitting.attempt, ANN, 1, 1)


def test_a_quiz_that_is_not_open_yet_cannot_be_started(attempts: Attempts, published: Callable[..., str], bank: QuizBank) -> None:
    quiz = published(Rules(opens_at=MONDAY + timedelta(hours=1)))
    with pytest.raises(QuizError, match="opens at 2024-03-04 10:00 UTC"):
        attempts.start(quiz, ANN)
    with pytest.raises(QuizError, match="is not open"):
        attempts.start(bank.create("Draft", items(), "prof"), ANN)
    with pytest.raises(QuizError, match="there is no quiz"):
        attempts.start("nowhere", ANN)


def test_a_finished_attempt_takes_no_more_answers(attempts: Attempts, published: Callable[..., str]) -> None:
    sitting = attempts.start(published(IN_ORDER), ANN)
    attempts.answer(sitting.attempt, ANN, 1, 1)
    assert attempts.finish(sitting.attempt, ANN) == attempts.finish(sitting.attempt, ANN)
    with pytest.raises(QuizError, match="is finished"):
        attempts.answer(sitting.attempt, ANN, 2, True)


def test_two_students_cannot_see_or_touch_each_others_attempts(attempts: Attempts, published: Callable[..., str], engine: Engine) -> None:
    quiz = published(IN_ORDER)
    ann, ben = attempts.start(quiz, ANN), attempts.start(quiz, BEN)
    assert ann.attempt != ben.attempt
    attempts.answer(ann.attempt, ANN, 1, 1)
    other_course = Attempts(engine, "another", lambda: MONDAY)
    for call in (
        lambda: attempts.sitting(ann.attempt, BEN),
        lambda: attempts.item(ann.attempt, BEN, 1),
        lambda: attempts.answer(ann.attempt, BEN, 1, 0),
        lambda: attempts.finish(ann.attempt, BEN),
        lambda: attempts.outcome(ann.attempt, BEN),
        lambda: other_course.sitting(ann.attempt, ANN),
    ):
        with pytest.raises(QuizError, match="not an attempt of yours"):
            call()
    assert attempts.item(ann.attempt, ANN, 1)[1] == 1
    assert not attempts.sitting(ann.attempt, ANN).finished
    assert attempts.sitting(ben.attempt, BEN).answered == frozenset()


def test_answers_that_an_item_cannot_have_are_refused_and_change_nothing(attempts: Attempts, published: Callable[..., str]) -> None:
    sitting = attempts.start(published(IN_ORDER), ANN)
    for number, answer in ((1, 4), (1, -1), (1, True), (2, 1), (3, " "), (0, 1), (6, 1)):
        with pytest.raises(UsageError):
            attempts.answer(sitting.attempt, ANN, number, answer)
    assert attempts.sitting(sitting.attempt, ANN).answered == frozenset()


def test_a_short_answer_without_a_grade_is_found_again(attempts: Attempts, published: Callable[..., str]) -> None:
    sitting = attempts.start(published(IN_ORDER), ANN)
    attempts.answer(sitting.attempt, ANN, 5, "first thought")
    stale = attempts.ungraded()[0]
    attempts.answer(sitting.attempt, ANN, 5, "second thought")
    assert not attempts.set_grade(stale, Grade(1.0))  # of an answer that is no more
    assert [u.text for u in attempts.ungraded()] == ["second thought"]
    assert attempts.set_grade(attempts.ungraded()[0], Grade(0.0, True))
    assert attempts.ungraded() == []


def test_staff_confirm_what_is_provisional(
    attempts: Attempts, corrections: Corrections, published: Callable[..., str], bank: QuizBank
) -> None:
    quiz = published(IN_ORDER)
    sitting = attempts.start(quiz, ANN)
    answer_all(attempts, sitting, ANN, 1, False, "between 3 and 4", "seven", "No idea.")
    waiting = corrections.waiting(quiz)
    assert [(w.student, w.item.kind, w.given) for w in waiting] == [(ANN, Kind.NUMERIC, "between 3 and 4"), (ANN, Kind.SHORT, "No idea.")]
    corrections.confirm(sitting.attempt, items()[2].id, 0.5, "prof", "a range")
    corrections.confirm(sitting.attempt, items()[4].id, 0, "prof")
    outcome = attempts.finish(sitting.attempt, ANN)
    assert (outcome.percent, outcome.provisional) == (pytest.approx(50), False)
    assert corrections.waiting(quiz) == []
    assert [(e.who, e.what, e.details["after"]) for e in bank.events(quiz)[-2:]] == [("prof", "confirmed", 0.5), ("prof", "confirmed", 0)]
    with pytest.raises(UsageError):
        corrections.confirm(sitting.attempt, items()[2].id, 1.5, "prof")
    with pytest.raises(QuizError, match="no such answer"):
        corrections.confirm(sitting.attempt, "none", 1, "prof")


def test_a_corrected_key_moves_every_score_and_is_logged(
    attempts: Attempts, corrections: Corrections, published: Callable[..., str], bank: QuizBank
) -> None:
    quiz = published(Rules())  # shuffled: what is stored is the option, not its place
    sittings = {student: attempts.start(quiz, student) for student in (ANN, BEN)}
    for (student, sitting), pick in zip(sittings.items(), ("8", "16"), strict=True):
        seen = [attempts.item(sitting.attempt, student, n)[0] for n in range(1, 6)]
        choice = next(item for item in seen if item.kind is Kind.CHOICE)
        attempts.answer(sitting.attempt, student, choice.number, choice.options.index(pick))
    scores = {s: attempts.finish(sittings[s].attempt, s).percent for s in (ANN, BEN)}
    assert scores == {ANN: pytest.approx(20), BEN: 0}
    bad = items()[0]
    found = corrections.regrade(quiz, bad.id, replace(bad, key=2), "prof", "the table says 16")
    assert (found.answers, found.up, found.down) == (2, 1, 1)
    assert {s: attempts.outcome(sittings[s].attempt, s).percent for s in (ANN, BEN)} == {ANN: 0, BEN: pytest.approx(20)}
    event = bank.events(quiz)[-1]
    assert (event.who, event.what, event.item, event.details["why"]) == ("prof", "regraded", bad.id, "the table says 16")
    assert (event.details["before"]["key"], event.details["after"]["key"], event.details["answers"]) == (1, 2, 2)
    assert bank.quiz(quiz).items[0].item.key == 2
    with pytest.raises(UsageError, match="keeps its kind, stem and options"):
        corrections.regrade(quiz, bad.id, replace(bad, stem="What?"), "prof", "x")
    with pytest.raises(UsageError, match="give the reason"):
        corrections.regrade(quiz, bad.id, bad, "prof", " ")


def test_a_wider_tolerance_and_another_form_reach_everyone(
    attempts: Attempts, corrections: Corrections, published: Callable[..., str]
) -> None:
    quiz = published(IN_ORDER)
    sitting = attempts.start(quiz, ANN)
    answer_all(attempts, sitting, ANN, 0, True, "4 days", "half a dozen")
    assert attempts.finish(sitting.attempt, ANN).percent == 0
    corrections.regrade(quiz, items()[2].id, replace(items()[2], tolerance=Decimal("0.5")), "prof", "rounding")
    corrections.regrade(quiz, items()[3].id, replace(items()[3], accepted=("6", "half a dozen")), "prof", "also right")
    assert attempts.outcome(sitting.attempt, ANN).percent == pytest.approx(40)


def test_a_void_item_counts_for_nobody(attempts: Attempts, corrections: Corrections, published: Callable[..., str], bank: QuizBank) -> None:
    quiz = published(IN_ORDER)
    sitting = attempts.start(quiz, ANN)
    attempts.answer(sitting.attempt, ANN, 1, 1)
    attempts.finish(sitting.attempt, ANN)
    corrections.void(quiz, items()[1].id, "prof", "ambiguous")
    assert attempts.outcome(sitting.attempt, ANN).percent == pytest.approx(25)
    corrections.void(quiz, items()[1].id, "prof", "no, it is fine", void=False)
    assert attempts.outcome(sitting.attempt, ANN).percent == pytest.approx(20)
    assert [e.what for e in bank.events(quiz)][-2:] == ["voided", "counts again"]


@given(st.sets(st.integers(1, 8)), st.integers(0, 8))
def test_the_next_item_is_one_without_an_answer(answered: set[int], after: int) -> None:
    number = next_number(frozenset(answered), 8, after)
    assert (number is None) == (len(answered) == 8)
    assert number not in answered


def test_percent_leaves_out_what_is_void() -> None:
    assert percent([(1.0, False), (None, False), (0.5, False), (0.0, True)]) == pytest.approx(50)
    assert percent([]) == 100


def test_a_running_bot_takes_up_what_another_process_has_changed(
    attempts: Attempts, corrections: Corrections, published: Callable[..., str], bank: QuizBank
) -> None:
    """It remembers a quiz between clicks; a correction or a closing from the command line must reach it at once."""
    quiz = published(IN_ORDER)
    sitting = attempts.start(quiz, ANN)
    attempts.answer(sitting.attempt, ANN, 1, 2)
    corrections.regrade(quiz, items()[0].id, replace(items()[0], key=2), "prof", "the table says 16")
    ben = attempts.start(quiz, BEN)
    attempts.answer(ben.attempt, BEN, 1, 2)
    assert attempts.finish(ben.attempt, BEN).percent == pytest.approx(20)
    corrections.void(quiz, items()[1].id, "prof", "unclear")
    assert attempts.finish(sitting.attempt, ANN).percent == pytest.approx(25)
    bank.close(quiz, "prof")
    assert len(attempts.outcome(sitting.attempt, ANN).items) == 5
