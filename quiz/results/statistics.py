"""Figures on items, by classical test theory, and which items they speak against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from common.settings_bot import Quiz as Thresholds
from quiz.grading.closed import Given
from quiz.items import Item, Kind

_FEWEST = 3  # students: of fewer no correlation is told


@dataclass(frozen=True)
class Answer:
    """One student's answer to one item.

    Attributes:
        credit: 0 to 1; None while it has no grade.
        seconds: How long it took; None where that is not known.
    """

    given: Given
    credit: float | None
    seconds: float | None


@dataclass(frozen=True)
class ItemFigures:
    """What the answers say of an item.

    Attributes:
        answers: How many students had it in a finished attempt; no answer is one without credit.
        difficulty: Share of the credit that was missed, 0 to 1; None before anyone had it.
        discrimination: Correlation of its credit with the score on the other items (point-biserial where credits are 0 and 1), -1 to 1;
            None where one of them does not vary.
        chosen: How often each option was chosen, in the item's own order; empty for items without options.
        seconds: Median time to answer; None where none is known.
        flags: Why the item should be looked at; empty where nothing speaks against it.
    """

    item: Item
    answers: int
    difficulty: float | None
    discrimination: float | None
    chosen: tuple[int, ...]
    seconds: float | None
    flags: tuple[str, ...]


def item_figures(items: Sequence[Item], students: Sequence[Mapping[str, Answer]], thresholds: Thresholds) -> list[ItemFigures]:
    """The figures of each item.

    Args:
        students: Of each student one attempt: the answers by the item's id. Repeated attempts would count the same student twice, and know
            the items already: take the first.
    """
    credits = np.array([[_credit(student.get(item.id)) for item in items] for student in students], dtype=np.float64)
    return [
        _figures(item, [student.get(item.id) for student in students], credits[:, n] if len(students) else None,
                 np.delete(credits, n, axis=1).sum(axis=1) if len(students) else None, thresholds)
        for n, item in enumerate(items)
    ]  # fmt: skip


def discrimination(
    credit: "np.ndarray[tuple[int], np.dtype[np.float64]]", rest: "np.ndarray[tuple[int], np.dtype[np.float64]]"
) -> float | None:
    """Pearson's correlation of an item's credits with the scores on the other items; None where one does not vary.

    Args:
        credit: Shape (students,).
        rest: Shape (students,): the item itself must not be part of it, else it correlates with itself.
    """
    if len(credit) < _FEWEST or np.ptp(credit) == 0 or np.ptp(rest) == 0:
        return None
    return float(np.corrcoef(credit, rest)[0, 1])


def _figures(
    item: Item,
    answers: Sequence[Answer | None],
    credit: "np.ndarray[tuple[int], np.dtype[np.float64]] | None",
    rest: "np.ndarray[tuple[int], np.dtype[np.float64]] | None",
    thresholds: Thresholds,
) -> ItemFigures:
    difficulty = None if credit is None else float(1 - credit.mean())
    found = None if credit is None or rest is None else discrimination(credit, rest)
    times = [a.seconds for a in answers if a is not None and a.seconds is not None]
    chosen = _chosen(item, answers)
    flags = _flags(item, len(answers), difficulty, found, chosen, thresholds)
    return ItemFigures(item, len(answers), difficulty, found, chosen, median(times) if times else None, tuple(flags))


def _chosen(item: Item, answers: Sequence[Answer | None]) -> tuple[int, ...]:
    if item.kind is Kind.TRUE_FALSE:
        return tuple(sum(a is not None and a.given is truth for a in answers) for truth in (True, False))
    return tuple(sum(a is not None and a.given == n for a in answers) for n in range(len(item.options)))


def _flags(
    item: Item, answers: int, difficulty: float | None, found: float | None, chosen: Sequence[int], thresholds: Thresholds
) -> list[str]:
    """Reasons against an item; none before enough students have had it."""
    if answers < thresholds.flag_answers or difficulty is None:
        return []
    flags = []
    right = f"{100 * (1 - difficulty):.0f}% of the points"
    if difficulty > thresholds.flag_harder:
        flags.append(f"too hard: {right} were won; is the key right?")
    if difficulty < thresholds.flag_easier:
        flags.append(f"too easy: {right} were won, so it tells nobody apart")
    if found is not None and found < 0:
        flags.append(f"those who do better elsewhere do worse here (discrimination {found:.2f}); is the key right?")
    elif found is not None and found < thresholds.flag_discrimination:
        flags.append(f"it hardly tells those who know from those who do not (discrimination {found:.2f})")
    if item.kind is Kind.CHOICE:
        key = int(item.key)
        more = [item.options[n] for n, count in enumerate(chosen) if n != key and count > chosen[key]]
        flags += [f"{option!r} was chosen more often than the key" for option in more]
        idle = [item.options[n] for n, count in enumerate(chosen) if n != key and not count]
        if len(idle) > 1:
            flags.append(f"nobody chose {', '.join(map(repr, idle))}: they mislead nobody")
    return flags


def _credit(answer: Answer | None) -> float:
    return 0.0 if answer is None or answer.credit is None else answer.credit
