"""One question's way back: the first of its ways that is open, from where it was asked to a private message."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import discord

from bot.asking.asked import Asked, Way
from bot.discord.asking.ways import ClosedError, CommandWay, DirectWay, HiccupError, MessageWay, Page, WayBack

if TYPE_CHECKING:
    from bot.discord.client import LectorBot

_LOG = logging.getLogger(__name__)


class Reply:
    """Shows the state of a question, then its answer, in one message that changes."""

    def __init__(
        self,
        bot: "LectorBot",
        asked: Asked,
        interaction: discord.Interaction[Any] | None = None,
        *,
        barred: Callable[[Asked], None] = lambda _: None,
    ) -> None:
        """For a question that has just come, or that was found after a restart.

        Args:
            interaction: The one that asks, not answered yet; None where there is none, or none any more.
            barred: Called where the bot lacks a permission.
        """
        self._bot, self._asked, self._barred = bot, asked, barred
        self._way: WayBack = CommandWay(bot, asked, interaction) if asked.way is Way.COMMAND else MessageWay(bot, asked)
        self._further = self._fallbacks()
        self.begun = asked.shown is not None or (asked.way is Way.COMMAND and interaction is None)

    @property
    def way(self) -> WayBack:
        """The one in use."""
        return self._way

    @property
    def direct(self) -> bool:
        """Whether it goes by a private message, though it was asked elsewhere."""
        return isinstance(self._way, DirectWay)

    async def show(self, page: Page) -> None:
        """Show a page, whatever was shown before.

        Raises:
            GoneError: Its message or channel was deleted.
            ClosedError: No way is open.
            HiccupError: Not now.
        """
        while True:
            try:
                if self.begun:
                    await self._way.change(page)
                else:
                    await self._begin(page)
            except ClosedError as exc:
                self._go_on(exc)
            else:
                return

    async def add(self, page: Page) -> None:
        """Show a further message after the first; raises as `show`."""
        await self._way.add(page)

    async def remove(self) -> None:
        """Take the message away; raises as `show`."""
        if self.begun:
            await self._way.remove()

    async def _begin(self, page: Page) -> None:
        try:
            await self._way.begin(page)
        except HiccupError:
            if self._way.way is not Way.COMMAND:
                raise
            # Nobody knows whether the first response came through; an edit of it tells.
            self.begun = True
            await self._way.change(page)
        self.begun = True

    def _go_on(self, closed: ClosedError) -> None:
        _LOG.warning("question %s cannot be answered by %s: %s", self._asked.id, type(self._way).__name__, closed)
        if closed.forbidden and isinstance(self._way, MessageWay):
            self._barred(self._asked)
        if not self._further:
            raise closed
        self._way, self.begun = self._further.pop(0)(), False

    def _fallbacks(self) -> list[Callable[[], WayBack]]:
        bot, asked = self._bot, self._asked
        ways: list[Callable[[], WayBack]] = []
        if asked.way is Way.COMMAND and asked.channel is not None and not asked.private:
            ways.append(lambda: MessageWay(bot, asked, mention=True))
        return [*ways, lambda: DirectWay(bot, asked)]
