"""Reads PDFs by pypdf: page texts, mended to what a person would read."""

import logging
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from common.errors import SourceError
from ingest.documents import Document
from ingest.readers.layout import blocks_of_pages

# Damaged cross references and fonts are pypdf's to mend; a person cannot act on its warnings.
logging.getLogger("pypdf").setLevel(logging.ERROR)


def read_pdf(path: Path) -> Document:
    """The blocks of a PDF, with the page of each.

    Raises:
        SourceError: It is no PDF, empty, encrypted, broken or without text.
    """
    if path.stat().st_size == 0:
        raise SourceError(f"{path.name}: the file is empty: get it again")
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise SourceError(f"{path.name}: not a PDF, whatever its name says: get the file itself again")
    try:
        reader = PdfReader(path)
        # Owner-protected files open with the empty user password, as any viewer opens them.
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError(f"{path.name}: encrypted: save a copy without a password and add that")
        pages = [page.extract_text() for page in reader.pages]
    except SourceError:
        raise
    except DependencyError as exc:
        raise SourceError(f"{path.name}: encrypted in a way that needs the package cryptography: save a copy without a password") from exc
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError, NotImplementedError) as exc:
        # pypdf (7.1, 2026-11) lets these builtin errors out on damaged files, besides its own.
        raise SourceError(f"{path.name}: damaged, cannot be read ({type(exc).__name__}: {exc}): get it again") from exc
    if not pages:
        raise SourceError(f"{path.name}: the PDF has no pages: get it again")
    return Document(tuple(blocks_of_pages(pages)), pages=len(pages))
