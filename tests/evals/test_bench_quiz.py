from pathlib import Path

from common.settings import Storage
from evals.bench_quiz import Measured, measure


def test_a_small_class_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    found = measure("sqlite", Storage(dir=tmp_path), students=12, items=3)
    assert (found.clicks, found.lost, found.doubled) == (3 * 14, 0, 0)
    assert 0 < found.p50_ms <= found.p95_ms <= found.most_ms


def test_a_lost_answer_or_a_slow_click_does_not_hold() -> None:
    good = Measured("sqlite", 10, 1.0, 499.0, 600.0, 1.0, 1.0, 0, 0)
    assert good.holds
    assert not Measured("sqlite", 10, 1.0, 500.0, 600.0, 1.0, 1.0, 0, 0).holds
    assert not Measured("sqlite", 10, 1.0, 2.0, 3.0, 1.0, 1.0, 1, 0).holds
    assert not Measured("sqlite", 10, 1.0, 2.0, 3.0, 1.0, 1.0, 0, 1).holds
