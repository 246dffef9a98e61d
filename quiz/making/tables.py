"""Tables of a reading as rows and columns of numbers, as far as they were read for certain.

`ingest` keeps a row as its line of text, and beside it its cells behind the names of their columns. A row is taken only where the
two agree: the line is the label and then the cells, one after the other.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ingest.documents import Kind, Sentence

_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?")
_CELL = re.compile(rf"({_NUMBER.pattern})\s?(%?)(?:\s?±\s?[\d.]+)?")
_CAPTION = re.compile(r"^table\s+[\dA-Z.]+\s*[:.|]?\s+", re.IGNORECASE)
_MARKS = re.compile(r"\s*(?:\[\d+(?:, ?\d+)*\]|[*∗†‡§¶↑↓]+)")  # sources and footnotes
_SIZE = re.compile(r"(?<![\w.])\d+(?:\.\d+)?\s?[BMK]\b")
_LONGEST_LABEL = 6  # words
_LONGEST_CAPTION = 200  # characters


@dataclass(frozen=True)
class Row:
    """A row whose cells are known.

    Attributes:
        label: What it is called, without sources and marks of footnotes; with its group's label where its own is but a size.
        cells: Its cells by their columns' names.
    """

    label: str
    cells: dict[str, str]
    sentence: Sentence


@dataclass(frozen=True)
class Table:
    """A table with a caption.

    Attributes:
        caption: Its first sentence, or two where that is short, without "Table 3:".
        rows: Those that were read for certain, from above.
        sentences: All of its rows, as they stand.
    """

    caption: str
    rows: tuple[Row, ...]
    sentences: tuple[Sentence, ...]

    @cached_property
    def columns(self) -> dict[str, tuple[tuple[Row, Decimal], ...]]:
        """By their names the columns of numbers of one make (percent or not, decimals), with the rows that have one."""
        found: dict[str, dict[tuple[bool, int], list[tuple[Row, Decimal]]]] = {}
        for row in self.rows:
            for name, cell in row.cells.items():
                if (number := number_of(cell)) is not None:
                    make = ("%" in cell, -int(number.as_tuple().exponent))
                    found.setdefault(name, {}).setdefault(make, []).append((row, number))
        return {name: max(map(tuple, makes.values()), key=len) for name, makes in found.items()}

    def between(self, rows: Iterable[Row]) -> str:
        """The text from the first to the last of some rows, with the rows between, as it stands on the page."""
        positions = [row.sentence.position for row in rows]
        first, last = min(positions), max(positions)
        above = [s for s in self.sentences if s.position < first and not any(c.isdigit() for c in s.text)]
        group = above[-1].position if above and any(r.label.startswith(f"{above[-1].text} ") for r in rows) else first
        return " ".join(s.text for s in self.sentences if group <= s.position <= last)


def number_of(cell: str) -> Decimal | None:
    """The number that a cell holds and nothing else: "28.4", "89.6%", "70.4±.1"; None for "-", "1.2M" or "55.2/66.1"."""
    found = _CELL.fullmatch(cell.strip())
    if found is None or not found[1] or not any(c.isdigit() for c in found[1]):
        return None
    return Decimal(found[1].replace(",", "").replace("−", "-"))


def size_of(label: str) -> str:
    """The size that a label names, such as "13B"; "" where it names none."""
    found = _SIZE.search(label)
    return found[0].replace(" ", "") if found else ""


def tables_of(sentences: Sequence[Sentence]) -> tuple[Table, ...]:
    """The tables of a reading that have a caption and rows that were read for certain."""
    groups: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        if sentence.group and sentence.kind in (Kind.TABLE, Kind.CAPTION):
            groups.setdefault(sentence.group, []).append(sentence)
    found = []
    for group in groups.values():
        caption = _caption([s.text for s in group if s.kind is Kind.CAPTION])
        lines = tuple(s for s in group if s.kind is Kind.TABLE)
        rows = tuple(row for n, line in enumerate(lines) if (row := _row(line, lines[:n])) is not None)
        if caption and rows:
            found.append(Table(caption, rows, lines))
    return tuple(found)


def _row(line: Sentence, above: Sequence[Sentence]) -> Row | None:
    parts = (line.columns or "").split(" | ")
    labels = [part for part in parts if ": " not in part]
    cells = [tuple(part.rsplit(": ", 1)) for part in parts if ": " in part]
    values = " ".join(value for _, value in cells)
    if not labels or not cells or not line.text.endswith(f" {values}"):
        return None
    own = line.text.removesuffix(values).strip()
    if " ".join(labels).endswith(own) and own:
        group = " ".join(labels).removesuffix(own).strip()
    else:
        return None
    label = _plain(own)
    if size_of(own) == own.replace(" ", ""):  # "13B", below a line "LLaMA"
        if not group or all(line.text != group for line in above):
            return None
        label = f"{group} {label}"
    names = [name for name, _ in cells]
    once = {name: value for name, value in cells if names.count(name) == 1}
    return Row(label, once, line) if _is_telling(label) else None


def _plain(label: str) -> str:
    return " ".join(_MARKS.sub("", label).split())


def _is_telling(label: str) -> bool:
    """Is it a name that an option can have: words, no source ("Zhu et al. (2013)"), no formula?"""
    words = label.split()
    return (
        len(words) <= _LONGEST_LABEL
        and re.search(r"[^\W\d_]{3}", label) is not None
        and re.search(r"\bet al\b|\b(?:19|20)\d\d\b|[=<>|∆·]", label) is None
        and label.count("(") == label.count(")")
    )


def _caption(sentences: Sequence[str]) -> str:
    if not sentences or not _CAPTION.match(sentences[0]):
        return ""
    said = _CAPTION.sub("", sentences[0]).strip()
    if len(said.split()) < 4 and len(sentences) > 1:
        said = f"{said} {sentences[1]}"
    said = said.rstrip(".")
    return said if said and len(said) <= _LONGEST_CAPTION and said.count("(") == said.count(")") else ""
