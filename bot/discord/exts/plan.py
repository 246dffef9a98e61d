"""The course at hand: `/week`, `/today`, `/deadlines`, `/grading`, `/readings`, `/reading`, `/who`."""

import asyncio
from collections.abc import Awaitable, Callable

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.cards import answer, timetable_of
from bot.discord.client import LectorBot
from bot.discord.courses import Course
from bot.discord.readings import complete_reading, indexed
from bot.plan.cards import Card
from bot.plan.due import deadlines_card, grading_card
from bot.plan.people import people_choices, who_card
from bot.plan.readings import abstract_of, find_reading, reading_card, readings_card
from bot.plan.timetable import Timetable, no_timetable
from bot.plan.weeks import day_card, week_card, week_choices
from common.errors import LectorError, UsageError
from ingest.arxiv.bibliography import Bibliography
from ingest.catalog import Reading
from ingest.documents import Sentence
from ingest.manifest import load_items
from rag.library import View

_Bot = discord.Interaction[LectorBot]
_Week = app_commands.Range[int, 0, 60]
_SHARE = "Show it to everyone in the channel?"
_OPENING = 80  # sentences of a reading among which its abstract is looked for


class Plan(commands.Cog):
    """What the syllabus and the list of readings say, looked up; to the asker alone unless they share it."""

    def __init__(self, bot: LectorBot) -> None:
        self._bot = bot

    @app_commands.command(description="What a week holds: classes, readings, what is due")
    @app_commands.describe(n="Its number; else the present week", share=_SHARE)
    async def week(self, interaction: _Bot, n: _Week | None = None, share: bool = False) -> None:
        """By the plan's own numbers, or counted from the first class."""
        await answer(interaction, self._of_plan(lambda table: week_card(table, n)), share=share)

    @app_commands.command(description="What happens today, and what comes next")
    @app_commands.describe(share=_SHARE)
    async def today(self, interaction: _Bot, share: bool = False) -> None:
        """Today where the course is held."""
        await answer(interaction, self._of_plan(day_card), share=share)

    @app_commands.command(description="What is still due, the nearest first")
    @app_commands.describe(share=_SHARE)
    async def deadlines(self, interaction: _Bot, share: bool = False) -> None:
        """With the time where the syllabus gives one."""
        await answer(interaction, self._of_plan(deadlines_card), share=share)

    @app_commands.command(description="What counts how much for the grade")
    @app_commands.describe(share=_SHARE)
    async def grading(self, interaction: _Bot, share: bool = False) -> None:
        """As the syllabus has it."""
        await answer(interaction, self._of_plan(grading_card), share=share)

    @app_commands.command(description="What is to be read, in all or in a week")
    @app_commands.describe(week="Its number; else all weeks", share=_SHARE)
    async def readings(self, interaction: _Bot, week: _Week | None = None, share: bool = False) -> None:
        """Those that the plan names, and those that are indexed."""

        async def make(course: Course, language: str) -> Card:
            rows = await indexed(course)
            try:
                table = await timetable_of(self._bot, course, language)
            except UsageError:  # what is indexed can be listed without a plan
                if not rows:
                    raise
                table = no_timetable(course.settings.course.timezone, self._bot.now(), language)
            return readings_card(table, rows, week)

        await answer(interaction, make, share=share)

    @app_commands.command(description="A reading: its authors, week, abstract and link")
    @app_commands.describe(name="Words of its title, its id or a link; start to type", share=_SHARE)
    async def reading(self, interaction: _Bot, name: app_commands.Range[str, 1, 200], share: bool = False) -> None:
        """The abstract's first sentences stand in the reading, word for word."""

        async def make(course: Course, language: str) -> Card:
            found = find_reading(await indexed(course), name, language)
            opening = await course.assistant.library.run(lambda view: _opening(view, found.reading))
            try:
                table = await timetable_of(self._bot, course, language)
            except UsageError:  # a reading can be shown without a plan
                table = None
            authors = await asyncio.to_thread(_authors, course, found)
            return reading_card(found, authors, abstract_of(opening), table, language)

        await answer(interaction, make, share=share)

    @app_commands.command(description="Who teaches and who speaks in the course")
    @app_commands.describe(name="A name; else everyone", share=_SHARE)
    async def who(self, interaction: _Bot, name: app_commands.Range[str, 1, 100] | None = None, share: bool = False) -> None:
        """Only whom the syllabus names."""
        await answer(interaction, self._of_plan(lambda table: who_card(table, name)), share=share)

    def _of_plan(self, card: Callable[[Timetable], Card]) -> Callable[[Course, str], Awaitable[Card]]:
        """Makes a card of a course's plan in a language."""

        async def make(course: Course, language: str) -> Card:
            return card(await timetable_of(self._bot, course, language))

        return make

    @week.autocomplete("n")
    @readings.autocomplete("week")
    async def _weeks(self, interaction: _Bot, typed: str) -> list[app_commands.Choice[int]]:
        try:
            table = await timetable_of(self._bot, await self._bot.course_of(interaction), interaction.locale.value)
        except UsageError:  # said when the command is sent
            return []
        return [app_commands.Choice(name=name, value=week) for name, week in week_choices(table, typed)]

    @reading.autocomplete("name")
    async def _names(self, interaction: _Bot, typed: str) -> list[app_commands.Choice[str]]:
        return await complete_reading(interaction, typed)

    @who.autocomplete("name")
    async def _people(self, interaction: _Bot, typed: str) -> list[app_commands.Choice[str]]:
        try:
            table = await timetable_of(self._bot, await self._bot.course_of(interaction), interaction.locale.value)
        except UsageError:
            return []
        return [app_commands.Choice(name=name, value=name) for name in people_choices(table, typed)]


def _opening(view: View, reading: str) -> tuple[Sentence, ...]:
    snapshot = view.retriever.snapshot
    row = snapshot.readings.get(reading)
    return snapshot.sentences(reading, 0, min(row.sentences, _OPENING)) if row is not None else ()


def _authors(course: Course, reading: Reading) -> tuple[str, ...]:
    """As arXiv has them, else as the course's list of readings does."""
    wanted = reading.about or reading.reading
    info = Bibliography(course.engine).info(wanted)
    if info is not None and info.authors:
        return info.authors
    try:
        items = load_items(course.settings.corpus.dir)
    except LectorError:  # the list is being edited, say: a card can do without
        return ()
    return next((item.authors for item in items if item.id in (reading.reading, wanted) and item.authors), ())


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(Plan(bot))
