"""An item on its way: with all that the checks need to see to let it pass."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from quiz.items import GAP, TRUTHS, Item, Key, Kind, identified
from quiz.making.material import Material
from quiz.making.statements import Statement, is_appended, tells_of_others
from rag.claims import term_stems

_MOST_TOLD = 0.5  # share of a statement's words that its title may hold


@dataclass(frozen=True)
class Candidate:
    """An item before it is checked.

    Attributes:
        claim: What the item says with its key put in; for a false statement, that statement.
        key_text: The key as it stands in the evidence: a number, a term, a clause, or the words that a false statement changes.
        wrong: The distractors, or what a false statement puts in the place of `key_text`.
    """

    item: Item
    statement: Statement
    claim: str
    key_text: str
    wrong: tuple[str, ...] = ()


class Maker(Protocol):
    """Makes items of a statement: none, one or several to choose from."""

    def __call__(self, statement: Statement, material: Material, chance: random.Random, /) -> Iterator[Candidate]:
        """The candidates, best first."""
        ...


def where(statement: Statement, material: Material) -> str:
    """The reading and the section, as a stem names them."""
    section = statement.heading
    return f"“{material.source.name}” (section “{section}”)" if section else f"“{material.source.name}”"


def place_of(key: str, statement: Statement, material: Material) -> str:
    """The reading and the section, as `where` names them, without a section whose title says the key or a part of it."""
    told = term_stems(key) & term_stems(statement.heading)
    return f"“{material.source.name}”" if told else where(statement, material)


def tells_something(statement: Statement, material: Material) -> bool:
    """Is it on the reading's own matter, and not on other works or an appendix's examples?"""
    if is_appended(statement.sentence) and not statement.speaks_of_authors:
        return material.is_its_matter(statement.text)
    return not tells_of_others(statement.sentence.section) or material.is_its_matter(statement.text)


def tells_of_another(statement: Statement, material: Material) -> bool:
    """Is its subject a name, and not the reading's own: "MATH is ...", "Minerva is ..."?"""
    subject = statement.parsed.subject()
    named = subject is not None and statement.parsed.words[subject].pos == "PROPN"
    return named and not statement.speaks_of_authors and not material.is_its_matter(statement.parsed.phrase(subject or 0))


def title_tells(text: str, material: Material) -> bool:
    """Does the title, which stands in every stem, say half of it or more?"""
    said = term_stems(text)
    return len(said & term_stems(material.source.name)) >= _MOST_TOLD * len(said)


def gapped(text: str, start: int, end: int) -> str:
    """A text with a gap in the place of some of its characters."""
    return f"{text[:start]}{GAP}{text[end:]}"


def filled(text: str, start: int, end: int, instead: str) -> str:
    """A text with other characters in the place of some."""
    return f"{text[:start]}{instead}{text[end:]}"


def make(
    kind: Kind,
    stem: str,
    key: Key,
    statement: Statement,
    material: Material,
    *,
    asks: str,
    explanation: str = "",
    wrong: tuple[str, ...] = (),
    right: str = "",
    options: tuple[str, ...] = (),
    **more: object,
) -> Item:
    """An item with its id, its evidence and its options in their places.

    Args:
        right: CHOICE, of numbers: the option that is right; `key` then does not count, and the options stand in their order.
        options: CHOICE, of words: as they are shown.
    """
    if kind is Kind.TRUE_FALSE:
        options = TRUTHS
    elif kind is Kind.CHOICE and not options:
        options = tuple(sorted([right, *wrong], key=_number))
        key = options.index(right)
    source = material.source
    quote = f"“{statement.sentence.text.strip()}” ({place(statement, material)})"
    item = Item(
        id="", kind=kind, stem=stem, options=options, key=key, explanation=f"{explanation} {quote}".strip(),
        evidence=source.evidence(statement.sentence), week=source.week, asks=asks,
    )  # fmt: skip
    return identified(replace(item, **more))  # type: ignore[arg-type]  # fields of Item


def place(statement: Statement, material: Material) -> str:
    """Reading, page and section, as an explanation gives them."""
    page = statement.sentence.page_shown
    return ", ".join(part for part in (material.source.name, f"p. {page}" if page else "", statement.heading) if part)


def _number(text: str) -> float:
    digits = text.replace(",", "")
    try:
        return float(digits)
    except ValueError:
        from quiz.making.figures import value_of_word

        return float(value_of_word(text))
