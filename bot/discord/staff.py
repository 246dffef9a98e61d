"""Who may change the course from Discord: the roles that the settings name, and nobody else."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.language import say

if TYPE_CHECKING:
    from bot.discord.client import LectorBot


class NotStaffError(app_commands.CheckFailure):
    """Whoever asks has none of the roles; the text says which would do."""


async def require_staff(interaction: discord.Interaction["LectorBot"]) -> None:
    """Let staff pass.

    Raises:
        NotStaffError: The asker has none of the roles of the course's `discord.staff_roles`, or is in no server.
        UsageError: The server has no course.
    """
    wanted = (await interaction.client.course_of(interaction)).settings.discord.staff_roles
    if not wanted:
        raise NotStaffError(say(interaction.locale.value, "staff-nobody"))
    roles = interaction.user.roles if isinstance(interaction.user, discord.Member) else []
    if not any(role.name in wanted or str(role.id) in wanted for role in roles):
        names = ", ".join(_shown(role, interaction.guild) for role in wanted)
        raise NotStaffError(say(interaction.locale.value, "staff-only", roles=names))


def who(interaction: discord.Interaction) -> str:
    """The asker as the audit log names them: a display name can change, the number after it cannot."""
    return f"{interaction.user.display_name} ({interaction.user.id})"


def _shown(role: str, guild: discord.Guild | None) -> str:
    found = guild.get_role(int(role)) if guild is not None and role.isdigit() else None
    return discord.utils.escape_markdown(found.name if found else role)
