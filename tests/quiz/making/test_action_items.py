"""What a thing of the reading does, by one verb of substance."""

import random

import pytest

from quiz.making.action_items import actions
from tests.quiz.making.conftest import Reading

TITLE = "BeeNet: Bees that Dance Find the Lime Tree"
ABOUT = "We call it BeeNet, and we know that BeeNet is a hive of bees. We saw that BeeNet has a queen."
TERM = "We like the waggle dance. The waggle dance ends at night. We fear a waggle dance. "


def asked(reading: Reading, text: str, *others: str) -> list[tuple[str, str]]:
    material, dropped = reading(ABOUT, text, *others, title=TITLE)
    statements = [s for s in material.statements if s.text == text]
    assert statements, dropped
    return [(c.item.stem.partition(", according to")[0], c.item.answer) for c in actions(statements[0], material, random.Random(1))]


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        ("BeeNet keeps young workers under the combs of the hive.", "What does BeeNet keep", "Young workers under the combs of the hive."),
        ("BeeNet naturally keeps young workers under the combs.", "What does BeeNet keep", "Young workers under the combs."),
        (
            "BeeNet consists of a queen, old drones and many workers.",
            "Of what does BeeNet consist",
            "A queen, old drones and many workers.",
        ),
        ("BeeNet aims to keep the combs of the hive warm.", "What does BeeNet aim to do", "Keep the combs of the hive warm."),
        (
            "BeeNet keeps young workers under the combs, which makes the hive heavy.",
            "What does BeeNet keep",
            "Young workers under the combs.",
        ),
    ],
)
def test_what_a_thing_does_is_asked(reading: Reading, text: str, question: str, answer: str) -> None:
    assert asked(reading, text) == [(question, answer)]


@pytest.mark.parametrize(
    "text",
    [
        "BeeNet learns from the old dances of the wild bees.",  # "What does it learn?" asks for something else
        "BeeNet keeps 40 workers under the combs of the hive.",  # numbers have their own makers
        "BeeNet keeps young workers, which are heavy, in the combs of the hive.",  # an aside: the sentence goes on
        "BeeNet keeps young workers under the combs and feeds the old queen.",  # two things
        "BeeNet rarely keeps young workers under the combs of the hive.",
    ],
)
def test_of_other_sentences_nothing_is_asked(reading: Reading, text: str) -> None:
    material = reading(text, ABOUT, title=TITLE)[0]
    assert [c for s in material.statements if s.text == text for c in actions(s, material, random.Random(1))] == []


def test_a_term_of_several_words_is_asked_where_the_reading_comes_back_to_it(reading: Reading) -> None:
    text = "Waggle dances store the way to the lime trees of the town."
    assert asked(reading, text) == []
    assert [question for question, _ in asked(reading, text, TERM, "Waggle dances end. Waggle dances are old.")] == [
        "What do waggle dances store"
    ]


def test_what_is_told_of_other_works_is_not_asked(reading: Reading) -> None:
    text = "BeeNet keeps young workers under the combs of the hive."
    material = reading(text, ABOUT, title=TITLE, heading="Related work")[0]
    assert [c for s in material.statements if s.text == text for c in actions(s, material, random.Random(1))] == []
