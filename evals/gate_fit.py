"""Fits the gate's curve (rag/gate.py) again and prints what each threshold would refuse.

    python -m evals.gate_fit GOLD.jsonl [MORE_UNANSWERABLE.json ...] [--data-dir DIR]

GOLD has questions on papers with `answerable`; the other files are JSON objects of objects with a `question` that the
readings do not answer. Cross-validated in five parts, so that no question is judged by a curve that has seen it.
"""

import argparse
import asyncio
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from common.errors import LectorError
from common.settings import load_settings
from evals.questions import read_questions
from rag.compose import open_assistant
from rag.gate import features


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description="Fit the gate's curve.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("unanswerable", type=Path, nargs="*")
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    parser.add_argument("--data-dir", type=Path)
    arguments = parser.parse_args()
    questions = [
        (q.kind if not q.answerable else "answerable", q.question) for q in read_questions(arguments.gold) if q.reading != "syllabus"
    ]
    for path in arguments.unanswerable:
        questions += [(path.stem, entry["question"]) for entry in json.loads(path.read_text("utf-8")).values()]
    groups = np.array([group for group, _ in questions])
    found = asyncio.run(_features(arguments.config, arguments.data_dir, [text for _, text in questions]))
    _print(groups, found)


async def _features(config: Path, data_dir: Path | None, questions: list[str]) -> NDArray[np.float64]:
    rows = []
    with open_assistant(load_settings(config, data_dir=data_dir)) as parts:
        library = parts.assistant.library
        for question in questions:
            hits = [hit for hit in await library.search(question) if hit.reading.kind != "syllabus"]
            rows.append(await library.run(lambda view, q=question, h=hits: features(q, h, view.retriever.lexical.idf)))  # type: ignore[misc]
    return np.array(rows)


def _print(groups: NDArray[np.str_], found: NDArray[np.float64]) -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    answerable = groups == "answerable"
    model = LogisticRegression(class_weight="balanced")
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    chances = cross_val_predict(model, found, answerable, cv=folds, method="predict_proba")[:, 1]
    model.fit(found, answerable)
    console = Console()
    console.print(f"cosine {model.coef_[0][0]:.2f}, coverage {model.coef_[0][1]:.2f}, bias {model.intercept_[0]:.2f}; ")
    console.print(f"area under the curve {roc_auc_score(answerable, chances):.3f}, {answerable.sum()} answerable of {len(groups)}")
    table = Table("gate", *dict.fromkeys(groups), box=None, pad_edge=False)
    for gate in np.arange(0.25, 0.75, 0.05):
        table.add_row(f"{gate:.2f}", *(f"{(chances[groups == group] < gate).mean():.2f}" for group in dict.fromkeys(groups)))
    console.print("Refused at each gate:", table)


if __name__ == "__main__":
    try:
        main()
    except LectorError as exc:
        raise SystemExit(f"lector: {exc.user_message}") from exc
