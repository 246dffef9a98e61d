"""Slides: each page's title is its section, each bullet a block of its own.

Pure functions over page texts and sizes, for whatever reads the PDF. Rules are about how slides look, none about a deck.
"""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.documents import Block, Kind
from ingest.readers.decoding import tidy

_MOST_WORDS = 160  # a page of a two-column paper has 700, one of a talk 20 to 100
_LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"})
_BULLET = re.compile(r"^(?:[•●▪▶►◦○■□➢➤✓✔–—*\uf0b7\uf0a7\uf0d8-]|[oO](?=\s))\s*(?=\S)|^(?:\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
_GLYPH = re.compile(r"^(?:[•●▪▶►◦○■□➢➤✓✔–—*\uf0b7\uf0a7\uf0d8-]|[oO](?=\s))\s*")
_LONE_GLYPH = re.compile(r"^[•●▪▶►◦○■□➢➤✓✔–—*\uf0b7\uf0a7\uf0d8-]$")
_PAGE_NUMBER = re.compile(r"^(?:(?:slide|page)\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?$", re.IGNORECASE)
_CONTINUED = re.compile(r"\s+(?:[(\[]?cont(?:inued|[’']?d|\.)?[)\]]?|[(\[]\d{1,2}\s*(?:/|of)\s*\d{1,2}[)\]])$", re.IGNORECASE)


def is_deck(sizes: Sequence[tuple[float, float]], pages: Sequence[str]) -> bool:
    """Whether a PDF is a set of slides: nearly all pages lie on their side, and few words stand on them.

    Args:
        sizes: Width and height of each page as it is shown, in any unit.
        pages: Text of each page.
    """
    if not pages:
        return False
    wide = sum(width > 1.15 * height > 0 for width, height in sizes)
    words = sorted(len(page.split()) for page in pages)
    return wide >= 0.8 * len(sizes) and words[len(words) // 2] <= _MOST_WORDS


def blocks_of_slides(pages: Sequence[str]) -> list[Block]:
    """Blocks of a deck; a slide that is built up over several pages is read once, where it is complete.

    Args:
        pages: Text of each page, lines as the PDF has them.
    """
    slides = _without_furniture([_lines(page) for page in pages])
    blocks: list[Block] = []
    for n, lines in enumerate(slides):
        following = slides[n + 1] if n + 1 < len(slides) else []
        if not lines or (len(following) >= len(lines) and following[: len(lines)] == lines):
            continue
        title, rest = _title(lines)
        section = title or f"Slide {n + 1}"
        if not rest:  # a slide that is all title: its words are all there is to find
            blocks.append(Block(title, n + 1, section))
        for item, is_row in _items(rest):
            blocks.append(Block(item, n + 1, section, Kind.TABLE if is_row else Kind.PROSE))
    return blocks


def _lines(page: str) -> list[str]:
    """Lines with words in them; a bullet that the PDF has on a line of its own goes before the next."""
    lines: list[str] = []
    glyph = ""
    for line in tidy(page.translate(_LIGATURES)).split("\n"):
        line = " ".join(line.split())
        if _LONE_GLYPH.match(line):
            glyph = f"{line} "
        elif line:
            lines.append(glyph + line)
            glyph = ""
    return lines


def _without_furniture(slides: list[list[str]]) -> list[list[str]]:
    """Slides without page numbers and without lines that stand at the edge of many: the talk's title, the speaker, the date."""
    edges = Counter(_pattern(line) for lines in slides for line in {*lines[-3:]} if not _BULLET.match(line))
    first = Counter(_pattern(lines[0]) for lines in slides if lines)
    often = {line for line, n in edges.items() if n >= max(3, len(slides) // 2)}
    # The first line may be a running title, but a title that goes over a few slides may stand there too.
    often |= {line for line, n in first.items() if n >= max(4, 0.8 * len(slides))}
    kept = []
    for lines in slides:
        body = [line for line in lines if not _PAGE_NUMBER.match(line)]
        edge = {0, *range(len(body) - 3, len(body))}
        kept.append([line for n, line in enumerate(body) if not (n in edge and _pattern(line) in often)])
    return kept


def _pattern(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _title(lines: list[str]) -> tuple[str, list[str]]:
    """The slide's title and what is below it; "" where it begins with a bullet or a sentence."""
    first = lines[0]
    if _BULLET.match(first) and _GLYPH.match(first):
        return "", lines
    if len(first.split()) > 16 or (first.endswith(".") and len(first.split()) > 6):
        return "", lines
    title, rest = first, lines[1:]
    # A title of two lines: the first ends in the middle of a phrase.
    if (
        rest
        and not _BULLET.match(rest[0])
        and len(rest) > 1
        and re.search(r"(?:[,:&–-]|\b(?:of|and|the|for|with|in|to|a|an|on|by|from|via))$", title)
    ):
        title, rest = f"{title} {rest[0]}", rest[1:]
    return _CONTINUED.sub("", title) or title, rest


def _items(lines: Sequence[str]) -> list[tuple[str, bool]]:
    """Bullets, sentences and rows of figures; a line goes on the one before where it plainly continues it."""
    width = max((len(line) for line in lines), default=0)
    items: list[tuple[str, bool]] = []
    before = ""
    for line in lines:
        row = _is_row(line)
        if _BULLET.match(line):
            items.append((_GLYPH.sub("", line), False))
        elif items and not row and not items[-1][1] and _continues(before, line, width):
            text = items[-1][0]
            items[-1] = (text + line if re.search(r"[A-Za-z]-$", text) else f"{text} {line}", False)
        else:
            items.append((line, row))
        before = line
    return [(text, row) for text, row in items if any(map(str.isalnum, text))]


def _continues(before: str, line: str, width: int) -> bool:
    """A wrapped line: the one before is nearly full, or this one starts in the middle of a sentence."""
    if before.endswith((".", "!", "?", ":", ";")):
        return False
    return line[:1].islower() or len(before) >= 0.75 * width > 24 or before.endswith((",", "-", "(", "and", "of", "the"))


def _is_row(line: str) -> bool:
    words = line.split()
    numbers = sum(bool(re.match(r"^[(+−–-]?\d[\d.,]*[%kKMBx]?\)?$", word)) for word in words)
    return len(words) >= 3 and numbers >= 2 and 3 * numbers >= len(words)
