"""How the figures are shown: a table with 95% intervals, tables by kind and by reading, and the object of `lector eval --json`."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table

from evals.grouping import Grouping, groups
from evals.metrics import Figure
from evals.questions import Question

_COLUMNS = {  # of the tables by group: the figures that a column shows, the first that the group has
    "evidence@5": ("evidence@5",),
    "cites the place": ("a_citation_on_the_gold_page",),
    "refused": ("refused_of_answerable", "refused_of_unanswerable"),
    "good": ("good",),
}


def as_json(questions: Sequence[Question], figures: Mapping[str, Figure]) -> dict[str, Any]:
    """`questions`, each figure's value, and its interval under `intervals`, `by_kind` and `by_reading`."""
    whole = {name: interval for name, figure in figures.items() if (interval := figure.interval()) is not None}
    result: dict[str, Any] = {"questions": len(questions)} | {name: round(i.value, 3) for name, i in whole.items()}
    result["intervals"] = {name: interval.as_json() for name, interval in whole.items()}
    for by in Grouping:
        result[f"by_{by}"] = {
            group: {"questions": len(ids)}
            | {name: i.as_json() for name, figure in figures.items() if (i := figure.interval(ids)) is not None}
            for group, ids in groups(questions, by).items()
        }
    return result


def table(figures: Mapping[str, Figure]) -> Table:
    """All figures, each with its interval and the number of questions behind it."""
    shown = Table("figure", "value", "95% interval", "questions", box=None, pad_edge=False)
    for name, figure in figures.items():
        interval = figure.interval()
        if interval is None:
            continue
        known = interval.low is not None and interval.high is not None
        shown.add_row(name, f"{interval.value:.3f}", f"{interval.low:.3f} to {interval.high:.3f}" if known else "", str(interval.n))
    return shown


def breakdown(questions: Sequence[Question], figures: Mapping[str, Figure], by: Grouping) -> Table:
    """The main shares of each group, with their intervals."""
    shown = Table(box=None, pad_edge=False)
    shown.add_column(by.value, overflow="fold")
    for column in ("n", *_COLUMNS):
        shown.add_column(column, no_wrap=True)
    for group, ids in groups(questions, by).items():
        cells = []
        for names in _COLUMNS.values():
            intervals = (figures[name].interval(ids) for name in names if name in figures)
            cells.append(next((i.short for i in intervals if i is not None), ""))
        shown.add_row(group, str(len(ids)), *cells)
    return shown


def judge_table(judged: Mapping[str, Any]) -> Table:
    """What the judge said of the answers and, below, of pairs whose better one is known; `judged` is the object `judge` of the JSON."""
    shown = Table(f"judge: {judged['model']}", "value", "95% interval", "pairs", box=None, pad_edge=False)
    for part in ("answers", "llmbar"):
        for name, interval in judged[part].items():
            if isinstance(interval, dict):
                known = interval["low"] is not None
                bounds = f"{interval['low']:.3f} to {interval['high']:.3f}" if known else ""
                shown.add_row(f"{part}: {name}", f"{interval['value']:.3f}", bounds, str(interval["n"]))
    return shown
