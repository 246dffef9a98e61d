"""What each row of a table says: its lines, and the names of its columns with its cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.readers.layout.page import Box, Line, Word
from ingest.readers.layout.tables import is_number, reads_like_row


@dataclass
class _Column:
    x0: float
    x1: float
    names: list[str] = field(default_factory=list)

    def overlap(self, cell: Line) -> float:
        return min(self.x1, cell.x1) - max(self.x0, cell.x0)


@dataclass(frozen=True)
class Row:
    """One row of a table.

    Attributes:
        lines: A cell can take several.
        beside: The names of its columns with its cells, where they are known; else the table's head. Empty for the head itself.
    """

    lines: tuple[Line, ...]
    beside: str


def reads_like_text(lines: Sequence[Line]) -> bool:
    """Are a table's cells paragraphs, so that its lines are no rows?"""
    words = sum(len(line.text.split()) for line in lines)
    rows = sum(len(line.cells) > 1 or reads_like_row(line) for line in lines)
    return words >= 5 * len(lines) and rows < 0.3 * len(lines)


def rows_of(lines: Sequence[Line], rules: Sequence[Box]) -> list[Row]:
    """The rows of a table, each with what its columns are called."""
    head = _head(lines, rules)
    columns = _columns(lines[head:])
    names = _name(columns, lines[:head], rules)
    known = len(columns) >= 2 and sum(bool(c.names) for c in columns[1:]) >= 0.6 * (len(columns) - 1)
    rows = [Row((line,), "") for line in lines[:head]]
    group, over_empty, labels = "", False, False
    for line in lines[head:]:
        first = not columns or line.x0 <= columns[0].x1
        if len(cells_of(line)) == 1 and not is_number(line.text) and not reads_like_row(line):
            if labels and first and line.y - rows[-1].lines[-1].y < 1.4 * line.size:
                group = f"{group} {line.text}"  # its second line
                rows[-1] = Row((*rows[-1].lines, line), names)
            elif first or len(rows) == head:
                # A name that stands for the rows below it.
                group, over_empty = line.text if len(line.text) < 60 else "", False
                rows.append(Row((line,), names))
            else:
                rows[-1] = Row((*rows[-1].lines, line), rows[-1].beside)
            labels = first
            continue
        labels = False
        # A name that stands for rows with an empty first cell ends where a first cell is filled again.
        if first and over_empty:
            group = ""
        over_empty = not first
        beside = (_named(line, columns) if known else "") or names
        rows.append(Row((line,), f"{group} | {beside}" if group and beside else beside or group))
    return rows


def _name(columns: Sequence[_Column], head: Sequence[Line], rules: Sequence[Box]) -> str:
    """Give columns the names that stand over them; all names as one text."""
    if not head:
        return ""
    width = max((c.x1 for c in columns), default=0.0) - min((c.x0 for c in columns), default=0.0)
    short = [rule for rule in rules if rule.x1 - rule.x0 < 0.8 * width]
    for cell in (cell for line in head for cell in cells_of(line)):
        x0, x1 = _reach(cell, short)
        for column in columns:
            if min(column.x1, x1) - max(column.x0, x0) > -1.5:
                column.names.append(cell.text)
    return " | ".join(cell.text for line in head for cell in cells_of(line))


def cells_of(line: Line) -> list[Line]:
    """The cells of a row: in tables half an em is a gap, where running text may have it between two words."""
    cells: list[list[Word]] = [[line.words[0]]]
    for before, word in zip(line.words, line.words[1:], strict=False):
        if word.x0 - max(w.x1 for w in cells[-1]) > 0.5 * max(line.size, before.size):
            cells.append([])
        cells[-1].append(word)
    return [Line(tuple(cell), line.page) for cell in cells]


def _reach(cell: Line, rules: Sequence[Box]) -> tuple[float, float]:
    """Left and right edge of what a cell of the head heads: those of the short rule under it, if there is one."""
    for rule in rules:
        if 0 < rule.y0 - cell.y < 0.9 * cell.size and rule.x0 - 2 <= cell.x0 and cell.x1 <= rule.x1 + 2:
            return rule.x0, rule.x1
    return cell.x0, cell.x1


def _head(lines: Sequence[Line], rules: Sequence[Box]) -> int:
    """How many lines the head has: those above the first rule that has some above it, else those before the first row of figures."""
    figures = [n for n, line in enumerate(lines) if _figures(line) >= 0.5 and len(line.cells) > 1]
    first = figures[0] if figures else 0
    head = _ruled_off(lines, rules)
    if head is None or sum(n < head for n in figures) > 1:
        head = min(first, 5)
    else:
        # A second line of names may stand under the rule.
        while head < min(first, 6) and len(cells_of(lines[head])) > 2 and lines[head].x0 > lines[0].x0 + lines[0].size:
            head += 1
    # Without a name over a column it is no head, but a title of the first rows.
    return head if any(len(cells_of(line)) > 1 or line.x0 > lines[-1].cells[0].x1 for line in lines[:head]) else 0


def _ruled_off(lines: Sequence[Line], rules: Sequence[Box]) -> int | None:
    """How many lines stand above the first rule through the whole table."""
    y0, y1 = lines[0].y, lines[-1].y
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    for rule in rules:
        if y0 < rule.y0 < y1 and rule.x1 - rule.x0 > 0.9 * width:
            above = sum(line.y - 0.25 * line.size < rule.y0 for line in lines)
            if 0 < above <= max(8, len(lines) // 3) and above < len(lines):
                return above
    return None


def _figures(line: Line) -> float:
    """The share of the cells behind the first that are figures."""
    cells = cells_of(line)[1:]
    return sum(is_number(cell.text) or bool(re.match(r"^[\d.]+", cell.text)) for cell in cells) / len(cells) if cells else 0.0


def _columns(body: Sequence[Line]) -> list[_Column]:
    """Strips of the page that hold the cells; rows with most cells say where they are."""
    columns: list[_Column] = []
    for cells in sorted(map(cells_of, body), key=len, reverse=True):
        if columns and len(cells) < 2:
            continue
        for cell in cells:
            touched = [c for c in columns if c.overlap(cell) > 0]
            if not touched:
                columns.append(_Column(cell.x0, cell.x1))
            elif len(touched) == 1:
                touched[0].x0, touched[0].x1 = min(touched[0].x0, cell.x0), max(touched[0].x1, cell.x1)
        if len(columns) > 40:
            break
    return sorted(columns, key=lambda c: c.x0)


def _named(line: Line, columns: Sequence[_Column]) -> str:
    """The row's cells behind the names of their columns; a cell over several columns has the names that they share."""
    parts: list[str] = []
    filled: set[int] = set()
    cells = cells_of(line)
    if len(cells) == 2 and len(columns) > 3:
        return ""  # one value for the whole table, set in the middle
    for cell in cells:
        over = [n for n, column in enumerate(columns) if column.overlap(cell) > 0]
        if not over or filled & set(over):
            return ""
        filled.update(over)
        shared = [name for name in columns[over[0]].names if all(name in columns[n].names for n in over)]
        name = " ".join(shared)
        parts.append(f"{name}: {cell.text}" if name and (over[0] or is_number(cell.text)) else cell.text)
    return " | ".join(parts)
