"""The real bot in a simulated Discord, as a page in the browser: no token, no network.

By simcord, pinned to 3.2.1 in pyproject: the page shows edits only where something publishes them while an action
runs, and two private names do that (`_active_action`, `_publish_message_pages`; seen 2026-11-24); a third sets its clock (`_epoch`).
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import discord

from bot.discord.client import LectorBot
from bot.discord.courses import Courses, open_course
from bot.discord.quiz.library_drafting import open_drafting
from common.errors import ConfigError, LectorError
from common.settings import Settings
from quiz.compose import quizzes_over
from rag.clock import fixed
from rag.compose import open_assistant

_WELCOME = (
    "This is a simulated Discord on your own machine. Type `/ask` below and put a question, such as "
    "*How many attention heads does the base Transformer use?* One action at a time: wait for an answer before the next click. "
    "As `instructor` (choose the viewer) you have the staff's commands, `/corpus` and `/syllabus`; they change the real corpus folder. "
    "What a student sends to a person comes to this channel too; there the instructor answers by its button."
)


def run_preview(settings: Settings, port: int) -> None:
    """Serve the page until interrupted.

    Raises:
        ConfigError: The preview's packages are not installed.
        LectorError: There is no index, or a model does not load.
    """

    async def run() -> None:
        async with open_preview(settings, port) as preview:
            print(f"Open this page in a browser on this machine (Ctrl-C ends):\n{preview.url}", flush=True)
            await preview.wait_closed()

    try:
        asyncio.run(run())
    except OSError as exc:
        raise LectorError(f"port {port} of this machine cannot be used ({exc.strerror}): choose another with --port") from exc


@dataclass(frozen=True)
class SimulatedServer:
    """A server of one channel with the bot, a student and an instructor, all of simcord's kinds."""

    env: Any
    bot: LectorBot
    channel: Any
    student: Any
    instructor: Any

    @asynccontextmanager
    async def show(self, channel: Any, viewers: Sequence[Any], port: int) -> AsyncIterator[Any]:
        """Serve a channel, a thread or a private conversation as a page; simcord shows one at a time. Yields its preview."""
        # Times are told as the course's zone tells them, at the simulated moment.
        zone = next(iter(self.bot.courses)).settings.course.timezone
        async with self.env.preview(channel, viewers=viewers, layout="channel", timezone=zone, port=port) as preview:
            publisher = asyncio.create_task(_publish_edits(self.env, preview))
            try:
                yield preview
            finally:
                publisher.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await publisher


@asynccontextmanager
async def open_server(settings: Settings, start: datetime | None = None) -> AsyncIterator[SimulatedServer]:
    """The bot, ready, in a simulated server.

    Args:
        start: The moment there, with a time zone, at which the bot's clock stands until simcord's is advanced; None for the present one.
    """
    try:
        import simcord
    except ImportError as exc:
        raise ConfigError("the preview needs its extra: run `make setup`, or pip install 'lector[preview]'") from exc

    roles = settings.discord.staff_roles or ("Instructor",)
    settings = settings.model_copy(update={"discord": settings.discord.model_copy(update={"staff_roles": roles})})
    local = start.astimezone(ZoneInfo(settings.course.timezone)) if start is not None else None
    with open_assistant(settings, fixed(local)) as parts:
        await parts.assistant.warm_up()
        course = open_course(parts, drafting=open_drafting(parts))
        bot = LectorBot([course])
        async with simcord.run(bot, settle_timeout=120, check_errors=False) as env:
            # simcord's clock stands at 2026-01-01 and can be put on, not back, by its public names (3.2.1). Were time
            # advanced, what the bot does every half minute would be done for each until today.
            env.backend.clock._epoch = start or datetime.now(UTC)
            if start is not None:
                bot.now = env.now
            env.backend.bot_user.name = "Lector"
            guild = env.create_guild(settings.course.name)
            channel = guild.create_text_channel("readings")
            student = guild.add_member(env.create_user("student"))
            role = guild.create_role(roles[0], permissions=discord.Permissions(manage_messages=True))
            instructor = guild.add_member(env.create_user("instructor"), roles=[role])
            # The page shows one channel only (simcord 3.2.1), so it is the staff's too; its number is known only now.
            servers = settings.discord.model_copy(update={"staff_channel": channel.id, "ta_role": roles[0]})
            course = replace(course, settings=settings.model_copy(update={"discord": servers}))
            bot.courses = Courses(
                [course if start is None else replace(course, clock=env.now, quizzes=quizzes_over(course.engine, settings, env.now))]
            )
            yield SimulatedServer(env, bot, channel, student, instructor)


@asynccontextmanager
async def open_preview(settings: Settings, port: int) -> AsyncIterator[Any]:
    """The server's channel as a page, with a word of welcome; yields simcord's preview."""
    with socket.socket() as probe:  # before the models are loaded; simcord's own error names no remedy
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
    async with open_server(settings) as server:
        real_channel = server.bot.get_channel(server.channel.id)
        await real_channel.send(_WELCOME)  # type: ignore[union-attr]  # a text channel, made above
        async with server.show(server.channel, [server.student, server.instructor], port) as preview:
            yield preview


async def _publish_edits(env: Any, preview: Any) -> None:
    shown = ""
    while True:
        await asyncio.sleep(0.25)
        now = repr(env.backend.messages)
        if preview._active_action is not None and now != shown:
            shown = now
            preview._publish_message_pages()
