"""From a file's bytes to blocks of text. One file a format; `read` picks by suffix, each reader checks the content.

Readers run in worker processes with limits (`ingest.extraction`), so nothing here touches the index.
A new format is a new module with a `read_<format>(path, limits) -> Document` and a branch in `_reader`; it is imported
only where such a file is read, so that the parent process never pays for parsers.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from common.errors import ScanError, SourceError
from ingest.documents import Block, Document
from ingest.readers.limits import Limits

VERSION = 10  # part of the pipeline fingerprint: raise it when readers give other text for the same bytes

_LONGEST_BLOCK = 20_000  # characters; the longest paragraph of the papers that Lector was tried on has a quarter of that

SUFFIXES = (".pdf", ".md", ".markdown", ".txt", ".html", ".htm", ".xhtml")


def read(path: Path, limits: Limits | None = None) -> Document:
    """The text of a file.

    Args:
        path: The file; its suffix says what it is, and its content must agree.
        limits: The most that it may hold; None: anything.

    Raises:
        ScanError: A PDF without text, which OCR may read.
        SourceError: The file cannot be read as what its name says, or is too large; the message gives the reason.
    """
    limits = limits or Limits()
    reader = _reader(path.suffix.lower())
    if reader is None:
        raise SourceError(f"{path.name}: files of type {path.suffix or '(none)'} are not read; use {', '.join(SUFFIXES)}")
    limits.check_file(path)
    try:
        document = reader(path, limits)
    except OSError as exc:
        raise SourceError(f"{path.name}: {exc.strerror or exc}") from exc
    except RecursionError as exc:
        raise SourceError(f"{path.name}: nested deeper than any real document: get it again, or print it to PDF") from exc
    if not any(block.text for block in document.blocks):
        if document.pages:
            reason = f"{path.name}: there is no text in it (a scan?): run it through OCR, such as ocrmypdf, and add it again"
            raise ScanError(reason, document.pages)
        raise SourceError(f"{path.name}: there is no text in it: get it again")
    limits.check_blocks(path.name, document.blocks)
    return replace(document, blocks=tuple(piece for block in document.blocks for piece in _in_pieces(block)))


def _reader(suffix: str) -> Callable[[Path, Limits], Document] | None:
    if suffix == ".pdf":
        from ingest.readers.pdf import read_pdf

        return read_pdf
    if suffix in (".md", ".markdown"):
        from ingest.readers.markdown import read_markdown

        return lambda path, _limits: read_markdown(path)
    if suffix == ".txt":
        from ingest.readers.text import read_plain_text

        return lambda path, _limits: read_plain_text(path)
    if suffix in (".html", ".htm", ".xhtml"):
        from ingest.readers.html import read_html

        return lambda path, _limits: read_html(path)
    return None


def _in_pieces(block: Block) -> Iterator[Block]:
    """A block of a length that a person could have written; what is longer is cut at spaces."""
    text, start = block.text, 0
    while len(text) - start > _LONGEST_BLOCK:
        end = text.rfind(" ", start + _LONGEST_BLOCK // 2, start + _LONGEST_BLOCK) + 1 or start + _LONGEST_BLOCK
        yield _part(block, start, start + len(text[start:end].rstrip()))
        start = end
    yield _part(block, start, len(text)) if start else block


def _part(block: Block, start: int, end: int) -> Block:
    """Some characters of a block, which still know where they stand."""
    pieces = [p for n, p in enumerate(block.pieces) if p.at < end and (n + 1 == len(block.pieces) or block.pieces[n + 1].at > start)]
    shifted = (replace(p, at=max(p.at - start, 0), start=p.start + max(start - p.at, 0)) for p in pieces)
    cuts = tuple(cut - start for cut in block.cuts if start < cut < end)
    return replace(block, text=block.text[start:end], pieces=tuple(shifted), cuts=cuts)
