"""Answers as Discord messages: pure functions from an `Answer` to text within Discord's limits.

Whatever comes from a student or from a paper is escaped; links are in <> so that nothing unfolds.
"""

from collections.abc import Mapping

from discord.utils import escape_markdown, escape_mentions

from bot.language import LANGUAGES, say
from rag.answers import Answer, Citation, Status

MESSAGE_LIMIT = 2000  # characters of a message, https://discord.com/developers/docs/resources/message
BUTTONS_LIMIT = 5  # in one row
_COLUMNS_LIMIT = 300  # characters of the names of a row's columns; a wide table has thousands


def render_answer(answer: Answer, language: str = LANGUAGES[0]) -> str:
    """The question, the sentences with the numbers of their citations, and the citations with their links."""
    if answer.status is Status.ENDORSED:
        from bot.discord.render_endorsed import render_endorsed  # imported here: it builds on this file

        return render_endorsed(answer, language)
    citations = "\n".join(reference(c) for c in answer.citations)
    head = f"**{cut(plain(answer.question), 300)}**\n"
    columns = {c.n: c.columns for c in answer.citations if c.columns}
    lines = [_line(plain(line.text), line.citations, answer.status, columns) for line in answer.lines]
    room = MESSAGE_LIMIT - len(head) - len(citations) - 2
    apart = columns or answer.status in (Status.QUOTED, Status.SYLLABUS)
    body = cut("\n".join(lines) if apart else " ".join(lines), room)
    return f"{head}{body}\n\n{citations}".strip() if citations else head + body


def render_citation(citation: Citation, spare: int = 0) -> str:
    """The passage around a quote, the quote in bold; `spare` characters of the message are left for others."""
    head = f"**[{citation.n}]** {_reference_text(citation)}\n\n{_small(citation.columns)}"
    room = MESSAGE_LIMIT - len(head) - spare - 10
    passage, quote = plain(citation.passage), plain(citation.quote)
    start = passage.find(quote)
    if start < 0 or len(quote) > room - 40:
        return head + f"**{cut(quote, room)}**"
    before, after = passage[:start], passage[start + len(quote) :]
    beside = room - len(quote)
    if len(before) + len(after) > beside:
        keep = max(beside // 2 - 2, 0)
        before = before if len(before) <= keep else "…" + before[len(before) - keep :]
        after = after if len(after) <= keep else after[:keep] + "…"
    return f"{head}{before}**{quote}**{after}"


def button_label(citation: Citation, language: str) -> str:
    """What the button of a citation says, at most 80 characters."""
    if citation.page:
        return say(language, "page-see", n=str(citation.n), page=citation.page)
    section = (citation.section.split(" > ")[-1] or citation.title)[:40]
    return say(language, "page-see-section", n=str(citation.n), section=section)


def plain(text: str) -> str:
    """Text of others with nothing in it that Discord would format or notify."""
    return escape_mentions(escape_markdown(text))


def _line(text: str, citations: tuple[int, ...], status: Status, columns: Mapping[int, str]) -> str:
    marks = "".join(f"[{n}]" for n in citations)
    if status is Status.SYLLABUS or not marks:
        return text
    named = "".join(f"\n{_small(columns[n]).rstrip()}" for n in citations if n in columns)
    return f"{text} {marks}{named}"


def _small(columns: str | None) -> str:
    """A line of small print (https://support.discord.com/hc/en-us/articles/210298617): a row with the names of its columns."""
    return f"-# {cut(plain(columns), _COLUMNS_LIMIT)}\n" if columns else ""


def reference(citation: Citation) -> str:
    """A citation's number and place, as a link where it has an address."""
    text = _reference_text(citation)
    return f"**[{citation.n}]** [{text}](<{citation.url}>)" if citation.url else f"**[{citation.n}]** {text}"


def _reference_text(citation: Citation) -> str:
    parts = [citation.title, f"p. {citation.page}" if citation.page else "", citation.section.split(" > ")[-1][:80]]
    return plain(", ".join(part for part in parts if part)).replace("[", "(").replace("]", ")")


def cut(text: str, longest: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= longest else text[: longest - 1].rstrip("\\") + "…"
