"""Questions of a language model pass only where code finds nothing against them; but for the last test the model is a scripted one."""

import random
from collections.abc import Mapping
from typing import Any

import pytest
from langchain_core.messages import BaseMessage

from common.errors import ModelError
from quiz.making.checks import fault
from quiz.making.draft import draft
from quiz.making.material import Material
from quiz.making.written_items import Writer, answers, question_fault, same_answer
from rag.compose import Parts
from tests.quiz.making.conftest import Reading, only

TEXT = "In spring the keeper feeds the weak colonies of our garden with two kilograms of sugar water."
KEY = "the weak colonies of our garden"
SUGAR = "two kilograms of sugar water"
GOOD = "With what does the keeper feed the weak colonies of the garden in spring?"


class Scripted:
    """Says what it is told to, and keeps what it was asked."""

    def __init__(self, question: str, beside: str, alone: str) -> None:
        self.question, self.beside, self.alone = question, beside, alone
        self.asked: list[str] = []

    def fill(self, messages: list[BaseMessage], schema: Mapping[str, Any]) -> dict[str, Any] | None:
        text = str(messages[-1].content)
        self.asked.append(text)
        if "question" in schema["properties"]:
            return {"question": self.question}
        return {"answer": self.beside if text.startswith("Text:") else self.alone}


@pytest.fixture
def material(reading: Reading) -> Material:
    before = "The keeper is here. The keeper eats. See the keeper. Call the keeper. Ask the keeper. "
    return reading(before, TEXT)[0]


def written(model: Scripted, material: Material) -> list[tuple[str, str]]:
    made = list(Writer(model)(only(material), material, random.Random(1)))
    assert [fault(candidate, material) for candidate in made] == [""] * len(made)
    return [(candidate.item.stem, candidate.item.answer) for candidate in made]


def test_a_question_that_holds_becomes_an_item(material: Material) -> None:
    found = written(Scripted(GOOD, "two kilograms of sugar water", "honey"), material)
    assert found == [(f"According to “Bees: How They Live” (section “Life of the hive”): {GOOD}", "Two kilograms of sugar water.")]


@pytest.mark.parametrize(
    ("question", "beside", "alone"),
    [
        ("With what does the keeper feed", SUGAR, ""),
        ("With what sugar does the keeper feed the weak colonies of the garden in spring?", SUGAR, ""),
        ("With what does the keeper feed the strong colonies of the garden in spring?", SUGAR, ""),
        ("With what does the keeper feed?", SUGAR, ""),
        ("With what does the keeper not feed the weak colonies of the garden in spring?", SUGAR, ""),
        (GOOD, "honey", ""),  # asked beside the sentence the model does not find the answer
        (GOOD, SUGAR, SUGAR),  # it finds it without
        (GOOD, "", ""),
    ],
)
def test_a_question_that_does_not_hold_becomes_none(material: Material, question: str, beside: str, alone: str) -> None:
    assert written(Scripted(question, beside, alone), material) == []


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("With what does the keeper feed", "no question"),
        ("With what sugar does the keeper feed the weak colonies of the garden in spring?", "says the answer"),
        ("With what does the keeper feed the strong colonies of the garden in spring?", "what the statement does not"),
        ("With what does the keeper feed the 7 weak colonies of the garden in spring?", "what the statement does not"),
        ("With what does the keeper feed?", "leaves out"),
        ("With what does the keeper not feed the weak colonies of the garden in spring?", "denies"),
        (GOOD, ""),
    ],
)
def test_each_fault_of_a_question_is_named(material: Material, question: str, says: str) -> None:
    assert says in question_fault(question, SUGAR, only(material), material)
    assert bool(says) == bool(question_fault(question, SUGAR, only(material), material))


def test_answers_are_phrases_that_say_something(material: Material) -> None:
    assert SUGAR in answers(only(material).parsed)
    assert KEY not in answers(only(material).parsed)  # "our": whose?


def test_an_answer_is_the_same_but_for_a_few_words() -> None:
    assert same_answer("2 kg: two kilograms of sugar water", "two kilograms of sugar water")
    assert not same_answer("water", "two kilograms of sugar water")
    assert not same_answer("", "")


def test_the_writer_is_asked_where_items_are_wanting(material: Material) -> None:
    assert draft([material], 1, 1).items == ()
    (made,) = draft([material], 1, 1, writer=Writer(Scripted(GOOD, SUGAR, ""))).items
    assert made.asks == "written"


def test_a_model_that_fails_costs_none_of_what_the_rules_made(reading: Reading) -> None:
    class Down(Scripted):
        def fill(self, messages: list[BaseMessage], schema: Mapping[str, Any]) -> dict[str, Any] | None:
            raise ModelError("llm.server: it is out of reach")

    honey = "Our bees bring 27 kilograms of honey home because the garden is full of old lime trees."
    material, _ = reading("The keeper is here. The keeper eats. See the keeper. Call the keeper. Ask the keeper.", TEXT, honey)
    made = draft([material], 3, 1, writer=Writer(Down("", "", "")))
    assert [item.evidence.quote for item in made.items if item.evidence] == [honey]
    assert "The language model that writes failed: llm.server: it is out of reach" in made.shortfall


def test_the_writer_is_not_asked_where_the_rules_find_enough(reading: Reading) -> None:
    material, _ = reading("Our bees bring 27 kilograms of honey home because the garden is full of old lime trees.", "We keep bees.")
    model = Scripted(GOOD, SUGAR, "")
    assert len(draft([material], 1, 1, writer=Writer(model)).items) == 1
    assert model.asked == []


def test_what_the_real_model_writes_is_held_to_every_check(parts: Parts, material: Material) -> None:
    statement = only(material)
    tried = list(Writer(parts.assistant.chat).tried(statement, material))
    assert tried
    for key, question, reason in tried:
        assert key in TEXT
        assert question
        assert reason == question_fault(question, key, statement, material) or reason.startswith("the model ")
