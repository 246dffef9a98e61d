r"""TeX formulas in running text, `$...$`, `\(...\)`, `$$...$$` and `\[...\]`, drawn by matplotlib's own typesetter; no TeX is needed."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

# As pandoc reads dollars: no space inside, no digit behind, so that "$5 and $6" is money.
_FORMULA = re.compile(
    r"\$\$(?P<display>[^$]+)\$\$|\\\[(?P<block>.+?)\\\]|\\\((?P<inline>.+?)\\\)|(?<!\\)\$(?P<dollars>[^\s$](?:[^$\n]*[^\s$\\])?)\$(?!\d)",
    re.DOTALL,
)
_DPI = 300


@dataclass(frozen=True)
class Formula:
    """A drawn formula.

    Attributes:
        png: Its picture.
        width, height: In the unit of the font's size.
        depth: How far it reaches below the line, in the same unit.
    """

    png: bytes
    width: float
    height: float
    depth: float


def pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """The text in pieces: as it stands, and the TeX of a formula or None for other text."""
    end = 0
    for match in _FORMULA.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], None
        yield match[0], next(group for group in match.groups() if group is not None)
        end = match.end()
    if end < len(text):
        yield text[end:], None


def draw_formula(tex: str, size: float) -> Formula | None:
    """Draw a formula; None where matplotlib does not know a command of it: then its TeX is shown.

    Args:
        size: Of the font, in points.
    """
    from matplotlib.font_manager import FontProperties  # imported here: takes a second
    from matplotlib.mathtext import MathTextParser, math_to_image

    source = f"${' '.join(tex.split())}$"
    properties = FontProperties(size=size, math_fontfamily="dejavusans")
    try:
        width, height, depth, _, _ = MathTextParser("path").parse(source, dpi=72, prop=properties)
        out = io.BytesIO()
        math_to_image(source, out, prop=properties, dpi=_DPI, format="png")
    except (ValueError, RuntimeError):
        return None
    return Formula(out.getvalue(), float(width), float(height), float(depth))
