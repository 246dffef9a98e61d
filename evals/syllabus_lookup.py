"""How well questions about the course are looked up, over the course's own syllabus and real ones of other courses.

    python -m evals.syllabus_lookup [--shared DIR] [--part dev|heldout] [--misses]

Each line of `evals/syllabus_questions.jsonl` names a syllabus ("corpus" or a file of DIR/syllabi), the day that it is ("today", null
where it does not matter), a question, what must stand in the answer and what must not. Those "about" the readings count as right where
the plan's data does not claim them; whether likeness then loses against the readings, this does not show (see `lector eval`).
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from common.configuration import load_settings
from common.errors import UsageError
from ingest.embeddings import Embedder
from ingest.syllabus import parse_syllabus
from rag.clock import fixed
from rag.syllabus import SyllabusLookup

QUESTIONS = Path(__file__).with_name("syllabus_questions.jsonl")
_LEAST = 0.6  # as in rag.assistant


@dataclass(frozen=True)
class Result:
    """What came of one question."""

    row: dict[str, Any]
    right: bool
    by_data: bool
    text: str


def ask(lookup: SyllabusLookup, embedder: Embedder, row: dict[str, Any]) -> Result:
    """Look one question up."""
    question = row["question"]
    found = lookup.find(question, embedder.embed([question])[0])
    by_data = found is not None and found.sure
    text = ""
    if found is not None and (found.sure or found.score >= _LEAST):
        lines = [
            found.note.text if found.note else "",
            *(() if found.only_note else (line for one in found.shown for line in (one.heading, *one.lines))),
        ]
        text = "\n".join(line for line in lines if line)
    if row["about"] == "readings":
        return Result(row, not by_data, by_data, text)
    right = bool(text) and all(words in text for words in row["expect"]) and not any(words in text for words in row["no"])
    return Result(row, right, by_data, text)


def run(rows: list[dict[str, Any]], syllabi: dict[str, Path]) -> list[Result]:
    """All questions whose syllabus is there."""
    embedder = Embedder(load_settings(Path("config.yaml")).embeddings)
    results = []
    for name, path in syllabi.items():
        today = {"day": date.min}
        lookup = SyllabusLookup(parse_syllabus(path), embedder.embed, lambda today=today: today["day"], embedder.is_word)  # type: ignore[misc]
        for row in (row for row in rows if row["syllabus"] == name):
            clock = fixed(datetime.fromisoformat(row["today"] or "2024-01-01"))
            assert clock is not None
            today["day"] = clock()
            results.append(ask(lookup, embedder, row))
    return results


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(description="How well questions about the course are looked up.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="holds syllabi/ with other courses' files")
    parser.add_argument("--part", choices=["dev", "heldout"])
    parser.add_argument("--misses", action="store_true", help="show what went wrong")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    rows = [row for row in rows if arguments.part in (None, row["part"])]
    syllabi = {
        name: arguments.shared / "syllabi" / name if name != "corpus" else Path("corpus/syllabus.md")
        for name in {row["syllabus"] for row in rows}
    }
    missing = [str(path) for path in syllabi.values() if not path.is_file()]
    if missing:
        raise UsageError(f"not there: {', '.join(missing)}: give the folder that holds syllabi/ with --shared")
    results = run(rows, dict(sorted(syllabi.items())))
    console = Console(width=160, highlight=False)
    table = Table("part", "syllabus", "on the course", "right", "by data", "on readings", "left alone", box=None)
    keys = sorted({(result.row["part"], result.row["syllabus"]) for result in results})
    for part, name in [*keys, *((part, "all") for part in sorted({key[0] for key in keys}))]:
        mine = [r for r in results if r.row["part"] == part and name in ("all", r.row["syllabus"])]
        counts = Counter((r.row["about"], r.right) for r in mine)
        course = [r for r in mine if r.row["about"] == "syllabus"]
        table.add_row(
            part, name, str(len(course)), str(counts["syllabus", True]), str(sum(r.by_data for r in course)),
            str(len(mine) - len(course)), str(counts["readings", True]),
        )  # fmt: skip
    console.print(table)
    if arguments.misses:
        for result in results:
            if not result.right:
                row = result.row
                console.print(
                    f"\n{row['id']} {row['syllabus']} {row['today']} [{'data' if result.by_data else 'likeness'}] {row['question']}",
                    markup=False,
                )
                console.print(f"  wants {row['expect']}, not {row['no']}; got:\n{result.text[:700]}", markup=False)


if __name__ == "__main__":
    main()
