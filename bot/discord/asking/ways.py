"""Ways back to whoever asked: by the interaction's token, by a message in the channel, by a private message.

What Discord answers is told apart into three: it was deleted, this way is closed, or it may work later.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import aiohttp
import discord

from bot.asking.asked import Asked, Way
from bot.discord.render import HEAD_ROOM, MESSAGE_LIMIT, head
from bot.discord.sent import message_of

if TYPE_CHECKING:
    from bot.discord.client import LectorBot

_LOG = logging.getLogger(__name__)
_REQUEST_S = 20.0  # discord.py tries a request that is answered 5xx five times, in 25 s
_FIRST_S = 3.0  # Discord's own limit for the first response
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
_UNKNOWN_CHANNEL, _UNKNOWN_MESSAGE, _ALREADY_ACKNOWLEDGED = 10003, 10008, 40060
_LEAST_HEAD = 20  # characters below which a question says nothing
_NO_PINGS = discord.AllowedMentions.none()


class GoneError(Exception):
    """The message, or the channel that it stood in, was deleted: nobody waits there any more."""


class ClosedError(Exception):
    """This way is closed for good: the token is dead, or a permission is missing (then `forbidden`)."""

    def __init__(self, text: str, *, forbidden: bool = False) -> None:
        super().__init__(text)
        self.forbidden = forbidden


class HiccupError(Exception):
    """Discord did not do it just now."""


@dataclass(frozen=True)
class Page:
    """A message as it is to look."""

    text: str
    view: discord.ui.View | None = None


class WayBack(Protocol):
    """Shows one message, changes it, and adds others after it.

    Every method raises GoneError, ClosedError or HiccupError.
    """

    way: Way
    channel: int | None
    shown: int | None
    bucket: str  # whose rate limit its edits count for

    async def begin(self, page: Page) -> None:
        """Show the message; `shown` is its id where Discord tells."""

    async def change(self, page: Page) -> None:
        """Show something else in its place."""

    async def add(self, page: Page) -> None:
        """Show another one after it."""

    async def remove(self) -> None:
        """Take it away again."""


class CommandWay:
    """By an interaction's token, which lives for 15 minutes; private answers can be seen by the asker alone."""

    way = Way.COMMAND

    def __init__(self, bot: "LectorBot", asked: Asked, interaction: discord.Interaction[Any] | None = None) -> None:
        """Without the interaction (after a restart) only `change` and what follows can be done."""
        assert bot.application_id is not None
        assert asked.token is not None
        self._interaction = interaction
        self._webhook = discord.Webhook.partial(bot.application_id, asked.token, client=bot)
        self._private = asked.private
        self.channel, self.shown, self.bucket = asked.channel, asked.shown, asked.token

    async def begin(self, page: Page) -> None:
        """The first response to the interaction."""
        assert self._interaction is not None
        try:
            async with told_apart(_FIRST_S):
                sent = await self._interaction.response.send_message(
                    page.text, view=page.view or discord.utils.MISSING, ephemeral=self._private, allowed_mentions=_NO_PINGS
                )
        except _AcknowledgedError:
            return  # the first try came through, its answer did not
        self.shown = message_of(sent)

    async def change(self, page: Page) -> None:
        """Edit the first response."""
        async with told_apart():
            await self._webhook.edit_message(self._id, content=page.text, view=page.view, allowed_mentions=_NO_PINGS)

    async def add(self, page: Page) -> None:
        """A followup."""
        async with told_apart():
            await self._webhook.send(
                page.text, view=page.view or discord.utils.MISSING, ephemeral=self._private, allowed_mentions=_NO_PINGS, wait=True
            )

    async def remove(self) -> None:
        """Delete the first response."""
        async with told_apart():
            await self._webhook.delete_message(self._id)

    @property
    def _id(self) -> int:
        # Where Discord did not tell the first response's number, this word stands for it; discord.py types it as a number.
        return self.shown or "@original"  # type: ignore[return-value]


