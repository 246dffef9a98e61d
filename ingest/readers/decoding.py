"""From the bytes of a text file to its characters, or a clear reason why not."""

import codecs
import re
from pathlib import Path

from common.errors import SourceError

# The first bytes of files that are often given a wrong name.
_OTHERS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u00ad": None, "\u200b": None, "\ufeff": None})


def read_text(path: Path, declared: str | None = None) -> str:
    """The characters of a text file: by its byte order mark, then as `declared`, then as UTF-8. Never guessed.

    Args:
        path: A file of a size that has been checked.
        declared: The charset that the file itself names, if its format can.

    Raises:
        SourceError: It is another kind of file, or not in that encoding.
    """
    return decode(path.read_bytes(), path.name, declared)


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """As `read_text`, from bytes."""
    for start, kind in _OTHERS:
        if data.startswith(start):
            raise SourceError(f"{name}: {kind}, whatever its name says: give it the right ending, or get the file itself again")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, name)
    return _decoded(data, declared or "utf-8", name)


def tidy(text: str) -> str:
    """Text without what no reader should meet: NULs, control characters, lone surrogates, soft hyphens; plain spaces, one line end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\v", "\n")
    return _CONTROL.sub("", text.translate(_SPACES))


def _decoded(data: bytes, encoding: str, name: str) -> str:
    # What browsers do (WHATWG Encoding, section 4.2): these names mean the Windows code page that contains them.
    encoding = "cp1252" if re.fullmatch(r"(?i)(iso[-_]?8859[-_]?1|latin[-_]?1|l1|us-ascii|ascii)", encoding) else encoding
    try:
        text = data.decode(encoding)
    except UnicodeError as exc:
        shown = encoding.upper()
        raise SourceError(f"{name}: not {shown} text: save it as UTF-8 and try again") from exc
    except (LookupError, ValueError) as exc:
        raise SourceError(f"{name}: its charset {encoding[:40]!r} is not known: save it as UTF-8 and try again") from exc
    if text.count("\x00") > len(text) // 100:
        raise SourceError(f"{name}: binary data, whatever its name says: get the file itself again")
    return text
