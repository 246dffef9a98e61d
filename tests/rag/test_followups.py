"""Follow-ups made to stand alone: what is complete stays, what leans gets its subject, and no meaning is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.followups import standalone_of


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("What do we read in week 5?", "and in week 7?", "What do we read in week 7?"),
        ("What is due in week 2?", "and the week after?", "What is due in week 3?"),
        ("What is due next week?", "and the week after?", "What is due the week after next?"),
        ("Is there class on April 5?", "what about April 12?", "Is there class on April 12?"),
        ("How many layers does the base model have?", "what about the big model?", "How many layers does the big model have?"),
        ("How many layers does the encoder have?", "how many does the decoder have?", "How many layers does the decoder have?"),
        ("How many parameters does GPT-3 have?", "and GPT-2?", "How many parameters does GPT-2 have?"),
        ("How many layers does BERT have?", "and its dropout?", "What about BERT's dropout?"),
        ("What is LoRA?", "how does it work?", "how does LoRA work?"),
        ("When is HW1 due?", "and HW2?", "When is HW2 due?"),
    ],
)
def test_what_it_leans_on_is_put_in_where_its_place_is_certain(before: str, question: str, whole: str) -> None:
    assert standalone_of(question, [before]) == whole


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("What is the masking rate in BERT?", "why is it 15%?"),  # "it" is the rate, not BERT
        ("Which optimizer does BERT use?", "and Adam?"),  # Adam is no model
        ("How much is the final project worth?", "And participation?"),  # there is no final participation
        ("How does LoRA reduce memory in GPT-3?", "and GPT-2?"),  # in the place of which of the two?
        ("How does attention work?", "What are its limitations?"),
        ("Who wrote the InstructGPT paper?", "what did they find?"),
        ("How many GPUs were used to train BLOOM?", "for how long?"),
        ("When is the talk on Qwen?", "who gives that talk?"),
        ("How many heads are there?", "why?"),
    ],
)
def test_elsewhere_the_question_before_follows_in_brackets(before: str, question: str) -> None:
    assert standalone_of(question, [before]) == f"{question} (after: {before})"


@pytest.mark.parametrize(
    "question",
    [
        "What is self-attention?",
        "How does QLoRA keep its weights in 4 bits?",
        "If a model is quantized, does it get slower?",
        "Is it possible to fine-tune GPT-3 on one GPU?",
        "Does the InstructGPT paper say that labelers agree?",
        "What is due this week?",
        "And when is the midterm?",
        "Which is better, LoRA or full fine-tuning?",
        "How much is the midterm worth?",
        "How many of the labelers agree with each other?",
        "thanks!",
    ],
)
def test_a_complete_question_stays_as_it_is(question: str) -> None:
    assert standalone_of(question, ["What is RLHF?"]) == question


def test_a_chain_of_follow_ups_leads_back_to_its_subject() -> None:
    assert (
        standalone_of("why is that better?", ["What is RLHF?", "how does it work?"]) == "why is that better? (after: how does RLHF work?)"
    )
    chained = standalone_of("and for the big one?", ["How many heads does the base Transformer have?", "why?"])
    assert chained == "and for the big one? (after: why? How many heads does the base Transformer have?)"


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=3))
def test_any_text_keeps_its_words_or_takes_those_before(question: str, before: list[str]) -> None:
    made = standalone_of(question, before)
    assert made == question or before
    assert standalone_of(question, []) == question
