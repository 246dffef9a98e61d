"""Holds claims against one reading: how near its sentences are, and which of a claim's numbers and names stand there.

A number or a name is borne out only by a sentence that is about as near to the claim as the nearest one is: that a paper
holds an "8" somewhere says nothing. The distances were chosen on sentences about five papers and measured on three others
(docs/evaluation.md, "Checking drafts").

`judge` is where a claim and what stands near it meet. Where a model of entailment is configured, it has the last word before
`SUPPORTED` is said: it may see what these rules on words cannot.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ingest.documents import NO_STATEMENTS, Sentence
from ingest.embeddings import Vectors
from rag.claims import Claim, opposition, run_together, term_stems
from rag.entailment import Relate, Relation
from rag.evidence import WORDS_WEIGHT, says_something
from rag.grounds import Fault, Ground, in_english
from rag.numerals import Numeral, holds, numerals

NEAR = 0.7  # least nearness of a sentence that can bear a claim out
_NUMBER_GAP = 0.18  # by which the nearest sentence with a claim's number may be less near than the nearest one
_NAME_GAP = 0.1  # the same for names
_ABOUT_THE_SAME = 0.65  # share of a clause's terms, from which on another clause says the same or the opposite
_RIVALS = 2  # so many of the nearest sentences may say the opposite
_PLACES = 3  # so many pages are named on which a number stands elsewhere

Nearness = NDArray[np.float64]


class Verdict(StrEnum):
    """What became of a sentence of a draft."""

    SUPPORTED = "supported"
    NUMBER_CONTRADICTED = "contradicted number"  # the nearest sentence is about the same and has another number
    NUMBER_NOT_FOUND = "number not found"
    NAME_NOT_FOUND = "name not found"
    CONTRADICTED = "contradicted"  # the same words with a "not", a "less" or the other order
    NOT_SUPPORTED = "not supported"  # nothing near enough
    NOT_CHECKABLE = "not checkable"  # a question, an opinion, a heading

    @property
    def is_fault(self) -> bool:
        """Does the reading fail to bear it out?"""
        return self not in (Verdict.SUPPORTED, Verdict.NOT_CHECKABLE)


@dataclass(frozen=True)
class Judged:
    """A claim with its verdict.

    Attributes:
        grounds: What is wrong; none where nothing is.
        nearest: The sentence that is nearest to it, or says the opposite; None where nothing was looked for.
    """

    claim: Claim
    verdict: Verdict
    grounds: tuple[Ground, ...] = ()
    nearest: Sentence | None = None

    @property
    def why(self) -> str:
        """What is wrong, in English; "" where nothing is."""
        return in_english(self.grounds)


class ReadingText:
    """A reading's sentences, with all that claims are compared with."""

    def __init__(
        self, sentences: Sequence[Sentence], vectors: Vectors, rarity: Callable[[str], float], *, title: str, year: int | None = None
    ) -> None:
        """Take a reading in.

        Args:
            sentences: All of them.
            vectors: Theirs, shape (sentences, dimensions); rows of zeros for what is not embedded.
            rarity: Weight of a stem (inverse document frequency).
            title: Its names may stand in any claim, and so may those before the first heading (authors).
            year: When it came out, if that is known; no claim is wrong for naming it.
        """
        self.sentences = sentences
        self.year = year
        self._vectors = vectors
        self._rarity = rarity
        texts = [f"{s.section} {s.searched}" for s in sentences]
        self._terms = [term_stems(text) for text in texts]
        self._numbers = [numerals(s.searched) for s in sentences]
        self._letters = [run_together(text) for text in texts]
        self._front = run_together(" ".join([title, *(s.text for s in sentences if not s.section)]))
        self._quotable = np.array([s.kind not in NO_STATEMENTS and says_something(s.text) for s in sentences], dtype=np.bool_)

    def nearness(self, claim: Claim, vector: Vectors) -> Nearness:
        """Of each sentence: its cosine plus `WORDS_WEIGHT` times the share of the claim's terms; -1 for what cannot be quoted.

        Args:
            vector: The claim's, shape (dimensions,).
        """
        weights = {stem: self._rarity(stem) for stem in claim.terms}
        total = sum(weights.values()) or 1.0
        shares = np.array([sum(weights[stem] for stem in claim.terms & terms) for terms in self._terms]) / total
        return np.where(self._quotable, self._vectors @ vector + WORDS_WEIGHT * shares, -1.0)

    def with_number(self, wanted: Numeral) -> NDArray[np.bool_]:
        """Which sentences hold a number."""
        return self._quotable & np.array([holds(wanted, numbers) for numbers in self._numbers], dtype=np.bool_)

    def with_name(self, name: str, *, beside: bool = False) -> NDArray[np.bool_]:
        """Which sentences hold a name.

        Args:
            beside: Those beside one that holds it too: a paper names its model once in a paragraph.
        """
        letters = run_together(name)
        there = np.array([letters in text for text in self._letters], dtype=np.bool_)
        if beside:
            padded = np.pad(there, 1)
            there = padded[:-2] | there | padded[2:]
        return self._quotable & there

    def is_given(self, name: str) -> bool:
        """Does the name stand in the title or before the first heading?"""
        return run_together(name) in self._front

    def numbers_of(self, sentence: Sentence) -> list[Numeral]:
        """The numbers of one of its sentences."""
        return self._numbers[sentence.position]


