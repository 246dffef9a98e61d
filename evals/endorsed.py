"""How often an endorsed answer is found for those who ask the same, and for those who ask something else, on pairs written for it.

    python -m evals.endorsed [PAIRS.jsonl] [--misses]

A pair is an endorsed question, one that is asked, whether they ask the same, how they differ, and whether the pair was held
out when the rules and the threshold were chosen. Each asked question is also held against the endorsed questions of all other pairs.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from common.configuration import load_settings
from ingest.embeddings import Embedder
from rag.endorsed.same import content, difference

PAIRS = Path(__file__).with_name("endorsed_pairs.jsonl")


@dataclass(frozen=True)
class Pair:
    """Two questions, and what was found of them."""

    id: str
    endorsed: str
    asked: str
    same: bool
    kind: str
    held_out: bool
    cosine: float
    apart: str | None


@dataclass(frozen=True)
class Taken:
    """How many pairs were taken for the same, of those that are and of those that are not."""

    same: int
    of_same: int
    other: int
    of_other: int


def taken(pairs: Sequence[Pair], least: float, *, rules: bool = True) -> Taken:
    """Count.

    Args:
        least: Cosine.
        rules: Whether the words must agree too.
    """
    found = [pair for pair in pairs if pair.cosine >= least and not (rules and pair.apart)]
    same = sum(pair.same for pair in pairs)
    return Taken(sum(pair.same for pair in found), same, sum(not pair.same for pair in found), len(pairs) - same)


def strictest(pairs: Sequence[Pair]) -> float:
    """The least cosine at which, by it alone, no pair is taken that is not the same."""
    return max((pair.cosine for pair in pairs if not pair.same), default=0.0) + 1e-6


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description="How well endorsed answers are found.")
    parser.add_argument("pairs", type=Path, nargs="?", default=PAIRS)
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    arguments = parser.parse_args()
    settings = load_settings(arguments.config)
    least, embedder = settings.answering.same_question, Embedder(settings.embeddings)
    pairs = _read(arguments.pairs, embedder)
    console = Console(width=140)
    alone = strictest([pair for pair in pairs if not pair.held_out])
    table = Table("pairs", "by", "same taken", "of", "other taken", "of", box=None, pad_edge=False)
    for held_out in (False, True):
        some = [pair for pair in pairs if pair.held_out == held_out]
        rows = ((f"cosine {alone:.3f} alone", alone, False), ("the words alone", -1.0, True), (f"both, cosine {least:g}", least, True))
        for name, at, rules in rows:
            count = taken(some, at, rules=rules)
            table.add_row(
                "held out" if held_out else "chosen on", name, *map(str, (count.same, count.of_same, count.other, count.of_other))
            )
    console.print(table)
    wrong, compared = _crossed(pairs, embedder, least)
    console.print(f"Against the endorsed questions of other pairs: {len(wrong)} taken of {compared}")
    for one, other in wrong:
        console.print(escape(f"    {one} | {other}"))
    for pair in pairs if arguments.misses else ():
        found = pair.cosine >= least and pair.apart is None
        if found != pair.same:
            console.print(escape(f"{pair.id} {pair.cosine:.2f} {pair.apart or 'the same'}: {pair.endorsed} | {pair.asked}"))


def _read(path: Path, embedder: Embedder) -> list[Pair]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    ours, theirs = embedder.embed([row["endorsed"] for row in rows]), embedder.embed([row["asked"] for row in rows])
    cosines = (ours * theirs).sum(axis=1)
    return [Pair(**row, cosine=float(c), apart=difference(row["endorsed"], row["asked"])) for row, c in zip(rows, cosines, strict=True)]


def _crossed(pairs: Sequence[Pair], embedder: Embedder, least: float) -> tuple[list[tuple[str, str]], int]:
    """Asked questions taken for endorsed ones that they were not written for, and how many were compared."""
    endorsed = sorted({pair.endorsed for pair in pairs})
    asked = sorted({(pair.asked, pair.endorsed) for pair in pairs})
    near = embedder.embed([question for question, _ in asked]) @ embedder.embed(endorsed).T
    wrong = [
        (question, other)
        for n, (question, own) in enumerate(asked)
        for m, other in enumerate(endorsed)
        if other != own and near[n, m] >= least and content(question) and difference(other, question) is None
    ]
    return wrong, len(asked) * (len(endorsed) - 1)


if __name__ == "__main__":
    main()
