"""What a student gets to see, and when. Pure: an attempt's order of items and options follows from its seed.

Nothing that leaves here before the answer tells the key. An item's id does (it is a hash of what is right, which anyone can
compute for each option), so students and their buttons know an item by its number in their own order alone, and an option by its place.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from common.errors import QuizError, TooLateError
from quiz.grading.closed import Given, shown
from quiz.grading.grades import Grade
from quiz.items import Item, Kind
from quiz.records.quizzes import Quiz, QuizItem, Rules
from quiz.records.tables import FeedbackTime


@dataclass(frozen=True)
class PublicItem:
    """An item without its key, its id, its evidence.

    Attributes:
        number: From 1, in this attempt's order.
        of: How many items there are.
        options: In this attempt's order; what is answered is the place in it, from 0.
        unit: In which a number is asked for; may be empty.
    """

    number: int
    of: int
    kind: Kind
    stem: str
    options: tuple[str, ...]
    unit: str


@dataclass(frozen=True)
class Sitting:
    """Where an attempt stands.

    Attributes:
        number: Which go of the student it is, from 1.
        answered: Numbers of the items that have an answer.
        current: What to answer next; None where all are answered or the attempt is finished.
        deadline: By the server's clock; None without limit.
        feedback: When the student sees what was right.
    """

    attempt: str
    quiz: str
    title: str
    number: int
    of: int
    answered: frozenset[int]
    current: PublicItem | None
    deadline: datetime | None
    finished: bool
    feedback: FeedbackTime


@dataclass(frozen=True)
class ItemResult:
    """A student's answer with what was right; only for after the answer, see `keys_may_be_shown`.

    Attributes:
        given: As a person reads it; None where nothing was answered.
        grade: None while a short answer waits to be graded, or nothing was answered.
        void: The item does not count.
    """

    number: int
    item: Item
    given: str | None
    grade: Grade | None
    void: bool


@dataclass(frozen=True)
class Outcome:
    """A finished attempt.

    Attributes:
        percent: 0 to 100 of the items that count.
        provisional: Some answers wait for staff: the score may still change.
        items: Empty while keys may not be shown.
    """

    sitting: Sitting
    percent: float
    provisional: bool
    items: tuple[ItemResult, ...]


def item_order(asked: Sequence[QuizItem], seed: int, *, shuffle: bool) -> list[QuizItem]:
    """The items in an attempt's order."""
    found = list(asked)
    if shuffle:
        random.Random(f"{seed}:items").shuffle(found)
    return found


def option_order(item: Item, seed: int, *, shuffle: bool) -> list[int]:
    """Numbers of the options, in an attempt's order. True comes before False for everyone."""
    found = list(range(len(item.options)))
    if shuffle and item.kind is Kind.CHOICE:
        random.Random(f"{seed}:{item.id}").shuffle(found)
    return found


def public_item(quiz: Quiz, seed: int, number: int) -> PublicItem:
    """What a student sees of the item `number`.

    Raises:
        QuizError: There is no such number.
    """
    item = item_at(quiz, seed, number)
    options = tuple(item.options[n] for n in option_order(item, seed, shuffle=quiz.rules.shuffle))
    return PublicItem(number, len(quiz.asked), item.kind, item.stem, options, item.unit)


def item_at(quiz: Quiz, seed: int, number: int) -> Item:
    """The item `number` of an attempt, from 1."""
    order = item_order(quiz.asked, seed, shuffle=quiz.rules.shuffle)
    if not 1 <= number <= len(order):
        raise QuizError(f"the quiz has no item {number}", code="quiz-no-item", number=number)
    return order[number - 1].item


def to_own_order(quiz: Quiz, seed: int, item: Item, given: Given) -> Given:
    """A place among the options shown becomes the option's number in the item's own order."""
    if item.kind is not Kind.CHOICE:
        return given
    order = option_order(item, seed, shuffle=quiz.rules.shuffle)
    if type(given) is not int or not 0 <= given < len(order):
        raise QuizError("the item has no such option", code="quiz-no-option")
    return order[given]


def to_shown_order(quiz: Quiz, seed: int, item: Item, given: Given) -> Given:
    """What is stored of an answer becomes the place among the options shown; the other way round than `to_own_order`."""
    if item.kind is not Kind.CHOICE:
        return given
    return option_order(item, seed, shuffle=quiz.rules.shuffle).index(int(given))


def deadline(rules: Rules, started: datetime) -> datetime | None:
    """When an attempt ends that starts now: by its own limit or with the quiz."""
    ends = [] if rules.time_limit_s is None else [started + timedelta(seconds=rules.time_limit_s)]
    return min([*ends, *([] if rules.closes_at is None else [rules.closes_at])], default=None)


def next_number(answered: frozenset[int], of: int, after: int = 0) -> int | None:
    """The next item without an answer, from behind `after` on and then from the start."""
    order = [*range(after + 1, of + 1), *range(1, after + 1)]
    return next((number for number in order if number not in answered), None)


def keys_may_be_shown(quiz: Quiz, now: datetime) -> bool:
    """May a student who has finished see what was right?"""
    return quiz.rules.feedback is FeedbackTime.AT_ONCE or quiz.is_over(now)


def not_open(quiz: Quiz, now: datetime) -> QuizError:
    """Why nobody can start."""
    if quiz.is_over(now):
        return TooLateError("this quiz is closed", code="quiz-closed")
    if quiz.rules.opens_at is not None and quiz.rules.opens_at > now:
        opens = quiz.rules.opens_at
        return QuizError(f"this quiz opens at {opens:%Y-%m-%d %H:%M} UTC", code="quiz-opens", moment=int(opens.timestamp()))
    return QuizError("this quiz is not open", code="quiz-not-open")


def too_late(ended: datetime, answers: int) -> TooLateError:
    """Says when the time was over, and that nothing is lost."""
    before = f"The {answers} answers before that are" if answers > 1 else "The answer before that is"
    saved = f"{before} saved." if answers else "Nothing had been answered."
    return TooLateError(
        f"the time was over at {ended:%H:%M:%S} UTC, so this answer does not count. {saved}",
        code="quiz-too-late", moment=int(ended.timestamp()), answers=answers,
    )  # fmt: skip


def percent(results: Sequence[tuple[float | None, bool]]) -> float:
    """The score in percent.

    Args:
        results: Of each item asked: its credit (None: not answered or not graded) and whether it is void.
    """
    counted = [credit or 0.0 for credit, void in results if not void]
    return 100 * sum(counted) / len(counted) if counted else 100.0


def item_result(number: int, entry: QuizItem, given: Given | None, grade: Grade | None) -> ItemResult:
    """An item with what was answered."""
    return ItemResult(number, entry.item, None if given is None else shown(entry.item, given), grade, entry.void)
