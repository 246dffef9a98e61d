"""A quiz as the rest of the room sees it, and how it is read from its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.errors import QuizError, UsageError
from quiz.items import Item
from quiz.records.tables import FeedbackTime, QuizEventRow, QuizItemRow, QuizRow, Review, State


@dataclass(frozen=True)
class Rules:
    """How a quiz is taken.

    Attributes:
        opens_at: None: as soon as it is published.
        closes_at: None: when staff close it.
        attempts: How many goes a student has.
        time_limit_s: For one go; None for no limit but the closing.
        shuffle: Each student has an order of items and options of their own.
    """

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    attempts: int = 1
    time_limit_s: int | None = None
    shuffle: bool = True
    feedback: FeedbackTime = FeedbackTime.AFTER_CLOSING

    def __post_init__(self) -> None:
        if self.attempts < 1 or (self.time_limit_s is not None and self.time_limit_s < 1):
            raise UsageError("a quiz allows at least one attempt, of at least one second", code="quiz-rules-least")
        if self.opens_at is not None and self.closes_at is not None and self.closes_at <= self.opens_at:
            raise UsageError("the quiz would close before it opens: give a later end", code="quiz-ends-first")


@dataclass(frozen=True)
class QuizItem:
    """An item as a quiz has it; see `QuizItemRow`."""

    item: Item
    review: Review
    void: bool = False
    retired: str | None = None

    @property
    def stays(self) -> bool:
        """Did staff keep it?"""
        return self.review in (Review.KEPT, Review.EDITED)


@dataclass(frozen=True)
class Quiz:
    """A quiz with all its items, those that were dropped too."""

    id: str
    title: str
    week: int | None
    state: State
    rules: Rules
    created_at: datetime
    items: tuple[QuizItem, ...]

    @property
    def asked(self) -> tuple[QuizItem, ...]:
        """The items that students get."""
        return tuple(entry for entry in self.items if entry.stays)

    def is_open(self, now: datetime) -> bool:
        """May a student answer?"""
        rules = self.rules
        started = rules.opens_at is None or rules.opens_at <= now
        return self.state is State.PUBLISHED and started and not self.is_over(now)

    def is_over(self, now: datetime) -> bool:
        """Can nobody answer any more, so that keys may be shown?"""
        closes = self.rules.closes_at
        return self.state is State.CLOSED or (self.state is State.PUBLISHED and closes is not None and closes <= now)


@dataclass(frozen=True)
class Event:
    """What somebody of the staff did."""

    at: datetime
    who: str
    what: str
    item: str | None
    details: dict[str, Any]


def load_quiz(db: Session, course: str, key: str) -> Quiz:
    """A quiz of the open transaction."""
    return as_quiz(_found(db.get(QuizRow, (course, key)), key), item_rows(db, course, key))


def change_quiz(db: Session, course: str, key: str) -> Quiz:
    """A quiz that is about to be changed: nobody else changes it before the transaction ends, and its version grows."""
    row = _found(db.get(QuizRow, (course, key), with_for_update=True), key)
    row.version += 1
    return as_quiz(row, item_rows(db, course, key))


class QuizMemory:
    """Quizzes as they were last read. A hundred students click on the same one: reading it anew each time is half of a click."""

    def __init__(self, course: str) -> None:
        self._course = course
        self._known: dict[str, tuple[int, Quiz]] = {}

    def load(self, db: Session, key: str, version: int | None = None) -> Quiz:
        """As `load_quiz`; at most one short query where the quiz has not changed, also by another process.

        Args:
            version: Of the quiz, as this transaction has read it; None: it is asked for.
        """
        if version is None:
            version = db.scalar(select(QuizRow.version).where(QuizRow.course == self._course, QuizRow.id == key))
        known = self._known.get(key)
        if known is None or known[0] != version:
            quiz = load_quiz(db, self._course, key)
            if version is not None:
                self._known[key] = (version, quiz)
            return quiz
        return known[1]


def _found(row: QuizRow | None, key: str) -> QuizRow:
    if row is None:
        raise QuizError(f"there is no quiz {key!r}: `lector quiz list` shows those there are", code="quiz-unknown", quiz=key)
    return row


def find_item(db: Session, course: str, quiz: str, item: str) -> QuizItemRow:
    """An item of a quiz, to be changed."""
    row = db.get(QuizItemRow, (course, quiz, item))
    if row is None:
        raise QuizError(f"the quiz has no item {item!r}", code="quiz-no-item", number=item)
    return row


def log_event(db: Session, event: QuizEventRow) -> None:
    """Add to the log of what staff did."""
    db.add(event)


def item_rows(db: Session, course: str, key: str) -> list[QuizItemRow]:
    """A quiz's items in their order."""
    query = select(QuizItemRow).where(QuizItemRow.course == course, QuizItemRow.quiz == key)
    return list(db.scalars(query.order_by(QuizItemRow.position)))


def as_quiz(row: QuizRow, items: Sequence[QuizItemRow]) -> Quiz:
    """A quiz out of its rows."""
    rules = Rules(row.opens_at, row.closes_at, row.attempts_allowed, row.time_limit_s, row.shuffle, FeedbackTime(row.feedback))
    entries = tuple(QuizItem(Item.from_json(i.body), Review(i.review), i.void, i.retired) for i in items)
    return Quiz(row.id, row.title, row.week, State(row.state), rules, row.created_at, entries)


def rule_columns(rules: Rules) -> dict[str, Any]:
    """The rules as the columns of `QuizRow` hold them."""
    return {
        "opens_at": rules.opens_at, "closes_at": rules.closes_at, "attempts_allowed": rules.attempts,
        "time_limit_s": rules.time_limit_s, "shuffle": rules.shuffle, "feedback": rules.feedback.value,
    }  # fmt: skip


def new_item_row(course: str, quiz: str, item: Item, position: int) -> QuizItemRow:
    """An item that waits for its review."""
    return QuizItemRow(
        course=course, quiz=quiz, item=item.id, position=position, body=item.as_json(), review=Review.PENDING.value, void=False
    )
