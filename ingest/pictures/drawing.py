"""Draws a page with its quote marked, in a worker process: pdfium draws, Pillow marks and packs.

A picture is a palette PNG: a page of text has a tenth of the colours' bytes so, and its edges stay sharp.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from common.errors import SourceError
from ingest.pictures.alignment import Alignment, Found, align
from ingest.pictures.marks import marks_of
from ingest.pictures.picture import Header
from ingest.processes import Border, limit
from ingest.readers.layout.characters import deciphered
from ingest.readers.layout.lines import lines_of
from ingest.readers.layout.page import Box, Page
from ingest.readers.limits import Limits
from ingest.readers.pdfium import page_at

if TYPE_CHECKING:
    from PIL.Image import Image

VERSION = 1  # part of a picture's key: raise it when the same page would be drawn otherwise

_YELLOW = (255, 236, 130)  # multiplied with the page: black stays black
_MARGIN = 1.0  # points around a mark
_COLOURS = 64  # greys of text, the same marked, and some for figures
_SMALLER = 0.8  # of the size before, where a picture has too many bytes
_TRIES = 5
_MOST_PAGES = 4  # that a quote can span

Answer = tuple[Literal["drawn", "refused"], str]


@dataclass(frozen=True)
class Order:
    """What to draw.

    Attributes:
        path: The file to draw.
        name: What people know it by.
        sha256: Of what should be in it; None: it is not looked at.
        page: 1-based; None: the one of `pages` that holds most of the quote.
        pages: First and last page of what was cited.
        quote: To be marked; "" for none.
        height_px, width_px: The most that the picture may have.
        max_bytes: The same, of the PNG.
        max_mb: Of the file.
        memory_mb, cpu_s: What drawing may cost.
        target: Where the picture is written to: a line of JSON (see `Header`), then the PNG.
    """

    path: Path
    name: str
    sha256: str | None
    page: int | None
    pages: tuple[int, int]
    quote: str
    height_px: int
    width_px: int
    max_bytes: int
    max_mb: float
    memory_mb: int
    cpu_s: float
    target: Path


def draw(order: Order) -> Answer:
    """Draw into the order's target; called in a process that ends after it."""
    border = Border(order.name, order.memory_mb)
    with border:
        limit(order.memory_mb, order.cpu_s)
        header, png = drawn(order)
        order.target.write_bytes(header.packed() + png)
    return ("refused", border.refusal) if border.refusal else ("drawn", "")


def drawn(order: Order) -> tuple[Header, bytes]:
    """The picture.

    Raises:
        SourceError: The file or the page is not there, has changed, or cannot be drawn.
    """
    import pypdfium2

    Limits(max_mb=order.max_mb).check_file(order.path)
    data = order.path.read_bytes()
    if order.sha256 is not None and hashlib.sha256(data).hexdigest() != order.sha256:
        raise SourceError(f"{order.name}: the file has been changed since it was indexed: run a sync, then ask again")
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            return _drawn(document, order)
        finally:
            document.close()
    except pypdfium2.PdfiumError as exc:
        raise SourceError(f"{order.name}: the page cannot be drawn ({exc})") from exc


def _drawn(document: Any, order: Order) -> tuple[Header, bytes]:
    count = len(document)
    first, last = order.pages
    numbers = [n for n in range(first, min(last, first + _MOST_PAGES - 1) + 1) if n <= count]
    found, marks = Found.NOT, dict[int, list[Box]]()
    if order.quote and numbers:
        found, marks = find_marks(document, numbers, order.quote)
    number = order.page or max(marks, key=lambda n: sum(b.x1 - b.x0 for b in marks[n]), default=first)
    if not 1 <= number <= count:
        raise SourceError(f"{order.name}: there is no page {number}, it has {count}: the file has been replaced by another version")
    page = document[number - 1]
    try:
        png = _png(page, marks.get(number, []), order)
    finally:
        page.close()
    return Header(number, count, found, bool(marks.get(number))), png


def find_marks(document: Any, numbers: Sequence[int], quote: str) -> tuple[Found, dict[int, list[Box]]]:
    """How well a quote is found on these pages (1-based) of an open document, and its marks by page, from the page's top left."""
    pages = deciphered([page_at(document, n - 1) for n in numbers])
    alignment = _aligned(pages, quote)
    marks: dict[int, list[Box]] = {}
    start = 0
    for page in pages:
        held = [(n - start, page.words[n - start]) for n in alignment.words if start <= n < start + len(page.words)]
        start += len(page.words)
        if held:
            with_top = document[page.number - 1]
            marks[page.number] = marks_of(held, with_top.get_cropbox()[3])
            with_top.close()
    return alignment.found, marks


def _aligned(pages: Sequence[Page], quote: str) -> Alignment:
    """In the file's order, else line by line as the reader takes them, else by height as the eye does."""
    words = [word for page in pages for word in page.words]
    alignment = align(quote, [word.text for word in words])
    if alignment.found is Found.EXACT:
        return alignment
    numbers = {id(word): n for n, word in enumerate(words)}
    by_line = [numbers[id(w)] for page in pages for line in lines_of(page) for w in line.words if id(w) in numbers]
    by_height: list[int] = []
    for page in pages:
        by_height += [numbers[id(w)] for w in sorted(page.words, key=lambda w: (round(w.y / 4), w.x0))]
    other = align(quote, [word.text for word in words], [by_line, by_height])
    return other if other.share > alignment.share else alignment


def _png(page: Any, marks: Sequence[Box], order: Order) -> bytes:
    """The page as PNG, as large as it may be."""
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise SourceError(f"{order.name}: the page has no size")
    scale = min(order.height_px / height, order.width_px / width)
    for _ in range(_TRIES):
        png = _packed(_marked(page, marks, scale))
        if len(png) <= order.max_bytes:
            return png
        scale *= _SMALLER
    raise SourceError(f"{order.name}: the picture of the page is larger than pages.max_kb allows")


def _marked(page: Any, marks: Sequence[Box], scale: float) -> "Image":
    from PIL import Image, ImageChops, ImageDraw  # here, so that the parent, which names `draw`, does not pay for it

    # Annotations are readers' own notes, and frames around links.
    bitmap = page.render(scale=scale, draw_annots=False, rev_byteorder=True)
    image: Image.Image = bitmap.to_pil().convert("RGB")
    if not marks:
        return image
    mask = Image.new("L", image.size)
    for mark in marks:
        ImageDraw.Draw(mask).rounded_rectangle(_on_picture(page, mark, image.size), radius=max(2.0, scale), fill=255)
    return Image.composite(ImageChops.multiply(image, Image.new("RGB", image.size, _YELLOW)), image, mask)


def _on_picture(page: Any, mark: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """A box of the page in the picture's pixels, whichever way the page is turned."""
    import ctypes

    import pypdfium2.raw as c

    left, _, _, top = page.get_cropbox()
    corners: list[tuple[int, int]] = []
    for x, y in ((mark.x0 - _MARGIN, mark.y0 - _MARGIN), (mark.x1 + _MARGIN, mark.y1 + _MARGIN)):
        px, py = ctypes.c_int(), ctypes.c_int()
        c.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, left + x, top - y, px, py)
        corners.append((px.value, py.value))
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _packed(image: "Image") -> bytes:
    from PIL.Image import Dither, Quantize

    buffer = io.BytesIO()
    image.quantize(_COLOURS, method=Quantize.FASTOCTREE, dither=Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
