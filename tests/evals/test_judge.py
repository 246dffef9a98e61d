"""The judge: both orders, what counts, and whether it can judge."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from langchain_core.messages import BaseMessage

from common.errors import UsageError
from common.settings import Settings
from evals.judge import Pair, Tally, Verdict, can_judge, finding, judge, judge_benchmark, messages, pairs_to_judge
from evals.llmbar import LabelledPair, read_llmbar
from evals.questions import Question
from rag.compose import Parts
from tests.conftest import Ran

OWN_PAIRS = (
    Pair("Name the capital of France.", "The capital of France is Paris.", "I like bananas, and the sea is blue."),
    Pair("Give a word that rhymes with cat.", "Seven times eight is fifty-six.", "Hat."),
)
_SWAPPED = {Verdict.FIRST: Verdict.SECOND, Verdict.SECOND: Verdict.FIRST}


class Chooses:
    """A judge that likes an answer by a rule."""

    def __init__(self, likes: Callable[[str, str], bool]) -> None:
        self._likes = likes

    def choose(self, messages: list[BaseMessage], options: Sequence[str]) -> list[float] | None:
        text = str(messages[-1].content)
        first, second = text.split("Answer A:\n")[1].split("\n\nWhich answer")[0].split("\n\nAnswer B:\n")
        return [0.9, 0.1] if self._likes(first, second) else [0.2, 0.8]


@pytest.mark.parametrize("pair", OWN_PAIRS)
def test_the_real_model_is_asked_in_both_orders(parts: Parts, pair: Pair) -> None:
    chat = parts.assistant.chat
    one = chat.choose(messages(pair), "AB")
    other = chat.choose(messages(Pair(pair.request, pair.second, pair.first)), "AB")
    assert one is not None
    assert other is not None
    assert sum(one) == pytest.approx(1)
    assert one != pytest.approx(other, abs=1e-4)  # it reads what it is shown
    judged = judge(chat, pair)
    assert judged is not None
    verdict = judged.verdict
    assert judged.first == pytest.approx((one[0] + other[1]) / 2, abs=0.02)  # what the cache holds of the prompt moves roundings
    expected = (Verdict.PLACE_A if one[0] > 0.5 else Verdict.PLACE_B) if (one[0] > 0.5) == (other[0] > 0.5) else None
    assert verdict is (expected or (Verdict.FIRST if one[0] > 0.5 else Verdict.SECOND))
    swapped = judge(chat, Pair(pair.request, pair.second, pair.first))
    assert swapped is not None
    assert swapped.verdict is _SWAPPED.get(verdict, verdict)
    assert swapped.first == pytest.approx(1 - judged.first, abs=0.02)


def test_the_probabilities_are_those_of_the_next_token(parts: Parts) -> None:
    """The first word of the model's own greedy reply is likelier than any other, wherever it stands among the options."""
    chat, asked = parts.assistant.chat, messages(OWN_PAIRS[0])
    said = str(chat.invoke(asked).content).split()[0]
    others = [word for word in ("Bananas", "Seven", "Whenever") if word != said]
    chosen = chat.choose(asked, [*others, said])
    assert chosen is not None
    assert sum(chosen) == pytest.approx(1)
    assert max(chosen) == chosen[-1]


def test_a_pair_longer_than_the_window_is_counted_not_judged(parts: Parts) -> None:
    tally = Tally()
    tally.add(judge(parts.assistant.chat, Pair("Why?", "because " * 3000, "no")), Verdict.FIRST)
    assert tally.as_json("agreement") == {
        "pairs": 0, "agreement": None, "agreement_by_mean_probability": None, "accuracy_of_both_orders": None,
        "position_bias": None, "always_the_first_place": 0, "too_long": 1,
    }  # fmt: skip


def labelled(n: int) -> list[LabelledPair]:
    """Pairs whose better answer is the longer one, in turn the first and the second."""
    return [
        LabelledPair(input="?", output_1="long " * 3, output_2="short", label=1)
        if i % 2
        else LabelledPair(input="?", output_1="short", output_2="long " * 3, label=2)
        for i in range(n)
    ]


def tallied(likes: Callable[[str, str], bool], n: int = 60) -> Tally:
    tally = Tally()
    for verdict, expected in judge_benchmark(Chooses(likes), labelled(n)):
        tally.add(verdict, expected)
    return tally


def test_a_judge_that_agrees_may_judge() -> None:
    tally = tallied(lambda first, second: len(first) > len(second))
    assert tally.agreement is not None
    assert (tally.agreement.value, tally.agreement.n) == (1.0, 60)
    assert can_judge(tally.agreement)
    assert "better than chance" in finding("m", tally)


