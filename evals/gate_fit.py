"""Fits the gate's curve (rag/gate.py) again: prints the weights to put there, and what each threshold would refuse.

    python -m evals.gate_fit GOLD.jsonl [...] [--unseen GOLD.jsonl] [--unanswerable FILE.json] --data-dir DIR [--data-dir DIR ...]

A GOLD file has questions on readings with `answerable`; the file of unanswerable ones is a JSON object of objects with a
`question` that no reading here answers. Each question is asked in the index that holds its reading, once openly and once in
that reading's week; one without a reading in the first index, those of the JSON file in each. No question is judged by a
curve that has seen a question on the same reading; those of `--unseen` by curves that have seen none of their file.
"""

import argparse
import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from common.configuration import load_settings
from common.errors import LectorError
from common.settings import Settings
from evals.questions import read_questions
from ingest.catalog import SourceKind
from rag.compose import open_assistant
from rag.evidence import select
from rag.gate import Features, features
from rag.library import View
from rag.retrieval import Hit

_UNANSWERABLE_WEIGHT = 0.4  # of a question of the JSON file: there are many, and they are easy
_PARTS = 8  # in which questions without a reading are held out
_STRENGTH = 0.3  # inverse of the penalty on standardised weights


@dataclass(frozen=True)
class _Asked:
    """A question as it was asked, with what the gate saw."""

    group: str
    part: str
    answerable: bool
    weight: float
    in_week: bool
    row: tuple[float, ...]


@dataclass(frozen=True)
class _Question:
    group: str
    part: str
    text: str
    reading: str | None
    answerable: bool
    weight: float


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description="Fit the gate's curve.")
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--unseen", type=Path, action="append", default=[])
    parser.add_argument("--unanswerable", type=Path)
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    parser.add_argument("--data-dir", type=Path, action="append", required=True)
    arguments = parser.parse_args()
    questions = [*_questions(arguments.gold, arguments.unanswerable), *_on_readings(arguments.unseen, 0.0)]
    asked: list[_Asked] = []
    for n, folder in enumerate(arguments.data_dir):
        asked += asyncio.run(_ask(load_settings(arguments.config, data_dir=folder), questions, first=n == 0))
    _print(asked)


def _questions(gold: Sequence[Path], unanswerable: Path | None) -> Iterator[_Question]:
    yield from _on_readings(gold, 1.0)
    if unanswerable is not None:
        for n, entry in enumerate(json.loads(unanswerable.read_text("utf-8")).values()):
            yield _Question(unanswerable.stem, f"part {n % _PARTS}", entry["question"], None, False, _UNANSWERABLE_WEIGHT)


def _on_readings(files: Sequence[Path], weight: float) -> Iterator[_Question]:
    for path in files:
        for n, q in enumerate(read_questions(path)):
            if q.reading != SourceKind.SYLLABUS and q.kind != "offtopic":
                kind = "answerable" if q.answerable else q.kind
                yield _Question(f"{path.stem}: {kind}", q.reading or f"part {n % _PARTS}", q.question, q.reading, q.answerable, weight)


async def _ask(settings: Settings, questions: Sequence[_Question], *, first: bool) -> list[_Asked]:
    found = []
    with open_assistant(settings) as parts:
        library = parts.assistant.library
        readings = await library.run(lambda view: sorted({r.about or r.reading for r in view.retriever.snapshot.readings.values()}))
        weeks = [reading for reading in readings if any(q.reading == reading for q in questions)]
        for n, question in enumerate(questions):
            anywhere = question.reading is None and (first or question.weight < 1)
            if not anywhere and question.reading not in readings:
                continue
            for week in (None, question.reading or weeks[n % len(weeks)]):
                hits = await library.search(question.text, reading=week)
                row = await library.run(lambda view, q=question.text, h=hits, w=week: _row(q, h, view, w))  # type: ignore[misc]
                if row is not None:
                    found.append(_Asked(question.group, question.part, question.answerable, question.weight, week is not None, row))
    return found


def _row(question: str, hits: Sequence[Hit], view: View, week: str | None) -> tuple[float, ...] | None:
    readings = [hit for hit in hits if hit.reading.kind != SourceKind.SYLLABUS]
    retriever = view.retriever
    evidence = select(question, readings, retriever.lexical.idf)
    if not evidence:
        return None
    placed = week is not None or bool(retriever.named(question))
    return features(question, readings, evidence, retriever.lexical.idf, retriever.opening, placed=placed).row()


def _print(asked: Sequence[_Asked]) -> None:
    from sklearn.metrics import roc_auc_score

    rows = np.array([a.row for a in asked])
    answerable = np.array([a.answerable for a in asked])
    weights = np.array([a.weight for a in asked])
    weights[answerable] *= weights[~answerable].sum() / weights[answerable].sum()
    part, group, in_week = (np.array([getattr(a, name) for a in asked]) for name in ("part", "group", "in_week"))
    chances = np.empty(len(asked))
    for name in dict.fromkeys(part):
        held = part == name
        values, bias = _fitted(rows[~held], answerable[~held], weights[~held])
        chances[held] = 1 / (1 + np.exp(-(rows[held] @ values + bias)))
    values, bias = _fitted(rows, answerable, weights)
    console = Console(width=160)
    shown = ", ".join(f"{field.name}={value:.2f}" for field, value in zip(fields(Features), values, strict=True))
    console.print(f"WEIGHTS = Features({shown})\nBIAS = {bias:.2f}")
    for label, where in (("open", ~in_week), ("in week", in_week)):
        area = roc_auc_score(answerable[where], chances[where], sample_weight=weights[where])
        console.print(
            f"\n{label}: area under the curve {area:.3f}, {answerable[where].sum()} answerable of {where.sum()}. Refused, held out:"
        )
        table = Table("gate", *dict.fromkeys(group), box=None, pad_edge=False)
        for gate in np.arange(0.2, 0.65, 0.05):
            table.add_row(f"{gate:.2f}", *(f"{(chances[where & (group == name)] < gate).mean():.2f}" for name in dict.fromkeys(group)))
        console.print(table)


def _fitted(rows: NDArray[np.float64], answerable: NDArray[np.bool_], weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Weights for the features as they are, and the bias."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-9)
    model = LogisticRegression(C=_STRENGTH).fit((rows - mean) / spread, answerable, sample_weight=weights)
    values = model.coef_[0] / spread
    return values, float(model.intercept_[0] - values @ mean)


if __name__ == "__main__":
    try:
        main()
    except LectorError as exc:
        raise SystemExit(f"lector: {exc.user_message}") from exc
