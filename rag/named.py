"""Which readings a question names, and where: by arXiv id, by the name in a title, as "the … paper", or by an author "et al.".

Rules over titles and first pages; they know no paper. A name that two titles share names neither.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
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
_WHOLE_TITLE = 4  # words of a title, or of what stands before or behind its colon, from which on these words name it wherever they stand
_TITLE_WORDS = 3  # of a title that carry meaning: a question that holds them all names it
_ARTICLE = re.compile(r"^(?:a|an|the) ")
_OF_THE_FIELD = frozenset("llm plm nlp gpu tpu".split())  # acronyms that stand in any paper, whichever has them in its title
_WORK = r"(?:paper|article|survey|report|study|handout)"
_BEFORE_WORK = re.compile(rf"\b((?:[\w-]+ ){{1,5}}?)(?={_WORK}s?\b|authors\b)", re.IGNORECASE)
_BEHIND_WORK = re.compile(rf"\b({_WORK}) (?:on|about|called|named|titled) ((?:[\w-]+ ?){{1,6}})", re.IGNORECASE)
_BOUNDARY = frozenset("the a an this that these those of in on from by for with is are was were does do did about and or vs to".split())
_AUTHOR = re.compile(r"\b([A-Z][\w'-]+)(?: and (?:colleagues|others|co-?authors)| et al\b\.?)")
_IN_TEXT = r"(?! et al| and colleagues|,? \(?\d{4})"  # a work that is cited there is none of theirs
_FILLER = frozenset(stems("the this that original first second main its their our week paper authors same other big long short whole"))

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
class Mention:
    """Words of a question that name readings.

    Attributes:
        start, end: Where they stand in it.
    """

    readings: frozenset[str]
    start: int
    end: int


def without(question: str, mentions: Iterable[Mention]) -> str:
    """The question with blanks in the place of what names readings."""
    for mention in mentions:
        question = question[: mention.start] + " " * (mention.end - mention.start) + question[mention.end :]
    return question


@dataclass(frozen=True)
class NamedReadings:
    """Tells which readings a question names.

    Attributes:
        titles: By reading.
        first_page: Gives the first passage of a reading, where its authors stand; asked only where a question names an author.
        openings: Gives the openings of the readings that hold a word there, by reading; asked only for names that are in no title.
        handouts: Those that are no papers: "the … paper" is none of these where a paper has the name too.
    """

    titles: Mapping[str, str]
    first_page: Callable[[str], str]
    openings: Callable[[str], Mapping[str, str]]
    handouts: Set[str] = frozenset()

    def find(self, question: str) -> frozenset[str]:
        """The readings that are named; empty if none is."""
        return frozenset().union(*(mention.readings for mention in self.mentions(question)))

    def mentions(self, question: str) -> tuple[Mention, ...]:
        """Where readings are named."""
        found = [*self._by_id(question), *self._by_name(question), *self._as_work(question), *self._by_author(question)]
        return tuple(_longest(found) or self._by_what_they_propose(question))

    def _by_id(self, question: str) -> Iterator[Mention]:
        for match in _ID.finditer(question):
            id_ = parse_arxiv_id(match[0])
            if id_ is not None and id_.id in self.titles:
                yield Mention(frozenset([id_.id]), *match.span())

    def _by_name(self, question: str) -> Iterator[Mention]:
        names = {reading: _names(title) for reading, title in self.titles.items()}
        shared = Counter(name for found in names.values() for name in found)
        said = f" {_spoken(question)} "
        for reading, found in names.items():
            for name in found:
                if shared[name] == 1 and f" {name} " in said:
                    yield from (Mention(frozenset([reading]), *match.span()) for match in _written(name).finditer(question))

    def _as_work(self, question: str) -> Iterator[Mention]:
        """ "The … paper", "the paper on …": the title that holds all of these words, or the reading whose opening gives the name."""
        for match in _BEFORE_WORK.finditer(question):
            work = question[match.end() :].split(maxsplit=1)[0]
            words = match[1].split()
            words = words[max((n + 1 for n, word in enumerate(words) if word.lower() in _BOUNDARY), default=0) :]
            named = self._work(" ".join(words), work)
            if named:
                yield Mention(named, match.end() - len(" ".join(words)) - 1, match.end() - 1)
        for match in _BEHIND_WORK.finditer(question):
            words = match[2].split()
            for last in range(len(words), 0, -1):
                named = self._work(" ".join(words[:last]), match[1])
                if named:
                    yield Mention(named, match.start(2), match.start(2) + len(" ".join(words[:last])))
                    break

    def _work(self, words: str, work: str) -> frozenset[str]:
        wanted = frozenset(stems(words)) - _FILLER
        if not wanted:
            return frozenset()
        wanted |= frozenset(stems(work)) if work.lower().startswith(("survey", "handout")) else frozenset()
        held = [reading for reading, title in self.titles.items() if wanted <= _title_words(title)]
        papers = [reading for reading in held if reading not in self.handouts]
        if work.lower().startswith("handout"):
            papers = [reading for reading in held if reading in self.handouts]
        for among in (held, papers, [reading for reading in held if _meaning(self.titles[reading]) <= wanted]):
            if len(among) == 1:
                return frozenset(among)
        return self._giving(words) if not held and len(words.split()) == 1 else frozenset()

    def _by_author(self, question: str) -> Iterator[Mention]:
        """The reading that has the name first, where several have it: it is its first author's."""
        for match in _AUTHOR.finditer(question):
            surname = re.compile(rf"\b{re.escape(match[1])}\b{_IN_TEXT}")
            places = {reading: there.start() for reading in self.titles if (there := surname.search(self.first_page(reading)))}
            if places:
                yield Mention(frozenset([min(places, key=lambda reading: places[reading])]), *match.span())

    def _by_what_they_propose(self, question: str) -> Iterator[Mention]:
        """ "InstructGPT": the one reading whose opening gives something this name."""
        for match in _PROPOSED.finditer(question):
            if giving := self._giving(match[0]):
                yield Mention(giving, *match.span())

    def _giving(self, name: str) -> frozenset[str]:
        if _spoken(name) in _OF_THE_FIELD or len(name) < _SHORTEST:
            return frozenset()
        gives = re.compile(rf"\b{_GIVES_A_NAME}\b[^.]{{0,80}}?(?<![\w-]){re.escape(name)}(?![\w-])|\({re.escape(name)}s?\)", re.IGNORECASE)
        giving = [reading for reading, text in self.openings(name).items() if gives.search(text)]
        return frozenset(giving if len(giving) == 1 else ())


