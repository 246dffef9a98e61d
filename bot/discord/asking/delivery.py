"""Lets an answer grow by edits, never over Discord's rate: the newest state is shown when the next edit is due."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence

from bot.asking.pacing import EditPace
from bot.discord.asking.reply import Reply
from bot.discord.asking.ways import ClosedError, GoneError, HiccupError, Page

_LOG = logging.getLogger(__name__)
_ROUNDING_S = 0.001  # of clocks: a sleep may end a little early
_SAVING_S = 0.5  # of the second in which the asker must see something
_PAUSES_S = (2.0, 5.0, 10.0, 20.0, 40.0, 60.0, 60.0, 60.0, 60.0)  # between tries of the last edit, while Discord is down


class Delivery:
    """One question's message. At most one request of it is under way."""

    def __init__(self, reply: Reply, pace: EditPace, key: str, lost: Callable[[], None]) -> None:
        """`lost` is called once where nobody can be shown anything any more; `key` names the message for the pace."""
        self.reply = reply
        self._pace, self._key, self._lost = pace, key, lost
        self._lock = asyncio.Lock()
        self._next: Page | None = None
        self._ended = False
        self._task: asyncio.Task[None] | None = None

    async def begin(self, page: Page, saved: asyncio.Task[None]) -> None:
        """Show the first page as soon as the question is `saved`: whoever sees it is answered, or told, whatever happens to the bot.

        A database that takes its time keeps nobody waiting.
        """
        async with self._lock:
            await asyncio.wait([saved], timeout=_SAVING_S)
            await self._tried(page)

    def show(self, page: Page) -> None:
        """Show this when the next edit is due, unless something newer comes before."""
        if self._ended:
            return
        self._next = page
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._grow())

    async def finish(self, pages: Sequence[Page]) -> bool:
        """Show the last pages, with patience; True if they stand there, False if they cannot.

        Raises:
            HiccupError: Discord was down all the time.
        """
        self._next, self._ended = None, True
        done = 0
        for pause in (*_PAUSES_S, 0.0):
            try:
                while done < len(pages):
                    await self._due()
                    async with self._lock:
                        await (self.reply.add if done else self.reply.show)(pages[done])
                    done += 1
            except HiccupError as exc:
                _LOG.warning("an answer could not be shown yet: %s", exc)
                await asyncio.sleep(pause)
            except (GoneError, ClosedError) as exc:
                _LOG.warning("an answer could not be shown at all: %s", exc)
                return False
            else:
                return True
        raise HiccupError("the last edit was tried in vain")

    async def remove(self) -> None:
        """Take the message away, if that is possible."""
        self._next, self._ended = None, True
        async with self._lock:
            try:
                await self.reply.remove()
            except (GoneError, ClosedError, HiccupError) as exc:
                _LOG.warning("a message could not be taken away: %s", exc)

    def wait_s(self) -> float:
        """Seconds until an edit that can wait may be made."""
        return self._pace.wait_s(self.reply.way.bucket, self._key, time.monotonic(), spare=True)

    async def _grow(self) -> None:
        while self._next is not None:
            await self._due()
            async with self._lock:
                page, self._next = self._next, None
                if page is not None:
                    await self._tried(page)

    async def _due(self) -> None:
        """Wait until an edit may be made, and count it."""
        bucket = self.reply.way.bucket
        while self.reply.begun and (wait := self._pace.wait_s(bucket, self._key, time.monotonic())) > 0:  # noqa: ASYNC110  # a rate, no event
            await asyncio.sleep(wait + _ROUNDING_S)  # others may edit in the same channel meanwhile, so it is asked again
        self._pace.spend(bucket, self._key, time.monotonic())

    async def _tried(self, page: Page) -> None:
        try:
            await self.reply.show(page)
        except HiccupError as exc:
            _LOG.warning("a message could not be changed: %s", exc)
        except (GoneError, ClosedError) as exc:
            _LOG.warning("a question is dropped, for its message is gone: %s", exc)
            self._lost()
