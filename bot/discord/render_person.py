"""A student's question as the staff reads it: pure, within Discord's limits."""

from bot.discord.render import MESSAGE_LIMIT, cut
from bot.discord.store import KeptAnswer
from bot.discord.typeset import plain
from bot.feedback.persons import PersonQuestion
from bot.language import say
from rag.answers import Citation, Status

NOTE_LIMIT = 400  # characters that a student may add
_QUESTION, _QUOTE, _TITLE, _QUOTES = 400, 180, 80, 3


def render_staff_post(sent: PersonQuestion, kept: KeptAnswer, link: str | None, mention: str, language: str) -> str:
    """Who asks what, what Lector found, and what to do.

    Args:
        link: To the answer that did not help; None where only its asker sees it.
        mention: Of the role that is to look; empty for none.
    """
    key = "person-post-head" if link is not None else "person-post-head-private"
    lines = [f"{mention} {say(language, key, asker=f'<@{sent.asker}>', link=link or '')}".strip()]
    lines.append(f"> **{cut(plain(sent.question), _QUESTION)}**")
    if sent.note:
        lines.extend(f"> {line}" for line in cut(plain(sent.note), NOTE_LIMIT + 50).splitlines())
    found = "person-post-nothing" if kept.status is Status.REFUSED or not kept.citations else "person-post-found"
    lines += ["", say(language, found)]  # a blank line ends the quotation everywhere
    if found == "person-post-found":
        lines.extend(_found(citation, language) for citation in kept.citations[:_QUOTES])
    lines += ["", "-# " + say(language, "person-post-how")]
    return cut("\n".join(lines), MESSAGE_LIMIT)


def _found(citation: Citation, language: str) -> str:
    title = say(language, "syllabus-name") if citation.kind == "syllabus" else cut(citation.title, _TITLE)
    page = f", {say(language, 'check-page', page=citation.page)}" if citation.page else ""
    where = plain(title + page).replace("[", "(").replace("]", ")")
    place = f"[{where}](<{citation.url}>)" if citation.url else where
    return f"- {place}: “{cut(plain(' '.join(citation.quote.split())), _QUOTE)}”"
