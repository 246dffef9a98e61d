""" "Ask a person": a question that Lector could not help with goes to the staff channel, with what was found."""

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import discord

from bot.discord.components import Form, KeptButton
from bot.discord.course_stores import persons_of
from bot.discord.courses import Course
from bot.discord.endorsing import AnswerButton
from bot.discord.render_person import NOTE_LIMIT, render_staff_post
from bot.discord.store import KeptAnswer
from bot.feedback.persons import PersonQuestion, Refused
from bot.language import LANGUAGES, say

if TYPE_CHECKING:
    from bot.discord.client import LectorBot

_LOG = logging.getLogger(__name__)
_NO_CHANNEL, _NO_POSTING = "notice-no-staff-channel", "notice-staff-channel"  # what the owner is told
_REFUSALS = {Refused.SENT_ALREADY: "person-sent-already", Refused.TOO_MANY: "person-too-many"}


class PersonButton(KeptButton, template=r"lector:1:person:(?P<key>[\w-]{16})"):
    """Opens the form that sends an answer's question to a person."""

    def __init__(self, key: str, language: str = LANGUAGES[0]) -> None:
        super().__init__(f"lector:1:person:{key}", say(language, "person-button"), discord.ButtonStyle.secondary)
        self._key = key

    async def clicked(self, interaction: "discord.Interaction[LectorBot]") -> None:
        """The form, or to the clicker alone why there is none."""
        course, language = await interaction.client.course_of(interaction), interaction.locale.value
        kept = await course.answers.get(self._key)
        refused = await persons_of(course).refused(self._key, interaction.user.id)
        if kept is None:
            await interaction.response.send_message(say(language, "answer-gone"), ephemeral=True)
        elif refused is not None:
            await interaction.response.send_message(say(language, _REFUSALS[refused]), ephemeral=True)
        elif course.settings.discord.staff_channel is None:
            await interaction.response.send_message(say(language, "person-no-channel"), ephemeral=True)
            await interaction.client.notices.tell_once(course, interaction.guild_id, _NO_CHANNEL)
        else:
            await interaction.response.send_modal(PersonForm(self._key, kept, _place(interaction), language))


class PersonForm(Form):
    """Says who will see what, and takes what the student adds."""

    def __init__(self, key: str, kept: KeptAnswer, place: discord.Message | None, language: str) -> None:
        super().__init__(say(language, "person-title"))
        self._key, self._kept, self._place = key, kept, place
        self._note: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="note", style=discord.TextStyle.paragraph, required=False, max_length=NOTE_LIMIT
        )
        told = "person-who-sees" if place is not None else "person-who-sees-private"
        self.add_item(discord.ui.TextDisplay(say(language, told)))
        self.add_item(discord.ui.Label(text=say(language, "person-note"), component=self._note))

    async def sent(self, interaction: "discord.Interaction[LectorBot]") -> None:
        """To the sender alone."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        course, language = await interaction.client.course_of(interaction), interaction.locale.value
        place = self._place
        question = PersonQuestion(
            answer=self._key,
            asker=interaction.user.id,
            question=self._kept.standalone,
            note=self._note.value.strip(),
            language=language,
            server=interaction.guild_id if place is not None else None,
            channel=place.channel.id if place is not None else None,
            message=place.id if place is not None else None,
            asked_at=datetime.now(UTC),
        )
        refused = await persons_of(course).claim(question)
        if refused is not None:
            said = say(language, _REFUSALS[refused])
        elif await _post(interaction, course, question, self._kept, place):
            said = say(language, "person-sent", channel=f"<#{course.settings.discord.staff_channel}>")
        else:
            await persons_of(course).unclaim(self._key)
            said = say(language, "person-cannot-post")
        await interaction.edit_original_response(content=said, allowed_mentions=discord.AllowedMentions.none())


def _place(interaction: discord.Interaction) -> discord.Message | None:
    """The answer's message if others can see it."""
    message = interaction.message
    return None if message is None or message.flags.ephemeral or interaction.guild_id is None else message


async def _post(
    interaction: "discord.Interaction[LectorBot]", course: Course, sent: PersonQuestion, kept: KeptAnswer, place: discord.Message | None
) -> bool:
    """Write to the staff channel; False, and its owner told once, where that cannot be."""
    bot, wanted = interaction.client, course.settings.discord.staff_channel
    channel = bot.get_channel(wanted) if wanted is not None else None
    try:
        if not isinstance(channel, discord.TextChannel | discord.Thread) or bot.courses.of_server(channel.guild.id) is not course:
            raise LookupError("it is no text channel of the course's servers that the bot sees")
        role = _role(channel.guild, course.settings.discord.ta_role)
        text = render_staff_post(
            sent, kept, place.jump_url if place is not None else None, role.mention if role else "", course.settings.course.language
        )
        pinged = discord.AllowedMentions(everyone=False, users=False, replied_user=False, roles=[role] if role else False)
        view = discord.ui.View(timeout=None)
        view.add_item(AnswerButton(sent.answer, course.settings.course.language))
        post = await channel.send(text, view=view, allowed_mentions=pinged, suppress_embeds=True)
    except (discord.HTTPException, LookupError) as exc:
        _LOG.warning("course %s: the staff channel cannot be written to: %s", course.key, exc)
        await bot.notices.tell_once(course, interaction.guild_id, _NO_POSTING, wanted)
        return False
    bot.notices.settle(course, _NO_POSTING)
    await persons_of(course).posted(sent.answer, channel.id, post.id)
    return True


def _role(guild: discord.Guild, wanted: str | None) -> discord.Role | None:
    role = discord.utils.find(lambda role: wanted in (role.name, str(role.id)), guild.roles)
    if wanted is not None and role is None:
        _LOG.warning("there is no role %r on server %d: nobody is mentioned; correct discord.ta_role", wanted, guild.id)
    return role
