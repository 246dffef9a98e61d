"""Numbers in running text as values: "1,000", "1k", "1000" and "a thousand" are the same, so are "eight" and "8", "65B" and "65 billion".

Numbers that only point (citation marks, "Section 3", "Table 2") are none; neither are those of names such as "GPT-3" and "BM25",
but the sizes of models are, as in "LLaMA-13B".
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rag.lexical import stems

_TOLERANCE, _LOOSE_TOLERANCE = 0.01, 0.03  # largest relative distance of a rounded number; the second after "about"
_TO_TWENTY = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
).split()
_TENS = "thirty forty fifty sixty seventy eighty ninety".split()
# "one" is an article or a pronoun as often as a number.
_WORDS = {word: value for value, word in enumerate(_TO_TWENTY, 2)} | {word: 10 * tens for tens, word in enumerate(_TENS, 3)}
_UNITS = {word: value for value, word in enumerate("one two three four five six seven eight nine".split(), 1)}
_MAGNITUDES = {
    "k": 1e3,
    "m": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "t": 1e12,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}
_SMALL = range(2, 6)
_WORD, _REACH = re.compile(r"[A-Za-z]+"), 40  # characters after a number in which its two words are looked for
_ABOUT = re.compile(r"(?:\b(?:about|around|roughly|approximately|nearly|almost|over|some|circa|ca\.)|[~≈])\s*(?:of\s+)?$", re.IGNORECASE)
# "the two" points back.
_DEFINITE = re.compile(r"\b(?:the|these|those|its|their|both)\s+$", re.IGNORECASE)
_POINTERS = re.compile(
    r"\[\d+(?:\s*[,;–-]\s*\d+)*\]|§\s*\d+(?:\.\d+)*|"
    r"\b(?:sections?|secs?\.?|tables?|figures?|figs?\.?|appendix|chapters?|equations?|eqs?\.?|pages?|p\.|pp\.|weeks?|step|footnote)\s+\(?\d+(?:\.\d+)*(?:\s*(?:,|and|–|-)\s*\d+(?:\.\d+)*)*\)?",
    re.IGNORECASE,
)  # fmt: skip
_LONG = r"hundred|thousand|million|billion|trillion"
_PERCENT = r"%|percent\b|per cent\b"
_NUMBER = re.compile(
    r"(?P<digits>(?<![\w.])(?<![A-Za-z]-)(?:\d{1,3}(?:,\s?\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"|(?<=[A-Za-z]-)\d+(?:\.\d+)?(?=[KMBT]\b))"
    rf"(?:\s?(?P<percent>{_PERCENT})|(?P<short>[kKMBT]|bn)\b|[\s-](?P<long>{_LONG})\b)?"
    rf"|\b(?P<word>{'|'.join(_WORDS)})(?:-(?P<unit>{'|'.join(_UNITS)}))?\b(?P<half> and a half\b)?"
    rf"(?:[\s-](?P<more>{_LONG})\b|\s?(?P<share>{_PERCENT}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Numeral:
    """A number with how it is written.

    Attributes:
        value: Without its percent sign: 4.3 for "4.3%".
        step: What one of its last digit is worth: 0.1 for "4.3", 1e9 for "65B".
        loose: "about" or the like stands before it.
        counted: Stems of the two words after it.
        is_small: A word from "two" to "five": a writer's own count ("three ideas, namely ...") as often as the paper's.
    """

    text: str
    value: float
    step: float
    percent: bool
    loose: bool
    counted: frozenset[str] = frozenset()
    is_small: bool = False


def numerals(text: str) -> list[Numeral]:
    """The numbers of a text, in order."""
    return list(each_numeral(text))


def each_numeral(text: str) -> Iterator[Numeral]:
    """As `numerals`, one at a time: for who needs the first only."""
    return _found(_POINTERS.sub(lambda match: " " * len(match[0]), text))


def matches(wanted: Numeral, there: Numeral) -> bool:
    """Is `wanted` the number that stands `there`, perhaps rounded, or a percentage for a share of 1?"""
    values = [there.value]
    if wanted.percent and not there.percent:
        values.append(100 * there.value)
    elif there.percent and not wanted.percent and wanted.value <= 1:
        values.append(there.value / 100)
    return any(_rounds_to(wanted, value) for value in values)


def holds(wanted: Numeral, others: Iterable[Numeral]) -> bool:
    """Is it among the others?"""
    return any(matches(wanted, other) for other in others)


def _found(text: str) -> Iterator[Numeral]:
    for match in _NUMBER.finditer(text):
        before = text[: match.start()]
        counted = frozenset(stem for word in _WORD.findall(text[match.end() : match.end() + _REACH])[:2] for stem in stems(word))
        loose = _ABOUT.search(before) is not None
        word = match["word"]
        if word:
            if _DEFINITE.search(before) and not match["more"]:
                continue
            factor = _MAGNITUDES[match["more"].lower()] if match["more"] else 1.0
            value = _WORDS[word.lower()] + (_UNITS[match["unit"].lower()] if match["unit"] else 0) + (0.5 if match["half"] else 0.0)
            is_small = value in _SMALL and not (match["more"] or match["share"])
            yield Numeral(match[0], value * factor, factor, bool(match["share"]), loose, counted, is_small)
            continue
        digits = re.sub(r"[,\s]", "", match["digits"])
        suffix = (match["short"] or match["long"] or "").lower()
        factor = _MAGNITUDES.get(suffix, 1.0)
        decimals = len(digits.partition(".")[2])
        yield Numeral(match[0], float(digits) * factor, factor / 10**decimals, bool(match["percent"]), loose, counted)
        if re.search(r",\s", match["digits"]):  # a list such as "100, 200", or a number that a PDF has set apart
            for part in re.split(r",\s", match["digits"]):
                yield Numeral(part, float(part.replace(",", "")), 1.0, False, loose)


def _rounds_to(wanted: Numeral, value: float) -> bool:
    if math.isclose(wanted.value, value, rel_tol=1e-6, abs_tol=1e-9):
        return True
    tolerance = _LOOSE_TOLERANCE if wanted.loose else _TOLERANCE
    near = abs(wanted.value - value) <= tolerance * abs(value)
    return near and abs(wanted.value - value) <= 0.5 * wanted.step * (1 + 1e-9)
