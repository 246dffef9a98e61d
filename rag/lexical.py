"""Words: stems for matching, BM25 over the passages of a snapshot."""

import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import Stemmer
from bm25s.stopwords import STOPWORDS_EN_PLUS
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ingest.embeddings import Vectors

_K1, _B = 1.2, 0.75  # Lucene's
_MOST_COUNTED = 65535
_TOKEN = re.compile(r"[a-z0-9]+(?:[.,]\d+)*(?:'[a-z]+)?|[^\x00-\x7f\W]+")
STOPWORDS = frozenset(STOPWORDS_EN_PLUS) | frozenset(
    "how many much what which who whom whose when where why does did do is are was were there their they them it its a an the "
    "of in on at to for by with from and or not no s t re ve ll d m im whats hows wheres theyre can could would should may might will "
    "shall must have has had been being be get got also just than then that this these those please tell give say says said".split()
)


@lru_cache(maxsize=1)
def _stemmer() -> "Stemmer.Stemmer":
    return Stemmer.Stemmer("english")


def tokens(text: str) -> list[str]:
    """Lower-case words and numbers of `text`; hyphenated words in their parts, thousands without commas."""
    low = text.lower().replace("’", "'")
    found = _TOKEN.findall(low)
    if "," in low:
        found = [t.replace(",", "") if t[0].isdigit() else t for t in found]
    return [t.removesuffix("'s") for t in found] if "'" in low else found


def stems(text: str) -> list[str]:
    """Stems of the words of `text` that carry meaning, in order."""
    return _stemmer().stemWords([t for t in tokens(text) if t not in STOPWORDS])  # type: ignore[no-any-return]  # no stubs


@lru_cache(maxsize=1024)
def stem_set(text: str) -> frozenset[str]:
    """The stems that stand in a text."""
    return frozenset(stems(text))


@lru_cache(maxsize=256)
def stemmed(text: str) -> tuple[str, ...]:
    """Every word, in order: stopwords as they are, so that distances are those of the text, of the others the stem."""
    words = tokens(text)
    return tuple(word if word in STOPWORDS else stem for word, stem in zip(words, _stemmer().stemWords(words), strict=True))


class Vocabulary:
    """Numbers for stems, given in the order in which they are met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, stem: str) -> int:
        """The stem's number, a new one if it has none."""
        return self._numbers.setdefault(stem, len(self._numbers))

    def known(self, stem: str) -> int | None:
        """The stem's number if it has one."""
        return self._numbers.get(stem)

    def count(self, texts: Iterable[str]) -> "Counts":
        """How often each stem stands in each text."""
        indices, counts, starts = array("i"), array("H"), [0]
        for text in texts:
            found = Counter(self.number(stem) for stem in stems(text))
            indices.extend(found.keys())
            counts.extend(min(n, _MOST_COUNTED) for n in found.values())
            starts.append(len(indices))
        return Counts(np.frombuffer(indices, dtype=np.int32), np.frombuffer(counts, dtype=np.uint16), np.array(starts))


@dataclass(frozen=True)
class Counts:
    """Stems of some texts: text n has those of `indices[starts[n]:starts[n + 1]]`, each as often as `counts` says."""

    indices: NDArray[np.int32]
    counts: NDArray[np.uint16]
    starts: NDArray[np.int64]


class LexicalIndex:
    """BM25 (Robertson and Zaragoza 2009, in Lucene's variant) over texts, and the rarity of their words.

    Its own 20 lines and not a library's: parts whose texts have not changed are taken over from the index before,
    so that a new reading among a thousand costs what one reading costs, and scores are computed for the words of
    the question alone.
    """

    def __init__(self, vocabulary: Vocabulary, parts: Sequence[Counts]) -> None:
        """Put parts together that were counted with this vocabulary; their texts are numbered through."""
        self._vocabulary = vocabulary
        starts = np.concatenate([np.zeros(1, np.int64), *(np.diff(part.starts) for part in parts)]).cumsum()
        indices = np.concatenate([np.zeros(0, np.int32), *(part.indices for part in parts)])
        counts = np.concatenate([np.zeros(0, np.uint16), *(part.counts for part in parts)])
        self._size = len(starts) - 1
        by_text = csr_array((counts, indices, starts), shape=(self._size, len(vocabulary)))
        lengths = np.asarray(by_text.sum(axis=1), dtype=np.float32)
        self._by_stem = by_text.tocsc()
        self._norm = _K1 * (1 - _B + _B * lengths / max(float(lengths.mean()) if self._size else 1.0, 1e-9))

    @classmethod
    def of(cls, texts: Sequence[str]) -> "LexicalIndex":
        """An index of these texts alone."""
        vocabulary = Vocabulary()
        return cls(vocabulary, [vocabulary.count(texts)])

    def scores(self, query: str) -> Vectors:
        """BM25 of every text, shape (texts,)."""
        total = np.zeros(self._size, dtype=np.float32)
        for stem in dict.fromkeys(stems(query)):
            span = self._span(stem)
            texts = self._by_stem.indices[span.start : span.stop]
            counts = self._by_stem.data[span.start : span.stop].astype(np.float32)
            total[texts] += self.idf(stem) * counts / (counts + self._norm[texts])
        return total

    def idf(self, stem: str) -> float:
        """Rarity of a stem; the largest there is for one that stands nowhere."""
        n = len(self._span(stem))
        return math.log(1 + (self._size - n + 0.5) / (n + 0.5))

    def knows(self, stem: str) -> bool:
        """Does any text hold the stem?"""
        return len(self._span(stem)) > 0

    def _span(self, stem: str) -> range:
        """Where the texts with the stem stand in the matrix of columns."""
        number = self._vocabulary.known(stem)
        if number is None or number >= self._by_stem.shape[1]:
            return range(0)
        return range(self._by_stem.indptr[number], self._by_stem.indptr[number + 1])
