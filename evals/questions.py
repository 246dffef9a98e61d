"""Gold question sets: one JSON object a line."""

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from common.errors import UsageError


class Question(BaseModel):
    """A question with what a right answer must hold.

    Attributes:
        reading: The arXiv id whose week the student asks in, "syllabus", or None.
        must_include: All of these make an answer right; so does any of `aliases`.
        evidence: Verbatim from the page.
        page: 1-based PDF page of the evidence; None where the reading has no pages, or the question is not on a reading.
        section: Where the reading has no pages: the heading over the evidence.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    question: str
    reading: str | None = None
    answer: str = ""
    aliases: tuple[str, ...] = ()
    must_include: tuple[str, ...] = ()
    evidence: str = ""
    page: int | None = None
    section: str | None = None
    kind: str = "fact"
    answerable: bool = True

    @property
    def has_place(self) -> bool:
        """Is there a page or a section where the answer stands? Not for questions on the syllabus."""
        return self.page is not None or self.section is not None


def read_questions(path: Path) -> list[Question]:
    """The questions of a file, in its order.

    Raises:
        UsageError: The file is not there, empty, or a line is no question; the message names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise UsageError(f"{path}: cannot be read: give a file with one JSON object a line") from exc
    questions = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            questions.append(Question.model_validate(json.loads(line)))
        except (ValueError, ValidationError) as exc:
            problem = _problem(exc.errors()[0]) if isinstance(exc, ValidationError) else exc
            raise UsageError(f"{path}, line {number}: not a question ({problem}): each line needs id and question") from exc
    if not questions:
        raise UsageError(f"{path} holds no questions")
    return questions


def _problem(error: ErrorDetails) -> str:
    """What pydantic found wrong first: the field, where it is one, and its own words."""
    return ": ".join([*map(str, error["loc"]), error["msg"]])
