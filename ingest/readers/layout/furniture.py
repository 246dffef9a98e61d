"""What stands on a page without belonging to the text: stamps, running heads, page numbers, line numbers."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.readers.layout.page import Line, Page

_STAMP = re.compile(r"^arXiv:\S+(\s+\[[\w.-]+\])?(\s+\d{1,2}\s+\w{3}\s+\d{4})?\s*$")
_PAGE_NUMBER = re.compile(r"^\W{0,2}(?:page\s+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of)\s*\d{1,4})?\W{0,2}$", re.IGNORECASE)
_IMPRINT = re.compile(
    r"^(?:Preprint\b|Under review\b|Published as\b|Proceedings of the\b|Copyright\b|©|\d+(?:st|nd|rd|th)\s+Conference on\b|"
    r"Work in progress\b|To appear in\b)",
    re.IGNORECASE,
)
_FEWEST_LINE_NUMBERS = 8


def without_furniture(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page that are text."""
    kept = [[line for line in page if not _STAMP.match(line.text)] for page in lines]
    kept = [_without_line_numbers(page) for page in kept]
    edges = [_edges(page) for page in kept]
    seen = Counter(pattern for page in edges for pattern in {_pattern(line) for line in page})
    often = {p for p, n in seen.items() if n >= (2 if len(pages) <= 3 else max(3, len(pages) // 4))}
    # The title can be the running head of all other pages; it is larger.
    sizes: dict[str, float] = {}
    for line in (line for page in edges for line in page):
        sizes[_pattern(line)] = min(line.size, sizes.get(_pattern(line), line.size))
    edges = [[line for line in page if line.size < 1.25 * sizes[_pattern(line)] or _PAGE_NUMBER.match(line.text)] for page in edges]
    result = []
    for page, edge in zip(kept, edges, strict=True):
        gone = _gone(page, edge, often)
        result.append([line for line in page if line not in gone])
    return result


def imprint_of(lines: Sequence[Line], kept: Sequence[Line]) -> list[Line]:
    """The furniture of the first page that tells where and when the document was published: the conference's line, arXiv's stamp.

    Args:
        lines: Of the first page, all.
        kept: What `without_furniture` left of them.
    """
    text = set(kept)
    return [line for line in lines if line not in text and (_STAMP.match(line.text) or _IMPRINT.match(line.text))]


def _edges(page: Sequence[Line]) -> list[Line]:
    """The two highest and the two lowest lines, outermost first within each pair."""
    by_height = sorted((line for line in page if not line.turned), key=lambda line: line.y)
    return list(dict.fromkeys([*by_height[:2], *reversed(by_height[-2:])])) if len(by_height) > 4 else by_height


def _gone(page: Sequence[Line], edges: Sequence[Line], often: set[str]) -> set[Line]:
    by_height = sorted((line for line in page if not line.turned), key=lambda line: line.y)
    gone: set[Line] = set()
    for order in (by_height, by_height[::-1]):
        for line in order:
            # Heads that repeat go with what stands beside or beyond them; numbers alone only at the very edge.
            if (line in edges and (_pattern(line) in often or _PAGE_NUMBER.match(line.text))) or (
                order is not by_height and line is order[0] and _IMPRINT.match(line.text)
            ):
                gone.add(line)
            else:
                break
    return gone


def _pattern(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _without_line_numbers(page: Sequence[Line]) -> list[Line]:
    """Drafts number their lines in the margin: a column of whole numbers, each one more than the one above."""
    first = [(line, line.words[0]) for line in page if not line.turned and line.words[0].text.isdigit()]
    alone = {id(line) for line, _ in first if len(line.words) == 1}
    by_height = sorted(first, key=lambda pair: pair[1].y)
    run: list[Line] = []
    runs: list[list[Line]] = []
    for line, word in by_height:
        if run and int(word.text) == int(run[-1].words[0].text) + 1:
            run.append(line)
        else:
            runs.append(run)
            run = [line]
    numbered = {id(line) for found in [*runs, run] if len(found) >= _FEWEST_LINE_NUMBERS for line in found}
    result = []
    for line in page:
        if id(line) not in numbered:
            result.append(line)
        elif id(line) not in alone:
            result.append(Line(line.words[1:], line.page))
    return result
