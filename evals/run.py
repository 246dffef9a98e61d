"""Asks a question set, one row a question, written as it comes."""

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from common.errors import UsageError
from evals.questions import Question
from rag.assistant import Assistant

_PASSAGES = 10


class Row(TypedDict):
    """What came back for a question: the objects of `lector search --json` and, if it was asked, `lector ask --json`."""

    id: str
    search: dict[str, Any]
    ask: NotRequired[dict[str, Any]]


def run_questions(
    assistant: Assistant, questions: Sequence[Question], *, in_week: bool = False, search_only: bool = False, path: Path | None = None
) -> Iterator[Row]:
    """Rows in the questions' order; models are loaded once.

    Args:
        in_week: Ask each question about its reading, as in that week's channel, where it is indexed.
        search_only: Find passages, ask nothing: seconds instead of minutes.
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
        if not search_only:
            runner.run(assistant.warm_up())
        known = runner.run(assistant.library.run(lambda view: _known(view.retriever.snapshot.readings.values())))
        for question in questions:
            reading = question.reading if in_week and question.reading in known else None
            row = runner.run(_row(assistant, question, reading, search_only))
            if file is not None:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                file.flush()
            yield row


def read_answers(path: Path) -> dict[str, str]:
    """The texts that a run answered with, by question, from the file that its rows were written to; without refusals.

    Raises:
        UsageError: The file is not there or no such file.
    """
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return {row["id"]: row["ask"]["text"] for row in rows if row["ask"]["status"] != "refused"}
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise UsageError(f"{path}: no rows of a run: give a file that lector eval --rows has written") from exc


async def _row(assistant: Assistant, question: Question, reading: str | None, search_only: bool) -> Row:
    started = time.perf_counter()
    hits = await assistant.library.search(question.question, k=_PASSAGES, reading=reading)
    seconds = time.perf_counter() - started
    row: Row = {"id": question.id, "search": {"passages": [hit.as_json() for hit in hits], "seconds": round(seconds, 4)}}
    if not search_only:
        row["ask"] = (await assistant.ask(question.question, reading=reading)).as_json()
    return row


def _known(readings: Any) -> set[str]:
    return {name for row in readings for name in (row.reading, row.about) if name}
