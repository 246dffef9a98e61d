"""How far a figure may be off: 95% intervals over the questions it was measured on.

Shares have Wilson's score interval (Wilson 1927, by `scipy.stats.binomtest`), which holds near 0 and 1 and for few questions, unlike
the normal approximation. Means and medians have the percentile bootstrap (Efron 1979): questions are drawn again, whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_CONFIDENCE = 0.95
_RESAMPLES = 2000
_SEED = 0  # the same rows give the same interval


@dataclass(frozen=True)
class Interval:
    """A figure with its 95% interval and the number of questions behind it; of one question a mean has none."""

    value: float
    low: float | None
    high: float | None
    n: int

    def as_json(self) -> dict[str, Any]:
        """`value`, `low`, `high` (null where there is none), `n`."""
        low, high = (None if bound is None else round(bound, 3) for bound in (self.low, self.high))
        return {"value": round(self.value, 3), "low": low, "high": high, "n": self.n}

    @property
    def short(self) -> str:
        """In 13 characters at most: `0.71 .36-.92`."""
        if self.low is None or self.high is None:
            return f"{self.value:.2f}"
        low, high = (f"{bound:.2f}".removeprefix("0") for bound in (self.low, self.high))
        return f"{self.value:.2f} {low}-{high}"


def share(successes: int, n: int) -> Interval:
    """So many of n."""
    from scipy.stats import binomtest  # imported here: `lector --help` must not pay

    bounds = binomtest(successes, n).proportion_ci(_CONFIDENCE, method="wilson")
    return Interval(successes / n, float(bounds.low), float(bounds.high), n)


def mean(values: Sequence[float]) -> Interval:
    """One value a question."""
    return _bootstrapped(values, np.mean)


def median(values: Sequence[float]) -> Interval:
    """One value a question."""
    return _bootstrapped(values, np.median)


def _bootstrapped(values: Sequence[float], statistic: Any) -> Interval:
    measured, n = np.asarray(values, dtype=float), len(values)
    if n < 2:
        return Interval(float(measured[0]), None, None, n)
    drawn = measured[np.random.default_rng(_SEED).integers(n, size=(_RESAMPLES, n))]
    edge = (1 - _CONFIDENCE) / 2
    low, high = np.quantile(statistic(drawn, axis=1), [edge, 1 - edge])
    return Interval(float(statistic(measured)), float(low), float(high), n)
