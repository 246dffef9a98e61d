"""Takes words, their places and the rules from a PDF by pdfium. Not safe in threads: readers run in worker processes.

pdfium is called through its C functions: pypdfium2's own objects cost as much as the reading. A word costs some five calls.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from common.errors import SourceError
from ingest.readers.layout.characters import deciphered, is_accent, mend
from ingest.readers.layout.page import Box, Page, Word
from ingest.readers.limits import Limits

# pdfium's signs (by code point, and in its text) for a hyphen at the end of a line; no line break follows it.
_HYPHENS = "\x02\ufffe"
_RUN = re.compile(f"[^\\x00-\\x20{_HYPHENS}]+[{_HYPHENS}]?|[{_HYPHENS}]")
_EXPONENT = re.compile(r"\d[\d−-]")
_MOST_OBJECTS = 4000  # a drawing can have 100,000; tables have less
# TeX's extension font names its glyphs by size and pdfium (159.0.8149, 2026-11) gives their codes as letters.
_EXTENSION = str.maketrans(dict(zip("PXQYRZhinopqrs", "∑∑∏∏∫∫[]{}√√√√", strict=True)))
# So it does with those of the symbol font whose names it does not know.
_SYMBOLS = str.maketrans(dict(zip("bcdehik", "⌊⌋⌈⌉⟨⟩∥", strict=True)))
_SIGN_FONTS = ("CMEX", "CMSY", "CMBSY", "MSAM")


def pdf_pages(path: Path, limits: Limits | None = None) -> list[Page]:
    """All pages.

    Raises:
        SourceError: pdfium cannot open the file, or a page of it (pypdf may, or can say why); or it is over a limit.
    """
    import pypdfium2

    limits = limits or Limits()
    pages: list[Page] = []
    chars = 0
    try:
        document = pypdfium2.PdfDocument(path)
        try:
            limits.check_pages(path.name, len(document))
            for number in range(len(document)):
                pages.append(page_at(document, number))
                chars += sum(len(word.text) + 1 for word in pages[-1].words)
                limits.check_chars(path.name, chars)
            return deciphered(pages)
        finally:
            document.close()
    except pypdfium2.PdfiumError as exc:
        raise SourceError(f"{path.name}: pdfium cannot read it ({exc}): get it again") from exc


def page_at(document: Any, number: int) -> Page:
    """One page of an open document, counted from 0; `deciphered` is not yet applied.

    Raises:
        PdfiumError: It cannot be read.
    """
    page = document[number]
    try:
        left, bottom, right, top = page.get_cropbox()
        rules, pictures = _drawn(page, top)
        with _text(page) as text:
            words = [word for word in _words(text, left, top) if word.text and not is_accent(word.text)]
    finally:
        page.close()
    return Page(number + 1, right - left, top - bottom, tuple(_marked(words, pictures, (right - left) * (top - bottom))), tuple(rules))


@contextmanager
def _text(page: Any) -> Iterator[Any]:
    text = page.get_textpage()
    try:
        yield text.raw
    finally:
        text.close()


def _words(raw: Any, left: float, top: float) -> Iterator[Word]:
    """Runs of characters between spaces, line breaks and hyphens at line ends, in the file's order."""
    text = _characters(raw)
    fonts = _Fonts(raw)
    for match in _RUN.finditer(text):
        start = match.start()
        before = text[start - 1 : start]
        # A space behind a line break is none: the gap decides there, and at the page's first word.
        spaced = before == " " and text[start - 2 : start - 1] not in ("\r", "\n", "")
        fonts.look(start)
        if len(match[0]) > 1 and fonts.name.upper().startswith(_SIGN_FONTS):
            # Other fonts follow without a space: a sum's limits its sign, a name its dagger.
            for n, character in enumerate(match[0]):
                fonts.look(start + n)
                yield _word(raw, character, start + n, spaced and not n, fonts, left, top)
            continue
        yield _word(raw, match[0], start, spaced, fonts, left, top)


def _characters(raw: Any) -> str:
    """All characters, each at pdfium's index for it."""
    import pypdfium2.raw as c

    count = c.FPDFText_CountChars(raw)
    buffer = (ctypes.c_ushort * (count + 1))()
    if c.FPDFText_GetText(raw, 0, count, buffer) == count + 1:
        return bytes(buffer).decode("utf-16-le", "surrogatepass")[:count] if max(buffer) < 0xD800 else "".join(map(chr, buffer[:count]))
    return "".join(chr(c.FPDFText_GetUnicode(raw, n)) for n in range(count))  # it left some out


