"""Walks the lines of a document in reading order and cuts them into items: paragraphs, rows, captions, formulas, entries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import count, takewhile

from ingest.documents import Kind
from ingest.readers.layout.display import formula_length, listing_length
from ingest.readers.layout.floats import Float, floats_of
from ingest.readers.layout.footnotes import footnotes_of, is_marked
from ingest.readers.layout.headings import Headings, abstract_mark
from ingest.readers.layout.page import Line, Page
from ingest.readers.layout.paragraphs import starts_paragraph, text_of
from ingest.readers.layout.rows import rows_of
from ingest.readers.layout.style import Style


class Part(Enum):
    """What a line begins."""

    TEXT = auto()
    FLOAT = auto()
    HEADING = auto()
    ABSTRACT = auto()
    FORMULA = auto()
    LISTING = auto()


@dataclass(frozen=True)
class Role:
    """What a line is in a float: of which group and kind, what stands beside it, and in which row."""

    group: int
    kind: Kind
    context: str = ""
    row: int = 0


@dataclass
class Item:
    """Lines of one page that make one block, or a heading.

    Attributes:
        context, group: As in `ingest.documents.Block`.
        apart: A footnote, or part of a float: no paragraph goes on in it.
        indented: Its first line stands further right than a paragraph's other lines, so it begins a paragraph.
        margins: Left and right edge of its lines; after a join, of those behind it.
    """

    kind: Kind
    lines: list[Line]
    section: str
    page: int
    context: str = ""
    group: int = 0
    apart: bool = False
    indented: bool = False
    heading: bool = False
    margins: tuple[float, float] = (0.0, 0.0)


def items_of(pages: Sequence[Page], lines: Sequence[Sequence[Line]], style: Style, words: Counter[str]) -> list[Item]:
    """The items of a document, page after page in reading order.

    Args:
        lines: Of each page, without furniture.
        words: How often the document writes each word.
    """
    walk = _Walk(style, words)
    for page, page_lines in zip(pages, lines, strict=True):
        walk.page(page, page_lines)
    return walk.items


class _Walk:
    def __init__(self, style: Style, words: Counter[str]) -> None:
        self.items: list[Item] = []
        self._words = words
        self._style = style
        self._headings = Headings(style)
        self._groups = count(1)

    def page(self, page: Page, lines: Sequence[Line]) -> None:
        """Add the items of one page."""
        likely = {line for n, line in enumerate(lines) if self._may_be_heading(lines, n)}
        roles = _roles(floats_of(page, lines, likely, self._style), page, self._groups, self._words)
        notes = footnotes_of(page, [line for line in lines if line not in roles], self._style)
        paragraph: list[Line] = []
        n = 0
        while n < len(lines):
            line = lines[n]
            part, size = (Part.TEXT, 1) if line in notes else self._part(lines, n, roles)
            if part is not Part.TEXT or (paragraph and self._breaks(paragraph, line, notes)):
                self._end(paragraph, page, notes)
            if part is Part.TEXT:
                paragraph.append(line)
            else:
                rest = self._add(part, list(lines[n : n + size]), roles.get(line), page)
                paragraph.extend([rest] if rest is not None else [])
            n += size
        self._end(paragraph, page, notes)

    def _part(self, lines: Sequence[Line], n: int, roles: dict[Line, Role]) -> tuple[Part, int]:
        """What the line at `n` begins, and how many lines that takes."""
        line, above = lines[n], lines[n - 1] if n else None
        if line in roles:
            end = n + 1
            while end < len(lines) and roles.get(lines[end]) == roles[line]:
                end += 1
            return Part.FLOAT, end - n
        rest = list(takewhile(lambda each: each not in roles, lines[n:]))
        size = self._headings.length(rest[:3], self._is_alone(line, above, roles))
        if size:
            return Part.HEADING, size
        if not self._headings.started and abstract_mark(line) is not None:
            return Part.ABSTRACT, 1
        size = 0 if self._headings.in_references or not self._headings.started else formula_length(rest, self._style, above)
        if size:
            return Part.FORMULA, size
        size = listing_length(rest)
        return (Part.LISTING, size) if size else (Part.TEXT, 1)

    def _is_alone(self, line: Line, above: Line | None, roles: dict[Line, Role]) -> bool:
        """Is there space above it, or a figure, or the page's top?"""
        if above is None or above in roles or not self._style.known:
            return True
        gap = line.y - above.y
        return gap < 0 or gap > 1.25 * self._style.leading(self._style.size)

    def _add(self, part: Part, lines: list[Line], role: Role | None, page: Page) -> Line | None:
        """Add what stands apart; returns the text behind the word "Abstract", which begins a paragraph."""
        if part is Part.FLOAT and role is not None:
            self._add_float(lines, role, page)
            return None
        if part is Part.ABSTRACT:
            self._headings.enter_abstract()
            return abstract_mark(lines[0])
        if part is Part.HEADING:
            self._headings.enter(lines)
        kind = {Part.FORMULA: Kind.EQUATION, Part.LISTING: Kind.ALGORITHM}.get(part, Kind.PROSE)
        self.items.append(Item(kind, lines, self._headings.section, page.number, heading=part is Part.HEADING))
        return None

    def _breaks(self, paragraph: Sequence[Line], line: Line, notes: set[Line]) -> bool:
        if (line in notes) != (paragraph[-1] in notes) or (line in notes and is_marked(line)):
            return True
        return starts_paragraph(paragraph, line, self._style, hanging=self._headings.in_references)

    def _end(self, paragraph: list[Line], page: Page, notes: set[Line]) -> None:
        """Add the paragraph, if there is one, and begin a new one."""
        if paragraph:
            self._add_paragraph(list(paragraph), page, apart=paragraph[0] in notes)
            paragraph.clear()

    def _may_be_heading(self, lines: Sequence[Line], n: int) -> bool:
        """A heading by its looks, whatever its number: such a line belongs to no table."""
        line = lines[n]
        return self._style.known and line.text[:1].isalnum() and len(line.words) > 1 and self._headings.length([line], False) > 0

    def _add_paragraph(self, lines: list[Line], page: Page, *, apart: bool) -> None:
        kind = Kind.REFERENCE if self._headings.in_references and not apart else Kind.PROSE
        indented = len(lines) > 1 and lines[0].x0 > min(line.x0 for line in lines[1:]) + 0.8 * lines[0].size
        margins = (min(line.x0 for line in lines), max(line.x1 for line in lines))
        self.items.append(Item(kind, lines, self._headings.section, page.number, apart=apart, indented=indented, margins=margins))

    def _add_float(self, lines: list[Line], role: Role, page: Page) -> None:
        """Add one part of a float: its caption, a row, a drawing's labels; text in a picture or in a table's cells as paragraphs."""
        kind, parts = role.kind, [lines]
        if kind is Kind.PROSE or (kind is Kind.FIGURE and _is_prose(lines, self._style)):
            kind, parts = Kind.PROSE, _paragraphs(lines, self._style)
        for part in parts:
            self.items.append(Item(kind, part, self._headings.section, page.number, role.context, role.group, apart=True))


