"""Cards of the plan as embeds: to whoever asks alone, or to the channel."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import discord

from bot.discord.courses import Course
from bot.discord.errors import SHARED
from bot.language import language_of
from bot.plan.cards import Card
from bot.plan.timetable import Timetable, read_timetable

if TYPE_CHECKING:
    from bot.discord.client import LectorBot

_COLOUR = discord.Colour(0x3B6EA8)


def embed_of(card: Card) -> discord.Embed:
    """The card as Discord shows it."""
    embed = discord.Embed(title=card.title, description=card.body, colour=_COLOUR)
    if card.footer:
        embed.set_footer(text=card.footer)
    return embed


async def begin(interaction: "discord.Interaction[LectorBot]", *, share: bool = False) -> tuple[Course, str]:
    """Say that it is being worked on; the course, and the language of whoever will read the answer.

    Raises:
        UsageError: As `LectorBot.course_of`.
    """
    course = await interaction.client.course_of(interaction)
    await interaction.response.defer(ephemeral=not share, thinking=True)
    interaction.extras[SHARED] = share
    return course, course.settings.course.language if share else interaction.locale.value


async def timetable_of(bot: "LectorBot", course: Course, language: str) -> Timetable:
    """The course's plan now.

    Raises:
        UsageError: There is none that can be read.
    """
    return await asyncio.to_thread(read_timetable, course.plan, course.settings.course.timezone, bot.now(), language)


async def show(interaction: discord.Interaction, card: Card) -> None:
    """Put a card in the place of "is thinking"."""
    await interaction.edit_original_response(embed=embed_of(card), allowed_mentions=discord.AllowedMentions.none())


async def answer(
    interaction: "discord.Interaction[LectorBot]", make: Callable[[Course, str], Awaitable[Card]], *, share: bool = False
) -> None:
    """Show a card: to the asker in their language or, where they share it, to all in the course's.

    Args:
        make: The card of a course in a language; what goes wrong is told in the asker's.

    Raises:
        UsageError: As `LectorBot.course_of` and `make`.
    """
    course, language = await begin(interaction, share=share)
    own = interaction.locale.value
    card = await make(course, own)
    await show(interaction, card if language_of(own) == language_of(language) else await make(course, language))
