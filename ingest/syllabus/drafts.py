"""An entry of the plan as it is found, before its year is known and its lines are sorted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.syllabus.dates import Mention
from ingest.syllabus.document import Line
from ingest.syllabus.items import Part
from ingest.syllabus.labels import Label
from ingest.syllabus.model import Fact

_FACT = re.compile(r"^([A-Z][\w' -]{1,30}): (.+)$")
_BULLET = re.compile(r"^[\s•·●○▪–—-]+\s+")


@dataclass
class Draft:
    """What stands at one place of the plan.

    Attributes:
        heading: As it stands, for people.
        weekday: The day of the week in which it falls where `mention` only names the week.
        module: A heading above it says more than a week does, so that it is no meeting of its own.
        placed: It has a number or a date.
    """

    heading: str
    number: int | None = None
    last: int | None = None
    mention: Mention | None = None
    weekday: int | None = None
    when: str = ""
    before: str = ""
    parts: list[Part] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    at: int = 0

    @property
    def placed(self) -> bool:
        """Has it a number or a date?"""
        return self.number is not None or self.mention is not None

    def take(self, label: Label, text: str) -> None:
        """Number and date of a label that stands in `text`."""
        self.number, self.last, self.mention = label.number, label.last, label.mention
        self.before = label.before.text
        if label.mention is not None:
            self.when = text[label.mention.start : label.mention.end].strip()


def fact(text: str) -> Fact:
    """A line as a fact: its key is what stands before its colon."""
    match = _FACT.match(text)
    return Fact(match[1], match[2]) if match else Fact("", text)


def facts_of(lines: Iterable[Line]) -> list[Fact]:
    """Lines as facts, without bullets."""
    return [fact(shown) for line in lines if (shown := _BULLET.sub("", line.shown))]
