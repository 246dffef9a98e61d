"""One picture of a quiz: how the scores are spread, and how each item did. It names nobody."""

import io
from typing import TYPE_CHECKING

from quiz.results.book import Results

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PLAIN, _FLAGGED, _QUIET = "#3b6ea5", "#c2542d", "#5f6b76"
_WIDTH, _LEAST, _A_BAR = 10.0, 4.2, 0.3  # inches: of the picture; its least height; of a bar
_DPI = 150
_MOST_BARS = 60


def draw(results: Results) -> bytes:
    """A PNG. Takes part of a second: draw it in a thread (`asyncio.to_thread`), never on an event loop."""
    # Imported here: matplotlib takes a second. Figure and canvas of our own: pyplot keeps figures of all threads in one list.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    height = max(_LEAST, 1.2 + _A_BAR * min(len(results.items), _MOST_BARS))
    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    canvas = FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2, width_ratios=(1, 1.15))
    _scores(left, results)
    _items(right, results)
    out = io.BytesIO()
    canvas.print_figure(out, format="png", dpi=_DPI)
    return out.getvalue()


def _scores(axes: "Axes", results: Results) -> None:
    from matplotlib.ticker import MaxNLocator  # see `draw`

    scores = [student.percent for student in results.students]
    # A score of exactly 70 is not over 70: it stands left of that line, so each bar includes its right end.
    axes.hist(scores, bins=[0.0, *(10 * n + 1e-6 for n in range(1, 11))], color=_PLAIN, edgecolor="white", linewidth=1)
    axes.axvline(results.pass_percent, color=_FLAGGED, linestyle="--", linewidth=1.2)
    passed = sum(student.passed for student in results.students)
    mean = "" if results.mean is None else f", mean {results.mean:.0f}%"
    axes.set_title(f"{len(scores)} students{mean}\n{passed} over {results.pass_percent:g}%", fontsize=11, loc="left")
    axes.set_xlabel("score in percent")
    axes.set_ylabel("students")
    axes.set_xlim(0, 100)
    axes.set_ylim(0, max(1.0, axes.get_ylim()[1] * 1.05))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)


def _items(axes: "Axes", results: Results) -> None:
    shown = results.items[:_MOST_BARS]
    rows = list(range(1, len(shown) + 1))
    won = [0.0 if f.difficulty is None else 100 * (1 - f.difficulty) for f in shown]
    axes.barh(rows, won, color=[_FLAGGED if f.flags else _PLAIN for f in shown], height=0.72)
    for row, width, figures in zip(rows, won, shown, strict=True):
        told = "" if figures.discrimination is None else f"  r {figures.discrimination:+.2f}".replace("-", "−")
        label = "no answers" if figures.difficulty is None else f"{width:.0f}%{told}"
        axes.text(width + 1, row, label, va="center", fontsize=8.5, color=_FLAGGED if figures.flags else _QUIET)
    axes.set_title("share of each item's points that was won\nr: discrimination; orange: look at it", fontsize=11, loc="left")
    axes.set_yticks(rows, [f"item {n}" for n in rows], fontsize=9)
    axes.set_ylim(len(shown) + 0.7, 0.3)
    axes.set_xlim(0, 128)
    axes.set_xticks([0, 25, 50, 75, 100])
    axes.set_xlabel("percent")
    axes.spines[["top", "right"]].set_visible(False)
