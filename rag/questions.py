"""Takes a question in: cleaned, bounded, and made to stand alone where it leans on the one before."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from common.errors import QuestionError, UsageError
from rag.followups import standalone_of


@dataclass(frozen=True)
class Turn:
    """A question asked before, and what was answered."""

    question: str
    answer: str


def clean_question(text: str, longest: int) -> str:
    """One line without control characters.

    Args:
        text: As typed.
        longest: In characters.

    Raises:
        QuestionError: It is empty or too long.
    """
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else c for c in text)
    question = " ".join(shown.split())
    if not any(c.isalnum() for c in question):
        raise QuestionError('the question is empty: ask in a sentence, such as "What is self-attention?"', code="question-empty")
    if len(question) > longest:
        said = f"the question has {len(question)} characters, at most {longest} are taken: ask it shorter"
        raise QuestionError(said, code="question-long", characters=len(question), longest=longest)
    return question


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question so that it can be understood without the ones before it; see `rag.followups`."""
    return standalone_of(question, [turn.question for turn in history])


def read_history(path: Path) -> list[Turn]:
    """The turns in a JSON file: a list of objects with `question` and `answer`.

    Raises:
        UsageError: The file is not there or not such a list.
    """
    try:
        turns = json.loads(path.read_text(encoding="utf-8"))
        return [Turn(str(turn["question"]), str(turn.get("answer", ""))) for turn in turns]
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as exc:
        missing = "no such file: " if isinstance(exc, FileNotFoundError) else ""
        raise UsageError(
            f'{path}: {missing}the history must be a JSON list in a file, such as [{{"question": "...", "answer": "..."}}]'
        ) from exc
