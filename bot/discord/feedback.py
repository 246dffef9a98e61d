"""👍, 👎 and "Ask a person" under an answer, and the form that asks why."""

from typing import TYPE_CHECKING, Any

import discord

from bot.discord.components import Form, KeptButton
from bot.discord.course_stores import votes_of
from bot.discord.persons import PersonButton
from bot.feedback.votes import LONGEST_NOTE, Reason
from bot.language import LANGUAGES, say

if TYPE_CHECKING:
    from bot.discord.client import LectorBot

ROW = 4  # of the message's buttons: the last one, so that what belongs to the answer itself stands above


def feedback_buttons(key: str, language: str = LANGUAGES[0]) -> list[discord.ui.Item[Any]]:
    """What stands under every answer and refusal.

    Args:
        key: Of the kept answer.
        language: Of the course, for everybody sees them.
    """
    items: list[discord.ui.Item[Any]] = [VoteButton("up", key), VoteButton("down", key), PersonButton(key, language)]
    for item in items:
        item.row = ROW
    return items


class VoteButton(KeptButton, template=r"lector:1:vote:(?P<what>up|down):(?P<key>[\w-]{16})"):
    """Takes the clicker's vote; the same button again takes it back."""

    def __init__(self, what: str, key: str) -> None:
        super().__init__(f"lector:1:vote:{what}:{key}", {"up": "👍", "down": "👎"}[what], discord.ButtonStyle.secondary)
        self._good, self._key = what == "up", key

    async def clicked(self, interaction: "discord.Interaction[LectorBot]") -> None:
        """To the clicker alone."""
        course, language = await interaction.client.course_of(interaction), interaction.locale.value
        if await course.answers.get(self._key) is None:
            await interaction.response.send_message(say(language, "answer-gone"), ephemeral=True)
            return
        vote = await votes_of(course).press(self._key, interaction.user.id, good=self._good)
        if vote is not False:
            await interaction.response.send_message(say(language, "vote-up" if vote else "vote-taken-back"), ephemeral=True)
            return
        view = discord.ui.View(timeout=None)
        view.add_item(WhyButton(self._key, language))
        await interaction.response.send_message(say(language, "vote-down"), view=view, ephemeral=True)


class WhyButton(KeptButton, template=r"lector:1:why:(?P<key>[\w-]{16})"):
    """Opens the form that asks what is the matter with an answer."""

    def __init__(self, key: str, language: str = LANGUAGES[0]) -> None:
        super().__init__(f"lector:1:why:{key}", say(language, "why-button"), discord.ButtonStyle.primary)
        self._key = key

    async def clicked(self, interaction: "discord.Interaction[LectorBot]") -> None:
        """The form alone; nothing is said before it is sent."""
        await interaction.response.send_modal(ReasonForm(self._key, interaction.locale.value))


class ReasonForm(Form):
    """What is the matter, out of three, and in the student's words; both may be left out."""

    def __init__(self, key: str, language: str) -> None:
        super().__init__(say(language, "why-title"))
        self._key = key
        options = [discord.SelectOption(label=say(language, f"why-{reason.value}"), value=reason.value) for reason in Reason]
        self._reason: discord.ui.Select[Any] = discord.ui.Select(custom_id="reason", options=options, required=False, min_values=0)
        self._note: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="note", style=discord.TextStyle.paragraph, required=False, max_length=LONGEST_NOTE
        )
        self.add_item(discord.ui.Label(text=say(language, "why-reason"), component=self._reason))
        self.add_item(discord.ui.Label(text=say(language, "why-note"), description=say(language, "why-who-reads"), component=self._note))

    async def sent(self, interaction: "discord.Interaction[LectorBot]") -> None:
        """To the sender alone."""
        course = await interaction.client.course_of(interaction)
        reason = Reason(self._reason.values[0]) if self._reason.values else None
        await votes_of(course).explain(self._key, interaction.user.id, reason, self._note.value.strip())
        await interaction.response.send_message(say(interaction.locale.value, "why-thanks"), ephemeral=True)
