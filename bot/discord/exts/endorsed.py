"""The menu "Endorse", and `/endorsed …`: the staff's answers."""

import asyncio

import discord
from discord import app_commands

from bot.discord.client import LectorBot
from bot.discord.components import StaffCog
from bot.discord.course_stores import endorsed_of
from bot.discord.courses import Course
from bot.discord.endorsing import AnswerButton, EndorseForm, endorse_form, endorser, show_change
from bot.discord.render_endorsed import page_count, render_list, render_versions
from bot.discord.staff import require_staff
from bot.language import say
from rag.endorsed import Endorsed, State

_Bot = discord.Interaction[LectorBot]
_Number = app_commands.Range[int, 1]
_CHOICES = 25
_NO_PINGS = discord.AllowedMentions.none()


@app_commands.guild_only()
@app_commands.default_permissions(manage_messages=True)
class EndorsedCommands(StaffCog, name="endorsed", description="The staff's answers, for the staff"):
    """What `lector endorsed` does, in Discord."""

    @app_commands.command(name="list", description="The endorsed answers, newest first")
    @app_commands.describe(page="Which page")
    async def list_(self, interaction: _Bot, page: _Number = 1) -> None:
        """To the asker alone."""
        course = await self._bot.course_of(interaction)
        rows = await asyncio.to_thread(endorsed_of(course).all)
        text = render_list(rows, min(page, page_count(rows)), interaction.locale.value)
        await interaction.response.send_message(text, ephemeral=True, allowed_mentions=_NO_PINGS)

    @app_commands.command(description="One answer and its versions")
    @app_commands.describe(number="Its number; start to type the question")
    async def show(self, interaction: _Bot, number: _Number) -> None:
        """To the asker alone."""
        store = endorsed_of(await self._bot.course_of(interaction))
        row, versions = await asyncio.to_thread(lambda: (store.get(number), store.versions(number)))
        text = render_versions(row, versions, interaction.locale.value)
        await interaction.response.send_message(text, ephemeral=True, allowed_mentions=_NO_PINGS)

    @app_commands.command(description="Change an answer; what it was before is kept")
    @app_commands.describe(number="Its number; start to type the question")
    async def edit(self, interaction: _Bot, number: _Number) -> None:
        """A form; whoever sends it stands for the answer from then on."""
        store = endorsed_of(await self._bot.course_of(interaction))
        row = await asyncio.to_thread(store.get, number)

        async def keep(form: _Bot, question: str, text: str) -> None:
            changed = await asyncio.to_thread(store.edit, number, question, text, endorser(form))
            course, language = await self._bot.course_of(form), form.locale.value
            message_id = "endorsed-changed" if changed.state is State.ACTIVE else "endorsed-changed-withdrawn"
            said = say(language, message_id, number=number, version=changed.version)
            await form.edit_original_response(content=await show_change(self._bot, course, changed, said, language))

        await interaction.response.send_modal(EndorseForm("endorse-edit-title", row.question, row.text, keep, interaction.locale.value))

    @app_commands.command(description="Show an answer to nobody any more")
    @app_commands.describe(number="Its number; start to type the question")
    async def withdraw(self, interaction: _Bot, number: _Number) -> None:
        """To the asker alone; who saw the answer sees that it is withdrawn."""
        course = await self._bot.course_of(interaction)
        row = await asyncio.to_thread(endorsed_of(course).withdraw, number, endorser(interaction))
        await self._tell(interaction, course, row, "endorsed-withdrawn")

    @app_commands.command(description="Show an answer again that was withdrawn")
    @app_commands.describe(number="Its number; start to type the question")
    async def restore(self, interaction: _Bot, number: _Number) -> None:
        """To the asker alone; who saw it withdrawn sees it again."""
        course = await self._bot.course_of(interaction)
        row = await asyncio.to_thread(endorsed_of(course).restore, number, endorser(interaction))
        await self._tell(interaction, course, row, "endorsed-restored")

    async def _tell(self, interaction: _Bot, course: Course, row: Endorsed, message_id: str) -> None:
        language = interaction.locale.value
        said = say(language, message_id, number=row.number)
        await interaction.response.send_message(said, ephemeral=True)
        if (more := await show_change(self._bot, course, row, said, language)) != said:
            await interaction.edit_original_response(content=more)

    @show.autocomplete("number")
    @restore.autocomplete("number")
    @edit.autocomplete("number")
    @withdraw.autocomplete("number")
    async def _numbers(self, interaction: _Bot, typed: int | str) -> list[app_commands.Choice[int]]:
        rows = await asyncio.to_thread(endorsed_of(await self._bot.course_of(interaction)).all)
        low = str(typed).lower()
        found = [row for row in rows if low in row.question.lower() or str(row.number).startswith(low)]
        return [app_commands.Choice(name=f"{row.number}: {row.question}"[:100], value=row.number) for row in found[:_CHOICES]]


@app_commands.guild_only()
@app_commands.default_permissions(manage_messages=True)
async def endorse(interaction: _Bot, message: discord.Message) -> None:
    """The menu of a message: a form with its words."""
    await require_staff(interaction)
    await interaction.response.send_modal(await endorse_form(interaction, message))


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    bot.add_dynamic_items(AnswerButton)
    await bot.add_cog(EndorsedCommands(bot))
    bot.tree.add_command(app_commands.ContextMenu(name="Endorse", callback=endorse, extras={"staff": True}))
