"""See the page: the button of a citation, and those that turn the pages. To the clicker alone."""

import io
import logging
from collections.abc import Callable
from typing import Any

import discord

from bot.discord.client import LectorBot
from bot.discord.components import KeptButton
from bot.discord.courses import Course
from bot.discord.page_desk import Missing, Sight
from bot.discord.render import BUTTONS_LIMIT, button_label
from bot.discord.render_page import is_home, render_alt, render_sight
from bot.language import say
from ingest.names import slug
from rag.answers import Answer, Citation, Status

_LOG = logging.getLogger(__name__)
_HOME = "home"  # stands for the page of the passage in a custom_id

# Of a page (or "home"), a label, and whether it is disabled, the button that turns there.
Turn = Callable[[int | str, str, bool], discord.ui.Item[Any]]


class PageButton(KeptButton, template=r"lector:1:(?:page|quote):(?P<key>[\w-]{16}):(?P<n>\d{1,2})(?::(?P<page>\d{1,5}|home))?"):
    """Shows the page of a citation; with a page in its custom_id it turns the page of the message that it stands on.

    Until November 2026 the first kind was `lector:1:quote:…` and showed text; those messages are still there.
    """

    def __init__(self, key: str, n: int | str, page: int | str | None = None, *, label: str = "·", disabled: bool = False) -> None:
        turn = "" if page is None else f":{page}"
        super().__init__(f"lector:1:page:{key}:{n}{turn}", label, discord.ButtonStyle.secondary, disabled=disabled)
        self._key, self._n, self._turned = key, int(n), page is not None
        self._page = page

    async def clicked(self, interaction: discord.Interaction[LectorBot]) -> None:
        """A new message, or the one that the button stands on."""
        language = interaction.locale.value
        if not self._turned:
            await interaction.response.defer(ephemeral=True, thinking=True)
        else:
            await interaction.response.defer()
        course = await interaction.client.course_of(interaction)
        citation = await course.answers.citation(self._key, self._n)
        if citation is None:
            await interaction.edit_original_response(content=say(language, "answer-gone"), attachments=[], view=None)
            return

        def turn(page: int | str, label: str, disabled: bool) -> PageButton:
            return PageButton(self._key, self._n, page, label=label, disabled=disabled)

        await show_sight(interaction, course, citation, self._page, turn)


async def show_sight(
    interaction: discord.Interaction[LectorBot], course: Course, citation: Citation, page: int | str | None, turn: Turn
) -> None:
    """Show the page of a citation in the place of what the deferred interaction shows.

    Args:
        page: 1-based; None or "home": where the quote stands.
        turn: Makes the buttons that turn the pages.
    """
    language = interaction.locale.value
    sight = await course.pages.look(citation, course.assistant.library, None if page in (None, _HOME) else int(page))
    refused = await _show(interaction, sight, pager(sight, turn, language), language)
    if isinstance(refused, discord.Forbidden) and interaction.channel_id is not None:
        await interaction.client.notices.tell_once(course, interaction.guild_id, "staff-no-files", interaction.channel_id)


async def _show(
    interaction: discord.Interaction[LectorBot], sight: Sight, view: discord.ui.View | None, language: str
) -> discord.HTTPException | None:
    """With the picture, else with the passage's text; why Discord refused the picture, be it its size or a missing permission."""
    refused: discord.HTTPException | None = None
    none = discord.AllowedMentions.none()
    if sight.picture is not None and len(sight.picture.png) <= interaction.filesize_limit:
        file = _file(sight, language)
        try:
            text = render_sight(sight, language)
            await interaction.edit_original_response(content=text, attachments=[file], view=view, allowed_mentions=none)
        except discord.HTTPException as exc:
            if isinstance(exc, discord.NotFound):  # the clicker has dismissed the message
                return None
            if exc.status >= 500:
                raise
            _LOG.warning("a picture was refused: %s", exc)
            refused = exc
        else:
            return None
    if sight.missing is None:
        sight = Sight(sight.citation, sight.home, missing=Missing.PICTURE)
    await interaction.edit_original_response(content=render_sight(sight, language), attachments=[], view=None, allowed_mentions=none)
    return refused


def _file(sight: Sight, language: str) -> discord.File:
    assert sight.picture is not None
    header = sight.picture.header
    name = f"{slug(sight.citation.reading)}-p{header.page}.png"
    return discord.File(io.BytesIO(sight.picture.png), name, description=render_alt(sight, header, language))


def page_buttons(answer: Answer, key: str, language: str) -> discord.ui.View | None:
    """A button for each of the first citations; None where there are none."""
    if not answer.citations or answer.status is Status.ENDORSED:  # a person's words stand there whole
        return None
    view = discord.ui.View(timeout=None)
    for citation in answer.citations[:BUTTONS_LIMIT]:
        view.add_item(PageButton(key, citation.n, label=button_label(citation, language)))
    return view


def pager(sight: Sight, turn: Turn, language: str) -> discord.ui.View | None:
    """Previous and next page, and the way back to the passage; None where there is nothing to turn."""
    if sight.picture is None or sight.picture.header.count < 2:
        return None
    header = sight.picture.header
    view = discord.ui.View(timeout=None)
    view.add_item(turn(header.page - 1, "◀", header.page <= 1))
    view.add_item(turn(header.page + 1, "▶", header.page >= header.count))
    if not is_home(sight, header):
        view.add_item(turn(_HOME, say(language, "page-back"), False))
    return view


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    bot.add_dynamic_items(PageButton)
