"""The tables of one course that hold what people think, ask and endorse."""

from bot.discord.courses import Course
from bot.feedback.persons import PersonQuestions
from bot.feedback.votes import VoteStore
from rag.endorsed import EndorsedStore


def votes_of(course: Course) -> VoteStore:
    """Votes on answers."""
    return VoteStore(course.engine, course.key)


def persons_of(course: Course) -> PersonQuestions:
    """Questions that were sent to a person."""
    return PersonQuestions(course.engine, course.key, course.settings.staff_questions.per_day)


def endorsed_of(course: Course) -> EndorsedStore:
    """Endorsed answers; not for the event loop."""
    return EndorsedStore(course.engine, course.key, course.clock)
