"""What the bot may do on its servers, for `lector doctor`."""

import aiohttp
import discord

from bot.discord.start import point_at
from bot.doctor import Check
from common.settings_bot import Discord

NEEDED = discord.Permissions(view_channel=True, send_messages=True, embed_links=True, read_message_history=True)
# What is nice to have, and what is done without it.
USEFUL = {
    "attach_files": "the passage is shown as text, not as a picture of its page, and files come in direct messages",
    "create_public_threads": "“Discuss” offers replies, not a thread",
    "send_messages_in_threads": "nobody is answered in threads",
}


async def check_permissions(settings: Discord) -> list[Check]:
    """Log in with the token (no gateway) and look at each server's permissions of the bot."""
    assert settings.token is not None
    point_at(settings)
    advice = "copy the token again from the developer portal"
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            await client.login(settings.token.get_secret_value())
            guilds = await client.http.get_guilds(200, with_counts=False)
        except discord.LoginFailure:
            return [Check("Discord token", False, "Discord refuses it", advice)]
        except (discord.HTTPException, aiohttp.ClientError) as exc:
            return [Check("Discord", False, f"out of reach ({type(exc).__name__})", "check the network and discord.api_base")]
        name = str(client.user)
    if not guilds:
        return [Check("Discord", False, f"{name} is on no server", "invite the bot by the OAuth2 link of the developer portal")]
    return [_of_guild(name, str(guild["name"]), discord.Permissions(int(guild["permissions"]))) for guild in guilds]


def _of_guild(bot: str, guild: str, permissions: discord.Permissions) -> Check:
    missing = [flag for flag, needed in NEEDED if needed and not getattr(permissions, flag) and not permissions.administrator]
    if missing:
        return Check(f"Discord server {guild}", False, f"{bot} lacks {', '.join(missing)}", f"give the bot's role {', '.join(missing)}")
    wanting = [f"without {flag} {how}" for flag, how in USEFUL.items() if not getattr(permissions, flag) and not permissions.administrator]
    return Check(f"Discord server {guild}", True, "; ".join([f"{bot} has what it needs", *wanting]), "")
