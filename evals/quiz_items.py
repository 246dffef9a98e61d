"""How many drafted quiz items a careful reader accepted: `python -m evals.quiz_items [SHEET.jsonl]`.

The sheet has a line an item: its id, the set (`dev`: the development papers; `other`: more; `handout`: those of this repository), its
reading and kind, four answers (is there one right key, does the evidence support it, are the distractors wrong but plausible, is it worth
asking), who read it (`maker` or another, `second` to `thirty-eighth`) and the seed of the draft; of a refused one why, of the third reader
on by the question it fails. No text of a paper is in it.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from evals.intervals import share

QUESTIONS = ("key", "evidence", "distractors", "worth")
SHEET = Path(__file__).with_name("quiz_items.jsonl")

Label = Mapping[str, object]


def read_sheet(path: Path) -> list[Label]:
    """The labels of a sheet, in order."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def is_accepted(label: Label) -> bool:
    """Are all four answers yes?"""
    return all(label[question] is True for question in QUESTIONS)


def table(labels: Iterable[Label]) -> Iterator[tuple[str, str, int, int]]:
    """(round, kind, accepted, items), for each kind and then for all of a round: a set as one reader read it, drafted with one seed."""
    groups: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for label in labels:
        for kind in (f"{label['kind']}: {label['asks']}", "all"):
            groups[f"{label['set']} {label['reader']} {label['seed']}", kind].append(is_accepted(label))
    for (part, kind), accepted in sorted(groups.items(), key=lambda entry: (entry[0][0], entry[0][1] == "all", entry[0][1])):
        yield part, kind, sum(accepted), len(accepted)


def main() -> None:
    """Print the table."""
    for part, kind, accepted, count in table(read_sheet(Path(sys.argv[1]) if len(sys.argv) > 1 else SHEET)):
        interval = share(accepted, count)
        print(f"{part:17} {kind:22} {accepted:4} of {count:4}  {interval.value:.2f} [{interval.low:.2f}, {interval.high:.2f}]")


if __name__ == "__main__":
    main()
