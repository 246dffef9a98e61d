"""Numbers are asked where their sentence says what they are of; other numbers that cannot be are no distractors."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from ingest.documents import Kind
from quiz.making.figures import figures
from quiz.making.number_items import is_nowhere, is_on_the_matter, number_choices, plausible, true_elsewhere
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
        ("We find that bees prefer 62% of the first and 66% of the second flowers.", "62", 55, 45),  # no chance
        ("We find that hives give a 10% higher yield in our gardens.", "10", 12, 8),  # "a 8%"
        ("We also increase the size from 512 to 1024 bees in a hive.", "1024", 2048, 256),
        ("We find that about 40 hives of our garden give honey.", "40", 60, 45),  # 45 is about 40
    ],
)
def test_what_the_sentence_rules_out_is_no_distractor(reading: Reading, text: str, key: str, possible: int, impossible: int) -> None:
    material, _ = reading(text, title="On bees")
    (statement,) = material.statements
    figure = next(f for f in figures(statement.parsed) if f.text == key)
    may_be = plausible(figure, statement)
    assert may_be(Decimal(possible))
    assert not may_be(Decimal(impossible))


@pytest.mark.parametrize(
    "text",
    [
        "BeeNet slightly lags behind the wild bees of the wood on HoneyBench (27.4 vs. 29.4).",  # the other number tells it
        "We find that BeeNet agrees with 58 experts on HoneyBench about the honey.",  # how many people were asked
        "A range of 100 words on HoneyBench corresponds to 20 sentences of BeeNet.",  # one number gives the other
        "We find that BeeNet learns the way to the honey on HoneyBench in less than 20 flights.",  # in less than 30, too
        "We find that BeeNet learns the way to the honey on HoneyBench with ease (58 flights).",  # an aside
        "On 58 flowers we find that BeeNet learns the way to the honey on HoneyBench with ease.",  # a set-up
        "We find that BeeNet carries 58 grams of honey on HoneyBench, which is 2 grams per flight.",  # one follows from the other
        "We find that the wax of BeeNet on HoneyBench is negligible and takes 58 grams of the hive.",  # "negligible" tells
    ],
)
def test_numbers_that_others_tell_or_that_nobody_needs_are_no_gaps(reading: Reading, text: str) -> None:
    material, _ = reading(text, "We call it BeeNet. BeeNet is here. BeeNet is old.", title="BeeNet: On bees")
    found = [c.key_text for s in material.statements if s.text == text for c in number_choices(s, material, random.Random(1))]
    assert not {"29.4", "58", "20"} & set(found)


def test_the_key_of_a_choice_stands_anywhere(reading: Reading) -> None:
    text = "On HoneyBench, our BeeNet finds 46.5% of the lime trees of the town."
    more = "The wild bees find 31.5% of the lime trees, 52.5% of the oaks, 61.5% of the elms and 38.5% of the firs."
    material = reading(text, more, "We call it BeeNet. BeeNet is here. BeeNet is old.", title="BeeNet: On bees")[0]
    (statement,) = (s for s in material.statements if s.text == text)
    keys = {c.item.key for seed in range(30) for c in number_choices(statement, material, random.Random(seed))}
    assert keys == {0, 1, 2, 3}


def test_what_stands_in_a_table_with_the_same_unit_is_no_distractor(reading: Reading) -> None:
    text = "We find that BeeNet fits on old phones at a 5 GB footprint on HoneyBench."
    material, _ = reading(text, "We call it BeeNet. BeeNet is here. BeeNet is old.", title="BeeNet: On bees")
    row = replace(material.sentences[-1], text="BeeNet 7B 6 GB 87.0", kind=Kind.TABLE)
    tabled = replace(material, sentences=(*material.sentences[:-1], row))
    (statement,) = (s for s in material.statements if s.text == text)
    figure = next(f for f in figures(statement.parsed) if f.text == "5")
    assert Decimal(6) in true_elsewhere(figure, statement, tabled)
    assert Decimal(6) not in true_elsewhere(figure, statement, material)
