"""Drafts a quiz: statements of the readings become items, each is checked, and of those that pass the best are chosen.

The choice spreads over kinds and over sections; nothing is asked twice. What is dropped keeps its reason, and where fewer items come
out than were asked for, the draft says why. The same readings and the same seed give the same draft.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from common.errors import ModelError
from quiz.items import Item, Kind
from quiz.making.action_items import actions
from quiz.making.candidates import Candidate, Maker, tells_something
from quiz.making.checks import asks_the_same, fault, gives_away
from quiz.making.cloze_items import cloze_items
from quiz.making.definition_items import definitions
from quiz.making.kin_items import name_choices
from quiz.making.list_items import list_choices
from quiz.making.material import Material
from quiz.making.number_items import number_choices, numeric_items
from quiz.making.object_items import objects
from quiz.making.reason_items import short_reasons
from quiz.making.statements import Statement
from quiz.making.taught_items import taught
from quiz.making.term_items import term_choices
from quiz.making.truth_items import false_items, true_items

# For each kind of item its makers, and the share of a quiz that it should have.
MAKERS: dict[str, tuple[Maker, float]] = {
    "number choice": (number_choices, 0.22),
    "false": (false_items, 0.2),
    "true": (true_items, 0.08),
    "reason": (short_reasons, 0.1),
    "number": (numeric_items, 0.1),
    "action": (actions, 0.08),
    "object": (objects, 0.1),
    "definition": (definitions, 0.07),
    "cloze": (cloze_items, 0.06),
    "name": (name_choices, 0.09),
    "taught": (taught, 0.2),
    "list": (list_choices, 0.15),
    "term": (term_choices, 0.15),
}
_TRUTHS = 0.45  # share of a quiz that true/false items have at most
_CLOZES = 0.1  # the same of gaps: many are guessed (2026-11-26: of papers 37 of 51 accepted, of all other items 486 of 540)
_READING_COST = 0.1  # the same for each item that a reading has
_CAP = 1.8  # times its share that a maker may have
_SECTION_COST = 0.15  # of worth, for each item that a section has already
_WRITTEN = "The language model that writes"
_TRIES = 4  # statements that a writer is given, for each item that is wanting
_LUCK = 0.1  # of worth: another seed, other items


@dataclass(frozen=True)
class Dropped:
    """An item, or a sentence, of which nothing came."""

    what: str
    reason: str
    maker: str = ""

    def as_json(self) -> dict[str, Any]:
        """As `lector quiz draft --explain --json` lists it."""
        return {"what": self.what, "reason": self.reason, "maker": self.maker or None}


@dataclass(frozen=True)
class Draft:
    """A drafted quiz.

    Attributes:
        wanted: How many items were asked for.
        dropped: What was refused, with the reason, in the order in which it was met.
    """

    items: tuple[Item, ...]
    wanted: int
    dropped: tuple[Dropped, ...] = ()
    readings: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = field(default=(), repr=False)

    @property
    def shortfall(self) -> str:
        """Why there are fewer items than were asked for; "" where there are as many."""
        if len(self.items) >= self.wanted:
            return ""
        reasons = Counter(_kind_of(d.reason) for d in self.dropped)
        main = "; ".join(f"{reason} ({count})" for reason, count in reasons.most_common(3))
        refused = main or "nothing: there is too little text"
        failed = next((f". {d.what} failed: {d.reason}" for d in self.dropped if d.what == _WRITTEN), "")
        return f"{len(self.items)} of {self.wanted} items: no more sentences of the readings hold. Refused most often: {refused}{failed}"


def draft(
    materials: Sequence[Material],
    wanted: int,
    seed: int,
    refused: Sequence[Dropped] = (),
    tick: Callable[[int], None] = lambda _n: None,
    avoid: frozenset[str] = frozenset(),
    writer: Maker | None = None,
) -> Draft:
    """So many items of these readings, if they bear them.

    Args:
        refused: Sentences that were set aside while the readings were read.
        avoid: Ids of items that must not come again.
        tick: Told how many items there are, each time that one is added.
        writer: Asked last, and only where items are wanting: a maker that is slow.
    """
    work = _Work(random.Random(seed), wanted, dropped=dict.fromkeys(refused), avoid=avoid)
    left = [(s.worth + work.chance.uniform(0, _LUCK), s, m) for m in materials for s in m.statements]
    for limits in _LIMITS:  # at last, sentences that waited because there were many items of their kinds already
        waiting: list[_Entry] = []
        while len(work.chosen) < wanted and left:
            entry = max(left, key=work.worth)
            left.remove(entry)
            candidate = work.make(entry[1], entry[2], work.makers(limits))
            if candidate is None:
                waiting.append(entry)
            else:
                tick(len(work.chosen))
        left = waiting
    tries = _TRIES * (wanted - len(work.chosen))
    while writer is not None and tries and len(work.chosen) < wanted and left:
        tries -= 1
        entry = max(left, key=work.worth)
        left.remove(entry)
        try:
            work.make(entry[1], entry[2], [("written", writer)])
        except ModelError as exc:  # what the rules made is kept
            work.dropped[Dropped(_WRITTEN, exc.user_message, "written")] = None
            break
        tick(len(work.chosen))
    work.chance.shuffle(work.chosen)
    items = tuple(candidate.item for candidate in work.chosen)
    return Draft(items, wanted, tuple(work.dropped), tuple(m.source.reading for m in materials), tuple(work.chosen))


_Entry = tuple[float, Statement, Material]


@dataclass(frozen=True)
class _Limits:
    """What holds while sentences are gone through.

    Attributes:
        capped: No maker may have much more than its share.
        surplus: So many more true statements than false ones a quiz may have.
    """

    capped: bool
    surplus: int


_LIMITS = (_Limits(True, 1), _Limits(False, 1), _Limits(False, 3))  # one after the other, as long as items are wanting


@dataclass
class _Work:
    """A draft in the making."""

    chance: random.Random
    wanted: int
    dropped: dict[Dropped, None]  # each once, in order
    avoid: frozenset[str] = frozenset()
    chosen: list[Candidate] = field(default_factory=list)
    used: Counter[str] = field(default_factory=Counter)
    sections: Counter[tuple[str, str]] = field(default_factory=Counter)
    readings: Counter[str] = field(default_factory=Counter)

    def worth(self, entry: _Entry) -> float:
        """What a statement is worth now: less with each item on its section and on its reading."""
        worth, statement, material = entry
        reading = material.source.reading
        return worth - _SECTION_COST * self.sections[reading, statement.sentence.section] - _READING_COST * self.readings[reading]

    def _take(self, candidate: Candidate, maker: str, material: Material) -> None:
        self.chosen.append(candidate)
        self.used[maker] += 1
        self.sections[material.source.reading, candidate.statement.sentence.section] += 1
        self.readings[material.source.reading] += 1

    def make(self, statement: Statement, material: Material, makers: Sequence[tuple[str, Maker]]) -> Candidate | None:
        """An item of a statement that passes, by the first maker that has one; None if none has."""
        twin = next((c for c in self.chosen if asks_the_same_claim(c, statement, material)), None)
        if twin is not None:
            self.dropped[Dropped(statement.text, f"another item asks the same: {twin.item.id}")] = None
            return None
        if not tells_something(statement, material):
            self.dropped[Dropped(statement.text, "it tells of other works")] = None
            return None
        for name, maker in makers:
            for candidate in maker(statement, material, self.chance):
                reason = self._fault(candidate, material)
                if not reason:
                    self._take(candidate, name, material)
                    return candidate
                self.dropped[Dropped(candidate.item.stem, reason, name)] = None
        self.dropped[Dropped(statement.text, "no kind of item can be made of it")] = None
        return None

    def makers(self, limits: "_Limits") -> list[tuple[str, Maker]]:
        """Those that are not at their limit, the one that is farthest behind its share first."""
        made = len(self.chosen)
        order = sorted(MAKERS.items(), key=lambda entry: (self.used[entry[0]] + 1) / entry[1][1] / (made + 1) + self.chance.uniform(0, 0.3))
        if self.used["true"] > self.used["false"]:
            order.sort(key=lambda entry: entry[0] != "false")  # what can be made false is rare, and is wanted first
        truths = self.used["true"] + self.used["false"] >= _TRUTHS * self.wanted
        guessed = self.used["true"] >= limits.surplus + self.used["false"]  # whoever always says "true" must not win
        return [
            (name, maker)
            for name, (maker, share) in order
            if not (limits.capped and self.used[name] >= max(1, round(_CAP * share * self.wanted)))
            and not (truths and name in ("true", "false"))
            and not (guessed and name == "true")
            and not (name == "cloze" and self.used[name] >= max(1, round(_CLOZES * self.wanted)))
        ]

    def _fault(self, candidate: Candidate, material: Material) -> str:
        reason = fault(candidate, material) if candidate.item.id not in self.avoid else "it was there already"
        if not reason and any(gives_away(candidate, c) or gives_away(c, candidate) for c in self.chosen):
            reason = "another item gives its key away, or it another's"
        return reason


def asks_the_same_claim(candidate: Candidate, statement: Statement, material: Material) -> bool:
    """Would an item on this statement ask what that one asks?"""
    said = (candidate.statement.text, statement.text)
    both = None
    if candidate.item.evidence and candidate.item.evidence.reading == material.source.reading:
        both = material.vectors[[candidate.statement.sentence.position, statement.sentence.position]]
    other = material.source.evidence(statement.sentence)
    return asks_the_same(candidate.item, Item("other", Kind.SHORT, statement.text, (), statement.text, evidence=other), said, both)


def _kind_of(reason: str) -> str:
    """A reason without what it names, so that reasons can be counted."""
    return reason.split("“")[0].split(":")[0].strip() or reason
