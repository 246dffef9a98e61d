"""`/privacy …`: what is stored about whoever asks, as a list, as a file, and deleted."""

import asyncio
import json

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking.conversations import StoredTurn
from bot.asking.waiting import StoredQuestion
from bot.discord.cards import begin, show
from bot.discord.client import LectorBot
from bot.discord.components import KeptButton
from bot.discord.enclosed import Enclosed, reply
from bot.discord.personal import Anonymous, CorpusEdits, EndorsedRecords, KeptRows, delete_all, export_all
from bot.discord.store import StoredAnswer
from bot.feedback.persons import StoredPersonQuestion
from bot.feedback.votes import StoredVote
from bot.language import say
from bot.plan.cards import make_card

_Bot = discord.Interaction[LectorBot]


class Privacy(commands.GroupCog, name="privacy", description="What is stored about you"):
    """Always to the asker alone, and of the course alone that they ask in."""

    def __init__(self, bot: LectorBot) -> None:
        self._bot = bot
        super().__init__()

    @app_commands.command(name="show", description="Say what is stored about you in this course")
    async def list_(self, interaction: _Bot) -> None:
        """Each kind with how much of it is about the asker."""
        course, language = await begin(interaction)
        lines = [say(language, "privacy-intro", course=course.settings.course.name), ""]
        for store in self._bot.personal:
            found = await asyncio.to_thread(store.export, course.engine, course.key, interaction.user.id)
            lines.append(f"• {say(language, store.about)} {say(language, 'privacy-count', count=len(found)) if found else ''}".rstrip())
        await show(interaction, make_card(say(language, "privacy-title"), lines, language, footer=say(language, "privacy-footer")))

    @app_commands.command(description="Get a file of all that is stored about you in this course")
    async def export(self, interaction: _Bot) -> None:
        """JSON, by table."""
        course, language = await begin(interaction)
        found = await asyncio.to_thread(export_all, self._bot.personal, course.engine, course.key, interaction.user.id)
        if not found:
            await interaction.edit_original_response(content=say(language, "privacy-nothing"))
            return
        content = json.dumps({"course": course.key, "user": interaction.user.id, "stored": found}, ensure_ascii=False, indent=2)
        await reply(interaction, say(language, "privacy-exported"), [Enclosed(f"lector-{course.key}.json", content.encode())])

    @app_commands.command(description="Delete what is stored about you in this course; asks first")
    async def delete(self, interaction: _Bot) -> None:
        """The button does it."""
        _, language = await begin(interaction)
        stays = [say(language, store.about) for store in self._bot.personal if store.stays]
        text = say(language, "privacy-ask") + "".join(f"\n• {kept}" for kept in stays)
        view = discord.ui.View(timeout=None)
        view.add_item(ForgetButton(interaction.user.id, say(language, "privacy-button")))
        await interaction.edit_original_response(content=text, view=view)


class ForgetButton(KeptButton, template=r"lector:1:forget:(?P<user>\d{1,20})"):
    """Deletes what is stored about one person, at their click alone."""

    def __init__(self, user: int | str, label: str = "Delete") -> None:
        super().__init__(f"lector:1:forget:{user}", label, discord.ButtonStyle.danger)
        self._user = int(user)

    async def clicked(self, interaction: _Bot) -> None:
        """A stranger's click does nothing; a second one finds nothing left."""
        language = interaction.locale.value
        if interaction.user.id != self._user:
            await interaction.response.send_message(say(language, "privacy-not-yours"), ephemeral=True)
            return
        course = await interaction.client.course_of(interaction)
        await interaction.response.defer()
        await asyncio.to_thread(delete_all, interaction.client.personal, course.engine, course.key, self._user)
        await interaction.edit_original_response(content=say(language, "privacy-deleted"), view=None)


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    bot.keeps(Anonymous("privacy-answers", frozenset([StoredAnswer.__tablename__])))
    bot.keeps(KeptRows(StoredQuestion, "privacy-waiting", person="asker", secret=frozenset(["token"])))  # it lets one write as the bot
    bot.keeps(KeptRows(StoredTurn, "privacy-turns", person="asker"))
    bot.keeps(KeptRows(StoredVote, "privacy-votes"))
    bot.keeps(KeptRows(StoredPersonQuestion, "privacy-persons", person="asker"))
    bot.keeps(EndorsedRecords())
    bot.keeps(CorpusEdits())
    bot.add_dynamic_items(ForgetButton)
    await bot.add_cog(Privacy(bot))
