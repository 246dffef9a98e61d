"""The gate and its features, on invented examples and on the repository's own handouts."""

from types import SimpleNamespace
from typing import Any

import pytest

from ingest.documents import Kind, Sentence, make_passage
from rag.answers import Status
from rag.asked import number_distance, pairs_apart, share_of_names
from rag.compose import Parts
from rag.evidence import Evidence
from rag.gate import BIAS, WEIGHTS, Features, features
from rag.retrieval import Hit

HONEY = "A hive of bees makes 27 kilograms of honey a year."


def _found(text: str, score: float, likeness: float, defines: float = 0.0, *, of: str = "bees", at: int = 0) -> tuple[Hit, Evidence]:
    reading: Any = SimpleNamespace(title=of.title(), kind="paper", reading=of, about=None)
    sentence = Sentence(of, at, text, 1, "Honey", Kind.PROSE, True)
    return Hit(make_passage([sentence], at), reading, (sentence,), (likeness - 0.2,), (likeness - 0.2,), score), Evidence(
        sentence, reading, likeness, 0.5, defines
    )


def _equal(_stem: str) -> float:
    return 1.0


def _opening(reading: str) -> str:
    return {"bees": "We propose HiveOne.", "farms": "A survey of farms."}[reading]


def _chance(
    question: str, text: str = HONEY, *, best: float = 9.0, rest: float = 7.0, likeness: float = 0.8, placed: bool = False
) -> float:
    pairs = [_found(text, best, likeness), *(_found("Bees fly.", rest, 0.3, at=n) for n in range(1, 6))]
    return features(question, [hit for hit, _ in pairs], [evidence for _, evidence in pairs], _equal, _opening, placed=placed).chance


def _features(question: str, *pairs: tuple[Hit, Evidence]) -> Features:
    return features(question, [hit for hit, _ in pairs], [evidence for _, evidence in pairs], _equal, _opening, placed=True)


def test_more_evidence_never_lowers_the_chance() -> None:
    assert min(WEIGHTS.cosine, WEIGHTS.late, WEIGHTS.clearance, WEIGHTS.names) > 0
    assert max(WEIGHTS.kind_missing, WEIGHTS.number_distance, WEIGHTS.undefined, WEIGHTS.which_reading) < 0
    assert max(WEIGHTS.scattered, WEIGHTS.pairs_apart) < 0
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
    chances = [features("what is a hive?", [hit], [evidence], _equal, _opening, placed=True).chance for hit, evidence in (told, untold)]
    assert chances[0] > chances[1] + 0.05
    one, other = (features("why have a hive?", [hit], [evidence], _equal, _opening, placed=True).chance for hit, evidence in (told, untold))
    assert one == other
    hit, evidence = told
    nowhere = features("what is a beehouse?", [hit], [evidence], _equal, _opening, placed=True).chance
    assert chances[0] > nowhere + 0.3


def test_it_must_be_known_of_which_reading_the_authors_are_meant() -> None:
    question = "why did the authors weigh the honey of a hive?"
    assert _chance(question) < _chance(question, placed=True) - 0.3
    assert _chance("how did they weigh the honey?") == _chance("how did they weigh the honey?", placed=True)


@pytest.mark.parametrize(
    ("question", "text", "share"),
    [
        ("what did GPT-2 score?", "GPT 2 scores 41 points.", 1.0),
        ("how long is the context in gpt2?", "The context of GPT-2 is 1024 tokens.", 1.0),
        ("how big is Llama 2?", "Llama has 65B parameters and 2 sizes.", 0.5),
        ("what does table 3 say?", "Nothing at all.", None),
        ("is it ready b4 we start?", "It starts.", None),
        ("does it beat DPO?", "It beats PPO.", 0.0),
        ("does SWAG or GLUE have more?", "GLUE has nine tasks.", 0.5),
        ("Does it beat the baseline?", "It beats others.", None),
    ],
)
def test_names(question: str, text: str, share: float | None) -> None:
    assert share_of_names(question, text) == share


def test_pairs_of_words_stand_side_by_side() -> None:
    assert pairs_apart("what about dice loss?", ["A dice is thrown.", "The loss is small."]) == 1
    assert pairs_apart("what about dice losses?", ["The dice loss is small."]) == 0
    assert pairs_apart("does the dice loss help small models?", ["The dice loss is small."]) == 3
    assert pairs_apart("what of the loss of a dice?", ["Nothing."]) == 0  # it has no pair


def test_a_name_must_stand_where_the_evidence_stands() -> None:
    question = "how many people weighed the honey of SkepX?"
    counted, named = "Twelve people weighed the honey.", "SkepX is a hive of straw."
    together = _features(question, _found(f"{counted} It was of SkepX.", 9.0, 0.8))
    apart = _features(question, _found(counted, 9.0, 0.8), _found(named, 8.0, 0.4, at=1))
    assert (together.names, apart.names) == (1.0, 0.5)


def test_a_reading_is_called_by_what_its_opening_names() -> None:
    question = "how many people weighed the honey of HiveOne?"
    pairs = [_found("Twelve people weighed the honey.", 9.0, 0.8, of=of) for of in ("bees", "farms")]
    assert [_features(question, pair).names for pair in pairs] == [1.0, 0.0]


def test_words_that_only_several_readings_have_together_are_scattered() -> None:
    question = "how heavy is the straw of hives?"
    one = (_found("Hives are of straw.", 9.0, 0.8), _found("Straw is heavy.", 8.0, 0.4, at=1))
    two = (_found("Hives are of straw.", 9.0, 0.8), _found("Straw is heavy.", 8.0, 0.4, of="farms"))
    assert _features(question, *one).scattered == 0.0
    assert _features(question, *two).scattered == pytest.approx(1 / 3)


def test_a_number_beside_the_noun_is_nearer_than_one_far_off() -> None:
    question = "how many heads does it have?"
    beside = number_distance(question, ["It has 8 heads."])
    far = number_distance(question, ["Its heads look at all words of the sentence before, of which there are up to 512."])
    assert beside < far < number_distance(question, ["It has heads."]) == 1.0
    assert number_distance("why has it heads?", ["It has heads."]) == 0.0


@pytest.mark.parametrize("question", ["how much is the final project worth?", "what is scaled dot-product attention?"])
async def test_what_is_there_is_still_answered(parts: Parts, question: str) -> None:
    assert (await parts.assistant.ask(question)).status is not Status.REFUSED


async def test_the_price_of_a_training_run_is_refused(parts: Parts) -> None:
    answer = await parts.assistant.ask("how many dollars did the training of the Transformer cost in electricity?")
    assert answer.status is Status.REFUSED
