import asyncio
import csv
import io
import random
from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import Engine

from common.settings_bot import Quiz as Thresholds
from quiz.grading.grades import Grade
from quiz.items import Item, Kind, identified
from quiz.records.attempts import Attempts
from quiz.records.bank import QuizBank
from quiz.records.corrections import Corrections
from quiz.records.quizzes import Quiz, QuizItem, Rules
from quiz.records.tables import Review, State
from quiz.results.book import ResultBook, Results, StudentResult, retire_flagged
from quiz.results.chart import draw
from quiz.results.statistics import Answer, discrimination, item_figures
from quiz.results.table import scores_csv
from tests.quiz.conftest import COURSE, MONDAY, Clock, items

THRESHOLDS = Thresholds()


def choice(n: int) -> Item:
    return identified(Item("", Kind.CHOICE, f"Question {n}?", ("a", "b", "c", "d"), 1))


@pytest.fixture
def book(engine: Engine, clock: Clock) -> ResultBook:
    return ResultBook(engine, COURSE, THRESHOLDS, clock)


@pytest.fixture
def attempts(engine: Engine, clock: Clock) -> Attempts:
    return Attempts(engine, COURSE, clock)


def take(attempts: Attempts, quiz: str, student: str, *answers: int | bool | str | None, finish: bool = True) -> str:
    attempt = attempts.start(quiz, student).attempt
    for number, answer in enumerate(answers, start=1):
        if answer is not None:
            attempts.answer(attempt, student, number, answer)
    if finish:
        attempts.finish(attempt, student)
    return attempt


def test_results_list_who_finished_and_follow_corrections(
    book: ResultBook, attempts: Attempts, published: Callable[..., str], engine: Engine, clock: Clock
) -> None:
    quiz = published(Rules(shuffle=False, closes_at=MONDAY + timedelta(hours=1)))
    take(attempts, quiz, "ann", 1, False, "3.5", "six")
    take(attempts, quiz, "ben", 1, True, None, "seven")
    take(attempts, quiz, "cid", 1, finish=False)
    results = book.results(quiz)
    assert [(s.student, s.percent, s.passed, s.attempts) for s in results.students] == [("ann", 80, True, 1), ("ben", 20, False, 1)]
    assert results.students[1].credits == (1.0, 0.0, None, 0.0, None)
    assert (results.in_progress, results.mean) == (1, 50)
    Corrections(engine, COURSE, clock).void(quiz, items()[4].id, "prof", "unclear")
    assert [s.percent for s in book.results(quiz).students] == [100, 25]
    clock.pass_(hours=1)  # the time of the third is over
    after = book.results(quiz)
    assert ([s.student for s in after.students], after.in_progress) == (["ann", "ben", "cid"], 0)


@pytest.mark.parametrize(("counted", "percent"), [("best", 100), ("first", 0), ("last", 50)])
def test_the_setting_says_which_attempt_counts(
    engine: Engine, attempts: Attempts, published: Callable[..., str], counted: str, percent: int
) -> None:
    quiz = published(Rules(attempts=3, shuffle=False), [choice(1), choice(2)])
    for answers in ((0, 0), (1, 1), (1, 0)):
        take(attempts, quiz, "ann", *answers)
    book = ResultBook(engine, COURSE, Thresholds(counted_attempt=counted))  # type: ignore[arg-type]
    assert [(s.percent, s.attempts) for s in book.results(quiz).students] == [(percent, 3)]
    assert book.results(quiz).items[0].difficulty == 1.0  # figures are over first attempts


def test_a_quiz_is_passed_with_more_than_the_threshold(engine: Engine, attempts: Attempts, published: Callable[..., str]) -> None:
    quiz = published(Rules(shuffle=False), [choice(1), choice(2)])
    take(attempts, quiz, "ann", 1, 0)
    for needed, passed in ((49.0, True), (50.0, False)):
        assert ResultBook(engine, COURSE, Thresholds(pass_percent=needed)).results(quiz).students[0].passed is passed


def test_provisional_grades_mark_the_score(book: ResultBook, attempts: Attempts, published: Callable[..., str]) -> None:
    quiz = published(Rules(shuffle=False))
    take(attempts, quiz, "ann", None, None, None, None, "softmax")
    assert book.results(quiz).students[0].provisional
    attempts.set_grade(attempts.ungraded()[0], Grade(1.0))
    result = book.results(quiz).students[0]
    assert (result.provisional, result.percent) == (False, pytest.approx(20))


def students(*rows: str) -> list[dict[str, Answer]]:
    """Of each student a string of the options chosen, one an item."""
    return [{choice(n).id: Answer(int(c), float(c == "1"), 10.0 + n) for n, c in enumerate(row)} for row in rows]


def test_discrimination_is_that_of_a_worked_example() -> None:
    # 4 students, credits of item 0: 1 1 0 0, of the other two together: 2 1 1 0.
    figures = item_figures([choice(0), choice(1), choice(2)], students("111", "110", "010", "000"), THRESHOLDS)
    x, rest = np.array([1, 1, 0, 0]), np.array([2, 1, 1, 0])
    by_hand = ((x - x.mean()) * (rest - rest.mean())).sum() / np.sqrt(((x - x.mean()) ** 2).sum() * ((rest - rest.mean()) ** 2).sum())
    assert figures[0].discrimination == pytest.approx(by_hand)
    assert by_hand == pytest.approx(0.7071, abs=1e-4)
    assert [f.difficulty for f in figures] == [0.5, 0.25, 0.75]
    assert figures[0].chosen == (2, 2, 0, 0)
    assert figures[1].seconds == 11


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=3, max_size=40))
def test_discrimination_is_a_correlation(pairs: list[tuple[bool, int]]) -> None:
    credit, rest = np.array([float(a) for a, _ in pairs]), np.array([float(b) for _, b in pairs])
    found = discrimination(credit, rest)
    if np.ptp(credit) == 0 or np.ptp(rest) == 0:
        assert found is None
    else:
        assert found == pytest.approx(np.corrcoef(credit, rest)[0, 1])
        assert -1.0000001 <= found <= 1.0000001


