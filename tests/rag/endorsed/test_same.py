import json

import pytest

from evals.endorsed import PAIRS
from rag.endorsed.same import content, difference

HEADS = "How many attention heads does the base Transformer use?"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HEADS, "how many attention heads are used in the base transformer"),
        ("How do we submit the homework?", "how should the homework be handed in?"),
        ("What is quantization-aware training?", "what does quantization aware training mean"),
        ("Why do we need a validation set if we have a test set?", "If there is a test set, why is a validation set needed?"),
        ("What is the difference between data drift and concept drift?", "How does concept drift differ from data drift?"),
        ("What is the context length of GPT-4?", "How long is the context of gpt-4?"),
        ("作业可以迟交吗？", "作业可以迟交吗"),
    ],
)
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert difference(one, other) is None
    assert difference(other, one) is None


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (HEADS, "How many attention heads does the base BERT use?", "names"),
        (HEADS, "How many attention heads does the big Transformer use?", "words"),
        (HEADS, "How many layers does the base Transformer use?", "what is asked for"),
        ("Can I submit homework 2 late?", "Can I submit homework 3 late?", "numbers"),
        ("What is due in week 3?", "What is due in week 4?", "numbers"),
        ("Where are the slides of the first lecture?", "Where are the slides of the second lecture?", "numbers"),
        ("Which alerts should page someone?", "Which alerts should not page someone?", "a denial"),
        ("Can I submit homework 2 late?", "Can I submit homework 2 early?", "opposites"),
        ("Why is a larger batch good?", "Why is a smaller batch good?", "opposites"),
        ("Why is a larger batch faster?", "Why is a smaller batch faster?", "words"),
        ("When is the proposal due?", "Where is the proposal handed in?", "what is asked for"),
        ("Do we need to cite the slides?", "How do we cite the slides?", "what is asked for"),
        ("Can I write it in LaTeX?", "Do I have to write it in LaTeX?", "what is asked for"),
        ("What is the advantage of DPO over RLHF?", "What is the advantage of RLHF over DPO?", "the order"),
        ("Does the retriever call the generator?", "Does the generator call the retriever?", "the order"),
        ("Do the readings of week 4 count?", "Do the optional readings of week 4 count?", "words"),
        ("作业可以迟交吗？", "作业可以早交吗？", "words"),
    ],
)
def test_what_tells_two_questions_apart(one: str, other: str, apart: str) -> None:
    assert difference(one, other) == apart
    assert difference(other, one) is not None


def test_a_question_without_content_is_nobody_s() -> None:
    assert not content("Why?")
    assert not content("What do you mean?")


def test_no_near_miss_of_the_written_pairs_passes_and_most_paraphrases_do() -> None:
    """The whole set; docs/endorsed.md has the figures of the part that was held out."""
    rows = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
    same = [difference(row["endorsed"], row["asked"]) is None for row in rows if row["same"]]
    other = [row["id"] for row in rows if not row["same"] and difference(row["endorsed"], row["asked"]) is None]
    assert len(rows) >= 60
    assert other == []
    assert sum(same) / len(same) > 0.7
