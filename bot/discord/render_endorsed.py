"""A person's answer as a Discord message: set apart from everything that Lector says itself, and never cut."""

import re
from collections.abc import Sequence

from discord.utils import escape_mentions

from bot.discord.own_words import standing_text
from bot.discord.render import MESSAGE_LIMIT, cut, head
from bot.discord.typeset import plain
from bot.language import say
from rag.answers import Answer
from rag.endorsed import Endorsed, State, Version

_MARKDOWN_LINK = re.compile(r"\]\((https?://[^\s()<>]+)\)")
_BARE_LINK = re.compile(r"(?<![<(\w])https?://[^\s<>()]*[^\s<>().,;:!?'\"*_~|`]")
PER_PAGE = 6
_QUESTION = 150  # characters shown of a question; rag.endorsed's longest text leaves room for two


def render_endorsed(answer: Answer, language: str, *, headed: bool = True) -> str:
    """What somebody asked (where it is `headed`), who answered which question when, and that person's words."""
    (citation,) = answer.citations
    above = head(answer.question, _QUESTION) if headed else ""
    note = say(language, "endorsed-note", who=plain(citation.title), question=cut(plain(citation.section), _QUESTION))
    return f"{above}{note}\n{say(language, 'asking-final')}\n>>> {trusted(citation.quote)}"


def render_delivery(endorsed: Endorsed, mention: str, language: str) -> str:
    """For whoever asked a person.

    Args:
        endorsed: The answer; where it is withdrawn, that is said in its place.
        mention: Of the asker; empty in a private conversation.
    """
    question = cut(plain(endorsed.question), _QUESTION)
    if endorsed.state is State.WITHDRAWN:
        return say(language, "endorsed-withdrawn-shown", question=question)
    said = say(language, "endorsed-delivered", question=question, who=plain(standing_text(endorsed.standing, language)))
    said = f"{mention} {said}" if mention else said[:1].upper() + said[1:]
    return f"{said}\n>>> {trusted(endorsed.text)}"


def render_list(rows: Sequence[Endorsed], page: int, language: str) -> str:
    """A page of the endorsed answers, from 1: number, question, state, who stands for it, its first words."""
    if not rows:
        return say(language, "endorsed-none")
    lines = [say(language, "endorsed-list-head", page=page, pages=page_count(rows))]
    for row in rows[(page - 1) * PER_PAGE : page * PER_PAGE]:
        state = say(language, f"endorsed-state-{row.state.value}")
        lines.append(f"`{row.number}` **{cut(plain(row.question), 80)}** · {state} · {plain(standing_text(row.standing, language))}")
        lines.append(f"> {cut(plain(' '.join(row.text.split())), 80)}")
    return cut("\n".join(lines), MESSAGE_LIMIT)


def render_versions(row: Endorsed, versions: Sequence[Version], language: str) -> str:
    """One answer as it is, then what it was, the newest version first as far as there is room."""
    state = say(language, f"endorsed-state-{row.state.value}")
    lines = [f"`{row.number}` **{cut(plain(row.question), _QUESTION)}** · {state} · {plain(standing_text(row.standing, language))}"]
    lines += [f"> {line}" for line in trusted(row.text).splitlines()]
    lines.append(f"**{say(language, 'endorsed-versions')}**")
    for version in reversed(versions):
        what = say(language, f"endorsed-state-{version.state.value}")
        words = cut(plain(" ".join(version.text.split())), 100)
        lines.append(f"{version.version} · <t:{int(version.at.timestamp())}:f> · {plain(version.by.name)} · {what}: {words}")
    return cut("\n".join(lines), MESSAGE_LIMIT)


def page_count(rows: Sequence[Endorsed]) -> int:
    """How many pages so many answers take; one at least."""
    return max(1, -(-len(rows) // PER_PAGE))


def trusted(text: str) -> str:
    """Words of the staff: their formatting stays, but they notify nobody and no link unfolds."""
    linked = _MARKDOWN_LINK.sub(r"](<\1>)", text)
    return escape_mentions(_BARE_LINK.sub(lambda match: f"<{match[0]}>", linked))
