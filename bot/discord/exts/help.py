"""`/help`, and a hint at somebody's first command."""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.cards import begin, show
from bot.discord.client import LectorBot
from bot.discord.components import FOR_ALL, StaffCog
from bot.discord.hints import HintStore, StoredHint
from bot.discord.personal import KeptRows
from bot.discord.staff import NotStaffError, require_staff
from bot.language import known, say
from bot.plan.cards import make_card
from common.errors import LectorError

_Bot = discord.Interaction[LectorBot]
_Command = app_commands.Command[Any, ..., Any]
_NO_HINT = frozenset({"help", "privacy"})  # who finds these needs none
_FIRST = "first-time"
_HINT_S = 5.0  # as long as Discord may take for it


class Help(commands.Cog):
    """Says what there is; the list is made from the commands themselves."""

    def __init__(self, bot: LectorBot) -> None:
        self._bot = bot

    @app_commands.command(description="What Lector can do")
    async def help(self, interaction: _Bot) -> None:
        """Staff see the staff's commands too."""
        course, language = await begin(interaction)
        staff = await _is_staff(interaction)
        lines = [say(language, "help-intro", course=course.settings.course.name), "", *self._lines(language, staff=False)]
        if staff:
            lines += ["", f"**{say(language, 'help-staff')}**", *self._lines(language, staff=True)]
        await show(interaction, make_card("Lector", lines, language, footer=say(language, "help-more")))

    @commands.Cog.listener()
    async def on_app_command_completion(self, interaction: _Bot, command: _Command | app_commands.ContextMenu) -> None:
        """Called by discord.py after a command that went well."""
        root = command.root_parent or command if isinstance(command, app_commands.Command) else command
        if root.name in _NO_HINT or not interaction.response.is_done():
            return
        # A hint is not worth an error, and not worth holding up the answer, which discord.py sends after it by the same token.
        with contextlib.suppress(LectorError, discord.HTTPException, aiohttp.ClientError, TimeoutError):
            async with asyncio.timeout(_HINT_S):
                course = await self._bot.course_of(interaction)
                if await HintStore(course.engine, course.key).first(interaction.user.id, _FIRST):
                    await interaction.followup.send(say(interaction.locale.value, "hint-first-time"), ephemeral=True)

    def _lines(self, language: str, *, staff: bool) -> list[str]:
        theirs = {cog.app_command for cog in self._bot.cogs.values() if isinstance(cog, StaffCog)}
        lines = []
        for command in self._bot.tree.get_commands():
            if isinstance(command, app_commands.Group):
                below = [sub.name for sub in command.commands if (command in theirs and sub.extras != FOR_ALL) is staff]
                lines += [_line(command, language, below)] if below else []
            elif _is_staff_menu(command) is staff:
                lines.append(_line(command, language))
        return lines


def _line(command: _Command | app_commands.Group | app_commands.ContextMenu, language: str, below: Sequence[str] = ()) -> str:
    if isinstance(command, app_commands.ContextMenu):
        return f"• {say(language, 'help-menu', name=command.name)}"
    message = f"command-{command.name}"
    told = say(language, message) if known(language, message) else command.description
    names = f" {' · '.join(below)}" if below else ""
    return f"• `/{command.name}`{names}: {told}"


def _is_staff_menu(command: object) -> bool:
    """A menu of a message that was added with `extras={"staff": True}`."""
    return isinstance(command, app_commands.ContextMenu) and bool(command.extras.get("staff"))


async def _is_staff(interaction: _Bot) -> bool:
    try:
        await require_staff(interaction)
    except (NotStaffError, LectorError):
        return False
    return True


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    bot.keeps(KeptRows(StoredHint, "privacy-hints"))
    await bot.add_cog(Help(bot))
