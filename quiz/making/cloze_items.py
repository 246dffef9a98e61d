"""Items with a gap: a term of a statement is to be written. Names that can be chosen among others of their kind: `kin_items`."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from quiz.items import Kind
from quiz.making.candidates import Candidate, gapped, make, where
from quiz.making.language import Word
from quiz.making.material import Material
from quiz.making.number_items import is_on_the_matter
from quiz.making.statements import Statement, is_setup
from quiz.making.terms import is_general, is_general_word, is_telling, term_at
from quiz.making.worth import HARDWARE, gap_fault, is_step
from rag.claims import run_together, term_stems

_OF_ALL = 3  # so many names that a reading uses most are no gap: everybody fills it
_ROLES = ("nsubj", "nsubjpass", "dobj", "attr", "pobj", "oprd", "appos")
_OFTEN = 4  # times that a single word must stand in the reading to be a gap
_NAMED = 3  # the same for a name
_MEASURES = frozenset("range variety number series set amount collection family kind majority subset".split())
# Nouns that papers are written with: no term of a matter.
_TALK = re.compile(
    r"(?:\b|^)(?:fine|pre)-?(?:tuning|training)$|\b(?:analys[ie]s|degradations?|regressions?|criteri(?:a|on)|configurations?|performance|index|"
    r"benefits?|results?|abilit(?:y|ies)|requirements?|costs?|improvements?|stud(?:y|ies)|comparisons?|experiments?|quality|effects?|gains?|limitations?|findings?|"
    r"contributions?|directions?|settings?|baselines?|examples?|perspectives?|applications?|scale|size|number|strateg(?:y|ies)|scenarios?|"
    r"capabilit(?:y|ies)|capacit(?:y|ies)|papers?|surveys?|authors?|lectures?|world|tasks?|corpus|corpora|neural networks?)$",
    re.IGNORECASE,
)
_NOTATION = re.compile(r"\b(?:refers?|denotes?|abbreviat\w+|notations?)\b|\bto (?:refer|denote)\b")
_MOST_WORDS = 2  # of a gap
_MOST_NAMES = 6  # words that are names; a statement with more lists a set-up
_RATED = re.compile(
    r"(?:general(?:-purpose)?|common|input|output|strong|weak|large|small|big|good|bad|high|low|long|short|simple|complex|better|best) ",
    re.IGNORECASE,
)
_SEEN = 2  # times that a term must stand in the reading
_VERB = re.compile(r"(?:fine-?tune|pre-?train|finetune)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Gap:
    """A term where it stands in its statement.

    Attributes:
        noun: Number of its head.
        span: Numbers of its first and its last word.
    """

    statement: Statement
    noun: int
    span: tuple[int, int]

    @property
    def words(self) -> tuple[Word, ...]:
        """Of the term."""
        return tuple(self.statement.parsed.words[self.span[0] : self.span[1] + 1])

    @property
    def head(self) -> Word:
        """Its noun."""
        return self.statement.parsed.words[self.noun]

    @cached_property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.words[0].start

    @cached_property
    def end(self) -> int:
        """Where it ends."""
        return self.words[-1].end

    @property
    def term(self) -> str:
        """As written."""
        return self.statement.text[self.start : self.end]

    @property
    def before(self) -> str:
        """What stands before it."""
        return self.statement.text[: self.start]

    @property
    def after(self) -> str:
        """What stands behind it."""
        return self.statement.text[self.end :]

    @property
    def is_name(self) -> bool:
        """Has it a capital that no sentence's beginning explains?"""
        return any(c.isupper() for c in self.term[1:]) or (self.head.pos == "PROPN" and self.term[0].isupper())


def cloze_items(statement: Statement, material: Material, _chance: random.Random) -> Iterator[Candidate]:
    """A term to write; its first letter is given, so that no other word that means the same fits.

    Not of steps of an experiment: a term of a list of settings is no knowledge.
    """
    if is_setup(statement.sentence.section) or is_step(statement.parsed) or not is_on_the_matter(statement, material):
        return
    if (
        material.is_survey  # of a field's many terms several fit (2026-11-26: 1 of 4 accepted)
        or _NOTATION.search(statement.text)
        or HARDWARE.search(statement.text)
        or sum(w.pos == "PROPN" for w in statement.parsed.words) > _MOST_NAMES
    ):
        return
    for gap in _gaps(statement, material):
        count, letters = len(gap.term.split()), gap.term[0]
        if _has_twin(gap.term, letters, material):
            continue
        hint = f"{'one word' if count == 1 else f'{count} words'}, beginning with “{letters}”"
        stem = f"Fill the gap in this statement from {where(statement, material)} ({hint}): “{gapped(statement.text, gap.start, gap.end)}”"
        item = make(
            Kind.CLOZE, stem,
            gap.term, statement, material, asks="term", accepted=tuple(spellings(gap.term, material)),
        )  # fmt: skip
        yield Candidate(item, statement, statement.text, gap.term)


def _has_twin(term: str, letters: str, material: Material) -> bool:
    """Has the reading another term on the same noun that begins so: "rotary matrix" beside "rotation matrix"?"""
    first, _, noun = term.rpartition(" ")
    others = (t.text.rpartition(" ") for t in material.terms if t.text.lower().startswith(letters.lower()))
    return bool(first) and any(other and other.lower() != first.lower() and same.lower() == noun.lower() for other, _, same in others)


