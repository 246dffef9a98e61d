"""Forms (modals) whose state is their custom_id, so that one that is open during a restart can still be sent in.

discord.py forgets its modals when it ends; what is sent in is therefore taken from the event itself.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord

from bot.discord.errors import say_error
from bot.discord.staff import require_staff

if TYPE_CHECKING:
    from bot.discord.client import LectorBot

Submitted = Callable[["discord.Interaction[LectorBot]", Mapping[str, str], Mapping[str, str]], Awaitable[None]]

_LIVES_S = 900.0  # after which discord.py may forget the form; what is sent in later is taken all the same
_TITLE, _LABEL, _MOST_TEXT = 45, 45, 4000  # https://discord.com/developers/docs/components/reference#text-input


@dataclass(frozen=True)
class Field:
    """A line, or a box, to write in."""

    name: str
    label: str
    value: str = ""
    long: bool = False
    required: bool = True
    longest: int = _MOST_TEXT
    hint: str = ""


def form(custom_id: str, title: str, *fields: Field) -> discord.ui.Modal:
    """A form of at most five fields, to be sent as the answer to a click or a command."""
    modal = discord.ui.Modal(title=title[:_TITLE], custom_id=custom_id, timeout=_LIVES_S)
    for field in fields:
        style = discord.TextStyle.paragraph if field.long else discord.TextStyle.short
        text: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
            custom_id=field.name, style=style, default=field.value[: field.longest] or None, required=field.required,
            max_length=field.longest, placeholder=field.hint[:100] or None,
        )  # fmt: skip
        modal.add_item(discord.ui.Label(text=field.label[:_LABEL], component=text))
    return modal


def keep_form(bot: "LectorBot", template: str, submitted: Submitted, *, staff: bool = False) -> None:
    """Take in forms whose custom_id is of a kind.

    Args:
        template: Matches the whole custom_id; its named groups are what `submitted` gets first, then the fields' texts by their names.
        staff: Only for the roles of `discord.staff_roles`.
    """
    pattern = re.compile(template)

    async def on_interaction(interaction: "discord.Interaction[LectorBot]") -> None:
        data: Mapping[str, Any] = interaction.data or {}
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        match = pattern.fullmatch(data["custom_id"])
        if match is None:
            return
        try:
            if staff:
                await require_staff(interaction)
            await submitted(interaction, match.groupdict(), texts(data))
        except Exception as exc:  # noqa: BLE001  # a listener's errors do not reach the command tree
            await say_error(interaction, exc)

    bot.add_listener(on_interaction)


def texts(data: Mapping[str, Any]) -> dict[str, str]:
    """What was written, by the fields' names."""
    rows = data.get("components") or []
    controls = [control for row in rows for control in (row.get("components") or [row.get("component")]) if control]
    return {control["custom_id"]: str(control.get("value") or "") for control in controls}
