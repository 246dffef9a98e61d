"""What a format has no word for, beside what it says, so that nothing is lost when Lector reads it again.

The visible part rules: a stem or a key that somebody has changed in the file is taken as it now stands. `LineError` is how every
reader says what is wrong: one line of text with the line of the file.
"""

import json
from collections.abc import Mapping
from typing import Any

from common.errors import UsageError
from quiz.items import Item

_NEVER = ("id", "answer")  # made anew


class LineError(Exception):
    """What is wrong with a file, and in which line, from 1; `member` is the file in an archive, else empty."""

    def __init__(self, line: int, message: str, member: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.member = member


def extras(item: Item, *said: str) -> dict[str, Any]:
    """The item's fields without those that the format says itself, and without those that are empty."""
    return {key: value for key, value in filled(item).items() if key not in (*_NEVER, *said)}


def filled(item: Item) -> dict[str, Any]:
    """`Item.as_json` without what is empty."""
    fields = item.as_json()
    if not item.tolerance:
        del fields["tolerance"]
    return {key: value for key, value in fields.items() if value not in (None, "", [])}


def extras_line(item: Item, *said: str) -> str:
    """The same as JSON on one line."""
    return json.dumps(extras(item, *said), ensure_ascii=False)


def build(read: Mapping[str, Any], carried: Mapping[str, Any], line: int) -> Item:
    """The item out of what the format says and what it carried.

    Raises:
        LineError: The parts do not fit together.
    """
    fields = {key: value for key, value in carried.items() if key not in _NEVER} | dict(read)
    try:
        return Item.from_json(fields)
    except UsageError as exc:
        raise LineError(line, exc.user_message) from exc


def parsed(text: str, line: int) -> dict[str, Any]:
    """What `extras_line` wrote.

    Raises:
        LineError: It is no JSON object.
    """
    try:
        found = json.loads(text)
    except ValueError as exc:
        raise LineError(line, f"what Lector noted here is damaged ({exc}): remove the note or restore it") from exc
    if not isinstance(found, dict):
        raise LineError(line, "what Lector noted here is damaged: remove the note or restore it")
    return found
