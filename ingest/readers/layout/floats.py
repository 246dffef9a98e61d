"""Figures, tables and algorithms of a page: each caption with what it belongs to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.documents import Kind
from ingest.readers.layout.page import Box, Line, Page
from ingest.readers.layout.rows import reads_like_text
from ingest.readers.layout.style import Style, is_mono
from ingest.readers.layout.tables import table_regions

_CAPTION = re.compile(
    r"^((?i:(?:Extended Data |Supplementary |Appendix )?(?:Table|Figure|Fig\.|Algorithm|Listing|Box|Prompt|Example|Exhibit)))"
    r"\s*((?:[A-Z]\.?)?\d{1,3}(?:\.\d{1,2})*[a-z]?|(?<= )[A-Z]\b|(?<= )[IVX]{1,5}\b)\s*([:.|—–]|$)?\s*(.?)",
)
_FEWEST_LABELS = 4
_FAR = 14  # lines between a caption and what it may belong to


@dataclass(eq=False)
class Float:
    """A figure, table or algorithm.

    Attributes:
        caption: Its lines; empty where none was found.
        parts: Regions of lines, each of one kind.
    """

    kind: Kind
    caption: list[Line] = field(default_factory=list)
    parts: list[tuple[Kind, list[Line]]] = field(default_factory=list)


def floats_of(page: Page, lines: Sequence[Line], headings: set[Line], style: Style) -> list[Float]:
    """What stands apart from the running text of a page.

    Args:
        headings: Lines that are headings, which belong to no float.
    """
    floats = [Float(kind, caption) for kind, caption in _captions(lines, style)]
    walls = {line for f in floats for line in f.caption} | headings
    used = set(walls)
    for f in floats:
        if f.kind is Kind.ALGORITHM:
            body = _algorithm(page, lines, f.caption, used)
            if body:
                f.parts.append((Kind.ALGORITHM, body))
                used.update(body)
    for region in _drawings([line for line in lines if line not in used], style):
        _nearest(floats, region, Kind.FIGURE, style).parts.append((Kind.FIGURE, region))
        used.update(region)
    tables = table_regions(page, [line for line in lines if line not in used], walls, style)
    paired = _paired(floats, tables, style)
    for n, region in enumerate(tables):
        (paired.get(n) or _nearest(floats, region, Kind.TABLE, style)).parts.append(
            (Kind.PROSE if reads_like_text(region) else Kind.TABLE, region)
        )
        used.update(region)
    for f in floats:
        if f.kind is Kind.FIGURE and not f.parts:
            body = _above(lines, f.caption, used, style)
            if body:
                f.parts.append((Kind.FIGURE, body))
                used.update(body)
    return floats


def _captions(lines: Sequence[Line], style: Style) -> list[tuple[Kind, list[Line]]]:
    found: list[tuple[Kind, list[Line]]] = []
    n = 0
    while n < len(lines):
        kind = _caption_kind(lines[n], lines[n - 1] if n else None, style)
        if kind is None:
            n += 1
            continue
        end = n + 1
        while end < len(lines) and _caption_goes_on(lines[n:end], lines[end], style):
            end += 1
        found.append((kind, list(lines[n:end])))
        n = end
    return found


def _caption_kind(line: Line, above: Line | None, style: Style) -> Kind | None:
    match = _CAPTION.match(line.text)
    if match is None:
        return None
    starts_text = match[4] == "" or match[4].isupper() or match[4] in '(“"[‘' or not match[4].isalpha()
    if match[3] is None:
        # Without a colon it is a caption only where it cannot be the middle of a paragraph.
        apart = above is None or not 0 < line.y - above.y < 1.3 * style.leading(line.size)
        if not (style.known and apart and starts_text and (line.words[0].bold or not style.is_body(line))):
            return None
    elif match[3] == "." and not starts_text:
        return None
    elif (
        above is not None
        and match[3] == "."
        and not re.search(r"[.:!?]\W*$", above.text)
        and 0 < line.y - above.y < 1.15 * style.leading(line.size)
    ):
        return None  # "… as shown in | Table 2. The next sentence"
    word = match[1].lower()
    return Kind.TABLE if "table" in word else Kind.ALGORITHM if word in ("algorithm", "listing") else Kind.FIGURE


def _caption_goes_on(caption: Sequence[Line], line: Line, style: Style) -> bool:
    last, first = caption[-1], caption[0]
    gap = line.y - last.y
    if line.drawn != last.drawn or line.turned != last.turned or abs(line.size - last.size) > 0.06 * last.size or _CAPTION.match(line.text):
        return False
    if not 0.5 * line.size < gap < min(1.22 * style.leading(line.size), 1.6 * line.size):
        return False
    if len(line.cells) >= 3 or line.x0 > first.x1 or line.x1 < first.x0:
        return False
    # A line that ends early, with a full stop, is the last one.
    width = max(each.x1 for each in caption) - min(each.x0 for each in caption)
    return not (last.text.endswith(".") and last.x1 - last.x0 < 0.8 * width and len(caption) > 1)


def _algorithm(page: Page, lines: Sequence[Line], caption: Sequence[Line], used: set[Line]) -> list[Line]:
    """The lines between the rule under an algorithm's caption and the last rule of that width; without rules, the lines below."""
    bottom = caption[-1].y
    below = sorted((r for r in page.rules if r.y0 > bottom - 2 and r.x0 - 10 <= caption[0].x0 <= r.x1), key=lambda r: r.y0)
    if len(below) >= 2 and below[0].y0 - bottom < 1.5 * caption[0].size:
        box = Box(below[0].x0 - 3, below[0].y0, below[0].x1 + 3, below[1].y1 + 2)
        return [line for line in lines if box.holds(line.x0 + 1, line.y - 0.25 * line.size) and line not in used]
    return []


