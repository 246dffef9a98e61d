"""The results of a quiz, read from its answers; nothing is stored, so they follow every correction."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select

from common.clock import Clock, utc_now
from common.database import reading
from common.settings_bot import Quiz as QuizSettings
from quiz.records.bank import QuizBank
from quiz.records.quizzes import Quiz, load_quiz
from quiz.records.tables import AttemptRow, ResponseRow
from quiz.results.statistics import Answer, ItemFigures, item_figures
from quiz.taking import deadline, percent


@dataclass(frozen=True)
class StudentResult:
    """What a student reached.

    Attributes:
        attempts: How many are finished.
        percent: 0 to 100, of the attempt that counts.
        passed: It is over the course's threshold.
        provisional: Answers of that attempt wait for staff.
        credits: Of each item asked, in the quiz's order; None where it was not answered or has no grade.
    """

    student: str
    attempts: int
    percent: float
    passed: bool
    provisional: bool
    credits: tuple[float | None, ...]


@dataclass(frozen=True)
class Results:
    """The results of a quiz.

    Attributes:
        students: Those with a finished attempt, the best first.
        items: Figures of each item asked, over the students' first attempts.
        in_progress: How many attempts are not finished.
    """

    quiz: Quiz
    students: tuple[StudentResult, ...]
    items: tuple[ItemFigures, ...]
    in_progress: int
    pass_percent: float

    @property
    def mean(self) -> float | None:
        """The mean score in percent; None before anybody has finished."""
        return sum(s.percent for s in self.students) / len(self.students) if self.students else None

    @property
    def flagged(self) -> tuple[ItemFigures, ...]:
        """Items that should be looked at, without those that are retired already."""
        retired = {entry.item.id for entry in self.quiz.items if entry.retired is not None}
        return tuple(figures for figures in self.items if figures.flags and figures.item.id not in retired)

    def as_json(self) -> dict[str, Any]:
        """The object of `lector quiz results --json`."""
        return {
            "quiz": self.quiz.id, "title": self.quiz.title, "state": self.quiz.state.value, "pass_percent": self.pass_percent,
            "finished": len(self.students), "in_progress": self.in_progress, "mean": self.mean,
            "passed": sum(s.passed for s in self.students),
            "students": [
                {"student": s.student, "percent": round(s.percent, 2), "passed": s.passed, "attempts": s.attempts,
                 "provisional": s.provisional, "credits": list(s.credits)}
                for s in self.students
            ],
            "items": [
                {"id": f.item.id, "kind": f.item.kind.value, "stem": f.item.stem, "answers": f.answers, "difficulty": f.difficulty,
                 "discrimination": f.discrimination, "chosen": list(f.chosen), "seconds": f.seconds, "flags": list(f.flags)}
                for f in self.items
            ],
        }  # fmt: skip


class ResultBook:
    """The results of one course's quizzes; for staff. Every call waits for the disk."""

    def __init__(self, engine: Engine, course: str, settings: QuizSettings, clock: Clock = utc_now) -> None:
        self._engine = engine
        self._course = course
        self._settings = settings
        self._clock = clock

    def results(self, quiz_id: str) -> Results:
        """All that the answers to a quiz say now.

        Raises:
            QuizError: There is no such quiz.
        """
        now = self._clock()
        with reading(self._engine) as db:
            quiz = load_quiz(db, self._course, quiz_id)
            attempts = list(
                db.scalars(
                    select(AttemptRow)
                    .where(AttemptRow.course == self._course, AttemptRow.quiz == quiz_id)
                    .order_by(AttemptRow.student, AttemptRow.number)
                )
            )
            responses: dict[str, dict[str, ResponseRow]] = defaultdict(dict)
            joined = (AttemptRow.course == ResponseRow.course) & (AttemptRow.id == ResponseRow.attempt)
            query = select(ResponseRow).join(AttemptRow, joined).where(AttemptRow.course == self._course, AttemptRow.quiz == quiz_id)
            for response in db.scalars(query):
                responses[response.attempt][response.item] = response
        finished = [row for row in attempts if row.finished_at is not None or _is_over(row, quiz, now)]
        by_student: dict[str, list[AttemptRow]] = defaultdict(list)
        for row in finished:
            by_student[row.student].append(row)
        students = [self._student(quiz, s, [responses[row.id] for row in rows]) for s, rows in by_student.items()]
        first = [_answers(responses[rows[0].id]) for rows in by_student.values()]
        figures = item_figures([entry.item for entry in quiz.asked], first, self._settings)
        ranked = sorted(students, key=lambda s: (-s.percent, s.student))
        return Results(quiz, tuple(ranked), tuple(figures), len(attempts) - len(finished), self._settings.pass_percent)

    def _student(self, quiz: Quiz, student: str, attempts: Sequence[dict[str, ResponseRow]]) -> StudentResult:
        scores = [percent([(_credit(responses, e.item.id), e.void) for e in quiz.asked]) for responses in attempts]
        counted = {"best": scores.index(max(scores)), "first": 0, "last": len(scores) - 1}[self._settings.counted_attempt]
        chosen, score = attempts[counted], scores[counted]
        return StudentResult(
            student, len(attempts), score, score > self._settings.pass_percent, any(not row.certain for row in chosen.values()),
            tuple(_credit(chosen, entry.item.id) for entry in quiz.asked),
        )  # fmt: skip


def retire_flagged(results: Results, bank: QuizBank, who: str) -> list[ItemFigures]:
    """Retire the items that the figures speak against; those that were retired now."""
    for figures in results.flagged:
        bank.retire(results.quiz.id, figures.item.id, "; ".join(figures.flags), who)
    return list(results.flagged)


def _is_over(row: AttemptRow, quiz: Quiz, now: Any) -> bool:
    end = deadline(quiz.rules, row.started_at)
    return quiz.is_over(now) or (end is not None and end <= now)


def _credit(responses: dict[str, ResponseRow], item: str) -> float | None:
    row = responses.get(item)
    return None if row is None else row.credit


def _answers(responses: dict[str, ResponseRow]) -> dict[str, Answer]:
    return {item: Answer(row.answer, row.credit, row.seconds) for item, row in responses.items()}