def _word(raw: Any, text: str, start: int, spaced: bool, fonts: "_Fonts", left: float, top: float) -> Word:
    size, across, up = fonts.size, fonts.across, fonts.up
    x, y = fonts.x.value - left, fonts.y.value
    box = fonts.corner(start + len(text) - 1)
    text, length = text.replace("\ufffe", "-").replace("\x02", "-"), len(text)
    # A prime has no name of its own either, nor has the tick of AMS's font.
    if "CMEX" in fonts.name:
        text = "".join(ch for ch in mend(text.translate(_EXTENSION)) if not ch.isalnum())
    elif fonts.name.startswith("MSAM"):
        text = mend(text).replace("X", "✓")
    elif fonts.name.upper().startswith("CMSY"):
        text = "′" if text == "0" else mend(text).translate(_SYMBOLS)
    elif not text.isascii():
        text = mend(text)
    if len(text) == length > 1 and _EXPONENT.search(text):
        text = _with_exponents(raw, text, start)
    if abs(up) < 0.5:
        return Word(text, x, box.right - left, top - y, size, fonts.name, fonts.bold, spaced)
    ends = [across * px + up * py for px in (box.left - left, box.right - left) for py in (box.bottom, box.top)]
    begin = across * x + up * y
    return Word(text, begin, max(begin, *ends), up * x - across * y, size, fonts.name, fonts.bold, spaced, turned=True)


def _with_exponents(raw: Any, text: str, start: int) -> str:
    """Marks raised digits behind digits: 10 and 18 above it are 10^18, not 1018."""
    import pypdfium2.raw as c

    size = c.FPDFText_GetFontSize
    x, y, base = ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    for n in range(1, len(text)):
        if text[n - 1].isdigit() and (text[n].isdigit() or text[n] in "-−") and size(raw, start + n) < 0.85 * size(raw, start + n - 1):
            c.FPDFText_GetCharOrigin(raw, start + n - 1, x, base)
            c.FPDFText_GetCharOrigin(raw, start + n, x, y)
            if y.value - base.value > 0.15 * size(raw, start + n - 1):
                return text[:n] + "^" + text[n:]
    return text


class _Fonts:
    """The font, size, place and direction of one character at a time, in buffers that are used again."""

    def __init__(self, raw: Any) -> None:
        import pypdfium2.raw as c

        self._c = c
        self._raw = raw
        self._buffer = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._names: dict[bytes, tuple[str, bool]] = {}
        self._matrix = c.FS_MATRIX()
        self._box = c.FS_RECTF()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.size, self.across, self.up = 0.0, 1.0, 0.0  # its font's height, and the direction of its line, of length 1
        self.name = ""
        self.bold = False

    def look(self, n: int) -> None:
        """Take character `n` in."""
        c, raw, matrix = self._c, self._raw, self._matrix
        c.FPDFText_GetMatrix(raw, n, matrix)
        c.FPDFText_GetCharOrigin(raw, n, self.x, self.y)
        size = c.FPDFText_GetFontSize(raw, n)
        length = c.FPDFText_GetFontInfo(raw, n, self._buffer, 128, self._flags)
        name = self._buffer.raw[: max(min(length, 128) - 1, 0)]
        if name not in self._names:
            self._names[name] = _font(name.decode("utf-8", "replace"))
        self.name, self.bold = self._names[name]
        scale = math.hypot(matrix.a, matrix.b) or 1.0
        self.size = size * (math.hypot(matrix.c, matrix.d) or 1.0)
        self.across, self.up = matrix.a / scale, matrix.b / scale

    def corner(self, n: int) -> Any:
        """The box of character `n`, as wide as it advances."""
        self._c.FPDFText_GetLooseCharBox(self._raw, n, self._box)
        return self._box


def _font(name: str) -> tuple[str, bool]:
    """(name without the subset's prefix, is it bold?)"""
    plain = name.split("+", 1)[-1]
    low = plain.lower()
    bold = any(mark in low for mark in ("bold", "medi", "black", "heavy", "cmbx", "cmssbx", "sfbx", "demi")) or low.endswith("-b")
    return plain, bold


def _drawn(page: Any, top: float) -> tuple[list[Box], list[Box]]:
    """(horizontal rules, pictures)"""
    import pypdfium2.raw as c

    left = page.get_cropbox()[0]
    rules: list[Box] = []
    pictures: list[Box] = []
    x0, y0, x1, y1 = (ctypes.c_float() for _ in range(4))
    for n in range(min(c.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        item = c.FPDFPage_GetObject(page.raw, n)
        kind = c.FPDFPageObj_GetType(item)
        if kind == c.FPDF_PAGEOBJ_TEXT or not c.FPDFPageObj_GetBounds(item, x0, y0, x1, y1):
            continue
        box = Box(x0.value - left, top - y1.value, x1.value - left, top - y0.value)
        # Some programs draw a rule as a picture of one dot.
        if kind in (c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE) and box.y1 - box.y0 <= 2.5 and box.x1 - box.x0 >= 30:
            rules.append(box)
        elif kind in (c.FPDF_PAGEOBJ_FORM, c.FPDF_PAGEOBJ_IMAGE):
            pictures.append(box)
    return sorted(rules, key=lambda r: r.y0), pictures


def _marked(words: list[Word], pictures: list[Box], area: float) -> list[Word]:
    """Words in pictures marked as drawn; a picture that is most of the page, or holds most of its words, is the page itself."""
    small = [p for p in pictures if 0.005 * area < (p.x1 - p.x0) * (p.y1 - p.y0) < 0.8 * area]
    inside = [not w.turned and any(p.holds((w.x0 + w.x1) / 2, w.y - 0.3 * w.size) for p in small) for w in words]
    if sum(inside) > 0.7 * len(words):
        return words
    return [replace(word, drawn=True) if drawn else word for word, drawn in zip(words, inside, strict=True)]
