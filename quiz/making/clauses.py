"""Reasons, purposes and conditions that a sentence gives for its main statement, found by its grammar."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from quiz.making.language import Parsed

_FEWEST, _MOST = 4, 24  # words of a clause
_FEWEST_LEFT = 4  # words of what remains without it
_LEANS = re.compile(
    r"\b(?:it|they|them|their|its|this|these|that case|such|he|she|his|her|do so|the same|former|latter|otherwise)\b", re.IGNORECASE
)
_SO = re.compile(
    r"^(?P<clause>(?!.*\b(?:because|since|although|though|while|whereas)\b)[^;:—–]+?), so "
    r"(?!(?:that|far|as|called|to|much|many)\b)(?P<main>[^;:—–,]+)\.$",
    re.IGNORECASE,
)


class Link(StrEnum):
    """How a clause bears on the main statement."""

    REASON = "reason"
    PURPOSE = "purpose"
    CONDITION = "condition"


@dataclass(frozen=True)
class Linked:
    """A main statement and the clause that gives its reason or purpose.

    Attributes:
        clause: The clause without its opening word for a reason ("BA can be merged"), with it otherwise ("to ...", "when ...").
        main: The statement without the clause, a whole sentence.
    """

    link: Link
    clause: str
    main: str


def linked(parsed: Parsed) -> list[Linked]:
    """The clauses of a sentence that give a reason or a purpose of its main statement; none where two could be meant."""
    found = [item for item in _linked(parsed) if item is not None]
    return found if len(found) == 1 else []


def conditions(parsed: Parsed) -> list[Linked]:
    """The clause at a sentence's end that says when or unless what its main statement is so; none where there are two."""
    clauses = [n for n in parsed.children[parsed.root] if parsed.words[n].dep == "advcl"] if parsed.words else []
    if len(clauses) != 1 or parsed.span(clauses[0])[0] == 0:
        return []
    if not re.match(r"(?:only )?(?:when|unless|if|until)\b", parsed.phrase(clauses[0])):
        return []
    found = _made(parsed, clauses[0], Link.CONDITION, drop=0)
    return [found] if found is not None else []


def _linked(parsed: Parsed) -> Iterator[Linked | None]:
    words, root = parsed.words, parsed.root
    if not words:
        return
    yield _followed(parsed)
    if sum(words[n].dep == "advcl" for n in parsed.children[root]) > 1:
        return
    for n in parsed.children[root]:
        word = words[n]
        opening = words[parsed.subtree(n)[0]]
        low = opening.text.lower()
        if (word.dep == "advcl" and low == "because" and opening.dep == "mark") or (
            word.dep == "advcl" and low == "since" and opening.dep == "mark" and word.tag in ("VBZ", "VBP", "VB", "VBN", "VBG")
        ):
            yield _made(parsed, n, Link.REASON, drop=1)
        elif word.dep in ("prep", "advmod") and re.match(r"(?:due to|because of|owing to|thanks to)\b", parsed.phrase(n), re.IGNORECASE):
            yield _made(parsed, n, Link.REASON, drop=2)
        elif word.dep == "advcl" and re.match(r"(?:in order )?to [a-z]", parsed.phrase(n), re.IGNORECASE) and word.tag == "VB":
            last_or_first = parsed.span(n)[0] == 0 or parsed.phrase(n).lower().startswith("in order")
            yield _made(parsed, n, Link.PURPOSE, drop=0) if last_or_first else None


def _followed(parsed: Parsed) -> Linked | None:
    """ "X is Y, so it should be Z": the reason of "X should be Z" is that X is Y."""
    found = _SO.match(parsed.text)
    if found is None:
        return None
    clause, main = found["clause"], found["main"]
    if lead := re.match(r"(?:it|they) (?=\w)", main):
        subject = parsed.subject()
        if subject is None or parsed.span(subject)[0] != 0 or parsed.words[subject].pos == "PRON":
            return None
        first, last = parsed.name(subject)
        name = parsed.text[: parsed.words[last].end]
        if first != 0 or (parsed.words[last].tag in ("NNS", "NNPS")) != (lead[0] == "they "):
            return None
        main = f"{name} {main[lead.end() :]}"
    if not _FEWEST <= len(clause.split()) <= _MOST or len(main.split()) < _FEWEST_LEFT or _LEANS.search(main):
        return None
    return Linked(Link.REASON, clause, f"{main[:1].upper()}{main[1:]}.")


def _made(parsed: Parsed, n: int, link: Link, drop: int) -> Linked | None:
    text = parsed.text
    start, end = parsed.span(n)
    all_ = parsed.subtree(n)
    if all_ != list(range(all_[0], all_[-1] + 1)):  # the clause has something else within
        return None
    clause = " ".join(text[start:end].split()[drop:]).rstrip(" ,.;")
    before, after = text[:start].rstrip(" ,"), text[end:].lstrip(" ,")
    if start == 0:
        main = after[:1].upper() + after[1:]
    elif after.strip(" .") == "":
        main = f"{before}."
    else:
        return None  # in the middle: what belongs to what is a guess
    if not _FEWEST <= len(clause.split()) <= _MOST or len(main.split()) < _FEWEST_LEFT:
        return None
    if _LEANS.search(clause) and link is not Link.REASON:
        return None
    if re.match(r"(?:as|while|although|though|since|because|if|when)\b", main, re.IGNORECASE):
        return None
    if re.search(r",\s*(?:and|or)?$|\b(?:and|or)$|^[^,]*,[^,]*,", clause):
        return None  # a list of which half belongs to the main statement
    if (
        re.match(r"(?:and|or|but)\b", clause)
        or any(part.count("(") != part.count(")") for part in (main, clause))
        or main.count("“") != main.count("”")
    ):
        return None
    return Linked(link, clause, main)


def stands_alone(clause: str) -> bool:
    """Can it be read without its sentence?"""
    return _LEANS.search(clause) is None
