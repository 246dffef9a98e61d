"""Build the PDF handouts from their Markdown sources, with the same bytes on every run.

Run it from the repository root:  python scripts/build_handouts.py
To only compare:                  python scripts/build_handouts.py --check
--check writes nothing and exits 1 where a PDF in the tree is not what would be built.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Paragraph, Table, TableStyle

FOLDER = Path(__file__).resolve().parent.parent / "corpus" / "handouts"
HANDOUTS = ("attention-is-all-you-need", "theme-llm-as-a-judge")

INK, ACCENT, GREY, RULE, SHADE = (HexColor(c) for c in ("#1f2328", "#1d4e79", "#667080", "#c9d1da", "#eef2f6"))
MARGIN = 25 * mm
WIDTH = A4[0] - 2 * MARGIN

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=11, leading=18, spaceAfter=8, textColor=INK)
LEAD = ParagraphStyle("lead", parent=BODY, textColor=GREY, spaceAfter=12)
ITEM = ParagraphStyle("item", parent=BODY, spaceAfter=4, leftIndent=16, bulletIndent=2, bulletColor=ACCENT)
LAST = ParagraphStyle("last", parent=ITEM, spaceAfter=10)
CELL = ParagraphStyle("cell", parent=BODY, fontSize=10, leading=13.5, spaceAfter=0)
HEAD_CELL = ParagraphStyle("head-cell", parent=CELL, fontName="Helvetica-Bold", textColor=ACCENT)
HEADINGS = {
    "h1": ParagraphStyle("h1", parent=BODY, fontName="Helvetica-Bold", fontSize=21, leading=26, textColor=ACCENT, spaceAfter=6),
    "h2": ParagraphStyle(
        "h2", parent=BODY, fontName="Helvetica-Bold", fontSize=13.5, leading=19, spaceBefore=12, spaceAfter=4, textColor=ACCENT
    ),
    "h3": ParagraphStyle("h3", parent=BODY, fontName="Helvetica-Bold", fontSize=11.5, spaceBefore=6, spaceAfter=3),
}
MARKS = {
    "strong_open": "<b>",
    "strong_close": "</b>",
    "em_open": "<i>",
    "em_close": "</i>",
    "softbreak": " ",
    "hardbreak": "<br/>",
}


def inline(token: Token) -> str:
    """One inline token as the small markup that a reportlab Paragraph reads (links keep their text alone)."""
    parts: list[str] = []
    for child in token.children or []:
        if child.type == "text":
            parts.append(escape(child.content))
        elif child.type == "code_inline":
            parts.append(f'<font face="Courier">{escape(child.content)}</font>')
        elif child.type in MARKS:
            parts.append(MARKS[child.type])
        elif child.type not in ("link_open", "link_close"):
            raise ValueError(f"a handout may not use {child.type}")
    return "".join(parts)


def closing(tokens: Sequence[Token], start: int) -> int:
    """The index of the token that closes the block opened at `start`."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    raise ValueError("a block is never closed")


def items(tokens: Sequence[Token], ordered: bool) -> list[Flowable]:
    """A list's items; the dash is a character that text extraction gives back (Helvetica's bullet is not)."""
    texts = [inline(token) for token in tokens if token.type == "inline"]
    marks = [f"{n}." if ordered else "\u2013" for n in range(1, len(texts) + 1)]
    styles = [ITEM] * (len(texts) - 1) + [LAST]
    return [Paragraph(*part) for part in zip(texts, styles, marks, strict=True)]


def table(tokens: Sequence[Token]) -> Flowable:
    rows: list[list[Paragraph]] = []
    lengths: list[list[int]] = []
    style = CELL
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
            lengths.append([])
        elif token.type in ("th_open", "td_open"):
            style = HEAD_CELL if token.type == "th_open" else CELL
        elif token.type == "inline":
            rows[-1].append(Paragraph(inline(token), style))
            lengths[-1].append(len(token.content))
    # A column's width follows its longest cell, within limits, so that short figures do not take half the page.
    weights = [min(max(max(column), 12), 40) for column in zip(*lengths, strict=True)]
    widths = [WIDTH * weight / sum(weights) for weight in weights]
    grid = Table(rows, colWidths=widths, repeatRows=1, spaceBefore=4, spaceAfter=12)
    grid.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, 0), SHADE),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, RULE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
            ]
        )
    )
    return grid


def blocks(markdown: str) -> tuple[str, list[Flowable]]:
    """A handout's title and its flowables: a heading stays with the block after it, a table with the block before it."""
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(markdown)
    title, index, lead = "", 0, LEAD
    groups: list[list[Flowable]] = []
    after_heading = False
    section = 0
    while index < len(tokens):
        token, end = tokens[index], closing(tokens, index)
        if token.type == "heading_open":
            title = title or tokens[index + 1].content
            section += token.tag == "h2"
            number = f"{section} " if token.tag == "h2" else ""  # numbered, so that a citation can name the section
            made: list[Flowable] = [Paragraph(number + inline(tokens[index + 1]), HEADINGS[token.tag])]
        elif token.type == "paragraph_open":
            made, lead = [Paragraph(inline(tokens[index + 1]), lead)], BODY
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            made = items(tokens[index:end], token.type.startswith("ordered"))
        elif token.type == "table_open":
            made = [table(tokens[index:end])]
        else:
            raise ValueError(f"a handout may not use {token.type}")
        if groups and (after_heading or token.type == "table_open"):
            groups[-1].extend(made)
        else:
            groups.append(made)
        after_heading = token.type == "heading_open"
        index = end + 1
    return title, [KeepTogether(group) for group in groups]


def footer(canvas: Canvas, document: BaseDocTemplate) -> None:
    canvas.saveState()
    canvas.setStrokeColor(RULE)
    canvas.line(MARGIN, 18 * mm, A4[0] - MARGIN, 18 * mm)
    canvas.setFont("Helvetica", 9)
    canvas.setFillColor(GREY)
    canvas.drawString(MARGIN, 13 * mm, str(document.title))
    canvas.drawRightString(A4[0] - MARGIN, 13 * mm, f"Page {document.page}")
    canvas.restoreState()


def build(markdown: str) -> bytes:
    """The PDF of one handout. `invariant` leaves out the clock and the random id; uncompressed pages need no one zlib."""
    title, story = blocks(markdown)
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, title=title, author="Lector course handouts", lang="en", invariant=1, pageCompression=0)
    frame = Frame(MARGIN, 24 * mm, WIDTH, A4[1] - 47 * mm, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    document.addPageTemplates([PageTemplate("page", [frame], onPageEnd=footer, pagesize=A4)])
    document.build(story)
    return out.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Build the PDF handouts from Markdown.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a PDF is out of date")
    check: bool = parser.parse_args(arguments).check
    stale: list[str] = []
    for name in HANDOUTS:
        made = build((FOLDER / f"{name}.md").read_text(encoding="utf-8"))
        target = FOLDER / f"{name}.pdf"
        if check and (not target.is_file() or target.read_bytes() != made):
            stale.append(target.name)
        elif not check:
            target.write_bytes(made)
            print(f"{target.name}: {len(made)} bytes")
    if stale:
        print(f"out of date: {', '.join(stale)}; run: python scripts/build_handouts.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
