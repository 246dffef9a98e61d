"""Characters as a person reads them: no NULs, no lone surrogates, no ligatures, no mathematical alphabets."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.layout.page import Page

_SINGLE = str.maketrans({
    "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": "-", "\u00a0": " ", "\u200b": "", "\ufeff": "",
    "\x00": "", "\ufffe": "-", "\uffff": "",
})  # fmt: skip
_SHIFT = 29  # TrueType fonts mostly have their glyphs in ASCII's order from the third on, which is the space
_COMMON = frozenset(("the", "and", "of", "to", "in", "is", "for"))
_ACCENTS = frozenset("´`¨ˆ˜¯˘˙˚ˇ¸")
_CONTROL = re.compile(r"[\x01-\x09\x0b-\x1f\x7f]")
_MATHS = re.compile("[\U0001d400-\U0001d7ff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def is_accent(text: str) -> bool:
    """An accent by itself: its letter stands elsewhere."""
    return text in _ACCENTS


def mend(text: str) -> str:
    """The text without characters that no reader should meet; lines are kept."""
    if text.isascii() and not _CONTROL.search(text) and "\x00" not in text:
        return text
    # Two halves of a character outside the basic plane are joined, a lone half is dropped.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore").translate(_SINGLE)
    text = _MATHS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    return _CONTROL.sub(" ", _PRIVATE.sub("", text))


def deciphered(pages: Sequence[Page]) -> list[Page]:
    """Pages in which fonts without a table of characters, whose glyphs' numbers came as text, are read: "WKH" is "the"."""
    sizes: Counter[str] = Counter()
    plain: set[str] = set()
    shifted: dict[str, Counter[str]] = {}
    for word in (word for page in pages for word in page.words):
        sizes[word.font] += 1
        if word.text.lower() in _COMMON:
            plain.add(word.font)
        elif (read := _shifted(word.text).lower()) in _COMMON:
            shifted.setdefault(word.font, Counter())[read] += 1
    # In running text one word of seven is such a one; chance gives a few of them to the letters of formulas.
    fonts = {f for f, hits in shifted.items() if f not in plain and len(hits) >= 4 and hits.total() > max(0.03 * sizes[f], 7)}
    if not fonts:
        return list(pages)
    return [
        replace(page, words=tuple(replace(w, text=_shifted(w.text), drawn=True) if w.font in fonts else w for w in page.words))
        for page in pages
    ]


def _shifted(text: str) -> str:
    return "".join(chr(ord(c) + _SHIFT) if ord(c) < 127 - _SHIFT else c for c in text)
