"""Tells a course's staff what keeps the bot from working, once each: in the log, and where they read it."""

import logging
from typing import TYPE_CHECKING

import discord

from bot.language import say

if TYPE_CHECKING:
    from bot.discord.client import LectorBot
    from bot.discord.courses import Course

_LOG = logging.getLogger(__name__)
_NO_PINGS = discord.AllowedMentions.none()


class StaffNotices:
    """Remembers what was told since the bot's start, until it is settled.

    The staff channel is told. Where there is none, or it is what does not work, the owner of the server is, privately.
    """

    def __init__(self, bot: "LectorBot") -> None:
        self._bot = bot
        self._told: set[tuple[str, str, int | None]] = set()

    async def tell_once(self, course: "Course", server: int | None, message: str, channel: int | None = None) -> None:
        """Tell of one fault.

        Args:
            server: Where it is; None for the course's first server.
            message: Of the catalogue; its place is `channel`.
            channel: Where the bot may not do what it should.
        """
        if (course.key, message, channel) in self._told:
            return
        self._told.add((course.key, message, channel))
        text = say(course.settings.course.language, message, channel=f"<#{channel}>")
        _LOG.warning("course %s: %s", course.key, text)
        staff = course.settings.discord.staff_channel
        if staff is None or staff == channel or not await self._posted(course, staff, text):
            await self._tell_owner(course, server, text)

    def settle(self, course: "Course", message: str) -> None:
        """What a message tells of works again: a later fault is told anew."""
        self._told = {told for told in self._told if told[:2] != (course.key, message)}

    async def _posted(self, course: "Course", staff: int, text: str) -> bool:
        try:
            await self._bot.get_partial_messageable(staff).send(text, allowed_mentions=_NO_PINGS)
        except discord.HTTPException as exc:
            _LOG.warning("the staff channel of course %s cannot be written to: %s", course.key, exc)
            return False
        return True

    async def _tell_owner(self, course: "Course", server: int | None, text: str) -> None:
        named = course.settings.discord.guilds
        guild = self._bot.get_guild(server if server is not None else named[0] if named else 0)
        if guild is None or guild.owner_id is None:
            return
        try:
            owner = await self._bot.fetch_user(guild.owner_id)
            await owner.send(text, allowed_mentions=_NO_PINGS)
        except discord.HTTPException as exc:
            _LOG.warning("the owner of server %d could not be told: %s", guild.id, exc)
