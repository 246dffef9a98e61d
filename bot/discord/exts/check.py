"""`/check`: a student's draft held against its reading, for the student alone."""

import asyncio
import secrets
import shutil
from pathlib import Path

import discord
from discord import app_commands
from discord.ext import commands

from bot.corpus_job import CorpusJob, ReadDraft
from bot.discord.client import LectorBot
from bot.discord.components import Form
from bot.discord.courses import Course
from bot.discord.enclosed import Enclosed, reply
from bot.discord.errors import told
from bot.discord.readings import complete_reading, indexed
from bot.discord.render_check import check_message
from bot.discord.uploads import fetched
from bot.language import say
from bot.plan.readings import find_reading
from common.errors import LectorError, SourceError, UsageError
from common.settings import Settings
from ingest.documents import Document
from rag.drafts import check_draft, draft_sentences

_Bot = discord.Interaction[LectorBot]
_KINDS = (".md", ".txt", ".pdf")
_MODAL_CHARS = 4000  # of a text field, https://discord.com/developers/docs/components/reference#text-input


class Check(commands.Cog):
    """Nothing of a draft is kept."""

    def __init__(self, bot: LectorBot) -> None:
        self._bot = bot

    @app_commands.command(description="Check a draft of a summary against its reading; only you see it")
    @app_commands.describe(
        file="The draft: .md, .txt or .pdf; without it you can paste text", reading="The reading that it sums up; else the nearest"
    )
    async def check(
        self, interaction: _Bot, file: discord.Attachment | None = None, reading: app_commands.Range[str, 1, 200] | None = None
    ) -> None:
        """A file is fetched; without one a window opens for the text."""
        course = await self._bot.course_of(interaction)
        if reading is not None and (rows := await indexed(course)):
            reading = find_reading(rows, reading, interaction.locale.value).reading
        if file is None:
            await interaction.response.send_modal(DraftWindow(course, reading, interaction.locale.value))
            return
        folder = _folder(course.settings)
        try:
            path = await fetched(interaction, file, _KINDS, folder, private=True)
            await _answer(interaction, course, path, reading)
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    @check.autocomplete("reading")
    async def _names(self, interaction: _Bot, typed: str) -> list[app_commands.Choice[str]]:
        return await complete_reading(interaction, typed)


class DraftWindow(Form):
    """Where a draft is pasted."""

    def __init__(self, course: Course, reading: str | None, language: str) -> None:
        super().__init__(say(language, "check-window"))
        self._course, self._reading = course, reading
        self._text: discord.ui.TextInput[DraftWindow] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph, max_length=_MODAL_CHARS, custom_id="draft"
        )
        self.add_item(discord.ui.Label(text=say(language, "check-window-text"), component=self._text))

    async def sent(self, interaction: _Bot) -> None:
        """To the sender alone."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        folder = _folder(self._course.settings)
        try:
            path = await asyncio.to_thread(_written, folder, self._text.value)
            await _answer(interaction, self._course, path, self._reading)
        except LectorError as exc:  # what was pasted is not lost
            await reply(interaction, told(exc, interaction.locale.value), [Enclosed("draft.md", self._text.value.encode())])
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _answer(interaction: _Bot, course: Course, path: Path, reading: str | None) -> None:
    """Read the draft in a process of its own, compare it, say what was found."""
    try:
        document = await CorpusJob(course.settings, ReadDraft(path), str(interaction.user.id)).result()
    except (UsageError, SourceError) as exc:  # why a file cannot be read is said in English, as the ingest room has it
        raise UsageError(exc.user_message, code="draft-unreadable", why=exc.user_message) from exc
    assert isinstance(document, Document)
    texts = draft_sentences(document, course.settings.drafts.max_words)
    checked = await check_draft(course.assistant.library, texts, reading)
    text, whole = check_message(checked, interaction.locale.value)
    await reply(interaction, text, [Enclosed("check.md", whole.encode())] if whole is not None else [])


def _written(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    path = folder / "draft.md"
    path.write_text(text, "utf-8")
    return path


def _folder(settings: Settings) -> Path:
    return settings.storage.dir / "uploads" / secrets.token_hex(8)


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(Check(bot))
