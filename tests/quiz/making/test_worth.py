"""Sentences, numbers and definitions that are true and not worth a question are refused with the reason; those that tell something pass."""

import random
from decimal import Decimal

import pytest

from quiz.making.action_items import actions
from quiz.making.definition_items import definitions
from quiz.making.figures import Figure, distractors, figures
from quiz.making.flips import flips
from quiz.making.language import Parser
from quiz.making.reason_items import short_reasons
from quiz.making.worth import definition_fault, gap_fault, is_circular, is_step, number_fault, tells_a_finding, worth_fault
from tests.quiz.making.conftest import Reading


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("We compare the honey of hives in the garden with that of hives in the wood.", "step of an experiment"),
        ("The weight of all hives was measured in the garden with a scale of the keeper.", "step of an experiment"),
        ("We are interested in whether hives in the garden give more honey than others.", "intention"),
        ("We make a change to the scale of the keeper for a fair comparison of hives.", "intention"),
        ("We would like to keep more hives in the garden than in the wood.", "intention"),
        ("As a final test for the hive, we carry frames of honey to the garden.", "intention"),
        ("We use various hives of the garden to measure the honey of bees.", "intention"),
        ("The keeper of the hive tells your friend how much honey is in the garden.", "conversation"),
        ("I saw that the hives in the garden give much honey in a good summer.", "conversation"),
        ("For each hive, we take the frames with honey into the house of the keeper.", "of which"),
        ("Training took a whole summer on the bees of a single garden in the hills.", "of what"),
    ],
)
def test_what_tells_nothing_is_refused_with_the_reason(text: str, reason: str, parser: Parser) -> None:
    (parsed,) = parser.parse([text])
    assert reason in worth_fault(parsed)


@pytest.mark.parametrize(
    "text",
    [
        "We compare hives in the garden and in the wood and find that those in the garden give more honey.",
        "The queen of a hive lays more eggs in May than in any other month of the year.",
        "We freeze the weights of the model and train two small matrices beside them.",
        "The training of a bee took three weeks in the garden of the old keeper.",
    ],
)
def test_what_tells_something_passes(text: str, parser: Parser) -> None:
    (parsed,) = parser.parse([text])
    assert worth_fault(parsed) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("We removed the frames of a hive with more than 90% of wax.", "preparation"),
        ("The bees were fed for 40 days in the garden over 30 trials.", "setting"),
        ("We use the splits of the keeper with 100 hives and 14 swarms.", "setting"),
        ("Each keeper has two demonstrations and 16 examples of the dance.", "setting"),
        ("We find 150 questions of keepers, which we add to the hives.", "setting"),
        ("We thus use a test of 418 questions with short answers.", "setting"),
        ("All hives have wax, and all models have 200 million bees with 16 layers.", "setting"),
        ("The bees know a vocabulary of about 37 dances in the hive.", "setting"),
        ("The loss that is allowed is 1% of the bees for an aim of 99% in a year.", "the rest of 100%"),
    ],
)
def test_numbers_of_the_preparation_are_not_asked(text: str, reason: str, parser: Parser) -> None:
    (parsed,) = parser.parse([text])
    assert reason in number_fault(parsed, figures(parsed)[-1])


@pytest.mark.parametrize(
    "text",
    [
        "We removed half of the frames, which reduced the loss of bees by 90%.",
        "A hive of bees makes 27 kilograms of honey in a year of good weather.",
        "Bees learn the dance of the hive from only 16 examples.",
        "We create a test of 80 questions on the dances of bees.",
        "We find that 80% of the bees come back to the hive.",
        "We find that 50% of the bees come back to the hive.",
        "The hive reaches its full weight after as little as 12 days in the garden.",
    ],
)
def test_numbers_of_a_result_are_asked(text: str, parser: Parser) -> None:
    (parsed,) = parser.parse([text])
    assert number_fault(parsed, figures(parsed)[0]) == ""


def test_praise_is_no_definition() -> None:
    assert "rates" in definition_fault("one of the most fundamental ways to make honey")
    assert "rates" in definition_fault("the key factor to the weight of a hive")
    assert "rates" in definition_fault("a good choice for a garden with many flowers")
    assert "rates" in definition_fault("the first hive that gives honey in the winter")
    assert definition_fault("an insect that lives in hives and makes honey") == ""


def test_a_gap_needs_words_around_it(parser: Parser) -> None:
    short, long = parser.parse(
        ["The wax can be made by simple bees.", "The wax of the comb is made by young bees between the plates of their bodies."]
    )
    assert "too little" in gap_fault(short, 4, 7)
    assert gap_fault(long, 4, 7) == ""


@pytest.mark.parametrize(
    "text",
    [
        "The dance is an important measure of the health of a hive in summer.",
        "The old hive is a strong competitor to the new hive of the garden.",
        "Bees have been shown to find the way home over many miles of wood.",
        "The dance of the bees is conceptually simple and very powerful.",
    ],
)
def test_praise_and_what_others_have_shown_are_not_asked(text: str, parser: Parser) -> None:
    (parsed,) = parser.parse([text])
    assert worth_fault(parsed) in ("praise, or what says how much of nothing", "what others have shown")


