"""A question between its coming and its last edit, and what the database has of it."""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.asking.asked import Asked
from bot.asking.waiting import WaitingStore
from bot.discord.asking.delivery import Delivery

if TYPE_CHECKING:
    from bot.discord.courses import Course

_LOG = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass
class Entry:
    """One question.

    Attributes:
        answering: The task that makes its answer, while the model has it.
        closing: The task that shows its last pages.
        saved: Its first writing to the database, which the others wait for: nothing is changed or removed before it is there.
        told_ahead: How many its asker was told stand before it; `told_at` when (monotonic seconds).
    """

    asked: Asked
    course: "Course"
    delivery: Delivery
    answering: asyncio.Task[None] | None = None
    closing: asyncio.Task[None] | None = None
    saved: asyncio.Task[None] | None = None
    told_ahead: int = 0
    told_at: float = float("-inf")

    @property
    def is_closing(self) -> bool:
        """Its answer, or what its asker is told, is ready."""
        return self.closing is not None

    async def save(self) -> None:
        """Keep it, so that a restart or a crash does not forget it."""
        await kept(self._store.save(self.asked), None)

    async def change(self, **values: Any) -> None:
        """Change what is kept of it."""
        await self._is_saved()
        await kept(self._store.change(self.asked.id, **values), None)

    async def forget(self) -> None:
        """It was answered, or its asker told."""
        await self._is_saved()
        await kept(self._store.remove(self.asked.id), None)

    async def keep_standing(self) -> None:
        """Keep where its message stands, so that it is found after a restart."""
        way, asked = self.delivery.reply.way, self.asked
        changed: dict[str, Any] = {"shown": way.shown} if way.shown != asked.shown else {}
        if way.way is not asked.way:
            changed |= {"way": way.way.value, "channel": way.channel}
        if changed:
            self.asked = replace(asked, shown=way.shown)
            await self.change(**changed)

    @property
    def _store(self) -> WaitingStore:
        return WaitingStore(self.course.engine, self.course.key)

    async def _is_saved(self) -> None:
        if self.saved is not None:
            await asyncio.wait([self.saved])


async def kept(work: Awaitable[T], otherwise: T) -> T:
    """What the database gives; `otherwise` where it fails: a question is answered all the same."""
    try:
        return await work
    except SQLAlchemyError:
        _LOG.exception("the database could not be used")
        return otherwise
