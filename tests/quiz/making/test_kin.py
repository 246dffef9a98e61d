"""Names of one kind, told by lists; items on a name beside others of its kind."""

import random

import pytest

from quiz.items import Kind
from quiz.making import checks
from quiz.making.kin import Kin, kin_of, listed
from quiz.making.kin_items import name_choices, named_gaps
from quiz.making.material import Material
from quiz.making.truth_items import false_items
from tests.quiz.making.conftest import Reading

HIVES = ("Langstroth", "WarreHive", "TopBar", "Dadant", "Zander")
STATEMENT = "We find that colonies of the Langstroth lose half of their mites in the frost of a long winter."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We compare Gopher, Chinchilla and PaLM.", [("Gopher", "Chinchilla", "PaLM")]),
        ("We compare ReLU (Nair, 2010), GeLU [4], and the Swish.", [("ReLU", "GeLU", "Swish")]),
        ("On Natural Questions or TriviaQA it is better.", [("Natural Questions", "TriviaQA")]),
        ("BoolQ and PIQA are tests.", [("BoolQ", "PIQA")]),  # a name by its letters opens the sentence
        ("Unlike Gopher and PaLM it is small.", []),  # what is left of the list is no list
        ("We use the Stanford Question Answering Dataset and NewsQA.", []),  # a longer name's end
        ("Models and LLMs are large.", []),
        (", ".join(f"Name{n}x" for n in range(15)) + " and Namey.", []),  # the authors
    ],
)
def test_lists_of_names(text: str, names: list[tuple[str, ...]]) -> None:
    assert list(listed(text)) == names


def test_kin_are_listed_twice_or_with_a_third() -> None:
    kin = kin_of([("Gopher", "Chinchilla", "PaLM"), ("Gopher", "Oxford"), ("PaLM", "palm", "PaLM-540B")])
    assert kin.of("Gopher") == ["Chinchilla", "PaLM"]
    assert kin.of("PaLM") == ["Chinchilla", "Gopher"]  # no other spelling, no version
    assert kin.of("Oxford") == kin.of("Cambridge") == []
    assert kin_of([("Gopher", "Oxford")] * 2).of("Oxford") == ["Gopher"]


@pytest.fixture
def kin() -> Kin:
    return kin_of([HIVES, HIVES[1:]])


def material(reading: Reading, kin: Kin, *paragraphs: str) -> Material:
    named = "The Langstroth has frames that can be taken out."
    often = ["BeeNet counts wings, HoneyNet counts combs and WaxNet counts cells."] * 4  # names that are on every page are no gaps
    return reading(*paragraphs, named, *often, title="Mites: A Study of Winters", kin=kin)[0]


def gaps(material: Material, statement: str = STATEMENT) -> list[tuple[str, tuple[str, ...]]]:
    found = next(s for s in material.statements if s.text == statement)
    return [(found.text[gap.start : gap.end], gap.kin) for gap in named_gaps(found, material)]


def test_a_name_is_asked_for_among_others_of_its_kind(reading: Reading, kin: Kin) -> None:
    page = material(reading, kin, STATEMENT)
    statement = next(s for s in page.statements if s.text == STATEMENT)
    keys = set()
    for seed in range(30):
        (candidate,) = name_choices(statement, page, random.Random(seed))
        assert checks.fault(candidate, page) == ""
        assert candidate.item.kind is Kind.CHOICE
        assert candidate.item.answer == "Langstroth"
        assert set(candidate.item.options) <= set(HIVES)
        assert "colonies of the _____ lose" in candidate.item.stem
        keys.add(candidate.item.key)
    assert keys == {0, 1, 2, 3}  # its place is chance


def test_a_false_statement_has_another_of_its_kind(reading: Reading, kin: Kin) -> None:
    page = material(reading, kin, STATEMENT, "Others have the Dadant in the garden.")
    statement = next(s for s in page.statements if s.text == STATEMENT)
    found = [c for c in false_items(statement, page, random.Random(1)) if c.wrong[0] in HIVES]
    assert [(c.item.key, c.wrong) for c in found] == [(False, ("Dadant",))]  # the one that the reading speaks of
    assert checks.fault(found[0], page) == ""
    assert f"but “{found[0].key_text}”" in found[0].item.explanation


@pytest.mark.parametrize(
    "statement",
    [
        "We find that colonies of the Langstroth or the Dadant lose half of their mites in a long winter.",  # one of a list
        "We find that colonies lose fewer of their mites in the WarreHive than in the Langstroth.",  # what is so of others?
        "We find that colonies lose half of their mites in one hive (Langstroth) and the frost of a long winter.",  # an aside
        "The Langstroth is hard to keep in the frost of a long winter with our colonies of bees.",  # as others may be
        "We find that the Langstroth protects colonies of the Langstroth of half of their mites in winter.",  # told by the rest
    ],
)
def test_where_others_may_do_as_well_no_name_is_asked(reading: Reading, kin: Kin, statement: str) -> None:
    page = material(reading, kin, statement)
    assert [gaps(page, s.text) for s in page.statements if s.text == statement] in ([], [[]])


def test_what_the_reading_says_of_another_too_is_no_distractor(reading: Reading, kin: Kin) -> None:
    also = "Colonies of the Dadant lose half of their mites in the frost of a winter too."
    before = dict(gaps(material(reading, kin, STATEMENT)))["Langstroth"]
    after = dict(gaps(material(reading, kin, STATEMENT, also)))["Langstroth"]
    assert set(before) - set(after) == {"Dadant"}
