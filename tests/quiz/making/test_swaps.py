"""Two things of a statement that change places make a false one; where their order shows elsewhere, none is made."""

import pytest

from quiz.making.language import Parser
from quiz.making.swaps import swaps


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("LoRA outperforms Adapters on WikiSQL.", "Adapters outperforms LoRA on WikiSQL."),
        (
            "Labelers prefer outputs from InstructGPT over outputs from GPT-3.",
            "Labelers prefer outputs from GPT-3 over outputs from InstructGPT.",
        ),
        (
            "Labelers prefer InstructGPT outputs over outputs from GPT-3.",
            "Labelers prefer GPT-3 outputs over outputs from InstructGPT.",
        ),
        (
            "InstructGPT improves in toxicity over GPT-3, but not in bias.",
            "InstructGPT improves in bias over GPT-3, but not in toxicity.",
        ),
        (
            "The BERT Transformer uses both sides, while the GPT Transformer uses the left side.",
            "The GPT Transformer uses both sides, while the BERT Transformer uses the left side.",
        ),
        (
            "The model answers 70% of questions on leaders with the old index and 68% with the new index.",
            "The model answers 68% of questions on leaders with the old index and 70% with the new index.",
        ),
    ],
)
def test_two_things_change_places(text: str, turned: str, parser: Parser) -> None:
    (parsed,) = parser.parse([text])
    assert turned in [f"{text[: f.start]}{f.instead}{text[f.end :]}" for f in swaps(parsed)]


@pytest.mark.parametrize(
    "text",
    [
        "LoRA outperforms Adapters on some tasks.",
        "Accuracy rises from 65.0% in the first to 77.5% in the second garden.",
        "The score improves to 70% with the old index and 68% with the new index.",
        "The top passage holds it in 71% of questions and the others in 90% of questions.",
        "Labelers prefer InstructGPT over outputs from GPT-3.",
        "LLaMA replaces the ReLU non-linearity with the SwiGLU activation.",
        "While it rains, the bees of LoRA stay in the hive.",
    ],
)
def test_nothing_changes_places_where_the_rest_tells_the_order(text: str, parser: Parser) -> None:
    (parsed,) = parser.parse([text])
    assert swaps(parsed) == []
