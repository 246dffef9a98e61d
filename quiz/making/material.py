"""All that items of one reading are made from, read once: its statements, its terms, its numbers, its pages."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ingest.documents import ASIDES, Kind, Sentence
from ingest.embeddings import Vectors
from quiz.items import Evidence
from quiz.making.figures import Figure, figures
from quiz.making.glossary import Defined
from quiz.making.kin import NO_KIN, Kin
from quiz.making.language import Parsed
from quiz.making.statements import Statement
from quiz.making.terms import Term, is_general_word, terms_of
from rag.claims import run_together, term_stems
from rag.numerals import Numeral, numerals

_SAYS_ALIKE = 0.4  # share of a statement's words, weighted by rarity, from which on another sentence is about the same
_NEAR = 0.6  # cosine from which on it is
_NAMED_OFTEN = 3  # times that a name must stand in a reading that gives it
_SIZED = re.compile(r"-\d+(?:\.\d+)?[BMK]?$")
_AUTHORS = re.compile(r"\b(?:we|our)\b", re.IGNORECASE)
# Share of sentences that say "we", up to which a reading tells of a field (2026-11-26: surveys, handouts 0 to 0.08, papers 0.13 to 0.48).
_EXPOSITORY = 0.1


@dataclass(frozen=True)
class Source:
    """The reading that items are made from.

    Attributes:
        name: As stems name it: its title without what was added to it for the course.
        week: Of the course's plan; None where it has none.
        is_handout: Written for the course: what it says is meant to be learnt.
    """

    reading: str
    title: str
    name: str
    url: str | None
    week: int | None
    is_handout: bool = False

    def evidence(self, sentence: Sentence) -> Evidence:
        """A sentence as the proof of an item."""
        url = f"{self.url}#page={sentence.page}" if self.url and sentence.page else self.url
        return Evidence(self.reading, self.title, sentence.page_shown, sentence.section, sentence.text.strip(), url)


@dataclass(frozen=True)
class Material:
    """A reading, read.

    Attributes:
        sentences: All of the reading, as they stand.
        vectors: Theirs, shape (sentences, dimensions); zeros for what is not embedded.
        statements: Those that can be asked about, worthiest first.
        parsed: Of every sentence of running text, whole or not: where terms and numbers of the same kind are taken from.
        rarity: Weight of a stem (inverse document frequency).
        kin: Names of one kind, by the lists of this and of other readings.
        glossary: Terms that the course's handouts explain.
    """

    source: Source
    sentences: tuple[Sentence, ...]
    vectors: Vectors
    statements: tuple[Statement, ...]
    parsed: tuple[Parsed, ...]
    rarity: Callable[[str], float]
    kin: Kin = NO_KIN
    glossary: tuple[Defined, ...] = ()

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Numbers of the reading's running text, then those of other readings."""
        return tuple(figure for parsed in self.parsed for figure in figures(parsed))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Things that the reading speaks of, the most frequent first."""
        return terms_of(self.parsed)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names that the reading uses, letters and digits alone, the most frequent first."""
        return tuple(dict.fromkeys(run_together(term.text) for term in self.terms if term.is_name))

    @cached_property
    def own(self) -> frozenset[str]:
        """What the reading is called and what it calls its own: names of its title, the title's initials, names that it gives.

        Letters and digits alone, small (`rag.claims.run_together`).
        """
        title = self.source.name
        words = re.findall(r"[^\W_]+", title)
        names = {
            w for w in re.findall(r"[^\W_][\w-]*", title) if any(c.isupper() or c.isdigit() for part in w.split("-") for c in part[1:])
        }
        head = title.partition(":")[0]
        names |= {head} if ":" in title and len(head.split()) <= 3 else set()
        initials = ["".join(w[0] for w in words[a:b]) for a in range(len(words)) for b in range(a + 2, min(a + 7, len(words)) + 1)]
        said = [term.text for term in self.terms if term.is_name]
        names |= {initial for initial in initials if any(initial.lower() == run_together(t) for t in said)}
        text = " ".join(s.text for s in self.sentences if s.kind is Kind.PROSE)
        if not self.is_expository:
            names |= {t.text for t in self.terms if t.is_name and t.count >= _NAMED_OFTEN and _gives(text, t.text)}
        found = {run_together(name) for name in names if not is_general_word(name)}
        return frozenset(name for name in found if len(name) > 1 and not is_general_word(name))

    @cached_property
    def is_expository(self) -> bool:
        """Does it tell of a field and not of its authors' work, as surveys and handouts do?"""
        running = [s.text for s in self.sentences if s.kind is Kind.PROSE and s.section]
        return bool(running) and sum(_AUTHORS.search(text) is not None for text in running) <= _EXPOSITORY * len(running)

    @property
    def is_survey(self) -> bool:
        """Does it tell of a field, as a paper: of the many works in it, each has its figures, which nobody need know?"""
        return self.is_expository and not self.source.is_handout

    @cached_property
    def topics(self) -> frozenset[str]:
        """Of a reading that tells of a field: terms of its headings; letters and digits alone, small."""
        if not self.is_expository:
            return frozenset()
        headings = run_together(" ".join([self.source.name, *dict.fromkeys(s.section for s in self.sentences)]))
        found = {run_together(t.text) for t in self.terms if t.count >= _NAMED_OFTEN and (t.is_name or re.search(r"[ -]", t.text))}
        return frozenset(term for term in found if len(term) > 2 and term in headings)

    def is_own(self, text: str) -> bool:
        """Does a text name what the reading is about: its authors' own thing, or a topic of the field that it tells of?"""
        letters, known = run_together(text), self.own | self.topics
        words = re.findall(r"[^\W_][\w-]*", text)
        words += [word.split("-")[0] for word in words if _SIZED.search(word)]  # "LLaMA-13B"
        return any(run_together(word) in known for word in words) or any(len(o) >= 8 and o in letters for o in known)

    def is_its_matter(self, text: str) -> bool:
        """Does a text tell of what the reading is about? All that a handout says was put there for the class."""
        return self.source.is_handout or self.is_own(text)

    @cached_property
    def prominent(self) -> str:
        """Letters and digits of the title, of all headings and of the first section's sentences."""
        sections = list(dict.fromkeys(s.section for s in self.sentences if s.section))
        first = [s.text for s in self.sentences if sections and s.section == sections[0]]
        return run_together(" ".join([self.source.name, *sections, *first]))

    @cached_property
    def prominent_stems(self) -> frozenset[str]:
        """Stems of the title, of all headings and of the first section's sentences."""
        sections = list(dict.fromkeys(s.section for s in self.sentences if s.section))
        first = [s.text for s in self.sentences if sections and s.section == sections[0]]
        return frozenset(term_stems(" ".join([self.source.name, *sections, *first])))

    @cached_property
    def pages(self) -> dict[int | None, str]:
        """The text of each page, as the index has it."""
        found: dict[int | None, list[str]] = {}
        for sentence in self.sentences:
            for page in dict.fromkeys(sentence.pages or (None,)):
                found.setdefault(page, []).append(sentence.text)
        return {page: " ".join(texts) for page, texts in found.items()}

    @cached_property
    def stems(self) -> tuple[frozenset[str], ...]:
        """Of each sentence, with what stands beside a table's row."""
        return tuple(frozenset(term_stems(sentence.searched)) for sentence in self.sentences)

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """Of each sentence its letters and digits alone, see `rag.claims.run_together`."""
        return tuple(run_together(sentence.searched) for sentence in self.sentences)

    @cached_property
    def numbers(self) -> tuple[tuple[Numeral, ...], ...]:
        """Of each sentence."""
        return tuple(tuple(numerals(sentence.searched)) for sentence in self.sentences)

    @cached_property
    def words(self) -> Counter[str]:
        """How often each word stands in the reading, small letters."""
        return Counter(w for s in self.sentences if s.kind not in ASIDES for w in re.findall(r"[^\W_]+(?:-[^\W_]+)*", s.text.lower()))

    def times(self, digits: str) -> int:
        """How many sentences of the reading's running text hold a number as written."""
        wanted = re.compile(rf"(?<![\d.,]){re.escape(digits)}(?!\d|[.,]\d)")
        return sum(wanted.search(s.text) is not None for s in self.sentences if s.kind is Kind.PROSE)

    def akin(self, text: str, own: Sentence) -> list[int]:
        """The positions of sentences that are about the same as a text: by their words or by their meaning; `own` is one of them.

        Args:
            own: The sentence that the text comes from.
        """
        wanted = {stem: self.rarity(stem) for stem in term_stems(text) if not stem[0].isdigit()}
        total = sum(wanted.values()) or 1.0
        cosines = self.vectors @ self.vectors[own.position]
        return [
            n
            for n, there in enumerate(self.stems)
            if n == own.position or cosines[n] >= _NEAR or sum(wanted[stem] for stem in there & wanted.keys()) / total >= _SAYS_ALIKE
        ]

    def says_of(self, name: str, text: str, least: float) -> bool:
        """Is there a sentence with a name that has at least this share of a text's words, weighted by rarity?"""
        letters = run_together(name)
        return any(letters in there and self.share(text, n) >= least for n, there in enumerate(self.letters))

    def share(self, text: str, position: int) -> float:
        """The share of a text's words, weighted by rarity, that stand in one sentence (0 to 1)."""
        wanted = {stem: self.rarity(stem) for stem in term_stems(text)}
        return sum(wanted[stem] for stem in self.stems[position] & wanted.keys()) / (sum(wanted.values()) or 1.0)


