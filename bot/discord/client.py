"""The bot itself: least intents, no mentions ever, features loaded from `exts/`."""

import logging
import pkgutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord import exts
from bot.discord.asking.desk import AskingDesk
from bot.discord.components import LOST_FORM, return_form
from bot.discord.courses import Course, Courses
from bot.discord.errors import say_error
from bot.discord.forms import keep_form
from bot.discord.members import StoredMember
from bot.discord.notices import StaffNotices
from bot.discord.personal import KeptRows, PersonalStore
from bot.discord.translator import CatalogueTranslator
from bot.language import load as load_catalogues

_LOG = logging.getLogger(__name__)


class LectorTree(app_commands.CommandTree["LectorBot"]):
    """Turns what a command raises into a message; the one place where the bot catches everything."""

    async def on_error(self, interaction: discord.Interaction["LectorBot"], error: app_commands.AppCommandError) -> None:
        """Called by discord.py with whatever a command raised."""
        await say_error(interaction, error.original if isinstance(error, app_commands.CommandInvokeError) else error)


class LectorBot(commands.Bot):
    """Lector in Discord. Give it what it needs; it opens nothing itself."""

    def __init__(self, courses: Iterable[Course], *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Build the bot, not connected.

        Args:
            courses: What it serves; the first is the one for servers that no other names.
            now: The present moment, with a time zone: what "today" and reminders go by.
        """
        self.courses = Courses(courses)
        listens = next(iter(self.courses)).settings.discord.listen
        # None of these is privileged: Discord gives the text of mentions, of replies and of private messages, and of no others.
        intents = discord.Intents(guilds=True, guild_messages=listens, dm_messages=listens)
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            tree_cls=LectorTree,
        )
        self.notices = StaffNotices(self)
        self.asking = AskingDesk(self)
        self.now = now
        self.personal: list[PersonalStore] = []
        self.keeps(KeptRows(StoredMember, "privacy-members"))

    def keeps(self, store: PersonalStore) -> None:
        """Join what a feature stores about people, so that `/privacy` knows of it; see `bot.discord.personal`."""
        self.personal.append(store)

    async def setup_hook(self) -> None:
        """Load every extension and tell Discord of the commands."""
        load_catalogues()
        keep_form(self, LOST_FORM, return_form)
        for module in pkgutil.iter_modules(exts.__path__, f"{exts.__name__}."):
            await self.load_extension(module.name)
        await self.tree.set_translator(CatalogueTranslator())
        await self.tree.sync()

    async def close(self) -> None:
        """Stop answering, then leave Discord; what waits is answered after the next start."""
        await self.asking.close()
        await super().close()
        for course in self.courses:
            await course.pages.close()

    async def on_message(self, message: discord.Message, /) -> None:
        """Nothing: a mention is a question (see `exts/listen`), where discord.py would look for a command."""

    async def on_ready(self) -> None:
        """Say in the log that Discord is there, and which servers of the settings are not."""
        _LOG.warning("ready as %s in %d servers", self.user, len(self.guilds))
        for course in self.courses:
            for guild in course.settings.discord.guilds:
                if self.get_guild(guild) is None:
                    _LOG.warning("the bot is not on server %d of course %s: invite it or correct discord.guilds", guild, course.key)

    async def course_of(self, place: discord.Interaction["LectorBot"] | discord.Message) -> Course:
        """The course that a command, a click or a message is about.

        Raises:
            UsageError: The server has no course, or a private conversation's person is on no server of a course.
        """
        user, language = (place.user, place.locale.value) if isinstance(place, discord.Interaction) else (place.author, "en")
        return await self.courses.find(self, user, place.guild.id if place.guild else None, language)
