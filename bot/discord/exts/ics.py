"""`/ics`: the plan for calendar programs."""

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.cards import begin, timetable_of
from bot.discord.client import LectorBot
from bot.discord.enclosed import Enclosed, reply
from bot.language import SaidError
from bot.plan.calendar import calendar_file

_Bot = discord.Interaction[LectorBot]


class CalendarFile(commands.Cog):
    """A file, since a calendar program cannot ask Discord."""

    def __init__(self, bot: LectorBot) -> None:
        self._bot = bot

    @app_commands.command(description="A calendar file: classes, deadlines, breaks")
    async def ics(self, interaction: _Bot) -> None:
        """To the asker alone, in their language."""
        course, language = await begin(interaction)
        table = await timetable_of(self._bot, course, language)
        if table.plan.first is None:
            raise SaidError(table.say("ics-undated"))
        content = await asyncio.to_thread(calendar_file, table, course.key, course.settings.course.name)
        await reply(interaction, table.say("ics-here"), [Enclosed(f"{course.key}.ics", content)])


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(CalendarFile(bot))
