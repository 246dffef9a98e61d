"""Layout: from words with places to a document with structure. Pure; every rule is about how papers are typeset, none about a paper.

words -> lines -> without furniture -> floats, headings, formulas, paragraphs -> joined over pages -> Document, with the imprint
"""

from collections.abc import Sequence

from ingest.documents import Document
from ingest.readers.layout.assembly import document_of, with_imprint
from ingest.readers.layout.characters import mend
from ingest.readers.layout.furniture import imprint_of, without_furniture
from ingest.readers.layout.lines import lines_of
from ingest.readers.layout.page import Page, Word
from ingest.readers.layout.paragraphs import vocabulary
from ingest.readers.layout.structure import items_of
from ingest.readers.layout.style import style_of, without_false_pictures


def read_layout(pages: Sequence[Page]) -> Document:
    """The document that these pages show."""
    all_lines = [lines_of(page) for page in pages]
    lines = without_furniture(pages, all_lines)
    imprint = [line.text for line in imprint_of(all_lines[0], lines[0])] if pages else []
    style = style_of(lines)
    lines = [without_false_pictures(page, style) for page in lines]
    words = vocabulary(line for page in lines for line in page)
    return with_imprint(document_of(items_of(pages, lines, style, words), len(pages), words, style), imprint)


def page_of_text(number: int, text: str) -> Page:
    """A page of which only the text is known: every line on its own height, an empty one a gap, every character as wide."""
    words: list[Word] = []
    y = 0.0
    for line in mend(text).split("\n"):
        y += 12.0
        x = 0.0
        for token in line.split():
            words.append(Word(token, x, x + 5.0 * len(token), y, 10.0))
            x += 5.0 * (len(token) + 1)
    return Page(number, max((w.x1 for w in words), default=500.0), y + 24.0, tuple(words))
