"""Two things of one statement that change places, so that it says what its reading contradicts: rivals, contrasted things, two numbers."""

import itertools
import re
from collections.abc import Iterator

from quiz.making.figures import Figure, figures
from quiz.making.flips import STRENGTH, Flip, is_single
from quiz.making.language import Parsed, Word
from quiz.making.subjects import TEXTS

_PARTLY = re.compile(r"\b(?:some|many|most|several|few|half|out of|often|sometimes|cases)\b", re.IGNORECASE)
ORDER = "order"  # the kind of these changes
_CONTRAST = ("while", "whereas")
# Where two numbers stand beside each other: "70% with one index and 68% with the other".
_BESIDE = re.compile(r"(?:\band\b|\bwhile\b|\bwhereas\b|\bbut\b|;|,)", re.IGNORECASE)
# The order of the numbers is said in words too, or follows from them.
_ORDERED = re.compile(
    r"\b(?:from|top|out of|outperform\w*|underperform\w*|improv\w+|increas\w+|decreas\w+|reduc\w+|drops?|lags?|behind|gains?|only|even|"
    rf"still|respectively|each|both|at least|at most|over|under|up to|vs|versus|{'|'.join(STRENGTH)})\b",
    re.IGNORECASE,
)
_MOST_FIGURES = 4
_THING = r"[A-Za-z][\w-]*(?: [\w-]+)?"
_NOT_SO = re.compile(
    rf"\b(?P<by>in|on|for|with|to) (?P<yes>{_THING})(?= (?:over|compared|relative|than)\b|,)"
    rf"[^,;]*, but not (?:(?P=by) )?(?P<no>{_THING})\.$"
)


def swaps(parsed: Parsed) -> list[Flip]:
    """Changes of a statement by which two things of one kind change places, the surest first."""
    found: list[Flip] = []
    if not _PARTLY.search(parsed.text):
        pairs = [*(_beaten(parsed) if is_single(parsed) else ()), *(_preferred(parsed) if is_single(parsed) else ()), *_contrasted(parsed)]
        found += [flip for one, other in pairs if (flip := _swapped(parsed, one, other)) is not None]
    return [*found, *_but_not(parsed), *_numbers(parsed)]


def _swapped(parsed: Parsed, one: int, other: int) -> Flip | None:
    first, second = _chunk(parsed, one), _chunk(parsed, other)
    if first is None or second is None or first[1] > second[0]:
        return None
    (s0, s1), (o0, o1) = (_bare(parsed, span) for span in (first, second))
    before, after = parsed.text[s0:s1], parsed.text[o0:o1]
    if before.lower() == after.lower():
        return None
    if s0 == 0:
        after = after[:1].upper() + after[1:]
    return Flip(s0, o1, f"{after}{parsed.text[s1:o0]}{before}", ORDER, 0.9)


def _but_not(parsed: Parsed) -> Iterator[Flip]:
    """What is so and what is not, of one kind: "improves in toxicity over GPT-3, but not bias"."""
    for found in _NOT_SO.finditer(parsed.text):
        yes, no = found["yes"], found["no"]
        yield Flip(found.start("yes"), found.end("no"), f"{no}{parsed.text[found.end('yes') : found.start('no')]}{yes}", ORDER, 0.9)


def _bare(parsed: Parsed, span: tuple[int, int]) -> tuple[int, int]:
    """A name without its article, which stays where it is."""
    first = next(word for word in parsed.words if word.start == span[0])
    after = first.end + 1
    return (after, span[1]) if first.pos == "DET" and after < span[1] else span


def _numbers(parsed: Parsed) -> Iterator[Flip]:
    """Two numbers of one unit, of which each is said of something else."""
    found = figures(parsed)
    if len(found) > _MOST_FIGURES or _ORDERED.search(parsed.text):
        return
    for one, other in itertools.pairwise(found):
        alike = (one.unit, one.decimals, one.counted if not one.unit else "") == (
            other.unit,
            other.decimals,
            other.counted if not other.unit else "",
        )
        between = parsed.text[one.end : other.start]
        if alike and _is_a_result(one) and one.value != other.value and _BESIDE.search(between) and len(between.split()) > 2:
            yield Flip(one.start, other.end, f"{other.text}{between}{one.text}", ORDER, 0.8)


