"""Terms that handouts explain: which one is meant, among others that the course explains; or another in its place."""

import random

import pytest

from quiz.making.checks import fault
from quiz.making.glossary import Defined, defined_in
from quiz.making.material import Material
from quiz.making.term_items import term_choices
from quiz.making.truth_items import false_items
from tests.quiz.making.conftest import Reading

DRIFT = "Flavour drift means that the honey changes in a summer without rain."
SWARM = "Swarm drift means that young queens leave for another garden in May."
BOOK = "A hive book is a bound list of all inspections and of what was seen."
WAX = "Wax drift means that new combs grow out of their wooden frames."
FRAME = "A wax frame is a wooden border that holds the combs apart."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (DRIFT, ("flavour drift", "the honey changes in a summer without rain", True)),
        (BOOK, ("hive book", "a bound list of all inspections and of what was seen", False)),
        (
            "A bee keeping note, or BKN, is a bound list of all inspections.",
            ("bee keeping note", "a bound list of all inspections", False),
        ),
    ],
)
def test_what_a_handout_explains_is_found(text: str, found: tuple[str, str, bool]) -> None:
    (defined,) = defined_in("bees", [text])
    assert (defined.term, defined.said, defined.is_clause) == found


def test_a_name_keeps_its_capitals_and_its_article_is_known() -> None:
    (name,) = defined_in("bees", ["HoneyRA means giving honey to all workers of a hive."])
    (thing,) = defined_in("bees", [FRAME])
    assert (name.term, name.article, name.is_clause) == ("HoneyRA", "", False)
    assert (thing.term, thing.article) == ("wax frame", "a")


@pytest.mark.parametrize(
    "text",
    [
        "Feeding is a good choice for a weak colony in autumn.",  # rates it
        "A count is an estimate, so a report should say how it was made.",  # and says more
        "The mean is a number that says little of a single hive.",
        "There is a bound list of all inspections in the hut.",
        "This means that the bees are old and tired.",
        "One reason is a lack of food in the early spring.",
    ],
)
def test_what_explains_no_term_is_left(text: str) -> None:
    assert list(defined_in("bees", [text])) == []


def test_an_explanation_that_leans_is_only_a_distractor_s(reading: Reading) -> None:
    goal = "A yearly goal is a target for that measurement over a year of keeping."
    (defined,) = defined_in("bees", [goal])
    assert not defined.stands_alone
    material = glossed(reading, DRIFT, SWARM, WAX, FRAME, goal)
    assert [c for s in material.statements if s.text == goal for c in term_choices(s, material, random.Random(1))] == []


def test_a_term_is_not_taken_for_one_that_its_explanation_fits_or_names() -> None:
    own = Defined("bees", "hive book", "a bound list of inspections", False)
    assert own.may_be_taken_for(Defined("bees", "wax frame", "a wooden border of combs", False))
    assert not own.may_be_taken_for(Defined("wasps", "hive book", "a thick log", False))
    assert not own.may_be_taken_for(Defined("bees", "inspection", "a visit of the keeper", False))
    assert not own.may_be_taken_for(Defined("bees", "diary", "a list of inspections", False))


def glossed(reading: Reading, *texts: str, handout: bool = True) -> Material:
    glossary = tuple(defined_in("bees", texts))
    return reading(*texts, title="Keeping bees", handout=handout, glossary=glossary)[0]


def test_which_of_four_terms_is_explained_is_asked(reading: Reading) -> None:
    material = glossed(reading, DRIFT, SWARM, WAX, FRAME)
    (statement,) = (s for s in material.statements if s.text == DRIFT)
    (made,) = term_choices(statement, material, random.Random(1))
    assert fault(made, material) == ""
    said = "“The honey changes in a summer without rain.”"
    assert made.item.stem == f"Which term does “Keeping bees” explain in these words? {said}"
    assert (made.item.answer, set(made.item.options)) == ("flavour drift", {"flavour drift", "swarm drift", "wax drift", "wax frame"})


def test_with_too_few_terms_of_one_kind_and_of_papers_none_is_asked(reading: Reading) -> None:
    for texts, handout in (((DRIFT, SWARM, WAX), True), ((DRIFT, SWARM, BOOK, FRAME), True), ((DRIFT, SWARM, WAX, FRAME), False)):
        material = glossed(reading, *texts, handout=handout)
        assert [c for s in material.statements for c in term_choices(s, material, random.Random(1))] == []


def test_a_term_s_sibling_makes_its_explanation_false(reading: Reading) -> None:
    material = glossed(reading, DRIFT, SWARM, BOOK, FRAME)
    (statement,) = (s for s in material.statements if s.text == SWARM)
    made = [c for c in false_items(statement, material, random.Random(1)) if not fault(c, material)]
    assert [c.claim for c in made] == ["Flavour drift means that young queens leave for another garden in May."]
