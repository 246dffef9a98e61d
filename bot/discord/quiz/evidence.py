"""Shows the page that proves an item, whoever looks at it: a student after the answer, a student who practises, staff."""

import asyncio
from collections.abc import Callable

import discord

from bot.discord.client import LectorBot
from bot.discord.courses import Course
from bot.discord.exts.pages import Turn, show_sight
from bot.discord.quiz.outcome_words import citation_of
from common.errors import QuizError
from quiz.items import Item


async def show_evidence(
    interaction: discord.Interaction[LectorBot], find: Callable[[Course], Item], page: int | str | None, turn: Turn
) -> None:
    """Answer a click with the page: in a message of its own, or, where a page is named, in the place of the one before.

    Args:
        find: The item, if the clicker may see its proof; reads the database.
        page: 1-based; "home": where the quote stands; None: that too, for the first time.
        turn: Makes the buttons that turn the pages.

    Raises:
        QuizError: The item names no page, or what `find` raises.
    """
    if page is None:
        await interaction.response.defer(ephemeral=True, thinking=True)
    else:
        await interaction.response.defer()
    course = await interaction.client.course_of(interaction)
    item = await asyncio.to_thread(find, course)
    if item.evidence is None:
        raise QuizError("this item names no page", code="quiz-no-page")
    await show_sight(interaction, course, citation_of(item.evidence), page, turn)
