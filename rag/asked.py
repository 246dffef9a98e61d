"""What must stand in the evidence of a question, as far as its words show: the names it uses, its pairs of words, a number beside the
noun that it wants counted.

Evidence that lacks these does not answer, however near it is: "how did GPT-9 do" needs the name, "dice loss" the pair. What kind of thing
is wanted is told by `rag/answer_types.py`. Rules in general words for English questions; none knows a paper. They only feed the gate's
curve (`rag/gate.py`), so that one of them alone refuses nothing.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rag.lexical import STOPWORDS, stem_set, stemmed, stems

_WORD = re.compile(r"[A-Za-z0-9][\w.-]*")
_VERSION = re.compile(r"\b([A-Za-z]{2,})[ -]?(\d+(?:\.\d+)?)(?![\w%])")
# "page 3" and "top 5" are no names of something's third and fifth version.
_NOT_VERSIONED = STOPWORDS | frozenset(
    "page table figure fig section week chapter equation eq appendix step stage layer top best first last most least about over under "
    "batch size rank task question part phase item hw homework day exam test jan feb mar apr may jun jul aug sep oct nov dec "
    "january february march april june july august september october november december".split()
)


_COUNTED = re.compile(
    r"\bhow (?:many|much) ((?:[\w%-]+ ?){1,3})"
    r"|\bwhat (?:%|percent(?:age)?|share|fraction|number) of ((?:[\w-]+ ?){1,3})"
    r"|\b([\w-]+ (?:size|score|rate|ratio|length|accuracy|dimension|temperature|f1|bleu|perplexity))\b",
    re.IGNORECASE,
)
_NUMBER_WORDS = frozenset("one two three four five six seven eight nine ten eleven twelve half third quarter twice".split())
_SHORTEST_NAME = 3  # characters of a figure, or of a name in small letters with a digit
_REACH = 3  # words between a number and its noun at which they count as half as near as side by side


def share_of_names(question: str, text: str) -> float | None:
    """The share of the names, acronyms, figures and versions that the question uses which stand in a text; None where it uses none."""
    asked = _names(question)
    if not asked.names and not asked.versions:
        return None
    there, run_together = stem_set(text), _run_together(text)
    found = [not set(stems(name)) - there or _run_together(name) in run_together for name in asked.names]
    found += [_run_together(version) in run_together for version in asked.versions]
    return sum(found) / len(found)


def absent_names(question: str, text: str) -> list[str]:
    """The names, acronyms and figures that the question uses and a text does not hold, as written."""
    there, run_together = stem_set(text), _run_together(text)
    return [name for name in _names(question).names if set(stems(name)) - there and _run_together(name) not in run_together]


def pairs_apart(question: str, texts: Sequence[str]) -> int:
    """How many of the question's pairs of neighbouring words stand side by side in none of the texts.

    A stopword between two words parts them in the question: "the loss of dice" has no pair, "dice loss" has one.
    """
    pairs = {pair for pair in pairwise(stemmed(question)) if STOPWORDS.isdisjoint(pair)}
    return len(pairs - {pair for text in texts for pair in pairwise(stemmed(text))})


@lru_cache(maxsize=64)
def counted(question: str) -> frozenset[str]:
    """Stems of what the question wants counted or measured; none where it asks for no number."""
    return frozenset(stem for groups in _COUNTED.findall(question) for group in groups for stem in stems(group))


def number_distance(question: str, texts: Sequence[str]) -> float:
    """How far the nearest number is from what the question wants counted: 0 for side by side, towards 1 for farther, 1 for none.

    Also 0 where the question asks for no number.
    """
    wanted = counted(question)
    if not wanted:
        return 0.0
    gaps = [gap for text in texts for gap in _gaps(wanted, text)]
    return 1 - 1 / (1 + min(gaps) / _REACH) if gaps else 1.0


class _Names(NamedTuple):
    names: tuple[str, ...]
    versions: tuple[str, ...]  # a name and the number behind it, run together


@lru_cache(maxsize=64)
def _names(question: str) -> _Names:
    return _Names(
        tuple(word for word in _WORD.findall(question) if _is_name(word, question)),
        tuple(name + number for name, number in _VERSION.findall(question) if name.lower() not in _NOT_VERSIONED),
    )


def _is_name(word: str, question: str) -> bool:
    """Capitals within or a digit; or a capital that does not open the question. "b4" and the 3 of "table 3" are no names."""
    if any(c.isupper() for c in word[1:]) or (word[0].isupper() and not question.startswith(word)):
        return True
    return any(c.isdigit() for c in word) and (word[0].isupper() or len(word) >= _SHORTEST_NAME)


def _run_together(text: str) -> str:
    """Letters and digits alone, so that "GPT-2", "GPT 2" and "gpt2" are the same."""
    return re.sub(r"[^a-z0-9.]+", "", text.lower()).strip(".")


def _gaps(wanted: frozenset[str], text: str) -> list[int]:
    words = stemmed(text)
    numbers = [n for n, word in enumerate(words) if word[0].isdigit() or word in _NUMBER_WORDS]
    nouns = [n for n, word in enumerate(words) if word in wanted]
    return [min(abs(noun - number) for number in numbers) for noun in nouns] if numbers else []
