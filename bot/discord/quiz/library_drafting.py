"""The making of quiz items over the library, on a thread: neither the event loop nor questions wait for it."""

import asyncio
import random

from bot.discord.quiz.drafting import Drafted, Told
from quiz.making.drafting import Drafter, Progress, open_drafter
from rag.compose import Parts


class LibraryDrafting:
    """A `Drafting` of the course's index."""

    def __init__(self, drafter: Drafter) -> None:
        self._drafter = drafter
        self._one = asyncio.Lock()  # those who wait for a draft hold none of the loop's threads, which the database needs

    async def draft(self, week: int | None, reading: str | None, count: int, avoid: frozenset[str], told: Told) -> Drafted:
        """See `Drafting`."""
        progress = Progress(reads=lambda title, n, of: told(title, n, of), makes=lambda made, of: told("", made, of))
        seed = random.SystemRandom().randrange(1_000_000)
        async with self._one:
            made = await asyncio.to_thread(
                self._drafter.draft, count, week=week, reading=reading, seed=seed, avoid=avoid, progress=progress
            )
        return Drafted(made.items, made.shortfall)


def open_drafting(parts: Parts) -> LibraryDrafting:
    """The making of items for a course; nothing is loaded yet."""
    return LibraryDrafting(open_drafter(parts))
