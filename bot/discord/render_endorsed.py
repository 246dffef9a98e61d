"""A person's answer as a Discord message: set apart from everything that Lector says itself, and never cut."""

import re

from discord.utils import escape_mentions

from bot.discord.render import cut, plain
from bot.language import say
from rag.answers import Answer
from rag.endorsed import Endorsed, State

_MARKDOWN_LINK = re.compile(r"\]\((https?://[^\s()<>]+)\)")
_BARE_LINK = re.compile(r"(?<![<(\w])https?://[^\s<>()]*[^\s<>().,;:!?'\"*_~|`]")
_QUESTION = 150  # characters shown of a question; rag.endorsed's longest text leaves room for two


def render_endorsed(answer: Answer, language: str) -> str:
    """What somebody asked, who answered which question when, and that person's words."""
    (citation,) = answer.citations
    head = f"**{cut(plain(answer.question), _QUESTION)}**\n"
    note = say(language, "endorsed-note", who=plain(citation.title), question=cut(plain(citation.section), _QUESTION))
    return f"{head}{note}\n>>> {trusted(citation.quote)}"


def render_delivery(endorsed: Endorsed, mention: str, language: str) -> str:
    """For whoever asked a person.

    Args:
        endorsed: The answer; where it is withdrawn, that is said in its place.
        mention: Of the asker; empty in a private conversation.
    """
    question = cut(plain(endorsed.question), _QUESTION)
    if endorsed.state is State.WITHDRAWN:
        return say(language, "endorsed-withdrawn-shown", question=question)
    said = say(language, "endorsed-delivered", question=question, who=plain(endorsed.title))
    return f"{mention} {said}\n>>> {trusted(endorsed.text)}".strip()


def trusted(text: str) -> str:
    """Words of the staff: their formatting stays, but they notify nobody and no link unfolds."""
    linked = _MARKDOWN_LINK.sub(r"](<\1>)", text)
    return escape_mentions(_BARE_LINK.sub(lambda match: f"<{match[0]}>", linked))
