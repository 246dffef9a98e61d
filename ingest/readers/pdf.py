"""Reads PDFs: pdfium for words and their places, pypdf for what pdfium cannot open, and for the reason why.

pdfium gives the same words as pypdf, tells where they stand, and is five to thirty times as fast (docs/reading.md has the figures).
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from common.errors import SourceError
from ingest.arxiv_ids import ArxivId, stamp_of
from ingest.documents import Document
from ingest.readers.layout import page_of_text, read_layout
from ingest.readers.layout.lines import lines_of
from ingest.readers.layout.page import Page
from ingest.readers.limits import Limits
from ingest.readers.pdfium import pdf_pages
from ingest.readers.slides import blocks_of_slides, is_deck

if TYPE_CHECKING:
    from pypdf import PdfReader

# Damaged cross references and fonts are pypdf's to mend; a person cannot act on its warnings.
logging.getLogger("pypdf").setLevel(logging.ERROR)


def read_pdf(path: Path, limits: Limits | None = None) -> Document:
    """The blocks of a PDF, with the place of each.

    Raises:
        SourceError: It is no PDF, empty, encrypted, broken or without text.
    """
    limits = limits or Limits()
    if path.stat().st_size == 0:
        raise SourceError(f"{path.name}: the file is empty: get it again")
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise SourceError(f"{path.name}: not a PDF, whatever its name says: get the file itself again")
    try:
        pages, placed = pdf_pages(path, limits), True
    except SourceError:
        pages, placed = [page_of_text(number, text) for number, text in enumerate(pypdf_texts(path, limits), start=1)], False
    if not pages:
        raise SourceError(f"{path.name}: the PDF has no pages: get it again")
    texts = ["\n".join(line.text for line in lines_of(page)) for page in pages]
    if placed and is_deck([(page.width, page.height) for page in pages], texts):
        return Document(tuple(blocks_of_slides(texts)), pages=len(pages))
    return replace(read_layout(pages), stamp=_stamp(pages[0]))


def _stamp(page: Page) -> ArxivId | None:
    """What arXiv has stamped on the first page's margin; its words come in one run, wherever they stand in the file."""
    return stamp_of(" ".join(word.text for word in page.words))


def pypdf_texts(path: Path, limits: Limits | None = None) -> list[str]:
    """The text of each page by pypdf, lines as the PDF has them.

    Raises:
        SourceError: The file is encrypted or broken.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    limits = limits or Limits()
    try:
        reader = PdfReader(path)
        # Owner-protected files open with the empty user password, as any viewer opens them.
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError(f"{path.name}: encrypted: save a copy without a password and add that")
        limits.check_pages(path.name, len(reader.pages))
        return list(_texts(path.name, reader, limits))
    except SourceError:
        raise
    except DependencyError as exc:
        raise SourceError(f"{path.name}: encrypted in a way that needs the package cryptography: save a copy without a password") from exc
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError, NotImplementedError) as exc:
        # pypdf (7.1, 2026-11) lets these builtin errors out on damaged files, besides its own.
        raise SourceError(f"{path.name}: damaged, cannot be read ({type(exc).__name__}: {exc}): get it again") from exc


def _texts(name: str, reader: "PdfReader", limits: Limits) -> Iterator[str]:
    """Page texts, until there are too many characters: what is compressed may be a bomb."""
    chars = 0
    for page in reader.pages:
        text = page.extract_text()
        chars += len(text)
        limits.check_chars(name, chars)
        yield text
