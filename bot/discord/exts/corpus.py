"""`/corpus …`: instructors change the readings."""

import asyncio
import secrets
import shutil
from pathlib import Path

import discord
from discord import app_commands

from bot.corpus_job import AddRequest, Request, SyncRequest, UpdateRequest
from bot.discord.client import LectorBot
from bot.discord.components import StaffButton, StaffCog
from bot.discord.courses import Course
from bot.discord.render_corpus import page_count, render_history, render_readings
from bot.discord.staff import who
from bot.discord.uploads import fetched
from bot.language import say
from common.errors import SourceError
from common.settings import Settings
from ingest.arxiv.versions import arxiv_ids
from ingest.catalog import Reading
from ingest.corpus import Add, Remove, RollBack
from ingest.manifest import arxiv_id_of
from ingest.readers import SUFFIXES
from ingest.sources import parse_source
from rag.compose import open_bibliography, open_catalog, open_corpus

_Bot = discord.Interaction[LectorBot]
_Week = app_commands.Range[int, 0, 60]
_CHOICES = 25
_LONGEST_NAME = 100


@app_commands.guild_only()
class CorpusCommands(StaffCog, name="corpus", description="The course's readings, for its staff"):
    """What the command line's `lector corpus` does, in Discord."""

    @app_commands.command(description="Add a paper from arXiv, or take another version of one")
    @app_commands.describe(
        source="arXiv id or link, such as 1706.03762v7",
        week="Week in which it is discussed",
        required="Assigned reading?",
        title="Else arXiv's",
    )
    async def add(
        self, interaction: _Bot, source: str, week: _Week | None = None, required: bool = False, title: str | None = None
    ) -> None:
        """Only arXiv: a file on the bot's machine is not for whoever writes in Discord."""
        if isinstance(parse_source(source), Path):
            raise SourceError("give an arXiv id or link; a file is added with `/corpus upload`", code="corpus-no-id")
        options = Add(Path(), title=title, week=week, required=required or None)
        await self._carry_out(interaction, AddRequest(source, options), "adding", source)

    @app_commands.command(description="Add a file: PDF, Markdown, HTML or text")
    @app_commands.describe(
        file="The reading",
        week="Week in which it is discussed",
        required="Assigned reading?",
        replace="Replace the one of its name?",
        title="Else the file's name",
    )
    async def upload(
        self, interaction: _Bot, file: discord.Attachment, week: _Week | None = None, required: bool = False,
        title: str | None = None, replace: bool = False,
    ) -> None:  # fmt: skip
        """The file is fetched from Discord, then treated as one on disk."""
        course = await self._bot.course_of(interaction)
        folder = course.settings.storage.dir / "uploads" / secrets.token_hex(8)
        path = await fetched(interaction, file, SUFFIXES, folder)
        named = title or (None if arxiv_id_of(path) else Path(file.filename).stem)
        options = Add(path, title=named, week=week, required=required or None, replace=replace)
        try:
            await self._carry_out(interaction, AddRequest(path, options), "adding", file.filename)
        finally:
            await asyncio.to_thread(shutil.rmtree, path.parent, ignore_errors=True)

    @app_commands.command(description="Take the newest version of a paper from arXiv")
    @app_commands.describe(reading="Its arXiv id")
    async def update(self, interaction: _Bot, reading: str) -> None:
        """See `lector corpus update`."""
        await self._carry_out(interaction, UpdateRequest(reading), "updating", reading)

    @app_commands.command(description="Take a reading out; /corpus rollback brings it back")
    @app_commands.describe(reading="Its id; start to type its title")
    async def remove(self, interaction: _Bot, reading: str) -> None:
        """See `lector corpus remove`."""
        await self._carry_out(interaction, Remove(reading), "removing", reading)

    @app_commands.command(description="Make the index equal to the corpus folder")
    async def sync(self, interaction: _Bot) -> None:
        """See `lector ingest`."""
        await self._carry_out(interaction, SyncRequest(), "syncing")

    @app_commands.command(description="Make the readings what they were after an earlier change")
    @app_commands.describe(number="Number of the change, from /corpus history")
    async def rollback(self, interaction: _Bot, number: app_commands.Range[int, 1]) -> None:
        """See `lector corpus rollback`."""
        await self._carry_out(interaction, RollBack(number), "going-back", str(number))

    @app_commands.command(name="list", description="What is indexed, by week")
    async def list_(self, interaction: _Bot) -> None:
        """To the asker alone."""
        await _show_page(interaction, "list", 0)

    @app_commands.command(description="Who changed the readings, when and how")
    async def history(self, interaction: _Bot) -> None:
        """To the asker alone."""
        await _show_page(interaction, "history", 0)

    @update.autocomplete("reading")
    @remove.autocomplete("reading")
    async def _readings(self, interaction: _Bot, typed: str) -> list[app_commands.Choice[str]]:
        rows = await asyncio.to_thread(_rows, (await self._bot.course_of(interaction)).settings)
        low = typed.lower()
        found = [row for row in rows if low in row.reading or low in row.title.lower()]
        return [app_commands.Choice(name=f"{row.title} ({row.reading})"[:100], value=row.reading) for row in found[:_CHOICES]]

    async def _carry_out(self, interaction: _Bot, request: Request, doing: str, what: str = "") -> None:
        """Change the readings, before everybody's eyes.

        Args:
            doing: Of the catalogue's messages that begin with `corpus-`.
            what: Its place.
        """
        course = await self._bot.course_of(interaction)
        title = say(course.settings.course.language, f"corpus-{doing}", what=what[:_LONGEST_NAME])
        await course.desk.carry_out(interaction, request, who(interaction), title, stop_view(course))


