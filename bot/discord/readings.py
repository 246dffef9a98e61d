"""The course's readings, by what somebody types of their titles."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ingest.catalog import Catalog, Reading, SourceKind

if TYPE_CHECKING:
    from bot.discord.courses import Course

_CHOICES, _NAME = 25, 100  # of an option, https://discord.com/developers/docs/interactions/application-commands


def readings_of(course: "Course") -> list[Reading]:
    """What is indexed of a course, but for the syllabus; reads the database."""
    return [row for row in Catalog(course.engine, course.key).readings() if row.kind != SourceKind.SYLLABUS]


def matching(rows: Iterable[Reading], typed: str) -> list[tuple[str, str]]:
    """Names and ids of the readings whose title, id or week has every word that was typed; those that begin with it first."""
    words = typed.casefold().split()
    found = [(row, _shown(row)) for row in rows]
    fitting = [(row, shown) for row, shown in found if all(word in f"{shown} {row.reading}".casefold() for word in words)]
    fitting.sort(key=lambda pair: (not pair[0].title.casefold().startswith(" ".join(words)), pair[0].week or 99, pair[0].title))
    return [(shown, row.reading) for row, shown in fitting[:_CHOICES]]


def _shown(row: Reading) -> str:
    week = f" (week {row.week})" if row.week is not None else ""
    room = _NAME - len(week)
    return (row.title if len(row.title) <= room else row.title[: room - 1] + "…") + week
