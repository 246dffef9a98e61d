"""Pictures of real PDFs, made here, drawn in real worker processes."""

import asyncio
import hashlib
import io
from collections.abc import Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from common.errors import LectorError, SourceError, StoreError
from common.settings import Extraction, Pages
from ingest.pictures import renderer as module
from ingest.pictures.alignment import Found
from ingest.pictures.drawing import draw
from ingest.pictures.picture import Picture
from ingest.pictures.renderer import CitedPage, PageRenderer
from tests.ingest import hostile

QUOTE = "A hive of bees makes 27 kilograms of honey a year."
YELLOW = (255, 236, 130)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Three pages; the quote runs over a line on the second and is alone on it."""
    canvas = Canvas(str(tmp_path / "bees.pdf"), pagesize=(612, 792))
    canvas.drawString(72, 700, "Owls hear mice.")
    canvas.showPage()
    canvas.drawString(300, 500, "A hive of bees makes 27 kilo-")
    canvas.drawString(72, 484, "grams of honey a year.")
    canvas.showPage()
    canvas.drawString(72, 700, "Ants dig.")
    canvas.save()
    return tmp_path / "bees.pdf"


def cited(file: Path, page: int | None = None, quote: str = QUOTE, pages: tuple[int, int] = (2, 2)) -> CitedPage:
    return CitedPage(file, hashlib.sha256(file.read_bytes()).hexdigest(), "Bees", pages, quote, page)


@asynccontextmanager
async def rendering(folder: Path, draw: Any = draw, **settings: Any):
    renderer = PageRenderer(Pages(**settings), Extraction(), folder / "data", draw)
    try:
        yield renderer
    finally:
        await renderer.close()


async def drawn(folder: Path, what: CitedPage, draw: Any = draw, **settings: Any) -> Picture:
    async with rendering(folder, draw, **settings) as renderer:
        return await renderer.picture(what)


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.png)).convert("RGB")


def yellow(image: Image.Image) -> Image.Image:
    """A mask of what is marked: blue is much weaker than red."""
    red, _, blue = image.split()
    return ImageChops.subtract(red, blue).point(lambda v: 255 if v > 60 else 0)


def black(image: Image.Image) -> Image.Image:
    return image.convert("L").point(lambda v: 255 if v < 100 else 0)


async def test_the_lines_of_the_quote_are_marked_and_nothing_else(tmp_path: Path, file: Path) -> None:
    picture = await drawn(tmp_path, cited(file))
    assert (picture.header.page, picture.header.count, picture.header.found, picture.header.marked) == (2, 3, Found.EXACT, True)
    image = opened(picture)
    assert image.size == (1082, 1400)
    box = yellow(image).getbbox()
    scale = 1400 / 792
    assert box == pytest.approx((72 * scale, 284 * scale, 460 * scale, 312 * scale), abs=12)
    # The first line is marked from where the quote begins: left of it there is paper.
    assert image.getpixel((round(150 * scale), round(289 * scale))) == (255, 255, 255)
    assert black(image).getbbox() == pytest.approx(box, abs=12)


@pytest.mark.parametrize("turn", [90, 180, 270])
async def test_the_marks_lie_on_the_words_of_a_turned_and_cropped_page(tmp_path: Path, file: Path, turn: int) -> None:
    writer = PdfWriter(clone_from=PdfReader(file))
    writer.pages[1].cropbox.lower_left = (40, 60)
    writer.pages[1].cropbox.upper_right = (600, 700)
    writer.pages[1].rotate(turn)
    writer.write(file)
    image = opened(await drawn(tmp_path, cited(file)))
    words, marks = black(image).getbbox(), yellow(image).getbbox()
    assert words == pytest.approx(marks, abs=14)


async def test_a_quote_over_two_pages_is_marked_on_both_and_first_shown_where_most_of_it_is(tmp_path: Path, file: Path) -> None:
    quote = "Owls hear mice. A hive of bees makes 27 kilograms of honey a year."
    async with rendering(tmp_path) as renderer:
        home = await renderer.picture(cited(file, None, quote, (1, 2)))
        other = await renderer.picture(cited(file, 1, quote, (1, 2)))
    assert (home.header.page, home.header.marked) == (2, True)
    assert (other.header.page, other.header.marked) == (1, True)
    assert yellow(opened(other)).getbbox()


async def test_pages_around_it_are_drawn_unmarked(tmp_path: Path, file: Path) -> None:
    picture = await drawn(tmp_path, cited(file, 3, "Ants dig."))
    assert (picture.header.page, picture.header.marked) == (3, False)
    assert yellow(opened(picture)).getbbox() is None


async def test_a_quote_that_is_not_there_is_said_so(tmp_path: Path, file: Path) -> None:
    picture = await drawn(tmp_path, cited(file, quote="Whales sing in the deep of the northern sea."))
    assert (picture.header.page, picture.header.found, picture.header.marked) == (2, Found.NOT, False)


async def test_a_wide_page_is_no_larger_than_it_may_be(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "wide.pdf"), pagesize=(4000, 200))
    canvas.drawString(72, 100, QUOTE)
    canvas.save()
    assert opened(await drawn(tmp_path, cited(tmp_path / "wide.pdf", pages=(1, 1)), height_px=600)).size == (800, 40)


async def test_a_picture_of_too_many_bytes_is_drawn_smaller(tmp_path: Path) -> None:
    noise = Image.effect_noise((900, 900), 120)
    canvas = Canvas(str(tmp_path / "noise.pdf"), pagesize=(612, 792))
    canvas.drawInlineImage(noise, 0, 0, 612, 792)
    canvas.save()
    picture = await drawn(tmp_path, cited(tmp_path / "noise.pdf", pages=(1, 1)), max_kb=300)
    assert len(picture.png) <= 300_000
    assert opened(picture).height < 1400


@pytest.mark.parametrize(
    ("change", "page", "says"),
    [
        (lambda file: file.unlink(), None, "no such file"),
        (lambda file: file.write_bytes(file.read_bytes() + b"%"), None, "has been changed since it was indexed"),
        (Path.touch, 9, "no page 9, it has 3"),
    ],
)
async def test_what_cannot_be_drawn_has_a_reason(tmp_path: Path, file: Path, change: Callable[[Path], Any], page: int, says: str) -> None:
    what = cited(file, page)
    change(file)
    with pytest.raises(SourceError, match=says):
        await drawn(tmp_path, what)


@pytest.mark.parametrize(
    ("make", "says"),
    [(hostile.encrypted_pdf, "cannot be drawn"), (hostile.recursive_pages, "no page|cannot be drawn"), (lambda: b"%PDF-", "cannot")],
)
async def test_a_damaged_pdf_has_a_reason(tmp_path: Path, make: Callable[[], bytes], says: str) -> None:
    (tmp_path / "bad.pdf").write_bytes(make())
    with pytest.raises(SourceError, match=says):
        await drawn(tmp_path, cited(tmp_path / "bad.pdf", pages=(1, 1)))


@pytest.mark.parametrize(
    ("does", "error", "says"),
    [
        ("die", SourceError, "crashed the program that draws"),
        ("sleep", SourceError, "took longer than 1 s to draw"),
        ("rubbish", StoreError, "lost on the way"),
        ("nothing", StoreError, "lost on the way"),
    ],
)
async def test_a_worker_that_misbehaves_is_that_page_s_error_and_leaves_nothing(
    tmp_path: Path, file: Path, does: str, error: type[LectorError], says: str
) -> None:
    async with rendering(tmp_path, hostile.misdraw, timeout_s=1) as renderer:
        with pytest.raises(error, match=says):
            await renderer.picture(cited(file, quote=does))
        assert (await renderer.picture(cited(file, quote="slowly"))).header.page == 2
    assert [path.suffix for path in (tmp_path / "data" / "pages").iterdir()] == [".picture"]


async def test_many_who_want_one_page_have_it_drawn_once_and_later_ones_from_disk(tmp_path: Path, file: Path) -> None:
    async with rendering(tmp_path, hostile.misdraw) as renderer:
        first = asyncio.create_task(renderer.picture(cited(file, quote="slowly it goes")))
        others = [asyncio.create_task(renderer.picture(cited(file, quote="slowly it goes"))) for _ in range(20)]
        await asyncio.sleep(0.1)
        first.cancel()  # the one who asked first gives up
        pictures = await asyncio.gather(*others)
    assert len({picture.png for picture in pictures}) == 1
    again = await drawn(tmp_path, cited(file, quote="slowly it goes"), hostile.misdraw)
    assert again == pictures[0]
    assert (tmp_path / "data" / "calls").read_text() == "None\n"


async def test_too_many_at_once_are_told_to_come_back(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_WAITING", 3)
    async with rendering(tmp_path, hostile.misdraw) as renderer:
        asked = [renderer.picture(cited(file, quote=f"slowly {n}")) for n in range(5)]
        outcomes = await asyncio.gather(*asked, return_exceptions=True)
    assert sorted(type(o).__name__ for o in outcomes) == ["LectorError", "LectorError", "Picture", "Picture", "Picture"]


async def test_two_processes_that_draw_the_same_page_both_have_it(tmp_path: Path, file: Path) -> None:
    async with rendering(tmp_path) as one, rendering(tmp_path) as two:
        a, b = await asyncio.gather(one.picture(cited(file)), two.picture(cited(file)))
    assert a == b
    assert len(list((tmp_path / "data" / "pages").iterdir())) == 1


async def test_a_damaged_picture_on_disk_is_drawn_again(tmp_path: Path, file: Path) -> None:
    first = await drawn(tmp_path, cited(file))
    (kept,) = (tmp_path / "data" / "pages").iterdir()
    kept.write_bytes(kept.read_bytes()[:-20])
    assert await drawn(tmp_path, cited(file)) == first


async def test_the_cache_is_bounded_and_what_was_not_seen_for_longest_goes(tmp_path: Path, file: Path) -> None:
    async with rendering(tmp_path, cache_mb=0) as renderer:
        await renderer.picture(cited(file))
    assert list((tmp_path / "data" / "pages").iterdir()) == []


async def test_a_data_folder_that_cannot_be_written_is_said_so(tmp_path: Path, file: Path) -> None:
    (tmp_path / "data").write_text("no folder")
    with pytest.raises(StoreError, match="make room in the data folder"):
        await drawn(tmp_path, cited(file))


def scanned(folder: Path, text: Path) -> CitedPage:
    """A PDF of a picture, whose text lies beside it."""
    canvas = Canvas(str(folder / "scan.pdf"), pagesize=(612, 792))
    canvas.drawInlineImage(Image.new("L", (60, 60), 200), 0, 0, 612, 792)
    canvas.save()
    what = cited(folder / "scan.pdf")
    (folder / "data" / "ocr").mkdir(parents=True)
    (folder / "data" / "ocr" / f"{what.sha256}-eng.pdf").write_bytes(text.read_bytes())
    return what


async def test_a_scan_is_searched_in_its_copy_with_text(tmp_path: Path, file: Path) -> None:
    assert (await drawn(tmp_path, scanned(tmp_path, file))).header.found is Found.EXACT
