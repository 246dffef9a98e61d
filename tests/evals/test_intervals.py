import numpy as np
import pytest

from evals.intervals import mean, median, share


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962), (1, 1, 0.2065, 1.0)],
)
def test_shares_have_wilsons_interval(successes: int, n: int, low: float, high: float) -> None:
    interval = share(successes, n)
    assert (interval.value, interval.n) == (successes / n, n)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


def test_the_bootstrap_of_a_mean_is_as_wide_as_the_normal_one_where_that_holds() -> None:
    values = np.random.default_rng(1).normal(5.0, 2.0, 400).tolist()
    interval = mean(values)
    half = 1.96 * np.std(values) / np.sqrt(400)
    assert interval.value == pytest.approx(np.mean(values))
    assert interval.low == pytest.approx(np.mean(values) - half, abs=0.02)
    assert interval.high == pytest.approx(np.mean(values) + half, abs=0.02)
    assert mean(values) == interval


def test_the_bootstrap_of_a_median_stays_among_the_values() -> None:
    interval = median([1.0, 1.1, 1.2, 1.3, 90.0])
    assert interval.value == 1.2
    assert interval.low is not None
    assert 1.0 <= interval.low <= 1.1
    assert interval.high == 90.0


def test_one_question_has_no_spread_to_draw_from() -> None:
    assert mean([0.4]).as_json() == {"value": 0.4, "low": None, "high": None, "n": 1}
    assert mean([0.4]).short == "0.40"


def test_shown_short() -> None:
    assert share(5, 7).short == "0.71 .36-.92"
    assert share(7, 7).short == "1.00 .65-1.00"
