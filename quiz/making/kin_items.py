"""Items on a name in a statement, beside names of its kind: which fills the gap?, or a false statement that has another in its place."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from quiz.items import Kind
from quiz.making.candidates import Candidate, filled, gapped, make, where
from quiz.making.kin import NAME
from quiz.making.language import Parsed
from quiz.making.material import Material
from quiz.making.number_items import is_on_the_matter
from quiz.making.statements import Statement, is_setup
from quiz.making.worth import HARDWARE, is_step
from rag.claims import run_together, term_stems

_OPTIONS = 3  # besides the key
_MANY = 6  # of its kin, among which chance chooses
_SEEN = 2  # times that the name must stand in the reading
_OF_ALL = 3  # so many names that a reading uses most are no gap: everybody fills it
_SAID = 0.4  # share of a statement's other words beside another name in one sentence, from which on it may be true of that one too
_TELLING = 5  # letters of a word that is part of a name
_MOST_NAMES = 6  # in a statement; one with more is a list
_NAMES = re.compile(rf"(?<![\w-]){NAME}(?![\w-])")
# Beaten rivals: what is not said of others may be so.
_RIVALS = re.compile(
    r"\b(?:outperform\w*|exceed\w*|surpass\w*|beats?|than|compar\w+|competitive|improv\w+ (?:over|upon|on)|match\w*|worse|better|similar|"
    r"also|both|other|others|unlike|most|prefer\w*)\b",
    re.IGNORECASE,
)
_LISTED_BEFORE = re.compile(r"(?:\b(?:and|or|such as|including|like|e\.g\.|as|our|either|neither|nor),?|,|\(|[-/])\s*$", re.IGNORECASE)
_LISTED_BEHIND = re.compile(r"\s*(?:,|and\b|or\b|\(|[-/’'])|\s\d")


@dataclass(frozen=True)
class NamedGap:
    """A name of a statement, with what could stand in its place.

    Attributes:
        kin: Names of its kind of which the reading does not say the same, the nearest first.
        spoken: Those of them that the reading speaks of.
    """

    start: int
    end: int
    kin: tuple[str, ...]
    spoken: tuple[str, ...]


def name_choices(statement: Statement, material: Material, chance: random.Random) -> Iterator[Candidate]:
    """Multiple choice: which name fills the gap? Not of surveys: who of many found what is no matter of a quiz."""
    if material.is_survey:
        return
    for gap in named_gaps(statement, material):
        if len(gap.kin) < _OPTIONS:
            continue
        key = statement.text[gap.start : gap.end]
        near = list(gap.kin[:_MANY])
        wrong = tuple(chance.sample(near, _OPTIONS))
        options = [key, *wrong]
        chance.shuffle(options)
        item = make(
            Kind.CHOICE,
            f"Which name fills the gap in this statement from {where(statement, material)}? “{gapped(statement.text, gap.start, gap.end)}”",
            options.index(key), statement, material, asks="term", options=tuple(options), explanation=f"The reading names {key}.",
        )  # fmt: skip
        yield Candidate(item, statement, statement.text, key, wrong)


def named_gaps(statement: Statement, material: Material) -> list[NamedGap]:
    """The names of a statement that others of their kind could stand for, as far as who has not read it can tell."""
    text = statement.text
    names = list(_NAMES.finditer(text))
    if (
        is_setup(statement.sentence.section)
        or is_step(statement.parsed)
        or not is_on_the_matter(statement, material)
        or _RIVALS.search(text)
        or HARDWARE.search(text)
        or len(names) > _MOST_NAMES
    ):
        return []
    found = []
    for name in names:
        key, start = name[0], name.start()
        while key and not material.kin.of(key):
            key = key.rpartition(" ")[0]  # "GLUE" of "GLUE Test"
        end = start + len(key)
        if (
            key
            and _is_free(text, start, end)
            and not _is_rated(statement.parsed, start)
            and _is_asked(key, text[:start] + text[end:], material)
        ):
            rest = filled(text, start, end, " ")
            others = [other[0] for other in names if other.start() != start]
            kin = tuple(
                other
                for other in _kin(key, text, material)
                if not material.says_of(other, rest, _SAID) and not _is_told_by(others, key, other, material)
            )
            found.append(NamedGap(start, end, kin, tuple(other for other in kin if _is_spoken_of(other, material))))
    return [gap for gap in found if gap.kin]


def _is_free(text: str, start: int, end: int) -> bool:
    """No half of a word or of a longer name, none of a list, nothing in brackets; it stands there once."""
    return (
        text.count(text[start:end]) == 1
        and not _LISTED_BEFORE.search(text[:start])
        and not _LISTED_BEHIND.match(text[end:])
        and not re.match(r" [A-Z]", text[end:])
    )


def _is_rated(parsed: Parsed, start: int) -> bool:
    """Is a quality said of a name that begins here, such as others may have: "GPT-4 is hard to ...", "Wikipedia is available"?"""
    subject, root = parsed.subject(), parsed.words[parsed.root]
    if subject is None or root.lemma != "be" or not parsed.span(subject)[0] <= start < parsed.span(subject)[1]:
        return False
    return any(parsed.words[n].dep == "acomp" for n in parsed.children[parsed.root])


def _is_asked(key: str, rest: str, material: Material) -> bool:
    """Does a student meet it in the reading, and is it neither on every page nor told by the rest of the statement?"""
    letters = run_together(key)
    times = sum(letters in there for there in material.letters)
    told = any(len(word) >= _TELLING and run_together(word) in letters for word in re.findall(r"[^\W_]+", rest))
    return (
        times >= _SEEN
        and not told
        and not (term_stems(key) & term_stems(rest))
        and not material.is_own(key)
        and letters not in run_together(material.source.name)
        and (material.is_expository or letters not in material.names[:_OF_ALL])
    )


def _kin(key: str, text: str, material: Material) -> list[str]:
    """The names of its kind that do not stand in the text, those that the reading speaks of first; no two of one make."""
    letters = run_together(text)
    all_ = [other for other in material.kin.of(key) if run_together(other) not in letters and not material.is_own(other)]
    spoken = [other for other in all_ if _is_spoken_of(other, material)]
    found: list[str] = []
    for other in [*spoken, *(other for other in all_ if other not in spoken)]:
        if not any(run_together(other) in run_together(known) or run_together(known) in run_together(other) for known in found):
            found.append(other)
    return found


def _is_told_by(names: list[str], key: str, other: str, material: Material) -> bool:
    """Does a name beside the gap go with the key and not with the other one: "OpenAI" with "GPT-4", not with "Claude"?"""
    mine, theirs = run_together(key), run_together(other)
    for name in map(run_together, names):
        beside = [letters for letters in material.letters if name in letters]
        if sum(mine in letters for letters in beside) > 1 and not any(theirs in letters for letters in beside):
            return not material.is_own(name)
    return False


def _is_spoken_of(name: str, material: Material) -> bool:
    letters = run_together(name)
    return any(letters in there for there in material.letters)
