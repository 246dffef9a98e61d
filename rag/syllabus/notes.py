"""What the lookup says in words of its own: each as data with its English, so that a face may say it in another language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Says(StrEnum):
    """What a note tells. Days are ISO dates; all values are texts, "" where there is none."""

    COUNTED_WEEK = "counted-week"  # values: week, first, last
    LISTS_NO = "lists-no"  # values: matter, from, to
    RUNS = "runs"  # values: first, last of the plan; matter, from, to. Where it runs, and that it lists nothing of the kind then
    UNDATED = "undated"
    CLASSES = "classes"  # values: count, first, last
    NUMBERED_WEEKS = "numbered-weeks"  # values: least, most, first, last
    WEEKS = "weeks"  # values: count, first, last
    NO_SPEAKER = "no-speaker"


class Matter(StrEnum):
    """What a plan lists, or does not."""

    DUE = "due"
    READING = "reading"
    SPEAKER = "speaker"
    EXAM = "exam"
    BREAK = "break"
    CLASS = "class"
    ANYTHING = "anything"


_LISTS_NO = {
    Matter.DUE: "lists nothing due",
    Matter.READING: "lists no reading",
    Matter.SPEAKER: "names no speaker",
    Matter.EXAM: "lists no exam, test or quiz",
    Matter.BREAK: "lists no break",
    Matter.CLASS: "lists no class",
    Matter.ANYTHING: "lists nothing",
}


@dataclass(frozen=True)
class Note:
    """One line in a fixed form.

    Attributes:
        values: What it names; the keys stand at each `Says`.
    """

    says: Says
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """In English."""
        return _TEXTS[self.says].format_map(self._words())

    def as_json(self) -> dict[str, Any]:
        """As in the contract."""
        return {"code": self.says.value, **self.values}

    def _words(self) -> dict[str, str]:
        values = self.values
        words = {**values, "dates": f" ({values['first']} to {values['last']})" if values.get("first") else ""}
        if "matter" in values:
            words["lists"] = _LISTS_NO[Matter(values["matter"])]
            words["when"] = _when(values["from"], values["to"])
        return words


_TEXTS = {
    Says.COUNTED_WEEK: "Week {week}, counted from the first class: {first} to {last}.",
    Says.LISTS_NO: "The syllabus {lists} {when}.",
    Says.RUNS: "The plan runs from {first} to {last}: it {lists} {when}.",
    Says.UNDATED: "The syllabus gives no dates for its plan: ask by its weeks, such as week 1.",
    Says.CLASSES: "The plan lists {count} classes{dates}.",
    Says.NUMBERED_WEEKS: "The plan's weeks run from {least} to {most}{dates}.",
    Says.WEEKS: "The plan runs over {count} weeks, counted from the first class{dates}.",
    Says.NO_SPEAKER: "The syllabus names no speaker for this entry:",
}


def lists_no(matter: Matter, first: date | None, last: date | None) -> Note:
    """The plan lists nothing of a kind.

    Args:
        first: From this day on; None for the place that was asked about, whatever its days.
        last: To this day; None for no end.
    """
    return Note(Says.LISTS_NO, {"matter": matter.value, "from": _day(first), "to": _day(last)})


def runs(plan: tuple[date, date], matter: Matter, first: date | None, last: date | None) -> Note:
    """The plan's first and last day, and that it lists nothing of a kind; days as at `lists_no`."""
    return Note(Says.RUNS, {"first": _day(plan[0]), "last": _day(plan[1]), **lists_no(matter, first, last).values})


def spanning(says: Says, first: date | None, last: date | None, **values: object) -> Note:
    """A note on something that lasts from a day to a day; on both or neither."""
    return Note(says, {**{key: str(value) for key, value in values.items()}, "first": _day(first), "last": _day(last)})


@dataclass(frozen=True)
class Days:
    """When an entry is, put in brackets behind its heading.

    Attributes:
        today: Count the days from here; None for no count.
    """

    first: date
    last: date
    today: date | None = None

    @property
    def text(self) -> str:
        """In English: "2024-03-22, in 12 days"."""
        days = f"{self.first}" if self.first == self.last else f"{self.first} to {self.last}"
        if self.away is None:
            return days
        if self.away == 0:
            return f"{days}, today"
        many = f"{abs(self.away)} day{'s' if abs(self.away) > 1 else ''}"
        return f"{days}, in {many}" if self.away > 0 else f"{days}, {many} ago"

    @property
    def away(self) -> int | None:
        """Days until it begins, negative where it has; None where they are not counted."""
        return None if self.today is None else (self.first - self.today).days


def _when(first: str, last: str) -> str:
    if not first:
        return "there"
    if not last:
        return f"from {first} on"
    return f"on {first}" if first == last else f"from {first} to {last}"


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
