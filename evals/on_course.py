"""Are questions on the course kept from the readings, and questions on the readings from the syllabus?

    python -m evals.on_course [QUESTIONS.jsonl] --data-dir DIR [--rows OUT.jsonl]

Each line of `evals/course_questions.jsonl` is a student's question with what it is about (the course or its readings) and whether the
course's own syllabus says it. Two hands wrote them without having seen rules or examples; the examples in `rag/on_course` follow the
first hand's questions in general words ("part": dev), the second hand's are held out. DIR holds an index of papers that are not asked for
what they say here: only from where each answer comes is counted.
"""

import argparse
import asyncio
import json
from collections import Counter
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from common.configuration import load_settings
from rag.answers import Because, Status
from rag.compose import open_assistant

QUESTIONS = Path(__file__).with_name("course_questions.jsonl")
_PLACES = {Status.ANSWERED: "readings", Status.QUOTED: "readings", Status.SYLLABUS: "syllabus", Status.ENDORSED: "a person"}
_OF_COURSE = (Because.UNMENTIONED, Because.NOT_IN_SYLLABUS, Because.UNKNOWN_WEEK)
_COLUMNS = ("syllabus", "readings", "refused: syllabus", "refused: readings", "declined")


async def ask(rows: list[dict[str, Any]], data: Path) -> list[str]:
    """From where each question's answer comes, one of `_COLUMNS`."""
    places: list[str] = []
    with open_assistant(load_settings(Path("config.yaml"), data_dir=data)) as parts:
        for row in track(rows, "asking", console=Console(stderr=True)):
            answer = await parts.assistant.ask(row["question"])
            because = answer.reason.because if answer.reason else None
            if answer.status is not Status.REFUSED:
                places.append(_PLACES[answer.status])
            elif because in _OF_COURSE:
                places.append("refused: syllabus")
            else:
                places.append(
                    "refused: readings" if because in (Because.NOT_COVERED, Because.NOWHERE, Because.WHICH_READING) else "declined"
                )
    return places


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(description="Are questions on the course kept from the readings?")
    parser.add_argument("questions", type=Path, nargs="?", default=QUESTIONS)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--rows", type=Path, help="write each question with where its answer came from")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.questions.read_text("utf-8").splitlines()]
    places = asyncio.run(ask(rows, arguments.data_dir))
    if arguments.rows:
        arguments.rows.write_text("".join(json.dumps({**r, "place": p}) + "\n" for r, p in zip(rows, places, strict=True)), "utf-8")
    table = Table("part", "about", "said by the syllabus", "questions", *_COLUMNS, box=None)
    for part, about, said in sorted({(row["part"], row["about"], row["said"]) for row in rows}):
        mine = [p for row, p in zip(rows, places, strict=True) if (row["part"], row["about"], row["said"]) == (part, about, said)]
        counts = Counter(mine)
        shown = ["yes" if said else "no"] if about == "course" else [""]
        table.add_row(part, about, *shown, str(len(mine)), *(f"{counts[column] / len(mine):.2f}" for column in _COLUMNS))
    Console(width=140, highlight=False).print(table)


if __name__ == "__main__":
    main()
