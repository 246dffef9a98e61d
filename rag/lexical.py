"""Words: stems for matching, BM25 over the passages of a snapshot."""

import re
from collections.abc import Sequence
from functools import lru_cache

import bm25s
import numpy as np
import Stemmer
from bm25s.stopwords import STOPWORDS_EN_PLUS

from ingest.embeddings import Vectors

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
    return [t.replace(",", "").removesuffix("'s") if t[0].isdigit() else t.removesuffix("'s") for t in found]


def stems(text: str) -> list[str]:
    """Stems of the words of `text` that carry meaning, in order."""
    return _stemmer().stemWords([t for t in tokens(text) if t not in STOPWORDS])  # type: ignore[no-any-return]  # no stubs


class LexicalIndex:
    """BM25 (Robertson and Zaragoza 2009, Lucene's variant) over texts, and the rarity of their words."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Index `texts`; about 1 s for 10,000 passages."""
        corpus = [stems(text) for text in texts]
        self._size = len(corpus)
        self._bm25 = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        self._bm25.index([doc or [""] for doc in corpus], show_progress=False)
        counts: dict[str, int] = {}
        for doc in corpus:
            for stem in set(doc):
                counts[stem] = counts.get(stem, 0) + 1
        self._idf = {stem: float(np.log(1 + (self._size - n + 0.5) / (n + 0.5))) for stem, n in counts.items()}

    def scores(self, query: str) -> Vectors:
        """BM25 of every text, shape (texts,)."""
        known = [stem for stem in dict.fromkeys(stems(query)) if stem in self._idf]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)

    def idf(self, stem: str) -> float:
        """Rarity of a stem; the largest there is for one that stands nowhere."""
        return self._idf.get(stem, float(np.log(1 + (self._size + 0.5) / 0.5)))

    def knows(self, stem: str) -> bool:
        """Does any text hold the stem?"""
        return stem in self._idf
