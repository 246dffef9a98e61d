"""`/syllabus upload`: another syllabus in the place of the present one, after a look at what that changes."""

import asyncio
import re
import secrets
import shutil
from pathlib import Path
from typing import Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.corpus_job import CorpusJob, Preview, PreviewSyllabus
from bot.discord.client import LectorBot, say_error
from bot.discord.exts.corpus import StopButton
from bot.discord.render_corpus import render_preview
from bot.discord.staff import NotStaffError, require_staff, who
from bot.discord.uploads import fetched
from common.errors import LectorError
from ingest.corpus import SetSyllabus
from ingest.syllabus import SYLLABUS_KINDS

_Bot = discord.Interaction[LectorBot]


@app_commands.guild_only()
class SyllabusCommands(commands.GroupCog, name="syllabus", description="The course's plan, for its staff"):
    """Every command is for the roles of `discord.staff_roles` alone."""

    def __init__(self, bot: LectorBot) -> None:
        self._bot = bot
        super().__init__()

    async def interaction_check(self, interaction: discord.Interaction) -> bool:
        """Called by discord.py before each command."""
        require_staff(interaction)  # type: ignore[arg-type]  # LectorBot
        return True

    @app_commands.command(description="Put another syllabus in the place of the present one; shows what changes first")
    @app_commands.describe(file="Markdown, HTML, PDF or text")
    async def upload(self, interaction: _Bot, file: discord.Attachment) -> None:
        """The file waits in the data folder until somebody of the staff decides; then it is used or deleted."""
        key = secrets.token_hex(8)
        path = await fetched(interaction, file, SYLLABUS_KINDS, _folder(self._bot, key))
        try:
            preview = await CorpusJob(self._bot.settings, PreviewSyllabus(path), who(interaction)).result()
        except LectorError:
            await asyncio.to_thread(shutil.rmtree, path.parent, ignore_errors=True)
            raise
        view = discord.ui.View(timeout=None)
        view.add_item(DecisionButton("use", key))
        view.add_item(DecisionButton("drop", key))
        assert isinstance(preview, Preview)
        text = render_preview(file.filename, preview)
        await interaction.edit_original_response(content=text, view=view, allowed_mentions=discord.AllowedMentions.none())


class DecisionButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"lector:1:syllabus:(?P<what>use|drop):(?P<key>[0-9a-f]{16})"
):
    """Takes the uploaded syllabus, or forgets it. Its state is its custom_id and the file, so it survives restarts."""

    def __init__(self, what: str, key: str) -> None:
        label, style = {"use": ("Use it", discord.ButtonStyle.success), "drop": ("Forget it", discord.ButtonStyle.secondary)}[what]
        super().__init__(discord.ui.Button(label=label, style=style, custom_id=f"lector:1:syllabus:{what}:{key}"))
        self._what, self._key = what, key

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction,  # noqa: ARG003  # discord.py's signature
        item: discord.ui.Item[discord.ui.View],  # noqa: ARG003
        match: re.Match[str],
        /,
    ) -> Self:
        """The button again, from what Discord kept of it."""
        return cls(match["what"], match["key"])

    async def callback(self, interaction: discord.Interaction) -> None:
        """Decides, for everybody to see."""
        try:
            require_staff(interaction)  # type: ignore[arg-type]  # LectorBot
            await self._decide(interaction)  # type: ignore[arg-type]
        except (NotStaffError, LectorError, discord.HTTPException) as exc:
            await say_error(interaction, exc)

    async def _decide(self, interaction: _Bot) -> None:
        bot = interaction.client
        folder = _folder(bot, self._key)
        waiting = await asyncio.to_thread(lambda: next(iter(folder.glob("*")), None) if folder.is_dir() else None)
        await interaction.response.edit_message(view=None)
        if waiting is None:
            await interaction.followup.send("That was decided already.", ephemeral=True)
            return
        try:
            if self._what == "use":
                view = discord.ui.View(timeout=None)
                view.add_item(StopButton())
                await bot.desk.carry_out(interaction, SetSyllabus(waiting), who(interaction), "Changing the syllabus", view)
            else:
                await interaction.edit_original_response(content="The uploaded syllabus was not used. Nothing has changed.", view=None)
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


def _folder(bot: LectorBot, key: str) -> Path:
    return bot.settings.storage.dir / "uploads" / key


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    bot.add_dynamic_items(DecisionButton)
    await bot.add_cog(SyllabusCommands(bot))
