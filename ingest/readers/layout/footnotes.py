"""Footnotes: what stands at the foot of a column and does not belong to the text above it."""

import re
from collections.abc import Sequence

from ingest.readers.layout.page import Line, Page
from ingest.readers.layout.style import Style

_FOOTNOTE_MARKS = "∗*†‡§¶⋆♠♣♥♦"


def footnotes_of(page: Page, lines: Sequence[Line], style: Style) -> set[Line]:
    """Lines at the foot of a column that are smaller than the text and begin with a mark, or stand under a short rule."""
    notes: set[Line] = set()
    small = [line.size < 0.95 * style.size and not line.turned for line in lines]
    for n, line in enumerate(lines):
        if not small[n] or line in notes or line.y < 0.35 * page.height:
            continue
        ruled = any(
            r.x0 - 3 <= line.x0 <= r.x1 and 0 < line.y - r.y0 < 2 * style.size and r.x1 - r.x0 < 0.35 * page.width for r in page.rules
        )
        if not (ruled or is_marked(line)):
            continue
        end = n + 1
        while end < len(lines) and small[end] and 0 < lines[end].y - lines[end - 1].y < 2 * style.size:
            end += 1
        # Nothing of the text may stand below it in its column.
        if not any(other.y > line.y and other.x0 < line.x1 and other.x1 > line.x0 and not s for other, s in zip(lines, small, strict=True)):
            notes.update(lines[n:end])
    return notes


def is_marked(line: Line) -> bool:
    """Does the line begin with a footnote's mark?"""
    first = line.words[1] if line.words[0].text == "•" and len(line.words) > 1 else line.words[0]
    raised = first.size < 0.85 * line.size and first.text[0].isdigit()
    return raised or first.text[0] in _FOOTNOTE_MARKS or bool(re.match(r"\d{1,2}\. ", line.text))
