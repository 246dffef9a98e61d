"""When the weekly quiz is to be drafted, and on which week. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from common.settings_bot import Quiz as QuizSettings
from ingest.syllabus import SessionKind, Syllabus
from quiz.records.quizzes import Quiz

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AHEAD = timedelta(days=1)


def next_quiz(settings: QuizSettings, zone: str, now: datetime) -> datetime | None:
    """When the weekly quiz is that must be drafted now: it is less than a day ahead. None where none is."""
    if settings.weekly_day is None:
        return None
    local = now.astimezone(ZoneInfo(zone))
    days = (_DAYS.index(settings.weekly_day) - local.weekday()) % 7
    found = (local + timedelta(days=days)).replace(hour=settings.weekly_hour, minute=0, second=0, microsecond=0)
    if found <= local:
        found += timedelta(days=7)
    return found if found - local <= _AHEAD else None


def week_of(plan: Syllabus, quiz: datetime) -> int | None:
    """The plan's week that has its class in the same calendar week as the quiz; None where there is none."""
    wanted = quiz.date().isocalendar()[:2]
    return next(
        (s.number for s in plan.of(SessionKind.CLASS) if s.number is not None and s.day is not None and s.day.isocalendar()[:2] == wanted),
        None,
    )


def is_there(quizzes: Iterable[Quiz], week: int) -> bool:
    """Has the week a quiz already, drafted by whomever?"""
    return any(quiz.week == week for quiz in quizzes)
