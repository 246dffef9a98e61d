"""`/ask`, and the message menu "Ask Lector about this"."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.asking.buttons import CancelButton, DiscussButton
from bot.discord.asking.entry import take_command
from bot.discord.client import LectorBot
from bot.discord.readings import complete_reading, indexed
from bot.language import say
from bot.plan.readings import find_reading

_Bot = discord.Interaction[LectorBot]


class Ask(commands.Cog):
    """Questions on the readings and the syllabus."""

    def __init__(self, bot: LectorBot) -> None:
        self._bot = bot
        self._menu = app_commands.ContextMenu(name="Ask Lector about this", callback=self._ask_about)

    async def cog_load(self) -> None:
        """Called by discord.py; a cog cannot hold a menu by itself."""
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Called by discord.py."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(description="Ask about the course's readings or the syllabus")
    @app_commands.describe(
        question="Your question, in a sentence",
        reading="The reading that you ask about; type a part of its title",
        private="Whether you alone see the answer",
    )
    async def ask(self, interaction: _Bot, question: str, reading: str | None = None, private: bool = False) -> None:
        """Shown at once where it stands (Discord waits 3 s), answered when it is its turn."""
        if reading is not None:
            rows = await indexed(await self._bot.course_of(interaction))
            reading = find_reading(rows, reading, interaction.locale.value).reading if rows else reading
        await self._take(interaction, question, reading=reading, private=private)

    @ask.autocomplete("reading")
    async def _readings(self, interaction: _Bot, typed: str) -> list[app_commands.Choice[str]]:
        return await complete_reading(interaction, typed)

    async def _ask_about(self, interaction: _Bot, message: discord.Message) -> None:
        """Another's message as a question; the answer is for whoever chose the menu alone."""
        if not message.content.strip():
            await interaction.response.send_message(say(interaction.locale.value, "asking-not-a-question"), ephemeral=True)
            return
        await self._take(interaction, message.content, private=True)

    async def _take(self, interaction: _Bot, question: str, *, reading: str | None = None, private: bool) -> None:
        await take_command(interaction, await self._bot.course_of(interaction), question, reading=reading, private=private)


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    bot.add_dynamic_items(CancelButton, DiscussButton)
    await bot.add_cog(Ask(bot))
