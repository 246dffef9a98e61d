"""What of the quizzes a face needs, built from the settings; see `rag.compose` for the rest of Lector."""

from dataclasses import dataclass

from sqlalchemy import Engine

from common.clock import Clock, utc_now
from common.database import open_database
from common.settings import Settings
from quiz.records.attempts import Attempts
from quiz.records.bank import QuizBank
from quiz.records.corrections import Corrections
from quiz.records.practice import Practice
from quiz.results.book import ResultBook


@dataclass(frozen=True)
class Quizzes:
    """The quizzes of one course, over one database. Every call of theirs waits for the disk: never make one on an event loop."""

    bank: QuizBank
    attempts: Attempts
    corrections: Corrections
    results: ResultBook
    practice: Practice


def open_quizzes(settings: Settings, clock: Clock = utc_now) -> Quizzes:
    """Open the database and what works on it.

    Raises:
        StoreError: The database cannot be opened.
    """
    return quizzes_over(open_database(settings.storage), settings, clock)


def quizzes_over(engine: Engine, settings: Settings, clock: Clock = utc_now) -> Quizzes:
    """What works on a database that is open already."""
    course = settings.course.key
    return Quizzes(
        QuizBank(engine, course, clock), Attempts(engine, course, clock), Corrections(engine, course, clock),
        ResultBook(engine, course, settings.quiz, clock), Practice(engine, course, clock),
    )  # fmt: skip
