"""Tables of web pages as rows with the names of their columns."""

from collections.abc import Callable

from bs4.element import Tag

_MOST_COLUMNS = 60
_MOST_ROWS_SPANNED = 500


def is_data(table: Tag) -> bool:
    """Whether a table holds data; many lay out a page, and LaTeXML sets equations in them."""
    if table.get("role") in ("presentation", "none") or "ltx_eqn_table" in table.get_attribute_list("class"):
        return False
    if table.find(["table", "h1", "h2", "h3", "pre"]) is not None:
        return False
    return table.find("th") is not None or any(len(_cells(row)) > 1 for row in table.find_all("tr", limit=20))


def table_rows(table: Tag, text_of: Callable[[Tag], str]) -> list[str]:
    """Each row on one line, "first cell | column: cell"; rows of headers name the columns."""
    header: list[str] = []
    body: list[list[str]] = []
    carried: dict[int, tuple[int, str]] = {}  # column: rows still to come, text
    for row in table.find_all("tr"):
        cells = _cells(row)
        is_header = not body and bool(cells) and (row.find_parent("thead") is not None or all(cell.name == "th" for cell in cells))
        line: list[str] = []
        for cell in cells:
            _take_carried(line, carried)
            text = text_of(cell)
            wide, high = _span(cell, "colspan", _MOST_COLUMNS), _span(cell, "rowspan", _MOST_ROWS_SPANNED)
            for n in range(wide):
                if len(line) >= _MOST_COLUMNS:
                    break
                if high > 1:
                    carried[len(line)] = (high - 1, text if is_header or n == 0 else "")
                line.append(text if is_header or n == 0 else "")
        _take_carried(line, carried)
        if is_header:
            header = _joined(header, line)
        elif any(line):
            body.append(line)
    if not body:
        return [" | ".join(cell for cell in header if cell)]
    names = header + [""] * (_MOST_COLUMNS - len(header))
    return [
        " | ".join(f"{name}: {cell}" if name and n else cell for n, (name, cell) in enumerate(zip(names, line, strict=False)) if cell)
        for line in body
    ]


def _cells(row: Tag) -> list[Tag]:
    return [cell for cell in row.find_all(["td", "th"], recursive=False) if isinstance(cell, Tag)]


def _span(cell: Tag, name: str, most: int) -> int:
    value = str(cell.get(name) or "1")
    return max(1, min(int(value), most)) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _take_carried(line: list[str], carried: dict[int, tuple[int, str]]) -> None:
    """Fill the columns that a cell of a row above reaches into."""
    while (column := len(line)) in carried:
        left, text = carried.pop(column)
        if left > 1:
            carried[column] = (left - 1, text)
        line.append(text)
        if left > 1 and len(line) >= _MOST_COLUMNS:
            return


def _joined(above: list[str], below: list[str]) -> list[str]:
    """Two rows of headers as one: "Group Column"."""
    wide = max(len(above), len(below))
    pairs = zip(above + [""] * (wide - len(above)), below + [""] * (wide - len(below)), strict=True)
    return [a if a == b else f"{a} {b}".strip() for a, b in pairs]
