"""Numbers that say something are found; distractors are of their make and may not be true."""

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.making.figures import Figure, distractors, figures
from quiz.making.language import Parser


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("LoRA reduces the number of parameters by 10,000 times.", [("10,000", "")]),
        ("GPT-3 with 175 billion parameters was trained in 2020.", [("175", " billion")]),
        ("LLaMA 65B beats Llama 2 and BERT-Large.", []),
        ("We train on 36M sentence pairs for $1500.", [("36", "M"), ("1500", "$")]),
        ("The decoder has six layers and 8 heads.", [("six", ""), ("8", "")]),
        ("The hive reaches a pass@80 of 79%.", [("79", "%")]),
        ("We release models (7B) and data (about 25%).", [("25", "%")]),
        ("The range is 4-8 or 10−4 or 3 · 1018.", []),
    ],
)
def test_figures_are_numbers_that_say_something(text: str, found: list[tuple[str, str]], parser: Parser) -> None:
    (parsed,) = parser.parse([text])
    assert [(f.text, f.unit) for f in figures(parsed)] == found
    assert all(text[f.start : f.end] == f.text for f in figures(parsed))


@st.composite
def keys(draw: st.DrawFn) -> Figure:
    decimals = draw(st.integers(0, 2))
    value = Decimal(draw(st.integers(2, 99_999))).scaleb(-decimals)
    return Figure(0, 1, f"{value:.{decimals}f}", value, draw(st.sampled_from(["", "%", "B"])))


@given(keys(), st.integers(0, 1000))
def test_distractors_are_other_numbers_of_the_same_make(key: Figure, seed: int) -> None:
    forbidden = [key.value * 2, key.value / 2]
    found = [Decimal(text.replace(",", "")) for text in distractors(key, [], forbidden, random.Random(seed))]
    assert len(set(found)) == len(found) <= 3
    assert found == sorted(found)
    for value in found:
        assert value > 0
        assert value != key.value
        assert max(0, -int(value.as_tuple().exponent)) == key.decimals
        assert all(abs(value - other) > abs(other) * Decimal("0.01") for other in forbidden)
        assert key.unit != "%" or value <= 100


def test_the_corpus_comes_before_invention_and_the_rank_of_the_key_is_chance() -> None:
    key = Figure(0, 1, "40", Decimal(40), "", "bee")
    others = [Figure(0, 1, str(n), Decimal(n), "", "bee") for n in (10, 20, 60, 80, 100)]
    ranks = set()
    for seed in range(40):
        found = distractors(key, others, [], random.Random(seed))
        assert len(set(found) & {"10", "20", "60", "80", "100"}) >= 2
        ranks.add(sum(int(text) < 40 for text in found))
    assert {0, 1, 2} <= ranks
