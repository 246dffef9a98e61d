"""Files to whoever asked for them: with the reply, or in a direct message where the bot may attach none."""

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from bot.language import say

if TYPE_CHECKING:
    from bot.discord.client import LectorBot

_LOG = logging.getLogger(__name__)
_NO_PINGS = discord.AllowedMentions.none()
_DESCRIPTION = 1024  # characters, https://discord.com/developers/docs/resources/message#attachment-object


@dataclass(frozen=True)
class Enclosed:
    """A file that goes with a message.

    Attributes:
        description: For those who do not see a picture.
    """

    name: str
    content: bytes
    description: str = ""

    def file(self) -> discord.File:
        """As discord.py sends it, which can be done once."""
        return discord.File(io.BytesIO(self.content), self.name, description=self.description[:_DESCRIPTION] or None)


async def reply(
    interaction: "discord.Interaction[LectorBot]",
    text: str,
    enclosed: Sequence[Enclosed] = (),
    *,
    embeds: Sequence[discord.Embed] = (),
    view: discord.ui.View | None = None,
) -> None:
    """Put a text with its files in the place of what the deferred interaction shows; the text says where they are, if not below it."""
    if enclosed:
        try:
            await _show(interaction, text, embeds, view, enclosed)
        except discord.Forbidden as exc:
            _LOG.warning("files were refused: %s", exc)
            text = f"{text}\n{await _privately(interaction, enclosed)}"
        else:
            return
    await _show(interaction, text, embeds, view, ())


async def _show(
    interaction: discord.Interaction,
    text: str,
    embeds: Sequence[discord.Embed],
    view: discord.ui.View | None,
    enclosed: Sequence[Enclosed],
) -> None:
    files = [one.file() for one in enclosed]
    await interaction.edit_original_response(content=text, embeds=embeds, view=view, attachments=files, allowed_mentions=_NO_PINGS)


async def _privately(interaction: "discord.Interaction[LectorBot]", enclosed: Sequence[Enclosed]) -> str:
    """Send the files to whoever asked, tell staff once; what to say of it."""
    language = interaction.locale.value
    if interaction.channel_id is not None:
        course = await interaction.client.course_of(interaction)
        await interaction.client.notices.tell_once(course, interaction.guild_id, "staff-no-files", interaction.channel_id)
    try:
        sent = await interaction.user.send(say(language, "files-from-server"), files=[one.file() for one in enclosed])
    except discord.Forbidden:  # they take no direct messages from members of the server
        return say(language, "files-nowhere")
    return say(language, "files-privately", link=sent.jump_url)
