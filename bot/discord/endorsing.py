"""Endorses, changes and withdraws answers in Discord, and keeps the message that their asker saw up with them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import discord

from bot.discord.asking.discussion import conversations_of
from bot.discord.asking.entries import kept
from bot.discord.components import Form, StaffButton
from bot.discord.course_stores import endorsed_of, persons_of
from bot.discord.courses import Course
from bot.discord.render import MESSAGE_LIMIT, cut
from bot.discord.render_endorsed import render_delivery
from bot.discord.typeset import plain
from bot.feedback.persons import PersonQuestion
from bot.language import LANGUAGES, SaidError, say
from rag.endorsed import LONGEST, Endorsed, Person, Place, checked_text
from rag.questions import Turn

if TYPE_CHECKING:
    from bot.discord.client import LectorBot

_LOG = logging.getLogger(__name__)
_QUESTION = 300  # characters of an endorsed question
Keep = Callable[["discord.Interaction[LectorBot]", str, str], Awaitable[None]]


class EndorseForm(Form):
    """Question and answer, to read once more before they are shown to everybody."""

    def __init__(self, title: str, question: str, text: str, keep: Keep, language: str) -> None:
        """Build the form.

        Args:
            title: Of the catalogue.
            question, text: Filled in.
            keep: Is given the interaction, deferred to the sender alone, the question and the text.
            language: Of the sender.
        """
        super().__init__(say(language, title))
        self._keep = keep
        self._question: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="question", default=question[:_QUESTION] or None, max_length=_QUESTION
        )
        self._text: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, default=text[:LONGEST] or None, max_length=LONGEST
        )
        self.add_item(discord.ui.Label(text=say(language, "endorse-question"), component=self._question))
        shown = say(language, "endorse-shown-as")
        self.add_item(discord.ui.Label(text=say(language, "endorse-text"), description=shown, component=self._text))

    async def sent(self, interaction: "discord.Interaction[LectorBot]") -> None:
        """To the sender alone."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        course = await interaction.client.course_of(interaction)
        await self._keep(interaction, course.assistant.clean(self._question.value), checked_text(self._text.value))


def endorser(interaction: discord.Interaction[Any]) -> Person:
    """Who is at it."""
    return Person(interaction.user.id, interaction.user.display_name)


async def endorse_form(interaction: "discord.Interaction[LectorBot]", message: discord.Message) -> EndorseForm:
    """The form for a message; where it answers a question for a person, with that question.

    Raises:
        UsageError: It is a bot's, has no text, or is too long.
    """
    language = interaction.locale.value
    if message.author.bot:
        raise SaidError(say(language, "endorse-own-words"))
    if not message.content.strip():
        raise SaidError(say(language, "endorse-no-text"))
    text = checked_text(message.content)
    course = await interaction.client.course_of(interaction)
    replied = message.reference.message_id if message.reference is not None else None
    sent = await persons_of(course).of_post(replied, message.channel.id)  # a thread has the id of the message that it is on
    author = Person(message.author.id, message.author.display_name)
    question = sent.question if sent is not None else _asked_by(message)
    return EndorseForm("endorse-title", question, text, _keeper(course, sent, author, message.id), language)


class AnswerButton(StaffButton, template=r"lector:1:answer:(?P<key>[\w-]{16})"):
    """Stands under a question for a person: a form whose answer is endorsed as it is sent."""

    def __init__(self, key: str, language: str = LANGUAGES[0]) -> None:
        super().__init__(f"lector:1:answer:{key}", say(language, "answer-button"), discord.ButtonStyle.primary)
        self._key = key

    async def clicked(self, interaction: "discord.Interaction[LectorBot]") -> None:
        """The form, or to the clicker alone that the question is gone."""
        course, language = await interaction.client.course_of(interaction), interaction.locale.value
        sent = await persons_of(course).of_answer(self._key)
        if sent is None:  # its asker had their data deleted
            await interaction.response.send_message(say(language, "person-question-gone"), ephemeral=True)
            return
        keep = _keeper(course, sent, endorser(interaction), None)
        await interaction.response.send_modal(EndorseForm("endorse-title", sent.question, "", keep, language))


def _keeper(course: Course, sent: PersonQuestion | None, author: Person, source: int | None) -> Keep:
    """What a form does when it is sent: endorse, tell whoever asked, tell the endorser."""

    async def keep(form: "discord.Interaction[LectorBot]", question: str, text: str) -> None:
        answer = await course.answers.get(sent.answer) if sent is not None else None
        reading = answer.reading if answer is not None else None
        row = await asyncio.to_thread(endorsed_of(course).add, question, text, author, endorser(form), reading=reading, source=source)
        told = await _tell(form.client, course, sent, row, form.locale.value)
        said = say(form.locale.value, "endorsed-done", number=row.number, told=told)
        await form.edit_original_response(content=said, allowed_mentions=discord.AllowedMentions.none())

    return keep


