"""From words and ruling lines on pages to lines and headings. Tables are `pdf_tables`' work. Pure.

A heading is what is set larger than the body; what is bold as a whole stays a bold line. A paragraph's lines are joined again where
the line above is full; what starts a list item, a label or a date stands on its own.
"""

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.syllabus.document import Block, Kind, Line, Run, Table, make_line
from ingest.syllabus.markup import OWN_LINE, starts_own

_BULLET = re.compile(r"(?:[•●○◦▪■‣·∙◆➢✓–\uf0b7\uf0a7*-]|o(?=\s))\s*")
_PARTED = "\x02"  # a hyphen at a line's end, as pdfium writes it: of the word, or only of its division
_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?\W*", re.IGNORECASE)


@dataclass(frozen=True)
class Word:
    """A word at its place, in points from the page's upper left corner; `size` is the height of its letters."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    href: str | None = None

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Rule:
    """A ruling line: `at` is its y if level, its x if upright; it reaches from `low` to `high`."""

    level: bool
    at: float
    low: float
    high: float


@dataclass(frozen=True)
class PageInk:
    """What is drawn on a page."""

    words: tuple[Word, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Row:
    """Words on one line, from left to right."""

    words: tuple[Word, ...]

    @property
    def x0(self) -> float:
        """Its left end."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Its right end."""
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        """Its upper end."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Its lower end."""
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        """The height of its letters."""
        return statistics.median(word.size for word in self.words)

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(word.text for word in self.words)

    def segments(self) -> list["Row"]:
        """Its parts between wide gaps."""
        parts: list[list[Word]] = [[self.words[0]]]
        for before, word in pairwise(self.words):
            if word.x0 - before.x1 > max(0.9 * before.size, 7):
                parts.append([])
            parts[-1].append(word)
        return [Row(tuple(part)) for part in parts]


def rows_of(words: Iterable[Word]) -> list[Row]:
    """Words sorted into lines, from the top."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle, w.x0)):
        for row in reversed(rows[-4:]):
            if abs(statistics.mean(w.middle for w in row) - word.middle) < 0.4 * min(word.size, row[0].size):
                row.append(word)
                break
        else:
            rows.append([word])
    made = [Row(tuple(sorted(row, key=lambda w: w.x0))) for row in rows]
    return sorted(made, key=lambda row: row.top)


def line_of(rows: Sequence[Row], kind: Kind = Kind.PARAGRAPH, level: int = 0) -> Line:
    """Lines of words joined to one; a word parted at a line's end is whole again."""
    runs: list[Run] = []
    for row in rows:
        for word in row.words:
            if runs and word is row.words[0] and re.search(r"\w[-\x02]\s*$", runs[-1].text) and word.text[:1].islower():
                runs[-1] = Run(runs[-1].text.rstrip()[:-1] + _PARTED, runs[-1].href, runs[-1].strong)
            if runs and runs[-1].href == word.href and runs[-1].strong == word.bold:
                runs[-1] = Run(runs[-1].text + word.text + " ", word.href, word.bold)
            else:
                runs.append(Run(word.text + " ", word.href, word.bold))
    # The space between two formats belongs to neither link.
    parted: list[Run] = []
    for run in runs:
        parted += [Run(run.text.rstrip(), run.href, run.strong), Run(" ")] if run.text.endswith(" ") else [run]
    return make_line(parted, kind, level)


