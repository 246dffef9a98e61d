"""Tells people what went wrong, in their words; the log gets the rest."""

import logging
from typing import Any

import discord

from bot.discord.staff import NotStaffError
from bot.language import known, say
from common.errors import LectorError

_LOG = logging.getLogger(__name__)
_UPDATES = (discord.InteractionResponseType.message_update, discord.InteractionResponseType.deferred_message_update)


def told(error: LectorError, language: str) -> str:
    """What went wrong in a language or a locale: from the catalogue where it knows, else in English."""
    message = f"error-{error.code}"
    return say(language, message, **error.values) if error.code and known(language, message) else error.user_message


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
        else:
            await interaction.edit_original_response(content=message)  # the deferred "is thinking"
    except discord.HTTPException as exc:
        _LOG.warning("could not tell the asker: %s", exc)
