"""Multiple choice of handouts: which term is it that the handout explains so? The others are terms that the course's handouts explain."""

import random
import re
from collections.abc import Iterator

from quiz.items import Kind
from quiz.making.candidates import Candidate, make
from quiz.making.glossary import Defined, defined_in
from quiz.making.material import Material
from quiz.making.statements import Statement

_OPTIONS = 3  # distractors
_KINDRED = 2  # of them on the same noun: among terms of other kinds the one is seen at once (2026-11-26: 0 of 4 such items accepted)


def term_choices(statement: Statement, material: Material, chance: random.Random) -> Iterator[Candidate]:
    """Which of four terms does an explanation explain? The section is not named: its title often says the term."""
    own = explained(statement, material)
    if own is None or not own.stands_alone or any(part in own.said.lower() for part in re.findall(r"\w{4,}", own.term)):
        return
    others = siblings(own, material, chance)[:_OPTIONS]
    if len(others) < _OPTIONS or sum(other.noun == own.noun for other in others) < _KINDRED:
        return
    wrong = [other.term for other in others]
    options = [own.term, *wrong]
    chance.shuffle(options)
    said = f"{own.said[:1].upper()}{own.said[1:]}."
    item = make(
        Kind.CHOICE, f"Which term does “{material.source.name}” explain in these words? “{said}”", options.index(own.term),
        statement, material, asks="explained", wrong=tuple(wrong), options=tuple(options),
    )  # fmt: skip
    yield Candidate(item, statement, statement.text, own.term, tuple(wrong))


def explained(statement: Statement, material: Material) -> Defined | None:
    """The term that a statement of a handout explains; None where it explains none."""
    if not material.source.is_handout:
        return None
    return next(defined_in(material.source.reading, [statement.text]), None)


def siblings(own: Defined, material: Material, chance: random.Random) -> list[Defined]:
    """Other terms that somebody could take for this one, each once: first those on the same noun, then those explained in the same form."""
    others = [other for other in material.glossary if own.may_be_taken_for(other)]
    chance.shuffle(others)
    others.sort(key=lambda other: (other.noun != own.noun, other.is_clause != own.is_clause, other.reading != own.reading))
    found: dict[str, Defined] = {}
    for other in others:
        found.setdefault(other.term, other)
    return list(found.values())
