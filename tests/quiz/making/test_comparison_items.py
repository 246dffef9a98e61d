"""Which row of a table is ahead: what is asked, and what is not."""

import random
from dataclasses import replace
from itertools import starmap

import pytest

from quiz.items import Kind
from quiz.making import checks
from quiz.making.candidates import Candidate
from quiz.making.comparison_items import comparisons
from quiz.making.material import Material
from quiz.making.tables import tables_of
from tests.quiz.making.conftest import Reading
from tests.quiz.making.test_tables import CAPTION, table

HONEY = {"Log hive": "12.5", "Box hive": "19.5", "Skep": "8.0", "Clay pot": "11.0"}
TEXT = (
    "The skep is an old hive of straw, and the box hive a new one, of which the honey can be taken.",
    "Skep and box hive, log hive and clay pot all hold honey.",
)


def made(reading: Reading, honey: dict[str, str], column: str = "Honey", caption: str = CAPTION, seeds: int = 12) -> set[tuple[str, ...]]:
    """Stem and key of whatever is asked of a table."""
    found = candidates(reading, honey, column, caption, seeds)
    return {(c.item.stem, c.item.answer) for c, _ in found}


def candidates(
    reading: Reading, honey: dict[str, str], column: str = "Honey", caption: str = CAPTION, seeds: int = 12
) -> list[tuple[Candidate, Material]]:
    """Candidates of many draws, with a reading whose page holds the table."""
    material = reading(*TEXT, title="Hives: A Comparison")[0]
    rows = list(starmap(lambda label, n: (f"{label} {n}", f"{label} | {column}: {n}"), honey.items()))
    sentences = table(*rows, caption=caption)
    page = replace(material, sentences=(*material.sentences, *[replace(s, position=s.position + 50) for s in sentences]))
    (found,) = tables_of(page.sentences)
    return [(c, page) for seed in range(seeds) for c in comparisons(found, page, random.Random(seed))]


def test_four_rows_of_which_one_is_clearly_ahead(reading: Reading) -> None:
    stem = "In the results of “Hives: A Comparison” titled “Shares of honey of hives”, which of these has the {} value under “Honey”?"
    assert made(reading, HONEY) == {(stem.format("highest"), "Box hive")}  # the lowest is close to the next
    for candidate, page in candidates(reading, HONEY):
        assert checks.fault(candidate, page) == ""
        assert candidate.item.kind is Kind.CHOICE
        assert set(candidate.item.options) == set(HONEY)
        assert candidate.item.evidence is not None
        assert candidate.item.evidence.quote == " ".join(f"{label} {n}" for label, n in HONEY.items())
        assert "Box hive 19.5" in candidate.item.explanation
    assert {c.item.key for c, _ in candidates(reading, HONEY, seeds=40)} == {0, 1, 2, 3}  # its place is chance


@pytest.mark.parametrize(
    ("honey", "column", "caption"),
    [
        ({"Log hive": "12.5", "Box hive": "12.7", "Skep": "11.9", "Clay pot": "12.2"}, "Honey", CAPTION),  # none is clearly ahead
        (HONEY, "# Parameters", CAPTION),
        (HONEY, "Epochs", CAPTION),
        (HONEY, "Honey = a lot", CAPTION),
        (HONEY, "Brood", CAPTION),  # of which the text says nothing
        (HONEY, "Honey", "Table 1: Hyperparameters and scores of hives."),
        (HONEY, "Honey", "Table 1: Results."),  # of what?
        (dict(list(HONEY.items())[:3]), "Honey", CAPTION),
        ({"Log hive": "12.5", "Average": "19.5", "Skep": "12.0", "Clay pot": "11.0"}, "Honey", CAPTION),  # no rival
        ({"Log hive": "12.5", "Trough": "19.5", "Skep": "12.0", "Clay pot": "11.0"}, "Honey", CAPTION),  # the text never names the key
        ({"Box 1": "12.5", "Box 2": "19.5", "Box 3": "12.0", "Box 4": "11.0"}, "Honey", CAPTION),  # versions of one thing
        ({"Log hive 7B": "12.5", "Box hive 70B": "19.5", "Skep 8B": "9.0", "Clay pot 9B": "10.0"}, "Honey", CAPTION),  # the biggest
    ],
)
def test_what_nobody_need_know_or_whoever_has_not_read_it_guesses_is_not_asked(
    reading: Reading, honey: dict[str, str], column: str, caption: str
) -> None:
    assert made(reading, honey, column, caption) == set()


def test_where_less_is_better_the_lowest_is_asked(reading: Reading) -> None:
    honey = {"Log hive": "12.5", "Box hive": "19.5", "Skep": "2.0", "Clay pot": "11.0"}
    stems = {stem for stem, _ in made(reading, honey, "Honey ↓")}
    assert {"lowest" in stem for stem in stems} == {True}
    assert {"↓" in stem for stem in stems} == {False}


def test_the_check_counts_again(reading: Reading) -> None:
    candidate, page = candidates(reading, HONEY)[0]
    assert candidate.comparison is not None
    other = (int(str(candidate.item.key)) + 1) % 4
    wrong = replace(candidate, item=replace(candidate.item, key=other))
    assert checks.key_is_ahead(wrong, page) == "its key is not ahead"
    turned = replace(candidate, comparison=replace(candidate.comparison, order="lowest"))
    assert checks.key_is_ahead(turned, page) == "its key is not ahead"
    cells = {**candidate.comparison.cells, "Skep": ("Skep 80.0", "80.0")}
    made_up = replace(candidate, comparison=replace(candidate.comparison, cells=cells))
    assert checks.key_is_ahead(made_up, page) == "the evidence does not give “Skep”"
    three = replace(candidate, item=replace(candidate.item, options=("Log hive", "Box hive", "Skep", "Trough")))
    assert "rows" in checks.key_is_ahead(three, page)
