"""Which readings a question names, and where: by arXiv id, by the name in a title, as "the … paper", or by an author "et al.".

Rules over titles and first pages; they know no paper. A name that two titles share names neither.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
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
# How a text gives a name; for `str.format`.
_GIVES = rf"(?i:\b{_GIVES_A_NAME}\b)[^.]{{{{0,80}}}}?(?<![\w-])({{0}})(?![\w-])|\(({{0}})s?\)"
_WHOLE_TITLE = 4  # words of a title, or of what stands before or behind its colon, from which on these words name it wherever they stand
_TITLE_WORDS = 3  # of a title that carry meaning: a question that holds them all names it
_ARTICLE = re.compile(r"^(?:a|an|the) ")
_OF_THE_FIELD = frozenset("llm plm nlp gpu tpu".split())  # acronyms that stand in any paper, whichever has them in its title
_WORK = r"(?:paper|article|survey|report|study|handout)"
_BEFORE_WORK = re.compile(rf"\b((?:[\w-]+ ){{1,5}}?)(?={_WORK}s?\b|(?:authors|people|ppl|folks|team|guys)\b)", re.IGNORECASE)
_THE_WORK = re.compile(rf"\b(?:the|that) ((?:[\w-]+ ){{1,4}}?){_WORK}\b", re.IGNORECASE)
_BEHIND_WORK = re.compile(rf"\b({_WORK}) (?:on|about|of|called|named|titled) ((?:[\w-]+ ?){{1,6}})", re.IGNORECASE)
_BOUNDARY = frozenset("the a an this that these those of in on from by for with is are was were does do did about and or vs to".split())
_AUTHOR = re.compile(
    r"\b([A-Z][\w'-]+) and (?:colleagues|others|co-?authors)\b|\b([A-Za-z][\w'-]+) et\.? al\b\.?(?:,? \(?(?:19|20)\d\d\)?)?"
)
_QUOTED = re.compile(r"(?<!\w)['\"‘“]([^'\"’”]{8,})['\"’”](?!\w)")
_IN_TEXT = r"(?! et al| and colleagues|,? \(?\d{4})"  # a work that is cited there is none of theirs
_IN_FULL = {"u": "you", "w": "with", "r": "are", "n": "and"}  # as students write them
_SHORT = {full: short for short, full in _IN_FULL.items()}
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


def unnamed_work(question: str) -> str | None:
    """What stands between "the" and "paper" in a question without what names readings, and so is none of them: "the Mamba paper"."""
    found = (match[1].strip() for match in _THE_WORK.finditer(question))
    return next((words for words in found if set(stems(words)) - _FILLER and not _BOUNDARY & set(words.lower().split())), None)


def _before(words: str) -> str:
    """The last of words, from behind an article or a preposition on."""
    said = words.split()
    return " ".join(said[max((n + 1 for n, word in enumerate(said) if word.lower() in _BOUNDARY), default=0) :])


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
        front: Gives the first passages of a reading, where its authors stand; asked only where a question names an author.
        openings: Gives the openings of the readings that hold a word there, by reading; asked only for what stands before "paper".
        handouts: Those that are no papers: "the … paper" is none of these where a paper has the name too.
    """

    titles: Mapping[str, str]
    front: Callable[[str], str]
    openings: Callable[[str], Mapping[str, str]]
    handouts: Set[str] = frozenset()

    @cached_property
    def _given(self) -> Mapping[str, frozenset[str]]:
        """Readings by the names with capitals inside that their openings give: "InstructGPT", "(RoPE)"."""
        names: dict[str, set[str]] = {}
        for reading in self.titles:
            for name in _given_names(self.front(reading)):
                names.setdefault(_spoken(name), set()).add(reading)
        return {name: frozenset(readings) for name, readings in names.items() if len(name) >= _SHORTEST and name not in _OF_THE_FIELD}

    def find(self, question: str) -> frozenset[str]:
        """The readings that are named; empty if none is."""
        return frozenset().union(*(mention.readings for mention in self.mentions(question)))

    def mentions(self, question: str) -> tuple[Mention, ...]:
        """Where readings are named."""
        ways = (self._by_id, self._by_name, self._as_work, self._quoted, self._by_author)
        found = _longest([mention for way in ways for mention in way(question)])
        return (*found, *self._by_what_they_propose(without(question, found)))

    def _by_id(self, question: str) -> Iterator[Mention]:
        for match in _ID.finditer(question):
            id_ = parse_arxiv_id(match[0])
            if id_ is not None and id_.id in self.titles:
                yield Mention(frozenset([id_.id]), *match.span())

    def _by_name(self, question: str) -> Iterator[Mention]:
        names = {reading: _names(title) | _own_id(reading) for reading, title in self.titles.items()}
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
            words = _before(match[1])
            if named := self._work(words, work):
                yield Mention(named, match.end() - len(words) - 1, match.end() - 1)
        for match in _BEHIND_WORK.finditer(question):
            behind = match[2].split()
            for last in range(len(behind), 0, -1):
                words = " ".join(behind[:last])
                if named := self._work(words, match[1]):
                    yield Mention(named, match.start(2), match.start(2) + len(words))
                    break

    def _work(self, words: str, work: str) -> frozenset[str]:
        wanted = frozenset(stems(re.sub(r"\b([A-Z]{2,5})s\b", r"\1", words))) - _FILLER  # "LLMs" has no vowel: its stem keeps the s
        if not wanted:
            return frozenset()
        wanted |= frozenset(stems(work)) if work.lower().startswith(("survey", "handout")) else frozenset()
        held = [reading for reading, title in self.titles.items() if wanted <= _title_words(title)]
        papers = [reading for reading in held if reading not in self.handouts]
        if work.lower().startswith("handout"):
            papers = [reading for reading in held if reading in self.handouts]
        phrase = [reading for reading, title in self.titles.items() if " " in words and f" {_spoken(words)} " in f" {_spoken(title)} "]
        said = [reading for reading in held if _meaning(self.titles[reading]) <= wanted | _spelt_out(self.titles[reading], wanted)]
        for among in (held, papers, said, phrase):
            if len(among) == 1:
                return frozenset(among)
        return self._giving(words) if not held and len(words.split()) == 1 else frozenset()

    def _quoted(self, question: str) -> Iterator[Mention]:
        """Words in quotation marks that stand so in one title."""
        for match in _QUOTED.finditer(question):
            there = [r for r, title in self.titles.items() if f" {_spoken(match[1])} " in f" {_spoken(title)} "]
            if len(there) == 1 and " " in match[1]:
                yield Mention(frozenset(there), *match.span())

    def _by_author(self, question: str) -> Iterator[Mention]:
        """The reading that has the name first, where several have it: it is its first author's."""
        for match in _AUTHOR.finditer(question):
            surname = re.compile(rf"\b{re.escape(match[1] or match[2])}\b{_IN_TEXT}", re.IGNORECASE)
            places = {reading: there.start() for reading in self.titles if (there := surname.search(self.front(reading)))}
            if places:
                yield Mention(frozenset([min(places, key=lambda reading: places[reading])]), *match.span())

    def _by_what_they_propose(self, question: str) -> Iterator[Mention]:
        """ "InstructGPT": the one reading whose opening gives something this name."""
        said = f" {_spoken(question)} "
        for name, readings in self._given.items():
            if len(readings) == 1 and f" {name} " in said:
                yield from (Mention(readings, *match.span()) for match in _written(name).finditer(question))

    def _giving(self, name: str) -> frozenset[str]:
        """The one reading whose opening gives this name, with a capital: "the Transformer"."""
        if _spoken(name) in _OF_THE_FIELD or len(name) < _SHORTEST:
            return frozenset()
        gives = re.compile(_GIVES.format(re.escape(name)), re.IGNORECASE)
        giving = [r for r, text in self.openings(name).items() if any(_capital(found) for found in gives.findall(text))]
        return frozenset(giving if len(giving) == 1 else ())


