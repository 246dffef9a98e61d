"""Which course a server, a channel or a private conversation belongs to; everything that the bot has for one course.

A server belongs to the course whose settings name it, else to the first course if that names none. A private
conversation belongs to the course on whose server its person was last seen, as long as they are still there.
"""

import asyncio
import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import discord
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.discord.corpus_desk import CorpusDesk
from bot.discord.members import MemberStore
from bot.discord.page_desk import PageDesk
from bot.discord.quiz.drafting import Drafting
from bot.discord.store import AnswerStore
from bot.language import SaidError, say
from common.clock import Clock, utc_now
from common.database import open_database
from common.settings import Settings
from quiz.compose import Quizzes, quizzes_over
from rag.assistant import Assistant
from rag.compose import Parts
from rag.syllabus.present import PlanFile

_LOG = logging.getLogger(__name__)
_REMEMBERING_S = 0.5
_MEMBERSHIP_S = 600.0  # how long it is taken for granted that someone who was on a server still is


@dataclass(frozen=True)
class Course:
    """What the bot has for one course; nothing in it is shared with another course but the models."""

    settings: Settings
    assistant: Assistant
    engine: Engine
    desk: CorpusDesk
    answers: AnswerStore
    pages: PageDesk
    plan: PlanFile
    quizzes: Quizzes
    clock: Clock = utc_now  # the server's, which quizzes and endorsed answers go by
    drafting: Drafting | None = None  # makes quiz items; None where that is not built in
    posting: asyncio.Lock = field(default_factory=asyncio.Lock)  # the messages of quizzes are sent by one at a time

    @property
    def key(self) -> str:
        """What everything stored is keyed by."""
        return self.settings.course.key


def open_course(parts: Parts, clock: Clock = utc_now, drafting: Drafting | None = None) -> Course:
    """The course with its database.

    Args:
        clock: What its quizzes and endorsed answers go by.
        drafting: Makes items for quizzes.

    Raises:
        StoreError: The database cannot be used.
    """
    settings, engine = parts.settings, open_database(parts.settings.storage)
    answers = AnswerStore(engine, settings.course.key)
    return Course(
        settings, parts.assistant, engine, CorpusDesk(settings), answers, PageDesk(settings, engine), PlanFile(settings.corpus.dir),
        quizzes_over(engine, settings, clock), clock, drafting,
    )  # fmt: skip


class Courses:
    """All courses of one bot."""

    def __init__(self, courses: Iterable[Course]) -> None:
        """The first is the one for servers that no other names."""
        self._all = tuple(courses)
        self._seen: dict[int, tuple[str, int, float]] = {}  # by person: the course, the server, and when it was noted

    def __iter__(self) -> Iterator[Course]:
        return iter(self._all)

    def of_server(self, guild_id: int) -> Course | None:
        """The course of a server; None if it has none."""
        named = next((course for course in self._all if guild_id in course.settings.discord.guilds), None)
        first = self._all[0]
        return named if named is not None or first.settings.discord.guilds else first

    async def find(self, client: discord.Client, user: discord.abc.Snowflake, guild_id: int | None, language: str = "en") -> Course:
        """The course that someone speaks to.

        Args:
            client: Asks Discord whether they are still on the server.
            user: Who speaks.
            guild_id: The server where; None in a private conversation.
            language: Of the complaint.

        Raises:
            UsageError: The server has no course, or no course of theirs is known.
        """
        if guild_id is not None:
            course = self.of_server(guild_id)
            if course is None:
                raise SaidError(say(language, "no-course-here"))
            await self._remember(course, user.id, guild_id)
            return course
        if len(self._all) == 1 and not self._all[0].settings.discord.guilds:
            return self._all[0]
        places = [(seen, course) for course in self._all if (seen := await MemberStore(course.engine, course.key).seen(user.id))]
        for place, course in sorted(places, key=lambda found: found[0].at, reverse=True):
            if self.of_server(place.guild) is course and await self._is_member(client, place.guild, user):
                return course
        raise SaidError(say(language, "no-course-known"))

    async def _remember(self, course: Course, user: int, guild: int) -> None:
        now = time.monotonic()
        key, server, noted = self._seen.get(user, ("", 0, -_MEMBERSHIP_S))
        if (key, server) == (course.key, guild) and now - noted < _MEMBERSHIP_S:
            return
        self._seen[user] = course.key, guild, now
        try:  # Discord waits 3 s for an answer to whoever speaks: a busy database is tried again at their next word
            async with asyncio.timeout(_REMEMBERING_S):
                await MemberStore(course.engine, course.key).see(user, guild)
        except (TimeoutError, SQLAlchemyError) as exc:
            _LOG.warning("where somebody was seen is not remembered: %s", exc or type(exc).__name__)
            self._seen.pop(user, None)

    async def _is_member(self, client: discord.Client, guild: int, user: discord.abc.Snowflake) -> bool:
        try:
            await client.http.get_member(guild, user.id)
        except discord.HTTPException:
            return False
        return True