def test_figures_of_nobody_are_none() -> None:
    figures = item_figures([choice(0)], [], THRESHOLDS)[0]
    assert (figures.answers, figures.difficulty, figures.discrimination, figures.seconds, figures.flags) == (0, None, None, None, ())


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (["1110", "1101", "1011"] * 4, "too easy: 100% of the points"),
        (["0110", "0101", "0011", "0111"] * 3, "too hard: 0% of the points were won; is the key right"),
        (["0110", "0111", "1001", "1000"] * 3, "those who do better elsewhere do worse here"),
        (["2111", "2110", "1101", "3000"] * 3, "'c' was chosen more often than the key"),
        (["0111", "1100", "1110", "0010"] * 3, "nobody chose 'c', 'd': they mislead nobody"),
        (["1110", "0110", "1001", "0001"] * 3, "it hardly tells those who know"),
    ],
)
def test_poor_items_are_flagged_with_the_reason(rows: list[str], says: str) -> None:
    flags = item_figures([choice(n) for n in range(4)], students(*rows), THRESHOLDS)[0].flags
    assert any(says in flag for flag in flags), flags
    assert item_figures([choice(n) for n in range(4)], students(*rows[:9]), THRESHOLDS)[0].flags == ()  # too few to say


def test_a_good_item_is_not_flagged() -> None:
    rows = ["1111", "1110", "1011", "2100", "0001", "3010"] * 2
    assert item_figures([choice(n) for n in range(4)], students(*rows), THRESHOLDS)[0].flags == ()


def test_flagged_items_are_retired_with_the_reason(
    book: ResultBook, bank: QuizBank, attempts: Attempts, published: Callable[..., str]
) -> None:
    quiz = published(Rules(shuffle=False), [choice(1), choice(2), choice(3)])
    for n in range(12):
        wrong = (0, 2, 3)[n // 2 % 3]
        take(attempts, quiz, f"s{n}", wrong, 1 if n % 2 else wrong, 1 if n % 2 or n == 4 else wrong)
    results = book.results(quiz)
    assert [f.item.stem for f in results.flagged] == ["Question 1?"]
    assert len(retire_flagged(results, bank, "prof")) == 1
    assert bank.retired() == {choice(1).id}
    assert "too hard" in (bank.quiz(quiz).items[0].retired or "")
    assert book.results(quiz).flagged == ()


def test_the_table_opens_in_a_spreadsheet_without_running_anything(
    book: ResultBook, attempts: Attempts, published: Callable[..., str]
) -> None:
    quiz = published(Rules(shuffle=False))
    take(attempts, quiz, "101", 1, False, "3.5", "six")
    data = scores_csv(book.results(quiz), {"101": '=HYPERLINK("x";"梁, \'A\'")'})
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0][:6] == ["name", "student", "percent", "passed", "attempts", "provisional"]
    assert rows[1] == ['\'=HYPERLINK("x";"梁, \'A\'")', "101", "80.00", "yes", "1", "no", "1", "1", "1", "1", ""]


def class_of(count: int, number: int, *, seed: int = 3) -> Results:
    """Made-up results of a class, to be drawn."""
    chance = random.Random(seed)
    asked = [choice(n) for n in range(number)]
    rows = []
    for _ in range(count):
        skill = chance.gauss(0.65, 0.2)
        rows.append(
            {
                i.id: Answer(1 if (hit := chance.random() < skill - 0.06 * (n - 5)) else chance.choice((0, 2, 3)), float(hit), 9.0)
                for n, i in enumerate(asked)
            }
        )
    quiz = Quiz("q", "Week 3: 注意力 $x^2$", 3, State.CLOSED, Rules(), MONDAY, tuple(QuizItem(i, Review.KEPT) for i in asked))
    scores = [100 * sum(a.credit or 0 for a in row.values()) / number for row in rows]
    results = tuple(StudentResult(str(n), 1, s, s > 70, False, ()) for n, s in enumerate(scores))
    return Results(quiz, results, tuple(item_figures(asked, rows, THRESHOLDS)), 0, 70.0)


@pytest.mark.parametrize(("count", "number"), [(0, 5), (1, 1), (60, 10), (100, 70)])
def test_the_picture_is_a_png_that_fits_discord(count: int, number: int) -> None:
    data = draw(class_of(count, number))
    picture = Image.open(io.BytesIO(data))
    assert picture.format == "PNG"
    assert picture.width == 1500
    assert picture.height <= 4000
    assert len(data) < 2_000_000


async def test_pictures_are_drawn_side_by_side_without_pyplot() -> None:
    results = class_of(30, 8)
    one, other, again = await asyncio.gather(*(asyncio.to_thread(draw, r) for r in (results, class_of(5, 3), results)))
    assert one == again != other
