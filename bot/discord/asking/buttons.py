"""What stands below a question on its way, and below its answer."""

from typing import TYPE_CHECKING

import discord

from bot.asking.asked import Asked
from bot.discord.asking.discussion import discuss
from bot.discord.components import KeptButton
from bot.discord.feedback import feedback_buttons
from bot.language import say
from rag.answers import Answer, Status

if TYPE_CHECKING:
    from bot.discord.client import LectorBot


class CancelButton(KeptButton, template=r"lector:1:cancel:(?P<key>[\w-]{16})"):
    """Gives a question up; for whoever asked it."""

    def __init__(self, key: str, label: str = "Cancel") -> None:
        super().__init__(f"lector:1:cancel:{key}", label, discord.ButtonStyle.secondary)
        self._key = key

    async def clicked(self, interaction: "discord.Interaction[LectorBot]") -> None:
        """The question's own message says that it was cancelled."""
        language, desk = interaction.locale.value, interaction.client.asking
        asker = desk.asker_of(self._key)
        if asker is None:
            await interaction.response.send_message(say(language, "asking-over"), ephemeral=True)
        elif asker != interaction.user.id:
            await interaction.response.send_message(say(language, "asking-cancel-other"), ephemeral=True)
        else:
            await interaction.response.defer()
            await desk.cancel(self._key)


class DiscussButton(KeptButton, template=r"lector:1:discuss"):
    """Opens a thread under an answer, in which the conversation goes on."""

    def __init__(self, label: str = "Discuss") -> None:
        super().__init__("lector:1:discuss", label, discord.ButtonStyle.secondary)

    async def clicked(self, interaction: "discord.Interaction[LectorBot]") -> None:
        """The clicker is told where."""
        await discuss(interaction)


def cancel_view(asked: Asked) -> discord.ui.View:
    """The button that cancels a question."""
    view = discord.ui.View(timeout=None)
    view.add_item(CancelButton(asked.id, say(asked.language, "asking-cancel")))
    return view


def answer_view(asked: Asked, answer: Answer, key: str, language: str, *, direct: bool = False) -> discord.ui.View:
    """All buttons below an answer.

    Args:
        key: Of the kept answer.
        language: Of whoever sees them.
        direct: It stands in private messages, where there are no threads.
    """
    from bot.discord.exts.pages import page_buttons  # an extension: it imports the bot, which imports this file

    view = page_buttons(answer, key, language) or discord.ui.View(timeout=None)
    in_channel = asked.conversation is not None and asked.conversation.startswith("r:") and not direct
    if in_channel and answer.status is not Status.REFUSED:
        view.add_item(DiscussButton(say(language, "asking-discuss")))
    for item in feedback_buttons(key, language):
        view.add_item(item)
    return view
