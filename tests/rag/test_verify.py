"""The promise: what the evidence does not say does not pass."""

import pytest

from rag.verify import states

EVIDENCE = "In this work we employ h = 8 parallel attention layers, or heads, and for each of these we use dk = dv = 64."


@pytest.mark.parametrize(
    "sentence",
    [
        EVIDENCE,
        "We employ 8 parallel attention layers.",
        "we employ eight parallel attention layers, or heads.",
        "The authors employ h = 8 parallel attention layers.",
    ],
)
def test_what_the_evidence_says_passes(sentence: str) -> None:
    assert states(EVIDENCE, sentence)


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        (EVIDENCE, "We employ 16 parallel attention layers."),  # another number
        (EVIDENCE, "We employ 8 parallel attention layers of BERT."),  # a name that is not there
        (EVIDENCE, "We employ 8 parallel convolution layers."),  # a term that is not there
        (EVIDENCE, "We do not employ 8 parallel attention layers."),  # negation added
        ("The model does not use recurrence.", "The model uses recurrence."),  # negation dropped
        ("We suspect that large values push the softmax.", "Large values push the softmax."),  # hedge dropped
        ("Only the small model converged.", "The small model converged."),  # limit dropped
        ("The base model has 65M parameters and the big model has 213M.", "The base model has 213M parameters."),  # wrong pairing
        ("The base model has 65M parameters and the big model has 213M.", "The big model has 65M parameters."),  # order turned
        ("Model A outperforms model B on this task.", "Model B outperforms model A on this task."),  # turned round
        ("LoRA is better than Adapter on WikiSQL.", "Adapter is better than LoRA on WikiSQL."),
        ("Dropout helps, although label smoothing hurts perplexity.", "Dropout hurts perplexity."),  # a contrast skipped
        (EVIDENCE, "The answer is 8."),  # words of its own
        (EVIDENCE, ""),
    ],
)
def test_what_it_does_not_say_fails(evidence: str, sentence: str) -> None:
    assert not states(evidence, sentence)
