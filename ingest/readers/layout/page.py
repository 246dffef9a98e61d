"""A page as it is set: words with their places, pictures, rules. Points; x to the right, y downwards from the page's top."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a space between.

    Attributes:
        x0, x1: Left and right edge.
        y: Baseline.
        size: Height of the font.
        font: Its name, without the subset's prefix; "" where the file does not tell.
        bold: By the font's name or weight.
        spaced: A space stands before it on its line; False: the page says nothing, the gap decides.
        turned: Reads upwards or downwards; then x and y are those of the turned page.
        drawn: Belongs to a picture.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    font: str = ""
    bold: bool = False
    spaced: bool = True
    turned: bool = False
    drawn: bool = False


@dataclass(frozen=True)
class Box:
    """A rectangle: a picture, or a rule if it is flat."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float) -> bool:
        """Is the point inside?"""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes:
        words: In the file's order, which is nearly always the reading order.
        rules: Horizontal lines, such as a table's.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Box, ...] = ()


@dataclass(frozen=True, eq=False)
class Line:
    """Words on one baseline, left to right, with what is raised or lowered beside them. Equal to itself only."""

    words: tuple[Word, ...]
    page: int

    @cached_property
    def text(self) -> str:
        """The words as a person reads them."""
        return join_words(self.words)

    @cached_property
    def size(self) -> float:
        """The font size of most of its characters."""
        return most_common((w.size, len(w.text)) for w in self.words)

    @cached_property
    def font(self) -> str:
        """The font of most of its characters."""
        return most_common((w.font, len(w.text)) for w in self.words)

    @cached_property
    def bold(self) -> bool:
        """Are most of its characters bold?"""
        return sum(len(w.text) for w in self.words if w.bold) > 0.6 * sum(len(w.text) for w in self.words)

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        """Right edge."""
        return max(w.x1 for w in self.words)

    @cached_property
    def y(self) -> float:
        """Baseline of its full-size words."""
        return next((w.y for w in self.words if 0.9 * self.size <= w.size <= 1.2 * self.size), self.words[0].y)

    @property
    def turned(self) -> bool:
        """Is it set upwards or downwards?"""
        return self.words[0].turned

    @cached_property
    def drawn(self) -> bool:
        """Does it stand inside a picture?"""
        return all(w.drawn for w in self.words)

    @cached_property
    def cells(self) -> tuple["Line", ...]:
        """Its parts between gaps that are wider than a space between words."""
        cells: list[list[Word]] = [[self.words[0]]]
        for before, word in zip(self.words, self.words[1:], strict=False):
            if word.x0 - max(w.x1 for w in cells[-1]) > 0.85 * max(self.size, before.size, 1.0):
                cells.append([])
            cells[-1].append(word)
        return tuple(Line(tuple(cell), self.page) for cell in cells)


def join_words(words: Sequence[Word]) -> str:
    """Words with the spaces between them; where the file gives none, a gap of a seventh of the size is one."""
    text = words[0].text
    for before, word in pairwise(words):
        gap = word.x0 - before.x1
        text += (" " if word.spaced or gap > 0.14 * max(word.size, before.size) else "") + word.text
    return text


def most_common(weighted: Iterable[tuple[T, int]]) -> T:
    """The value with the largest total weight."""
    totals: dict[T, int] = {}
    for value, weight in weighted:
        totals[value] = totals.get(value, 0) + weight
    return max(totals, key=lambda value: totals[value])
