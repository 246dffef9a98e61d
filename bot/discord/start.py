"""Connects the bot to Discord, or to what the settings put in its place."""

import asyncio
import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.discord.client import LectorBot
from bot.discord.courses import Course, open_course
from bot.discord.quiz.library_drafting import open_drafting
from common.errors import ConfigError, LectorError
from common.settings import Settings
from common.settings_bot import Discord
from rag.compose import open_assistants

_LOG = logging.getLogger(__name__)
_TOKEN_REFUSED = 4004  # https://discord.com/developers/docs/topics/opcodes-and-status-codes


def serve(settings: Settings) -> None:
    """Load everything, log in and answer until interrupted.

    Raises:
        ConfigError: Discord refuses the token.
        LectorError: There is no index, a model does not load, or Discord is out of reach.
    """
    point_at(settings.discord)
    with open_assistants(settings.each_course()) as opened:
        courses = [open_course(parts, drafting=open_drafting(parts)) for parts in opened]

        async def run() -> None:
            for course in courses:
                await _warm_up(course, alone=len(courses) == 1)
            token = settings.discord.token
            assert token is not None
            with settled():
                async with LectorBot(courses) as bot:
                    await bot.start(token.get_secret_value())

        try:
            asyncio.run(run())
        except discord.LoginFailure as exc:
            raise ConfigError("Discord refuses the token: copy it again from the developer portal into LECTOR_DISCORD__TOKEN") from exc
        except discord.ConnectionClosed as exc:
            if exc.code == _TOKEN_REFUSED:
                raise ConfigError(f"Discord refuses the token (close code {exc.code}): it was reset; set the new one") from exc
            raise LectorError(f"Discord closed the connection for good (code {exc.code}): look the code up and start again") from exc
        except (aiohttp.ClientError, discord.GatewayNotFound, discord.HTTPException) as exc:
            raise LectorError(
                f"Discord at {settings.discord.api_base} cannot be used ({type(exc).__name__}: {exc}): check the network"
            ) from exc


@contextmanager
def settled() -> Iterator[None]:
    """Leave what is loaded by now out of garbage collections.

    A full one goes through every object, and nothing else runs meanwhile: with the models' libraries 0.3 to 0.6 s, in which
    no student is shown anything and no heartbeat is sent (2026-11-26, 2 cores).
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


async def _warm_up(course: Course, *, alone: bool) -> None:
    """A course that cannot answer yet does not keep the others from it: whoever asks there is told why."""
    try:
        await course.assistant.warm_up()
    except LectorError as exc:
        if alone:
            raise
        _LOG.warning("course %s cannot answer: %s", course.key, exc.user_message)


def point_at(settings: Discord) -> None:
    """Make discord.py use the settings' addresses. It keeps them in its classes (2.7.1), so this is for the whole process."""
    Route.BASE = settings.api_base
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.gateway_url)
    discord.Asset.BASE = settings.cdn_base
