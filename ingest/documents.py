"""The plain data of this room: blocks as readers give them, passages as the index keeps them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from ingest.arxiv_ids import ArxivId

_CAPTION_FIRST = re.compile(r"(?:table|tab|figure|fig)\b\.?\s+[A-Z]?[\dIVX].*?(?: \| |$)", re.IGNORECASE | re.DOTALL)
_FIGURE = re.compile(r"\W*\d[\d\W]*[^\W\d_]?\W*")  # 27.3, 65M, 25%
# Large signs of TeX's fonts: pypdf 7.1 gives a sum as "P", pdfium too before it is mended (2026-11).
_SPELT_DIFFERENTLY = re.compile(r"\S*[∑∏∫∥′]\S*")


class Kind(StrEnum):
    """What a block of text is."""

    PROSE = "prose"
    TABLE = "table"  # one row of a table, or a line that reads like one
    CAPTION = "caption"  # of a figure, table or algorithm
    EQUATION = "equation"  # display maths
    REFERENCE = "reference"  # an entry of the list of references
    ALGORITHM = "algorithm"  # pseudo-code, or a program's lines
    IMPRINT = "imprint"  # on the first page: the conference, arXiv's stamp with its date
    FIGURE = "figure"  # labels inside a picture: found with its caption, too broken to be quoted

    @classmethod
    def _missing_(cls, value: object) -> "Kind | None":
        return cls.TABLE if value == "row" else None  # what an index made before 2026-11-24 calls a table's row


ASIDES = frozenset({Kind.REFERENCE, Kind.IMPRINT})  # not what a reading says: neither embedded nor searched but by who asks for them
NO_STATEMENTS = ASIDES | {Kind.FIGURE}  # nor labels: nothing that a claim could rest on


@dataclass(frozen=True)
class Piece:
    """Where a run of a block's text stands.

    Attributes:
        at: Its start in the block's text; it goes on to the next piece, or to the end.
        page: 1-based PDF page; None where the source has no pages.
        start: Its start in the text of that page.
    """

    at: int
    page: int | None
    start: int


@dataclass(frozen=True)
class Block:
    """A paragraph, a table row, a caption, a formula.

    Attributes:
        page: 1-based PDF page on which it starts; None where the source has no pages.
        section: The heading it stands under, parents first, joined by " > "; empty before the first. An appendix's begins with "Appendix".
        context: What a reader sees beside a row, such as the caption and the names of the columns: searched, never quoted.
        group: Blocks of one reading with the same number other than 0 belong together: a caption with its table.
        pieces: Where its text stands; empty where the reader knows no page texts (see `Document`).
        cuts: Offsets in its text at which, on the page, something else stands between: a page's end, a figure, a footnote.
    """

    text: str
    page: int | None
    section: str
    kind: Kind = Kind.PROSE
    context: str = ""
    group: int = 0
    pieces: tuple[Piece, ...] = ()
    cuts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Document:
    """A whole file as text.

    Attributes:
        page_texts: Of each page the text as Lector reads it: furniture gone, words mended, blocks joined by newlines. Offsets count in it.
            Empty where there are no pages: then offsets count in the text of all blocks joined by newlines.
    """

    blocks: tuple[Block, ...]
    pages: int
    page_texts: tuple[str, ...] = ()
    stamp: ArxivId | None = None


@dataclass(frozen=True)
class Sentence:
    """A sentence or a table row: the unit that Lector scores, quotes and checks.

    Attributes:
        reading: The reading's id.
        position: Its place among the reading's sentences, from 0.
        text: Verbatim from the page, line breaks and broken words mended.
        page: 1-based PDF page on which it starts; None where the source has no pages.
        opens_block: Begins a paragraph or is a row; else it follows the sentence before in the same paragraph.
        last_page: The page on which it ends, where that is another one; else None.
        start, end: Its offsets in the text of its page. Where it ends on a later page, it is all of its page's text from `start`, a space,
            and the last page's text up to `end`.
        context: As of its block.
        cuts: Offsets in `text` at which something else stands between on the page.
        group: As of its block.
    """

    reading: str
    position: int
    text: str
    page: int | None
    section: str
    kind: Kind
    opens_block: bool
    last_page: int | None = None
    start: int = 0
    end: int = 0
    context: str = ""
    cuts: tuple[int, ...] = ()
    group: int = 0

    @property
    def searched(self) -> str:
        """What is embedded: the text with what stands beside it; that alone where it holds all the words of the text."""
        if not self.context:
            return self.text
        beside = set(self.context.split())
        return self.context if all(word in beside for word in self.text.split()) else f"{self.context} | {self.text}"

    @property
    def columns(self) -> str | None:
        """Of a table's row: its cells behind the names of their columns, else the table's head; None where neither is known.

        Where all the names are figures ("65M: 213M") the head may be a row that was taken for one, and none are given.
        """
        beside = _CAPTION_FIRST.sub("", self.context, count=1) if _CAPTION_FIRST.match(self.context) else self.context
        tells = set(beside.replace("|", " ").split()) - set(self.text.split())
        names = [part.split(": ")[0] for part in beside.split(" | ") if ": " in part]
        figures = bool(names) and all(_FIGURE.fullmatch(name) for name in names)
        return beside if self.kind is Kind.TABLE and tells and not figures else None

    @property
    def quote(self) -> str:
        """The longest run of it that stands on the page uninterrupted, verbatim, without signs that readers of PDFs spell differently."""
        borders = [0, *self.cuts, len(self.text)]
        return max((run.strip() for a, b in pairwise(borders) for run in _SPELT_DIFFERENTLY.split(self.text[a:b])), key=len)

    @property
    def page_shown(self) -> str | None:
        """The page, "4-5" for a span, None without pages."""
        return page_name(self.pages)

    @property
    def pages(self) -> tuple[int, int] | None:
        """First and last page; None where there are no pages."""
        return None if self.page is None else (self.page, self.last_page or self.page)


@dataclass(frozen=True)
class Passage:
    """Neighbouring sentences of one section, about as many as an answer needs around it; or a table with its caption.

    Attributes:
        reading: The reading's id.
        position: Its place among the reading's passages, from 0.
        first, end: Its sentences' positions, `end` excluded.
        text: The sentences, joined by a space within a paragraph and by a newline between paragraphs and rows.
        pages: First and last page; None where there are no pages.
        start_char: Offset of its first sentence in the text of that one's page.
        end_char: Offset behind its last sentence in the text of the page on which that one ends.
    """

    reading: str
    position: int
    first: int
    end: int
    text: str
    section: str
    kind: Kind
    pages: tuple[int, int] | None
    start_char: int = 0
    end_char: int = 0

    @property
    def page(self) -> str | None:
        """The page, "4-5" for a span, None without pages."""
        return page_name(self.pages)


def page_name(pages: tuple[int, int] | None) -> str | None:
    """A first and a last page as they are shown: "4", or "4-5"; None without pages."""
    if pages is None:
        return None
    first, last = pages
    return str(first) if first == last else f"{first}-{last}"


def make_passage(sentences: Sequence[Sentence], position: int) -> Passage:
    """The passage that consists of these sentences, which stand one after another in one section."""
    text = sentences[0].text + "".join(("\n" if s.opens_block else " ") + s.text for s in sentences[1:])
    pages = [page for s in sentences if s.pages is not None for page in s.pages]
    return Passage(
        reading=sentences[0].reading,
        position=position,
        first=sentences[0].position,
        end=sentences[-1].position + 1,
        text=text,
        section=sentences[0].section,
        kind=_kind(sentences),
        pages=(min(pages), max(pages)) if pages else None,
        start_char=sentences[0].start,
        end_char=sentences[-1].end,
    )


def _kind(sentences: Sequence[Sentence]) -> Kind:
    """The kind of most of its characters; a table's caption does not make it a caption."""
    sizes: dict[Kind, int] = {}
    for sentence in sentences:
        sizes[sentence.kind] = sizes.get(sentence.kind, 0) + len(sentence.text)
    if Kind.TABLE in sizes and Kind.PROSE not in sizes:
        return Kind.TABLE
    return max(sizes, key=lambda kind: sizes[kind])
