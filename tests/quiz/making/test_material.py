"""What a reading calls its own, and which readings tell of a field."""

import pytest

from quiz.making.cleaning import cleaned
from tests.quiz.making.conftest import Reading

HIVES = "HiveNet lays eggs. HiveNet makes wax. HiveNet is old. WaspNet stings. WaspNet is young. WaspNet is here. "


@pytest.mark.parametrize(
    "given",
    [
        "We call the resulting hive HiveNet.",
        "We propose a new simple hive, HiveNet, for old gardens.",
        "We introduce HiveNet in the garden of the keeper.",
        "The new kind of hive is called HiveNet here.",
        "Our HiveNet models give much honey.",
        "Our largest hive, HiveNet, gives much honey.",
    ],
)
def test_a_name_that_a_reading_gives_is_its_own_and_another_s_is_not(reading: Reading, given: str) -> None:
    material, _ = reading(HIVES, f"{given} We compare it with WaspNet in our garden.", title="On Old Gardens")
    assert not material.is_expository
    assert "hivenet" in material.own
    assert material.is_own("What does HiveNet make?")
    assert not material.is_own("What does WaspNet make?")


def test_a_reading_that_tells_of_a_field_has_topics(reading: Reading) -> None:
    text = "The life of a queen bee is long. A queen bee lays eggs. Every queen bee has a court. The garden is old. The garden is big. "
    material, _ = reading(text, "A queen bee is larger than a drone.", title="Life of a Queen Bee: A Survey")
    assert material.is_expository
    assert "queenbee" in material.topics
    assert material.is_own("What does a queen bee do?")
    assert not material.is_own("What does the garden do?")


def test_versions_of_its_own_thing_are_its_own(reading: Reading) -> None:
    material, _ = reading(HIVES, "We call it HiveNet.", title="On Old Gardens")
    assert material.is_own("HiveNet-13B")
    assert material.is_own("HiveNet-2")
    assert not material.is_own("HiveNet-like")
    assert not material.is_own("WaspNet-13B")


def test_words_that_say_little_are_nothing_s_own_name(reading: Reading) -> None:
    material, _ = reading("Our LLMs give honey. We like LLMs.", title="HiveNet: Fine-tuning of LLMs")
    assert "hivenet" in material.own
    assert not material.is_own("What do LLMs give?")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("This means that bees of the garden are old.", "Bees of the garden are old."),
        ("Table 6 shows that, surprisingly, LoRA does well with a small rank.", "LoRA does well with a small rank."),
        ("Our results show that bees of the garden are old.", "Bees of the garden are old."),
        ("From Figure 2, we can see that bees are old.", "Bees are old."),
        ("We observe in Table 3 that bees are old.", "Bees are old."),
        ("This suggests that bees are old.", "This suggests that bees are old."),  # which says less
        ("We find that bees are old.", "We find that bees are old."),
    ],
)
def test_what_only_introduces_a_finding_is_taken_off(text: str, left: str) -> None:
    assert cleaned(text) == left


def test_a_name_of_two_words_keeps_its_capital_where_it_opens_a_sentence(reading: Reading) -> None:
    material, _ = reading("Hive Arena is a game. Hive Arena is played. Young bees play. We know it.", title="On games")
    assert "Hive Arena" in {term.text for term in material.terms}
