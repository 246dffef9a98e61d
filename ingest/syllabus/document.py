"""A syllabus file as a flat list of blocks, the same for Markdown, HTML and PDF: lines of formatted runs, and tables.

A `Line` is what stands on one line of its own: a heading, a list item, a paragraph, a term of a definition list. Its text is
the visible text with white space levelled; links keep their places in it, so that a part of a line can be cut out by offsets.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00]")
_URL = re.compile(r"https?://[^\s<>\"|\\^`{}]+")


class Kind(StrEnum):
    """What a line is in its file."""

    HEADING = "heading"
    ITEM = "item"
    TERM = "term"
    DETAIL = "detail"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True)
class Run:
    """Words of one format."""

    text: str
    href: str | None = None
    strong: bool = False


@dataclass(frozen=True)
class Link:
    """A link, or an address that stands in the text; `start` and `end` are offsets in the line's text."""

    text: str
    url: str
    start: int
    end: int
    bare: bool = False


@dataclass(frozen=True)
class Line:
    """One line; `level` is the heading's level, or the depth of the list it stands in (0 for none)."""

    runs: tuple[Run, ...]
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    text: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", "".join(run.text for run in self.runs))

    @property
    def links(self) -> list[Link]:
        """Links in order; neighbouring runs with one address are one link, mail addresses and anchors are none."""
        found: list[Link] = []
        at = 0
        for run in self.runs:
            end = at + len(run.text)
            if run.href is not None:
                if found and found[-1].end == at and found[-1].url == run.href:
                    found[-1] = Link(found[-1].text + run.text, run.href, found[-1].start, end)
                else:
                    found.append(Link(run.text, run.href, at, end))
            else:
                for match in _URL.finditer(run.text):
                    url = trim_url(match[0])
                    found.append(Link(url, url, at + match.start(), at + match.start() + len(url), bare=True))
            at = end
        return [Link(link.text.strip(), link.url, link.start, link.end, link.bare or link.text.strip() == link.url) for link in found]

    @property
    def shown(self) -> str:
        """The text, each web link's address in brackets behind its words."""
        parts, at = [], 0
        for link in self.links:
            if not link.bare and link.url.startswith(("http://", "https://")) and link.text:
                parts += [self.text[at : link.end], f" ({link.url})"]
                at = link.end
        return " ".join("".join([*parts, self.text[at:]]).split())

    @property
    def strong_spans(self) -> list[tuple[int, int]]:
        """Where bold words stand."""
        spans: list[tuple[int, int]] = []
        at = 0
        for run in self.runs:
            if run.strong and run.text.strip():
                if spans and spans[-1][1] == at:
                    spans[-1] = (spans[-1][0], at + len(run.text))
                else:
                    spans.append((at, at + len(run.text)))
            at += len(run.text)
        return spans

    def cut(self, start: int, end: int | None = None) -> "Line":
        """The part between two offsets, white space at its ends taken off."""
        stop = len(self.text) if end is None else end
        kept, at = [], 0
        for run in self.runs:
            low, high = max(start - at, 0), min(stop - at, len(run.text))
            if low < high:
                kept.append(Run(run.text[low:high], run.href, run.strong))
            at += len(run.text)
        return make_line(kept, self.kind, self.level)

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class Cell:
    """A table's cell; a cell that spans stands in each of its places, marked in all but the first."""

    lines: tuple[Line, ...] = ()
    header: bool = False
    from_above: bool = False
    from_left: bool = False

    @property
    def text(self) -> str:
        """All its lines as one."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Table:
    """A table with its spans spread out: every row has the same number of cells."""

    rows: tuple[tuple[Cell, ...], ...]


Block = Line | Table


@dataclass(frozen=True)
class Source:
    """A file's blocks and what else it says about itself.

    Attributes:
        name: The file's name.
        title: What the file calls itself (front matter, HTML's title), or empty.
        front: Other facts about the whole, as (key, value): front matter, HTML's meta elements.
    """

    name: str
    title: str
    front: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]

    @property
    def lines(self) -> Iterator[Line]:
        """All lines, those of tables included, in order."""
        for block in self.blocks:
            if isinstance(block, Line):
                yield block
            else:
                for row in block.rows:
                    for cell in row:
                        if not (cell.from_above or cell.from_left):
                            yield from cell.lines


def make_line(runs: Iterable[Run], kind: Kind = Kind.PARAGRAPH, level: int = 0) -> Line:
    """A line with white space levelled, invisible characters and empty runs gone."""
    made: list[Run] = []
    blank = True  # so that a leading space goes
    for run in runs:
        text = _SPACE.sub(" ", _INVISIBLE.sub("", run.text))
        if blank:
            text = text.lstrip()
        if text:
            made.append(Run(text, run.href, run.strong))
            blank = text.endswith(" ")
    while made and not made[-1].text.rstrip():
        made.pop()
    if made:
        made[-1] = Run(made[-1].text.rstrip(), made[-1].href, made[-1].strong)
    return Line(tuple(made), kind, level)


def plain(text: str, kind: Kind = Kind.PARAGRAPH, level: int = 0) -> Line:
    """A line without formats."""
    return make_line([Run(text)], kind, level)


def trim_url(url: str) -> str:
    """An address without the punctuation of the sentence around it."""
    while url and url[-1] in ".,;:!?'\"*)]":
        if url[-1] == ")" and url.count("(") >= url.count(")"):
            break
        url = url[:-1]
    return url
