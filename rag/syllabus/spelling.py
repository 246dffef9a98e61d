"""Slips of the pen in questions on the course: "finel project" is looked up as "final project".

Only what is no word of the language, of the readings or of the syllabus is touched, and only where one word of the syllabus or of
courses in general, and no other, is an edit or two away. What is shown is the syllabus's own text in any case.
"""

import re
from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA  # edits: a letter put in, left out, changed, or two neighbours in the other order

from rag.lexical import STOPWORDS, stems

_WORD = re.compile(r"[A-Za-z]+")
_SHORTEST = 5  # letters of a word that is corrected: shorter ones are an edit away from too much
_TWO_EDITS = 8  # letters from which on two edits are allowed
_CANDIDATES = 5


class Spelling:
    """The words of one syllabus and of courses in general, for correcting questions."""

    def __init__(self, texts: Iterable[str], known: Callable[[str], bool]) -> None:
        """Take the words in.

        Args:
            texts: Their words are right.
            known: Is it a word, of the language or of the readings?
        """
        self._words = sorted({word.lower() for text in texts for word in _WORD.findall(text)} - STOPWORDS)
        self._stems = frozenset(stem for word in self._words for stem in stems(word))
        self._known = known

    def corrected(self, question: str) -> str:
        """The question with its slips put right; as it is where there are none."""
        return _WORD.sub(lambda match: self._word(match.group()), question)

    def _word(self, word: str) -> str:
        low = word.lower()
        if len(low) < _SHORTEST or low in STOPWORDS or self._known(low) or set(stems(low)) <= self._stems:
            return word
        most = 2 if len(low) >= _TWO_EDITS else 1
        near = process.extract(low, self._words, scorer=OSA.distance, score_cutoff=most, limit=_CANDIDATES)
        nearest = [other for other, edits, _ in near if edits == near[0][1]]
        # A wrong letter is likelier than one too many: "finel" is "final" rather than "fine".
        nearest = [other for other in nearest if len(other) == len(low)] or nearest
        # "lecture" and "lectures" are one word; two different ones leave it open.
        return nearest[0] if len({stems(other)[0] for other in nearest}) == 1 else word
