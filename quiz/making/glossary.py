"""The terms that a course's handouts explain: "Input drift means that ...", "A golden set is a ..."."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quiz.making.worth import definition_fault
from rag.claims import term_stems

_TERM = r"(?P<term>(?:An? )?[A-Z]?[a-z][\w-]*(?: [a-z][\w-]*){0,3}?)"
_PATTERNS = (
    re.compile(rf"^{_TERM} means? (?:that )?(?P<said>.+)\.$"),
    re.compile(rf"^{_TERM} is (?P<said>(?:an?|the) .+)\.$"),
    re.compile(rf"^{_TERM}, or [A-Z][\w-]*[A-Z][\w-]*, is (?P<said>an? .+)\.$"),
)
_NO_TERM = re.compile(
    r"\b(?:which|that|who|it|they|this|these|one|reason|step|way|example|choice|can|should|also|not)\b|"
    r"^(?:the|there|our|its|their|every|each|all|some|what|here)\b|^(?:an? )?(?:mean|result|aim|goal|point)$",
    re.IGNORECASE,
)
_FEWEST = 4  # words of an explanation
_LEANS = re.compile(r"\b(?:for|of|in|on|to|by|with) (?:that|this|these|those|it|them)\b")
_GOES_ON = re.compile(r", (?:so|because|since|but) |: ")  # the sentence says more than what the term is
# Share of an explanation's stems that another has, from which on one term could stand for the other; kinds of one thing are alike.
_ALIKE, _ALIKE_KINDS = 0.34, 0.7


@dataclass(frozen=True)
class Defined:
    """A term and what a handout says that it is.

    Attributes:
        term: Without its article, as it stands within a sentence.
        said: The explanation, a clause or a noun with what belongs to it.
        article: "a" or "an" as "a", "" where it has none.
        is_clause: Is it a clause ("means that ..."), and no noun?
        stands_alone: Can it be understood without its sentence?
    """

    reading: str
    term: str
    said: str
    is_clause: bool
    article: str = ""
    stands_alone: bool = True

    @property
    def noun(self) -> str:
        """The term's last word."""
        return self.term.split()[-1]

    def may_be_taken_for(self, other: "Defined") -> bool:
        """Is the other another term, which this explanation does not fit or name?"""
        mine, theirs = term_stems(self.said), term_stems(other.said)
        names = term_stems(other.term) & mine - term_stems(self.term)
        most = _ALIKE_KINDS if self.noun == other.noun else _ALIKE
        return self.term != other.term and not names and len(mine & theirs) < most * min(len(mine), len(theirs))


def defined_in(reading: str, texts: Iterable[str]) -> Iterator[Defined]:
    """The terms that sentences of a handout explain."""
    for text in texts:
        for pattern in _PATTERNS:
            found = pattern.match(text.strip())
            if found is None or _NO_TERM.search(found["term"]) or len(found["said"].split()) < _FEWEST:
                continue
            if definition_fault(found["said"]) or _GOES_ON.search(found["said"]):
                continue
            article = re.match(r"an? ", found["term"], re.IGNORECASE)
            is_the = found["said"].startswith("the ") and text[: found.start("said")].endswith(" is ")
            if is_the and not article:
                continue  # "Guanaco is the family of ...": one thing's name
            term = found["term"][article.end() :] if article else found["term"]
            first = term.split()[0]
            term = term if any(c.isupper() for c in first[1:]) else term[:1].lower() + term[1:]
            is_clause = re.search(r" means? that $", text[: found.start("said")]) is not None
            yield Defined(reading, term, found["said"], is_clause, "a" if article else "", _LEANS.search(found["said"]) is None)
            break
