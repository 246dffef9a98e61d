"""What the figures of a question set can be broken down by."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evals.questions import Question

_NO_READING = "none"


class Grouping(StrEnum):
    """A field of the questions."""

    KIND = "kind"
    READING = "reading"


def groups(questions: "Sequence[Question]", by: Grouping) -> dict[str, set[str]]:
    """The questions' ids by kind or by reading, in the order of the questions."""
    found: dict[str, set[str]] = {}
    for question in questions:
        found.setdefault(question.kind if by is Grouping.KIND else question.reading or _NO_READING, set()).add(question.id)
    return found
