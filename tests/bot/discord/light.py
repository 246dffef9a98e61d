"""A server with a student and an instructor, and a bot whose models are not loaded unless something asks for them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.discord.client import LectorBot
from bot.discord.courses import open_course
from common.settings import Settings
from rag.compose import open_assistant

simcord = pytest.importorskip("simcord")


class Wall:
    """A clock that a test sets."""

    def __init__(self, at: str) -> None:
        self.set(at)

    def set(self, at: str) -> None:
        self.now = datetime.fromisoformat(at).replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Scene:
    """A server with a channel, an instructor and a student."""

    def __init__(self, env, bot: LectorBot, settings: Settings, wall: Wall) -> None:
        self.env, self.bot, self.settings, self.wall = env, bot, settings, wall
        self.guild = env.create_guild("Zoo")
        self.channel = self.guild.create_text_channel("readings")
        self.instructor = self.guild.add_member(env.create_user("ann"), roles=[self.guild.create_role("Instructor")])
        self.student = self.guild.add_member(env.create_user("bob"))

    @property
    def course(self):
        return next(iter(self.bot.courses))

    async def do(self, command: str, who=None, **options):
        return await (who or self.student).slash(self.channel, command, **options)

    async def card(self, command: str, **options):
        """The embed that a command shows to the student."""
        (embed,) = (await self.do(command, **options)).response.embeds
        return embed

    async def restart(self) -> None:
        """As after a crash: everything is built anew from what is stored."""
        self.bot = LectorBot([open_course_again(self.course)], now=self.wall)
        await self.env.restart_bot(self.bot)


def open_course_again(course):
    from rag.compose import Parts

    return open_course(Parts(course.settings, course.assistant))


@asynccontextmanager
async def light_scene(settings: Settings, now: str = "2024-03-12T02:00") -> AsyncIterator[Scene]:
    """The scene at a moment in UTC."""
    wall = Wall(now)
    with open_assistant(settings, lambda: wall().date()) as parts:
        bot = LectorBot([open_course(parts)], now=wall)
        async with simcord.run(bot, settle_timeout=60) as env:
            yield Scene(env, bot, settings, wall)


def staffed(settings: Settings, corpus: Path | None = None, **course: str) -> Settings:
    """Settings with a staff role, and another corpus or course data."""
    changed = {"discord": settings.discord.model_copy(update={"staff_roles": ("Instructor",)})}
    if corpus is not None:
        changed["corpus"] = settings.corpus.model_copy(update={"dir": corpus})
    if course:
        changed["course"] = settings.course.model_copy(update=course)
    return settings.model_copy(update=changed)
