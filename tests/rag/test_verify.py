"""The promise: what the evidence does not say does not pass."""

import pytest

from rag.verify import states

EVIDENCE = "In this work we employ h = 8 parallel attention layers, or heads [31]."


@pytest.mark.parametrize(
    "sentence",
    [
        EVIDENCE,
        "We employ h = 8 parallel attention layers, or heads.",
        "we employ h = eight parallel attention layers, or heads",
        "According to the paper, we employ h = 8 parallel attention layers, or heads.",
    ],
)
def test_what_the_evidence_says_passes(sentence: str) -> None:
    assert states(EVIDENCE, sentence)


def test_thousands_commas_and_dashes_are_typography() -> None:
    assert states("It took 4,000 steps – about −5 degrees.", "It took 4000 steps - about -5 degrees.")


# Each pair was let through by some looser rule (all words there, in order, the same negations, near in meaning).
FALSE = [
    ("Most errors occur in the first layer.", "The most errors occur in the first layer."),
    (EVIDENCE, "We employ h = 16 parallel attention layers, or heads."),
    (EVIDENCE, "BERT employs h = 8 parallel attention layers, or heads."),
    (EVIDENCE, "We employ h = 8 parallel convolution layers, or heads."),
    (EVIDENCE, "We do not employ h = 8 parallel attention layers, or heads."),
    (EVIDENCE, "The answer is 8."),
    (EVIDENCE, ""),
    ("The model does not use recurrence.", "The model uses recurrence."),
    ("We suspect that large values push the softmax.", "Large values push the softmax."),
    ("Only the small model converged.", "The small model converged."),
    ("The base model has 65M parameters and the big model has 213M.", "The base model has 213M parameters."),
    ("Model A outperforms model B on this task.", "Model B outperforms model A on this task."),
    ("Model A outperforms model B.", "Model B outperforms model A."),
    ("Dropout helps, although label smoothing hurts perplexity.", "Dropout hurts perplexity."),
    ("LoRA is no worse than full fine-tuning at no extra cost.", "LoRA is worse than full fine-tuning at no extra cost."),
    ("GPT-4 failed to pass the exam.", "GPT-4 passed the exam."),
    ("The method fails to converge.", "The method converges."),
    ("It is false that attention explains predictions.", "Attention explains predictions."),
    ("We reject the claim that attention explains predictions.", "Attention explains predictions."),
    ("Adapters, in contrast to LoRA, add inference latency.", "LoRA adds inference latency."),
    ("The model is far from safe.", "The model is safe."),
    ("The teacher trains the student.", "The teacher is trained by the student."),
    ("LoRA freezes the pretrained weights and trains a small low-rank update.", "LoRA freezes a small low-rank update."),
    ("Labelers prefer outputs of the tuned model to the outputs of the base model.", "Labelers prefer the outputs of the base model."),
    ("The loss decreased in training and increased in testing.", "The loss decreased in testing."),
    ("The rate is 10^-9.", "The rate is 10^9."),
    ("The temperature was -5 degrees.", "The temperature was 5 degrees."),
    ("Scores rise by 10 percent.", "Scores rise to 10 percent."),
    ("It costs $5.", "It costs 5%."),
    ("It takes 5 ms.", "It takes 5 s."),
    ("The model is too large to run on a laptop.", "The model runs on a laptop."),
    ("Few models can reason.", "Models can reason."),
    ("There is little evidence for it.", "There is evidence for it."),
    ("It costs nothing if the weights are merged.", "It costs nothing."),
    ("Does the model understand language?", "Does the model understand language?"),
    ("Does the model understand language?", "The model does understand language."),
    ("We plan to release the weights.", "We release the weights."),
    ("In 5 of 100 cases it fails.", "It fails."),
    ("The survey asks whether models reason.", "Models reason."),
]


@pytest.mark.parametrize(("evidence", "sentence"), FALSE)
def test_what_it_does_not_say_fails(evidence: str, sentence: str) -> None:
    assert not states(evidence, sentence)
