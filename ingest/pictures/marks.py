"""From the words of a quote to the rectangles that mark it, one a line. Pure; points, as pages have them."""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.readers.layout.page import Box, Word

_ABOVE, _BELOW = 0.8, 0.24  # of a font's height, above and below the baseline: what has ascenders and descenders


@dataclass
class _Run:
    """Words of one line, so far."""

    box: Box
    last: int


def marks_of(words: Iterable[tuple[int, Word]], top: float) -> list[Box]:
    """The rectangles of a quote's words: one for each run of words that stand side by side.

    Args:
        words: With their numbers on the page, in the quote's order.
        top: Of the page, in the file's own coordinates: sideways words are placed by these.
    """
    runs: list[_Run] = []
    for number, word in words:
        box = box_of(word, top)
        run = runs[-1] if runs else None
        if run is not None and _beside(run.box, box, word, followed=number == run.last + 1):
            run.box, run.last = _both(run.box, box), number
        else:
            runs.append(_Run(box, number))
    return [run.box for run in runs]


def box_of(word: Word, top: float) -> Box:
    """Where a word stands: from the page's top left corner, y downwards."""
    above, below = _ABOVE * word.size, _BELOW * word.size
    if not word.turned:
        return Box(word.x0, word.y - above, word.x1, word.y + below)
    # Its x runs along the page's height, its y across: both negative where it reads downwards.
    if word.y >= 0:
        return Box(word.y - above, top - word.x1, word.y + below, top - word.x0)
    return Box(-word.y - below, top + word.x0, -word.y + above, top + word.x1)


def _beside(run: Box, box: Box, word: Word, *, followed: bool) -> bool:
    """Does the word go on where the run ends? What follows it on the page may be farther off, as a cell of a table."""
    if word.turned:  # a page laid on its side: its lines stand upright
        along, across = _overlap(run.x0, run.x1, box.x0, box.x1), box.x1 - box.x0
        gap = max(box.y0 - run.y1, run.y0 - box.y1)
    else:
        along, across = _overlap(run.y0, run.y1, box.y0, box.y1), box.y1 - box.y0
        gap = box.x0 - run.x1
    height = max(word.size, 1.0)
    return along > 0.45 * across and -0.8 * height < gap < (20 if followed else 2) * height


def _overlap(a0: float, a1: float, b0: float, b1: float) -> float:
    return min(a1, b1) - max(a0, b0)


def _both(a: Box, b: Box) -> Box:
    return Box(min(a.x0, b.x0), min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1))
