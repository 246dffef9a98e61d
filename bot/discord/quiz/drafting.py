"""Where the making of items plugs in, and how it becomes a draft of a quiz."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.discord.quiz.words import refuse_long
from common.errors import UsageError
from quiz.compose import Quizzes
from quiz.items import Item
from quiz.records.quizzes import Quiz

_MOST = 60  # items of one draft of which those that are known already are left out

Told = Callable[[str, int, int], None]  # what is being done, how much of it, of how much; called from any thread


@dataclass(frozen=True)
class Drafted:
    """Items that passed every check.

    Attributes:
        shortfall: Why there are fewer than were asked for; "" where there are as many.
    """

    items: tuple[Item, ...]
    shortfall: str = ""


class Drafting(Protocol):
    """Makes items of a course's readings, off the event loop."""

    def draft(self, week: int | None, reading: str | None, count: int, avoid: frozenset[str], told: Told) -> Awaitable[Drafted]:
        """So many items on a week's readings, or on one reading.

        Args:
            avoid: Ids of items that must not come again.

        Raises:
            UsageError: The week has no readings, or there is nothing to make items with.
        """


async def draft_new(drafting: Drafting, week: int | None, reading: str | None, count: int, known: Sequence[Item]) -> Drafted:
    """So many items that ask about nothing that `known` asks about.

    Another id is not enough: with other wrong options the same question is another item.
    """
    places = {_place(item) for item in known}
    made = await drafting.draft(week, reading, min(count + len(places), _MOST), frozenset(item.id for item in known), lambda *_: None)
    fresh = tuple(item for item in made.items if _place(item) not in places)[:count]
    return Drafted(fresh, "" if len(fresh) == count else made.shortfall)


def _place(item: Item) -> tuple[str, str]:
    """What an item is about: the sentence that proves it, else its stem."""
    if item.evidence is None:
        return "", item.stem
    return item.evidence.reading, " ".join(item.evidence.quote.split())


async def draft_quiz(quizzes: Quizzes, drafting: Drafting, title: str, week: int, count: int, by: str, told: Told) -> tuple[Quiz, str]:
    """A draft of a quiz on a week's readings that staff have not seen yet, and why it has fewer items than asked for ("" if it has not).

    Items that were retired do not come again.

    Raises:
        UsageError: The week has no readings, or no item could be made.
    """
    avoid = await asyncio.to_thread(quizzes.bank.retired)
    drafted = await drafting.draft(week, None, count, avoid, told)
    if not drafted.items:
        raise UsageError(drafted.shortfall)
    for item in drafted.items:
        refuse_long(item)

    def store() -> Quiz:
        return quizzes.bank.quiz(quizzes.bank.create(title, drafted.items, by, week=week))

    return await asyncio.to_thread(store), drafted.shortfall
