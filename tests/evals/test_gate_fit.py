"""Fitting the gate's curve."""

import numpy as np
import pytest

from evals.gate_fit import _fitted
from evals.questions import read_questions
from tests.conftest import ROOT


def test_the_fit_finds_the_feature_that_matters_in_its_own_unit() -> None:
    chance = np.random.default_rng(0)
    rows = np.column_stack([chance.normal(50, 10, 400), chance.normal(0, 1, 400)])
    values, bias = _fitted(rows, rows[:, 0] > 50, np.ones(400))
    assert values[0] > 0
    assert abs(values[1]) < 10 * values[0]  # the other one, whose spread is a tenth
    assert abs(50 * values[0] + bias) < 0.5  # the curve crosses a half where the answers change


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("gate_questions", {"unanswerable", "false_premise"}),
        ("gate_questions_more", {"unanswerable", "false_premise"}),
        ("gate_questions_short", {"unanswerable"}),
    ],
)
def test_the_questions_are_a_set_of_both_sorts(name: str, refused: set[str]) -> None:
    questions = read_questions(ROOT / "evals" / f"{name}.jsonl")
    assert len({q.id for q in questions}) == len({q.question for q in questions}) == len(questions)
    assert {q.kind for q in questions} == {"fact", *refused}
    assert all(q.answerable == (q.kind == "fact") and q.reading for q in questions)
