"""`/review`: practice that is due."""

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.client import LectorBot
from bot.discord.forms import keep_form
from bot.discord.quiz import practice
from bot.language import say


class Review(commands.Cog):
    """What a student missed comes back when it is about to be forgotten."""

    def __init__(self, bot: LectorBot) -> None:
        self._bot = bot

    @app_commands.command(description="Practice that is due: what you missed comes back when it is time")
    @app_commands.describe(remind="Tell you by private message when something is due?")
    async def review(self, interaction: discord.Interaction[LectorBot], remind: bool | None = None) -> None:
        """To the student alone."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        course, language = await self._bot.course_of(interaction), interaction.locale.value
        head = ""
        if remind is not None:
            await asyncio.to_thread(lambda: course.quizzes.practice.wish_reminders(str(interaction.user.id), wanted=remind))
            head = say(language, "card-reminders-on" if remind else "card-reminders-off")
        await practice.show_next(interaction, course, head)


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    bot.add_dynamic_items(practice.CardButton, practice.NextCardButton, practice.CardEvidenceButton, practice.CardAskButton)
    keep_form(bot, practice.TYPED, practice.typed)
    keep_form(bot, practice.ASKED, practice.asked)
    await bot.add_cog(Review(bot))
