"""Tables: where they are on a page."""

import re
from collections.abc import Collection, Sequence

from ingest.readers.layout.page import Box, Line, Page
from ingest.readers.layout.style import Style, maths_share

_NUMERIC = re.compile(r"^[(\[<>~±$+−–≈-]*\d[\d.,:/^]*(?:[%kKMBTx×]|GB|MB|st|nd|rd|th)?[)\]*†‡]*$|^[–—-]$|^±\S*$|^[✓✗✘×]$|^N/?A$")


def is_number(text: str) -> bool:
    """A figure, or what stands for one in a table: a dash, a tick."""
    return all(_NUMERIC.match(token) for token in text.split())


def reads_like_row(line: Line) -> bool:
    """Many figures among few words: a row even where nothing shows its columns."""
    tokens = line.text.split()
    numbers = sum(bool(_NUMERIC.match(t)) for t in tokens)
    return len(tokens) >= 3 and numbers >= 2 and numbers >= 0.34 * len(tokens)


def table_regions(page: Page, lines: Sequence[Line], walls: Collection[Line], style: Style) -> list[list[Line]]:
    """The lines of each table of a page.

    Args:
        lines: Those that may belong to tables: no captions, no headings, nothing drawn.
        walls: Captions and headings, which no table spans.
    """
    regions: list[list[Line]] = []
    taken: set[int] = set()
    for box in _ruled(page, lines, walls):
        inside = [n for n, line in enumerate(lines) if box.holds((line.x0 + line.x1) / 2, line.y - 0.25 * line.size) and n not in taken]
        rows = [lines[n] for n in inside]
        if rows and any(len(line.cells) > 1 for line in rows):
            taken.update(inside)
            regions.append(rows)
    for run in _runs(lines, taken, style):
        regions.append([lines[n] for n in run])
    return regions


def _ruled(page: Page, lines: Sequence[Line], walls: Collection[Line]) -> list[Box]:
    """Boxes between rules of one width, as far as what stands between reads like a table."""
    rules = [r for r in page.rules if r.x1 - r.x0 > 0.1 * page.width]
    boxes: list[Box] = []
    used: set[int] = set()
    for n, top in enumerate(rules):
        if n in used:
            continue
        last = top
        for m in range(n + 1, len(rules)):
            rule = rules[m]
            if abs(rule.x0 - top.x0) > 4 or abs(rule.x1 - top.x1) > 4:
                continue
            between = [line for line in lines if Box(top.x0 - 3, last.y0, top.x1 + 3, rule.y1).holds((line.x0 + line.x1) / 2, line.y - 2)]
            wall = any(last.y0 < w.y < rule.y0 and w.x0 < top.x1 and w.x1 > top.x0 for w in walls)
            if wall or (between and not _is_tabular(between, top.x1 - top.x0)):
                break
            used.add(m)
            last = rule
        if last is not top:
            boxes.append(Box(top.x0 - 3, top.y0, top.x1 + 3, last.y1 + 2))
    return boxes


def _is_tabular(lines: Sequence[Line], width: float) -> bool:
    """Are they cells rather than a paragraph?"""
    full = sum(len(line.cells) == 1 and line.x1 - line.x0 > 0.8 * width and not is_number(line.text) for line in lines)
    return full <= 0.4 * len(lines)


def _runs(lines: Sequence[Line], taken: set[int], style: Style) -> list[list[int]]:
    """Neighbouring lines that have columns or read like rows, two at least, where no rules show a table."""
    columned = [n not in taken and _has_columns(line, style) for n, line in enumerate(lines)]
    runs: list[list[int]] = []
    run: list[int] = []
    for n, line in enumerate(lines):
        near = bool(run) and 0 < line.y - lines[run[-1]].y < 3 * max(line.size, style.size)
        if columned[n] and (near or not run):
            run.append(n)
            continue
        # Few words between two rows belong to them: a row's second line, a heading inside the table.
        follows = n + 1 < len(lines) and columned[n + 1] and 0 < lines[n + 1].y - line.y < 2.2 * line.size
        short = len(line.text) < 60 and not line.text.endswith((".", "-", ",", ":"))
        if near and n not in taken and (len(line.cells) == 2 or (short and follows)):
            run.append(n)
            continue
        runs.append(run)
        run = [n] if columned[n] else []
    runs.append(run)
    return [run for run in runs if len(run) >= 2 or (run and len(lines[run[0]].text.split()) >= 4 and reads_like_row(lines[run[0]]))]


def _has_columns(line: Line, style: Style) -> bool:
    if line.turned and len(line.cells) < 2:
        return False
    if style.known and maths_share(line) > 0.75 and not all(is_number(cell.text) for cell in line.cells):
        return False
    if style.known and len(line.cells) == 1:
        return False  # a line full of citations has figures too
    return (
        (len(line.cells) >= 3 and line.text[-1:] != "-") or reads_like_row(line) or (len(line.cells) == 2 and is_number(line.cells[1].text))
    )