def _longest(mentions: Sequence[Mention]) -> list[Mention]:
    """Those that are no part of a longer name: "A Survey of Owls in Rain" is not "A Survey of Owls"."""
    return [
        one
        for one in mentions
        if not any(m.start <= one.start and one.end <= m.end and m.end - m.start > one.end - one.start for m in mentions)
    ]


@lru_cache(maxsize=4096)
def _names(title: str) -> frozenset[str]:
    """What a title's thing is called: the title, its parts or their initials, words with capitals inside, digits or two hyphens."""
    head, colon, tail = title.partition(":")
    names = {_spoken(head)} if colon and len(head.split()) <= _LONGEST_HEAD else set()
    names |= {spoken for text in (title, head, tail) if len((spoken := _ARTICLE.sub("", _spoken(text))).split()) >= _WHOLE_TITLE}
    # "MT-Bench" and "Chain-of-Verification", not "Zero-Shot".
    names |= {
        _spoken(word)
        for word in _TOKEN.findall(title)
        if word.count("-") > 1 or any(c.isupper() or c.isdigit() for part in word.split("-") for c in part[1:])
    }
    names.add(_initials(head))
    return frozenset(name for name in names - _OF_THE_FIELD if len(name) >= _SHORTEST)


@lru_cache(maxsize=4096)
def _written(name: str) -> re.Pattern[str]:
    """A name of `_names` as it may stand in a question."""
    return re.compile(r"(?<![a-z0-9])" + r"[^a-z0-9]+".join(f"{word}s?" for word in name.split()) + r"(?![a-z0-9])", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _meaning(title: str) -> frozenset[str]:
    """The stems of a title that carry meaning, three at least; none of a shorter title."""
    words = frozenset(stems(title)) - _FILLER
    return words if len(words) >= _TITLE_WORDS else frozenset([title])


@lru_cache(maxsize=4096)
def _title_words(title: str) -> frozenset[str]:
    """The stems of a title, and the initials of words that follow each other in it: "llm" of "Large Language Models"."""
    words = re.findall(r"[A-Za-z]+", title)
    initials = {
        "".join(word[0] for word in words[first:end]).lower()
        for first in range(len(words))
        for end in range(first + 2, min(first + 6, len(words) + 1))
    }
    return frozenset(stems(title)) | frozenset(stems(" ".join(initials)))


def _initials(head: str) -> str:
    """ "rag" for "Retrieval-Augmented Generation for ...": of the capitalised words that a title begins with."""
    words = list(takewhile(lambda word: word[0].isupper() and word.lower() not in STOPWORDS, re.findall(r"[A-Za-z]+|[^\s-]", head)))
    return "".join(word[0] for word in words).lower() if len(words) >= _SHORTEST else ""


def _spoken(text: str) -> str:
    """Letters and digits in small letters, plural taken off, words parted by one blank."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return " ".join(word.removesuffix("s") for word in words)
