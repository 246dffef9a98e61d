"""The course's readings for commands that name one."""

import asyncio
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.plan.readings import reading_choices
from common.errors import LectorError
from ingest.catalog import Catalog, Reading

if TYPE_CHECKING:
    from bot.discord.client import LectorBot
    from bot.discord.courses import Course


async def indexed(course: "Course") -> list[Reading]:
    """All that is indexed of a course, the syllabus too."""
    return await asyncio.to_thread(Catalog(course.engine, course.key).readings)


async def complete_reading(interaction: "discord.Interaction[LectorBot]", typed: str) -> list[app_commands.Choice[str]]:
    """The course's readings whose title or id holds what is typed."""
    try:
        rows = await indexed(await interaction.client.course_of(interaction))
    except LectorError:
        return []
    return [app_commands.Choice(name=name, value=reading) for name, reading in reading_choices(rows, typed)]