def blocks_of(pages: Sequence[PageInk]) -> list[Block]:
    """The blocks of all pages."""
    from ingest.syllabus.pdf_tables import joined_tables, page_parts

    pages = [replace(page, words=tuple(_without_running_heads(n, pages))) for n, page in enumerate(pages)]
    sizes = Counter[float]()
    for page in pages:
        for word in page.words:
            sizes[round(word.size, 1)] += len(word.text)
    total = sum(sizes.values())
    body = max((size for size, count in sizes.items() if count >= 0.2 * total), default=sizes.most_common(1)[0][0] if sizes else 10.0)
    headings = sorted({round(s) for s, count in sizes.items() if s > 1.12 * body and count > 3}, reverse=True)
    blocks: list[Block] = []
    columns: list[float] = []
    for page in pages:
        for part in page_parts(page, columns):
            if isinstance(part, Table):
                blocks.append(part)
            else:
                blocks += _lines(part, body, headings)
    words = {word.lower() for page in pages for w in page.words for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", w.text)}
    return [_mended(block, words) for block in joined_tables(blocks)]


def _mended(block: Block, words: set[str]) -> Block:
    """Words that were parted at a line's end, whole again: with their hyphen where the document writes them so, or both halves alone."""
    if isinstance(block, Table):
        rows = (tuple(replace(cell, lines=tuple(_whole(line, words) for line in cell.lines)) for cell in row) for row in block.rows)
        return Table(tuple(rows))
    return _whole(block, words)


def _whole(line: Line, words: set[str]) -> Line:
    def joined(match: re.Match[str]) -> str:
        a, b = match[1].lower(), match[2].lower()
        hyphen = a + b not in words and (f"{a}-{b}" in words or (a in words and b in words))
        return f"{match[1]}-{match[2]}" if hyphen else match[1] + match[2]

    if _PARTED not in line.text:
        return line
    runs = [Run(re.sub(rf"(\w+){_PARTED}(\w+)", joined, run.text).replace(_PARTED, "-"), run.href, run.strong) for run in line.runs]
    return make_line(runs, line.kind, line.level)


def _without_running_heads(number: int, pages: Sequence[PageInk]) -> list[Word]:
    """A page's words without lines at its edges that stand there on most pages, and without page numbers."""
    rows = rows_of(pages[number].words)
    dropped: set[int] = set()
    for order in (rows, rows[::-1]):
        for row, inner in pairwise(order[:4]):
            apart = max(row.top, inner.top) - min(row.bottom, inner.bottom) > row.size  # a table's head stands close to its rows
            if not apart or not (_NUMBER.fullmatch(row.text) or _runs(row, pages)):
                break
            dropped |= {id(word) for word in row.words}
    return [word for word in pages[number].words if id(word) not in dropped]


def _runs(row: Row, pages: Sequence[PageInk]) -> bool:
    """Does a row stand at its height on most pages, but for its figures?"""
    text = re.sub(r"\d+", "#", row.text)
    near = [(w for w in page.words if abs(w.top - row.top) < 3 + row.size) for page in pages]
    same = sum(any(abs(other.top - row.top) < 3 and re.sub(r"\d+", "#", other.text) == text for other in rows_of(words)) for words in near)
    return len(pages) > 1 and same * 3 > len(pages) * 2


def _lines(rows: Sequence[Row], body: float, headings: Sequence[int]) -> list[Line]:
    """Rows of running text as lines."""
    if not rows:
        return []
    right = max(row.x1 for row in rows)
    indents = sorted({round(row.x0 / 6) for row in rows if _BULLET.match(row.text)})
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _continues(groups[-1], row, right, body):
            groups[-1].append(row)
        else:
            groups.append([row])
    made: list[Line] = []
    for group in groups:
        first = group[0]
        if first.size > 1.12 * body:
            level = next((n for n, size in enumerate(headings, start=1) if round(first.size) >= size), len(headings) or 1)
            made.append(line_of(group, Kind.HEADING, min(level, 6)))
        elif (match := _BULLET.match(first.text)) and len(first.text) > len(match[0]):
            level = 1 + next((n for n, x in enumerate(indents) if x == round(first.x0 / 6)), 0)
            line = line_of(group)
            made.append(replace(line.cut(match.end()), kind=Kind.ITEM, level=level))
        else:
            made.append(line_of(group))
    return [line for line in made if line]


def _continues(group: Sequence[Row], row: Row, right: float, body: float) -> bool:
    """Does a row only go on with the one above?"""
    above = group[-1]
    if row.top - above.bottom > 0.75 * body or abs(row.size - above.size) > 0.08 * body or _BULLET.match(row.text):
        return False
    if above.size > 1.12 * body:
        return True
    bold, was_bold = all(w.bold for w in row.words), all(w.bold for w in above.words)
    if bold != was_bold and (bold or len(above.words) < 8):
        return False
    item = _BULLET.match(group[0].text) is not None
    if item and row.x0 > group[0].x0 + 3:
        return True
    next_word = row.words[0].x1 - row.words[0].x0
    full = above.x1 + next_word + 6 > right - 2 or above.x1 > right - 0.12 * (right - group[0].x0)
    if row.text.startswith("http"):
        return above.text[-1:] in (",", ":", ";", "—", "–", "(") or not (above.text.startswith("http") or above.x1 + 60 < right)
    in_sentence = len(above.words) > 8 and not OWN_LINE.match(group[0].text) and above.text[-1:].islower() and above.x1 > right - 60
    if OWN_LINE.match(row.text) and starts_own(above.text, row.text) and not in_sentence:
        return False
    return full and abs(row.x0 - group[0].x0) < 40
