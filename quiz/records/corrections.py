"""What staff change after the fact: a grade confirmed, a wrong key corrected for everyone, an item that no longer counts. All logged."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import Session

from common.clock import Clock, utc_now
from common.database import reading, writing
from common.errors import QuizError, UsageError
from quiz.grading.closed import grade_closed, shown
from quiz.grading.grades import KEY, Grade
from quiz.items import Item, Kind
from quiz.records.attempts import grade_of, store_grade
from quiz.records.quizzes import change_quiz, find_item, load_quiz, log_event
from quiz.records.tables import AttemptRow, QuizEventRow, ResponseRow


@dataclass(frozen=True)
class Waiting:
    """An answer that staff should look at.

    Attributes:
        grade: The provisional one; None where there is none yet.
    """

    attempt: str
    student: str
    item: Item
    given: str
    given_at: datetime
    grade: Grade | None


@dataclass(frozen=True)
class Regraded:
    """What a corrected key has changed.

    Attributes:
        answers: How many were graded again.
        up, down: How many of them are now worth more, or less.
    """

    answers: int
    up: int
    down: int


class Corrections:
    """Corrections in one course. Every call waits for the disk."""

    def __init__(self, engine: Engine, course: str, clock: Clock = utc_now) -> None:
        self._engine = engine
        self._course = course
        self._clock = clock

    def waiting(self, quiz: str) -> list[Waiting]:
        """Answers whose grade is provisional, the oldest first."""
        with reading(self._engine) as db:
            items = {entry.item.id: entry.item for entry in load_quiz(db, self._course, quiz).items}
            query = self._answers(quiz).where(ResponseRow.certain.is_(False)).order_by(ResponseRow.given_at, ResponseRow.attempt)
            return [
                Waiting(row.attempt, student, items[row.item], shown(items[row.item], row.answer), row.given_at, grade_of(row))
                for row, student in db.execute(query)
            ]

    def confirm(self, attempt: str, item: str, credit: float, who: str, why: str = "") -> None:
        """Grade one answer by hand; no rule changes it afterwards, but a corrected key does.

        Raises:
            UsageError: The credit is not from 0 to 1.
            QuizError: There is no such answer.
        """
        if not 0 <= credit <= 1:
            raise UsageError("a credit is from 0 to 1")
        with writing(self._engine) as db:
            row = db.get(ResponseRow, (self._course, attempt, item), with_for_update=True)
            if row is None:
                raise QuizError("there is no such answer")
            quiz = db.get_one(AttemptRow, (self._course, attempt)).quiz
            before = row.credit
            store_grade(row, Grade(credit, True, why, who))
            self._log(db, quiz, who, "confirmed", item, attempt=attempt, before=before, after=credit, why=why)

    def regrade(self, quiz: str, item: str, corrected: Item, who: str, why: str) -> Regraded:
        """Give an item another key, for everyone who has answered it and will.

        Args:
            corrected: The item with its right key, accepted forms, tolerance, unit, rubric or explanation; what students were shown stays.

        Raises:
            UsageError: What was shown would change too, or no reason is given.
        """
        if not why.strip():
            raise UsageError("give the reason: students may ask why their score has changed", code="quiz-reason-needed")
        with writing(self._engine) as db:
            change_quiz(db, self._course, quiz)
            row = find_item(db, self._course, quiz, item)
            before = Item.from_json(row.body)
            if (before.kind, before.stem, before.options) != (corrected.kind, corrected.stem, corrected.options):
                text = "a published item keeps its kind, stem and options: correct its key, or let it count for nobody"
                raise UsageError(text, code="quiz-item-fixed")
            after = replace(corrected, id=before.id)
            row.body = after.as_json()
            credits = [_again(answer, after) for answer, _ in db.execute(self._answers(quiz, item))]
            found = Regraded(len(credits), sum(n > o for o, n in credits), sum(n < o for o, n in credits))
            self._log(db, quiz, who, "regraded", item, why=why, before=before.as_json(), after=row.body, answers=found.answers,
                      up=found.up, down=found.down)  # fmt: skip
            return found

    def void(self, quiz: str, item: str, who: str, why: str, *, void: bool = True) -> None:
        """Let an item count for nobody (or, `void=False`, again for everybody)."""
        with writing(self._engine) as db:
            change_quiz(db, self._course, quiz)
            find_item(db, self._course, quiz, item).void = void
            self._log(db, quiz, who, "voided" if void else "counts again", item, why=why)

    def _answers(self, quiz: str, item: str | None = None) -> "Select[ResponseRow, str]":
        query = (
            select(ResponseRow, AttemptRow.student)
            .join(AttemptRow, (AttemptRow.course == ResponseRow.course) & (AttemptRow.id == ResponseRow.attempt))
            .where(AttemptRow.course == self._course, AttemptRow.quiz == quiz)
        )
        return query if item is None else query.where(ResponseRow.item == item).with_for_update(of=ResponseRow)

    def _log(self, db: Session, quiz: str, who: str, what: str, item: str, **details: object) -> None:
        log_event(db, QuizEventRow(course=self._course, quiz=quiz, at=self._clock(), who=who, what=what, item=item, details=details))


def _again(row: ResponseRow, item: Item) -> tuple[float, float]:
    """Grade an answer by the corrected item; its credit before and after. A short answer waits for its grading."""
    before = row.credit or 0.0
    if item.kind is Kind.SHORT:
        # The rubric is held against it by whoever called, off this transaction: `Attempts.ungraded` lists it.
        store_grade(row, None)
        return before, before
    grade = grade_closed(item, row.answer)
    store_grade(row, grade)
    assert grade is not None
    assert grade.grader == KEY
    return before, grade.credit
