"""From passages to the few sentences and table rows that bear on the question."""

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

from ingest.catalog import Reading
from ingest.documents import Kind, Sentence
from rag import definitions
from rag.answer_types import expected
from rag.lexical import stem_set
from rag.retrieval import Hit

WORDS_WEIGHT = 0.4  # of the share of the question's words that a sentence holds, beside its cosine
_DEFINITION_WEIGHT = 1.5  # of how much it reads like a definition, where one is asked for
_GIVEN_WEIGHT = 0.3  # of each kind of thing asked for that it gives
_BESIDE_WEIGHT = 0.2  # of how near a number in it stands to what is to be counted
_LEAD_IN_WEIGHT = -0.2  # of ending with a colon: it announces what others say
# Of a caption, which says what is shown, and of a formula, whose parts readers of PDFs order differently.
_ASIDE_WEIGHT = -0.3
_PASSAGE_WEIGHT = 0.02  # of the passage's distance from the best passage, in its score's standard deviations
_PASSAGES = 5
_FEWEST_WORDS, _FEWEST_CHARACTERS = 4, 15
_FARTHEST = 0.4  # by how much less than the best a sentence that is shown may be worth, unless it defines what is asked for
_THANKS = re.compile(r"^(?:we|the authors?)\b(?:\W+\w+){0,4}?\W+(?:thank|grateful|acknowledge)\b", re.IGNORECASE)
_HELPED = re.compile(r"\b(?:thank|acknowledg|help|fund|support|grateful|sponsor)", re.IGNORECASE)
_ALIKE = 0.7  # share of two sentences' words that they have in common, from which on they say the same


@dataclass(frozen=True)
class Evidence:
    """A sentence that bears on the question.

    Attributes:
        score: Cosine plus `WORDS_WEIGHT` times the share of the question's words, about 0 to 1.4.
        cosine: With the question.
        defines: How much it reads like saying what the thing is that is asked about, 0 to 1; 0 where something else is asked.
        given: How many of the kinds of thing that are asked for it gives (`rag.answer_types`).
        beside: How near a number in it stands to what is to be counted, 0 to 1.
    """

    sentence: Sentence
    reading: Reading
    score: float
    cosine: float
    defines: float = 0.0
    given: int = 0
    beside: float = 0.0

    @property
    def worth(self) -> float:
        """Its score with whether it gives what is asked for."""
        aside = _ASIDE_WEIGHT if self.sentence.kind in (Kind.CAPTION, Kind.EQUATION) else 0.0
        lead_in = _LEAD_IN_WEIGHT if self.sentence.text.rstrip().endswith(":") else 0.0
        return self.score + _GIVEN_WEIGHT * self.given + _BESIDE_WEIGHT * self.beside + aside + lead_in

    @property
    def rank(self) -> float:
        """By which the best come first."""
        return self.worth + _DEFINITION_WEIGHT * self.defines


def select(question: str, hits: Sequence[Hit], rarity: Callable[[str], float]) -> list[Evidence]:
    """Sentences of the best passages, best first, each text once.

    Args:
        question: As the student wrote it.
        hits: Best first.
        rarity: Weight of a stem (inverse document frequency).
    """
    found: dict[str, Evidence] = {}
    term, wanted = definitions.asked(question), expected(question)
    for hit in hits[:_PASSAGES]:
        behind = hits[0].score - hit.score
        for sentence, cosine in zip(hit.sentences, hit.cosines, strict=True):
            if sentence.kind is Kind.FIGURE or not says_something(sentence.text) or sentence.text in found or _thanks(sentence, question):
                continue
            score = cosine + WORDS_WEIGHT * coverage(question, f"{sentence.section} {sentence.searched}", rarity) - _PASSAGE_WEIGHT * behind
            defines = term.strength(sentence) if term is not None else 0.0
            given, beside = wanted.given_by(sentence.text), wanted.nearness_of_number(sentence.text)
            found[sentence.text] = Evidence(sentence, hit.reading, score, cosine, defines, given, beside)
    return sorted(found.values(), key=lambda e: -e.rank)


def best_score(evidence: Sequence[Evidence]) -> float:
    """The largest score, whatever comes first; 0 without evidence."""
    return max((item.score for item in evidence), default=0.0)


def coverage(question: str, text: str, rarity: Callable[[str], float]) -> float:
    """The share of the question's words, weighted by their rarity, that stand in the text (0 to 1)."""
    return covered(question, stem_set(text), rarity)


def covered(question: str, there: Set[str], rarity: Callable[[str], float]) -> float:
    """As `coverage`, of a text's stems."""
    wanted = stem_set(question)
    total = sum(rarity(stem) for stem in wanted)
    return sum(rarity(stem) for stem in wanted & there) / total if total else 0.0


def shortened(evidence: Sequence[Evidence], most: int, longest: int) -> list[Evidence]:
    """The best few sentences that fit together and don't say the same twice, best first; none that is far behind the best.

    Args:
        most: How many at most.
        longest: How many words at most, together; the first is taken even if it is longer.
    """
    kept: list[Evidence] = []
    words = 0
    least = max((item.worth for item in evidence), default=0.0) - _FARTHEST
    for item in evidence:
        if kept and item.worth < least and not item.defines:
            continue
        size = len(item.sentence.text.split())
        if kept and (words + size > longest or any(_alike(item, other) for other in kept)):
            continue
        kept.append(item)
        words += size
        if len(kept) == most:
            break
    return kept


def says_something(text: str) -> bool:
    """A few words, not bare figures: "8 16 32 64" tells nobody anything, wherever it stands."""
    letters_and_digits = sum(c.isalnum() for c in text)
    return len(text.split()) >= _FEWEST_WORDS and letters_and_digits >= _FEWEST_CHARACTERS and any(c.isalpha() for c in text)


def _thanks(sentence: Sentence, question: str) -> bool:
    """Does it only thank people, and is nobody asked about who helped?"""
    return _THANKS.search(sentence.text) is not None and _HELPED.search(question) is None


def _alike(one: Evidence, other: Evidence) -> bool:
    first, second = stem_set(one.sentence.text), stem_set(other.sentence.text)
    return len(first & second) >= _ALIKE * max(len(first | second), 1)
