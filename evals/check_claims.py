"""How often `lector check` is right on sentences written for it: false ones flagged, true ones left alone, sections left out noticed.

    python -m evals.check_claims [PAIRS.jsonl] [--sections SECTIONS.jsonl] --data-dir DIR [--wrong]

A pair is a sentence on a reading with whether the reading bears it out, what is wrong with it, and whether its reading was
held out when the rules and thresholds were chosen. The true sentences of a reading are a draft, of which SECTIONS says what
main sections it covers and leaves out. DIR holds an index of the readings; --wrong lists what was judged wrong.
"""

import argparse
import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from common.configuration import load_settings
from common.errors import LectorError, UsageError
from rag.compose import open_assistant
from rag.drafts import DraftCheck, check_draft
from rag.library import Library

_HERE = Path(__file__).parent
Row = TypeVar("Row", bound=BaseModel)


class _Pair(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    reading: str
    text: str
    true: bool
    kind: str
    held_out: bool


class _Sections(BaseModel):
    """Main sections by their numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reading: str
    covered: tuple[str, ...]
    left_out: tuple[str, ...]
    held_out: bool


@dataclass(frozen=True)
class _Outcome:
    pair: _Pair
    flagged: bool
    said: str


def main() -> None:
    """Check and print."""
    parser = argparse.ArgumentParser(description="Score `lector check`.")
    parser.add_argument("pairs", type=Path, nargs="?", default=_HERE / "check_pairs.jsonl")
    parser.add_argument("--sections", type=Path, default=_HERE / "check_sections.jsonl")
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--wrong", action="store_true", help="list what was judged wrong")
    arguments = parser.parse_args()
    pairs, sections = list(_read(arguments.pairs, _Pair)), list(_read(arguments.sections, _Sections))
    with open_assistant(load_settings(arguments.config, data_dir=arguments.data_dir)) as parts:
        outcomes, drafts = asyncio.run(_run(parts.assistant.library, pairs))
    console = Console(width=140)
    for held_out in (False, True):
        console.print("\nHeld out:" if held_out else "Chosen on:")
        _print_claims(console, [o for o in outcomes if o.pair.held_out == held_out])
        _print_sections(console, [s for s in sections if s.held_out == held_out], drafts)
    if arguments.wrong:
        for outcome in outcomes:
            if outcome.flagged == outcome.pair.true:
                console.print(escape(f"{outcome.pair.id} {outcome.pair.kind}: {outcome.said}: {outcome.pair.text}"))


def _read(path: Path, kind: type[Row]) -> Iterator[Row]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as exc:
        raise UsageError(f"{path}: cannot be read ({exc.strerror}): give a file with one JSON object a line") from exc
    for number, line in enumerate(lines, start=1):
        try:
            yield kind.model_validate(json.loads(line))
        except (ValueError, ValidationError) as exc:
            raise UsageError(f"{path}, line {number}: not a row: each needs {', '.join(kind.model_fields)}") from exc


async def _run(library: Library, pairs: Sequence[_Pair]) -> tuple[list[_Outcome], dict[str, DraftCheck]]:
    outcomes: list[_Outcome] = []
    drafts: dict[str, DraftCheck] = {}
    for reading in dict.fromkeys(pair.reading for pair in pairs):
        rows = [pair for pair in pairs if pair.reading == reading]
        texts, true = [row.text for row in rows], [row.text for row in rows if row.true]
        check = await check_draft(library, texts, reading)
        outcomes += [
            _Outcome(row, judged.verdict.is_fault, f"{judged.verdict}, {judged.why}")
            for row, judged in zip(rows, check.judged, strict=True)
        ]
        drafts[reading] = await check_draft(library, true)
    return outcomes, drafts


def precision_recall(outcomes: Sequence[tuple[bool, bool]]) -> tuple[float, float]:
    """Of pairs (flagged, true): the share of what is flagged that is false, and of what is false that is flagged; 1 of nothing."""
    right = sum(flagged and not true for flagged, true in outcomes)
    flagged, false = sum(flagged for flagged, _ in outcomes), sum(not true for _, true in outcomes)
    return right / flagged if flagged else 1.0, right / false if false else 1.0


def _print_claims(console: Console, outcomes: Sequence[_Outcome]) -> None:
    table = Table("sentences", "true", "flagged", "of", box=None, pad_edge=False)
    for true, kind in sorted({(o.pair.true, o.pair.kind) for o in outcomes}, reverse=True):
        rows = [o for o in outcomes if (o.pair.true, o.pair.kind) == (true, kind)]
        table.add_row(kind, "yes" if true else "no", str(sum(o.flagged for o in rows)), str(len(rows)))
    console.print(table)
    precision, recall = precision_recall([(o.flagged, o.pair.true) for o in outcomes])
    console.print(f"flagged: precision {precision:.2f}, recall {recall:.2f} ({len(outcomes)} sentences)")


def _print_sections(console: Console, sections: Sequence[_Sections], drafts: dict[str, DraftCheck]) -> None:
    said = {s.reading: [name.split()[0].rstrip(".") for name in drafts[s.reading].missing_sections] for s in sections}
    noticed = sum(number in said[s.reading] for s in sections for number in s.left_out)
    wrongly = sum(number in said[s.reading] for s in sections for number in s.covered)
    found = sum(drafts[s.reading].reading.reading == s.reading for s in sections)
    left_out, covered = sum(len(s.left_out) for s in sections), sum(len(s.covered) for s in sections)
    console.print(f"sections left out: {noticed} of {left_out} noticed; {wrongly} of {covered} that are covered named by mistake")
    console.print(f"drafts whose reading was found: {found} of {len(sections)}")


if __name__ == "__main__":
    try:
        main()
    except LectorError as exc:
        raise SystemExit(f"lector: {exc.user_message}") from exc