async def show_change(bot: "LectorBot", course: Course, row: Endorsed, said: str, language: str) -> str:
    """Make the message that an answer's asker saw what the answer is now; what is told of it: `said`, and whether that failed.

    Args:
        language: Of whom is told.
    """
    if row.shown is None:
        return said
    sent = await persons_of(course).of_endorsed(row.number)
    private = row.shown.url is None
    asker_language = sent.language if sent is not None and private else course.settings.course.language
    text = render_delivery(row, f"<@{sent.asker}>" if sent is not None and not private else "", asker_language)
    try:
        message = bot.get_partial_messageable(row.shown.channel).get_partial_message(row.shown.message)
        await message.edit(content=text, allowed_mentions=discord.AllowedMentions.none())
    except discord.HTTPException as exc:
        _LOG.warning("answer %d cannot be changed where its asker saw it: %s", row.number, exc)
        return f"{said} {say(language, 'endorsed-change-unseen')}"
    return said


async def _tell(bot: "LectorBot", course: Course, sent: PersonQuestion | None, row: Endorsed, language: str) -> str:
    """Show an answer to whoever asked; what came of it, for the endorser."""
    if row.shown is not None:  # endorsed before
        changed = say(language, "endorsed-changed", number=row.number, version=row.version)
        return await show_change(bot, course, row, changed, language)
    if sent is None:
        return say(language, "endorsed-nobody-asked")
    await persons_of(course).answered(sent.answer, row.number)
    place = await _reply(bot, course, sent, row) or await _write(bot, sent, row)
    await _mark_post(bot, course, sent, row, place)
    if place is None:
        return say(language, "endorsed-told-nobody")
    await asyncio.to_thread(endorsed_of(course).set_shown, row.number, place)
    conversation = f"d:{place.channel}" if place.url is None else f"r:{place.message}"
    turn = Turn(row.question, row.text)  # whoever replies to it goes on with it
    await kept(conversations_of(course).record(conversation, turn, asker=sent.asker, message=place.message), None)
    return say(language, "endorsed-told-public", link=place.url) if place.url else say(language, "endorsed-told-private")


async def _mark_post(bot: "LectorBot", course: Course, sent: PersonQuestion, row: Endorsed, place: Place | None) -> None:
    """Say under the question in the staff channel that it is answered, and where, so that nobody answers it twice."""
    if sent.post_channel is None or sent.post_message is None:
        return
    link = place.url if place is not None and place.url is not None else ""
    said = say(course.settings.course.language, "person-post-answered", number=row.number, who=plain(row.endorser.name), link=link)
    try:
        post = await bot.get_partial_messageable(sent.post_channel).fetch_message(sent.post_message)
        await post.edit(content=cut(f"{post.content}\n{said.strip()}", MESSAGE_LIMIT), allowed_mentions=discord.AllowedMentions.none())
    except discord.HTTPException as exc:
        _LOG.warning("the post of answer %d cannot be marked: %s", row.number, exc)


async def _reply(bot: "LectorBot", course: Course, sent: PersonQuestion, row: Endorsed) -> Place | None:
    """Under the answer that did not help, if others see that too."""
    if sent.channel is None or sent.message is None:
        return None
    under = discord.MessageReference(message_id=sent.message, channel_id=sent.channel, fail_if_not_exists=False)
    asker = discord.AllowedMentions(everyone=False, roles=False, users=[discord.Object(sent.asker)], replied_user=False)
    text = render_delivery(row, f"<@{sent.asker}>", course.settings.course.language)
    channel = bot.get_partial_messageable(sent.channel, guild_id=sent.server)
    try:
        message = await channel.send(text, reference=under, allowed_mentions=asker, suppress_embeds=True)
    except discord.HTTPException as exc:
        _LOG.warning("answer %d cannot be shown in channel %d: %s", row.number, sent.channel, exc)
        return None
    return Place(sent.channel, message.id, message.jump_url)


async def _write(bot: "LectorBot", sent: PersonQuestion, row: Endorsed) -> Place | None:
    """As a direct message."""
    try:
        asker = await bot.fetch_user(sent.asker)
        text = render_delivery(row, "", sent.language)
        message = await asker.send(text, allowed_mentions=discord.AllowedMentions.none(), suppress_embeds=True)
    except discord.HTTPException as exc:
        _LOG.warning("answer %d cannot be sent to its asker: %s", row.number, exc)
        return None
    return Place(message.channel.id, message.id, None)


def _asked_by(message: discord.Message) -> str:
    """The words of the person to whom a message replies, if Discord gives them."""
    replied = message.reference.resolved if message.reference is not None else None
    return " ".join(replied.content.split()) if isinstance(replied, discord.Message) and not replied.author.bot else ""
