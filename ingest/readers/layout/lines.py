"""From words to lines. The file's order is kept: typesetters write columns one after another, tables row by row.

Only where a page's words jump between its columns, line for line, are the columns taken apart and read one after another.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from ingest.readers.layout.page import Line, Page, Word

_MANY_JUMPS = 6  # from the left column to the right one on the same height, from which on a page counts as woven


def lines_of(page: Page) -> list[Line]:
    """The page's lines in reading order; turned text comes last."""
    upright = [w for w in page.words if not w.turned]
    turned = [w for w in page.words if w.turned]
    sideways = _lines(turned, page.number)
    # A table laid on its side has lines of words; single words set upwards are the labels of a drawing.
    if len(turned) < 0.5 * len(page.words) or len(turned) < 3 * len(sideways):
        sideways = [Line(tuple(replace(word, drawn=True) for word in line.words), page.number) for line in sideways]
    return [*_unwoven(_lines(upright, page.number), page), *sideways]


def _lines(words: Sequence[Word], page: int) -> list[Line]:
    lines: list[Line] = []
    current: list[Word] = []
    for word in words:
        if current and not _continues(current, word):
            lines.append(Line(tuple(current), page))
            current = []
        current.append(word)
    if current:
        lines.append(Line(tuple(current), page))
    return lines


def _continues(line: Sequence[Word], word: Word) -> bool:
    """Does the word stand on the line? Smaller ones may be raised or lowered, and stacked upon each other."""
    last = line[-1]
    full = max(w.size for w in line[-12:])
    base = next((w for w in reversed(line) if w.size >= 0.9 * full and not _is_maths(w)), last)
    drop = word.y - base.y
    if word.drawn != last.drawn and abs(drop) > 0.1 * full:
        return False
    ahead = word.x0 - last.x1
    if abs(drop) <= 0.25 * full:
        return ahead > -0.6 * full
    if _is_maths(word) or _is_maths(last):
        limit = 1.6 * full
    elif word.size < 0.85 * full:
        limit = 0.75 * full
    elif full > 1.18 * base.size:
        limit = 0.0
    else:
        # A full-size word behind a raised first one (a footnote's mark, an affiliation's number).
        return len(line) <= 2 and base.size < 0.85 * word.size and abs(drop) < 0.6 * word.size and -0.2 * full < ahead < word.size
    return abs(drop) <= limit and -4 * full < ahead < 1.5 * full


def _is_maths(word: Word) -> bool:
    """A root or a sign of TeX's font of large ones: their baseline is not the line's."""
    return "CMEX" in word.font or word.text == "√"


def _unwoven(lines: list[Line], page: Page) -> list[Line]:
    """Lines in the order of the columns, where the file's order jumps between them."""
    gutter = _gutter(lines, page)
    if gutter is None:
        return lines
    halves = [part for line in lines for part in _at_gutter(line, gutter)]
    sides = [_side(line, gutter) for line in halves]
    # Rows of a wide table jump too, but not from one unbroken run of words to another.
    runs = [len(line.cells) == 1 and line.x1 - line.x0 > 0.25 * page.width for line in halves]
    pairs = zip(zip(halves, sides, runs, strict=True), zip(halves[1:], sides[1:], runs[1:], strict=True), strict=False)
    jumps = sum(r and s and a < 0 < b and abs(x.y - y.y) < 0.6 * x.size for (x, a, r), (y, b, s) in pairs)
    if jumps < _MANY_JUMPS:
        return lines
    ordered: list[Line] = []
    # Between full-width lines (a title, a wide table) the left column comes before the right one.
    by_height = sorted(zip(halves, sides, strict=True), key=lambda pair: pair[0].y)
    for is_wide, group in groupby(by_height, key=lambda pair: pair[1] == 0):
        members = list(group)
        if is_wide:
            ordered.extend(line for line, _ in members)
        else:
            ordered.extend(line for line, side in sorted(members, key=lambda pair: (pair[1], pair[0].y)))
    return ordered


def _gutter(lines: Sequence[Line], page: Page) -> float | None:
    """The middle of the empty strip between two columns; None on a page of one column."""
    words = [word for line in lines for word in line.words if not word.drawn]
    if len(words) < 60:
        return None
    low, step = 0.4 * page.width, 0.005 * page.width
    crossing = [0] * 41
    for word in words:
        if word.x1 + 2 > low and word.x0 - 2 < low + 40 * step:
            for n in range(max(math.ceil((word.x0 - 2 - low) / step), 0), min(math.floor((word.x1 + 2 - low) / step), 40) + 1):
                crossing[n] += 1
    least = min(crossing)
    if least > 0.01 * len(words):
        return None
    free = [low + n * step for n in range(41) if crossing[n] == least]
    middle = free[len(free) // 2]
    left = sum(w.x1 < middle for w in words)
    return middle if 0.25 < left / len(words) < 0.75 else None


def _at_gutter(line: Line, gutter: float) -> list[Line]:
    """A line that has a gap over the gutter, as two."""
    for n in range(1, len(line.words)):
        before, word = line.words[n - 1], line.words[n]
        if before.x1 <= gutter <= word.x0 and word.x0 - before.x1 > 0.8 * line.size:
            return [Line(line.words[:n], line.page), Line(line.words[n:], line.page)]
    return [line]


def _side(line: Line, gutter: float) -> int:
    return -1 if line.x1 <= gutter else 1 if line.x0 >= gutter else 0
