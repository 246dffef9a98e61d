"""Tables on PDF pages: cells between ruling lines where there are any, else columns below a line of headers. Pure."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.syllabus.columns import header_role
from ingest.syllabus.document import Block, Cell, Kind, Line, Table
from ingest.syllabus.labels import BREAK, parse_label
from ingest.syllabus.pdf_layout import PageInk, Row, Rule, Word, line_of, rows_of

_NEAR = 3.5  # points within which two ruling lines are one
_BULLET = re.compile(r"[•●○◦▪■‣·∙◆➢*–-]\s")


def page_parts(page: PageInk, columns: list[float]) -> list[Table | list[Row]]:
    """A page's tables and the runs of text rows between them, from the top.

    Args:
        columns: The gutters of a table without rules that the page before ended with; changed to this page's.
    """
    tables = _ruled(page)
    inside = {id(word) for _, _, words in tables for word in words}
    parts: list[tuple[float, Table | list[Row]]] = [(top, table) for top, table, _ in tables]
    free = rows_of(word for word in page.words if id(word) not in inside)
    if tables:
        columns.clear()
    run: list[Row] = []
    for part in _aligned(free, columns):
        if isinstance(part, Row):
            if run and any(run[-1].top < top < part.top for top, _, _ in tables):
                parts.append((run[0].top, run))
                run = []
            run.append(part)
        else:
            if run:
                parts.append((run[0].top, run))
                run = []
            parts.append((part[0], part[1]))
    if run:
        parts.append((run[0].top, run))
    return [part for _, part in sorted(parts, key=lambda pair: pair[0])]


def joined_tables(blocks: Sequence[Block]) -> list[Block]:
    """A table that goes on on the next page is one, its repeated headers left out."""
    made: list[Block] = []
    for block in blocks:
        last = made[-1] if made else None
        if isinstance(block, Table) and isinstance(last, Table) and len(block.rows[0]) == len(last.rows[0]):
            heads = [cell.text for cell in last.rows[0]]
            rows = block.rows[1:] if [cell.text for cell in block.rows[0]] == heads else block.rows
            if (
                rows
                and not rows[0][0].text
                and not any(cell.header for cell in rows[0])
                and sum(bool(c.text) for c in rows[0]) < len(heads)
            ):
                carried = tuple(
                    Cell(a.lines + b.lines, a.header, a.from_above, a.from_left) for a, b in zip(last.rows[-1], rows[0], strict=True)
                )
                made[-1] = Table((*last.rows[:-1], carried, *rows[1:]))
            else:
                made[-1] = Table((*last.rows, *rows))
        else:
            made.append(block)
    return made


def _levels(values: Sequence[float]) -> list[float]:
    """Sorted places, those near each other once."""
    made: list[float] = []
    for value in sorted(values):
        if not made or value - made[-1] > _NEAR:
            made.append(value)
    return made


def _components(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Ruling lines that touch each other, group by group."""
    left = list(rules)
    groups = []
    while left:
        group = [left.pop()]
        grown = True
        while grown:
            grown = False
            for rule in list(left):
                if any(_touch(rule, other) for other in group):
                    group.append(rule)
                    left.remove(rule)
                    grown = True
        groups.append(group)
    return groups


def _touch(a: Rule, b: Rule) -> bool:
    if a.level == b.level:
        return abs(a.at - b.at) < _NEAR and a.low - _NEAR <= b.high and b.low - _NEAR <= a.high
    return a.low - _NEAR <= b.at <= a.high + _NEAR and b.low - _NEAR <= a.at <= b.high + _NEAR


