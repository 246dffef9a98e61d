"""Gaps are terms of the reading's matter; what papers are written with, misspelt words and notation are none."""

import random

import pytest

from quiz.making.cloze_items import cloze_items
from quiz.making.definition_items import definitions
from tests.quiz.making.conftest import Reading

BEFORE = "The royal jelly feeds the queen. We keep royal jelly. Young bees make royal jelly. We know the royal jelly of our hive. "


def gaps(reading: Reading, text: str, before: str = BEFORE, title: str = "Royal jelly of the hive") -> list[str]:
    material, _ = reading(before, text, title=title)
    found = [s for s in material.statements if s.text == text]
    assert found, material.statements
    return [c.key_text for s in found for c in cloze_items(s, material, random.Random(1))]


def test_a_term_of_the_matter_is_a_gap(reading: Reading) -> None:
    text = "We observe that the larvae of a queen are fed with royal jelly by the young bees of our hive."
    assert "royal jelly" in gaps(reading, text, title="What bees eat")


@pytest.mark.parametrize(
    "text",
    [
        "We use WQ and WJ to refer to the wax and the food with royal jelly in the hive of our old garden.",
        "We observe that eight GPUs are fed with royal jelly by the young bees of our hive in the summer.",
    ],
)
def test_notation_and_hardware_have_no_gaps(reading: Reading, text: str) -> None:
    assert gaps(reading, text, title="What bees eat") == []


def test_nouns_that_papers_are_written_with_and_rated_things_are_no_gaps(reading: Reading) -> None:
    before = (
        "The honey yield analysis is ours. We do honey yield analysis. Our honey yield analysis is long. Strong bees. Strong bees eat. "
    )
    text = "We observe that the larvae of a queen are counted with honey yield analysis by the keepers of our garden."
    assert gaps(reading, text, before, title="What bees eat") == []


def test_of_a_sentence_with_a_misspelt_word_there_is_no_gap(reading: Reading) -> None:
    before = (
        "A casual decoder is ours. The casual decoder eats. Our casual decoder is old. A casual decoder sings. The causal chain is long. "
    )
    text = "We observe that the larvae of a queen are counted with the casual decoder by the keepers of our garden."
    _, dropped = reading(before, text, title="What bees eat")
    assert "“casual” is misspelt" in [d.reason for d in dropped if d.what == text]
    assert gaps(reading, text, before.replace(" The causal chain is long.", ""), title="What bees eat") == ["casual decoder"]


def test_what_a_thing_is_may_be_said_by_when_it_is_so(reading: Reading) -> None:
    text = "Swarm fever is when the old queen of a hive leaves it with half of the bees."
    material, _ = reading("Swarm fever is feared. We know swarm fever. Swarm fever is here. We wait.", text, title="On swarm fever")
    (made,) = [c for s in material.statements if s.text == text for c in definitions(s, material, random.Random(1))]
    assert made.item.stem.startswith("What is swarm fever, according to")
    assert made.item.answer == "It is when the old queen of a hive leaves it with half of the bees."


def test_of_two_terms_that_begin_alike_none_is_a_gap(reading: Reading) -> None:
    text = "We observe that the larvae of a queen are fed with royal jelly by the young bees of our hive."
    other = BEFORE + "The rose jelly is red. We like rose jelly."
    assert "royal jelly" in gaps(reading, text, title="What bees eat")
    assert "royal jelly" not in gaps(reading, text, other, title="What bees eat")
