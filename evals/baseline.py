"""The gate in CI: the figures of now against the last accepted ones.

Both runs ask the same questions, so they are compared question by question: of those whose outcome changed, as many would get better
as worse if nothing but chance were at work (the sign test, which is McNemar's exact test for shares). A figure fails when it is worse
and the two-sided test gives that less than one in twenty. Only shares are held; means and times are shown by `lector eval` itself.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from rich.table import Table

from common.errors import ConfigError, UsageError
from common.files import write_whole
from evals.metrics import Figure, Summary

_SIGNIFICANCE = 0.05
_LOWER_IS_BETTER = {"refused_of_answerable"}


class Recorded(BaseModel):
    """A share as it was accepted, with the questions that it was made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    low: float
    high: float
    n: int
    yes: tuple[str, ...]
    no: tuple[str, ...]


class Baseline(BaseModel):
    """The last accepted figures. `questions_sha256` is of the question set's file: other questions have another baseline."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: str
    command: str
    in_week: bool
    questions: int
    questions_sha256: str
    figures: dict[str, Recorded]


@dataclass(frozen=True)
class Held:
    """A figure held against its baseline, both over the questions that gave it a value both times.

    Attributes:
        now: None where no question gives it a value any more: that fails too.
        allowed: The worst value that still passes with as many questions won as now; None where so few questions can't fail.
        worse: Ids of the questions whose outcome got worse.
        better: And of those that got better.
    """

    name: str
    n: int
    before: float
    now: float | None
    allowed: float | None
    worse: tuple[str, ...]
    better: tuple[str, ...]
    passed: bool

    def as_json(self) -> dict[str, Any]:
        """As in `lector eval --json`."""
        before, now, allowed = (None if x is None else round(x, 3) for x in (self.before, self.now, self.allowed))
        return {
            "figure": self.name, "n": self.n, "baseline": before, "now": now, "allowed": allowed, "passed": self.passed,
            "worse": list(self.worse), "better": list(self.better),
        }  # fmt: skip


def record(figures: Mapping[str, Figure], *, questions: Path, count: int, in_week: bool, command: str) -> Baseline:
    """The shares of today as a baseline."""
    recorded = {}
    for name, figure in figures.items():
        interval = figure.interval()
        if figure.summary is not Summary.SHARE or interval is None:
            continue
        yes, no = (tuple(id_ for id_, value in figure.values.items() if bool(value) is wanted) for wanted in (True, False))
        recorded[name] = Recorded(**interval.as_json(), yes=yes, no=no)
    return Baseline(
        date=date.today().isoformat(),
        command=command,
        in_week=in_week,
        questions=count,
        questions_sha256=_sha256(questions),
        figures=recorded,
    )


def read_baseline(path: Path, questions: Path, *, in_week: bool) -> Baseline:
    """The baseline of these questions.

    Raises:
        UsageError: It is not there, or of other questions, or of another way of asking: accept a new one.
        ConfigError: It is no baseline.
    """
    try:
        found = Baseline.model_validate_json(path.read_text("utf-8"))
    except FileNotFoundError as exc:
        raise UsageError(f"no baseline at {path}: write one with --accept") from exc
    except OSError as exc:
        raise UsageError(f"{path}: cannot be read ({exc.strerror}): give a file that --accept has written") from exc
    except (ValidationError, UnicodeDecodeError) as exc:
        raise ConfigError(f"{path} is no baseline: write a new one with --accept") from exc
    if found.questions_sha256 != _sha256(questions):
        raise UsageError(f"{path} was accepted for other questions than {questions} holds: look at the figures, then --accept")
    if found.in_week is not in_week:
        raise UsageError(f"{path} was accepted {'with' if found.in_week else 'without'} --in-week: ask in the same way, or --accept")
    return found


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Each figure on a line, so that a diff shows which moved.

    Raises:
        UsageError: The file cannot be written.
    """
    content = baseline.model_dump()
    figures = ",\n".join(f"  {json.dumps(name)}: {json.dumps(figure)}" for name, figure in content.pop("figures").items())
    head = "".join(f" {json.dumps(key)}: {json.dumps(value)},\n" for key, value in content.items())
    try:
        write_whole(path, f'{{\n{head} "figures": {{\n{figures}\n }}\n}}\n'.encode())
    except OSError as exc:
        raise UsageError(f"cannot write {path}: {exc.strerror}: choose another place") from exc


def compare(baseline: Baseline, figures: Mapping[str, Figure]) -> list[Held]:
    """Each figure of the baseline against now."""
    return [_held(name, recorded, figures.get(name)) for name, recorded in baseline.figures.items()]


def _held(name: str, recorded: Recorded, figure: Figure | None) -> Held:
    before = dict.fromkeys(recorded.yes, True) | dict.fromkeys(recorded.no, False)
    now = {} if figure is None else {id_: bool(value) for id_, value in figure.values.items() if id_ in before}
    if not now:
        return Held(name, 0, recorded.value, None, None, (), (), passed=False)
    good = name not in _LOWER_IS_BETTER
    worse = tuple(id_ for id_ in now if before[id_] is good and now[id_] is not good)
    better = tuple(id_ for id_ in now if before[id_] is not good and now[id_] is good)
    n, was = len(now), sum(before[id_] for id_ in now)
    spare = max(lost for lost in range(n + 1) if not _is_fall(lost, len(better)))
    step = (len(better) - spare) * (1 if good else -1)
    can_fail = spare < sum(before[id_] is good for id_ in now)
    return Held(
        name=name,
        n=n,
        before=was / n,
        now=sum(now.values()) / n,
        allowed=(was + step) / n if can_fail else None,
        worse=worse,
        better=better,
        passed=not _is_fall(len(worse), len(better)),
    )


def _is_fall(worse: int, better: int) -> bool:
    """Are so many more worse than better, that chance is an unlikely reason?"""
    from scipy.stats import binomtest  # imported here: `lector --help` must not pay

    return worse > better and bool(binomtest(worse, worse + better, 0.5).pvalue < _SIGNIFICANCE)


def held_table(held: list[Held]) -> Table:
    """Figure, baseline, now, allowed; "any" where so few questions cannot show a fall."""
    shown = Table("figure", "questions", "baseline", "now", "allowed", "", box=None, pad_edge=False)
    for row in held:
        now = "gone" if row.now is None else f"{row.now:.3f}"
        allowed = "" if row.now is None else "any" if row.allowed is None else f"{row.allowed:.3f}"
        shown.add_row(row.name, str(row.n), f"{row.before:.3f}", now, allowed, "" if row.passed else "FELL")
    return shown


def moved(held: list[Held]) -> list[str]:
    """A line for each figure some of whose questions changed, for an average hides what is new among its failures."""
    return [
        f"{row.name}: " + ", ".join([*(f"{id_} worse" for id_ in row.worse), *(f"{id_} better" for id_ in row.better)])
        for row in held
        if row.worse or row.better
    ]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