def test_a_reason_must_add_something() -> None:
    assert is_circular("further improving the training efficiency of models", "We freeze the weights.")
    assert is_circular("the powerful honey making of bees", "Bees are powerful and make honey.")
    assert not is_circular("flowers open in the morning sun", "Bees are powerful and make honey.")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Smoke improves the mood of the bees and further lowers the risk.", "Smoke improves the mood of the bees in summer."),
        ("Smoke not only lowers the risk of stings but also calms the bees.", "Smoke lowers the risk of stings."),
        ("Hive 33 has more bees than hive 13 of the garden.", "The old hive has more bees than the young hive of the garden."),
        ("Bees do not see the gate, making a comparison of hives difficult.", "Bees are not afraid of the gate of the garden."),
        ("Old bees sting less often and make better honey than young bees.", "Old bees make better honey than young bees."),
        ("Old bees outperform young bees, although they were never led.", "Old bees outperform young bees in the garden."),
        ("Smoke lowers the risk of stings since the bees are calm.", "Smoke lowers the risk of stings."),
        ("Our bees are equally strong in the wood.", "Our bees are strong in the wood."),
        ("Old bees outperform young bees, even when they are tired.", "Old bees outperform young bees in the rain."),
        ("More food would make better honey in the hive.", "More food would make the hive warm in the winter."),
        ("Bees are not afraid of any gate.", "Bees are not afraid of the gate of the garden."),
    ],
)
def test_a_change_that_the_rest_contradicts_is_not_made(text: str, plain: str, parser: Parser) -> None:
    given_away, kept = parser.parse([text, plain])
    assert flips(given_away) == []
    assert flips(kept) != []


def test_steps_and_findings_differ(parser: Parser) -> None:
    step, finding = parser.parse(
        [
            "We set the gate of the hive to a width of two bees.",
            "We set the gate of the hive to a width of two bees, which reduced the loss.",
        ]
    )
    assert is_step(step)
    assert not tells_a_finding(step.text)
    assert not is_step(finding)
    assert tells_a_finding(finding.text)


def test_a_share_of_all_is_no_distractor() -> None:
    for seed in range(30):
        key = Figure(0, 2, "80", Decimal(80), "%")
        assert "100" not in distractors(key, [Figure(0, 3, "100", Decimal(100), "%")], [], random.Random(seed))


def test_terms_are_asked_by_their_use_only_where_enough_is_said(reading: Reading) -> None:
    names = "The Apis colony has Varroa. The Apis colony fears Varroa. The Apis colony fights Varroa. "
    for text, count in (
        ("A neural network contains many dense layers of cells in rows.", 0),
        ("Hives contain many dense layers of wax cells.", 1),
    ):
        material = reading(names, text, title="Hives")[0]
        assert sum(len(list(actions(s, material, random.Random(1)))) for s in material.statements) == count


def test_definitions_are_of_the_reading_s_own_things(reading: Reading) -> None:
    names = "We keep HiveNet. HiveNet has no sting. We fear HiveNet. HiveNet eats. The drone bee eats. A drone bee is old. "
    for thing, kind, count in (("HiveNet", "network", 1), ("The drone bee", "network", 0), ("HiveNet", "stack", 0)):
        text = f"{thing} is a {kind} of the hives that makes no honey."  # of what a stack is made is not what it is
        material = reading(names, text, title="HiveNet: On Hives")[0]
        made = [c for s in material.statements if s.text == text for c in definitions(s, material, random.Random(1))]
        assert len(made) == count


@pytest.mark.parametrize(
    ("text", "stem", "answer"),
    [
        (
            "We propose HiveNet, a network of old hives that gives honey in winter.",
            "What is HiveNet,",
            "A network of old hives that gives honey in winter.",
        ),
        ("We introduce the HiveNet, an old hive – It stands in the garden of the keeper.", "What is the HiveNet,", None),  # too short
        (
            "We propose a new hive, or HiveNet, which feeds bees of the wood and shelters the queen in winter, greatly saving sugar.",
            "What does HiveNet do,",
            "It feeds bees of the wood and shelters the queen in winter.",
        ),
        ("We propose HiveNet, a way to keep old hives of a garden warm.", "", None),  # the title says it
        ("We propose WaspNet, a network of old hives that gives honey in winter.", "", None),  # not its own
    ],
)
def test_what_is_introduced_is_asked_for(text: str, stem: str, answer: str | None, reading: Reading) -> None:
    names = "We like HiveNet. HiveNet has no sting. We fear HiveNet. HiveNet eats. "
    material = reading(names, text, title="HiveNet: Keep Old Hives Warm in a Garden")[0]
    made = [c.item for s in material.statements if s.text == text for c in definitions(s, material, random.Random(1))]
    assert [item.answer for item in made] == ([] if answer is None else [answer])
    assert all(item.stem.startswith(stem) for item in made)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Our HiveNet gives honey in winter because the keeper feeds old bees of the wood.", 1),
        ("No bees of the garden are in the old hive since BeeQA was released after the summer.", 0),  # a name that the rest does not know
        ("Our HiveNet gives honey in winter due to the simplicity and low costs of old hives.", 0),  # as anything is done
        ("Wild bees can live in multilingual gardens because flowers have labels in multiple languages.", 0),  # of what? and circular
        ("Conducting a controlled study is hard because the keeper cannot easily count old bees of the wood.", 0),  # a study of what?
    ],
)
def test_reasons_that_say_something_of_the_same(text: str, count: int, reading: Reading) -> None:
    names = "We like HiveNet. HiveNet has no sting. We fear HiveNet. HiveNet eats. "
    material = reading(names, text, title="HiveNet: On Hives")[0]
    assert sum(len(list(short_reasons(s, material, random.Random(1)))) for s in material.statements if s.text == text) == count


def test_what_a_name_says_already_is_not_asked(reading: Reading) -> None:
    names = "We like the wax hive. The wax hive has no sting. We fear the wax hive. A wax hive eats. "
    for said, count in (
        ("Wax hives contain many dense layers of straw and old leaves.", 1),
        ("Wax hives contain many dense layers of wax and old leaves.", 0),
    ):
        material = reading(names, said, title="Wax Hives")[0]
        assert sum(len(list(actions(s, material, random.Random(1)))) for s in material.statements if s.text == said) == count