def _gives(text: str, name: str) -> bool:
    """Does a text give this name to something of its authors: "we call it X", "we propose a ..., the X", "our X", "our model, X,"?"""
    name = rf"(?:the |an? )?[“\"']?{re.escape(name)}\b"
    given = (
        rf"\b[Ww]e (?:call|name|dub|term)\b[^.;:,]{{0,60}}? {name}[”\"']?(?=[.,;:)]| \()",
        rf"\b[Ww]e (?:propose|introduce|present)(?:[^.;]{{0,60}}?(?:,|\(|:))? ?{name}(?!-)",
        rf"\b(?:called|named|dubbed|termed) {name}",
        rf"\b[Oo]ur (?:[\w-]+ )?{name} (?:model|approach|method|framework|system)s?\b",
        rf"\b[Oo]ur (?:[\w-]+ ){{1,4}}?[\w-]+, {name},",
    )
    return any(re.search(pattern, text) for pattern in given)


def ranked(statements: Iterable[Statement], vectors: Vectors, about: Vectors, worth: Callable[[Statement], float]) -> tuple[Statement, ...]:
    """Statements with their worth, worthiest first: what their words are worth, plus how near they are to what the reading is about.

    Args:
        vectors: Of all sentences of the reading.
        about: What it is about, shape (dimensions,).
    """
    found = list(statements)
    if not found:
        return ()
    near = np.array([float(vectors[s.sentence.position] @ about) for s in found])
    spread = max(float(near.std()), 1e-6)
    scored = [
        replace(s, worth=worth(s) + 0.15 * float(np.clip((n - near.mean()) / spread, -2, 2))) for s, n in zip(found, near, strict=True)
    ]
    return tuple(sorted(scored, key=lambda s: (-s.worth, s.sentence.position)))
