"""The staff's side: quizzes are drafted, reviewed item by item, approved, published and closed. Each step is logged with who took it."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from common.clock import Clock, utc_now
from common.database import reading, writing
from common.errors import QuizError, UsageError
from quiz.items import Item, identified
from quiz.records.quizzes import (
    Event,
    Quiz,
    Rules,
    as_quiz,
    change_quiz,
    find_item,
    item_rows,
    load_quiz,
    log_event,
    new_item_row,
    rule_columns,
)
from quiz.records.tables import QuizEventRow, QuizItemRow, QuizRow, Review, State


class QuizBank:
    """The quizzes of one course. Every call waits for the disk."""

    def __init__(self, engine: Engine, course: str, clock: Clock = utc_now) -> None:
        self._engine = engine
        self._course = course
        self._clock = clock

    def create(self, title: str, items: Sequence[Item], who: str, *, week: int | None = None, rules: Rules | None = None) -> str:
        """A new draft with every item waiting for its review; the quiz's id, which nobody guesses.

        Raises:
            UsageError: No item, or one twice.
        """
        _refuse_twins(items)
        key = _new_key()
        with writing(self._engine) as db:
            db.add(QuizRow(course=self._course, id=key, title=title, week=week, created_at=self._clock(), **rule_columns(rules or Rules())))
            db.flush()
            for position, item in enumerate(items):
                db.add(new_item_row(self._course, key, item, position))
            self._log(db, key, who, "created", items=len(items))
        return key

    def quizzes(self) -> list[Quiz]:
        """All of them, the newest first."""
        with reading(self._engine) as db:
            rows = db.scalars(select(QuizRow).where(QuizRow.course == self._course).order_by(QuizRow.created_at.desc(), QuizRow.id))
            return [as_quiz(row, item_rows(db, self._course, row.id)) for row in list(rows)]

    def quiz(self, key: str) -> Quiz:
        """One of them.

        Raises:
            QuizError: There is none with this id in this course.
        """
        with reading(self._engine) as db:
            return self._quiz(db, key)

    def add(self, key: str, items: Sequence[Item], who: str) -> None:
        """More items for a draft (another item in the place of a dropped one); they wait for their review."""
        with writing(self._engine) as db:
            quiz = self._changing(db, key)
            _refuse_twins([*(entry.item for entry in quiz.items), *items])
            for position, item in enumerate(items, start=len(quiz.items)):
                db.add(new_item_row(self._course, key, item, position))
            self._log(db, key, who, "added", items=[item.id for item in items])

    def review(self, key: str, item: str, verdict: Review, who: str, edited: Item | None = None) -> None:
        """Keep, drop or edit an item of a draft.

        Args:
            edited: With `Review.EDITED`: what it is now. It keeps its place, and the id under which the draft knows it.
        """
        if (edited is None) == (verdict is Review.EDITED):
            raise UsageError("an edit needs the edited item, another review has none")
        with writing(self._engine) as db:
            self._changing(db, key)
            row = self._item(db, key, item)
            row.review = verdict.value
            details: dict[str, Any] = {}
            if edited is not None:
                details = {"before": row.body}
                row.body = replace(edited, id=item).as_json()
            self._log(db, key, who, verdict.value, item, **details)

    def set_rules(self, key: str, rules: Rules, who: str) -> None:
        """Change how the quiz is taken; of a published one only the closing and the feedback may still change.

        Raises:
            QuizError: It is published, and the change would be unfair to those who have begun.
        """
        with writing(self._engine) as db:
            quiz = self._locked(db, key)
            kept = replace(rules, closes_at=quiz.rules.closes_at, feedback=quiz.rules.feedback)
            if quiz.state in (State.PUBLISHED, State.CLOSED) and kept != quiz.rules:
                text = "the quiz is published: only its closing and its feedback can still be changed"
                raise QuizError(text, code="quiz-rules-fixed")
            row = db.get_one(QuizRow, (self._course, key))
            for name, value in rule_columns(rules).items():
                setattr(row, name, value)
            self._log(db, key, who, "rules", rules={name: str(value) for name, value in rule_columns(rules).items()})

    def approve(self, key: str, who: str) -> None:
        """Say that the quiz may be published.

        Raises:
            QuizError: An item waits for its review, or none is kept.
        """
        with writing(self._engine) as db:
            quiz = self._locked(db, key)
            if quiz.state not in (State.DRAFT, State.APPROVED):
                raise QuizError(f"the quiz is {quiz.state.value} already", code="quiz-already", state=quiz.state.value)
            waiting = sum(entry.review is Review.PENDING for entry in quiz.items)
            if waiting:
                raise QuizError(f"{waiting} items wait for their review", code="quiz-items-wait", count=waiting)
            if not quiz.asked:
                raise QuizError("no item is kept: add some before approving", code="quiz-none-kept")
            self._move(db, key, State.APPROVED, who)

    def publish(self, key: str, who: str, *, opens_at: datetime | None = None, closes_at: datetime | None = None) -> Quiz:
        """Let students answer, now or from `opens_at`; None leaves what the rules say. Publishing twice changes nothing.

        Raises:
            QuizError: Nobody has approved it, or it is closed already.
        """
        with writing(self._engine) as db:
            quiz = self._locked(db, key)
            if quiz.state is State.PUBLISHED:
                return quiz
            if quiz.state is State.CLOSED:
                raise QuizError("the quiz is closed", code="quiz-already", state=quiz.state.value)
            if quiz.state is not State.APPROVED:
                raise QuizError("the quiz is a draft: review its items and approve it first", code="quiz-unapproved")
            rules = replace(quiz.rules, opens_at=opens_at or quiz.rules.opens_at, closes_at=closes_at or quiz.rules.closes_at)
            if rules.closes_at is not None and rules.closes_at <= self._clock():
                raise QuizError("the quiz would be closed at once: give a later end", code="quiz-ends-now")
            row = self._move(db, key, State.PUBLISHED, who)
            row.opens_at, row.closes_at = rules.opens_at, rules.closes_at
            return self._quiz(db, key)

    def close(self, key: str, who: str) -> None:
        """Take no more answers. What was answered stays and counts."""
        with writing(self._engine) as db:
            if self._locked(db, key).state is not State.PUBLISHED:
                raise QuizError("only a published quiz can be closed", code="quiz-not-published")
            row = self._move(db, key, State.CLOSED, who)
            row.closes_at = min(row.closes_at or self._clock(), self._clock())

    def retire(self, key: str, item: str, why: str, who: str) -> None:
        """Never ask an item again; the scores of those who had it do not change."""
        with writing(self._engine) as db:
            self._locked(db, key)
            self._item(db, key, item).retired = why
            self._log(db, key, who, "retired", item, why=why)

    def retired(self) -> frozenset[str]:
        """Ids of items that are not to be asked again: as they were added, and as their contents now say."""
        with reading(self._engine) as db:
            rows = db.scalars(select(QuizItemRow).where(QuizItemRow.course == self._course, QuizItemRow.retired.is_not(None)))
            return frozenset(key for row in rows for key in (row.item, identified(Item.from_json(row.body)).id))

    def events(self, key: str) -> list[Event]:
        """What was done to a quiz, in order."""
        query = select(QuizEventRow).where(QuizEventRow.course == self._course, QuizEventRow.quiz == key).order_by(QuizEventRow.number)
        with reading(self._engine) as db:
            return [Event(row.at, row.who, row.what, row.item, row.details) for row in db.scalars(query)]

    def _changing(self, db: Session, key: str) -> Quiz:
        """A quiz whose items may change; one that was approved must be approved again."""
        quiz = self._locked(db, key)
        if quiz.state not in (State.DRAFT, State.APPROVED):
            text = f"the quiz is {quiz.state.value}: its items can only be corrected or retired"
            raise QuizError(text, code="quiz-items-fixed", state=quiz.state.value)
        db.get_one(QuizRow, (self._course, key)).state = State.DRAFT.value
        return quiz

    def _quiz(self, db: Session, key: str) -> Quiz:
        return load_quiz(db, self._course, key)

    def _locked(self, db: Session, key: str) -> Quiz:
        return change_quiz(db, self._course, key)

    def _item(self, db: Session, key: str, item: str) -> QuizItemRow:
        return find_item(db, self._course, key, item)

    def _move(self, db: Session, key: str, state: State, who: str) -> QuizRow:
        row = db.get_one(QuizRow, (self._course, key))
        row.state = state.value
        db.flush()
        self._log(db, key, who, state.value)
        return row

    def _log(self, db: Session, quiz: str, who: str, what: str, item: str | None = None, **details: Any) -> None:
        log_event(db, QuizEventRow(course=self._course, quiz=quiz, at=self._clock(), who=who, what=what, item=item, details=details))


def _refuse_twins(items: Sequence[Item]) -> None:
    if not items:
        raise UsageError("a quiz needs at least one item")
    ids = [item.id for item in items]
    twin = next((key for key in ids if ids.count(key) > 1), None)
    if twin is not None:
        raise UsageError(f"the quiz has the same item twice: {next(i.stem for i in items if i.id == twin)[:80]!r}")


def _new_key() -> str:
    """12 characters that nobody guesses and that no command line takes for an option."""
    while not (key := secrets.token_urlsafe(9))[0].isalnum():
        pass
    return key