def stop_view(course: Course) -> discord.ui.View:
    """The button under a change that is being made, in the course's language."""
    view = discord.ui.View(timeout=None)
    view.add_item(StopButton(say(course.settings.course.language, "corpus-stop")))
    return view


class StopButton(StaffButton, template=r"lector:1:stop"):
    """Stops the change that is being made."""

    def __init__(self, label: str = "Stop") -> None:
        super().__init__("lector:1:stop", label, discord.ButtonStyle.danger)

    async def clicked(self, interaction: _Bot) -> None:
        """To the clicker alone; the change's own message says how it ended."""
        stopped = (await interaction.client.course_of(interaction)).desk.stop()
        await interaction.response.send_message(
            say(interaction.locale.value, "corpus-stopping" if stopped else "corpus-idle"), ephemeral=True
        )


class PageButton(StaffButton, template=r"lector:1:corpus:(?P<what>list|history):(?P<page>\d{1,4})"):
    """Turns to a page of a list."""

    def __init__(self, what: str, page: int | str, label: str = "", *, disabled: bool = False) -> None:
        shown = label or str(int(page) + 1)
        super().__init__(f"lector:1:corpus:{what}:{page}", shown, discord.ButtonStyle.secondary, disabled=disabled)
        self._what, self._page = what, int(page)

    async def clicked(self, interaction: _Bot) -> None:
        """Shows the page in the place of the one before."""
        await _show_page(interaction, self._what, self._page)


async def _show_page(interaction: _Bot, what: str, page: int) -> None:
    course = await interaction.client.course_of(interaction)
    text, pages = await asyncio.to_thread(_page, course.settings, what, page, interaction.locale.value)
    view = discord.ui.View(timeout=None)
    if pages > 1:
        view.add_item(PageButton(what, max(page - 1, 0), "◀", disabled=page == 0))
        view.add_item(PageButton(what, min(page + 1, pages - 1), "▶", disabled=page >= pages - 1))
    if interaction.type is discord.InteractionType.component:
        await interaction.response.edit_message(content=text, view=view, allowed_mentions=discord.AllowedMentions.none())
    else:
        await interaction.response.send_message(text, view=view, ephemeral=True, allowed_mentions=discord.AllowedMentions.none())


def _page(settings: Settings, what: str, page: int, language: str) -> tuple[str, int]:
    if what == "history":
        edits = open_corpus(settings).log.edits()
        page = min(page, page_count(len(edits)) - 1)
        return render_history(edits, page, language), page_count(len(edits))
    rows = _rows(settings)
    page = min(page, page_count(len(rows)) - 1)
    known = open_bibliography(settings).infos(arxiv_ids([row.reading for row in rows]))
    return render_readings(rows, known, page, language), page_count(len(rows))


def _rows(settings: Settings) -> list[Reading]:
    return open_catalog(settings).readings()


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    bot.add_dynamic_items(StopButton, PageButton)
    await bot.add_cog(CorpusCommands(bot))
