"""The bot itself: least intents, no mentions ever, features loaded from `exts/`."""

import logging
import pkgutil

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord import exts
from bot.discord.corpus_desk import CorpusDesk
from bot.discord.errors import say_error
from bot.discord.store import AnswerStore
from common.settings import Settings
from rag.assistant import Assistant

_LOG = logging.getLogger(__name__)


class LectorTree(app_commands.CommandTree["LectorBot"]):
    """Turns what a command raises into a message; the one place where the bot catches everything."""

    async def on_error(self, interaction: discord.Interaction["LectorBot"], error: app_commands.AppCommandError) -> None:
        """Called by discord.py with whatever a command raised."""
        await say_error(interaction, error.original if isinstance(error, app_commands.CommandInvokeError) else error)


class LectorBot(commands.Bot):
    """Lector in Discord. Give it what it needs; it opens nothing itself."""

    def __init__(self, assistant: Assistant, store: AnswerStore, settings: Settings) -> None:
        """Build the bot, not connected.

        Args:
            assistant: Answers questions.
            store: Keeps shown answers.
            settings: All of them: a change of the readings is a process of its own, which opens everything anew.
        """
        intents = discord.Intents.none()
        intents.guilds = True
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            tree_cls=LectorTree,
        )
        self.assistant = assistant
        self.store = store
        self.settings = settings
        self.desk = CorpusDesk(settings)
        self._guild_ids = settings.discord.guilds

    async def setup_hook(self) -> None:
        """Load every extension and tell Discord of the commands."""
        for module in pkgutil.iter_modules(exts.__path__, f"{exts.__name__}."):
            await self.load_extension(module.name)
        for guild_id in self._guild_ids:
            guild = discord.Object(guild_id)
            self.tree.copy_global_to(guild=guild)
            await self.tree.sync(guild=guild)
        if not self._guild_ids:
            await self.tree.sync()

    async def on_ready(self) -> None:
        """Say in the log that Discord is there."""
        _LOG.warning("ready as %s in %d servers", self.user, len(self.guilds))
