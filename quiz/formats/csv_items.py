"""Items as a spreadsheet: a row each, options in columns of their own, lists parted by "|"."""

import csv
import io
import re
from collections.abc import Sequence

from quiz.formats.cells import from_cell, to_cell
from quiz.formats.extras import LineError
from quiz.formats.fields import EVIDENCE, FIELDS, from_fields, to_fields
from quiz.items import Item

_PLAIN = [name for name in FIELDS if name != "options"]
_JOINED = ("accepted", "rubric")
_LONGEST_CELL = 200_000  # characters


def write_csv(items: Sequence[Item], title: str) -> bytes:  # noqa: ARG001  # as every writer; a table has no place for it
    """A CSV file, UTF-8 with the mark that spreadsheets look for."""
    rows = [to_fields(item) for item in items]
    options = max((len(row.get("options", [])) for row in rows), default=0)
    columns = [*_PLAIN, *(f"option_{n}" for n in range(1, options + 1)), *(f"evidence_{name}" for name in EVIDENCE)]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    for row in rows:
        cells = {name: _joined(row[name]) if name in _JOINED else str(row[name]) for name in _PLAIN if name in row}
        cells |= {f"option_{n}": option for n, option in enumerate(row.get("options", []), start=1)}
        cells |= {f"evidence_{name}": text for name, text in row.get("evidence", {}).items()}
        writer.writerow({name: to_cell(cell) for name, cell in cells.items()})
    return out.getvalue().encode("utf-8-sig")


def read_csv(text: str) -> list[Item]:
    """All rows of a file; parted by commas, or by semicolons as some spreadsheets do.

    Raises:
        LineError: A column is unknown, or a row is no item.
    """
    csv.field_size_limit(_LONGEST_CELL)
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",", strict=True)
    found = []
    line = 1
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        _check(header)
        line = reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                found.append(_item(header, row, line))
            line = reader.line_num + 1
    except csv.Error as exc:
        raise LineError(max(line, reader.line_num), f"this is no CSV: {exc}") from exc
    return found


def _check(header: Sequence[str]) -> None:
    known = {*_PLAIN, "id", *(f"evidence_{name}" for name in EVIDENCE)}
    for name in header:
        if name and name not in known and not re.fullmatch(r"option_\d{1,2}", name):
            raise LineError(1, f"{name!r} is no column of items: there are {', '.join([*_PLAIN, 'option_1'])}, ...")
    if "stem" not in header or "answer" not in header:
        raise LineError(1, "the first line names the columns; stem and answer must be there")
    if len(set(header) - {""}) != sum(name != "" for name in header):
        raise LineError(1, "a column is there twice")


def _item(header: Sequence[str], row: Sequence[str], line: int) -> Item:
    if len(row) > len(header):
        raise LineError(line, f"this row has {len(row)} cells, the first line names {len(header)} columns")
    cells = {name: from_cell(cell) for name, cell in zip(header, row, strict=False) if name and cell != ""}
    options = sorted((name for name in cells if name.startswith("option_")), key=lambda name: int(name.removeprefix("option_")))
    fields: dict[str, object] = {name: cells[name] for name in cells if name in _PLAIN and name not in _JOINED}
    fields |= {name: _split(cells[name]) for name in _JOINED if name in cells}
    fields["options"] = [cells[name] for name in options]
    fields["evidence"] = {name: cells[f"evidence_{name}"] for name in EVIDENCE if f"evidence_{name}" in cells}
    return from_fields(fields, line)


def _joined(texts: Sequence[str]) -> str:
    return " | ".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)


def _split(cell: str) -> list[str]:
    found = [""]
    escaped = False
    for c in cell:
        if escaped:
            found[-1] += c
        elif c == "|":
            found.append("")
        elif c != "\\":
            found[-1] += c
        escaped = c == "\\" and not escaped
    return [text.strip(" ") for text in found if text.strip(" ")]
