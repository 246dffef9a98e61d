"""Which readings a question names: by arXiv id, by the name in a title, as "the … paper", or by an author "et al.".

Rules over titles and first pages; they know no paper. A name that two titles share names neither.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ingest.arxiv_ids import parse_arxiv_id
from rag.lexical import stems

_ID = re.compile(r"\b\d{4}\.\d{4,5}(?:v\d+)?\b|\b[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?\b")
_TOKEN = re.compile(r"[A-Za-z][\w-]*\w")
_LONGEST_HEAD = 3  # words before a title's colon that are taken for a name
_SHORTEST = 3  # characters of a name
_PAPER = re.compile(r"\b((?:[\w-]+ ){1,5}?)(?:paper|article|survey|report|study)\b", re.IGNORECASE)
_AUTHOR = re.compile(r"\b([A-Z][\w'-]+)(?: and colleagues| et al\b)")
_FILLER = frozenset(stems("the this that original first second main its their our week paper authors same other"))

# What only says something of one reading: "why did the authors …", "is the proposed model …", "with this technique".
_ONE = re.compile(
    r"(?<!which )(?<!what )(?<!many )(?<![\w-])authors?\b(?! (?:of|attribution)\b)"
    r"|\b(?:this|the) (?:paper|article|study)\b(?! (?:on|about|of|by|called|that|which|titled|from|due|guide|be)\b)"
    r"|\bproposed (?:\w+ ){0,2}(?:model|method|approach|network|architecture|system|framework|algorithm|technique)s?\b"
    r"|\bthis (?:approach|method|model|technique|sentence|network|architecture|algorithm|figure|table|equation)\b",
    re.IGNORECASE,
)
# Which one, in words that are no title: "the InstructGPT authors", "week 3's paper"; and what is asked of the course.
_TOLD = re.compile(
    r"(?:\b\w+[A-Z]\w*|(?<=\s)[A-Z][\w-]*)(?:'s)? (?:authors?|paper|article|study|work|survey)\b|(?i:\b(?:week|lecture|class) \d)"
)
_OF_COURSE = re.compile(r"\b(?:my|our|I|project|homework|assignment|due|submit|submission|hand(?:ed)? in|graded?|grading)\b", re.IGNORECASE)


def points_at_one(question: str) -> bool:
    """Does it speak of one reading's authors or method without a name, so that it depends on the reading what is right?"""
    return _ONE.search(question) is not None and _TOLD.search(question) is None and _OF_COURSE.search(question) is None


@dataclass(frozen=True)
class NamedReadings:
    """Tells which readings a question names.

    Attributes:
        titles: By reading.
        first_page: Gives the first passage of a reading, where its authors stand; asked only where a question names an author.
    """

    titles: Mapping[str, str]
    first_page: Callable[[str], str]

    def find(self, question: str) -> frozenset[str]:
        """The readings that are named; empty if none is."""
        return self._by_id(question) | self._by_name(question) | self._as_paper(question) | self._by_author(question)

    def _by_id(self, question: str) -> frozenset[str]:
        ids = (parse_arxiv_id(text) for text in _ID.findall(question))
        return frozenset(id_.id for id_ in ids if id_ is not None and id_.id in self.titles)

    def _by_name(self, question: str) -> frozenset[str]:
        names = {reading: _names(title) for reading, title in self.titles.items()}
        shared = Counter(name for found in names.values() for name in found)
        said = f" {_spoken(question)} "
        return frozenset(reading for reading, found in names.items() if any(shared[name] == 1 and f" {name} " in said for name in found))

    def _as_paper(self, question: str) -> frozenset[str]:
        """ "The … paper": the one title that holds all words before "paper"."""
        found = set()
        for before in _PAPER.findall(question):
            wanted = set(stems(before)) - _FILLER
            held = [reading for reading, title in self.titles.items() if wanted and wanted <= set(stems(title))]
            if len(held) == 1:
                found.add(held[0])
        return frozenset(found)

    def _by_author(self, question: str) -> frozenset[str]:
        surnames = _AUTHOR.findall(question)
        return frozenset(
            r for r in self.titles if surnames and any(re.search(rf"\b{re.escape(s)}\b", self.first_page(r)) for s in surnames)
        )


def _names(title: str) -> frozenset[str]:
    """What a title's thing is called: a few words before its colon, and words with capitals inside or digits."""
    head, colon, _ = title.partition(":")
    names = {_spoken(head)} if colon and len(head.split()) <= _LONGEST_HEAD else set()
    names |= {_spoken(word) for word in _TOKEN.findall(title) if any(c.isupper() or c.isdigit() for c in word[1:])}
    return frozenset(name for name in names if len(name) >= _SHORTEST)


def _spoken(text: str) -> str:
    """Letters and digits in small letters, plural taken off, words parted by one blank."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return " ".join(word.removesuffix("s") for word in words)
