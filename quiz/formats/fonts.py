"""Fonts for printing: DejaVu, which matplotlib carries, and for what it lacks (Chinese, Japanese, Korean) a font of this machine."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

_log = logging.getLogger("lector.quiz")

# TrueType outlines, which reportlab can embed; Noto's and Source Han's have others.
_OTHERS = (
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",  # Debian: fonts-droid-fallback
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",  # fonts-wqy-zenhei
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",  # fonts-wqy-microhei
    "/usr/share/fonts/truetype/arphic/uming.ttc",  # fonts-arphic-uming
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",  # macOS
    "/Library/Fonts/Arial Unicode.ttf",
)
_NOT_EMBEDDED = "STSong-Light"  # Adobe's name for a Chinese font that readers of PDF files bring along
_CJK = range(0x2E80, 0xFE50)

Covers = Callable[[str], bool]


def fonts(own: Path | None) -> list[tuple[str, Covers]]:
    """Names of fonts as reportlab knows them, each with what it can show, in the order of preference.

    Args:
        own: A TrueType font that comes first for what DejaVu lacks.
    """
    import matplotlib  # imported here: only printing needs it
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    carried = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    found: list[tuple[str, Covers]] = []
    for name, path in [("DejaVuSans", carried / "DejaVuSans.ttf"), ("DejaVuSans-Bold", carried / "DejaVuSans-Bold.ttf")]:
        covers = _register(name, path)
        assert covers is not None
        found.append((name, covers))
    pdfmetrics.registerFontFamily("DejaVuSans", "DejaVuSans", "DejaVuSans-Bold", "DejaVuSans", "DejaVuSans-Bold")
    del found[1]
    for path in [*([own] if own else []), *map(Path, _OTHERS)]:
        covers = _register(path.stem, path) if path.is_file() else None
        if covers is not None:
            found.append((path.stem, covers))
    pdfmetrics.registerFont(UnicodeCIDFont(_NOT_EMBEDDED))
    found.append((_NOT_EMBEDDED, lambda c: ord(c) in _CJK))
    return found


def runs(text: str, known: list[tuple[str, Covers]]) -> Iterator[tuple[str | None, str]]:
    """The text cut where its font changes; None for characters that no font has."""
    name: str | None = known[0][0]
    run = ""
    for c in text:
        wanted = name if c.isspace() else next((font for font, covers in known if covers(c)), None)
        if wanted != name and run:
            yield name, run
            run = ""
        name, run = wanted, run + c
    if run:
        yield name, run


def _register(name: str, path: Path) -> Covers | None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    try:
        font = TTFont(name, str(path))
    except (TTFError, OSError) as exc:
        _log.warning("%s cannot be used for printing: %s", path, exc)
        return None
    pdfmetrics.registerFont(font)
    glyphs = font.face.charToGlyph
    return lambda c: ord(c) in glyphs
