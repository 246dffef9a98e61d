"""What is known of an endorsed answer: its words, who wrote them, who stands for them, where its asker sees it."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from common.errors import UsageError

_LINK = re.compile(r"https?://[^\s<>()\[\]]*[^\s<>()\[\].,;:!?'\"]")


LONGEST = 1500  # characters; with what is said around it, it fits into one of Discord's messages


def checked_text(text: str) -> str:
    """An answer as it may be endorsed, without blanks around it.

    Raises:
        UsageError: It is empty or too long.
    """
    text = text.strip()
    if not text:
        raise UsageError("there are no words in it to endorse: write the answer out", code="answer-empty")
    if len(text) > LONGEST:
        said = f"the answer has {len(text)} characters, at most {LONGEST} can be endorsed: write a shorter one"
        raise UsageError(said, code="answer-long", characters=len(text), longest=LONGEST)
    return text


class State(StrEnum):
    """Whether an answer is shown."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Person:
    """Somebody, by Discord's number and by the name that they had."""

    id: int
    name: str


@dataclass(frozen=True)
class Place:
    """The message that shows an answer to whoever asked, and its address where others may follow it."""

    channel: int
    message: int
    url: str | None


@dataclass(frozen=True)
class Standing:
    """Who stands for an answer since which day (UTC), and whose words they are, None where they are the same person's."""

    endorser: str
    day: date
    author: str | None = None

    @property
    def text(self) -> str:
        """In English."""
        by = f" (words of {self.author})" if self.author is not None else ""
        return f"Endorsed by {self.endorser} on {self.day}{by}"


@dataclass(frozen=True)
class Endorsed:
    """An answer that the staff stands for.

    Attributes:
        number: Of the answer in its course, from 1; for people.
        question: That it answers, so that it stands alone.
        text: The author's own words, as they formatted them.
        reading: Id of the reading that was asked about; None for all.
        source: The message that was endorsed.
        shown: Where its asker sees it; None where nobody asked or it could not be sent.
        endorsed_at: UTC.
        version: From 1; each change of text or state makes another.
    """

    number: int
    question: str
    text: str
    reading: str | None
    source: int | None
    author: Person
    endorser: Person
    endorsed_at: datetime
    shown: Place | None
    state: State
    version: int

    @property
    def standing(self) -> Standing:
        """Who stands for it since when."""
        own = self.author.id == self.endorser.id
        return Standing(self.endorser.name, self.endorsed_at.date(), None if own else self.author.name)

    @property
    def title(self) -> str:
        """The same, in English."""
        return self.standing.text

    @property
    def links(self) -> tuple[str, ...]:
        """Addresses of readings and other pages in the text, each once."""
        return tuple(dict.fromkeys(_LINK.findall(self.text)))

    def as_json(self) -> dict[str, Any]:
        """As `lector endorsed --json` lists it."""
        return {
            "number": self.number, "question": self.question, "text": self.text, "reading": self.reading,
            "author": self.author.name, "endorser": self.endorser.name, "endorsed_at": self.endorsed_at.isoformat(timespec="seconds"),
            "links": list(self.links), "state": self.state.value, "version": self.version,
        }  # fmt: skip


@dataclass(frozen=True)
class Version:
    """What an answer was after a change, and who made it (UTC)."""

    version: int
    question: str
    text: str
    state: State
    by: Person
    at: datetime
