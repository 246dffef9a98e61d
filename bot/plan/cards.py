"""What is shown: a title with lines, cut to what an embed of Discord holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.discord.typeset import plain
from bot.language import say

TITLE_LIMIT, BODY_LIMIT, FOOTER_LIMIT = 256, 4096, 2048  # characters, https://discord.com/developers/docs/resources/message#embed-object
_LINE_LIMIT = 600


@dataclass(frozen=True)
class Card:
    """A title, lines of Discord's Markdown, and a remark below."""

    title: str
    lines: tuple[str, ...]
    footer: str = ""

    @property
    def body(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


def make_card(title: str, lines: Iterable[str], language: str, *, footer: str = "") -> Card:
    """A card whose lines all fit, the last one saying how many were left out."""
    kept: list[str] = []
    every = list(lines)
    room = BODY_LIMIT - 100  # for the line that says how many are left out
    for n, line in enumerate(every):
        room -= len(line) + 1
        if room < 0:
            kept.append(say(language, "card-more", lines=len(every) - n))
            break
        kept.append(line)
    return Card(title[:TITLE_LIMIT], tuple(kept), footer[:FOOTER_LIMIT])


def shown(text: str, longest: int = _LINE_LIMIT) -> str:
    """Text of others on one line, with nothing in it that Discord would format or notify, cut at a word."""
    level = " ".join(text.split())
    if len(level) > longest:
        level = level[:longest].rsplit(" ", 1)[0] + " …"
    return plain(level)


def link(text: str, url: str | None) -> str:
    """Text that leads to a web address; the text alone where there is none, or none of the web's."""
    words = shown(text, 200).replace("[", "(").replace("]", ")")
    if url is None or not url.startswith(("https://", "http://")) or any(c in url for c in " <>()\n"):
        return words
    return f"[{words}](<{url}>)"
