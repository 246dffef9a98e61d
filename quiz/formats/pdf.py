"""A quiz to print, with or without its keys."""

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from quiz.formats.fonts import Covers, fonts, runs
from quiz.formats.maths import draw_formula, pieces
from quiz.items import GAP, Item, Kind

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable
    from reportlab.platypus.doctemplate import BaseDocTemplate

_SIZE, _SMALL, _LEADING = 10.5, 9.0, 1.5
_BLANK = "_" * 18
_MISSING = "\ufffd"


def write_pdf(items: Sequence[Item], title: str, *, keys: bool, font: Path | None = None) -> bytes:
    """A PDF, A4. Takes up to seconds where there are formulas.

    Args:
        keys: With the right answers, why they are right, and where that stands.
        font: For scripts that DejaVu lacks; else one of this machine is taken, see `fonts`.
    """
    with tempfile.TemporaryDirectory(prefix="lector-pdf-") as folder:
        return _built(items, title, _Marker(fonts(font), Path(folder)), keys=keys)


class _Marker:
    """Turns text into reportlab's markup: each run in a font that has it, formulas as pictures on the line.

    Pictures are files: reportlab 5.1 does not open `data:` addresses (2026-11).
    """

    def __init__(self, known: list[tuple[str, Covers]], folder: Path) -> None:
        self._known = known
        self._folder = folder
        self._drawn = 0

    def __call__(self, text: str, size: float) -> str:
        return "".join((self._formula(tex, size) if tex is not None else None) or self._runs(piece) for piece, tex in pieces(text))

    def _formula(self, tex: str, size: float) -> str | None:
        formula = draw_formula(tex, size)
        if formula is None:
            return None
        self._drawn += 1
        path = self._folder / f"{self._drawn}.png"
        path.write_bytes(formula.png)
        return f'<img src="{path}" width="{formula.width:.2f}" height="{formula.height:.2f}" valign="{-formula.depth:.2f}"/>'

    def _runs(self, piece: str) -> str:
        found = ""
        for name, run in runs(piece, self._known):
            shown = escape(_MISSING * len(run) if name is None else run).replace("\n", "<br/>")
            found += shown if name in (None, self._known[0][0]) else f'<font name="{name}">{shown}</font>'
        return found


def _built(items: Sequence[Item], title: str, marked: _Marker, *, keys: bool) -> bytes:
    # Imported here: only printing needs it.
    from reportlab.lib.colors import HexColor
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer

    base = ParagraphStyle("base", fontName="DejaVuSans", fontSize=_SIZE, leading=_SIZE * _LEADING, splitLongWords=True, autoLeading="max")
    head = ParagraphStyle("head", base, fontName="DejaVuSans-Bold", fontSize=15, leading=20, spaceAfter=2 * mm)
    stem = ParagraphStyle("stem", base, leftIndent=8 * mm, firstLineIndent=-8 * mm)
    option = ParagraphStyle("option", base, leftIndent=14 * mm, firstLineIndent=-6 * mm)
    small = ParagraphStyle("small", base, fontSize=_SMALL, leading=_SMALL * _LEADING, textColor=HexColor("#333333"), leftIndent=8 * mm)

    def paragraph(text: str, style: ParagraphStyle, before: str = "") -> "Flowable":
        return Paragraph(before + marked(text, style.fontSize), style)

    flow: list[Flowable] = [paragraph(title, head), paragraph("With keys: for staff." if keys else f"Name: {'_' * 40}", base)]
    flow.append(Spacer(0, 6 * mm))
    for number, item in enumerate(items, start=1):
        block = [paragraph(item.stem.replace(GAP, _BLANK), stem, f"<b>{number}.</b>&nbsp; ")]
        block += [paragraph(line, option) for line in _answer_lines(item, keys=keys)]
        block += [paragraph(line, small) for line in (_key_lines(item) if keys else [])]
        flow.append(KeepTogether([*block, Spacer(0, 5 * mm)]))
    out = io.BytesIO()
    edge = 20 * mm
    document = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=edge, rightMargin=edge, topMargin=edge, bottomMargin=edge, title=title, invariant=1
    )
    document.build(flow, onFirstPage=_footer, onLaterPages=_footer)
    return out.getvalue()


def _answer_lines(item: Item, *, keys: bool) -> list[str]:
    """The options, or room to write."""
    if item.kind is Kind.CHOICE:
        marks = ["✔" if keys and n == item.key else "○" for n in range(len(item.options))]
        return [f"{mark} {_letter(n)}.  {option}" for n, (mark, option) in enumerate(zip(marks, item.options, strict=True))]
    if keys or item.kind is Kind.CLOZE:
        return []
    if item.kind is Kind.TRUE_FALSE:
        return ["○ True     ○ False"]
    return [f"{_BLANK} {item.unit}"] if item.kind is Kind.NUMERIC else ["_" * 60] * 3


def _key_lines(item: Item) -> list[str]:
    near = f" (± {item.tolerance:f})" if item.kind is Kind.NUMERIC and item.tolerance else ""
    letter = f"{_letter(int(item.key))}. " if item.kind is Kind.CHOICE else ""
    lines = [f"Answer: {letter}{item.answer}{f' {item.unit}' if item.unit else ''}{near}"]
    lines += [f"Also right: {'; '.join(item.accepted)}"] if item.accepted else []
    lines += [f"• {point}" for point in item.rubric]
    lines += [item.explanation] if item.explanation else []
    if item.evidence is not None:
        page = f", p. {item.evidence.page}" if item.evidence.page else ""
        lines.append(f"{item.evidence.title}{page}: “{item.evidence.quote}”")
    return lines


def _letter(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else str(number + 1)


def _footer(canvas: "Canvas", document: "BaseDocTemplate") -> None:
    canvas.setFont("DejaVuSans", 8)
    canvas.drawCentredString(document.pagesize[0] / 2, 28, str(canvas.getPageNumber()))