def _ruled(page: PageInk) -> list[tuple[float, Table, list[Word]]]:
    """(top, table, its words) for each grid of ruling lines that holds text in two columns and two rows."""
    found = []
    rules = page.rules if len(page.rules) < 3000 else ()
    for group in _components(_framing(_merged(rules))):
        xs = _levels([rule.at for rule in group if not rule.level])
        ys = _levels([rule.at for rule in group if rule.level])
        if len(xs) < 3 or len(ys) < 3:
            continue
        words = [w for w in page.words if xs[0] - 2 <= (w.x0 + w.x1) / 2 <= xs[-1] + 2 and ys[0] - 2 <= w.middle <= ys[-1] + 2]
        table = _grid(group, xs, ys, words)
        if table is not None:
            found.append((ys[0], table, words))
    return found


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one ruling line as one."""
    made: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (r.level, round(r.at / _NEAR), r.low)):
        last = made[-1] if made else None
        if last and last.level == rule.level and abs(last.at - rule.at) < 1.5 and rule.low <= last.high + _NEAR:
            made[-1] = Rule(last.level, last.at, min(last.low, rule.low), max(last.high, rule.high))
        else:
            made.append(rule)
    return made


def _framing(rules: Sequence[Rule]) -> list[Rule]:
    """Level lines that reach from one upright line to another; what underlines words does not."""
    upright = [rule for rule in rules if not rule.level]

    def met(x: float, y: float) -> bool:
        return any(abs(rule.at - x) < 2 and rule.low - 2 <= y <= rule.high + 2 for rule in upright)

    return [rule for rule in rules if not rule.level or (met(rule.low, rule.at) and met(rule.high, rule.at))]


def _grid(rules: Sequence[Rule], xs: Sequence[float], ys: Sequence[float], words: Sequence[Word]) -> Table | None:
    wide, high = len(xs) - 1, len(ys) - 1
    owner = {(r, c): (r, c) for r in range(high) for c in range(wide)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while owner[cell] != cell:
            cell = owner[cell]
        return cell

    def ruled(level: bool, at: float, middle: float) -> bool:
        return any(rule.level == level and abs(rule.at - at) < _NEAR and rule.low - 1 <= middle <= rule.high + 1 for rule in rules)

    for r in range(high):
        for c in range(wide):
            across, down = (xs[c] + xs[c + 1]) / 2, (ys[r] + ys[r + 1]) / 2
            if c + 1 < wide and not ruled(False, xs[c + 1], down):
                owner[max(root((r, c)), root((r, c + 1)))] = min(root((r, c)), root((r, c + 1)))
            if r + 1 < high and not ruled(True, ys[r + 1], across):
                owner[max(root((r, c)), root((r + 1, c)))] = min(root((r, c)), root((r + 1, c)))
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        c = next((n for n in range(wide) if (word.x0 + word.x1) / 2 <= xs[n + 1]), wide - 1)
        r = next((n for n in range(high) if word.middle <= ys[n + 1]), high - 1)
        held.setdefault(root((r, c)), []).append(word)
    if len({c for _, c in held}) < 2 or len({r for r, _ in held}) < 2:
        return None
    cells = {place: cell_lines(rows_of(inside)) for place, inside in held.items()}
    rows = []
    for r in range(high):
        row = []
        for c in range(wide):
            top, left = root((r, c))
            row.append(Cell(cells.get((top, left), ()), from_above=r > top, from_left=c > left))
        if any(cell.text for cell in row):
            rows.append(tuple(row))
    return Table(tuple(rows))


def cell_lines(rows: Sequence[Row]) -> tuple[Line, ...]:
    """A cell's rows as lines: they wrap at its edge, so a bullet, a wide step down or a short line above tells a new one."""
    if not rows:
        return ()
    right = max(row.x1 for row in rows)
    groups: list[list[Row]] = []
    for row in rows:
        own = not groups
        if groups:
            above = groups[-1][-1]
            bold, was = all(w.bold for w in row.words), all(w.bold for w in above.words)
            room = right - above.x1 > row.words[0].x1 - row.words[0].x0 + 4
            linked = row.words[0].href is not None and row.words[0].href != above.words[-1].href
            ended = re.search(r"(?:arxiv:\S+|https?://\S+)$", above.text, re.IGNORECASE) is not None and row.text[:1].isupper()
            own = (
                ended
                or bool(_BULLET.match(row.text))
                or bold != was
                or (room and (linked or not row.text[:1].islower()))
                or row.top - above.bottom > 0.6 * row.size
            )
        if own:
            groups.append([row])
        else:
            groups[-1].append(row)
    return tuple(_item(group) for group in groups)


def _item(group: Sequence[Row]) -> Line:
    line = line_of(group)
    match = _BULLET.match(line.text)
    return Line(line.cut(match.end()).runs, Kind.ITEM, 1) if match else line


def _aligned(rows: Sequence[Row], columns: list[float]) -> list[Row | tuple[float, Table]]:
    """Tables without ruling lines: a row of at least three headers, and the rows below it that keep to its columns."""
    made: list[Row | tuple[float, Table]] = []
    at = 0
    if columns and rows:  # goes on from the page before
        end = _reach(rows, 0, columns)
        if end:
            made.append((rows[0].top, _table(rows[:end], columns)))
            at = end
        if end < len(rows):
            columns.clear()
    while at < len(rows):
        heads = _heads(rows[at])
        if not heads:
            made.append(rows[at])
            at += 1
            continue
        gutters = _gutters(heads, rows[at + 1 :])
        end = _reach(rows, at + 1, gutters)
        if end - at < 3:
            made.append(rows[at])
            at += 1
            continue
        made.append((rows[at].top, _table(rows[at:end], gutters)))
        columns[:] = gutters if end == len(rows) else []
        at = end
    return made


