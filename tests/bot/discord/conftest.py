"""A simulated Discord server whose staff may change the readings; a small Discord on loopback, and the bot on it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.discord.client import LectorBot
from bot.discord.courses import open_course
from bot.discord.start import point_at
from common.database import open_database
from common.settings import Settings, Storage
from rag.compose import Parts, open_catalog
from tests.bot.discord.fake_discord import TOKEN, FakeDiscord
from tests.bot.discord.wire import Running, course_over, with_discord
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


@pytest.fixture(autouse=True)
def _addresses_restored(monkeypatch: pytest.MonkeyPatch) -> None:
    for holder, name in ((Route, "BASE"), (DiscordWebSocket, "DEFAULT_GATEWAY"), (discord.Asset, "BASE")):
        monkeypatch.setattr(holder, name, getattr(holder, name))


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as opened:
        yield opened
        assert opened.unknown == []
        assert opened.too_fast == []


@pytest.fixture
def running(fake: FakeDiscord, settings: Settings, tmp_path: Path) -> Running:
    """`async with running(assistant) as bot`: logged in and ready."""

    @asynccontextmanager
    async def run(assistant: Any = None, *, corpus: dict[str, Any] | None = None, **changes: Any) -> AsyncIterator[LectorBot]:
        connected = with_discord(settings, fake, **changes)
        connected = connected.model_copy(update={"corpus": connected.corpus.model_copy(update=corpus or {})})
        point_at(connected.discord)
        engine = open_database(Storage(dir=tmp_path / "answers"))
        bot = LectorBot([course_over(connected, assistant, engine)])
        bot._connection.guild_ready_timeout = 0.05  # discord.py waits 2 s for more servers
        async with bot:
            started = asyncio.create_task(bot.start(TOKEN))
            await fake.until(lambda: bot.is_ready() or started.done())
            if started.done():
                started.result()
            yield bot
            await bot.close()
            await started
        engine.dispose()

    return run
