"""pdfium on PDFs that are made here: words with their places, and what is drawn."""

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from reportlab.pdfgen.canvas import Canvas

from common.errors import SourceError
from ingest.readers import pdf, read
from ingest.readers.layout.page import Page, join_words
from ingest.readers.pdfium import pdf_pages
from tests.ingest.hostile import one_page, said


def made(path: Path) -> Canvas:
    return Canvas(str(path), pagesize=(612, 792))


def only_page(path: Path, canvas: Canvas) -> Page:
    canvas.save()
    (page,) = pdf_pages(path)
    return page


def test_words_have_their_place_size_and_font(tmp_path: Path) -> None:
    canvas = made(tmp_path / "a.pdf")
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(72, 700, "Ants dig")
    page = only_page(tmp_path / "a.pdf", canvas)
    first, second = page.words
    assert (first.text, first.size, first.font, first.bold) == ("Ants", 14.0, "Helvetica-Bold", True)
    assert (round(first.x0), round(first.y)) == (72, 92)
    assert second.x0 > first.x1
    assert join_words(page.words) == "Ants dig"


def test_rules_are_known_and_other_shapes_are_not(tmp_path: Path) -> None:
    canvas = made(tmp_path / "a.pdf")
    canvas.drawString(72, 700, "Text.")
    canvas.line(72, 690, 400, 690)
    canvas.rect(72, 500, 100, 100)
    (rule,) = only_page(tmp_path / "a.pdf", canvas).rules
    assert (rule.x0, rule.x1, rule.y0) == pytest.approx((72, 400, 102), abs=1.1)


def test_text_in_a_picture_is_drawn_and_text_beside_it_is_not(tmp_path: Path) -> None:
    canvas = made(tmp_path / "a.pdf")
    canvas.drawString(72, 700, "Beside it there is text that is longer than the label.")
    canvas.beginForm("picture", 100, 300, 300, 500)
    canvas.rect(120, 320, 160, 160)
    canvas.drawString(150, 400, "Label")
    canvas.endForm()
    canvas.doForm("picture")
    words = only_page(tmp_path / "a.pdf", canvas).words
    assert {word.text for word in words if word.drawn} == {"Label"}


def test_text_that_reads_upwards_is_turned(tmp_path: Path) -> None:
    canvas = made(tmp_path / "a.pdf")
    canvas.saveState()
    canvas.translate(300, 300)
    canvas.rotate(90)
    canvas.drawString(0, 0, "arXiv:1706.03762v7 [cs.CL]")
    canvas.restoreState()
    words = only_page(tmp_path / "a.pdf", canvas).words
    assert all(word.turned for word in words)
    assert join_words(words) == "arXiv:1706.03762v7 [cs.CL]"


def test_raised_digits_behind_digits_are_exponents(tmp_path: Path) -> None:
    canvas = made(tmp_path / "a.pdf")
    text = canvas.beginText(72, 700)
    text.setFont("Helvetica", 10)
    text.textOut("2.3 x 10")
    text.setFont("Helvetica", 7)
    text.setRise(4)
    text.textOut("19")
    canvas.drawText(text)
    assert join_words(only_page(tmp_path / "a.pdf", canvas).words) == "2.3 x 10^19"


def test_a_word_broken_at_a_line_s_end_is_two_words_with_a_hyphen(tmp_path: Path) -> None:
    canvas = made(tmp_path / "a.pdf")
    canvas.drawString(72, 700, "The ants have atten-")
    canvas.drawString(72, 688, "tion for all of it.")
    assert [word.text for word in only_page(tmp_path / "a.pdf", canvas).words][3:5] == ["atten-", "tion"]


def test_what_a_reader_wrote_on_a_page_is_left_out(tmp_path: Path) -> None:
    canvas = made(tmp_path / "a.pdf")
    canvas.drawString(72, 700, "The paper says this and nothing more than this.")
    canvas.save()
    writer = PdfWriter(tmp_path / "a.pdf")
    writer.add_annotation(0, FreeText(text="I do not believe it", rect=(72, 400, 400, 450)))
    writer.write(tmp_path / "noted.pdf")
    assert [annotation.get_object()["/Contents"] for annotation in PdfReader(tmp_path / "noted.pdf").pages[0].annotations or []]
    assert [block.text for block in read(tmp_path / "noted.pdf").blocks] == ["The paper says this and nothing more than this."]


def test_what_pdfium_cannot_open_is_read_by_pypdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    canvas = made(tmp_path / "a.pdf")
    canvas.drawString(72, 700, "It is read all the same.")
    canvas.save()

    def broken(path: Path, _limits: object) -> list[Page]:
        raise SourceError(f"{path.name}: pdfium cannot read it")

    monkeypatch.setattr(pdf, "pdf_pages", broken)
    document = read(tmp_path / "a.pdf")
    assert [block.text for block in document.blocks] == ["It is read all the same."]
    assert document.page_texts == ("It is read all the same.",)


def test_signs_of_tex_s_symbol_font_are_no_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(said("hbck0i"), packed=False).replace(b"/Helvetica", b"/CMSY10   "))
    (page,) = pdf_pages(path)
    assert "".join(word.text for word in page.words) == "⟨⌊⌋∥′⟩"
