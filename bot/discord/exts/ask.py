"""`/ask`."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.client import LectorBot
from bot.discord.exts.pages import page_buttons
from bot.discord.feedback import feedback_buttons
from bot.discord.render import render_answer


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
        key, language = await course.answers.save(answer), course.settings.course.language
        view = page_buttons(answer, key, language) or discord.ui.View(timeout=None)
        for item in feedback_buttons(key, language):
            view.add_item(item)
        text = render_answer(answer, language)
        await interaction.edit_original_response(content=text, view=view, allowed_mentions=discord.AllowedMentions.none())


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(Ask(bot))
