"""Scanned pages through the real ocrmypdf, where it is installed."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A5
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from common.errors import SourceError
from common.settings import Extraction
from ingest.extraction import Extractor
from ingest.readers import ocr, read
from ingest.readers.pdf import read_pdf

SETTINGS = Extraction(workers=2)
SAID = "A hive of bees makes 27 kilograms of honey a year."
needs_ocr = pytest.mark.skipif(bool(ocr.missing_programs()), reason=f"needs {', '.join(ocr.missing_programs())} (OCR)")


def picture(*lines: str) -> ImageReader:
    image = Image.new("L", (1000, 1400), 255)
    draw = ImageDraw.Draw(image)
    for n, line in enumerate(lines):
        draw.text((60, 80 + 70 * n), line, fill=0, font=ImageFont.load_default(34))
    return ImageReader(image)


def scan(*pages: tuple[str, ...], typed: str = "", over: bool = False) -> bytes:
    """A PDF of pictures of text, and a line of `typed` text on each page: below the picture, or over it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A5, invariant=1)
    width, height = A5
    for lines in pages:
        canvas.drawImage(picture(*lines), 0, 0.1 * height, width, 0.9 * height)
        canvas.setFont("Helvetica", 5)
        for n, line in enumerate(typed.split("\n")):
            canvas.drawString(10, (0.3 if over else 0.05) * height - 6 * n, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def extracted(path: Path, folder: Path, settings: Extraction = SETTINGS) -> dict[int, str]:
    with Extractor(settings, folder) as extractor:
        document = extractor.submit(path).result(timeout=300)
    pages: dict[int, str] = dict.fromkeys(range(1, document.pages + 1), "")
    for block in document.blocks:
        pages[block.page or 0] += f"{block.text} "
    return pages


def test_which_pages_are_pictures_of_text(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    for made, pages, scanned in (
        (scan((SAID,), (SAID,)), [1, 2], True),
        (scan((SAID,), typed="https://example.org/page 1 of 1"), [1], True),
        (scan((SAID,), typed="https://example.org/a-rather-long-address/of-some-page.html, printed in the spring of 2024"), [1], False),
        (
            scan((SAID,), typed="Words over a background picture, as many slides have them, are no scan of text at all.", over=True),
            [],
            False,
        ),
        (scan((), typed="Short."), [1], True),
    ):
        file.write_bytes(made)
        document = read_pdf(file)
        assert (ocr.scanned_pages(file, document), ocr.is_scan(document)) == (pages, scanned)


def test_a_real_paper_has_no_scanned_page(shared: Path) -> None:
    path = shared / "papers" / "2309.11495.pdf"  # has pages of figures with a caption each
    assert ocr.scanned_pages(path, read_pdf(path)) == []


@needs_ocr
def test_a_scan_is_read_once_and_keeps_its_pages(tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(scan((SAID,), ("An owl hears a mouse", "under deep snow.")))
    data = tmp_path / "data"
    pages = extracted(file, data)
    assert SAID in pages[1]
    assert "An owl hears a mouse under deep snow." in pages[2]
    (copy,) = (data / "ocr").iterdir()
    before = copy.stat().st_mtime_ns
    (tmp_path / "other name.pdf").write_bytes(file.read_bytes())
    assert extracted(tmp_path / "other name.pdf", data) == pages
    assert [c.stat().st_mtime_ns for c in (data / "ocr").iterdir()] == [before]
    assert list(data.glob(".reading-*")) == []


@needs_ocr
def test_a_printout_of_a_picture_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "printout.pdf"
    file.write_bytes(scan((SAID,), typed="https://example.org/a-rather-long-address/of-some-page.html, printed in the spring of 2024"))
    assert read(file).pages == 1  # its address would be all there is
    page = extracted(file, tmp_path / "data")[1]
    assert SAID in page
    assert "printed in the spring" in page


@needs_ocr
def test_a_blank_page_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "blank.pdf"
    file.write_bytes(scan(()))
    with pytest.raises(SourceError, match=r"blank.pdf: there is no text in it, and OCR found none either"):
        extracted(file, tmp_path / "data")


@needs_ocr
def test_ocr_that_takes_too_long_is_ended_with_all_its_programs(tmp_path: Path) -> None:
    import psutil

    file = tmp_path / "scan.pdf"
    file.write_bytes(scan(*[(SAID,)] * 6))
    with pytest.raises(SourceError, match=r"OCR took longer than 0.6 s \(reading.ocr_timeout_s for each page\)"):
        extracted(file, tmp_path / "data", SETTINGS.model_copy(update={"ocr_timeout_s": 0.1}))
    assert [p for p in psutil.process_iter(["cmdline"]) if str(tmp_path) in " ".join(p.info["cmdline"] or [])] == []


@needs_ocr
def test_a_language_that_tesseract_lacks_is_named(tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(scan((SAID,)))
    with pytest.raises(SourceError, match=r"reading\.ocr_language"):
        extracted(file, tmp_path / "data", SETTINGS.model_copy(update={"ocr_language": "xyz"}))


def test_without_ocr_a_scan_is_refused_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "scan.pdf"
    for typed in ("", "page 1"):
        file.write_bytes(scan((SAID,), typed=typed))
        with pytest.raises(SourceError, match=r"scan.pdf: no text in it .*reading.ocr is off"):
            extracted(file, tmp_path / "data", SETTINGS.model_copy(update={"ocr": "off"}))
        with monkeypatch.context() as patched:
            patched.setenv("PATH", str(tmp_path))
            with pytest.raises(SourceError, match=r"there is no ocrmypdf or tesseract or gs to read it: install ocrmypdf"):
                extracted(file, tmp_path / "data")


@needs_ocr
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("empty.pdf", "OCR found none"),
        ("encrypted.pdf", "encrypted"),
        ("non_text_searchable.pdf", None),
        ("ocr_samples.pdf", None),
        ("owner_protected.pdf", None),
        ("xet_pointer_not_a_pdf.pdf", "not a PDF"),
    ],
)
def test_awkward_real_files(shared: Path, tmp_path: Path, name: str, says: str | None) -> None:
    file = shared / "papers" / "edge" / name
    if says is not None:
        with pytest.raises(SourceError, match=says):
            extracted(file, tmp_path)
        return
    words = {
        "non_text_searchable.pdf": "created from an image",
        "ocr_samples.pdf": "quarrelled with Margaret",
        "owner_protected.pdf": "Hello",
    }
    assert words[name] in re.sub(r"\s+", " ", extracted(file, tmp_path)[1])
