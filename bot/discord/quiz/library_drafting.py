"""The making of quiz items over the library: reads the index on its thread, so that the event loop is free."""

import random

from bot.discord.quiz.drafting import Drafted, Told
from quiz.making.drafting import Drafter, Progress
from rag.compose import Parts
from rag.library import Library


class LibraryDrafting:
    """A `Drafting` of the course's index; its parser is loaded at the first draft and kept."""

    def __init__(self, library: Library, drafter: Drafter) -> None:
        self._library = library
        self._drafter = drafter

    async def draft(self, week: int | None, reading: str | None, count: int, avoid: frozenset[str], told: Told) -> Drafted:
        """See `Drafting`."""
        progress = Progress(reads=lambda title, n, of: told(title, n, of), makes=lambda made, of: told("", made, of))
        seed = random.SystemRandom().randrange(1_000_000)
        made = await self._library.run(
            lambda view: self._drafter.draft(view, count, week=week, reading=reading, seed=seed, avoid=avoid, progress=progress)
        )
        return Drafted(made.items, made.shortfall)


def open_drafting(parts: Parts) -> LibraryDrafting:
    """The making of items for a course; nothing is loaded yet."""
    return LibraryDrafting(parts.assistant.library, Drafter(parts.settings.quiz))
