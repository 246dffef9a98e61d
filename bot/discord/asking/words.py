"""What is said about a question on its way, as pages: pure, from the catalogue of messages."""

import time

from bot.asking.asked import Asked
from bot.asking.queue import Refused, Why
from bot.discord.asking.buttons import cancel_view
from bot.discord.asking.ways import Page
from bot.discord.render import head
from bot.language import say

_REASONS = {Why.FULL: "asking-full", Why.WAITING: "asking-one-waiting", Why.RATE: "asking-rate"}


def waiting_page(asked: Asked, ahead: int, wait_s: float) -> Page:
    """Where the question stands, with a button that cancels it."""
    if ahead:
        text = say(asked.language, "asking-waiting", ahead=ahead, seconds=max(1, round(wait_s)))
    else:
        text = say(asked.language, "asking-reading")
    return Page(f"{_head(asked)}{text}", cancel_view(asked))


def growing_page(asked: Asked, body: str) -> Page:
    """What is known of the answer so far."""
    return Page(f"{body}\n{say(asked.language, 'asking-growing')}", cancel_view(asked))


def told_page(asked: Asked, message: str, **values: str | int) -> Page:
    """A message of the catalogue in the place of an answer."""
    return Page(f"{_head(asked)}{say(asked.language, message, **values)}")


def failed_page(asked: Asked, reason: str) -> Page:
    """Why there is no answer, in the words of an error as Discord is to show them."""
    return Page(f"{_head(asked)}{reason}")


def refusal(language: str, refused: Refused) -> str:
    """Why a question is not taken, and when it would be, in the reader's own time."""
    return say(language, _REASONS[refused.why], when=f"<t:{int(time.time() + refused.retry_s) + 1}:R>")


def _head(asked: Asked) -> str:
    return "" if asked.stands_above else head(asked.text)
