"""The tables of the quizzes. Every one has the course in its key.

An answer is one row, found by attempt and item: a second click of the same student changes or meets that row, it never adds one.
Scores are not stored: they follow from the answers' credits, so that a correction reaches all of them.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from common.database import Base, Instant

Who = String(64)  # Discord's user id, or the name of an account of this machine


class State(StrEnum):
    """Where a quiz stands. What is not approved is never published."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"  # open between `opens_at` and `closes_at`
    CLOSED = "closed"


class Review(StrEnum):
    """What staff said of an item."""

    PENDING = "pending"
    KEPT = "kept"
    EDITED = "edited"
    DROPPED = "dropped"


class FeedbackTime(StrEnum):
    """When students see what was right."""

    AT_ONCE = "at once"  # after each answer, which therefore cannot be changed
    AFTER_CLOSING = "after closing"  # an answer may be changed until the attempt is finished


class QuizRow(Base):
    """A quiz with its rules.

    Attributes:
        version: Grows with every change of the quiz or of its items.
    """

    __tablename__ = "quizzes"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    week: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(20), default=State.DRAFT.value)
    opens_at: Mapped[datetime | None] = mapped_column(Instant)
    closes_at: Mapped[datetime | None] = mapped_column(Instant)
    attempts_allowed: Mapped[int] = mapped_column(default=1)
    time_limit_s: Mapped[int | None]
    shuffle: Mapped[bool] = mapped_column(default=True)
    feedback: Mapped[str] = mapped_column(String(20), default=FeedbackTime.AFTER_CLOSING.value)
    created_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=0)


class QuizItemRow(Base):
    """An item as this quiz has it.

    Attributes:
        item: Its id when it was added. An edit before publishing or a correction after it changes `body`, never this.
        body: `Item.as_json()`.
        void: It no longer counts in this quiz.
        retired: Why it is not to be asked again; None while it may be.
    """

    __tablename__ = "quiz_items"
    __table_args__ = (ForeignKeyConstraint(["course", "quiz"], ["quizzes.course", "quizzes.id"]),)

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    quiz: Mapped[str] = mapped_column(String(32), primary_key=True)
    item: Mapped[str] = mapped_column(String(64), primary_key=True)
    position: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    review: Mapped[str] = mapped_column(String(20), default=Review.PENDING.value)
    void: Mapped[bool] = mapped_column(default=False)
    retired: Mapped[str | None] = mapped_column(Text)


class AttemptRow(Base):
    """One go of a student at a quiz.

    Attributes:
        number: 1 for the first; two devices that start at once meet in one row.
        seed: From it follow the order of items and options.
        shown_item, shown_at: What the student has before them, and since when.
    """

    __tablename__ = "quiz_attempts"
    __table_args__ = (
        UniqueConstraint("course", "quiz", "student", "number"),
        ForeignKeyConstraint(["course", "quiz"], ["quizzes.course", "quizzes.id"]),
    )

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    quiz: Mapped[str] = mapped_column(String(32))
    student: Mapped[str] = mapped_column(Who)
    number: Mapped[int]
    seed: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    shown_item: Mapped[str | None] = mapped_column(String(64))
    shown_at: Mapped[datetime | None] = mapped_column(Instant)


class ResponseRow(Base):
    """A student's answer to an item.

    Attributes:
        answer: The option's number in the item's own order, the truth, or the text as it was typed.
        seconds: How long the item was before the student when this was given; None where that is not known.
        credit: 0 to 1; None while nobody and nothing has graded it.
        certain: False while staff should look at it.
        grader: "key", "rubric" or who of the staff graded it.
        why: Of the grade, for staff and student.
    """

    __tablename__ = "quiz_responses"
    __table_args__ = (
        ForeignKeyConstraint(["course", "attempt"], ["quiz_attempts.course", "quiz_attempts.id"]),
        Index("ix_quiz_responses_item", "course", "item"),
    )

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    attempt: Mapped[str] = mapped_column(String(32), primary_key=True)
    item: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer: Mapped[Any] = mapped_column(JSON)
    given_at: Mapped[datetime] = mapped_column(Instant)
    seconds: Mapped[float | None]
    credit: Mapped[float | None]
    certain: Mapped[bool] = mapped_column(default=False)
    grader: Mapped[str | None] = mapped_column(Who)
    why: Mapped[str] = mapped_column(Text, default="")


class QuizEventRow(Base):
    """Who of the staff did what to a quiz: never changed, never removed."""

    __tablename__ = "quiz_events"
    __table_args__ = (Index("ix_quiz_events_quiz", "course", "quiz"),)

    number: Mapped[int] = mapped_column(primary_key=True)  # given by the database: two of the staff may act at once
    course: Mapped[str] = mapped_column(String(64))
    quiz: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Instant)
    who: Mapped[str] = mapped_column(Who)
    what: Mapped[str] = mapped_column(String(20))
    item: Mapped[str | None] = mapped_column(String(64))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


class PracticeCardRow(Base):
    """An item that a student practises.

    Attributes:
        body: `Item.as_json()`: it may come from no quiz.
        card: `fsrs.Card.to_dict()`.
        reviews: How often it was answered; a click that knows another number is a late one.
    """

    __tablename__ = "practice_cards"
    __table_args__ = (Index("ix_practice_cards_due", "course", "due_at"),)

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    student: Mapped[str] = mapped_column(Who, primary_key=True)
    item: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    card: Mapped[dict[str, Any]] = mapped_column(JSON)
    due_at: Mapped[datetime] = mapped_column(Instant)
    reviews: Mapped[int] = mapped_column(default=0)
    missed: Mapped[int] = mapped_column(default=0)


class PracticeWishRow(Base):
    """A student who wants to be told when something is due."""

    __tablename__ = "practice_wishes"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    student: Mapped[str] = mapped_column(Who, primary_key=True)
    reminded_at: Mapped[datetime | None] = mapped_column(Instant)