def _heads(row: Row) -> list[Row]:
    """A row's segments if they are headers of a plan."""
    segments = row.segments()
    if not 2 <= len(segments) <= 9 or any(len(segment.text) > 40 for segment in segments):
        return []
    roles = [header_role(segment.text) for segment in segments]
    known = [role for role in roles if role]
    enough = len(known) >= 2 and len(known) * 3 >= len(segments) * 2 and len(set(known)) > 1
    return segments if enough and any(role in ("date", "number") for role in known) else []


def _gutters(heads: Sequence[Row], rows: Sequence[Row]) -> list[float]:
    """For each pair of headers an x between them that the fewest words below cross."""
    near = rows[:40]
    found = []
    for left, right in pairwise(heads):
        spots = [left.x0 + 4 + k for k in range(0, max(1, int(right.x0 - left.x0 + 2)), 2)]
        crossed = [sum(word.x0 < x < word.x1 or _between(row, x) for row in near for word in row.words[:60]) for x in spots]
        least = min(crossed)
        good = [x for x, count in zip(spots, crossed, strict=True) if count == least]
        found.append(max(good))
    return found


def _between(row: Row, x: float) -> bool:
    """Does an x fall into a narrow gap between two words of one phrase?"""
    for before, word in pairwise(row.words):
        if before.x1 <= x <= word.x0:
            return word.x0 - before.x1 < 0.6 * before.size
    return False


def _reach(rows: Sequence[Row], at: int, gutters: Sequence[float]) -> int:
    """The index behind the last row that keeps to the columns."""
    end = at
    for n in range(at, len(rows)):
        row = rows[n]
        crosses = any(_between(row, x) or any(w.x0 < x - 1 and w.x1 > x + 1 for w in row.words) for x in gutters)
        far = n > at and row.top - rows[n - 1].bottom > 3.5 * row.size
        if far or (crosses and not (BREAK.search(row.text) or parse_label(line_of([row])))):
            break
        end = n + 1
    return end


def _table(rows: Sequence[Row], gutters: Sequence[float]) -> Table:
    edges = [float("-inf"), *gutters, float("inf")]
    groups = _by_space(rows, edges) or _by_labels(rows, edges)
    made = []
    for group in groups:
        row = []
        for low, high in pairwise(edges):
            inside = [Row(tuple(words)) for line in group if (words := [w for w in line.words if low <= w.x0 < high])]
            row.append(Cell(cell_lines(inside)))
        made.append(tuple(row))
    return Table(tuple(made))


def _labelled(row: Row, edges: Sequence[float]) -> bool:
    """Has a row of words a week or a date in one of the first two columns?"""
    for low, high in pairwise(edges[:3]):
        words = tuple(w for w in row.words if low <= w.x0 < high)
        if words and parse_label(line_of([Row(words)]), bare=True) is not None:
            return True
    return False


def _by_space(rows: Sequence[Row], edges: Sequence[float]) -> list[list[Row]]:
    """Rows parted where the space between lines is wider, if that gives one week or date to each; else none."""
    if len(rows) < 4:
        return []
    gaps = [below.top - above.bottom for above, below in pairwise(rows)]
    for least in sorted({round(gap, 1) for gap in gaps[1:]}, reverse=True):
        groups = [[rows[0]]]
        for gap, row in zip(gaps, rows[1:], strict=True):
            if gap >= least - 0.1 or len(groups) == 1:
                groups.append([])
            groups[-1].append(row)
        labels = [sum(_labelled(row, edges) for row in group) for group in groups[1:]]
        if len(labels) > 1 and all(count <= 1 for count in labels) and sum(labels) >= 0.85 * len(labels):
            return groups
    return []


def _by_labels(rows: Sequence[Row], edges: Sequence[float]) -> list[list[Row]]:
    """Rows parted where the first column has words again."""
    groups: list[list[Row]] = []
    for n, row in enumerate(rows):
        label = [w for w in row.words if w.x0 < edges[1]] or ([w for w in row.words if w.x0 < edges[2]] if len(edges) > 2 else [])
        first = [w for w in row.words if w.x0 < edges[1]]
        starts = bool(first) or (bool(label) and parse_label(line_of([Row(tuple(label))]), bare=True) is not None)
        gap = n > 0 and row.top - rows[n - 1].bottom > 0.5 * row.size
        wraps = (
            bool(groups)
            and starts
            and not gap
            and len(label)
            and parse_label(line_of([Row(tuple(label))]), bare=True) is None
            and not BREAK.search(row.text)
        )
        if not groups or n == 1 or (starts and not wraps):
            groups.append([row])
        else:
            groups[-1].append(row)
    return groups
