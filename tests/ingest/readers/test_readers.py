from pathlib import Path

import pytest
from pypdf import PdfReader

from common.errors import SourceError
from ingest.documents import Kind
from ingest.readers import read
from tests.conftest import ROOT

HANDOUT = ROOT / "corpus" / "handouts" / "attention-is-all-you-need.pdf"


def squashed(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def test_a_pdf_gives_pages_sections_and_verbatim_text() -> None:
    document = read(HANDOUT)
    pages = [squashed(page.extract_text()) for page in PdfReader(HANDOUT).pages]
    assert document.pages == len(pages) == 2
    assert "3 Attention and positions" in {block.section for block in document.blocks}
    for block in document.blocks:
        assert squashed(block.text) in pages[block.page - 1]


def test_markdown_keeps_sections_and_names_the_columns_of_a_row(tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    file.write_text(
        "# T\n\nIntro.\n\n## A\n\n<!-- hidden -->\n\nText *here*, see [x](https://x.org).\n\n| m | b |\n| - | - |\n| base | 27 |\n", "utf-8"
    )
    document = read(file)
    assert [(b.section, b.text, b.kind) for b in document.blocks] == [
        ("", "Intro.", Kind.PROSE),
        ("A", "Text here, see x (https://x.org).", Kind.PROSE),
        ("A", "base | b: 27", Kind.TABLE),
    ]
    assert document.pages == 0


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.pdf", b"", "the file is empty"),
        ("page.pdf", b"<html>no</html>", "not a PDF, whatever its name says"),
        ("cut.pdf", b"%PDF-1.5\n1 0 obj <<", "damaged, cannot be read"),
        ("garbage.pdf", b"%PDF-1.5\n" + bytes(range(256)) * 20, "damaged, cannot be read"),
        ("latin.md", b"caf\xe9", "not UTF-8 text"),
        ("blank.md", b"\n\n", "there is no text in it"),
        ("slides.pptx", b"PK", "files of type .pptx are not read"),
    ],
)
def test_a_bad_file_is_an_error_of_one_line_with_its_name(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(SourceError, match=says) as raised:
        read(file)
    assert name in raised.value.user_message


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("empty.pdf", "empty|no text|no pages"),
        ("encrypted.pdf", "encrypted"),
        ("non_text_searchable.pdf", "there is no text in it"),
        ("ocr_samples.pdf", None),
        ("owner_protected.pdf", None),
        ("xet_pointer_not_a_pdf.pdf", "not a PDF"),
    ],
)
def test_awkward_real_files_are_read_or_refused_with_a_reason(shared: Path, name: str, says: str | None) -> None:
    file = shared / "papers" / "edge" / name
    if says is None:
        assert read(file).blocks
        return
    with pytest.raises(SourceError, match=says):
        read(file)


def test_a_real_paper_reads_as_a_person_would(shared: Path) -> None:
    document = read(shared / "papers" / "1706.03762.pdf")
    sections = {block.section for block in document.blocks}
    assert "3 Model Architecture > 3.2 Attention > 3.2.2 Multi-Head Attention" in sections
    rows = [block.text for block in document.blocks if block.kind is Kind.TABLE]
    assert any(row.startswith("Transformer (base model) 27.3 38.1") for row in rows)
    assert not any("\x00" in block.text for block in document.blocks)
