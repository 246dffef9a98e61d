"""What a document's text looks like: the size and font of its body, the distance of its lines."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from ingest.readers.layout.page import Line, most_common

_MATHS_FONT = re.compile(
    r"^(?:CM(?:MI|SY|EX|BSY|MIB)|MS[AB]M|EU[FR]|RSFS|.*Math|.*Symbol|BBM|DSROM|stmary|TX(?:SY|MI|EX)|PX(?:SY|MI)|LMMath)", re.IGNORECASE
)
_MONO_FONT = re.compile(r"Mono|Courier|NimbusMon|CMTT|Consol|Menlo|SFTT|Inconsolata|Typewriter|LMMono|Code", re.IGNORECASE)
_MATHS_SIGN = re.compile(r"[=≈≤≥≠∈∑∏∫√∂∇×·±∞→←↦∀∃⊙⊕⊗∥|⟨⟩^∼∝≜∆Δα-ωΑ-Ω−+]")


@dataclass(frozen=True)
class Style:
    """The body's look.

    Attributes:
        size: Of its font.
        leadings: Usual distance of baselines, by rounded size of the lines.
        fonts: All that running text is set in.
        known: Does the file tell fonts? Else looks decide nothing.
    """

    size: float
    font: str
    leadings: dict[int, float]
    fonts: frozenset[str]
    known: bool

    def leading(self, size: float) -> float:
        """The usual distance between baselines of lines of this size."""
        return self.leadings.get(round(2 * size), 1.2 * size)

    def is_body(self, line: Line) -> bool:
        """As large as the body's text?"""
        return abs(line.size - self.size) <= 0.06 * self.size


def style_of(pages: Sequence[Sequence[Line]]) -> Style:
    """Measured on all lines of a document."""
    lines = [line for page in pages for line in page if not line.drawn]
    if not lines:
        return Style(10.0, "", {}, frozenset(), known=False)
    half = most_common((round(2 * line.size), len(line.text)) for line in lines)
    body = [line for line in lines if round(2 * line.size) == half]
    gaps: dict[int, Counter[int]] = {}
    for page in pages:
        for above, line in pairwise(page):
            gap = line.y - above.y
            if 0.9 * line.size < gap < 2.2 * line.size and round(2 * line.size) == round(2 * above.size):
                gaps.setdefault(round(2 * line.size), Counter())[round(4 * gap)] += 1
    leadings = {size: counted.most_common(1)[0][0] / 4 for size, counted in gaps.items() if sum(counted.values()) >= 5}
    return Style(
        size=most_common((line.size, len(line.text)) for line in body),
        font=most_common((line.font, len(line.text)) for line in body),
        leadings=leadings,
        fonts=frozenset(word.font for line in lines if len(line.text) > 45 for word in line.words),
        known=any(line.font for line in lines),
    )


def without_false_pictures(lines: Sequence[Line], style: Style) -> list[Line]:
    """A page's lines; what only seems to stand inside a picture, because its box is larger than what is seen of it, no longer does."""
    prose = [line for line in lines if line.drawn and line.font == style.font and style.is_body(line) and len(line.text) > 35]
    if len(prose) < 3:
        return list(lines)
    return [
        Line(tuple(replace(word, drawn=False) for word in line.words), line.page)
        if line.drawn and not line.turned and line.font in style.fonts
        else line
        for line in lines
    ]


def maths_share(line: Line, body: str = "") -> float:
    """Share of a line's characters that are set in fonts of mathematics, or are its signs (0 to 1).

    Args:
        body: The font of the running text: where that is not TeX's roman, TeX's roman is the font of formulas too.
    """
    total = maths = 0
    roman = bool(body) and not body.startswith(("CM", "SFRM", "LMRoman"))
    for word in line.words:
        total += len(word.text)
        if is_maths_font(word.font) or (roman and word.font.startswith("CM")):
            maths += len(word.text)
        elif len(word.text) <= 2 or not (word.text.isascii() and word.text.isalpha()):
            maths += len(_MATHS_SIGN.findall(word.text))
            # What is set in the text's font inside a formula: digits, brackets, names of functions.
            if len(word.text) <= 2 or not word.text.isalpha():
                maths += sum(c.isdigit() or c in "()[]{}," for c in word.text)
    return min(maths / max(total, 1), 1.0)


def has_maths_sign(line: Line) -> bool:
    """Is there a sign of mathematics?"""
    return bool(_MATHS_SIGN.search(line.text)) or any(is_maths_font(word.font) for word in line.words)


def is_mono(line: Line) -> bool:
    """Is most of it set like a typewriter's?"""
    return _is_mono_font(line.font)


@lru_cache(maxsize=1024)
def _is_mono_font(font: str) -> bool:
    return bool(_MONO_FONT.search(font))


@lru_cache(maxsize=1024)
def is_maths_font(font: str) -> bool:
    """Is it a font of mathematics, by its name?"""
    return bool(_MATHS_FONT.match(font))
