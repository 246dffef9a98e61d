"""The buttons under every answer: 👍, 👎, why, and "Ask a person". They work after a restart."""

from bot.discord.client import LectorBot
from bot.discord.feedback import VoteButton, WhyButton
from bot.discord.persons import PersonButton


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    bot.add_dynamic_items(VoteButton, WhyButton, PersonButton)
