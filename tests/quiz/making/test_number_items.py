"""Numbers are asked where their sentence says what they are of; other numbers that cannot be are no distractors."""

import random
from decimal import Decimal

import pytest

from quiz.making.figures import figures
from quiz.making.number_items import is_nowhere, is_on_the_matter, number_choices, plausible
from tests.quiz.making.conftest import Reading


@pytest.mark.parametrize(
    ("text", "nowhere"),
    [
        ("We observe an improvement of 5.1 points over the previous best system of the garden.", True),
        ("We observe an improvement of 5.1 F1 over the previous best system of the garden.", True),
        ("We observe an improvement of 5.1 points on HoneyBench over the previous best system.", False),
        ("We find that 71% of our bees come back to the hive before the rain of the evening.", False),
    ],
)
def test_a_result_needs_a_benchmark_a_task_or_a_rival(reading: Reading, text: str, nowhere: bool) -> None:
    material, _ = reading(text, title="On bees")
    (statement,) = material.statements
    assert is_nowhere(statement, material) is nowhere
    assert bool(list(number_choices(statement, material, random.Random(1)))) is not nowhere


def test_an_example_s_numbers_are_not_on_the_matter(reading: Reading) -> None:
    example = "The old tower of the town leaned at an angle of 5.5 degrees to the south side of the market."
    material, _ = reading("We let bees find their way to the hive by the sun.", example, title="How bees find their way")
    statement = next(s for s in material.statements if s.text == example)
    assert not is_on_the_matter(statement, material)
    assert list(number_choices(statement, material, random.Random(1))) == []


@pytest.mark.parametrize(
    ("text", "key", "possible", "impossible"),
    [
        ("We find that 7 out of 8 hives give honey.", "7", 6, 9),
        ("We find that 71% of the first and 90% of all bees come back.", "71", 60, 92),
        ("We also increase the size from 512 to 1024 bees in a hive.", "1024", 2048, 256),
    ],
)
def test_what_the_sentence_rules_out_is_no_distractor(reading: Reading, text: str, key: str, possible: int, impossible: int) -> None:
    material, _ = reading(text, title="On bees")
    (statement,) = material.statements
    figure = next(f for f in figures(statement.parsed) if f.text == key)
    may_be = plausible(figure, statement)
    assert may_be(Decimal(possible))
    assert not may_be(Decimal(impossible))
