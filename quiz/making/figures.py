"""Numbers in a sentence that say something, and other numbers that look like them.

A figure is one number with what stands around it: its unit, and how it is written. Numbers that only point or name are none: years,
versions, the 3 of "GPT-3" and the 65B of "LLaMA 65B".
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quiz.making.language import Parsed

_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_NUMBER = re.compile(
    r"(?<![\w.,$€^/@])(?<![A-Za-z]-)(?<!\d[-–])(?<![±·×^] )(?P<money>[$€])?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<unit>\s?%|[KMBT]B?(?![\w])|k(?!\w)|[-\s](?:million|billion|trillion|thousand)\b|[x×](?!\w))?(?!\w|[.,]\d|[-–]\d|[-–][a-z]{1,2}\d|\s?[·±^/×]|\s?[-–]\s?\d)"
    rf"|\b(?P<word>{'|'.join(_WORDS[2:])})(?=[ -][a-z])(?!-)",
    re.IGNORECASE,
)
_SMALLEST = 5
_MEASURES = frozenset(
    "time day hour minute second week month year point gpu tpu epoch bit percent percentage layer head node dollar turn "
    "iteration shot".split()
)
_YEARS = range(1600, 2100)


@dataclass(frozen=True)
class Figure:
    """A number of a sentence.

    Attributes:
        start, end: Where its digits (or its word) stand; what comes before and after, such as "$" and " million", is not in it.
        text: The digits, or the word, as written.
        value: What the digits say: 4.5 for "4.5 million".
        unit: What follows or goes before it: "%", " million", "B", "$"; empty for a bare number.
        counted: The noun that it counts, in its dictionary form; empty if unknown.
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    counted: str = ""

    @property
    def is_asked(self) -> bool:
        """Is it a number to ask for? A small count ("two techniques, A and B") can be counted in its own sentence."""
        return self.value >= _SMALLEST or bool(self.unit.strip()) or self.decimals > 0 or self.counted in _MEASURES

    @property
    def is_word(self) -> bool:
        """Is it written in letters?"""
        return self.text.isalpha()

    @property
    def decimals(self) -> int:
        """Digits behind the point."""
        return len(self.text.partition(".")[2])


def figures(parsed: Parsed) -> list[Figure]:
    """The numbers of a sentence that say something."""
    return list(_figures(parsed))


def _figures(parsed: Parsed) -> Iterator[Figure]:
    text = parsed.text
    for match in _NUMBER.finditer(text):
        before = text[: match.start()]
        if match["word"]:
            if re.search(r"\b(?:the|these|those|its|their|our|all|of|last|first|other|any)\s+$", before, re.IGNORECASE):
                continue
            start, end = match.span("word")
            yield Figure(start, end, match["word"], Decimal(_WORDS.index(match["word"].lower())), "", _counted(parsed, start))
            continue
        start, end = match.span("digits")
        value = Decimal(match["digits"].replace(",", ""))
        unit = (match["money"] or "") + (match["unit"] or "")
        if not unit and "," not in match["digits"] and value == value.to_integral() and int(value) in _YEARS:
            continue
        if (
            _names_something(parsed, start, end, unit)
            or (value == 0 and not unit)
            or before.endswith("=")
            or _alone_in_brackets(text, start, end, unit)
        ):
            continue
        yield Figure(start, end, match["digits"], value, unit, _counted(parsed, start))


def _word_at(parsed: Parsed, start: int) -> int | None:
    return next((n for n, word in enumerate(parsed.words) if word.start <= start < word.end), None)


def _names_something(parsed: Parsed, start: int, end: int, unit: str) -> bool:
    """Is it a part of a name, such as the 2 of "Llama 2" and the 65B of "LLaMA 65B"?"""
    n = _word_at(parsed, start)
    if n is None:
        return True
    before = parsed.words[n - 1] if n else None
    if (
        before is not None
        and unit != "%"
        and before.end + 1 >= start
        and (before.pos == "PROPN" or any(c.isupper() for c in before.text[1:]) or (before.text[:1].isupper() and n > 1))
    ):
        return True
    after = parsed.words[n + 1] if n + 1 < len(parsed.words) else None
    near = " ".join(word.lemma for word in parsed.words[n + 1 : n + 4])
    if unit in ("B", "M") and not re.search(r"param|weight|token|sentence|word|example|document|pair|passage|image|vector", near):
        return True  # the size that a model is named by
    if after is not None and after.text in ("-", "–", "/") and after.start == end:
        return after.text != "-" or unit != ""
    return (
        before is not None
        and before.text.lower() in ("top", "stage", "phase", "step", "version", "week", "grade", "at", "@", "or", "-", "–")
        and not unit
    )


