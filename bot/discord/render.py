"""Answers as Discord messages: pure functions from an `Answer` to text within Discord's limits.

Whatever comes from a student or from a paper is escaped or set in a fixed width (`typeset`); links are in <> so that nothing unfolds.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from bot.discord.typeset import plain, typeset
from bot.language import say
from rag.answers import Answer, Citation, Line, Status

MESSAGE_LIMIT = 2000  # characters of a message, https://discord.com/developers/docs/resources/message
PAGE_LIMIT = 1960  # of a message of an answer: a mention of the asker may stand before it
GROWING_ROOM = 100  # for what is said below an answer that still grows
BUTTONS_LIMIT = 5  # in one row
HEAD_ROOM = 300  # characters of a question above its answer, with what makes it bold and its line's end
_COLUMNS_LIMIT = 300  # characters of the names of a row's columns; a wide table has thousands


def render_answer(answer: Answer, language: str = "en", *, headed: bool = True) -> list[str]:
    """The messages of a whole answer: the question, the sentences with the numbers of their citations, the citations with their links.

    It is split between sentences where it is longer than a message; the last one says that it is complete.

    Args:
        headed: With the question; without it, room for it is left in each message.
    """
    if answer.status is Status.ENDORSED:
        from bot.discord.render_endorsed import render_endorsed  # imported here: it builds on this file

        return [render_endorsed(answer, language, headed=headed)]
    columns = {c.n: c.columns for c in answer.citations if c.columns}
    apart = "\n" if columns or answer.in_lines else " "
    pieces = _said(answer.lines, answer.status, columns, apart, language)
    if answer.citations:
        pieces += ["\n\n", *_joined([reference(c, language) for c in answer.citations], "\n")]
    pieces.append(f"\n{say(language, 'asking-final')}")
    return paged([head(answer.question), *pieces]) if headed else paged(pieces, PAGE_LIMIT - HEAD_ROOM)


def render_growing(question: str, lines: Sequence[Line], language: str = "en") -> str:
    """What is known of an answer so far; the last of it, where it is longer than a message.

    Args:
        question: To stand above it; "" for none.
    """
    above = [head(question)] if question else []
    room = PAGE_LIMIT - GROWING_ROOM - (0 if question else HEAD_ROOM)
    *_, last = paged([*above, *_said(lines, Status.QUOTED, {}, " ", language)], room)
    return last


def head(question: str, room: int = HEAD_ROOM) -> str:
    """A question as it stands above its answer, with its line's end."""
    return f"**{cut(plain(question), room - 5)}**\n"  # less the signs around it


def paged(pieces: Sequence[str], limit: int = PAGE_LIMIT) -> list[str]:
    """Texts that are put together to as few messages as they fit in, each whole; one that fits in none is cut between words.

    Args:
        limit: Characters of a message.
    """
    pages = [""]
    for piece in (part for whole in pieces for part in _parts(whole, limit)):
        if len(pages[-1]) + len(piece.rstrip()) <= limit:
            pages[-1] += piece
        else:
            pages.append(piece.lstrip())
    return [page.strip() for page in pages if page.strip()]


def render_citation(citation: Citation, spare: int = 0, language: str = "en") -> str:
    """The passage around a quote, the quote in bold; `spare` characters of the message are left for others."""
    head = f"**[{citation.n}]** {_reference_text(citation, language)}\n\n{_small(citation.columns)}"
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


def _joined(texts: Sequence[str], between: str) -> list[str]:
    return [text + between for text in texts[:-1]] + list(texts[-1:])


def _said(lines: Sequence[Line], status: Status, columns: Mapping[int, str], apart: str, language: str) -> list[str]:
    """The lines, with what stands between them; before those that are only the nearest found it says so."""
    said: list[str] = []
    for sure, together in groupby(lines, key=lambda line: line.sure):
        said += ["\n\n" if sure else "\n"] if said else []  # what is sure does not stand under that heading
        said += [] if sure else [f"{say(language, 'answer-nearest')}\n"]
        said += _joined([_line(line, status, columns) for line in together], apart)
    return said


def _line(line: Line, status: Status, columns: Mapping[int, str]) -> str:
    text, marks = typeset(line.text), "".join(f"[{n}]" for n in line.citations)
    if status is Status.SYLLABUS or not marks:
        return text
    named = "".join(f"\n{_small(columns[n]).rstrip()}" for n in line.citations if n in columns)
    return f"{text} {marks}{named}"


def _small(columns: str | None) -> str:
    """A line of small print (https://support.discord.com/hc/en-us/articles/210298617): a row with the names of its columns."""
    return f"-# {cut(plain(columns), _COLUMNS_LIMIT)}\n" if columns else ""


def _parts(text: str, limit: int) -> list[str]:
    """The text, in pieces of at most `limit` characters."""
    parts = []
    while len(text.rstrip()) > limit:
        end = text.rfind(" ", limit // 2, limit) + 1 or limit - 1
        parts.append(text[:end].rstrip("\\") if text[end - 1] != " " else text[:end])
        text = text[len(parts[-1]) :]
    return [*parts, text]


def reference(citation: Citation, language: str = "en") -> str:
    """A citation's number and place, as a link where it has an address."""
    text = _reference_text(citation, language)
    return f"**[{citation.n}]** [{text}](<{citation.url}>)" if citation.url else f"**[{citation.n}]** {text}"


def _reference_text(citation: Citation, language: str) -> str:
    title = say(language, "syllabus-name") if citation.kind == "syllabus" else citation.title
    page = say(language, "check-page", page=citation.page) if citation.page else ""
    parts = [title, page, section_mark(citation.section)]
    return plain(", ".join(part for part in parts if part)).replace("[", "(").replace("]", ")")


def section_mark(section: str) -> str:
    """A section as references name it: §3.2.1 where its heading has a number, else the heading; "" where there is none."""
    heading = section.split(" > ")[-1]
    number = re.match(r"(?:Appendix )?((?:\d{1,2}|[A-Z])(?:\.\d+)*)\.?(?=\s)", heading)
    is_number = number is not None and (number[1][0].isdigit() or "." in number[1] or heading.startswith("Appendix"))
    return f"§{number[1]}" if number is not None and is_number else heading[:80]


def cut(text: str, longest: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= longest else text[: longest - 1].rstrip("\\") + "…"
