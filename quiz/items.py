"""What a quiz consists of: items with their keys and the place in a reading that proves them.

An item knows all that is needed to show it, to grade it closed-book and to explain it; nothing else in the room asks the
index. JSON is the form in which items are stored, exchanged and printed: `Item.from_json(item.as_json()) == item`.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from common.errors import UsageError

_ID_LENGTH = 12  # hex digits: among a million items two share an id with a chance of 1 in 500


class Kind(StrEnum):
    """How an item is answered."""

    CHOICE = "choice"  # one of its options
    TRUE_FALSE = "true_false"
    NUMERIC = "numeric"  # a number, within a tolerance
    CLOZE = "cloze"  # the words that a gap stands for
    SHORT = "short"  # a sentence of one's own, graded by a rubric


Key = int | bool | Decimal | str


@dataclass(frozen=True)
class Evidence:
    """The place in a reading that bears an item out.

    Attributes:
        reading: The reading's id.
        page: 1-based PDF page, "4-5" for a span, None where the reading has no pages.
        section: The heading it stands under, parents first, joined by " > "; may be empty.
        quote: Verbatim from that page.
        url: The page's address; None where the reading has none.
    """

    reading: str
    title: str
    page: str | None
    section: str
    quote: str
    url: str | None = None

    def as_json(self) -> dict[str, Any]:
        """As in the contract, with more keys."""
        return {
            "reading": self.reading, "title": self.title, "page": self.page, "section": self.section or None,
            "quote": self.quote, "url": self.url,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Evidence":
        """What `as_json` made; `reading` and `quote` must be there."""
        return cls(
            reading=str(data["reading"]),
            title=str(data.get("title") or data["reading"]),
            page=None if data.get("page") is None else str(data["page"]),
            section=str(data.get("section") or ""),
            quote=str(data["quote"]),
            url=data.get("url"),
        )


@dataclass(frozen=True)
class Item:
    """A question with its key.

    Attributes:
        id: Of what is asked and what is right, see `identified`; the same wherever the same item is made again.
        stem: What is asked. A cloze holds `GAP` once.
        options: Of a choice, as they are shown; ("True", "False") for a true/false item; else empty.
        key: What is right: the number of the option from 0 (CHOICE), the truth (TRUE_FALSE), the value (NUMERIC), the words (CLOZE), a
            model answer (SHORT).
        tolerance: NUMERIC: how far from the key an answer may be, in the key's unit.
        unit: NUMERIC: as the stem asks for it, such as "%"; else empty.
        accepted: CLOZE and SHORT: other spellings of the key that are right.
        rubric: SHORT: what an answer must say, each point worth the same.
        explanation: Why the key is right, for after the answer.
        evidence: None where staff wrote the item and named no place.
        week: Of the course's plan; None where the reading has none.
        asks: What kind of statement it tests: "definition", "result", "comparison", "design", "step", ...; empty where unknown.
        difficulty: Share of points that its writer expects to be missed, 0 to 1; what was missed is in `quiz.results`. None: unsaid.
    """

    id: str
    kind: Kind
    stem: str
    options: tuple[str, ...]
    key: Key
    explanation: str = ""
    evidence: Evidence | None = None
    tolerance: Decimal = Decimal(0)
    unit: str = ""
    accepted: tuple[str, ...] = ()
    rubric: tuple[str, ...] = ()
    week: int | None = None
    asks: str = ""
    difficulty: float | None = None

    def __post_init__(self) -> None:
        fault = _fault(self)
        if fault:
            raise UsageError(f"quiz item {self.id or self.stem[:40]!r}: {fault}")

    @property
    def answer(self) -> str:
        """The key as a person reads it, without its unit."""
        if self.kind is Kind.CHOICE:
            return self.options[int(self.key)]
        if self.kind is Kind.TRUE_FALSE:
            return "True" if self.key else "False"
        return format(self.key, "f") if isinstance(self.key, Decimal) else str(self.key)

    def as_json(self) -> dict[str, Any]:
        """An entry of `items` in `lector quiz draft --json`; numbers are strings, so that none is rounded."""
        key: Any = str(self.key) if isinstance(self.key, Decimal) else self.key
        return {
            "id": self.id, "kind": self.kind.value, "stem": self.stem, "options": list(self.options), "answer": self.answer, "key": key,
            "tolerance": str(self.tolerance), "unit": self.unit, "accepted": list(self.accepted), "rubric": list(self.rubric),
            "explanation": self.explanation, "evidence": None if self.evidence is None else self.evidence.as_json(),
            "week": self.week, "asks": self.asks, "difficulty": self.difficulty,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Item":
        """What `as_json` made, or a part of it: `kind`, `stem` and `key` must be there; an id is made where there is none.

        Raises:
            UsageError: Something is missing or does not fit together; the message says what.
        """
        try:
            kind = Kind(data["kind"])
            evidence = data.get("evidence")
            item = cls(
                id=str(data.get("id") or ""),
                kind=kind,
                stem=str(data["stem"]),
                options=tuple(map(str, data.get("options") or (TRUTHS if kind is Kind.TRUE_FALSE else ()))),
                key=Decimal(str(data["key"])) if kind is Kind.NUMERIC else data["key"],
                explanation=str(data.get("explanation") or ""),
                evidence=None if evidence is None else Evidence.from_json(evidence),
                tolerance=Decimal(str(data.get("tolerance") or 0)),
                unit=str(data.get("unit") or ""),
                accepted=tuple(map(str, data.get("accepted") or ())),
                rubric=tuple(map(str, data.get("rubric") or ())),
                week=data.get("week"),
                asks=str(data.get("asks") or ""),
                difficulty=data.get("difficulty"),
            )
        except (KeyError, ValueError, TypeError, InvalidOperation) as exc:
            raise UsageError(f"a quiz item cannot be read: {type(exc).__name__} {exc}") from exc
        return item if item.id else identified(item)


GAP = "_____"
TRUTHS = ("True", "False")


def identified(item: Item) -> Item:
    """The item with the id of its contents: the order of its options, its explanation and its evidence do not count."""
    right = item.answer if item.kind is not Kind.NUMERIC else f"{Decimal(item.key).normalize()} {item.unit}"
    parts = [item.kind.value, _level(item.stem), _level(right), *sorted(map(_level, item.options))]
    digest = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
    return replace(item, id=digest[:_ID_LENGTH])


def _level(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().casefold()


def _fault(item: Item) -> str:
    """What does not fit together; "" where all does."""
    key = item.key
    if not item.stem.strip():
        return "it has no stem"
    if item.kind is Kind.CHOICE:
        if type(key) is not int or not 0 <= key < len(item.options):
            return f"its key {key!r} is no number of one of its {len(item.options)} options"
    elif item.kind is Kind.TRUE_FALSE:
        if type(key) is not bool or item.options != TRUTHS:
            return f"the key of a true/false item is true or false and its options are {TRUTHS}, not {key!r} of {item.options}"
    elif item.kind is Kind.NUMERIC:
        if not isinstance(key, Decimal) or not key.is_finite() or not item.tolerance >= 0:
            return f"its key {key!r} (tolerance {item.tolerance}) is no number"
    elif not isinstance(key, str) or not key.strip():
        return "it has no answer"
    if item.kind is Kind.CLOZE and item.stem.count(GAP) != 1:
        return f"a cloze holds the gap {GAP} once"
    return ""
