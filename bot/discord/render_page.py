"""A page that is shown: the words above its picture, and those for people who do not see it. Pure."""

from bot.discord.page_desk import Missing, Sight
from bot.discord.render import cut, reference, render_citation
from bot.discord.typeset import plain
from bot.language import say
from ingest.pictures.alignment import Found
from ingest.pictures.picture import Header

_LONGEST_QUOTE = 700  # characters above a picture
_LONGEST_ALT = 1024  # https://discord.com/developers/docs/resources/message#attachment-object


def render_sight(sight: Sight, language: str) -> str:
    """The message: the reference, and the passage where it is on the page that is shown, or where there is no picture."""
    if sight.picture is None:
        return _without_picture(sight, language)
    header = sight.picture.header
    lines = [reference(sight.citation, language), f"-# {_position(sight, header, language)}"]
    if header.marked or is_home(sight, header):
        lines.insert(1, f"> {cut(plain(' '.join(sight.citation.quote.split())), _LONGEST_QUOTE)}")
    return "\n".join(lines)


def render_alt(sight: Sight, header: Header, language: str) -> str:
    """What a screen reader says of the picture."""
    values = {"page": str(header.page), "title": sight.citation.title}
    if header.marked:
        return cut(say(language, "page-alt-marked", quote=sight.citation.quote, **values), _LONGEST_ALT)
    return cut(say(language, "page-alt", **values), _LONGEST_ALT)


def _without_picture(sight: Sight, language: str) -> str:
    """The passage as text, below a sentence that says why."""
    why = {Missing.READING: "page-reading-gone", Missing.PICTURE: "page-no-picture"}.get(sight.missing or Missing.PICTURE)
    head = say(language, why) + "\n" if why else ""
    return head + render_citation(sight.citation, len(head), language)


def _position(sight: Sight, header: Header, language: str) -> str:
    values = {"page": str(header.page), "count": str(header.count)}
    if header.marked:
        return say(language, "page-marked" if header.found is Found.EXACT else "page-partly-marked", **values)
    if is_home(sight, header) and header.found is Found.NOT:
        return say(language, "page-not-found", **values)
    return say(language, "page-elsewhere", home=sight.citation.page or "", **values)


def is_home(sight: Sight, header: Header) -> bool:
    """Is the page one of those of the passage?"""
    return sight.home is not None and sight.home[0] <= header.page <= sight.home[1]
