"""Where the response to an interaction stands."""

from typing import Any

import discord


def message_of(sent: "discord.InteractionCallbackResponse[Any] | None") -> int | None:
    """The id of the message that a response made or changed; None where Discord did not say."""
    if sent is None:
        return None
    return sent.resource.id if isinstance(sent.resource, discord.InteractionMessage) else sent.message_id