def spellings(term: str, material: Material) -> list[str]:
    """Other ways to write a term: without its hyphens, run together, without a size or a general noun behind its name, in short."""
    found = [term.replace("-", " "), term.replace("-", ""), re.sub(r"[\s-]+", "-", term)]
    found += [re.sub(r"[- ]\d+(?:\.\d+)?[BMK]$", "", term)]  # "Vicuna-13B"
    name, _, noun = term.rpartition(" ")
    found += [name] if is_general_word(noun) and any(c.isupper() for c in name) else []  # "PPO algorithm"
    short = "".join(c for c in term if c.isupper() or c.isdigit())
    found += [short] if len(short) > 2 and material.words[short.lower()] else []  # "BF16"
    return [other for other in dict.fromkeys(found) if other != term]


def _gaps(statement: Statement, material: Material) -> list[_Gap]:
    """The terms of a statement that can be a gap, the most telling first."""
    parsed = statement.parsed
    found: list[tuple[float, _Gap]] = []
    for n, word in enumerate(parsed.words):
        span = term_at(parsed, n) if word.pos in ("NOUN", "PROPN") and word.dep in _ROLES else None
        if span is None or not is_telling(parsed, span):
            continue
        gap = _Gap(statement, n, span)
        if _is_known(gap, material) and _says_something(gap, material) and _stands_free(gap) and not _is_told(gap, material):
            rarity = max((material.rarity(stem) for stem in term_stems(gap.term)), default=0.0)
            is_subject = word.dep.startswith("nsubj") and word.head == parsed.root
            found.append((rarity + 1.5 * is_subject + 1.0 * gap.is_name, gap))
    return [gap for _, gap in sorted(found, key=lambda entry: -entry[0])]


def _is_known(gap: _Gap, material: Material) -> bool:
    """Does a student meet the term in the reading: a name, or a term that it comes back to?"""
    term, count = gap.term, _count(material, gap.term)
    if material.words[term.lower()] + count < _SEEN or len(term) < 4 or len(term.split()) > _MOST_WORDS:
        return False
    prominent = run_together(term) in material.prominent
    if gap.is_name:
        return prominent or count >= _NAMED
    if gap.head.lemma in _MEASURES or is_general(gap.head):
        return False
    if not re.search(r"[ -]", term):
        return False  # of common nouns alone, others often fit too
    return count >= _OFTEN or (count >= _SEEN and prominent)


def _says_something(gap: _Gap, material: Material) -> bool:
    """Is it a term of the matter, which not everybody would write there?"""
    term = gap.term
    if _TALK.search(term) or _RATED.match(term) or _VERB.match(term) or any(w.tag in ("VB", "VBP", "VBZ") for w in gap.words):
        return False
    if not gap.start and gap.is_name and run_together(term) not in material.prominent:
        return False  # another work's, of which the rest of the sentence tells
    if not gap.start and ((term[1:].islower() and term.isalpha()) or material.is_expository or not gap.head.dep.startswith("nsubj")):
        return False  # a common noun that opens the sentence, or one of the many names of a field
    if material.is_expository and (gap.head.pos == "PROPN" or not re.search(r"[ -]", term)):
        return False  # of a field's many names and single words none is the one
    if re.match(r"[A-Z]{2,4}(?:[ -]|$)", term):
        return False  # "BERT", "PPO": by its first letter and the matter whoever knows the field guesses it
    if any(run_together(term).startswith(own) for own in material.own):
        return False  # the reading's own thing, or a version of it ("BERT-large"): its title says that already
    everywhere = not material.is_expository and run_together(term) in material.names[:_OF_ALL]
    return not everywhere and not _is_person(gap)


def _stands_free(gap: _Gap) -> bool:
    """Can it be taken out: no half of a longer term, none of a list, nothing in brackets, behind "our" or "such as"?"""
    before, after, words = gap.before, gap.after, gap.statement.parsed.words
    following = words[gap.noun + 1] if gap.noun + 1 < len(words) else None
    if following is not None and following.pos in ("NOUN", "PROPN", "VERB") and (following.text.endswith("ing") or following.pos != "VERB"):
        return False  # half of a longer term
    if re.search(r"\b(?:our|their|its|your|my|such as|like|including|e\.g\.,?|for example,?) $", before, re.IGNORECASE):
        return False
    if not gap.term[0].isalpha() or before.rstrip()[-1:] in (":", "(") or before[-1:] in ("-", "/"):
        return False
    if re.match(r"[-/’']|\s?[(\d]| [=<>]", after):
        return False  # a part of a word, its number or its short form, or of a formula
    return not (re.search(r"(?:\b(?:or|and)|,)\s*$", before) or re.match(r"\s*(?:,|and\b|or\b)", after))


def _is_told(gap: _Gap, material: Material) -> bool:
    """Do the title or the rest of the statement hold its words, or say too little to tell it?"""
    rest = f"{gap.before} {gap.after}"
    initials = "".join(word.text[0] for word in gap.words if word.pos != "PUNCT").upper()
    if len(initials) > 1 and re.search(rf"\b{re.escape(initials)}\b", rest):
        return True
    in_title = run_together(gap.term) in run_together(material.source.name)
    return bool(term_stems(gap.term) & term_stems(rest)) or in_title or bool(gap_fault(gap.statement.parsed, gap.start, gap.end))


def _is_person(gap: _Gap) -> bool:
    """Is it an author that the sentence cites: "introduced by Shazeer (2020)"?"""
    if not re.fullmatch(r"[A-Z][a-z’'-]+(?: (?:and|&) [A-Z][a-z]+)?", gap.term):
        return False
    sentence = gap.statement.sentence.text
    cited = re.search(rf"{re.escape(gap.term)}(?:\s+(?:et al\.?|(?:and|&) \w+))?,?\s+\(?(?:19|20)\d\d", sentence)
    return cited is not None or re.search(r"\b(?:by|of|from|following|follow|in) $", gap.before) is not None


def _count(material: Material, term: str) -> int:
    """How often a term of the reading stands in it."""
    return next((t.count for t in material.terms if t.text.lower() == term.lower()), 0)