def _alone_in_brackets(text: str, start: int, end: int, unit: str) -> bool:
    """ "(1)" of a list, "(1.5B)" after a model's name."""
    inside = re.search(r"\([^()]*$", text[:start])
    after = re.match(r"[^()]*\)", text[end:])
    return (
        inside is not None
        and after is not None
        and f"{inside[0]}{text[start:end]}{after[0]}".strip("()~ ") == f"{text[start:end]}{after[0][:-1]}"
        and unit.strip() != "%"
    )


def _counted(parsed: Parsed, start: int) -> str:
    n = _word_at(parsed, start)
    if n is None:
        return ""
    seen = 0
    while parsed.words[n].dep in ("nummod", "compound", "quantmod", "advmod", "amod", "nmod") and parsed.words[n].head != n and seen < 4:
        n = parsed.words[n].head
        seen += 1
    return parsed.words[n].lemma if parsed.words[n].pos in ("NOUN", "PROPN") else ""


def distractors(
    figure: Figure,
    others: Iterable[Figure],
    forbidden: Sequence[Decimal],
    chance: random.Random,
    wanted: int = 3,
    may_be: Callable[[Decimal], bool] = lambda _value: True,
) -> list[str]:
    """Other numbers written like this one, as texts in ascending order; its own rank among them is a matter of chance.

    Args:
        others: Numbers of the corpus: those of its unit and size are preferred to invented ones.
        forbidden: Values that may be true too.
        may_be: Could somebody who has not read the page think so of a value?

    Returns:
        Fewer than `wanted` where no more can be found.
    """
    sizes = (figure.value * Decimal("0.6"), figure.value * Decimal("1.5")) if _is_score(figure) else (figure.value / 12, figure.value * 12)
    found = [
        o for o in others
        if o.unit.strip() == figure.unit.strip() and o.decimals == figure.decimals and o.is_word == figure.is_word
        and o.counted == figure.counted and sizes[0] <= o.value <= sizes[1] and _is_apart(o.value, figure, [])
    ]  # fmt: skip
    pool = list(dict.fromkeys(o.value for o in found if _is_of_one_make(o.value, figure.value)))
    chance.shuffle(pool)
    pool, invented = ([v for v in values if not _near_any(v, forbidden) and may_be(v)] for values in (pool, _invented(figure, chance)))
    below, above = _sides(figure, pool, invented)
    rank = chance.randint(0, wanted)
    rank = min(max(rank, wanted - len(above)), len(below))
    chosen = sorted([*below[:rank], *above[: wanted - rank]])
    return [written(value, figure) for value in chosen]


def _is_power(value: Decimal) -> bool:
    return value >= 16 and value == value.to_integral() and (int(value) & (int(value) - 1)) == 0


def _is_of_one_make(value: Decimal, key: Decimal) -> bool:
    """Powers of two beside one; about as round as the key."""
    if _is_power(key) != _is_power(value):
        return False
    digits, wanted = (len(f"{v:f}".replace(".", "").strip("0")) for v in (value, key))
    return wanted - 1 <= digits <= max(2, wanted)


def _sides(figure: Figure, pool: Sequence[Decimal], invented: Sequence[Decimal]) -> tuple[list[Decimal], list[Decimal]]:
    """Candidates below and above the key, the corpus's own first, none near another."""
    below: list[Decimal] = []
    above: list[Decimal] = []
    for value in (*pool, *invented):
        side = below if value < figure.value else above
        if _is_apart(value, figure, [*below, *above]):
            side.append(value)
    return below, above


