"""Holds each sentence of the model against the evidence: what the evidence does not say is not shown.

A sentence passes if one single sentence of the evidence

1. holds all its numbers, names and other words that carry meaning, in the same order, and no number or name between
   them that the sentence leaves out (of "the base model has 65M and the big one 213M" none may make "the base model has 213M"),
2. is negated, hedged and limited by the same words (not, may, only, less, ...) in the part that was used,
3. is near in meaning (cosine of the embeddings).

So the model may shorten and join, not invent, turn round or overstate. This holds for any model.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.embeddings import Vectors
from rag.evidence import Evidence
from rag.lexical import stems, tokens

# Words that turn, limit or compare a statement. Dropping or adding one changes what is said.
_OPERATORS = frozenset(
    "no not never none nor neither without cannot can't don't doesn't didn't isn't aren't wasn't weren't won't nobody nothing "
    "hardly rarely may might could would should perhaps possibly likely unlikely suspect hypothesize hypothesise believe "
    "suggest seem seems appear appears only except unless if although however but instead rather despite fewer less more most "
    "least greater smaller larger better worse than before after almost nearly about approximately roughly up over under some "
    "all every each both either half twice whereas while respectively versus vs compared relative".split()
)
_FRAME = frozenset(stems("paper authors according work study"))  # how a sentence may speak of its source
_NUMBER_WORDS = {w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}


@dataclass(frozen=True)
class Checked:
    """A sentence that passed, with the evidence that it rests on."""

    text: str
    evidence: Evidence
    cosine: float


class Verifier:
    """Checks sentences of one answer against its evidence."""

    def __init__(self, question: str, evidence: Sequence[Evidence], embed: Callable[[Sequence[str]], Vectors], support: float) -> None:
        """Take the evidence in.

        Args:
            question: A sentence that adds nothing to it is dropped.
            evidence: What may be cited.
            embed: Texts to unit vectors, shape (texts, dimensions).
            support: Least cosine of a sentence with its evidence.
        """
        self._asked = set(_content(question))
        self._evidence = list(evidence)
        self._embed = embed
        self._support = support
        self._shown: set[tuple[str, ...]] = set()

    def check(self, sentence: str) -> Checked | None:
        """The sentence with what bears it out; None if nothing does, or if it says nothing new."""
        content = tuple(_content(sentence))
        if not set(content) - self._asked or content in self._shown:
            return None
        borne = [e for e in self._evidence if states(e.sentence.text, sentence)]
        if not borne:
            return None
        vectors = self._embed([sentence, *(e.sentence.text for e in borne)])
        cosines = vectors[1:] @ vectors[0]
        best = int(cosines.argmax())
        if cosines[best] < self._support:
            return None
        self._shown.add(content)
        return Checked(sentence, borne[best], float(cosines[best]))


def states(evidence: str, sentence: str) -> bool:
    """Does the evidence hold every word that matters in the sentence, in order, and no turn that the sentence drops?"""
    have, want = _content(evidence), [s for s in _content(sentence) if s not in _FRAME]
    used = _alignment(have, want)
    names = [name for name in _names(sentence) if name not in _FRAME]
    if not used or _alignment(tokens(evidence), names) is None:
        return False
    marked = set(_content(" ".join(_names(evidence)))) | {stem for stem in have if stem[0].isdigit()}
    skipped = {have[n] for n in range(used[0], used[-1]) if n not in used}
    if skipped & marked - set(want):
        return False
    return _operators(sentence) == _operators(_span(evidence, have, used))


def _content(text: str) -> list[str]:
    return stems(" ".join(_NUMBER_WORDS.get(token, token) for token in tokens(text)))


def _names(text: str) -> list[str]:
    """Words with a capital inside the sentence, or of capitals, as tokens."""
    words = re.findall(r"[\w-]+", text)
    marked = [
        w
        for n, w in enumerate(words)
        if (n and w[0].isupper()) or sum(c.isupper() for c in w) > 1 or (w[0].isalpha() and any(c.isdigit() for c in w))
    ]
    return [token for word in marked for token in tokens(word) if token not in _NUMBER_WORDS]


def _operators(text: str) -> set[str]:
    return {token for token in re.findall(r"[a-z']+", text.lower().replace("’", "'")) if token in _OPERATORS}


def _alignment(have: Sequence[str], want: Sequence[str]) -> list[int] | None:
    """Positions in `have` of all of `want`, in its order, each the earliest possible; None if they are not all there."""
    used: list[int] = []
    start = 0
    for stem in want:
        try:
            start = have.index(stem, start) + 1
        except ValueError:
            return None
        used.append(start - 1)
    return used


def _span(evidence: str, have: Sequence[str], used: Sequence[int]) -> str:
    """The part of the evidence from the clause that holds the first word used to the last word used.

    Operators stand before what they govern, so the span opens at the clause's start.
    """
    words = evidence.split()
    places: list[int] = []  # the word that each content stem came from
    for n, word in enumerate(words):
        places.extend([n] * len(_content(word)))
    if len(places) != len(have) or not used:
        return evidence
    first, last = places[used[0]], places[used[-1]]
    while first > 0 and not words[first - 1].endswith((",", ";", ":", ".")):
        first -= 1
    return " ".join(words[first : last + 1])
