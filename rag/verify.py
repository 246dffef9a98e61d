"""Holds each sentence of the model against the evidence: what the evidence does not say is not shown.

A sentence passes if one single sentence of the evidence says it word for word, in order and from end to end. Only this may differ:

- citation marks ([12]), punctuation and capitals;
- number words and digits ("eight", "8"), thousands commas;
- a linking word at the start of the evidence that the sentence leaves out ("however", "in this work");
- a frame at the start of the sentence that names the source ("according to the paper", "the authors say that").

Beyond that, its meaning must be near, and it must follow from that sentence by a model of entailment where one is configured.

Every looser rule that was tried let a false sentence through: leaving words out drops a negation, a condition or the other half of a
comparison ("the method fails to converge" became "the method converges"). tests/rag/test_verify.py keeps those. So the model may choose
among the evidence and lay it out; it may not say anything new, whatever its size.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.embeddings import Vectors
from rag.entailment import Relate, Relation
from rag.evidence import Evidence
from rag.lexical import stems

_CITATION_MARK = re.compile(r"\[\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\]")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s.,;:!?\"'“”‘’()\[\]{}]|_")
_NUMBER_WORDS = {w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_LINKS = tuple(
    tuple(link.split())
    for link in (
        "however", "moreover", "furthermore", "additionally", "in addition", "specifically", "thus", "therefore", "hence", "consequently",
        "finally", "overall", "in this work", "in this paper", "in this section", "also",
    )
)  # fmt: skip
_FRAMES = tuple(
    tuple(frame.split())
    for frame in (
        "according to the paper", "according to the authors", "according to the notes", "the paper says that", "the authors say that",
        "the notes say that",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """A sentence that passed, with the evidence that it rests on."""

    text: str
    evidence: Evidence
    cosine: float


class Verifier:
    """Checks sentences of one answer against its evidence."""

    def __init__(
        self,
        question: str,
        evidence: Sequence[Evidence],
        support: float,
    ) -> None:
        """Take the evidence in.

        Args:
            question: A sentence that adds nothing to it is dropped.
            evidence: What may be cited.
            support: Least cosine of a sentence with its evidence.
        """
        self._asked = set(stems(question))
        self._evidence = list(evidence)
        self._support = support
        self._shown: set[int] = set()

    def check(self, sentence: str, embed: Callable[[Sequence[str]], Vectors], relate: Relate | None = None) -> Checked | None:
        """The sentence with what bears it out; None if nothing does, or if it says nothing new.

        Args:
            embed: Texts to unit vectors, shape (texts, dimensions).
            relate: The model of entailment, where there is one.
        """
        if not set(stems(sentence)) - self._asked:
            return None
        for number, item in enumerate(self._evidence):
            if number not in self._shown and states(item.sentence.text, sentence):
                vectors = embed([sentence, item.sentence.text])
                cosine = float(vectors[0] @ vectors[1])
                if cosine >= self._support and (relate is None or relate([(item.sentence.searched, sentence)]) == [Relation.ENTAILED]):
                    self._shown.add(number)
                    return Checked(sentence, item, cosine)
        return None


def states(evidence: str, sentence: str) -> bool:
    """Does the evidence say the sentence, word for word but for the differences that the module's docstring lists?

    Args:
        evidence: One sentence or table row. A question states nothing.
        sentence: What is to be shown.
    """
    if evidence.rstrip().endswith("?"):
        return False
    have, want = _words(evidence), _words(sentence)
    want = _without_opening(want, _FRAMES)
    return bool(want) and (want == have or want == _without_opening(have, _LINKS))


def _words(text: str) -> list[str]:
    """Words, numbers and signs in order, levelled; everything that can carry meaning is kept."""
    text = _CITATION_MARK.sub(" ", text).replace("−", "-").replace("–", "-").replace("’", "'")
    found = []
    for token in _TOKEN.findall(text.lower()):
        token = token.replace(",", "") if token[0].isdigit() else token
        found.append(_NUMBER_WORDS.get(token, token))
    return found


def _without_opening(words: list[str], openings: Sequence[tuple[str, ...]]) -> list[str]:
    for opening in openings:
        if tuple(words[: len(opening)]) == opening:
            return words[len(opening) :]
    return words
