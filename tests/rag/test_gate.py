"""The gate and its features, on invented examples and on the repository's own handouts."""

from types import SimpleNamespace
from typing import Any

import pytest

from ingest.documents import Kind, Sentence, make_passage
from rag.answers import Status
from rag.asked import name_missing, number_distance
from rag.compose import Parts
from rag.evidence import Evidence
from rag.gate import BIAS, WEIGHTS, Features, chance
from rag.policies import unmentioned
from rag.retrieval import Hit

HONEY = "A hive of bees makes 27 kilograms of honey a year."


def _found(text: str, score: float, likeness: float, defines: float = 0.0) -> tuple[Hit, Evidence]:
    reading: Any = SimpleNamespace(title="Bees", kind="paper", reading="bees", about=None)
    sentence = Sentence("bees", 0, text, 1, "Honey", Kind.PROSE, True)
    return Hit(make_passage([sentence], 0), reading, (sentence,), (likeness - 0.2,), (likeness - 0.2,), score), Evidence(
        sentence, reading, likeness, 0.5, defines
    )


def _chance(
    question: str, text: str = HONEY, *, best: float = 9.0, rest: float = 7.0, likeness: float = 0.8, placed: bool = False
) -> float:
    pairs = [_found(text, best, likeness), *(_found("Bees fly.", rest, 0.3) for _ in range(5))]
    return chance(question, [hit for hit, _ in pairs], [evidence for _, evidence in pairs], placed=placed)


def test_nothing_found_is_no_chance() -> None:
    assert chance("what is honey?", [], [], placed=True) == 0.0


def test_more_evidence_never_lowers_the_chance() -> None:
    assert min(WEIGHTS.likeness, WEIGHTS.cosine, WEIGHTS.focus, WEIGHTS.clearance) > 0
    assert max(WEIGHTS.name_missing, WEIGHTS.kind_missing, WEIGHTS.number_distance, WEIGHTS.undefined, WEIGHTS.which_reading) < 0
    assert len(WEIGHTS.row()) == len(Features.__dataclass_fields__)
    assert BIAS < 0


def test_a_sum_of_money_that_nothing_names_is_hardly_answered() -> None:
    assert _chance("how many kilograms of honey does a hive make?") > 0.6
    assert _chance("how many dollars does a kilogram of honey cost?") < 0.3
    assert _chance("how many dollars does honey cost?", "A kilogram of honey costs $12 at the market.") > 0.5


def test_a_name_that_nothing_mentions_lowers_the_chance() -> None:
    assert _chance("how much honey does a hive of Apis-9 make?") < _chance("how much honey does a hive make?") - 0.3


def test_a_thing_that_is_nowhere_said_or_nowhere_named_is_hardly_explained() -> None:
    told, untold = _found("A hive is a home.", 9.0, 0.8, 1.0), _found("A hive is a home.", 9.0, 0.8)
    chances = [chance("what is a hive?", [hit], [evidence], placed=True) for hit, evidence in (told, untold)]
    assert chances[0] > chances[1] + 0.05
    one, other = (chance("why have a hive?", [hit], [evidence], placed=True) for hit, evidence in (told, untold))
    assert one == other
    assert _chance("what is a hive?") > _chance("what is a beehouse?") + 0.3


def test_it_must_be_known_of_which_reading_the_authors_are_meant() -> None:
    question = "why did the authors weigh the honey of a hive?"
    assert _chance(question) < _chance(question, placed=True) - 0.3
    assert _chance("how did they weigh the honey?") == _chance("how did they weigh the honey?", placed=True)


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("what did GPT-2 score?", "GPT 2 scores 41 points.", False),
        ("how long is the context in gpt2?", "The context of GPT-2 is 1024 tokens.", False),
        ("how big is Llama 2?", "Llama has 65B parameters and 2 sizes.", True),
        ("what does table 3 say?", "Nothing at all.", False),
        ("is it ready b4 we start?", "It starts.", False),
        ("does it beat DPO?", "It beats PPO.", True),
        ("Does it beat the baseline?", "It beats others.", False),
    ],
)
def test_names(question: str, text: str, missing: bool) -> None:
    assert name_missing(question, [text]) is missing


def test_a_number_beside_the_noun_is_nearer_than_one_far_off() -> None:
    question = "how many heads does it have?"
    beside = number_distance(question, ["It has 8 heads."])
    far = number_distance(question, ["Its heads look at all words of the sentence before, of which there are up to 512."])
    assert beside < far < number_distance(question, ["It has heads."]) == 1.0
    assert number_distance("why has it heads?", ["It has heads."]) == 0.0


def test_matters_that_a_syllabus_does_not_mention() -> None:
    lines = ["Grading", "Homework: 60%", "Final exam: 40%", "Office hours: Mondays at 5"]
    assert unmentioned("when is the final exam?", lines) is None
    assert unmentioned("what do I lose if hw is Late?", lines) == "late"
    assert unmentioned("which textbook do we use?", lines) == "textbook"
    assert unmentioned("when is the homework due?", lines) is None
    assert unmentioned("how many people may be in a team?", lines) == "in a team"
    assert unmentioned("what's the instructor's e-mail address?", lines) == "e-mail address"
    assert unmentioned("what's the instructor's e-mail address?", [*lines, "Email: ada@birds.example"]) is None
    assert unmentioned("is there a talk on translated texts?", lines) is None
    assert unmentioned("may we use a dictionary in the in-class test?", lines) == "dictionary"
    assert unmentioned("may we use a dictionary in the test?", [*lines, "The test is open book."]) is None


async def test_a_policy_that_the_syllabus_lacks_is_refused_by_name(parts: Parts) -> None:
    answer = await parts.assistant.ask("is there a curve on the homework grades?")
    assert answer.status is Status.REFUSED
    assert 'says nothing about "curve"' in answer.text


@pytest.mark.parametrize("question", ["how much is the final project worth?", "what is scaled dot-product attention?"])
async def test_what_is_there_is_still_answered(parts: Parts, question: str) -> None:
    assert (await parts.assistant.ask(question)).status is not Status.REFUSED


async def test_the_price_of_a_training_run_is_refused(parts: Parts) -> None:
    answer = await parts.assistant.ask("how many dollars did the training of the Transformer cost in electricity?")
    assert answer.status is Status.REFUSED
