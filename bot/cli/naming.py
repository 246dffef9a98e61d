"""Readings that a command names."""

from typing import TYPE_CHECKING

from common.errors import UsageError

if TYPE_CHECKING:
    from common.settings import Settings


def reading_named(settings: "Settings", name: str | None) -> str | None:
    """The id of the reading that is meant by an id, a link or words of a title; ids and "syllabus" stay as they are.

    Raises:
        UsageError: No reading is meant, or several; the message names them.
    """
    from bot.plan.readings import readings_meant
    from rag.compose import open_catalog

    rows = open_catalog(settings).readings() if name is not None else []
    if name is None or not rows or any(name in (row.reading, row.about) for row in rows):  # that nothing is indexed is said elsewhere
        return name
    found, sure = readings_meant(rows, name)
    if sure:
        return found[0].reading
    if not found:
        raise UsageError(f"no reading {name!r} is indexed: `lector corpus list` shows what is", code="no-reading", reading=name)
    known = "; ".join(f"{row.reading} ({row.title})" for row in found[:5])
    raise UsageError(f"--reading {name!r} may mean {known}: name one by its id", code="no-reading", reading=name)
