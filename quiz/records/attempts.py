"""The students' side: start or resume, answer, finish, look at the outcome.

An answer is committed before anything is replied, and one transaction decides it: the attempt's row is locked, the clock is the
moment of the click (taken before any waiting), and a second click on the same item meets the row of the first. So a process that dies
between click and reply leaves the answer or no trace of it, and the student may click again.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from common.clock import Clock, utc_now
from common.database import insert_once, reading, writing
from common.errors import QuizError
from quiz.grading.closed import Given, checked, grade_closed
from quiz.grading.grades import Grade
from quiz.items import Item, Kind
from quiz.records.quizzes import Quiz, QuizMemory, load_quiz
from quiz.records.tables import AttemptRow, FeedbackTime, QuizRow, ResponseRow
from quiz.taking import (
    ItemResult,
    Outcome,
    PublicItem,
    Sitting,
    deadline,
    item_at,
    item_order,
    item_result,
    keys_may_be_shown,
    next_number,
    not_open,
    percent,
    public_item,
    to_own_order,
    to_shown_order,
    too_late,
)


@dataclass(frozen=True)
class Answered:
    """What became of a click.

    Attributes:
        saved: This answer is the one that is kept. False where an earlier one stands, because its key has been shown.
        result: With feedback at once: what was right.
        to_grade: The short answer that `quiz.grading.short` is to grade now; None where the key has done it.
    """

    sitting: Sitting
    saved: bool
    result: ItemResult | None
    to_grade: "Ungraded | None"


@dataclass(frozen=True)
class Ungraded:
    """A short answer without a grade."""

    attempt: str
    item: Item
    text: str


class Attempts:
    """The attempts of one course. A student is named in every call and sees nothing of another. Every call waits for the disk."""

    def __init__(self, engine: Engine, course: str, clock: Clock = utc_now) -> None:
        self._engine = engine
        self._course = course
        self._clock = clock
        self._quizzes = QuizMemory(course)

    def start(self, quiz_id: str, student: str) -> Sitting:
        """Begin an attempt, or go on with the one that is not finished, also on another device.

        Raises:
            QuizError: The quiz is not open, or all attempts are used up.
        """
        now = self._clock()
        with writing(self._engine) as db:
            quiz = self._quizzes.load(db, quiz_id)
            before = self._all_of(db, quiz_id, student)
            for row in before:
                if not _ended(row, quiz, now):
                    return self._show(db, row, quiz, now)
            if not quiz.is_open(now):
                raise not_open(quiz, now)
            if len(before) >= quiz.rules.attempts:
                used = "attempt" if len(before) == 1 else f"{len(before)} attempts"
                raise QuizError(f"you have used your {used} at this quiz", code="quiz-attempts-used", attempts=len(before))
            number = len(before) + 1
            row = AttemptRow(
                course=self._course, id=secrets.token_urlsafe(12), quiz=quiz_id, student=student, number=number,
                seed=secrets.randbits(31), started_at=now,
            )  # fmt: skip
            insert_once(db, row)  # another device may have done it a moment ago
            return self._show(db, self._all_of(db, quiz_id, student)[number - 1], quiz, now)

    def sitting(self, attempt: str, student: str) -> Sitting:
        """Where an attempt stands.

        Raises:
            QuizError: It is not this student's.
        """
        with reading(self._engine) as db:
            row, quiz = self._found(db, attempt, student)
            return self._sitting(row, quiz, self._responses(db, attempt), self._clock())

    def item(self, attempt: str, student: str, number: int) -> tuple[PublicItem, Given | None]:
        """An item to look at again, with the answer so far: the place of the option as it is shown, the truth, or the text."""
        with reading(self._engine) as db:
            row, quiz = self._found(db, attempt, student)
            item = item_at(quiz, row.seed, number)
            response = db.get(ResponseRow, (self._course, attempt, item.id))
            given = None if response is None else to_shown_order(quiz, row.seed, item, response.answer)
            return public_item(quiz, row.seed, number), given

    def answer(self, attempt: str, student: str, number: int, given: Given) -> Answered:
        """Save an answer. The same click twice, or on two devices, is one answer.

        Args:
            number: Of the item in this attempt's order, from 1.
            given: The place of the option as it is shown, from 0; the truth; or the text.

        Raises:
            TooLateError: The time is over; earlier answers are kept.
            QuizError: The attempt is finished or not this student's.
            UsageError: The item cannot have this answer.
            StoreError: The database cannot be written now: nothing is saved, and the student may click again.
        """
        now = self._clock()
        with writing(self._engine) as db:
            row, quiz = self._found(db, attempt, student, lock=True)
            responses = self._responses(db, attempt)
            if row.finished_at is None and not _ended(row, quiz, now):
                return self._save(db, row, quiz, responses, number, given, now)
            ended = row.finished_at or _end(row, quiz) or now
            in_time = row.finished_at is not None and ended != _end(row, quiz)
            row.finished_at = ended
        if in_time:
            raise QuizError("this attempt is finished: its answers cannot be changed", code="quiz-finished")
        raise too_late(ended, len(responses))

    def finish(self, attempt: str, student: str) -> Outcome:
        """Hand the attempt in; twice changes nothing."""
        now = self._clock()
        with writing(self._engine) as db:
            row, quiz = self._found(db, attempt, student, lock=True)
            if row.finished_at is None:
                end = _end(row, quiz)
                row.finished_at = now if end is None else min(now, end)
            return self._outcome(db, row, quiz, now)

    def outcome(self, attempt: str, student: str) -> Outcome:
        """The score of a finished attempt, with what was right where that may be shown.

        Raises:
            QuizError: It is not finished, or not this student's.
        """
        now = self._clock()
        with reading(self._engine) as db:
            row, quiz = self._found(db, attempt, student)
            if not _ended(row, quiz, now):
                raise QuizError("this attempt is not finished", code="quiz-unfinished")
            return self._outcome(db, row, quiz, now)

    def result(self, attempt: str, student: str, number: int) -> ItemResult:
        """What was right of one item.

        Raises:
            QuizError: The student may not see it yet, or the attempt is not theirs.
        """
        now = self._clock()
        with reading(self._engine) as db:
            row, quiz = self._found(db, attempt, student)
            response = self._responses(db, attempt).get(item_at(quiz, row.seed, number).id)
            was_shown = response is not None and quiz.rules.feedback is FeedbackTime.AT_ONCE
            if not was_shown and not (_ended(row, quiz, now) and keys_may_be_shown(quiz, now)):
                raise QuizError("what is right is shown when you have handed in and the quiz has closed", code="quiz-not-shown-yet")
            return self._result(number, quiz, row, response)

    def of_student(self, quiz_id: str, student: str) -> list[str]:
        """Ids of a student's attempts at a quiz, the first one first."""
        with reading(self._engine) as db:
            return [row.id for row in self._all_of(db, quiz_id, student)]

    def ungraded(self) -> list[Ungraded]:
        """Short answers that nothing has graded yet: the process died before it could."""
        query = select(ResponseRow).where(ResponseRow.course == self._course, ResponseRow.credit.is_(None))
        with reading(self._engine) as db:
            found = []
            for response in list(db.scalars(query)):
                row = db.get_one(AttemptRow, (self._course, response.attempt))
                items = {e.item.id: e.item for e in load_quiz(db, self._course, row.quiz).items}
                found.append(Ungraded(response.attempt, items[response.item], response.answer))
            return found

    def set_grade(self, answer: Ungraded, grade: Grade) -> bool:
        """Store the grade of a short answer, unless another answer or grade has come meanwhile; was it stored?"""
        with writing(self._engine) as db:
            row = db.get(ResponseRow, (self._course, answer.attempt, answer.item.id), with_for_update=True)
            if row is None or row.answer != answer.text or row.credit is not None:
                return False
            store_grade(row, grade)
            return True

    def _save(
        self, db: Session, row: AttemptRow, quiz: Quiz, responses: dict[str, ResponseRow], number: int, given: Given, now: datetime
    ) -> Answered:
        item = item_at(quiz, row.seed, number)
        answer = checked(item, to_own_order(quiz, row.seed, item, given))
        before = responses.get(item.id)
        stands = before is not None and quiz.rules.feedback is FeedbackTime.AT_ONCE
        if before is None:
            before = ResponseRow(course=self._course, attempt=row.id, item=item.id, answer=answer, given_at=now, certain=False, why="")
            before.seconds = (now - row.shown_at).total_seconds() if row.shown_at is not None and row.shown_item == item.id else None
            db.add(before)
            store_grade(before, grade_closed(item, answer))
        elif not stands and (before.answer != answer or type(before.answer) is not type(answer)):
            before.answer, before.given_at = answer, now
            store_grade(before, grade_closed(item, answer))
        responses[item.id] = before
        sitting = self._show(db, row, quiz, now, responses, after=number)
        result = self._result(number, quiz, row, before) if quiz.rules.feedback is FeedbackTime.AT_ONCE else None
        waits = item.kind is Kind.SHORT and before.credit is None
        return Answered(sitting, not stands, result, Ungraded(row.id, item, str(before.answer)) if waits else None)

    def _show(
        self, db: Session, row: AttemptRow, quiz: Quiz, now: datetime, responses: dict[str, ResponseRow] | None = None, after: int = 0
    ) -> Sitting:
        """The sitting, noting what is shown from now on."""
        responses = self._responses(db, row.id) if responses is None else responses
        sitting = self._sitting(row, quiz, responses, now, after)
        if sitting.current is not None:
            item = item_at(quiz, row.seed, sitting.current.number).id
            if row.shown_item != item:
                row.shown_item, row.shown_at = item, now
        return sitting

    def _sitting(self, row: AttemptRow, quiz: Quiz, responses: dict[str, ResponseRow], now: datetime, after: int = 0) -> Sitting:
        order = item_order(quiz.asked, row.seed, shuffle=quiz.rules.shuffle)
        answered = frozenset(n for n, entry in enumerate(order, start=1) if entry.item.id in responses)
        finished = _ended(row, quiz, now)
        number = None if finished else next_number(answered, len(order), after)
        return Sitting(
            row.id, quiz.id, quiz.title, row.number, len(order), answered,
            None if number is None else public_item(quiz, row.seed, number), _end(row, quiz), finished, quiz.rules.feedback,
        )  # fmt: skip

    def _outcome(self, db: Session, row: AttemptRow, quiz: Quiz, now: datetime) -> Outcome:
        responses = self._responses(db, row.id)
        order = item_order(quiz.asked, row.seed, shuffle=quiz.rules.shuffle)
        results = [self._result(n, quiz, row, responses.get(e.item.id)) for n, e in enumerate(order, start=1)]
        score = percent([(r.grade.credit if r.grade else None, r.void) for r in results])
        provisional = any(not response.certain for response in responses.values())
        shown = tuple(results) if keys_may_be_shown(quiz, now) else ()
        return Outcome(self._sitting(row, quiz, responses, now), score, provisional, shown)

    def _result(self, number: int, quiz: Quiz, row: AttemptRow, response: ResponseRow | None) -> ItemResult:
        entry = item_order(quiz.asked, row.seed, shuffle=quiz.rules.shuffle)[number - 1]
        return item_result(number, entry, None if response is None else response.answer, None if response is None else grade_of(response))

    def _found(self, db: Session, attempt: str, student: str, *, lock: bool = False) -> tuple[AttemptRow, Quiz]:
        joined = (QuizRow.course == AttemptRow.course) & (QuizRow.id == AttemptRow.quiz)
        query = select(AttemptRow, QuizRow.version).join(QuizRow, joined).where(AttemptRow.course == self._course, AttemptRow.id == attempt)
        found = db.execute(query.with_for_update(of=AttemptRow) if lock else query).first()
        if found is None or found[0].student != student:
            raise QuizError("this is not an attempt of yours: press Start to begin your own", code="quiz-not-yours")
        return found[0], self._quizzes.load(db, found[0].quiz, found[1])

    def _all_of(self, db: Session, quiz_id: str, student: str) -> list[AttemptRow]:
        query = select(AttemptRow).where(AttemptRow.course == self._course, AttemptRow.quiz == quiz_id, AttemptRow.student == student)
        return list(db.scalars(query.order_by(AttemptRow.number)))

    def _responses(self, db: Session, attempt: str) -> dict[str, ResponseRow]:
        query = select(ResponseRow).where(ResponseRow.course == self._course, ResponseRow.attempt == attempt)
        return {row.item: row for row in db.scalars(query)}


def grade_of(row: ResponseRow) -> Grade | None:
    """The grade of a stored answer; None while it has none."""
    return None if row.credit is None else Grade(row.credit, row.certain, row.why, row.grader or "")


def store_grade(row: ResponseRow, grade: Grade | None) -> None:
    """Write a grade to its answer; None: it has none yet."""
    row.credit, row.certain, row.why, row.grader = (
        (None, False, "", None) if grade is None else (grade.credit, grade.certain, grade.why, grade.grader)
    )


def _end(row: AttemptRow, quiz: Quiz) -> datetime | None:
    """When the attempt ends by itself; staff may have moved the closing since it began."""
    return deadline(quiz.rules, row.started_at)


def _ended(row: AttemptRow, quiz: Quiz, now: datetime) -> bool:
    end = _end(row, quiz)
    return row.finished_at is not None or quiz.is_over(now) or (end is not None and end <= now)
