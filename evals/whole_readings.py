"""Are questions on whole readings answered: what is it about, what does it find, how do two differ, what does its section 3 say?

    python -m evals.whole_readings [QUESTIONS.jsonl] --data-dir FIRST --data-dir SECOND [--misses]

Each line of `evals/whole_questions.jsonl` is a student's question with phrases of its papers: an answer is right if it holds `least` of
`any_of` and, of two papers that are compared, one of `any_of_second`; where no reading answers, if it is refused. Three hands
("part") wrote them without having seen rules or each other's; each hand's were asked once before the rules were mended by them. FIRST is
an index of the development set's papers, SECOND of the thirteen others (docs/evaluation.md).
"""

import argparse
import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from common.configuration import load_settings
from evals import intervals
from evals.metrics import contains
from rag.answers import Answer, Status
from rag.compose import open_assistant

QUESTIONS = Path(__file__).with_name("whole_questions.jsonl")


@dataclass(frozen=True)
class Outcome:
    """What came of one question."""

    row: dict[str, Any]
    right: bool
    answer: Answer

    @property
    def refused(self) -> bool:
        """Was it?"""
        return self.answer.status is Status.REFUSED


def is_right(row: dict[str, Any], answer: Answer) -> bool:
    """Does the answer hold what it must, or is it refused where no reading answers?"""
    if not row["answerable"]:
        return answer.status is Status.REFUSED
    first, second = ([phrase for phrase in row[key] or () if contains(answer.text, phrase)] for key in ("any_of", "any_of_second"))
    return answer.status is not Status.REFUSED and len(first) >= row["least"] and bool(second or not row["any_of_second"])


async def ask(rows: Sequence[dict[str, Any]], folders: Sequence[Path]) -> list[Outcome]:
    """Each question in the index of its course, the first or the second of the folders."""
    outcomes = []
    for number, folder in enumerate(folders, start=1):
        mine = [row for row in rows if row["course"] == number]
        with open_assistant(load_settings(Path("config.yaml"), data_dir=folder)) as parts:
            for row in track(mine, f"asking, index {number}", console=Console(stderr=True)):
                answer = await parts.assistant.ask(row["question"])
                outcomes.append(Outcome(row, is_right(row, answer), answer))
    return outcomes


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(description="Are questions on whole readings answered?")
    parser.add_argument("questions", type=Path, nargs="?", default=QUESTIONS)
    parser.add_argument("--data-dir", type=Path, action="append", required=True)
    parser.add_argument("--misses", action="store_true", help="show what was not answered right")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.questions.read_text("utf-8").splitlines()]
    outcomes = asyncio.run(ask(rows, arguments.data_dir))
    console = Console(width=140, highlight=False)
    table = Table("part", "kind", "questions", "right", "95% interval", "refused", "called only near", box=None)
    for part in sorted({row["part"] for row in rows}):
        kinds = sorted({row["kind"] for row in rows if row["part"] == part})
        for kind in [*kinds, "all answerable"]:
            of = [o for o in outcomes if o.row["part"] == part and (o.row["kind"] == kind or (kind not in kinds and o.row["answerable"]))]
            right = intervals.share(sum(o.right for o in of), len(of))
            near = sum(o.answer.sure is False for o in of) / len(of)
            refused = sum(o.refused for o in of) / len(of)
            span = f"{right.low:.2f} to {right.high:.2f}"
            table.add_row(part, kind, str(len(of)), f"{right.value:.2f}", span, f"{refused:.2f}", f"{near:.2f}")
    console.print(table)
    for outcome in outcomes if arguments.misses else ():
        if not outcome.right:
            console.print(
                f"\n{outcome.row['id']} {outcome.row['question']}\n  {outcome.answer.status}: {outcome.answer.text}", markup=False
            )


if __name__ == "__main__":
    main()