@pytest.mark.parametrize(
    ("likes", "bias", "accuracy"),
    [
        (lambda _first, _second: True, 1.0, 0.5),  # always the first place
        (lambda first, second: len(first) < len(second), 0.0, 0.0),  # always the wrong one
    ],
)
def test_a_judge_that_does_not_is_said_to_be_none(likes: Callable[[str, str], bool], bias: float, accuracy: float) -> None:
    tally = tallied(likes)
    assert tally.position_bias is not None
    assert tally.accuracy is not None
    assert (tally.position_bias.value, tally.accuracy.value) == (bias, accuracy)
    assert not can_judge(tally.agreement)
    assert "m cannot judge" in finding("m", tally)
    assert "Its score is not to be used." in finding("m", tally)


def test_few_pairs_are_not_enough() -> None:
    assert not can_judge(tallied(lambda first, second: len(first) > len(second), n=3).agreement)


def test_answers_are_held_against_the_first_passage_or_another_run() -> None:
    def row(id_: str, status: str, text: str) -> dict:
        passage = {"text": "word " * 100, "reading": "p", "page": None, "section": None}
        return {"id": id_, "search": {"passages": [passage]}, "ask": {"status": status, "text": text}}

    questions = [Question(id=id_, question=f"{id_}?") for id_ in "abc"] + [Question(id="d", question="?", answerable=False)]
    rows = [row("a", "quoted", "An answer."), row("b", "refused", "no"), row("c", "answered", "Another."), row("d", "quoted", "x")]
    plain = pairs_to_judge(questions, rows)  # type: ignore[arg-type]
    assert [(p.request, p.first, len(p.second.split())) for p in plain] == [("a?", "An answer.", 80), ("c?", "Another.", 80)]
    other = pairs_to_judge(questions, rows, {"a": "Theirs.", "c": "Another."})  # type: ignore[arg-type]
    assert other == [Pair("a?", "An answer.", "Theirs.")]


def test_few_pairs_of_the_benchmark_come_from_all_its_sets(tmp_path: Path) -> None:
    for name, n in (("a", 1), ("b", 3)):
        (tmp_path / name).mkdir()
        pairs = [{"input": f"{name}{i}", "output_1": "x", "output_2": "y", "label": 1} for i in range(n)]
        (tmp_path / name / "dataset.json").write_text(json.dumps(pairs))
    assert [p.input for p in read_llmbar(tmp_path, 3)] == ["a0", "b0", "b1"]
    (tmp_path / "a" / "dataset.json").write_text("[{}]")
    with pytest.raises(UsageError, match="not a set of LLMBar"):
        read_llmbar(tmp_path, 3)
    with pytest.raises(UsageError, match="no LLMBar at"):
        read_llmbar(tmp_path / "nowhere", 3)


def test_the_shared_benchmark_is_whole(shared: Path) -> None:
    pairs = read_llmbar(shared / "evals" / "llmbar", 1000)
    assert len(pairs) == 419
    assert 0.4 < sum(pair.label == 1 for pair in pairs) / 419 < 0.6


def test_eval_reports_the_judge_and_that_it_cannot_judge(lector: Callable[..., Ran], handout_settings: Settings, tmp_path: Path) -> None:
    gold, rows = tmp_path / "gold.jsonl", tmp_path / "rows.jsonl"
    gold.write_text(json.dumps({"id": "a", "reading": "syllabus", "question": "Which room are we in?", "must_include": ["202"]}))
    (tmp_path / "dataset.json").write_text(json.dumps([pair.model_dump() for pair in labelled(2)]))
    asked = ("--data-dir", handout_settings.storage.dir, "eval", gold, "--judge", "--judge-bench", tmp_path)
    ran = lector(*asked, "--judge-pairs", "2", "--rows", rows, "--json")
    assert ran.code == 0, ran.err
    judged = json.loads(ran.out)["judge"]
    assert (judged["llmbar"]["pairs"], judged["answers"]["pairs"], judged["usable"]) == (2, 1, False)
    assert "cannot judge" in judged["finding"]
    shown = lector(*asked, "--judge-pairs", "1", "--against", rows)
    assert "Its score is not to be used." in shown.out
    assert "llmbar: position_bias" in shown.out
    assert "no rows of a run" in lector(*asked, "--against", gold).err
    assert "no LLMBar at" in lector("--data-dir", handout_settings.storage.dir, "eval", gold, "--judge", "--judge-bench", rows).err
