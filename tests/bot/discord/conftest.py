"""A simulated Discord server whose staff may change the readings."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.discord.client import LectorBot
from bot.discord.courses import open_course
from common.settings import Settings
from rag.compose import Parts, open_catalog
from tests.conftest import offline_settings


@pytest.fixture
def zoo(corpus: Path, tmp_path: Path) -> Settings:
    return offline_settings(tmp_path / "data", corpus={"dir": corpus}, discord={"staff_roles": ("Instructor",)})


class Scene:
    """A server with a channel, an instructor and a student."""

    def __init__(self, env, bot: LectorBot, settings: Settings) -> None:
        self.env, self.bot, self.settings = env, bot, settings
        guild = env.create_guild("Zoo")
        role = guild.create_role("Instructor")
        self.channel = guild.create_text_channel("staff")
        self.instructor = guild.add_member(env.create_user("ann"), roles=[role])
        self.student = guild.add_member(env.create_user("bob"))

    async def corpus(self, command: str, **options) -> str:
        result = await self.instructor.slash(self.channel, f"corpus {command}", **options)
        message = result.response if result.ephemeral else self.channel.last_message
        return message.content.replace("\\", "")

    @property
    def readings(self) -> list[str]:
        return [row.reading for row in open_catalog(self.settings).readings()]


@pytest.fixture
def play(parts: Parts, zoo: Settings) -> Callable[[], AbstractAsyncContextManager[Scene]]:
    simcord = pytest.importorskip("simcord")

    @asynccontextmanager
    async def open_scene() -> AsyncIterator[Scene]:
        bot = LectorBot([open_course(replace(parts, settings=zoo))])
        async with simcord.run(bot, settle_timeout=120) as env:
            yield Scene(env, bot, zoo)

    return open_scene
