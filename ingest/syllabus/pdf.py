"""PDFs: words with their places, ruling lines and links by pdfium; `pdf_layout` makes blocks of them."""

import ctypes
from pathlib import Path
from typing import TYPE_CHECKING, Any

from common.errors import SourceError
from ingest.syllabus.document import Source
from ingest.syllabus.pdf_layout import PageInk, Rule, Word, blocks_of

if TYPE_CHECKING:
    import pypdfium2

_MOST_PAGES = 60  # of a syllabus
_NAME_BYTES = 256


def read_pdf(path: Path) -> Source:
    """The blocks of a PDF: tables by their ruling lines or their aligned columns, headings by their type size.

    Raises:
        SourceError: It is no PDF, encrypted, damaged or without text.
    """
    import pypdfium2

    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise SourceError(f"{path.name}: not a PDF, whatever its name says: get the file itself again")
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as exc:
        if "password" in str(exc).lower() or "security" in str(exc).lower():
            raise SourceError(f"{path.name}: encrypted: save a copy without a password and read that") from exc
        raise SourceError(f"{path.name}: damaged, cannot be read ({exc}): get it again") from exc
    try:
        pages = [_ink(document, number) for number in range(min(len(document), _MOST_PAGES))]
        title = str(document.get_metadata_dict().get("Title", "")).strip()
    except pypdfium2.PdfiumError as exc:
        raise SourceError(f"{path.name}: damaged, cannot be read ({exc}): get it again") from exc
    finally:
        document.close()
    if not any(page.words for page in pages):
        raise SourceError(f"{path.name}: there is no text in it (a scan?): run it through OCR, such as ocrmypdf, and try again")
    return Source(path.name, title if len(title.split()) > 1 else "", (), tuple(blocks_of(pages)))


def _ink(document: "pypdfium2.PdfDocument", number: int) -> PageInk:
    page = document[number]
    try:
        return PageInk(tuple(_words(page, _links(document, page))), tuple(_rules(page)))
    finally:
        page.close()


def _words(page: "pypdfium2.PdfPage", links: list[tuple[tuple[float, float, float, float], str]]) -> list[Word]:
    """Words in the order of the file; y grows downwards from the page's top."""
    import pypdfium2.raw as pdfium

    height = page.get_height()
    text = page.get_textpage()
    words: list[Word] = []
    letters: list[tuple[str, float, float, float, float]] = []
    size, bold = 0.0, False

    def end() -> None:
        if letters:
            x0, x1 = min(x[1] for x in letters), max(x[3] for x in letters)
            top, bottom = min(x[2] for x in letters), max(x[4] for x in letters)
            middle = ((x0 + x1) / 2, (top + bottom) / 2)
            href = next((url for (a, b, c, d), url in links if a <= middle[0] <= c and b <= middle[1] <= d), None)
            words.append(Word("".join(x[0] for x in letters), x0, top, x1, bottom, size, bold, href))
            letters.clear()

    box = pdfium.FS_RECTF()
    for n in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, n)
        letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if not letter or letter.isspace() or code in (0xFFFE, 0xFFFF):
            end()
            continue
        pdfium.FPDFText_GetLooseCharBox(text, n, box)
        place = (letter, box.left, height - box.top, box.right, height - box.bottom)
        if place[3] <= place[1] and place[4] <= place[2]:
            continue
        here = pdfium.FPDFText_GetFontSize(text, n)
        if letters and (
            place[1] - letters[-1][3] > 0.25 * max(here, 4)
            or place[1] < letters[-1][1] - 1
            or abs(place[4] - letters[-1][4]) > 0.5 * max(here, 4)
        ):
            end()
        if not letters:
            size, bold = max(place[4] - place[2], 1.0), _is_bold(text, n)
        letters.append(place)
    end()
    text.close()
    return words


def _is_bold(text: Any, n: int) -> bool:
    import pypdfium2.raw as pdfium

    name = ctypes.create_string_buffer(_NAME_BYTES)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, n, name, _NAME_BYTES, ctypes.byref(flags))
    font = name.value.decode("utf-8", "ignore").lower()
    return pdfium.FPDFText_GetFontWeight(text, n) >= 600 or any(
        mark in font for mark in ("bold", "black", "heavy", "semibold", "cmbx", "-bd")
    )


def _links(document: "pypdfium2.PdfDocument", page: "pypdfium2.PdfPage") -> list[tuple[tuple[float, float, float, float], str]]:
    import pypdfium2.raw as pdfium

    found = []
    height = page.get_height()
    position, link, area = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    while pdfium.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
        action = pdfium.FPDFLink_GetAction(link)
        size = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        if size and pdfium.FPDFLink_GetAnnotRect(link, ctypes.byref(area)):
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
            found.append(((area.left, height - area.top, area.right, height - area.bottom), buffer.value.decode("utf-8", "ignore")))
    return found


def _rules(page: "pypdfium2.PdfPage") -> list[Rule]:
    """Straight lines and the edges of boxes, level or upright."""
    import pypdfium2.raw as pdfium

    height = page.get_height()
    rules: list[Rule] = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        matrix = item.get_matrix()
        points: list[tuple[float, float]] = []
        start: tuple[float, float] | None = None
        for n in range(min(pdfium.FPDFPath_CountSegments(item), 2000)):
            segment = pdfium.FPDFPath_GetPathSegment(item, n)
            x, y = ctypes.c_float(), ctypes.c_float()
            pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            at = matrix.on_point(x.value, y.value)
            point = (at[0], height - at[1])
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO and points:
                _add(rules, points[-1], point)
            points.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
                _add(rules, point, start)
    return rules


def _add(rules: list[Rule], a: tuple[float, float], b: tuple[float, float]) -> None:
    if abs(a[1] - b[1]) < 1.5 and abs(a[0] - b[0]) > 8:
        rules.append(Rule(True, (a[1] + b[1]) / 2, min(a[0], b[0]), max(a[0], b[0])))
    elif abs(a[0] - b[0]) < 1.5 and abs(a[1] - b[1]) > 4:
        rules.append(Rule(False, (a[0] + b[0]) / 2, min(a[1], b[1]), max(a[1], b[1])))
