"""The plain data of this room: blocks as readers give them, passages as the index keeps them."""

from collections.abc import Sequence
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
class Sentence:
    """A sentence or a table row: the unit that Lector scores, quotes and checks.

    Attributes:
        reading: The reading's id.
        position: Its place among the reading's sentences, from 0.
        text: Verbatim from the page, line breaks and broken words mended.
        page: 1-based PDF page; None where the source has no pages.
        opens_block: Begins a paragraph or is a row; else it follows the sentence before in the same paragraph.
    """

    reading: str
    position: int
    text: str
    page: int | None
    section: str
    kind: Kind
    opens_block: bool


@dataclass(frozen=True)
class Passage:
    """Neighbouring sentences of one section, about as many as an answer needs around it.

    Attributes:
        reading: The reading's id.
        position: Its place among the reading's passages, from 0.
        first, end: Its sentences' positions, `end` excluded.
        text: The sentences, joined by a space within a paragraph and by a newline between paragraphs and rows.
        pages: First and last page; None where there are no pages.
    """

    reading: str
    position: int
    first: int
    end: int
    text: str
    section: str
    kind: Kind
    pages: tuple[int, int] | None

    @property
    def page(self) -> str | None:
        """The page, "4-5" for a span, None without pages."""
        if self.pages is None:
            return None
        first, last = self.pages
        return str(first) if first == last else f"{first}-{last}"


def make_passage(sentences: Sequence[Sentence], position: int) -> Passage:
    """The passage that consists of these sentences, which stand one after another in one section."""
    text = sentences[0].text + "".join(("\n" if s.opens_block else " ") + s.text for s in sentences[1:])
    pages = [s.page for s in sentences if s.page is not None]
    in_rows = sum(len(s.text) for s in sentences if s.kind is Kind.ROW)
    kind = Kind.ROW if 2 * in_rows > len(text) else Kind.PROSE
    return Passage(
        reading=sentences[0].reading,
        position=position,
        first=sentences[0].position,
        end=sentences[-1].position + 1,
        text=text,
        section=sentences[0].section,
        kind=Kind.REFERENCE if sentences[0].kind is Kind.REFERENCE else kind,
        pages=(min(pages), max(pages)) if pages else None,
    )
