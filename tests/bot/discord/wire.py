"""What tests over the wire share besides the fixtures in `conftest`."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from bot.discord.client import LectorBot
from common.settings import Settings
from tests.bot.discord.fake_discord import FakeDiscord, Interaction, Json

QUESTION = "How many attention heads does the base Transformer use?"
DONE = "✓ complete"
Running = Callable[..., AbstractAsyncContextManager[LectorBot]]


def with_discord(settings: Settings, fake: FakeDiscord, **changes: Any) -> Settings:
    """The settings with the fake's addresses and token."""
    section = type(settings.discord).model_validate(fake.settings | changes)
    return settings.model_copy(update={"discord": section})


async def answered(fake: FakeDiscord, asked: Interaction) -> Json:
    """The message that answers a command, once it is complete."""
    return await fake.until(lambda: asked.message if DONE in (asked.message or {}).get("content", "") else None)
