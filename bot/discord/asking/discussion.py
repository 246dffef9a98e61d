"""Conversations in Discord: which one a message belongs to, and threads under answers."""

from contextlib import suppress
from typing import TYPE_CHECKING, Final

import discord

from bot.asking.conversations import ConversationStore
from bot.language import say

if TYPE_CHECKING:
    from bot.discord.client import LectorBot
    from bot.discord.courses import Course

_THREAD_EXISTS = 160004  # https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
_NAME_LIMIT = 100  # characters of a thread's name
_IDLE_MINUTES: Final = 1440  # then Discord puts the thread away


def conversations_of(course: "Course") -> ConversationStore:
    """The conversations of a course."""
    return ConversationStore(course.engine, course.key, course.settings.discord.conversations)


def standing_conversation(channel: object, channel_id: int | None) -> str | None:
    """The conversation that a whole channel is: a thread's or a private one's; None in other channels."""
    # A server's channels are known, but for threads that were put away.
    unknown = isinstance(channel, discord.PartialMessageable) and channel.guild_id is not None
    if unknown or isinstance(channel, discord.Thread):
        return f"t:{channel_id}"
    if isinstance(channel, discord.DMChannel | discord.GroupChannel) or (
        isinstance(channel, discord.PartialMessageable) and channel.type is discord.ChannelType.private
    ):
        return f"d:{channel_id}"
    return None


async def discuss(interaction: "discord.Interaction[LectorBot]") -> None:
    """Open a thread under the answer whose button was clicked; where there is one, say so."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    await interaction.edit_original_response(content=await _opened(interaction))


async def _opened(interaction: "discord.Interaction[LectorBot]") -> str:
    language, message = interaction.locale.value, interaction.message
    if interaction.guild_id is None:  # the answer came here for the channel was closed to the bot
        return say(language, "asking-discuss-direct")
    course = await interaction.client.course_of(interaction)
    conversations = conversations_of(course)
    place = await conversations.of_answer(message.id) if message is not None else None
    if message is None or place is None or interaction.channel_id is None:
        return say(language, "answer-gone")
    channel = interaction.client.get_partial_messageable(interaction.channel_id, guild_id=interaction.guild_id)
    try:
        thread = await channel.get_partial_message(message.id).create_thread(
            name=place.question[:_NAME_LIMIT], auto_archive_duration=_IDLE_MINUTES
        )
    except discord.HTTPException as exc:
        if exc.code == _THREAD_EXISTS:  # a thread has the number of the message that it was opened under
            return say(language, "asking-discuss-there", thread=f"<#{message.id}>")
        if isinstance(exc, discord.Forbidden):
            await interaction.client.notices.tell_once(course, interaction.guild_id, "staff-no-threads", interaction.channel_id)
            return say(language, "asking-discuss-forbidden")
        raise
    await conversations.branch(place, f"t:{thread.id}")
    try:
        await thread.send(
            f"{interaction.user.mention} {say(course.settings.course.language, 'asking-discuss-here')}",
            allowed_mentions=discord.AllowedMentions(everyone=False, roles=False, users=[interaction.user]),
        )
    except discord.Forbidden:  # nobody would be answered there, so it does not stay
        await interaction.client.notices.tell_once(course, interaction.guild_id, "staff-no-thread-messages", interaction.channel_id)
        with suppress(discord.HTTPException):
            await thread.delete()
        return say(language, "asking-discuss-forbidden")
    return say(language, "asking-discuss-there", thread=thread.mention)
