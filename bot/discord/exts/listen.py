"""Questions by messages: a mention, a reply to the bot, a private message. Edits and deletions of them count."""

import dataclasses
from contextlib import suppress

import discord
from discord.ext import commands

from bot.discord.asking.discussion import conversations_of
from bot.discord.asking.entry import addressed, edited_just_now, from_message, without_mention
from bot.discord.asking.words import refusal
from bot.discord.client import LectorBot
from bot.discord.courses import Course
from bot.discord.errors import told
from bot.language import say
from common.errors import LectorError


class Listen(commands.Cog):
    """Without a privileged intent Discord shows the bot the text of such messages, and of no others."""

    def __init__(self, bot: LectorBot) -> None:
        self._bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer it if it is for the bot."""
        me = self._bot.user
        if me is None or not addressed(message, me):
            return
        language = "en"
        try:
            course = await self._bot.course_of(message)
            language = course.settings.course.language
            text = without_mention(message.content, me)
            if not text:
                await self._say(message, say(language, "asking-empty"))
                return
            await self._take(message, course, text)
        except LectorError as exc:
            await self._say(message, told(exc, language))

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """An edited question is answered anew, if it is edited soon."""
        message, me = payload.message, self._bot.user
        if me is None or not edited_just_now(message) or not addressed(message, me):
            return
        language = "en"
        try:
            course = await self._bot.course_of(message)
            language = course.settings.course.language
            text = course.assistant.clean(without_mention(message.content, me))
            waiting = self._bot.asking.by_message(message.id)
            if waiting is None or not await self._bot.asking.revise(waiting, text):
                await self._answer_anew(message, course, text)
        except LectorError as exc:
            await self._say(message, told(exc, language))

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A deleted question is dropped, wherever it stands."""
        await self._dropped(payload.message_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """As above, for many."""
        for message in payload.message_ids:
            await self._dropped(message)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was taken off a server: nobody waits there any more."""
        await self._bot.asking.leave_server(guild.id)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Discord is there: what waited before the start is answered now."""
        await self._bot.asking.resume()

    async def _take(self, message: discord.Message, course: Course, text: str) -> None:
        reference = message.reference
        replied = reference.message_id if reference is not None else None
        answered = await conversations_of(course).of_answer(replied) if replied is not None else None
        asked = from_message(message, course, text, answered)
        refused = await self._bot.asking.take(course, asked)
        if refused is not None:
            await self._say(message, refusal(asked.language, refused))

    async def _answer_anew(self, message: discord.Message, course: Course, text: str) -> None:
        place = await conversations_of(course).of_question(message.id)
        if place is None or place.question == text:
            return
        asked = dataclasses.replace(from_message(message, course, text, None), conversation=place.conversation, shown=place.message)
        refused = await self._bot.asking.take(course, asked)
        if refused is not None:
            await self._say(message, refusal(asked.language, refused))

    async def _dropped(self, message: int) -> None:
        id_ = self._bot.asking.by_message(message)
        if id_ is not None:
            await self._bot.asking.cancel(id_, silently=True)

    async def _say(self, message: discord.Message, text: str) -> None:
        """As a reply; privately where the bot may not write in the channel, of which staff are told once."""
        none = discord.AllowedMentions.none()
        try:
            await message.reply(text, mention_author=False, allowed_mentions=none)
        except discord.Forbidden:
            with suppress(discord.HTTPException):  # they take no private messages either
                await message.author.send(text, allowed_mentions=none)
            with suppress(LectorError):  # a server of no course has no staff
                course = await self._bot.course_of(message)
                await self._bot.notices.tell_once(
                    course, message.guild.id if message.guild else None, "staff-no-messages", message.channel.id
                )


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(Listen(bot))