def _roles(floats: Sequence[Float], page: Page, groups: "count[int]", words: Counter[str]) -> dict[Line, Role]:
    """Of each line in a float its group, its kind and what stands beside it."""
    roles: dict[Line, Role] = {}
    for each in floats:
        group = next(groups)
        caption = _short(text_of(each.caption, words)) if each.caption else ""
        for line in each.caption:
            roles[line] = Role(group, Kind.CAPTION)
        for kind, part in each.parts:
            if kind is Kind.TABLE:
                for number, row in enumerate(rows_of(part, page.rules), start=1):
                    for line in row.lines:
                        roles[line] = Role(group, kind, " | ".join(filter(None, (caption, row.beside))), number)
            else:
                for line in part:
                    roles[line] = Role(group, kind)
    return roles


def _short(caption: str, most: int = 18) -> str:
    words = caption.split()
    for n, word in enumerate(words[:most]):
        if n > 3 and word.endswith("."):
            return " ".join(words[: n + 1])
    return " ".join(words[:most])


def _is_prose(lines: Sequence[Line], style: Style) -> bool:
    """Text in a picture, such as a prompt, rather than its labels?"""
    return (
        len(lines) > 1
        and min(line.size for line in lines) > 0.65 * style.size
        and sum(len(line.text.split()) for line in lines) >= 6 * len(lines)
    )


def _paragraphs(lines: Sequence[Line], style: Style) -> list[list[Line]]:
    found: list[list[Line]] = [[lines[0]]]
    for line in lines[1:]:
        if starts_paragraph(found[-1], line, style, hanging=False):
            found.append([])
        found[-1].append(line)
    return found
