import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from common.errors import UsageError
from quiz.formats.files import FORMATS, export, format_of, read_items
from quiz.formats.fonts import fonts, runs
from quiz.formats.maths import draw_formula, pieces
from quiz.formats.pdf import write_pdf
from quiz.items import Item, Kind, identified
from tests.quiz.conftest import items

MATHS = identified(
    Item(
        "", Kind.CHOICE, r"What is $\mathrm{softmax}\left(\frac{QK^T}{\sqrt{d_k}}\right)V$ of $5 and $6?", ("注意力机制", "a <b>", "{c}"), 0
    )
)


@pytest.mark.parametrize("format_", [f for f in FORMATS if f.read is not None], ids=lambda f: f.name)
def test_every_format_gives_back_what_it_was_given(format_) -> None:
    made = [*items(), MATHS]
    assert read_items(export(made, "Week 3: 注意力", format_), "x", format_) == made


def test_the_format_is_known_by_name_or_suffix() -> None:
    assert format_of(Path("a.YML")).name == "yaml"
    assert format_of(Path("a.txt"), "qti").name == "qti"
    for path, name in ((Path("a.doc"), None), (Path("a.yaml"), "word")):
        with pytest.raises(UsageError, match=r"is no format of quizzes: there are yaml \(\.yaml, \.yml\)"):
            format_of(path, name)


def test_a_corrected_item_is_another_item_to_whoever_reads_the_file() -> None:
    corrected = replace(items()[0], key=2)  # under its old id, as a quiz keeps it
    assert read_items(export([corrected], "x", FORMATS[0]), "x", FORMATS[0]) == [identified(corrected)]


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"- stem: a\n- stem: b\n  answer: [", "quiz.yaml", r"^quiz\.yaml, line 3: this is no YAML"),
        (b"Q1{T}\n\nQ2\n\nQ3{T}", "quiz.gift", r"^quiz\.gift, line 3: a question without its answers.*; nothing was imported$"),
        (b"Q{T}\n\xff\xfe", "quiz.gift", r"line 2: this is no UTF-8"),
        (b"Q{T}\n\n q {TRUE}", "quiz.gift", "asks the same twice"),
        (b"// nothing", "quiz.gift", "holds no item"),
        (b"PK", "quiz.zip", "cannot be opened"),
        (b"%PDF", "quiz.pdf", "only for printing"),
        (b"\n\n".join(b"Q%d{T}" % n for n in range(1001)), "quiz.gift", "holds 1001 items"),
        (b"x" * 20_000_001, "quiz.csv", "larger than a quiz can be"),
    ],
)
def test_a_fault_is_one_line_and_nothing_is_imported_by_half(data: bytes, name: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as raised:
        read_items(data, name, format_of(Path(name)))
    assert "\n" not in raised.value.user_message


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_a_printed_quiz_without_keys_tells_none() -> None:
    text = text_of(write_pdf(items(), "Week 3", keys=False))
    assert "How many heads are there?" in text
    assert "Name: ____" in text
    for telling in ("✔", "Answer", "It says 8.", "six", "parallel heads", "vanish", "gradients"):
        assert telling not in text
    staff = text_of(write_pdf(items(), "Week 3", keys=True))
    assert "Answer: B. 8 It says 8. Attention Is All You Need, p. 5: “We employ h = 8 parallel heads.”" in staff
    assert "Answer: 3.5 days (± 0.1)" in staff


def test_formulas_are_drawn_and_money_is_not() -> None:
    assert [tex for _, tex in pieces(r"$x^2$ and \(y\) and $$z$$ and \[w\], $5 and $6, \$a\$")] == [
        "x^2",
        None,
        "y",
        None,
        "z",
        None,
        "w",
        None,
    ]
    formula = draw_formula(r"\frac{a}{b}", 10)
    assert formula is not None
    assert formula.png.startswith(b"\x89PNG")
    assert formula.height > formula.depth > 0
    assert draw_formula(r"\nocommand{x}", 10) is None  # its TeX is shown instead
    data = write_pdf([MATHS], "x", keys=False)
    page = PdfReader(io.BytesIO(data)).pages[0]
    assert len(page.images) == 1
    assert "of $5 and $6?" in page.extract_text()
    assert "a <b>" in page.extract_text()


def test_chinese_is_shown_in_an_embedded_font() -> None:
    known = fonts(None)
    name, run = next(iter(runs("注意力", known)))
    assert run == "注意力"
    if name == "STSong-Light":
        pytest.skip("needs a TrueType font with Chinese (apt-get install fonts-droid-fallback)")
    data = write_pdf([MATHS], "x", keys=False)
    assert "注意力机制" in text_of(data)
    blank = write_pdf([replace(MATHS, options=("\u3000" * 5, "a <b>", "{c}"))], "x", keys=False)
    assert ink(data) > ink(blank) + 200  # drawn, not only said: pdfium has no Chinese font of its own


def ink(data: bytes) -> int:
    """How many dark pixels the first page has."""
    document = pypdfium2.PdfDocument(data)
    page = document[0].render(scale=2).to_numpy()
    document.close()
    return int((page.mean(axis=2) < 128).sum())


def test_a_character_that_no_font_has_is_marked_and_costs_no_page() -> None:
    assert list(runs("a\U000e0001b", fonts(None))) == [("DejaVuSans", "a"), (None, "\U000e0001"), ("DejaVuSans", "b")]
    assert write_pdf([replace(MATHS, stem="a\U000e0001b\n\nc")], "x", keys=True).startswith(b"%PDF")


def test_an_own_font_that_is_none_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "font.ttf").write_bytes(b"no font")
    assert [name for name, _ in fonts(tmp_path / "font.ttf")] == [name for name, _ in fonts(None)]


def test_a_long_quiz_has_pages() -> None:
    many = [replace(items()[0], stem=f"Question {n}? " + "很长的问题" * 40) for n in range(30)]
    assert len(PdfReader(io.BytesIO(write_pdf(many, "x", keys=True))).pages) > 3
