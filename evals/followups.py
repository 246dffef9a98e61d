"""How well follow-ups are made to stand alone, on conversations written for it.

    python -m evals.followups [--part dev|heldout] [--misses]

Each line of `evals/followups.jsonl` has the questions before, the question, and either the forms that are right ("want"; the question
itself where it is complete) or what the form must hold ("holds") and what would change the meaning ("no").
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from rag.questions import Turn, standalone

CONVERSATIONS = Path(__file__).with_name("followups.jsonl")


def right(row: dict[str, Any], form: str) -> bool:
    """Is the form one of those wanted, or does it hold what it must?"""
    if row["want"]:
        return form in row["want"]
    return all(words in form for words in row["holds"]) and not any(words in form for words in row["no"])


def kind(row: dict[str, Any]) -> str:
    """What the right form does: nothing, puts words in, or adds the question before."""
    return "complete" if row["want"] == [row["question"]] else "put in" if row["want"] else "leans"


def main() -> None:
    """Condense and print."""
    parser = argparse.ArgumentParser(description="How well follow-ups are made to stand alone.")
    parser.add_argument("--part", choices=["dev", "heldout"])
    parser.add_argument("--misses", action="store_true", help="show what went wrong")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in CONVERSATIONS.read_text("utf-8").splitlines()]
    counts: Counter[tuple[str, str, bool]] = Counter()
    for row in rows:
        if arguments.part not in (None, row["part"]):
            continue
        form = standalone(row["question"], [Turn(question, "") for question in row["before"]])
        counts[row["part"], kind(row), right(row, form)] += 1
        if arguments.misses and not right(row, form):
            print(f"{row['id']} {row['before']} | {row['question']}\n    {form}\n    wants {row['want'] or row['holds']}, not {row['no']}")
    for part, what in sorted({key[:2] for key in counts}):
        good = counts[part, what, True]
        print(f"{part:8} {what:9} {good} of {good + counts[part, what, False]}")


if __name__ == "__main__":
    main()
