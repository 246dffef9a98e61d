"""`/channel …`: ties a channel to a week, so that questions there are about that week's readings."""

import discord
from discord import app_commands

from bot.discord.channels import ChannelStore, readings_of_week
from bot.discord.client import LectorBot
from bot.discord.components import StaffCog
from bot.language import SaidError, say

_Bot = discord.Interaction[LectorBot]


@app_commands.guild_only()
class ChannelCommands(StaffCog, name="channel", description="Which week a channel is about, for the course's staff"):
    """What is tied is the channel; its threads follow it."""

    @app_commands.command(description="Tie this channel to a week: its readings are preferred in answers here")
    @app_commands.describe(n="The week")
    async def week(self, interaction: _Bot, n: app_commands.Range[int, 0, 60]) -> None:
        """Only to a week for which there is something to read."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        course, language = await self._bot.course_of(interaction), interaction.locale.value
        readings = await readings_of_week(self._bot, course, n, language)
        if not readings:
            raise SaidError(say(language, "channel-no-readings", week=n))
        await ChannelStore(course.engine, course.key).tie(_place(interaction), n)
        await _tell(interaction, say(language, "channel-tied", week=n, readings=len(readings)))

    @app_commands.command(description="Untie this channel: questions here are about all readings again")
    async def off(self, interaction: _Bot) -> None:
        """Also where it was not tied."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        course = await self._bot.course_of(interaction)
        await ChannelStore(course.engine, course.key).tie(_place(interaction), None)
        await _tell(interaction, say(interaction.locale.value, "channel-untied"))

    @app_commands.command(description="Which channels are tied to which weeks")
    async def show(self, interaction: _Bot) -> None:
        """To the asker alone."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        course, language = await self._bot.course_of(interaction), interaction.locale.value
        tied = await ChannelStore(course.engine, course.key).all()
        lines = [f"<#{channel}>: {say(language, 'week-title', week=week)}" for channel, week in list(tied.items())[:50]]
        await _tell(interaction, "\n".join(lines) or say(language, "channel-none"))


def _place(interaction: _Bot) -> int:
    """The channel itself where the command was given in one of its threads."""
    channel = interaction.channel
    if isinstance(channel, discord.Thread):
        return channel.parent_id
    assert interaction.channel_id is not None  # guild_only
    return interaction.channel_id


async def _tell(interaction: _Bot, text: str) -> None:
    await interaction.edit_original_response(content=text, allowed_mentions=discord.AllowedMentions.none())


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(ChannelCommands(bot))
