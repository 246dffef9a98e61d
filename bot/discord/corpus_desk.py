"""Carries changes of the readings out for Discord, one at a time, with a message that moves.

The message is edited as the bot's own, not by the interaction's token: that dies after 15 minutes, and a long paper
over a slow line takes longer.
"""

import logging
import time

import discord

from bot.corpus_job import CorpusJob, Request, Step, SyncRequest
from bot.discord.errors import told
from bot.discord.render_corpus import render_outcome, render_step
from bot.discord.sent import message_of
from bot.discord.typeset import plain
from bot.language import say
from common.errors import LectorError, StoppedError, UsageError
from common.settings import Settings
from ingest.changes import Outcome
from ingest.sync import Report

_LOG = logging.getLogger(__name__)
_EDIT_EVERY_S = 2.0  # Discord allows five edits of a message in five seconds
_NO_PINGS = discord.AllowedMentions.none()


class CorpusDesk:
    """Takes one change after another; while one is made, the next is refused with who is making it."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._language = settings, settings.course.language  # everybody reads the message
        self._job: CorpusJob | None = None
        self._title = ""

    async def carry_out(self, interaction: discord.Interaction, request: Request, who: str, title: str, stop: discord.ui.View) -> None:
        """Do it and say so; the interaction is answered here.

        Args:
            title: What is being done, for people.
            stop: The view with the button that stops it.

        Raises:
            UsageError: Another change is being made.
        """
        if self._job is not None:
            who, title = self._job.who, self._title
            raise UsageError(
                f"{who} is changing the readings just now ({title}): wait for that to end", code="corpus-busy", who=who, title=title
            )
        self._job, self._title = CorpusJob(self._settings, request, who), title
        try:
            message = await self._begin(interaction, render_step(title, None, 0.0, self._language), stop)
            text = await self._watch(self._job, title, message, stop)
            await self._edit(interaction, message, text, None)
        finally:
            self._job = None

    def stop(self) -> bool:
        """Stop what is being done; False if nothing is."""
        if self._job is None:
            return False
        self._job.stop()
        return True

    async def _begin(self, interaction: discord.Interaction, text: str, stop: discord.ui.View) -> discord.PartialMessage | None:
        id_: int | None
        if not interaction.response.is_done() and interaction.type is discord.InteractionType.component:
            id_ = message_of(await interaction.response.edit_message(content=text, view=stop, allowed_mentions=_NO_PINGS))
        elif not interaction.response.is_done():
            id_ = message_of(await interaction.response.send_message(text, view=stop, allowed_mentions=_NO_PINGS))
        else:
            id_ = (await interaction.edit_original_response(content=text, view=stop, allowed_mentions=_NO_PINGS)).id
        if interaction.channel_id is None or id_ is None:
            return None
        return interaction.client.get_partial_messageable(interaction.channel_id, guild_id=interaction.guild_id).get_partial_message(id_)

    async def _watch(self, job: CorpusJob, title: str, message: discord.PartialMessage | None, stop: discord.ui.View) -> str:
        started: float | None = None
        edited = time.monotonic()
        try:
            async for event in job.events():
                if isinstance(event, Outcome | Report):
                    return render_outcome(title, event, self._language)
                if not isinstance(event, Step):
                    continue
                now = time.monotonic()
                started = started or (now if event.done else None)
                if message is not None and now - edited >= _EDIT_EVERY_S:
                    edited = now
                    await self._show(message, render_step(title, event, now - (started or now), self._language), stop)
        except StoppedError:
            message_id = "corpus-stopped-sync" if isinstance(job.request, SyncRequest) else "corpus-stopped"
            return say(self._language, message_id, title=f"**{plain(title)}**")
        except LectorError as exc:
            return say(self._language, "corpus-failed", title=f"**{plain(title)}**", why=told(exc, self._language))
        return ""

    async def _show(self, message: discord.PartialMessage, text: str, view: discord.ui.View | None) -> bool:
        try:
            await message.edit(content=text, view=view, allowed_mentions=_NO_PINGS)
        except discord.HTTPException as exc:
            _LOG.warning("the progress message could not be edited: %s", exc)
            return False
        return True

    async def _edit(
        self, interaction: discord.Interaction, message: discord.PartialMessage | None, text: str, view: discord.ui.View | None
    ) -> None:
        """The last word: where the bot may not edit in this channel, by the interaction's token."""
        if message is None or not await self._show(message, text, view):
            await interaction.edit_original_response(content=text, view=view, allowed_mentions=_NO_PINGS)
