"""Sets invented pages: words with places, every character half as wide as high."""

from dataclasses import replace

from ingest.documents import Block, Document, Kind
from ingest.readers.layout import read_layout
from ingest.readers.layout.page import Box, Page, Word

BODY = "Serif-Regular"


def words(text: str, x: float, y: float, size: float = 10.0, *, font: str = BODY, bold: bool = False) -> list[Word]:
    """One line of words."""
    found = []
    for token in text.split(" "):
        width = 0.5 * size * len(token)
        if token:
            found.append(Word(token, x, x + width, y, size, font, bold))
        x += width + 0.25 * size
    return found


def row(cells: list[tuple[float, str]], y: float, size: float = 10.0) -> list[Word]:
    """A row of a table: each cell at its own place."""
    return [replace(word, spaced=True) for x, text in cells for word in words(text, x, y, size)]


class Sheet:
    """A page in the making: lines go down from the top, 12 points apart."""

    def __init__(self, number: int = 1, x: float = 100.0, y: float = 60.0) -> None:
        self.number, self.x, self.y = number, x, y
        self.words: list[Word] = []
        self.rules: list[Box] = []

    def line(self, text: str, *, size: float = 10.0, indent: float = 0.0, font: str = BODY, bold: bool = False) -> "Sheet":
        self.words += words(text, self.x + indent, self.y, size, font=font, bold=bold)
        self.y += 1.2 * size
        return self

    def heading(self, text: str) -> "Sheet":
        self.y += 10
        self.line(text, size=12.0, bold=True, font="Serif-Bold")
        self.y += 6
        return self

    def prose(self, count: int = 3, topic: str = "ants") -> "Sheet":
        """A paragraph of full lines, the first one indented."""
        for n in range(count):
            end = "." if n == count - 1 else ""
            self.line(f"line {n} says of {topic} what there is to say about them and fills the measure{end}", indent=0.0 if n else 15.0)
        return self

    def skip(self, points: float) -> "Sheet":
        self.y += points
        return self

    def rule(self, x0: float = 100.0, x1: float = 480.0) -> "Sheet":
        self.rules.append(Box(x0, self.y - 8, x1, self.y - 7.5))
        self.y += 4
        return self

    def row(self, *cells: tuple[float, str], size: float = 10.0) -> "Sheet":
        self.words += row(list(cells), self.y, size)
        self.y += 1.2 * size
        return self

    def page(self) -> Page:
        return Page(self.number, 612.0, 792.0, tuple(self.words), tuple(self.rules))


def read(*sheets: Sheet) -> Document:
    return read_layout([sheet.page() for sheet in sheets])


def texts(document: Document, kind: Kind) -> list[str]:
    return [block.text for block in document.blocks if block.kind is kind]


def block(document: Document, start: str) -> Block:
    """The block that begins so."""
    return next(b for b in document.blocks if b.text.startswith(start))