def _given_names(opening: str) -> Iterator[str]:
    """The names with capitals inside that a text gives to something."""
    for word in dict.fromkeys(_PROPOSED.findall(opening)):
        if re.search(_GIVES.format(re.escape(word)), opening):
            yield word


def _capital(found: tuple[str, ...]) -> bool:
    return "".join(found) != "".join(found).lower()


def _longest(mentions: Sequence[Mention]) -> list[Mention]:
    """Those that are no part of a longer name: "A Survey of Owls in Rain" is not "A Survey of Owls"."""
    return [
        one
        for one in dict.fromkeys(mentions)  # a name before "paper" is found twice
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
    words = [f"(?:{word}s?|{_SHORT[word]})" if word in _SHORT else f"{word}s?" for word in name.split()]
    # "Self-RAG" is another than "RAG".
    return re.compile(r"(?<![a-z0-9])(?<![a-z0-9]-)" + r"[^a-z0-9]*".join(words) + r"(?![a-z0-9])", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _meaning(title: str) -> frozenset[str]:
    """The stems of a title that carry meaning, three at least; none of a shorter title."""
    words = frozenset(stems(title)) - _FILLER
    return words if len(words) >= _TITLE_WORDS else frozenset([title])


def _own_id(reading: str) -> frozenset[str]:
    """The id of a reading that is not of arXiv: its maker chose it."""
    return frozenset() if parse_arxiv_id(reading) else frozenset([_spoken(reading)])


def _title_words(title: str) -> frozenset[str]:
    """The stems of a title, and the initials of words that follow each other in it: "llm" of "Large Language Models"."""
    return frozenset(stems(title)) | frozenset(_runs(title))


def _spelt_out(title: str, initials: Set[str]) -> frozenset[str]:
    """The stems of the title's words that these initials stand for."""
    return frozenset().union(*(words for letters, words in _runs(title).items() if letters in initials))


@lru_cache(maxsize=4096)
def _runs(title: str) -> dict[str, frozenset[str]]:
    """By their initials, the stems of two to five words that follow each other in a title."""
    words = re.findall(r"[A-Za-z]+", title)
    runs = [words[first:end] for first in range(len(words)) for end in range(first + 2, min(first + 6, len(words) + 1))]
    return {"".join(word[0] for word in run).lower(): frozenset(stems(" ".join(run))) for run in runs}


def _initials(head: str) -> str:
    """ "rag" for "Retrieval-Augmented Generation for ...": of the capitalised words that a title begins with."""
    words = list(takewhile(lambda word: word[0].isupper() and word.lower() not in STOPWORDS, re.findall(r"[A-Za-z]+|[^\s-]", head)))
    return "".join(word[0] for word in words).lower() if len(words) >= _SHORTEST else ""


def _spoken(text: str) -> str:
    """Letters and digits in small letters, plural taken off, words, and letters from digits, parted by one blank."""
    words = re.findall(r"[a-z]+|[0-9]+", text.lower())
    return " ".join(_IN_FULL.get(word, word).removesuffix("s") for word in words)
