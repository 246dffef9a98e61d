"""The plain data of this room: blocks as readers give them, passages as the index keeps them."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a block of text is."""

    PROSE = "prose"
    ROW = "row"  # one row of a table, or a line that reads like one
    REFERENCE = "reference"  # an entry of the list of references


@dataclass(frozen=True)
class Block:
    """A paragraph or a table row.

    Attributes:
        page: 1-based PDF page; None where the source has no pages.
        section: The heading it stands under, parents first, joined by " > "; empty before the first.
    """

    text: str
    page: int | None
    section: str
    kind: Kind = Kind.PROSE


@dataclass(frozen=True)
class Document:
    """A whole file as text."""

    blocks: tuple[Block, ...]
    pages: int


@dataclass(frozen=True)
class Passage:
    """A piece of one section, about as long as the embedding model can see.

    Attributes:
        reading: The reading's id.
        position: Its place among the reading's passages, from 0.
        text: Blocks joined by a newline: a paragraph or a table row each.
        page_starts: (character offset in `text`, page) where each page begins; empty where there are no pages.
    """

    reading: str
    position: int
    text: str
    section: str
    kind: Kind
    page_starts: tuple[tuple[int, int], ...]

    def page_at(self, offset: int) -> int | None:
        """The page on which the character at `offset` of `text` stands."""
        page = None
        for start, number in self.page_starts:
            if start <= offset:
                page = number
        return page

    @property
    def pages(self) -> str | None:
        """The page, "4-5" for a span, None without pages."""
        if not self.page_starts:
            return None
        first, last = self.page_starts[0][1], self.page_starts[-1][1]
        return str(first) if first == last else f"{first}-{last}"
