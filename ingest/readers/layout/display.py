"""What is set apart from the running text without being a float: formulas on lines of their own, and programs."""

from collections.abc import Sequence

from ingest.readers.layout.page import Line
from ingest.readers.layout.style import Style, has_maths_sign, is_maths_font, is_mono, maths_share


def formula_length(lines: Sequence[Line], style: Style, above: Line | None) -> int:
    """How many of the first lines are one display formula; 0 if none is.

    Args:
        lines: The next lines of the page that belong to no float.
        above: The line before them.
    """
    if not style.known:
        return 0
    end = 0
    while end < len(lines) and (end == 0 or lines[end].y - lines[end - 1].y < 2.6 * style.size):
        if lines[end].turned or not _is_formula(lines[end], above, style):
            break
        end += 1
    return end if any(has_maths_sign(line) and len(line.text) > 3 for line in lines[:end]) else 0


def listing_length(lines: Sequence[Line]) -> int:
    """How many of the first lines are a program's, set in a typewriter's font; 0 if none is."""
    end = 0
    while end < len(lines) and is_mono(lines[end]) and (end == 0 or 0 < lines[end].y - lines[end - 1].y < 2.5 * lines[end].size):
        end += 1
    text = " ".join(line.text for line in lines[:end])
    signs = sum(c in "{}[]();=<>_#@" for c in text)
    return end if end >= 3 and signs > 0.04 * len(text) else 0


def _is_formula(line: Line, above: Line | None, style: Style) -> bool:
    share = maths_share(line, style.font)
    last = line.words[-1].text
    numbered = last.startswith("(") and last.strip("()").isdigit() and len(line.cells) > 1
    if share <= 0.5 and not (numbered and has_maths_sign(line)):
        return False
    words = sum(len(w.text) >= 4 and w.text.isalpha() and w.text.islower() and not is_maths_font(w.font) for w in line.words)
    if share <= 0.5:
        return words <= 5
    # The last line of a paragraph can be all formula; it stands at the margin.
    at_margin = above is not None and abs(line.x0 - above.x0) < 1.0 and 0 < line.y - above.y < 1.5 * style.leading(line.size)
    return words <= 2 and not at_margin
