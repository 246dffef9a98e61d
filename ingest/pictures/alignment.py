"""Finds a quote among the words of its page. Pure.

A quote is the page's own text, mended: words that a line's end broke are whole, ligatures are letters, cells are parted by bars.
So both are compared by their letters and digits alone, and each of these knows the word of the page that it stands in.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_LEAST = 3  # letters and digits of a quote: fewer stand anywhere
_FIRM = 12  # letters and digits in a row that are no chance, wherever they stand
_FIRM_OF_SHORT = 8  # the same for a quote that is hardly longer
_FRAGMENT = 3  # the same, close to others that were found
_NEAR = 60  # letters and digits between two runs that count as close
_ENOUGH = 0.6  # share of a quote from which on it counts as found
_LONGEST = 2000  # letters and digits of a quote that are looked for
_LETTERS = str.maketrans({"ı": "i", "ȷ": "j", "ß": "ss", "µ": "μ", "∈": "ε"})


class Found(StrEnum):
    """How well a quote was found on its page."""

    EXACT = "exact"  # every letter, in order, with nothing between
    FUZZY = "fuzzy"  # most of it, in order
    NOT = "not"


@dataclass(frozen=True)
class Alignment:
    """Where a quote stands.

    Attributes:
        words: Indices of the words that hold it, in its order.
        share: Of the quote's letters and digits that these words hold.
    """

    found: Found
    words: tuple[int, ...] = ()
    share: float = 0.0


def align(quote: str, words: Sequence[str], others: Sequence[Sequence[int]] = ()) -> Alignment:
    """Find a quote.

    Args:
        quote: As it was cited.
        words: The texts of the page's words, in the file's order, or of several pages one after another.
        others: Other orders in which they may be read, such as line by line; indices into `words`.
    """
    wanted = letters(quote)[:_LONGEST]
    if len(wanted) < _LEAST:
        return Alignment(Found.NOT)
    lettered = [letters(word) for word in words]
    best = Alignment(Found.NOT)
    for order in (range(len(words)), *others):
        text = "".join(lettered[n] for n in order)
        owners = [n for n in order for _ in lettered[n]]
        start = _place(wanted, text, owners)
        if start is not None:
            return Alignment(Found.EXACT, tuple(dict.fromkeys(owners[start : start + len(wanted)])), 1.0)
        runs = _runs(wanted, text)
        share = sum(size for _, size in runs) / len(wanted)
        if share >= _ENOUGH and share > best.share:
            held = dict.fromkeys(owners[at] for start, size in runs for at in range(start, start + size))
            best = Alignment(Found.FUZZY, tuple(held), share)
    return best


def letters(text: str) -> str:
    """Letters and digits alone: accents, case, ligatures and alphabets of mathematics make no difference."""
    if text.isascii():
        return "".join(filter(str.isalnum, text)).lower()
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    return "".join(c for c in plain if c.isalnum() and unicodedata.category(c) != "Lm")


def _place(wanted: str, text: str, owners: Sequence[int]) -> int | None:
    """Where it stands: the first place that begins and ends with a word, else, if it is no short one, the first place at all."""
    first = start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if (start == 0 or owners[start - 1] != owners[start]) and (end == len(text) or owners[end] != owners[end - 1]):
            return start
        start = text.find(wanted, start + 1)
    return first if first >= 0 and len(wanted) >= _FIRM else None


def _runs(wanted: str, text: str) -> list[tuple[int, int]]:
    """(start in `text`, length) of what both have in the same order; short runs only beside long ones.

    The longest common run is looked for first, then what stands before and behind it, so that the place is decided by the
    best evidence for it.
    """
    blocks = [b for b in SequenceMatcher(None, wanted, text, autojunk=False).get_matching_blocks() if b.size >= _FRAGMENT]
    firm = [b for b in blocks if b.size >= min(_FIRM, max(_FIRM_OF_SHORT, 0.8 * len(wanted)))]
    near = [b for b in blocks if any(max(b.b - f.b - f.size, f.b - b.b - b.size) <= _NEAR for f in firm)]
    return [(b.b, b.size) for b in near]
