"""Practice: ungraded items that come back when they are about to be forgotten, by FSRS (https://github.com/open-spaced-repetition).

A missed item of a quiz becomes a card; so does any item that a student practises. Each answer moves the card's next day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from common.clock import Clock, utc_now
from common.database import insert_once, reading, writing
from common.errors import QuizError
from quiz.grading.closed import Given, checked, grade_closed
from quiz.grading.grades import RIGHT, Grade
from quiz.items import Item
from quiz.records.quizzes import load_quiz
from quiz.records.tables import AttemptRow, PracticeCardRow, PracticeWishRow, ResponseRow

if TYPE_CHECKING:
    from fsrs.card import CardDict

_EASY_S = 8.0  # whoever is right within so many seconds found it easy


@dataclass(frozen=True)
class Card:
    """An item that a student practises.

    Attributes:
        number: How often it has been answered; `Practice.answer` wants it back, so that a second click counts once.
    """

    item: Item
    due_at: datetime
    number: int
    missed: int


@dataclass(frozen=True)
class Practised:
    """What an answer in practice gave.

    Attributes:
        counted: False for a second click: nothing was moved.
    """

    grade: Grade
    due_at: datetime
    counted: bool


class Practice:
    """The cards of one course. A student is named in every call and sees nothing of another. Every call waits for the disk."""

    def __init__(self, engine: Engine, course: str, clock: Clock = utc_now) -> None:
        self._engine = engine
        self._course = course
        self._clock = clock

    def add(self, student: str, items: Iterable[Item]) -> int:
        """Cards for items, due at once; those that are there already stay as they are. How many are new."""
        now = self._clock()
        with writing(self._engine) as db:
            return sum(insert_once(db, self._new(student, item, now)) for item in items)

    def add_missed(self, attempt: str, student: str) -> int:
        """Cards for the items that a finished attempt got wrong or left out, and that still count. How many are new.

        Raises:
            QuizError: It is not this student's, or the quiz is still open: its keys would be shown.
        """
        now = self._clock()
        with writing(self._engine) as db:
            row = db.get(AttemptRow, (self._course, attempt))
            if row is None or row.student != student:
                raise QuizError("this is not an attempt of yours", code="quiz-other-s")
            quiz = load_quiz(db, self._course, row.quiz)
            if not quiz.is_over(now):
                raise QuizError("the quiz is still open: its items can be practised when it has closed", code="quiz-still-open")
            query = select(ResponseRow).where(ResponseRow.course == self._course, ResponseRow.attempt == attempt)
            right = {response.item for response in db.scalars(query) if response.credit is not None and response.credit >= RIGHT}
            missed = [e.item for e in quiz.asked if e.item.id not in right and not e.void and e.retired is None]
            return sum(insert_once(db, self._new(student, item, now)) for item in missed)

    def due(self, student: str, limit: int = 20) -> list[Card]:
        """Cards to answer now, the longest due first."""
        query = (
            select(PracticeCardRow)
            .where(PracticeCardRow.course == self._course, PracticeCardRow.student == student, PracticeCardRow.due_at <= self._clock())
            .order_by(PracticeCardRow.due_at, PracticeCardRow.item)
            .limit(limit)
        )
        with reading(self._engine) as db:
            return [_card(row) for row in db.scalars(query)]

    def cards(self, student: str) -> list[Card]:
        """All cards, the one that is due first before the others."""
        query = (
            select(PracticeCardRow)
            .where(PracticeCardRow.course == self._course, PracticeCardRow.student == student)
            .order_by(PracticeCardRow.due_at, PracticeCardRow.item)
        )
        with reading(self._engine) as db:
            return [_card(row) for row in db.scalars(query)]

    def counts(self, student: str) -> tuple[int, int]:
        """How many cards are due, and how many there are."""
        query = select(func.count()).select_from(PracticeCardRow)
        with reading(self._engine) as db:
            every = db.scalar(query.where(PracticeCardRow.course == self._course, PracticeCardRow.student == student)) or 0
            due = self._due(db, student, self._clock())
        return due, every

    def answer(
        self, student: str, item: str, number: int, given: Given, *, seconds: float | None = None, grade: Grade | None = None
    ) -> Practised:
        """Grade an answer and set the card's next day.

        Args:
            number: `Card.number` as it was shown.
            given: The option's number in the item's own order, the truth, or the text.
            seconds: How long it took; None where that is not known.
            grade: Of a short answer (`quiz.grading.short`); other kinds are graded here.

        Raises:
            QuizError: The student has no such card.
            UsageError: The item cannot have this answer.
        """
        now = self._clock()
        with writing(self._engine) as db:
            row = db.get(PracticeCardRow, (self._course, student, item), with_for_update=True)
            if row is None:
                raise QuizError("this is no item that you practise", code="quiz-not-practised")
            card = _card(row)
            found = grade or grade_closed(card.item, checked(card.item, given))
            if found is None:
                raise QuizError("a short answer must be graded first", code="quiz-ungraded")
            if number != row.reviews:
                return Practised(found, row.due_at, False)
            row.card, row.due_at = _reviewed(row.card, found, seconds, now)
            row.reviews += 1
            row.missed += not found.is_right
            return Practised(found, row.due_at, True)

    def forget(self, student: str, item: str) -> None:
        """Take a card away; none there is fine."""
        with writing(self._engine) as db:
            row = db.get(PracticeCardRow, (self._course, student, item))
            if row is not None:
                db.delete(row)

    def wish_reminders(self, student: str, *, wanted: bool) -> None:
        """Whether the student is told when something is due. Nobody is unless they ask for it."""
        with writing(self._engine) as db:
            if wanted:
                insert_once(db, PracticeWishRow(course=self._course, student=student))
                return
            row = db.get(PracticeWishRow, (self._course, student))
            if row is not None:
                db.delete(row)

    def to_remind(self, every: timedelta = timedelta(days=1)) -> list[tuple[str, int]]:
        """Students to be told now, with how many cards are due; each is taken once in `every`, also by two processes."""
        now = self._clock()
        with writing(self._engine) as db:
            query = select(PracticeWishRow).where(PracticeWishRow.course == self._course).order_by(PracticeWishRow.student)
            wishes = [w for w in db.scalars(query.with_for_update()) if w.reminded_at is None or w.reminded_at + every <= now]
            found = []
            for wish in wishes:
                due = self._due(db, wish.student, now)
                if due:
                    wish.reminded_at = now
                    found.append((wish.student, due))
            return found

    def _due(self, db: Session, student: str, now: datetime) -> int:
        query = select(func.count()).select_from(PracticeCardRow)
        own = (PracticeCardRow.course == self._course, PracticeCardRow.student == student, PracticeCardRow.due_at <= now)
        return db.scalar(query.where(*own)) or 0

    def _new(self, student: str, item: Item, now: datetime) -> PracticeCardRow:
        from fsrs import Card as FsrsCard  # imported here: only practice needs it

        card: dict[str, Any] = dict(FsrsCard(card_id=1, due=now).to_dict())
        return PracticeCardRow(
            course=self._course, student=student, item=item.id, body=item.as_json(), card=card, due_at=now, reviews=0, missed=0
        )


def _card(row: PracticeCardRow) -> Card:
    return Card(Item.from_json(row.body), row.due_at, row.reviews, row.missed)


def _reviewed(card: dict[str, Any], grade: Grade, seconds: float | None, now: datetime) -> tuple[dict[str, Any], datetime]:
    """The card after an answer, and when it is due next. No chance in it: two servers would say different days."""
    from fsrs import Card as FsrsCard  # imported here: only practice needs it
    from fsrs import Rating, Scheduler

    if not grade.is_right:
        rating = Rating.Again if grade.credit <= 0 else Rating.Hard
    else:
        rating = Rating.Easy if seconds is not None and seconds <= _EASY_S else Rating.Good
    moved, _ = Scheduler(enable_fuzzing=False).review_card(FsrsCard.from_dict(cast("CardDict", card)), rating, review_datetime=now)
    return dict(moved.to_dict()), moved.due
