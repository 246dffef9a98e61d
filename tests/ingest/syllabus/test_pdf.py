"""PDF syllabi: ruled tables over pages, aligned columns, headings by size, links; scans and locked files."""

from datetime import date
from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from common.errors import SourceError
from ingest.syllabus import parse_syllabus
from ingest.syllabus.pdf_layout import Row, Rule, Word, line_of, rows_of
from ingest.syllabus.pdf_tables import _ruled

STYLES = getSampleStyleSheet()


def cell(text: str) -> Paragraph:
    return Paragraph(text, STYLES["BodyText"])


def weeks(path: Path) -> list[dict[str, object]]:
    return list(parse_syllabus(path, today=date(2026, 1, 1)).as_json()["weeks"])


def test_a_ruled_table_that_goes_on_on_the_next_page(tmp_path: Path) -> None:
    head = ["Week", "Date", "Topic", "Reading"]
    rows = [[str(n), f"Sep {n}", cell(f"Topic number {n} that is long enough to wrap inside its cell"), cell("none")] for n in range(1, 29)]
    rows[1][3] = cell('<a href="https://arxiv.org/abs/1706.03762">Attention Is All You Need</a>')
    table = Table([head, *rows], colWidths=[40, 60, 150, 150], repeatRows=1, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    SimpleDocTemplate(str(tmp_path / "s.pdf"), pagesize=A4).build(
        [Paragraph("BIO 9: Birds", STYLES["Title"]), Paragraph("Fall 2025", STYLES["Normal"]), Spacer(1, 20), table]
    )
    found = weeks(tmp_path / "s.pdf")
    assert [(week["number"], week["date"]) for week in found] == [(n, f"2025-09-{n:02}") for n in range(1, 29)]
    assert found[3]["topic"] == "Topic number 4 that is long enough to wrap inside its cell"
    assert found[1]["readings"] == [
        {"title": "Attention Is All You Need", "arxiv": "1706.03762", "url": "https://arxiv.org/abs/1706.03762"}
    ]
    assert parse_syllabus(tmp_path / "s.pdf").title == "BIO 9: Birds"


def test_columns_without_rules(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "s.pdf"), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(50, 790, "BIO 9: Birds")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(50, 770, "Spring 2026, Mondays 10:00-12:00, Barn 4")
    rows = [
        ("Week", "Date", "Topic", "Due"),
        ("1", "Jan 12", "Owls", ""),
        ("2", "Jan 19", "Larks and other", "Report 1"),
        ("", "", "small birds", ""),
        ("3", "Jan 26", "Swans", ""),
        ("4", "Feb 2", "No class", ""),
        ("5", "Feb 9", "Geese", "Report 2"),
    ]
    for n, row in enumerate(rows):
        for x, text in zip((50, 100, 170, 330), row, strict=True):
            canvas.drawString(x, 730 - 14 * n, text)
    canvas.drawString(50, 560, "You must hand in both reports to pass the course, and each of them must be your own work.")
    canvas.save()
    syllabus = parse_syllabus(tmp_path / "s.pdf").as_json()
    assert [(w["number"], w["date"], w["topic"], w["due"]) for w in syllabus["weeks"]] == [
        (1, "2026-01-12", "Owls", []),
        (2, "2026-01-19", "Larks and other small birds", ["Report 1"]),
        (3, "2026-01-26", "Swans", []),
        (5, "2026-02-09", "Geese", ["Report 2"]),
    ]
    assert syllabus["breaks"] == [{"date": "2026-02-02", "what": "No class"}]
    assert (syllabus["location"], len(syllabus["thresholds"])) == ("Barn 4", 1)


def test_wrapped_lines_of_running_text_and_page_feet(tmp_path: Path) -> None:
    def foot(canvas: Canvas, _document: object) -> None:
        canvas.drawString(60, 30, f"BIO 9, Fall 2025 - page {canvas.getPageNumber()}")

    lines = [
        "Sep 2 — Owls — Reading: A Very Long Title About the Lives of Owls in Barns and Towers of the North, https://arxiv.org/abs/2001.00001",
        "Sep 9 — Larks — Due: Report 1",
        "Sep 16 — Swans — Reading: none",
    ]
    story = [Paragraph("BIO 9: Birds, Fall 2025", STYLES["Title"]), *(Paragraph(line, STYLES["Normal"]) for line in lines[:2]), PageBreak()]
    SimpleDocTemplate(str(tmp_path / "s.pdf")).build([*story, Paragraph(lines[2], STYLES["Normal"])], onFirstPage=foot, onLaterPages=foot)
    found = weeks(tmp_path / "s.pdf")
    assert [(week["date"], week["topic"], week["due"]) for week in found] == [
        ("2025-09-02", "Owls", []),
        ("2025-09-09", "Larks", ["Report 1"]),
        ("2025-09-16", "Swans", []),
    ]
    title = "A Very Long Title About the Lives of Owls in Barns and Towers of the North"
    assert found[0]["readings"] == [{"title": title, "arxiv": "2001.00001", "url": "https://arxiv.org/abs/2001.00001"}]
    assert "notes" not in found[2]


def test_a_scan_and_a_locked_file_say_what_to_do(tmp_path: Path) -> None:
    scan = Canvas(str(tmp_path / "scan.pdf"))
    scan.rect(50, 50, 100, 100)
    scan.save()
    with pytest.raises(SourceError, match=r"a scan.*run it through OCR"):
        parse_syllabus(tmp_path / "scan.pdf")
    locked = Canvas(str(tmp_path / "locked.pdf"), encrypt=pdfencrypt.StandardEncryption("secret"))
    locked.drawString(50, 50, "Week 1")
    locked.save()
    with pytest.raises(SourceError, match="encrypted: save a copy without a password"):
        parse_syllabus(tmp_path / "locked.pdf")


def word(text: str, x: float, y: float, size: float = 10) -> Word:
    return Word(text, x, y, x + 6 * len(text), y + size, size)


def test_words_become_rows_and_parted_words_are_marked() -> None:
    rows = rows_of([word("b", 30, 1), word("a", 10, 0), word("c", 10, 20)])
    assert [row.text for row in rows] == ["a b", "c"]
    assert line_of([Row((word("seman-", 10, 0),)), Row((word("tics", 10, 14),))]).text == "seman\x02tics"
    assert [part.text for part in Row((word("a", 0, 0), word("b", 100, 0))).segments()] == ["a", "b"]


def test_cells_without_a_rule_between_them_are_one() -> None:
    from ingest.syllabus.pdf_layout import PageInk

    frame = [Rule(True, y, 0, 200) for y in (0, 20, 40)] + [Rule(False, x, 0, 40) for x in (0, 200)]
    inner = Rule(False, 100, 20, 40)  # the upper row is one cell over both columns
    underline = Rule(True, 32, 10, 40)
    words = (word("Spring", 10, 5), word("Sep", 10, 25), word("Owls", 110, 25))
    ((_, table, inside),) = _ruled(PageInk(words, (*frame, inner, underline)))
    assert [[(c.text, c.from_left) for c in row] for row in table.rows] == [
        [("Spring", False), ("Spring", True)],
        [("Sep", False), ("Owls", False)],
    ]
    assert len(inside) == 3
