"""Shows by edits how far something is that works in another thread."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import discord

from bot.discord.quiz.drafting import Told
from bot.discord.render import cut
from bot.discord.typeset import plain
from bot.language import say

if TYPE_CHECKING:
    from bot.discord.client import LectorBot

_EVERY_S = 2.0  # Discord allows five edits of a message in five seconds


@asynccontextmanager
async def shown_progress(interaction: "discord.Interaction[LectorBot]") -> AsyncIterator[Told]:
    """While the block runs, what it tells is shown in the place of what the deferred interaction shows."""
    loop, news, language = asyncio.get_running_loop(), asyncio.Queue[str](), interaction.locale.value

    def told(what: str, done: int, of: int) -> None:
        loop.call_soon_threadsafe(news.put_nowait, progress_text(what, done, of, language))

    edits = asyncio.create_task(_edit(interaction, news))
    try:
        yield told
    finally:
        edits.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await edits


def progress_text(what: str, done: int, of: int, language: str) -> str:
    """What is being done, and how much of it; without `what`, items are being made."""
    if not what:
        return say(language, "quiz-drafting-items", done=done, of=of)
    shown = plain(cut(what, 200))
    return say(language, "quiz-drafting-counted", what=shown, done=done, of=of) if of else say(language, "quiz-drafting", what=shown)


async def _edit(interaction: "discord.Interaction[LectorBot]", news: "asyncio.Queue[str]") -> None:
    while True:
        text = await news.get()
        while not news.empty():
            text = news.get_nowait()
        with contextlib.suppress(discord.HTTPException):  # the next one, or the end, may come through
            await interaction.edit_original_response(content=text, allowed_mentions=discord.AllowedMentions.none())
        await asyncio.sleep(_EVERY_S)
