"""What quizzes keep about people, for `/privacy`. Nothing that a person gets here tells a key before its time."""

from dataclasses import dataclass

from sqlalchemy import Engine, delete, select

from bot.discord.personal import Record
from common.clock import Clock, utc_now
from common.database import session
from quiz.records.bank import QuizBank
from quiz.records.tables import AttemptRow, PracticeCardRow, PracticeWishRow, QuizEventRow, ResponseRow


@dataclass(frozen=True)
class PracticeRecords:
    """What a student practises, and their wish to be told of it."""

    about: str = "privacy-practice"
    tables: frozenset[str] = frozenset([PracticeCardRow.__tablename__, PracticeWishRow.__tablename__])
    stays: bool = False

    def export(self, engine: Engine, course: str, user: int) -> list[Record]:
        """The cards without their keys, then the wish."""
        cards = select(PracticeCardRow).where(PracticeCardRow.course == course, PracticeCardRow.student == str(user))
        with session(engine) as db:
            found: list[Record] = [
                {"item": row.body["stem"], "due_at": row.due_at.isoformat(), "answered": row.reviews, "missed": row.missed}
                for row in db.scalars(cards.order_by(PracticeCardRow.due_at))
            ]
            wish = db.get(PracticeWishRow, (course, str(user)))
            return [*found, {"wants_to_be_told": True}] if wish is not None else found

    def delete(self, engine: Engine, course: str, user: int) -> None:
        """All of it."""
        with session(engine) as db:
            for table in (PracticeCardRow, PracticeWishRow):
                db.execute(delete(table).where(table.course == course, table.student == str(user)))


@dataclass(frozen=True)
class AttemptRecords:
    """A student's attempts and answers: the course's record of graded work, which stays."""

    clock: Clock = utc_now
    about: str = "privacy-attempts"
    tables: frozenset[str] = frozenset([AttemptRow.__tablename__, ResponseRow.__tablename__])
    stays: bool = True

    def export(self, engine: Engine, course: str, user: int) -> list[Record]:
        """Each answer; its worth and its item only of quizzes that are over, for an item's id is a hash of its key."""
        quizzes = {quiz.id: quiz for quiz in QuizBank(engine, course).quizzes()}
        joined = (AttemptRow.course == ResponseRow.course) & (AttemptRow.id == ResponseRow.attempt)
        query = (
            select(AttemptRow, ResponseRow)
            .outerjoin(ResponseRow, joined)
            .where(AttemptRow.course == course, AttemptRow.student == str(user))
            .order_by(AttemptRow.started_at, ResponseRow.given_at)
        )
        found: list[Record] = []
        with session(engine) as db:
            for attempt, response in db.execute(query):
                quiz = quizzes[attempt.quiz]
                record: Record = {"quiz": quiz.title, "attempt": attempt.number, "started_at": attempt.started_at.isoformat()}
                if response is not None:
                    record |= {"answer": response.answer, "given_at": response.given_at.isoformat(), "seconds": response.seconds}
                    if quiz.is_over(self.clock()):
                        record |= {"item": response.item, "credit": response.credit, "why": response.why}
                found.append(record)
        return found

    def delete(self, engine: Engine, course: str, user: int) -> None:
        """They stay."""


@dataclass(frozen=True)
class QuizEventRecords:
    """Who of the staff did what to quizzes: the course's record, which stays."""

    about: str = "privacy-quiz-events"
    tables: frozenset[str] = frozenset([QuizEventRow.__tablename__])
    stays: bool = True

    def export(self, engine: Engine, course: str, user: int) -> list[Record]:
        """What a person did from Discord; the log names them with their number in brackets."""
        theirs = select(QuizEventRow).where(QuizEventRow.course == course, QuizEventRow.who.endswith(f"({user})", autoescape=True))
        with session(engine) as db:
            return [
                {"quiz": row.quiz, "at": row.at.isoformat(), "what": row.what} for row in db.scalars(theirs.order_by(QuizEventRow.number))
            ]

    def delete(self, engine: Engine, course: str, user: int) -> None:
        """They stay."""