def _drawings(lines: Sequence[Line], style: Style) -> list[list[Line]]:
    """Runs of lines that stand inside pictures, or are labels in fonts that no running text has."""
    regions: list[list[Line]] = []
    run: list[Line] = []
    for line in [*lines, None]:
        if line is not None and (line.drawn or _is_label(line, style)):
            run.append(line)
            continue
        if any(each.drawn for each in run) or len(run) >= _FEWEST_LABELS:
            regions.append(run)
        run = []
    return regions


def _is_label(line: Line, style: Style) -> bool:
    if style.known and line.size < 0.65 * style.size:
        return True
    return style.known and len(line.text) < 40 and not line.bold and all(word.font not in style.fonts for word in line.words)


def _paired(floats: Sequence[Float], tables: Sequence[Sequence[Line]], style: Style) -> dict[int, Float]:
    """Of each table its caption: a page has its captions all above or all below, whichever gives more tables one."""
    captions = [f for f in floats if f.kind is Kind.TABLE and f.caption]
    best: tuple[int, float, dict[int, Float]] = (0, 0.0, {})
    for below in (False, True):
        found: dict[int, Float] = {}
        total = 0.0
        for n, region in enumerate(tables):
            choices = [
                (gap, m)
                for m, f in enumerate(captions)
                if f not in found.values()
                and 0 < (gap := f.caption[0].y - region[-1].y if below else region[0].y - f.caption[-1].y) < _FAR * style.size
                and min(f.caption[0].x1, max(r.x1 for r in region)) > max(f.caption[0].x0, min(r.x0 for r in region))
            ]
            if choices:
                gap, m = min(choices)
                found[n] = captions[m]
                total -= gap
        best = max(best, (len(found), total, found), key=lambda choice: choice[:2])
    return best[2]


def _nearest(floats: list[Float], region: Sequence[Line], kind: Kind, style: Style) -> Float:
    """The float whose caption stands next to the region; a new one without a caption where none does."""
    top, bottom = min(line.y for line in region), max(line.y for line in region)
    left, right = min(line.x0 for line in region), max(line.x1 for line in region)
    best: tuple[float, Float] | None = None
    for f in floats:
        if not f.caption or f.kind is Kind.ALGORITHM:
            continue
        if min(right, max(line.x1 for line in f.caption)) - max(left, min(line.x0 for line in f.caption)) < 0:
            continue
        distance = max(f.caption[0].y - bottom, top - f.caption[-1].y, 0.0) + (0 if f.kind is kind else 3 * style.size)
        if distance < _FAR * style.size and (best is None or distance < best[0]):
            best = (distance, f)
    if best is None:
        floats.append(Float(kind))
        return floats[-1]
    return best[1]


def _above(lines: Sequence[Line], caption: Sequence[Line], used: set[Line], style: Style) -> list[Line]:
    """What stands between the running text and a figure's caption: not set like the text, or in a typewriter's font."""
    place = lines.index(caption[0])
    body: list[Line] = []
    for line in reversed(lines[:place]):
        if line in used or line.y > caption[0].y or line.turned or line.bold or line.size > 1.08 * style.size:
            break
        wide = len(line.cells) == 1 and len(line.text.split()) > 5
        if style.is_body(line) and wide and not is_mono(line):
            break
        body.append(line)
    return body[::-1]
