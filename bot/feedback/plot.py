"""The rates of 👎, of refusals and of answers that are only near by day, drawn."""

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

from bot.feedback.report import Day
from common.errors import UsageError


def draw(days: Sequence[Day], path: Path, title: str) -> None:
    """Write the picture; its kind is that of the file's name (.png, .svg, .pdf).

    Raises:
        UsageError: There is nothing to draw, matplotlib is not installed, or the file cannot be written.
    """
    if not days:
        raise UsageError("nothing was asked in this time: there is nothing to draw")
    try:  # a second, and a package that only this needs
        import matplotlib
    except ImportError as exc:
        raise UsageError("--plot needs matplotlib: pip install matplotlib") from exc
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    at = [datetime.combine(day.day, time()) for day in days]
    figure, (rates, counts) = plt.subplots(2, 1, figsize=(8, 5), sharex=True, height_ratios=(3, 1), layout="constrained")
    voted = [(when, day.bad / (day.good + day.bad)) for when, day in zip(at, days, strict=True) if day.good + day.bad]
    asked = [(when, day) for when, day in zip(at, days, strict=True) if day.answers]
    when = [moment for moment, _ in asked]
    rates.plot(when, [100 * day.refused / day.answers for _, day in asked], "o-", color="tab:gray", label="refusals, % of answers")
    rates.plot(when, [100 * day.near / day.answers for _, day in asked], "^-", color="tab:orange", label="only near, % of answers")
    rates.plot([when for when, _ in voted], [100 * rate for _, rate in voted], "s-", color="tab:red", label="not satisfied, % of votes")
    rates.set(ylim=(-3, 103), ylabel="%", title=title)
    rates.legend(loc="upper left", frameon=False)
    counts.bar(at, [day.answers for day in days], color="tab:blue", alpha=0.4, label="answers")
    counts.bar(at, [day.good + day.bad for day in days], color="tab:blue", width=0.4, label="votes")
    counts.set(ylabel="a day")
    counts.legend(loc="upper left", frameon=False)
    figure.autofmt_xdate()
    try:
        figure.savefig(path)
    except (OSError, ValueError) as exc:
        raise UsageError(f"{path} cannot be written ({exc}): name a .png, .svg or .pdf file in a folder that is there") from exc
    finally:
        plt.close(figure)
