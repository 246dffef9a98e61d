"""Commands as Discord shows them in other languages: descriptions are translated, names stay, so that everyone can say them."""

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Where

from bot.language import LANGUAGES, known, language_of, say


class CatalogueTranslator(app_commands.Translator):
    """Gives discord.py the catalogue's message for each description; see `message_id`."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Called by discord.py for each text of a command and each locale."""
        language = language_of(locale.value)
        if language == LANGUAGES[0]:
            return None
        message = message_id(context)
        return say(language, message) if message is not None and known(language, message) else None


def message_id(context: app_commands.TranslationContextTypes) -> str | None:
    """The catalogue's id of a description: `command-corpus-add`, of its parameter `command-corpus-add-source`."""
    if context.location in (Where.command_description, Where.group_description):
        return f"command-{context.data.qualified_name.replace(' ', '-')}"
    if context.location is Where.parameter_description:
        command = context.data.command.qualified_name.replace(" ", "-")
        return f"command-{command}-{context.data.name.replace('_', '-')}"
    return None
