"""Statements that are asked as true, and what they may become when one thing is changed."""

import random

import pytest

from quiz.making.truth_items import false_items, true_items
from tests.quiz.making.conftest import Reading

TITLE = "BeeNet: Bees that Dance Find the Lime Tree"
ABOUT = "We call it BeeNet, and BeeNet is a hive of bees. BeeNet has a queen."


def keys(reading: Reading, text: str) -> tuple[int, list[str]]:
    """How often a statement is asked as true; what stands instead of what in false ones."""
    material = reading(text, ABOUT, title=TITLE)[0]
    statement = next(s for s in material.statements if s.text == text)
    chance = random.Random(1)
    return len(list(true_items(statement, material, chance))), [c.wrong[0] for c in false_items(statement, material, chance)]


def test_a_finding_is_asked_and_turned_round(reading: Reading) -> None:
    true, false = keys(reading, "We find that BeeNet makes more honey than the wild bees of the wood.")
    assert (true, false) == (1, ["less"])


@pytest.mark.parametrize(
    "text",
    [
        "We introduce BeeNet, a hive in which all bees of the garden make honey for the keeper.",  # every paper announces itself
        "We improve the making of honey in the garden by proposing BeeNet, a hive that can dance.",
        "Our BeeNet gives better honey in summer compared to the baseline hive of the wood.",  # as every paper says
        "We show that the bees of BeeNet that dance find the lime tree.",  # the title says it
        "We trained BeeNet with 40 hives for 300 days in the gardens of the town.",  # how it was made
        "We find that keeping the bees of BeeNet can be costly and laborious for the owner of the wood.",  # who knows nothing says so too
        "We find that BeeNet can find some lime trees that the wild bees of the wood do not find.",  # of how many?
    ],
)
def test_what_every_paper_says_or_its_title_is_not_asked_as_true(reading: Reading, text: str) -> None:
    assert keys(reading, text)[0] == 0


def test_of_any_case_and_of_an_unnamed_text_nothing_is_asked(reading: Reading) -> None:
    text = "A task instance has 50 hives, and our BeeNet finds 71% of them on HoneyBench."
    assert keys(reading, text) == (0, [])
    assert keys(reading, text.replace("A task instance", "The garden of HoneyBench"))[1]
    survey = "The survey calls BeeNet a better hive than the wild bees of the wood."
    for title, count in ((TITLE, 0), ("A Survey of Bees", 1)):
        material = reading(survey, ABOUT, *5 * ["We know the survey."], title=title, handout=True)[0]
        statement = next(s for s in material.statements if s.text == survey)
        assert len(list(true_items(statement, material, random.Random(1)))) == count


def test_a_gain_is_not_turned_into_a_loss_with_a_plus(reading: Reading) -> None:
    assert "underperforms" not in keys(reading, "BeeNet outperforms the wild bees of the wood on HoneyBench by +1.5 jars of honey.")[1]
    assert "underperforms" in keys(reading, "BeeNet outperforms the wild bees of the wood on HoneyBench by 1.5 jars of honey.")[1]


def test_a_number_of_an_aside_is_not_changed(reading: Reading) -> None:
    aside = "BeeNet loses its way in fog, which is 23.5% of the days, and then the bees of BeeNet sleep."
    assert keys(reading, aside)[1] == []


def test_a_result_is_changed_clearly_and_keeps_its_side_of_the_others(reading: Reading) -> None:
    text = "On HoneyBench, our BeeNet finds 71% of the lime trees, clearly outperforming WaspNet, which finds 45% of them."
    true, false = keys(reading, text)
    assert true == 1
    assert false
    assert all(45 < float(number) <= 61 or float(number) >= 81 for number in false)
    assert keys(reading, text.replace("finds 71%", "finds nearly 71%"))[1] == []


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("On HoneyBench, our BeeNet can find 71% of the lime trees of the wood.", False),  # and 60% too
        ("On HoneyBench, our BeeNet can raise the share of full hives from 55% to 71% of all.", True),
        ("On HoneyBench, our BeeNet improves the honey by 7.5 jars, thus reaching 45.5 jars.", False),  # the one gives the other
    ],
)
def test_what_more_than_one_number_may_hold_of_is_not_changed(reading: Reading, text: str, changed: bool) -> None:
    assert any(wrong[0].isdigit() for wrong in keys(reading, text)[1]) is changed


def test_a_slight_measure_and_a_record_are_not_changed(reading: Reading) -> None:
    text = "On HoneyBench, our BeeNet is 0.9 jars better than the wild bees of the wood."
    assert "1.5" not in keys(reading, text)[1]
    assert all(not wrong[0].isdigit() for wrong in keys(reading, text)[1])
    record = "With 6.4 billion bees, our BeeNet is the largest hive on HoneyBench."
    assert keys(reading, record)[1] == []
    assert keys(reading, record.replace("the largest hive", "a hive"))[1]


def test_what_is_preferred_stays_above_one_half(reading: Reading) -> None:
    text = "On HoneyBench, the honey of our BeeNet is preferred to the honey of the wood 65% of the time."
    false = keys(reading, text)[1]
    assert false
    assert all(float(number) >= 50 for number in false)


def test_what_came_of_doing_something_is_asked_in_sections_on_experiments(reading: Reading) -> None:
    text = "Doubling the number of hives does not improve the taste of honey."
    assert keys(reading, text) == (0, [])
    material = reading(text, ABOUT, title=TITLE, heading="Results of the dance")[0]
    statement = next(s for s in material.statements if s.text == text)
    assert [c.claim for c in false_items(statement, material, random.Random(1))] == [
        "Doubling the number of hives improves the taste of honey."
    ]


def test_a_claim_on_all_but_one_is_not_asked_as_true(reading: Reading) -> None:
    text = "BeeNet makes more honey than the wild bees of the wood on all benchmarks but HoneyBench."
    assert keys(reading, text)[0] == 0
    assert keys(reading, text.replace(" on all benchmarks but HoneyBench", " on HoneyBench"))[0] == 1


def test_its_own_thing_does_not_lose_where_no_place_is_named(reading: Reading) -> None:
    assert keys(reading, "Keepers clearly prefer BeeNet outputs over outputs from WaspNet.")[1] == []
    other = "Keepers clearly prefer WaspNet outputs over outputs from BeeNet."
    assert keys(reading, other)[1] == ["BeeNet outputs over outputs from WaspNet"]


def test_the_end_of_a_list_that_is_true_is_not_turned(reading: Reading) -> None:
    text = "BeeNet is a choice for small gardens, for a short winter or a longer summer than that of the wood."
    assert keys(reading, text)[1] == []


def test_of_a_handout_s_sentences_few_are_asked_as_true_and_no_number_is_changed(reading: Reading) -> None:
    text = "BeeNet makes 40 grams of honey in a day of good weather in the garden of the keeper."
    material = reading(text, ABOUT, title=TITLE, handout=True)[0]
    statement = next(s for s in material.statements if s.text == text)
    assert list(false_items(statement, material, random.Random(1))) == []
    assert keys(reading, text)[1] != []


def test_what_is_said_of_another_is_not_asked_as_true(reading: Reading) -> None:
    text = "WaspNet makes 40 grams of honey in a day, which is less than BeeNet makes."
    material = reading(text, f"{ABOUT} See WaspNet. Know WaspNet. Ask WaspNet.", title=TITLE)[0]
    statement = next(s for s in material.statements if s.text == text)
    assert list(true_items(statement, material, random.Random(1))) == []
