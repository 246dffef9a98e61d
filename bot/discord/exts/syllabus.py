"""`/syllabus upload`: another syllabus in the place of the present one, after a look at what that changes."""

import asyncio
import secrets
import shutil
from pathlib import Path

import discord
from discord import app_commands

from bot.corpus_job import CorpusJob, Preview, PreviewSyllabus
from bot.discord.client import LectorBot
from bot.discord.components import StaffButton, StaffCog
from bot.discord.exts.corpus import stop_view
from bot.discord.render_corpus import render_preview
from bot.discord.staff import who
from bot.discord.uploads import fetched
from bot.language import say
from common.errors import LectorError
from common.settings import Settings
from ingest.corpus import SetSyllabus
from ingest.syllabus import SYLLABUS_KINDS

_Bot = discord.Interaction[LectorBot]


@app_commands.guild_only()
class SyllabusCommands(StaffCog, name="syllabus", description="The course's plan, for its staff"):
    """Looking at the plan is everybody's; changing it is not."""

    @app_commands.command(description="Put another syllabus in the place of the present one; shows what changes first")
    @app_commands.describe(file="Markdown, HTML, PDF or text")
    async def upload(self, interaction: _Bot, file: discord.Attachment) -> None:
        """The file waits in the data folder until somebody of the staff decides; then it is used or deleted."""
        key = secrets.token_hex(8)
        course = await self._bot.course_of(interaction)
        settings = course.settings
        path = await fetched(interaction, file, SYLLABUS_KINDS, _folder(settings, key))
        try:
            preview = await CorpusJob(settings, PreviewSyllabus(path), who(interaction)).result()
        except LectorError:
            await asyncio.to_thread(shutil.rmtree, path.parent, ignore_errors=True)
            raise
        view = discord.ui.View(timeout=None)
        for what in ("use", "drop"):
            view.add_item(DecisionButton(what, key, say(settings.course.language, f"syllabus-{what}")))
        assert isinstance(preview, Preview)
        text = render_preview(file.filename, preview, settings.course.language)
        await interaction.edit_original_response(content=text, view=view, allowed_mentions=discord.AllowedMentions.none())


class DecisionButton(StaffButton, template=r"lector:1:syllabus:(?P<what>use|drop):(?P<key>[0-9a-f]{16})"):
    """Takes the uploaded syllabus, or forgets it. Its state is its custom_id and the file."""

    def __init__(self, what: str, key: str, label: str = "…") -> None:
        style = discord.ButtonStyle.success if what == "use" else discord.ButtonStyle.secondary
        super().__init__(f"lector:1:syllabus:{what}:{key}", label, style)
        self._what, self._key = what, key

    async def clicked(self, interaction: _Bot) -> None:
        """For everybody to see. While another change is made the file and the buttons wait."""
        course = await interaction.client.course_of(interaction)
        folder = _folder(course.settings, self._key)
        waiting = await asyncio.to_thread(lambda: next(iter(folder.glob("*")), None) if folder.is_dir() else None)
        if waiting is None:
            await interaction.response.edit_message(view=None)
            await interaction.followup.send(say(interaction.locale.value, "syllabus-decided"), ephemeral=True)
            return
        if self._what == "use":
            title = say(course.settings.course.language, "syllabus-changing")
            await course.desk.carry_out(interaction, SetSyllabus(waiting), who(interaction), title, stop_view(course))
        else:
            await interaction.response.edit_message(content=say(course.settings.course.language, "syllabus-dropped"), view=None)
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


def _folder(settings: Settings, key: str) -> Path:
    return settings.storage.dir / "uploads" / key


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    bot.add_dynamic_items(DecisionButton)
    await bot.add_cog(SyllabusCommands(bot))
