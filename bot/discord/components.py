"""What every button of Lector and every staff command have in common."""

import re
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

import discord
from discord.ext import commands

from bot.discord.enclosed import Enclosed, reply
from bot.discord.errors import say_error
from bot.discord.staff import require_staff
from bot.language import say

if TYPE_CHECKING:
    from bot.discord.client import LectorBot


_RUN = secrets.token_hex(6)  # tells the forms of this run of the bot from those of an earlier one
LOST_FORM = r"lector:1:form:(?P<run>[0-9a-f]{12}):[0-9a-f]{12}"


class KeptButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"(?!)"):
    """A button whose state is its custom_id (`lector:VERSION:…`), so it survives restarts.

    A subclass names its `template`, whose named groups are the arguments of its constructor, as text.
    """

    def __init__(self, custom_id: str, label: str, style: discord.ButtonStyle, *, disabled: bool = False, row: int | None = None) -> None:
        super().__init__(discord.ui.Button(label=label, style=style, custom_id=custom_id, disabled=disabled), row=row)

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction,  # noqa: ARG003  # discord.py's signature
        item: discord.ui.Item[Any],  # noqa: ARG003
        match: re.Match[str],
        /,
    ) -> Self:
        """The button again, from what Discord kept of it."""
        state: dict[str, Any] = match.groupdict()
        return cls(**state)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Called by discord.py; what goes wrong is told to the clicker."""
        try:
            await self.clicked(interaction)
        except Exception as exc:  # noqa: BLE001  # a view's errors do not reach the command tree
            await say_error(interaction, exc)

    async def clicked(self, interaction: "discord.Interaction[LectorBot]") -> None:
        """Answer a click."""
        raise NotImplementedError


class Form(discord.ui.Modal):
    """A form that pops up. It lives as long as the bot runs; who sends it after a restart gets back what they wrote (`return_form`)."""

    def __init__(self, title: str) -> None:
        super().__init__(title=title, custom_id=f"lector:1:form:{_RUN}:{secrets.token_hex(6)}")

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Called by discord.py when the form is sent; what goes wrong is told to the sender."""
        try:
            await self.sent(interaction)
        except Exception as exc:  # noqa: BLE001  # as above
            await say_error(interaction, exc)

    async def sent(self, interaction: "discord.Interaction[LectorBot]") -> None:
        """Answer a form that was sent."""
        raise NotImplementedError


async def return_form(interaction: "discord.Interaction[LectorBot]", state: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """Give back what was written in a form that was open while the bot was started anew; for `forms.keep_form`."""
    if state["run"] == _RUN:
        return  # discord.py knows it
    written = "\n\n".join(text for text in texts.values() if text.strip())
    await interaction.response.defer(ephemeral=True, thinking=True)
    await reply(interaction, say(interaction.locale.value, "form-returned"), [Enclosed("text.txt", written.encode())])


class StaffButton(KeptButton, template=r"(?!)"):
    """A button for the roles of `discord.staff_roles` alone."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Called by discord.py before `callback`."""
        try:
            await require_staff(interaction)
        except Exception as exc:  # noqa: BLE001  # as above
            await say_error(interaction, exc)
            return False
        return True


FOR_ALL = {"for": "all"}  # `extras` of a command of a `StaffCog` that students may use too


class StaffCog(commands.GroupCog):
    """Commands for the roles of `discord.staff_roles` alone, but for those that are marked `FOR_ALL`."""

    def __init__(self, bot: "LectorBot") -> None:
        self._bot = bot
        super().__init__()

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Called by discord.py before each command."""
        if interaction.command is None or interaction.command.extras != FOR_ALL:
            await require_staff(interaction)
        return True