@dataclass(frozen=True)
class Compared:
    """A claim with its clauses, and how near each sentence of the reading is to each of them.

    Attributes:
        views: The whole claim first, then its `parts`.
    """

    claim: Claim
    views: tuple[tuple[Claim, Nearness], ...]

    @property
    def whole(self) -> Nearness:
        """Nearness to the whole claim."""
        return self.views[0][1]

    @property
    def near(self) -> float:
        """How near anything is: to the whole claim, or to its clauses on average."""
        parts = [float(nearness.max()) for _, nearness in self.views[1:]]
        return max(float(self.whole.max()), float(np.mean(parts)) if parts else -1.0)

    def gap(self, concerns: Callable[[Claim], bool], there: NDArray[np.bool_]) -> float:
        """By how much the nearest of the sentences `there` is less near than the nearest of all, for the clause that it concerns."""
        views = [nearness for part, nearness in self.views[1:] if concerns(part)] or [self.whole]
        return min(float(nearness.max() - np.where(there, nearness, -1.0).max()) for nearness in views)


def compare(claim: Claim, vectors: Vectors, reading: ReadingText) -> Compared:
    """Hold a claim beside the reading.

    Args:
        vectors: Of the claim and of each of its `parts`, shape (1 + parts, dimensions).
    """
    return Compared(claim, tuple((c, reading.nearness(c, vector)) for c, vector in zip((claim, *claim.parts), vectors, strict=True)))


def judge(compared: Compared, reading: ReadingText, relate: Relate | None = None) -> Judged:
    """Does the reading bear the claim out, as far as nearness, numbers, names and words of denial show?

    Args:
        relate: The model of entailment, where there is one: asked of what these find no fault with.
    """
    claim = compared.claim
    order = [int(i) for i in np.argsort(-compared.whole, kind="stable")[:_RIVALS]]
    nearest = reading.sentences[order[0]]
    numbers = [n for n in claim.numbers if n.value != reading.year]
    if compared.near < NEAR:
        stands = [_standing(n.text, reading, reading.with_number(n)) for n in numbers if not n.is_small]
        return Judged(claim, Verdict.NOT_SUPPORTED, (Ground(Fault.NOTHING_NEAR), *stands), nearest)
    absent = [n for n in numbers if _lacks_number(n, compared, reading, [reading.sentences[i] for i in order])]
    unnamed = [name for name in claim.names if _lacks_name(name, compared, reading)]
    stands = [_standing(n.text, reading, reading.with_number(n)) for n in absent]
    stands += [_standing(name, reading, reading.with_name(name)) for name in unnamed]
    if absent:
        others = list(dict.fromkeys(n.text for n in reading.numbers_of(nearest) if not holds(n, claim.numbers)))
        if others and opposition(claim, nearest.text)[0] >= _ABOUT_THE_SAME:
            has = Ground(Fault.NEAREST_HAS, ", ".join(others))
            return Judged(claim, Verdict.NUMBER_CONTRADICTED, (*stands, has), nearest)
        return Judged(claim, Verdict.NUMBER_NOT_FOUND, tuple(stands), nearest)
    if unnamed:
        return Judged(claim, Verdict.NAME_NOT_FOUND, tuple(stands), nearest)
    rivals = [(*opposition(claim, reading.sentences[i].text), reading.sentences[i]) for i in order]
    share, opposed, rival = max(rivals, key=lambda found: (found[0], not found[1]))
    if opposed and share >= _ABOUT_THE_SAME:
        return Judged(claim, Verdict.CONTRADICTED, (Ground(Fault.OPPOSITE),), rival)
    if relate is not None:
        return _by_meaning(claim, [reading.sentences[i] for i in order], relate)
    return Judged(claim, Verdict.SUPPORTED, (), nearest)


def _by_meaning(claim: Claim, nearest: Sequence[Sentence], relate: Relate) -> Judged:
    """Does the claim follow from one of the nearest sentences, or from all of them together?"""
    together = " ".join(s.searched for s in sorted(nearest, key=lambda s: s.position))
    relations = relate([(premise, claim.text) for premise in (*(s.searched for s in nearest), together)])
    if Relation.ENTAILED in relations:
        entailing = relations.index(Relation.ENTAILED)
        return Judged(claim, Verdict.SUPPORTED, (), nearest[entailing] if entailing < len(nearest) else nearest[0])
    for sentence, relation in zip(nearest, relations, strict=False):
        if relation is Relation.CONTRADICTED:
            return Judged(claim, Verdict.CONTRADICTED, (Ground(Fault.DENIED),), sentence)
    return Judged(claim, Verdict.NOT_SUPPORTED, (Ground(Fault.NOT_ENTAILED),), nearest[0])


def _lacks_number(wanted: Numeral, compared: Compared, reading: ReadingText, nearest: Sequence[Sentence]) -> bool:
    gap = compared.gap(lambda c: any(n.value == wanted.value for n in c.numbers), reading.with_number(wanted))
    # A small count ("three ideas") may be the student's own, unless the reading counts the same thing.
    counts = not wanted.is_small or any(wanted.counted & n.counted for s in nearest for n in reading.numbers_of(s))
    return gap > _NUMBER_GAP and counts


def _lacks_name(name: str, compared: Compared, reading: ReadingText) -> bool:
    if reading.is_given(name):
        return False
    nearest = Claim(reading.sentences[int(compared.whole.argmax())].text)
    # One that names something else in its place says it of that.
    beside = set(nearest.names) <= set(compared.claim.names)
    return compared.gap(lambda c: name in c.names, reading.with_name(name, beside=beside)) > _NAME_GAP


def _standing(what: str, reading: ReadingText, there: NDArray[np.bool_]) -> Ground:
    """Where in the reading something stands, if not near the claim."""
    found = [sentence for sentence, holds_it in zip(reading.sentences, there, strict=True) if holds_it]
    places: list[int | str] = list(dict.fromkeys(s.page or s.section.split(" > ")[-1] for s in found))
    if not places:
        return Ground(Fault.STANDS_NOWHERE, what)
    return Ground(Fault.STANDS_ELSEWHERE, what, tuple(places[:_PLACES]), len(places) > _PLACES)
