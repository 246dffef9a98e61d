"""What a handout says is asked by taking the predicate out of its sentences; of papers nothing is asked in this way."""

import random

import pytest

from quiz.making.checks import fault
from quiz.making.taught_items import taught
from tests.quiz.making.conftest import Reading

TITLE = "Keeping bees"


def asked(reading: Reading, text: str, *others: str, handout: bool = True) -> list[tuple[str, str]]:
    """Question without its place, and answer, of each item on a sentence that passes all checks."""
    material, dropped = reading(" ".join([text, *others]), title=TITLE, handout=handout, page=None)
    statements = [s for s in material.statements if s.text == text]
    assert statements or not handout, dropped
    made = [c for s in statements for c in taught(s, material, random.Random(1)) if not fault(c, material)]
    return [(c.item.stem.partition(", according to")[0], c.item.answer) for c in made]


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "Swarm fever means that the queen leaves the hive with half of the bees.",
            "What does swarm fever mean",
            "The queen leaves the hive with half of the bees.",
        ),
        (
            "A spring inspection records the food, the brood and the age of the queen.",
            "What does a spring inspection record",
            "The food, the brood and the age of the queen.",
        ),
        (
            "Every hive book should name the keeper and list all of the inspections.",
            "What should every hive book do",
            "Name the keeper and list all of the inspections.",
        ),
        (
            "A keeper divides a strong colony into two before the summer begins.",
            "What does a keeper do",
            "It divides a strong colony into two before the summer begins.",
        ),
        (
            "A good handbook describes three kinds of bees: the queen, the workers and the drones.",
            "Which three kinds of bees does a good handbook describe",
            "The queen, the workers and the drones.",
        ),
        (
            "A bee keeping book, or BKB, is a list of the inspections of all the hives.",
            "What is a bee keeping book (BKB)",
            "A list of the inspections of all the hives.",
        ),
        (
            "A bee keeping book, or BKB, teaches a new keeper what was done in the hives before.",
            "What does a bee keeping book (BKB) do",
            "It teaches a new keeper what was done in the hives before.",
        ),
        (
            "A weak colony should be fed with sugar and clean water in autumn.",
            "With what should a weak colony be fed",
            "Sugar and clean water.",
        ),
        (
            "The aim of an inspection is that every illness is seen before it spreads.",
            "What is the aim of an inspection",
            "Every illness is seen before it spreads.",
        ),
        (
            "A large box lets the bees store honey for the long winter.",
            "What does a large box let the bees do",
            "Store honey for the long winter.",
        ),
        (
            "A spring inspection asks the keeper to look for eggs in each frame.",
            "What does a spring inspection ask the keeper to do",
            "Look for eggs in each frame.",
        ),
        (
            "A careful keeper keeps a list of so-called drones and of old queens.",
            "What does a careful keeper keep",
            "A list of so-called drones and of old queens.",
        ),
        (
            "A hive book is a bound collection of notes that help a keeper in spring.",
            "What is a hive book",
            "A bound collection of notes that help a keeper in spring.",
        ),
        (
            "Feeding a weak colony in autumn prevents hunger and robbery until the first flowers.",
            "What does feeding a weak colony in autumn do",
            "It prevents hunger and robbery.",
        ),
        (
            "The main enemies of bees are the mites, the wasps and the mice.",
            "What are the main enemies of bees",
            "The mites, the wasps and the mice.",
        ),
        (
            "A wise keeper closes the hive when the nights of autumn become colder than those of the summer.",
            "When is this so",
            "When the nights of autumn become colder than those of the summer.",
        ),
    ],
)
def test_a_sentence_of_a_handout_becomes_a_question(reading: Reading, text: str, question: str, answer: str) -> None:
    assert (question, answer) in asked(reading, text)


def test_of_a_paper_nothing_is_asked_in_this_way(reading: Reading) -> None:
    assert asked(reading, "A spring inspection records the food, the brood and the age of the queen.", handout=False) == []


def test_what_two_sentences_of_a_section_answer_is_not_asked(reading: Reading) -> None:
    text = "A spring inspection records the food, the brood and the age of the queen."
    assert asked(reading, text, "A spring inspection ends at noon.")  # of what it records only one speaks
    assert asked(reading, text, "A spring inspection records the weather too.") == []
    text = "A keeper divides a strong colony into two before the summer begins."
    assert asked(reading, text, "A keeper wears gloves.") == []


def test_what_a_thing_does_is_not_asked_where_another_section_tells_of_it_too(reading: Reading) -> None:
    text = "A keeper divides a strong colony into two before the summer begins."
    for other, count in (("A keeper wears thick gloves and a veil.", 0), ("The queen wears no gloves and no veil.", 1)):
        material = reading(text, other, title=TITLE, handout=True)[0]
        (statement,) = (s for s in material.statements if s.text == text)
        assert len(list(taught(statement, material, random.Random(1)))) == count


@pytest.mark.parametrize(
    "text",
    [
        "A survey groups the bees of Europe under four kinds and two ages.",  # what a text does is not what it is about
        "Other keepers feed the bees with sugar and water in the winter.",
        "A wise keeper does not feed the bees with sugar and water in winter.",
        "A keeper can sell honey, wax and young queens to the neighbours.",  # one of many things
    ],
)
def test_of_some_sentences_no_question_is_made(reading: Reading, text: str) -> None:
    assert asked(reading, text) == []


def test_what_should_be_done_is_asked_of_a_handout_and_not_of_a_paper(reading: Reading) -> None:
    text = "Every hive book should name the keeper and list all of the inspections."
    _, dropped = reading(text, title=TITLE)
    assert [d.reason for d in dropped] == ["a wish, a plan or an excuse"]
    material, _ = reading(text, title=TITLE, handout=True)
    assert [s.text for s in material.statements] == [text]
