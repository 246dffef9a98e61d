"""Tells people what went wrong, in their words; the log gets the rest."""

import logging
from typing import Any

import discord

from bot.discord.staff import NotStaffError
from bot.discord.typeset import plain
from bot.language import SaidError, known, say
from common.errors import LectorError

_LOG = logging.getLogger(__name__)
SHARED = "shared"  # key in an interaction's extras: its answer is for the whole channel
_UPDATES = (discord.InteractionResponseType.message_update, discord.InteractionResponseType.deferred_message_update)


def told(error: LectorError, language: str) -> str:
    """What went wrong in a language or a locale, as Discord is to show it: from the catalogue where it knows, else in English."""
    message = f"error-{error.code}"
    if isinstance(error, SaidError):
        return error.user_message
    if not error.code or not known(language, message):
        return plain(error.user_message)
    return say(language, message, **{name: plain(value) if isinstance(value, str) else value for name, value in error.values.items()})


async def say_error(interaction: discord.Interaction[Any], error: Exception) -> None:
    """Tell the asker what went wrong and what to do; a message that others see is left as it is."""
    if isinstance(error, LectorError):
        message = told(error, interaction.locale.value)
    elif isinstance(error, NotStaffError):
        message = str(error)
    else:
        _LOG.error("a command failed", exc_info=error)
        message = say(interaction.locale.value, "error-unknown")
    try:
        if not interaction.response.is_done():
            await interaction.response.send_message(message, ephemeral=True)
        elif interaction.response.type in _UPDATES:
            await interaction.followup.send(message, ephemeral=True)
        elif interaction.extras.get(SHARED):  # all see the deferred "is thinking"; what went wrong is the asker's alone
            # Until it is edited a followup fills it, and after it is deleted none can be sent (discord-api-docs, issues 2739 and 2742).
            await interaction.edit_original_response(content="…")
            await interaction.followup.send(message, ephemeral=True)
            await interaction.delete_original_response()
        else:
            await interaction.edit_original_response(content=message)  # the deferred "is thinking"
    except discord.HTTPException as exc:
        _LOG.warning("could not tell the asker: %s", exc)
