"""Which readings a question names: by arXiv id, by the name in a title, as "the … paper", or by an author "et al.".

Rules over titles and first pages; they know no paper. A name that two titles share names neither.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from ingest.arxiv_ids import parse_arxiv_id
from rag.lexical import STOPWORDS, stems

_ID = re.compile(r"\b\d{4}\.\d{4,5}(?:v\d+)?\b|\b[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?\b")
_TOKEN = re.compile(r"[A-Za-z][\w-]*\w")
_LONGEST_HEAD = 3  # words before a title's colon that are taken for a name
_SHORTEST = 3  # characters of a name
_PROPOSED = re.compile(r"\b[A-Za-z][\w-]*[A-Z][\w-]*\b")
_GIVES_A_NAME = (
    r"(?:call(?:ed)?|name[ds]?|dub(?:bed)?|term(?:ed)?|introduc(?:e|ing)|propos(?:e|ing)|present(?:ing)?|releas(?:e|ing)|develop)"
)
_WHOLE_TITLE = 4  # words of a title, or of what stands before its colon, from which on these words name it wherever they stand
_ARTICLE = re.compile(r"^(?:a|an|the) ")
_OF_THE_FIELD = frozenset("llm plm nlp gpu tpu".split())  # acronyms that stand in any paper, whichever has them in its title
_PAPER = re.compile(r"\b((?:[\w-]+ ){1,5}?)(?:paper|article|survey|report|study|handout)\b", re.IGNORECASE)
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
        openings: Gives the openings of the readings that hold a word there, by reading; asked only for names that are in no title.
    """

    titles: Mapping[str, str]
    first_page: Callable[[str], str]
    openings: Callable[[str], Mapping[str, str]]

    def find(self, question: str) -> frozenset[str]:
        """The readings that are named; empty if none is."""
        named = self._by_id(question) | self._by_name(question) | self._as_paper(question) | self._by_author(question)
        return named or self._by_what_they_propose(question)

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

    def _by_what_they_propose(self, question: str) -> frozenset[str]:
        """ "InstructGPT": the one reading whose opening gives something this name."""
        found: set[str] = set()
        for name in _PROPOSED.findall(question):
            if _spoken(name) in _OF_THE_FIELD or len(name) < _SHORTEST:
                continue
            gives = re.compile(
                rf"\b{_GIVES_A_NAME}\b[^.]{{0,80}}?(?<![\w-]){re.escape(name)}(?![\w-])|\({re.escape(name)}s?\)", re.IGNORECASE
            )
            giving = [reading for reading, text in self.openings(name).items() if gives.search(text)]
            found.update(giving if len(giving) == 1 else ())
        return frozenset(found)


@lru_cache(maxsize=4096)
def _names(title: str) -> frozenset[str]:
    """What a title's thing is called: the title, a few words before its colon or their initials, words with capitals inside or digits."""
    head, colon, _ = title.partition(":")
    names = {_spoken(head)} if colon and len(head.split()) <= _LONGEST_HEAD else set()
    names |= {spoken for text in (title, head) if len((spoken := _ARTICLE.sub("", _spoken(text))).split()) >= _WHOLE_TITLE}
    # "MT-Bench", not "Zero-Shot".
    names |= {
        _spoken(word) for word in _TOKEN.findall(title) if any(c.isupper() or c.isdigit() for part in word.split("-") for c in part[1:])
    }
    names.add(_initials(head))
    return frozenset(name for name in names - _OF_THE_FIELD if len(name) >= _SHORTEST)


def _initials(head: str) -> str:
    """ "rag" for "Retrieval-Augmented Generation for ...": of the capitalised words that a title begins with."""
    words = list(takewhile(lambda word: word[0].isupper() and word.lower() not in STOPWORDS, re.findall(r"[A-Za-z]+|[^\s-]", head)))
    return "".join(word[0] for word in words).lower() if len(words) >= _SHORTEST else ""


def _spoken(text: str) -> str:
    """Letters and digits in small letters, plural taken off, words parted by one blank."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return " ".join(word.removesuffix("s") for word in words)
