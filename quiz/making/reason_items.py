"""Items on why, what for and how: the clause that a sentence gives is the key; clauses of the same make from elsewhere mislead."""

import random
import re
from collections.abc import Iterator, Sequence

from quiz.items import Kind
from quiz.making.candidates import Candidate, make, where
from quiz.making.clauses import Link, Linked, linked, stands_alone
from quiz.making.material import Material
from quiz.making.statements import Statement
from quiz.making.worth import is_circular, is_study

_ASKED = {
    Link.REASON: "What reason does {place} give for this?",
    Link.PURPOSE: "For what purpose is this done, according to {place}?",
    Link.MEANS: "How, according to {place}, is this done?",
}
_OPTIONS = 3
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|can|cannot|could|will|would|may|might|do|does|did)\b|\w+ed\b", re.IGNORECASE)
_LENGTHS = (0.6, 1.65)  # of a distractor, in the key's words
_FAR, _NEAR = 0.12, 0.62  # cosine of a distractor with the key: of the same field, but not the same said otherwise


def short_reasons(statement: Statement, material: Material, _chance: random.Random) -> Iterator[Candidate]:
    """A sentence of one's own that gives the reason."""
    for found in linked(statement.parsed):
        if not _is_asked(found, statement):
            continue
        item = make(
            Kind.SHORT, _stem(found, statement, material), _spoken(found.clause), statement, material, asks=found.link.value,
            rubric=tuple(_points(found.clause)),
        )  # fmt: skip
        yield Candidate(item, statement, statement.text, found.clause)


def reason_choices(statement: Statement, material: Material, chance: random.Random) -> Iterator[Candidate]:
    """Multiple choice among reasons that the reading gives for other things."""
    for found in linked(statement.parsed):
        if not stands_alone(found.clause) or not _is_asked(found, statement):
            continue
        wrong = _misleading(found, statement, material, chance)
        if len(wrong) < _OPTIONS:
            continue
        item = make(
            Kind.CHOICE, _stem(found, statement, material), 0, statement, material, asks=found.link.value,
            right=_spoken(found.clause), wrong=tuple(map(_spoken, wrong)), chance=chance,
        )  # fmt: skip
        rivals = tuple(f"{found.main.rstrip('.')} {w}." for w in wrong)
        yield Candidate(item, statement, statement.text, found.clause, tuple(wrong), rivals)


def _is_asked(found: Linked, statement: Statement) -> bool:
    """Does the clause say something that neither its main statement nor the section's title says?

    What merely is, is not done somehow; and what a comparison is made for, the comparison says.
    """
    if found.link is Link.MEANS and statement.parsed.words[statement.parsed.root].lemma in ("be", "have"):
        return False
    if found.link is Link.PURPOSE and is_study(statement.parsed):
        return False
    return not is_circular(found.clause, f"{found.main} {statement.heading}")


def _stem(found: Linked, statement: Statement, material: Material) -> str:
    return f"{_ASKED[found.link].format(place=where(statement, material))} “{found.main}”"


def _misleading(found: Linked, statement: Statement, material: Material, chance: random.Random) -> list[str]:
    size = len(found.clause.split())
    pool = [
        other.clause
        for parsed in material.parsed
        for other in linked(parsed)
        if other.link is found.link and parsed.text != statement.text and stands_alone(other.clause)
        and _LENGTHS[0] * size <= len(other.clause.split()) <= _LENGTHS[1] * size and _make(other.clause) == _make(found.clause)
        and not re.search(r"[\[\]=|_]|\bet al\b|\b(?:19|20)\d\d\b|\b(?:table|figure|section|appendix)\b", other.clause, re.IGNORECASE)
    ]  # fmt: skip
    pool = list(dict.fromkeys(pool))
    near = dict(zip(pool, material.likeness(found.clause, pool), strict=True)) if pool else {}
    meant = dict(zip(pool, material.likeness(found.main, pool), strict=True)) if pool else {}
    kept: list[str] = []
    for clause in sorted(pool, key=lambda c: -meant[c] + chance.uniform(0, 0.1)):
        if _FAR <= near[clause] <= _NEAR and all(like < _NEAR for like in material.likeness(clause, kept)):
            kept.append(clause)
    return kept[:_OPTIONS]


def _make(clause: str) -> str:
    """What a clause opens with, and whether it is one or a noun: a distractor must be so too, or grammar gives it away."""
    first = clause.split()[0].lower()
    if first in ("to", "by", "in"):
        return first
    return "clause" if _VERB.search(clause) else "noun"


def _spoken(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."


def _points(clause: str) -> Iterator[str]:
    """What an answer must say: the clause's halves where "and" joins two long ones, else all of it."""
    halves = re.split(r",? and (?=\w+ \w+ \w+ \w+)", clause, maxsplit=1)
    long_enough: Sequence[str] = halves if all(len(half.split()) >= 5 for half in halves) else [clause]
    yield from long_enough
