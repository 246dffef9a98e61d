"""From a file's bytes to blocks of text. One file a format; `read` picks by content and suffix.

Readers run in worker processes (see `ingest.sync`), so nothing here touches the index or the settings.
A new format is a new module with a `read_<format>(path) -> Document` and a line in `_READERS`.
"""

from collections.abc import Callable
from pathlib import Path

from common.errors import SourceError
from ingest.documents import Document
from ingest.readers.markdown import read_markdown
from ingest.readers.pdf import read_pdf

VERSION = 5  # part of the pipeline fingerprint: raise it when readers give other text for the same bytes

_READERS: dict[str, Callable[[Path], Document]] = {
    ".pdf": read_pdf,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_markdown,
}


def read(path: Path) -> Document:
    """The text of a file.

    Raises:
        SourceError: The file cannot be read as what its name says; the message gives the reason.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise SourceError(f"{path.name}: files of type {path.suffix or '(none)'} are not read; use {', '.join(_READERS)}")
    try:
        document = reader(path)
    except OSError as exc:
        raise SourceError(f"{path.name}: {exc.strerror or exc}") from exc
    if not any(block.text for block in document.blocks):
        raise SourceError(f"{path.name}: there is no text in it (a scan?): run it through OCR, such as ocrmypdf, and add it again")
    return document
