"""Asks a question set, one row a question, written as it comes."""

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypedDict

from common.errors import UsageError
from evals.questions import Question
from rag.assistant import Assistant

_PASSAGES = 10


class Row(TypedDict):
    """What came back for a question: the objects of `lector search --json` and `lector ask --json`."""

    id: str
    search: dict[str, Any]
    ask: dict[str, Any]


def run_questions(assistant: Assistant, questions: Sequence[Question], *, in_week: bool = False, path: Path | None = None) -> Iterator[Row]:
    """Rows in the questions' order; models are loaded once.

    Args:
        in_week: Ask each question about its reading, as in that week's channel, where it is indexed.
        path: Each row is appended here at once, so that an interrupt loses none.

    Raises:
        UsageError: `path` cannot be written.
    """
    with ExitStack() as stack:
        file = None
        if path is not None:
            try:
                file = stack.enter_context(path.open("w", encoding="utf-8"))
            except OSError as exc:
                raise UsageError(f"cannot write {path}: {exc.strerror}: choose another place") from exc
        runner = stack.enter_context(asyncio.Runner())
        runner.run(assistant.warm_up())
        known = runner.run(assistant.library.run(lambda view: _known(view.retriever.snapshot.readings.values())))
        for question in questions:
            reading = question.reading if in_week and question.reading in known else None
            row = runner.run(_ask(assistant, question, reading))
            if file is not None:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                file.flush()
            yield row


async def _ask(assistant: Assistant, question: Question, reading: str | None) -> Row:
    started = time.perf_counter()
    hits = await assistant.library.search(question.question, k=_PASSAGES, reading=reading)
    seconds = time.perf_counter() - started
    answer = await assistant.ask(question.question, reading=reading)
    return {
        "id": question.id,
        "search": {"passages": [hit.as_json() for hit in hits], "seconds": round(seconds, 4)},
        "ask": answer.as_json(),
    }


def _known(readings: Any) -> set[str]:
    return {name for row in readings for name in (row.reading, row.about) if name}
