"""Items on why and what for: the clause that a sentence gives is what an answer must say.

They are not asked by choice: the reasons that a reading gives for other things are off the matter, or true of this too (2026-11-26: 0 of 5
such items accepted). Nor is it asked how something is done: there is more than one way to say that (3 of 8).
"""

import random
import re
from collections.abc import Iterator, Sequence

from quiz.items import Kind
from quiz.making.candidates import Candidate, make, where
from quiz.making.clauses import Link, Linked, linked
from quiz.making.material import Material
from quiz.making.statements import Statement, is_setup
from quiz.making.worth import HARDWARE, is_circular, is_study
from rag.claims import term_stems

# Purposes of finding out, and such as everything is done for.
_TO_FIND_OUT = re.compile(
    r"^(?:in order )?to (?:\w+ly |better |further |also )*(?:study|understand|have|investigate|examine|test|analy[sz]e|evaluate|provide|"
    r"see|get|make|show|verify|check|assess|compare|explore|answer|demonstrate|speed|save|obtain|gain|measure)\b",
    re.IGNORECASE,
)
_ON_THE_MATTER = 2  # stems of a statement that title, headings or abstract have too
_FOUND = frozenset(
    "reveal find show observe indicate demonstrate suggest see note discover coin call name".split()
)  # none does so for a purpose
# Reasons for which anything is done.
_OF_ALL = re.compile(r"(?:the |its |their )?(?:simplicity|ease|(?:low|lower) costs?|convenience|efficiency|popularity)\b", re.IGNORECASE)
_ASKED = {
    Link.REASON: "What reason does {place} give for this?",
    Link.PURPOSE: "For what purpose is this done, according to {place}?",
}


def short_reasons(statement: Statement, material: Material, _chance: random.Random) -> Iterator[Candidate]:
    """A sentence of one's own that gives the reason."""
    for found in linked(statement.parsed):
        if not _is_asked(found, statement, material):
            continue
        item = make(
            Kind.SHORT, _stem(found, statement, material), _spoken(found.clause), statement, material, asks=found.link.value,
            rubric=tuple(_points(found.clause)),
        )  # fmt: skip
        yield Candidate(item, statement, statement.text, found.clause)


def _is_asked(found: Linked, statement: Statement, material: Material) -> bool:
    """Does the clause say something that neither its main statement nor the section's title says?

    What a comparison is made for, the comparison says; and what people in general do, they do for general purposes.
    """
    if HARDWARE.search(found.main) or _OF_ALL.match(found.clause) or _is_of_another(found, material):
        return False
    own = statement.speaks_of_authors or material.is_its_matter(statement.text)
    of_data = found.link is Link.PURPOSE and is_setup(statement.sentence.section)  # what was done to the data, and to what end
    found_out = statement.parsed.words[statement.parsed.root].lemma in _FOUND
    if of_data or (
        found.link is Link.PURPOSE and (is_study(statement.parsed) or found_out or not own or _TO_FIND_OUT.search(found.clause))
    ):
        return False
    if not (material.source.is_handout or _names_its_matter(found.main, material)):
        return False
    return not is_circular(found.clause, f"{found.main} {statement.heading}")


def _names_its_matter(main: str, material: Material) -> bool:
    """Does a statement tell alone what it is about: "conducting a controlled study is challenging" does not."""
    spoken = re.search(r"\b(?:we|our)\b", main, re.IGNORECASE) is not None
    return spoken or material.is_own(main) or len(term_stems(main) & material.prominent_stems) >= _ON_THE_MATTER


def _is_of_another(found: Linked, material: Material) -> bool:
    """Does the reason begin with a name that the rest does not know: of "CoQA was released later" the rest is "no questions are in it"?"""
    name = re.match(r"(?:the )?([A-Z][\w-]*[A-Z\d][\w-]*) (?:is|are|was|were|has|have|had|does|did)\b", found.clause)
    return name is not None and name[1] not in found.main and not material.is_own(name[1])


def _stem(found: Linked, statement: Statement, material: Material) -> str:
    return f"{_ASKED[found.link].format(place=where(statement, material))} “{found.main}”"


def _spoken(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."


def _points(clause: str) -> Iterator[str]:
    """What an answer must say: the clause's halves where "and" joins two long ones, else all of it."""
    halves = re.split(r",? and (?=\w+ \w+ \w+ \w+)", clause, maxsplit=1)
    long_enough: Sequence[str] = halves if all(len(half.split()) >= 5 for half in halves) else [clause]
    yield from long_enough
