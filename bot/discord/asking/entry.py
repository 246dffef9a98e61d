"""Makes one kind of question out of every way to ask: `/ask`, a menu, a mention, a reply, a private message."""

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import discord

from bot.asking.asked import Asked, Way
from bot.asking.conversations import Place
from bot.discord.asking.desk import new_id
from bot.discord.asking.discussion import standing_conversation
from bot.discord.asking.words import refusal

if TYPE_CHECKING:
    from bot.discord.courses import Course

EDIT_WINDOW = timedelta(minutes=2)  # in which an edited question is answered anew


async def take_command(
    interaction: discord.Interaction[Any], course: "Course", question: str, *, reading: str | None = None, private: bool
) -> None:
    """Take in a question by a command, a menu or a form that is not answered yet.

    Raises:
        QuestionError: It is empty or too long.
    """
    asked = from_interaction(interaction, course, question, reading=reading, private=private)
    refused = await interaction.client.asking.take(course, asked, interaction)
    if refused is not None:
        await interaction.response.send_message(refusal(asked.language, refused), ephemeral=True)


def from_interaction(
    interaction: discord.Interaction[Any], course: "Course", question: str, *, reading: str | None, private: bool
) -> Asked:
    """A question by a command or a menu.

    Raises:
        QuestionError: It is empty or too long.
    """
    id_ = new_id()
    standing = standing_conversation(interaction.channel, interaction.channel_id)
    return Asked(
        id=id_,
        course=course.key,
        asker=interaction.user.id,
        text=course.assistant.clean(question),
        asked_at=datetime.now(UTC),
        way=Way.COMMAND,
        reading=reading,
        private=private,
        language=interaction.locale.value,
        server=interaction.guild_id,
        channel=interaction.channel_id,
        token=interaction.token,
        conversation=None if private else standing or f"r:{id_}",
    )


def from_message(message: discord.Message, course: "Course", text: str, answered: Place | None) -> Asked:
    """A question by a message.

    Args:
        text: Of the message, without the bot's mention.
        answered: The answer that it replies to.

    Raises:
        QuestionError: It is empty or too long.
    """
    id_ = new_id()
    standing = standing_conversation(message.channel, message.channel.id)
    chain = None if standing is not None else answered
    return Asked(
        id=id_,
        course=course.key,
        asker=message.author.id,
        text=course.assistant.clean(text),
        asked_at=datetime.now(UTC),
        way=Way.MESSAGE,
        language=course.settings.course.language,
        server=message.guild.id if message.guild else None,
        channel=message.channel.id,
        message=message.id,
        conversation=standing or (chain.conversation if chain else f"r:{id_}"),
        before=chain.message if chain else None,
    )


def addressed(message: discord.Message, me: discord.abc.User) -> bool:
    """Whether a message is for the bot: private, or with a mention of it, or a reply to it whose text Discord shows."""
    if message.author.bot or message.type not in (discord.MessageType.default, discord.MessageType.reply):
        return False
    if message.guild is None or any(user.id == me.id for user in message.mentions):
        return True
    reply_to = message.reference.resolved if message.reference is not None else None
    return isinstance(reply_to, discord.Message) and reply_to.author.id == me.id and bool(message.content)


def edited_just_now(message: discord.Message) -> bool:
    """Whether somebody changed a message just now, and soon after it was written.

    Discord sends the same event where it unfolds a link, and whenever an old message is edited.
    """
    edited = message.edited_at
    return edited is not None and edited - message.created_at <= EDIT_WINDOW and discord.utils.utcnow() - edited <= EDIT_WINDOW


def without_mention(text: str, me: discord.abc.User) -> str:
    """The text without the bot's mention."""
    return re.sub(rf"<@!?{me.id}>", " ", text).strip()
