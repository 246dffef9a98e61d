"""Tells the owner of a server, once, what keeps the staff channel from working: there is no better place left to say it."""

import logging
from typing import TYPE_CHECKING

import discord

from bot.language import say

if TYPE_CHECKING:
    from bot.discord.client import LectorBot
    from bot.discord.courses import Course

_LOG = logging.getLogger(__name__)


class OwnerNotices:
    """Remembers what was told since the bot's start, until it works again."""

    def __init__(self) -> None:
        self._told: set[tuple[str, str]] = set()

    def settle(self, course: "Course") -> None:
        """It works: a later fault is told again."""
        self._told = {told for told in self._told if told[0] != course.key}

    async def tell_once(self, bot: "LectorBot", course: "Course", server: int | None, message: str, **values: str) -> None:
        """Tell the log and the owner.

        Args:
            server: Whose owner is told; None for the course's first.
            message: Of the catalogue.
        """
        if (course.key, message) in self._told:
            return
        self._told.add((course.key, message))
        text = say(course.settings.course.language, message, **values)
        _LOG.warning("course %s: %s", course.key, text)
        named = course.settings.discord.guilds
        guild = bot.get_guild(server if server is not None else named[0] if named else 0)
        if guild is None or guild.owner_id is None:
            return
        try:
            owner = await bot.fetch_user(guild.owner_id)
            await owner.send(text, allowed_mentions=discord.AllowedMentions.none())
        except discord.HTTPException as exc:
            _LOG.warning("the owner of server %d could not be told: %s", guild.id, exc)
