"""Of a handout's lists it is asked what belongs to which; the distractors stand in its other lists."""

import random

from quiz.making.checks import fault
from quiz.making.list_items import list_choices
from quiz.making.material import Material
from tests.quiz.making.conftest import Reading

RECORDS = "A spring inspection records the food, the brood and the weather."
ENEMIES = "An autumn inspection covers the mites, the wasps and the mice."


def choices(material: Material, text: str) -> list[tuple[str, str, set[str]]]:
    """Question without its place, key, distractors."""
    (statement,) = (s for s in material.statements if s.text == text)
    made = [c for c in list_choices(statement, material, random.Random(1)) if not fault(c, material)]
    return [(c.item.stem.partition(", according to")[0], c.item.answer, set(c.item.options) - {c.item.answer}) for c in made]


def test_what_belongs_to_a_list_is_asked_among_things_of_other_lists(reading: Reading) -> None:
    material, _ = reading(RECORDS, ENEMIES, title="Keeping bees", handout=True)
    found = choices(material, ENEMIES)
    assert {stem for stem, _, _ in found} == {"Which of these does an autumn inspection cover"}
    assert {key for _, key, _ in found} <= {"Mites", "Wasps", "Mice"}
    assert all(wrong == {"Food", "Brood", "Weather"} for _, _, wrong in found)
    assert {stem for stem, _, _ in choices(material, RECORDS)} == {"Which of these does a spring inspection record"}


def test_lists_of_other_kinds_of_things_give_no_distractors(reading: Reading) -> None:
    kinds = "The main kinds of hives are the skeps, the logs and the boxes."
    material, _ = reading(RECORDS, kinds, title="Keeping bees", handout=True)
    assert choices(material, RECORDS) == []


def test_what_is_said_of_the_subject_elsewhere_is_no_distractor(reading: Reading) -> None:
    more = "In May a spring inspection begins with the wasps."
    material, _ = reading(RECORDS, ENEMIES, more, title="Keeping bees", handout=True)
    assert choices(material, RECORDS) == []


def test_an_open_list_is_not_asked(reading: Reading) -> None:
    """What else "includes" may hold is not said."""
    text = "An autumn inspection includes the mites, the wasps and the mice."
    assert choices(reading(RECORDS, text, title="Keeping bees", handout=True)[0], text) == []


def test_without_another_list_and_of_papers_there_is_none(reading: Reading) -> None:
    assert choices(reading(RECORDS, title="Keeping bees", handout=True)[0], RECORDS) == []
    assert choices(reading(RECORDS, ENEMIES, title="Keeping bees")[0], RECORDS) == []