class MessageWay:
    """By messages of the bot's own in a channel, the first in reply to the question."""

    way = Way.MESSAGE

    def __init__(self, bot: "LectorBot", asked: Asked, *, mention: bool = False) -> None:
        """With `mention` the asker is notified: they don't expect the answer here."""
        assert asked.channel is not None
        self._place = bot.get_partial_messageable(asked.channel, guild_id=asked.server)
        self._asked, self._mention = asked, mention
        self.channel: int | None = asked.channel
        self.bucket = str(asked.channel)
        self.shown = None if mention else asked.shown
        self._added = 0

    async def begin(self, page: Page) -> None:
        """Send it."""
        asked = self._asked
        allowed = discord.AllowedMentions(everyone=False, roles=False, replied_user=False, users=[discord.Object(asked.asker)])
        options: dict[str, Any] = {}
        if asked.message is not None:
            options["reference"] = discord.MessageReference(
                message_id=asked.message, channel_id=self._place.id, guild_id=asked.server, fail_if_not_exists=False
            )
        options["allowed_mentions"] = allowed if self._mention else _NO_PINGS
        async with told_apart():
            self.shown = await _send(self._place, self._text(page), page, asked.id + ("m" if self._mention else ""), **options)

    async def change(self, page: Page) -> None:
        """Edit it."""
        assert self.shown is not None
        async with told_apart():
            message = self._place.get_partial_message(self.shown)
            await message.edit(content=self._text(page), view=page.view, allowed_mentions=_NO_PINGS)

    async def add(self, page: Page) -> None:
        """Another message."""
        async with told_apart():
            await _send(self._place, page.text, page, f"{self._asked.id}{self._added}")
        self._added += 1

    async def remove(self) -> None:
        """Delete it."""
        assert self.shown is not None
        async with told_apart():
            await self._place.get_partial_message(self.shown).delete()

    def _text(self, page: Page) -> str:
        return f"<@{self._asked.asker}> {page.text}" if self._mention else page.text


class DirectWay:
    """By a private message: the last way, for private answers and where the bot may not write in the channel."""

    way = Way.MESSAGE

    def __init__(self, bot: "LectorBot", asked: Asked) -> None:
        self._bot, self._asked = bot, asked
        self._opened: discord.DMChannel | None = None
        self.channel: int | None = None
        self.shown: int | None = None
        self.bucket = f"user {asked.asker}"
        self._added = 0

    async def begin(self, page: Page) -> None:
        """Open the conversation, and send it there."""
        async with told_apart():
            user = self._bot.get_user(self._asked.asker) or await self._bot.fetch_user(self._asked.asker)
            self._opened = await user.create_dm()
            self.shown = await _send(self._opened, self._text(page), page, self._asked.id + "d")
        self.channel = self._opened.id

    async def change(self, page: Page) -> None:
        """Edit it."""
        async with told_apart():
            await self._message().edit(content=self._text(page), view=page.view, allowed_mentions=_NO_PINGS)

    async def add(self, page: Page) -> None:
        """Another message."""
        assert self._opened is not None
        async with told_apart():
            await _send(self._opened, page.text, page, f"{self._asked.id}d{self._added}")
        self._added += 1

    async def remove(self) -> None:
        """Delete it."""
        async with told_apart():
            await self._message().delete()

    def _text(self, page: Page) -> str:
        if not self._asked.stands_above:
            return page.text
        room = min(MESSAGE_LIMIT - len(page.text), HEAD_ROOM)  # the question stands elsewhere, so it is said here
        return f"{head(self._asked.text, room)}{page.text}" if room > _LEAST_HEAD else page.text

    def _message(self) -> discord.PartialMessage:
        assert self._opened is not None
        assert self.shown is not None
        return self._opened.get_partial_message(self.shown)


async def _send(place: discord.abc.Messageable, text: str, page: Page, nonce: str, **options: Any) -> int:
    """Send a message once, should an earlier try have come through after all; its id.

    Where Discord knows the nonce, it gives the message of that try, as it was, and makes no other one: that is edited.
    """
    options = {"allowed_mentions": _NO_PINGS, **options}
    sent = await place.send(text, view=page.view or discord.utils.MISSING, nonce=nonce, **options)
    if sent.content.strip() != text.strip():
        await sent.edit(content=text, view=page.view, allowed_mentions=_NO_PINGS)
    return sent.id


class _AcknowledgedError(Exception):
    """The interaction has its first response already."""


@asynccontextmanager
async def told_apart(limit_s: float | None = None) -> AsyncIterator[None]:
    """Give a request this long, and say what it means when it fails."""
    try:
        async with asyncio.timeout(_REQUEST_S if limit_s is None else limit_s):
            yield
    except discord.HTTPException as exc:
        if exc.code == _ALREADY_ACKNOWLEDGED:
            raise _AcknowledgedError from exc
        if exc.code in (_UNKNOWN_CHANNEL, _UNKNOWN_MESSAGE):
            raise GoneError(str(exc)) from exc
        if exc.status == 429 or exc.status >= 500:
            raise HiccupError(str(exc)) from exc
        if exc.status == 400:
            _LOG.error("Discord does not take a message", exc_info=exc)
        raise ClosedError(str(exc), forbidden=exc.status == 403) from exc
    except (aiohttp.ClientError, OSError, TimeoutError) as exc:
        raise HiccupError(f"{type(exc).__name__}: {exc}") from exc
