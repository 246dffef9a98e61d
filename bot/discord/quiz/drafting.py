"""Where the making of items plugs in."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from quiz.items import Item

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

    def draft(self, week: int | None, count: int, avoid: frozenset[str], told: Told) -> Awaitable[Drafted]:
        """So many items on a week's readings; on all readings where it is None.

        Args:
            avoid: Ids of items that must not come again.

        Raises:
            UsageError: The week has no readings, or there is nothing to make items with.
        """
