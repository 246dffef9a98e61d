"""What was done to what: the object of a sentence, or what stands behind the preposition that its verb asks for."""

import random

import pytest

from quiz.making.checks import fault
from quiz.making.object_items import objects
from tests.quiz.making.conftest import Reading

TITLE = "BeeNet: Bees that Dance Find the Lime Tree"
ABOUT = "We call it BeeNet, and we know that BeeNet is a hive of bees. We saw that BeeNet has a queen."


def asked(reading: Reading, text: str, handout: bool = False) -> list[tuple[str, str]]:
    """Question and answer of each item that passes all checks, without the reading and its section."""
    material, dropped = reading(text, ABOUT, title=TITLE, handout=handout)
    statements = [s for s in material.statements if s.text == text]
    assert statements, dropped
    made = [c for c in objects(statements[0], material, random.Random(1)) if not fault(c, material)]
    place = f"“{TITLE}” (section “Life of the hive”)"
    return [(c.item.stem.replace(f" of {place}", "").replace(f", according to {place}", ""), c.item.answer) for c in made]


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "We add wooden frames to the upper boxes of each tall tower.",
            "What do the authors add to the upper boxes of each tall tower?",
            "Wooden frames.",
        ),
        (
            "To keep the young larvae warm in winter, we treat the hive as a closed greenhouse.",
            "As what do the authors treat the hive to keep the young larvae warm in winter?",
            "A closed greenhouse.",
        ),
        (
            "We replace the TaLU non-linearity by the DanGLU waggle function to improve the dances of young bees.",
            "By what do the authors replace the TaLU non-linearity to improve the dances of young bees?",
            "The DanGLU waggle function.",
        ),
        (
            "We replace the old entrance by a sliding glass door to calm restless swarms, which saves sugar in winter.",
            "By what do the authors replace the old entrance to calm restless swarms?",
            "A sliding glass door.",
        ),
        (
            "We use a garden box close to wooden fences for the first spring inspection.",
            "What do the authors use for the first spring inspection?",
            "A garden box close to wooden fences.",
        ),
        (
            "We used dried lavender from Provence to calm the restless swarms before our inspection.",
            "What did the authors use to calm the restless swarms before their inspection?",
            "Dried lavender from Provence.",
        ),
        (
            "BeeNet replaces the old wooden entrance with a sliding glass door.",
            "With what does BeeNet replace the old wooden entrance?",
            "A sliding glass door.",
        ),
    ],
)
def test_what_was_done_to_what_is_asked(reading: Reading, text: str, question: str, answer: str) -> None:
    assert (question, answer) in asked(reading, text)


def test_of_a_handout_what_was_done_to_a_thing_is_asked(reading: Reading) -> None:
    text = "The observation hive was painted with a white lime wash."
    assert asked(reading, text, handout=True) == [("With what was the observation hive painted?", "A white lime wash.")]


@pytest.mark.parametrize(
    ("text", "heading", "count"),
    [
        ("We add wooden frames to the upper boxes to prevent swarms in the hive.", "Experimental setup", 1),  # what it was chosen for
        ("To prevent swarms in the hive, we add wooden frames to the upper boxes.", "Experimental setup", 1),
        ("We add wooden frames to the upper boxes to count swarms in the hive.", "Experimental setup", 0),
        ("We add wooden frames to the upper boxes to count swarms in the hive.", "Life of the hive", 1),
    ],
)
def test_in_a_section_on_settings_only_what_a_thing_was_chosen_for_is_asked(reading: Reading, text: str, heading: str, count: int) -> None:
    material = reading(text, ABOUT, title=TITLE, heading=heading)[0]
    (statement,) = (s for s in material.statements if s.text == text)
    made = [c for c in objects(statement, material, random.Random(1)) if c.item.stem.startswith("What ")]
    assert len(made) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("BeeNet was trained on rural garden pictures.", 1),
        ("BeeNet was trained on garden pictures and tested on forest pictures.", 0),
        ("BeeNet was trained with garden pictures from Provence and forest pictures from Crete.", 0),  # half of it
    ],
)
def test_what_was_done_with_one_thing_is_asked(reading: Reading, text: str, count: int) -> None:
    assert len(asked(reading, text)) == count


def test_a_section_s_title_that_says_the_answer_is_not_named(reading: Reading) -> None:
    text = "We add beeswax hives to the upper boxes of each tall tower."
    question = f"What do the authors of “{TITLE}” add to the upper boxes of each tall tower?"
    assert question in [question for question, _ in asked(reading, text)]


@pytest.mark.parametrize(
    "text",
    [
        "We use 40 wooden frames to calm the restless swarms before the inspection.",  # numbers have their own makers
        "We prevent several illnesses in the upper boxes of each tall tower.",  # of how many it is not said
        "We use bees where the swarms compete to find the warmest garden of the town.",  # who finds it?
        "We use an efficient method of breeding to calm the restless swarms before winter.",  # it is only praised
        "We do not add wooden frames to the upper boxes of each tall tower.",
        "We add wooden frames to the boxes, and then paint all of the boxes white.",
        "We can add wooden frames to the upper boxes of each tall tower.",
        "For WaspNet, we use a sliding glass door to replace the old wooden entrance.",  # it is said of WaspNet
        "WaspNet replaces the old wooden entrance with a sliding glass door.",  # another's
    ],
)
def test_of_some_sentences_no_object_is_asked(reading: Reading, text: str) -> None:
    material, _ = reading(text, f"{ABOUT} See WaspNet. Know WaspNet. Ask WaspNet.", title=TITLE)
    made = [c for s in material.statements if s.text == text for c in objects(s, material, random.Random(1))]
    assert made == []
