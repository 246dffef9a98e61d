"""Tells a course's staff what keeps the bot from working, once each: in the staff channel if the settings name one, and in the log."""

import logging
from typing import TYPE_CHECKING

import discord

from bot.language import say

if TYPE_CHECKING:
    from bot.discord.client import LectorBot
    from bot.discord.courses import Course

_LOG = logging.getLogger(__name__)


class StaffNotices:
    """Remembers what was told since the bot's start."""

    def __init__(self, bot: "LectorBot") -> None:
        self._bot = bot
        self._told: set[tuple[str, str, int]] = set()

    async def tell_once(self, course: "Course", message: str, channel: int) -> None:
        """Tell of one channel.

        Args:
            message: The catalogue's message, whose place is `channel`.
            channel: Where the bot may not do what it should.
        """
        if (course.key, message, channel) in self._told:
            return
        self._told.add((course.key, message, channel))
        text = say(course.settings.course.language, message, channel=f"<#{channel}>")
        _LOG.warning("course %s: %s", course.key, text)
        staff = course.settings.discord.staff_channel
        if staff is None:
            return
        try:
            await self._bot.get_partial_messageable(staff).send(text, allowed_mentions=discord.AllowedMentions.none())
        except discord.HTTPException as exc:
            _LOG.warning("the staff channel of course %s cannot be written to: %s", course.key, exc)
