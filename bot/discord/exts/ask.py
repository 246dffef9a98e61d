"""`/ask`, and the buttons that show a quoted passage."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.client import LectorBot
from bot.discord.components import KeptButton
from bot.discord.render import BUTTONS_LIMIT, button_label, render_answer, render_citation
from rag.answers import Answer


class Ask(commands.Cog):
    """Questions on the readings and the syllabus."""

    def __init__(self, bot: LectorBot) -> None:
        self._bot = bot

    @app_commands.command(description="Ask about the course's readings or the syllabus")
    @app_commands.describe(question="Your question, in a sentence", reading="Id of the reading that you ask about, such as 1706.03762")
    async def ask(self, interaction: discord.Interaction[LectorBot], question: str, reading: str | None = None) -> None:
        """Defers at once (Discord waits 3 s), answers when it is known."""
        course = await self._bot.course_of(interaction)
        question = course.assistant.clean(question)
        await interaction.response.defer(thinking=True)
        answer = await course.assistant.ask(question, reading=reading)
        key = await course.answers.save(answer) if answer.citations else ""
        view = quote_buttons(answer, key)
        await interaction.edit_original_response(content=render_answer(answer), view=view, allowed_mentions=discord.AllowedMentions.none())


class QuoteButton(KeptButton, template=r"lector:1:quote:(?P<key>[\w-]{16}):(?P<n>\d{1,2})"):
    """Shows the clicker the passage that a citation quotes."""

    def __init__(self, key: str, n: int | str, label: str = "") -> None:
        super().__init__(f"lector:1:quote:{key}:{n}", label or f"[{n}]", discord.ButtonStyle.secondary)
        self._key, self._n = key, int(n)

    async def clicked(self, interaction: discord.Interaction[LectorBot]) -> None:
        """To the clicker alone."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        course = await interaction.client.course_of(interaction)
        citation = await course.answers.citation(self._key, self._n)
        text = render_citation(citation) if citation else "This answer is not kept any more. Please ask again."
        await interaction.edit_original_response(content=text, allowed_mentions=discord.AllowedMentions.none())


def quote_buttons(answer: Answer, key: str) -> discord.ui.View | None:
    """A button for each of the first citations; None where there are none."""
    if not answer.citations:
        return None
    view = discord.ui.View(timeout=None)
    for citation in answer.citations[:BUTTONS_LIMIT]:
        view.add_item(QuoteButton(key, citation.n, button_label(citation)))
    return view


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    bot.add_dynamic_items(QuoteButton)
    await bot.add_cog(Ask(bot))
