"""What quizzes do by the clock: messages are sent and ended, short answers graded, the weekly quiz drafted, practice reminded of."""

import asyncio
import logging

import discord
from discord.ext import commands, tasks
from sqlalchemy.exc import SQLAlchemyError

from bot.discord.client import LectorBot
from bot.discord.courses import Course
from bot.discord.quiz.drafting import draft_quiz
from bot.discord.quiz.grading import grade_waiting
from bot.discord.quiz.publishing import end_over, send_due
from bot.discord.quiz.weekly import is_there, next_quiz, week_of
from bot.language import say
from common.errors import LectorError
from ingest.syllabus import read_course

_LOG = logging.getLogger(__name__)
_EVERY_S = 30.0
_BY = "the weekly schedule"


class QuizClock(commands.Cog):
    """Looks at each course's quizzes twice a minute."""

    def __init__(self, bot: LectorBot) -> None:
        self._bot = bot
        self._tried: set[tuple[str, int]] = set()

    async def cog_load(self) -> None:
        """Called by discord.py."""
        self._tick.start()

    async def cog_unload(self) -> None:
        """Called by discord.py."""
        self._tick.cancel()

    @tasks.loop(seconds=_EVERY_S)
    async def _tick(self) -> None:
        for course in self._bot.courses:
            await self.look(course)

    @_tick.before_loop
    async def _ready(self) -> None:
        await self._bot.wait_until_ready()

    async def look(self, course: Course) -> None:
        """Do what is due in a course; what goes wrong is logged and tried again."""
        for step in (self._post, self._remind, grade_waiting, self._draft):
            try:
                await step(course)
            except (LectorError, SQLAlchemyError, discord.HTTPException, OSError) as exc:
                _LOG.warning("quizzes of course %s: %s: %s", course.key, type(exc).__name__, exc)

    async def _post(self, course: Course) -> None:
        await send_due(self._bot, course)
        await end_over(self._bot, course)

    async def _remind(self, course: Course) -> None:
        """Tell those who asked for it what is due, once a day at most."""
        language, name = course.settings.course.language, course.settings.course.name
        for student, due in await asyncio.to_thread(course.quizzes.practice.to_remind):
            try:
                user = await self._bot.fetch_user(int(student))
                await user.send(say(language, "card-reminder", due=due, course=name), allowed_mentions=discord.AllowedMentions.none())
            except discord.HTTPException as exc:  # they take no private messages, or are gone
                _LOG.warning("student %s could not be told what is due: %s", student, exc)

    async def _draft(self, course: Course) -> None:
        """Draft the weekly quiz the day before it, once, and tell staff; nothing is published."""
        settings, language = course.settings, course.settings.course.language
        quiz_at = next_quiz(settings.quiz, settings.course.timezone, course.clock())
        if quiz_at is None or course.drafting is None:
            return
        week = week_of(await asyncio.to_thread(read_course, settings.corpus.dir), quiz_at)
        if week is None or (course.key, week) in self._tried or is_there(await asyncio.to_thread(course.quizzes.bank.quizzes), week):
            return
        self._tried.add((course.key, week))
        title = say(language, "quiz-title-week", week=week)
        try:
            quiz, short = await draft_quiz(course.quizzes, course.drafting, title, week, settings.quiz.weekly_items, _BY, lambda *_: None)
        except LectorError as exc:
            await self._tell_staff(course, say(language, "quiz-weekly-failed", week=week, why=exc.user_message))
        else:
            await self._tell_staff(course, say(language, "quiz-weekly-drafted", week=week, count=len(quiz.items), short=short))

    async def _tell_staff(self, course: Course, text: str) -> None:
        _LOG.warning("course %s: %s", course.key, text)
        channel = course.settings.discord.staff_channel
        if channel is not None:
            await self._bot.get_partial_messageable(channel).send(text, allowed_mentions=discord.AllowedMentions.none())


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(QuizClock(bot))