def _is_a_result(figure: Figure) -> bool:
    return figure.unit.strip() == "%" or figure.decimals > 0


def _contrasted(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """The subjects of two clauses with a "while" or "whereas" between them, both with a name."""
    words, root = parsed.words, parsed.root
    subject = parsed.subject()
    if subject is None:
        return
    for n in parsed.children[root]:
        marks = [words[c].text.lower() for c in parsed.children[n] if words[c].dep == "mark"]
        rival = parsed.subject(n)
        if words[n].dep != "advcl" or n < root or rival is None or not set(marks) & set(_CONTRAST):
            continue
        if _has_name(parsed, subject) and _has_name(parsed, rival) and words[subject].lemma not in ("we", *TEXTS):
            yield subject, rival


def _has_name(parsed: Parsed, n: int) -> bool:
    first, last = parsed.name(n)
    return any(word.pos == "PROPN" for word in parsed.words[first : last + 1])


def _beaten(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """A name that outperforms another, and that other."""
    words, root = parsed.words, parsed.root
    subject = parsed.subject()
    obj = next((n for n in parsed.children[root] if words[n].dep == "dobj"), None)
    if words[root].lemma not in ("outperform", "surpass", "exceed", "beat") or subject is None or obj is None:
        return
    if subject < root < obj and words[subject].pos == "PROPN" and words[obj].pos == "PROPN":
        yield subject, obj


def _preferred(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """What is preferred to, or put in the place of something, and that: "outputs from A over outputs from B"."""
    words = parsed.words
    for n, word in enumerate(words):
        if word.lemma == "prefer":
            chosen = parsed.subject(n) if word.tag == "VBN" else next((c for c in parsed.children[n] if words[c].dep == "dobj"), None)
            prefixes = ("over", "to")
        elif word.lemma in ("replace", "substitute") and word.tag != "VBN":
            chosen = next((c for c in parsed.children[n] if words[c].dep == "dobj"), None)
            prefixes = ("with", "by")
        else:
            continue
        heads = [n, *([chosen] if chosen is not None else [])]
        rival = next(
            (
                o
                for head in heads
                for p in parsed.children[head]
                if words[p].dep == "prep" and words[p].text.lower() in prefixes
                for o in parsed.children[p]
                if words[o].dep == "pobj"
            ),
            None,
        )
        if chosen is not None and rival is not None and words[chosen].pos in ("NOUN", "PROPN") and words[rival].pos in ("NOUN", "PROPN"):
            ends = _named_end(parsed, chosen), _named_end(parsed, rival)
            if (ends[0] is None) == (ends[1] is None):
                yield (ends[0] or chosen), (ends[1] or rival)


def _named_end(parsed: Parsed, n: int) -> int | None:
    """Of "outputs from GPT-3" and of "GPT-3 outputs" what tells them from other outputs: "GPT-3"; None of what has no such name."""
    words = parsed.words
    for p in parsed.children[n]:
        if words[p].dep == "prep" and words[p].text.lower() in ("from", "of", "by"):
            for o in parsed.children[p]:
                if words[o].dep == "pobj":
                    return o
    named = [c for c in parsed.children[n] if words[c].dep == "compound" and _is_name(words[c])]
    return named[0] if words[n].pos == "NOUN" and len(named) == 1 else None


def _is_name(word: Word) -> bool:
    return word.pos == "PROPN" or any(c.isupper() or c.isdigit() for c in word.text[1:])


def _chunk(parsed: Parsed, n: int) -> tuple[int, int] | None:
    if any(parsed.words[c].dep in ("conj", "relcl", "prep", "acl", "appos", "punct") for c in parsed.children[n]):
        return None
    first, last = parsed.name(n)
    start, end = parsed.words[first].start, parsed.words[last].end
    if parsed.text[end : end + 1] in ("-", "/") or parsed.text[max(start - 1, 0) : start] in ("-", "/"):
        return None  # half of a word: the "ReLU non" of "ReLU non-linearity"
    return start, end
