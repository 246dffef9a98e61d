"""What a question asks for and which sentences give it. No question here is of a question set, no sentence of a reading."""

import pytest

from rag.answer_types import expected


@pytest.mark.parametrize(
    ("question", "gives", "lacks"),
    [
        ("how many bees live in a hive?", "A hive has 40,000 bees.", "Many bees live in a hive."),
        ("how many bees live in a hive?", "Twelve bees live there.", "The tests of twins tell little."),
        ("what's the accuracy of the owl's ear?", "It is right 0.9 of the time.", "The ear of an owl is right nearly always."),
        ("how well do 3 owls hear, what score?", "They score 41.", "All 3 owls hear well [12]."),
        ("how many eggs does an Owl-2 lay?", "It lays 5.", "See Table 3 on the eggs of Owl-2."),
        ("why do owls turn their heads?", "They turn them because their eyes are fixed.", "Owls turn their heads by 270 degrees."),
        ("what's a drone's sting for?", "It has none, so that it cannot defend.", "A drone's sting is short."),
        ("what stops the honey from spoiling?", "Its sugar prevents growth.", "The honey keeps for 100 years."),
        ("how much do the keepers pay?", "They pay $3.", "They keep 3 bees."),
        ("who keeps the bees?", "The bees are kept by Ada Lovelace.", "The bees are kept well."),
    ],
)
def test_a_sentence_gives_what_is_asked_for(question: str, gives: str, lacks: str) -> None:
    wanted = expected(question)
    assert wanted.given_by(gives) > wanted.given_by(lacks)


@pytest.mark.parametrize("question", ["Tell me of owls", "How do owls hear?", "Is honey sweet?", "Which bird is the best hunter?"])
def test_where_nothing_is_asked_for_nothing_is_given(question: str) -> None:
    assert expected(question).given_by("Owls hear 40 times better because of their 2 ears.") == 0


def test_who_asks_for_a_reason_wants_no_number() -> None:
    wanted = expected("why does a larger size of the hive help?")
    assert wanted.reason
    assert not wanted.number
    assert wanted.given_by("It has 40,000 bees.") == 0


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("how much were the raters paid?", "Raters were asked in 2021.", True),
        ("how much were the raters paid?", "Raters got $15 an hour.", False),
        ("how long did training take?", "Training used 8 chips.", True),
        ("how long did training take?", "Training ran for 3.5 days.", False),
        ("how long is each passage?", "Each passage has 100 words.", False),
        ("how much memory does it need?", "It needs 8 chips.", True),
        ("how much memory does it need?", "It needs 48 GB.", False),
        ("how many kWh did the run need?", "The run needs 8 W matrices and powerful chips.", True),
        ("how much CO2 did it emit?", "Training emitted 552 tons of CO2eq.", False),
        ("under which license are the weights?", "The weights are on the site.", True),
        ("under which license are the weights?", "The weights are open-source.", False),
        ("which gpus did they use?", "They used two for a week.", True),
        ("which gpus did they use?", "They used eight A100s.", False),
        ("how many tokens per second does it make?", "It makes long texts of 512 tokens.", True),
        ("how many tokens per second does it make?", "It makes 90 tokens/s.", False),
        ("average age of the raters?", "Raters are from 3 countries.", True),
        ("average age of the raters?", "Most raters were aged 25-34.", False),
        ("in what year was it released?", "It was released in spring.", True),
        ("what is the latency of a hive?", "A hive is quick.", True),
        ("does a hive add latency?", "A hive is quick.", False),
        ("can you tell me what the latency of a hive is?", "A hive is quick.", True),
        ("in what year was it released?", "It was released in May 2019.", False),
        ("who wrote the prompts?", "The prompts are short.", True),
        ("who wrote the prompts?", "The prompts were written by labelers.", False),
        ("why does memory matter?", "Because.", False),
        ("how many heads has it?", "It has heads.", False),
    ],
)
def test_kinds_that_are_rare_are_missed(question: str, text: str, missing: bool) -> None:
    assert expected(question).missing([text]) is missing
