"""Recognises the same text in another file: another version, another name, another copy.

A sketch is the smallest hashes of all runs of five words (bottom-k MinHash: Broder 1997, "On the resemblance and
containment of documents"); two sketches give an estimate of the Jaccard similarity of the two sets of runs.
"""

import hashlib
import re
from collections.abc import Iterable

_RUN = 5  # words
_SIZE = 256  # hashes kept: the estimate is off by about 0.03
_SAME = 0.3  # versions of a paper share more than half of their runs, different papers next to none (docs/corpus.md)
_SAME_IF_SHORT, _SHORT = 0.8, 100  # a note of a few sentences may well be a part of another

Sketch = tuple[int, ...]


def sketch(texts: Iterable[str]) -> Sketch:
    """The sketch of a document's text, in ascending order; shorter than 256 for a short text."""
    words = re.findall(r"\w+", " ".join(texts).lower())
    runs = {" ".join(words[n : n + _RUN]) for n in range(max(len(words) - _RUN + 1, 0))}
    return tuple(sorted(int.from_bytes(hashlib.blake2b(run.encode(), digest_size=6).digest()) for run in runs)[:_SIZE])


def similarity(one: Sketch, other: Sketch) -> float:
    """Estimated Jaccard similarity of two texts' runs of words, 0 to 1."""
    union = sorted({*one, *other})[:_SIZE]
    both = set(one) & set(other)
    return sum(value in both for value in union) / len(union) if union else 0.0


def is_same(one: Sketch, other: Sketch) -> bool:
    """Do two texts say the same, but for corrections?"""
    return similarity(one, other) >= (_SAME if min(len(one), len(other)) >= _SHORT else _SAME_IF_SHORT)
