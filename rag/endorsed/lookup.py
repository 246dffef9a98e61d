"""Finds the endorsed answer to a question: its meaning must be near, and nothing in its words may tell it apart (`same`).

The vectors of the questions are held in memory, in one matrix, and made anew when the table has changed. Owned by the
library's thread, which has the embedding model.
"""

import logging
from collections.abc import Callable, Sequence

from ingest.embeddings import Vectors
from rag.endorsed.records import Endorsed
from rag.endorsed.same import content, difference
from rag.endorsed.store import EndorsedStore

_LOG = logging.getLogger(__name__)
_MOST = 2000  # answers that are looked through, the newest; 3 MB of vectors
_NEAREST = 8  # questions whose words are compared, best first


class EndorsedAnswers:
    """The endorsed answers of one course, to ask."""

    def __init__(self, store: Callable[[], EndorsedStore], least: float) -> None:
        """Look nothing up yet.

        Args:
            store: Opens the table, at the first question.
            least: Cosine of two questions below which they are not the same.
        """
        self._open = store
        self._least = least
        self._store: EndorsedStore | None = None
        self._stamp = 0
        self._rows: list[Endorsed] = []
        self._vectors: Vectors | None = None

    def find(self, question: str, reading: str | None, embed: Callable[[Sequence[str]], Vectors]) -> Endorsed | None:
        """The answer that the staff endorsed to this question; of several the newest among the nearest.

        Args:
            question: So that it stands alone.
            reading: The reading asked about, which must be the one that the endorsed question was asked about; None for all.
            embed: Texts to unit vectors.

        Raises:
            StoreError: The database cannot be used.
        """
        if self._store is None:
            self._store = self._open()
        self._refresh(self._store, embed)
        if self._vectors is None or not content(question):
            return None
        likeness = self._vectors @ embed([question])[0]
        for place in likeness.argsort(kind="stable")[::-1][:_NEAREST]:
            if likeness[place] < self._least:
                break
            row = self._rows[place]
            apart = "the reading asked about" if row.reading != reading else difference(row.question, question)
            if apart is None:
                return self._store.get(row.number)  # its place may be newer than the matrix
            _LOG.debug("endorsed answer %d is near (%.2f) but not the same: %s", row.number, likeness[place], apart)
        return None

    def _refresh(self, store: EndorsedStore, embed: Callable[[Sequence[str]], Vectors]) -> None:
        stamp = store.stamp()
        if stamp != self._stamp:
            # Oldest first: of equal likeness the last is looked at first.
            self._rows = store.all(active=True)[:_MOST][::-1]
            self._vectors = embed([row.question for row in self._rows]) if self._rows else None
            self._stamp = stamp