def _is_apart(value: Decimal, figure: Figure, taken: Sequence[Decimal]) -> bool:
    """Clearly another number than the key and than those taken: it differs by a tenth, or by 1 for small counts."""
    if (
        value <= 0
        or (value < 2 and figure.value > 1 and not figure.decimals and figure.counted != "bit")
        or (figure.unit.strip() == "%" and value >= 100)
        or (figure.is_word and not 2 <= value < len(_WORDS))
    ):
        return False
    small = figure.value < 20 and not figure.decimals
    for other in (figure.value, *taken):
        gap = abs(value - other)
        least = (
            Decimal(1)
            if small
            else max(abs(other) * (Decimal("0.04") if _is_score(figure) else Decimal("0.15")), Decimal(1).scaleb(-figure.decimals) * 2)
        )
        if gap < least:
            return False
    return True


def _is_score(figure: Figure) -> bool:
    """A percentage or a score such as 28.4: its neighbours are a few points away, not twice as large."""
    return figure.unit.strip() == "%" or (figure.decimals > 0 and 10 <= figure.value <= 100 and not figure.unit.strip())


def _near_any(value: Decimal, others: Sequence[Decimal]) -> bool:
    return any(abs(value - other) <= abs(other) * Decimal("0.02") for other in others)


def _invented(figure: Figure, chance: random.Random) -> list[Decimal]:
    """Numbers of the same make: powers of two for one of them, round ones for a round one."""
    value = figure.value
    whole = figure.decimals == 0
    step = Decimal(1).scaleb(-figure.decimals)
    if figure.counted == "bit":
        found = [bits for bits in (value / 4, value / 2, value * 2, value * 4, value * 8) if 2 <= bits <= 64]
    elif (
        whole
        and value <= 12
        and figure.unit.strip() in ("million", "billion", "thousand", "trillion", "M", "B", "K", "k", "T", "GB", "x", "×")
    ):
        found = [value + d for d in (-5, -4, -3, -2)] + [value * 2, value * 3, value + value // 2 + 1, value * 2 + 2]
    elif whole and value <= 12:
        found = [value + d for d in (-4, -3, -2, -1, 1, 2, 3, 4)]
    elif _is_power(value):
        found = [value * f for f in (Decimal("0.125"), Decimal("0.25"), Decimal("0.5"), 2, 4, 8)]
    elif _is_score(figure):
        found = [
            value + d * max(value / 60, Decimal("0.5")) * Decimal(str(round(chance.uniform(0.8, 1.25), 2)))
            for d in (-17, -12, -8, -5, 4, 7, 11, 16)
        ]
        if whole and value % 5 == 0:
            found = [value + d for d in (-20, -15, -10, -5, 5, 10, 15, 20)]
    elif whole and _zeros(value) >= 2:
        unit = Decimal(10) ** _zeros(value)
        lead = value / unit
        found = [value * f for f in (Decimal("0.1"), Decimal("0.5"), Decimal("0.2"), 2, 5, 10)] + [
            (lead + d) * unit for d in (-3, -2, 2, 3) if lead > 4
        ]
    else:
        found = [value * Decimal(str(f)) for f in (0.3, 0.45, 0.6, 0.75, 1.3, 1.6, 2, 2.8)]
        if whole and value % 5 == 0:
            found = [Decimal(5) * (v / 5).to_integral_value() for v in found]
    found = [v.quantize(step) for v in found]
    chance.shuffle(found)
    return [v for v in dict.fromkeys(found) if v > 0]


def _zeros(value: Decimal) -> int:
    digits = str(int(value))
    return len(digits) - len(digits.rstrip("0"))


def written(value: Decimal, like: Figure) -> str:
    """A value in the way in which a figure is written."""
    if like.is_word:
        word = _WORDS[int(value)]
        return word.capitalize() if like.text[:1].isupper() else word
    commas = "," in like.text or (value >= 10_000 and like.value < 1000)
    return f"{value:,.{like.decimals}f}" if commas else f"{value:.{like.decimals}f}"


def value_of_word(word: str) -> int:
    """What a number word up to twenty says.

    Raises:
        ValueError: It is none.
    """
    return _WORDS.index(word.lower())
