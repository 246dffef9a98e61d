"""One state of a message, as it is shown first or in the place of another."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord

from bot.discord.enclosed import Enclosed, reply

if TYPE_CHECKING:
    from bot.discord.client import LectorBot

_NO_PINGS = discord.AllowedMentions.none()
DESCRIPTION = 4096  # characters of an embed's, https://discord.com/developers/docs/resources/message#embed-object-embed-limits
BLUE, GREEN, RED, GREY, AMBER = 0x3B6EA5, 0x3A8F5C, 0xB8433A, 0x5F6B76, 0xC28A2D


@dataclass(frozen=True)
class Page:
    """What a message shows.

    Attributes:
        head: A line above the box.
        body: In the box.
        foot: Below it, small; plain text.
        enclosed: Files, of a page in the place of another.
    """

    head: str
    body: str = ""
    view: discord.ui.View | None = None
    colour: int = BLUE
    foot: str = ""
    enclosed: tuple[Enclosed, ...] = ()

    @property
    def embed(self) -> discord.Embed | None:
        """The box; None where nothing stands in it."""
        if not self.body:
            return None
        embed = discord.Embed(description=self.body[:DESCRIPTION], colour=self.colour)
        return embed.set_footer(text=self.foot[:2048]) if self.foot else embed


async def show(interaction: "discord.Interaction[LectorBot]", page: Page) -> None:
    """In the place of what the deferred interaction shows, or as its first private answer."""
    embeds = [page.embed] if page.embed is not None else []
    if not interaction.response.is_done():
        view = page.view if page.view is not None else discord.utils.MISSING
        await interaction.response.send_message(page.head, embeds=embeds, view=view, ephemeral=True, allowed_mentions=_NO_PINGS)
        return
    await reply(interaction, page.head, page.enclosed, embeds=embeds, view=page.view)


def buttons(*items: discord.ui.Item[Any]) -> discord.ui.View:
    """A view that never times out."""
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    return view


def turners(view: discord.ui.View, make: Callable[[int, str, bool], discord.ui.Item[Any]], at: int, first: int, last: int) -> None:
    """Add ◀ and ▶ to a view; neither where there is one page, since two buttons with the same custom_id are refused.

    Args:
        make: Of a page, a label and whether it is disabled, the button that turns there.
        at: The page that is shown.
    """
    if first < last:
        view.add_item(make(max(at - 1, first), "◀", at == first))
        view.add_item(make(min(at + 1, last), "▶", at == last))
