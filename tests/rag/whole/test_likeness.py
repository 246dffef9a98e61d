"""Questions on a whole reading in more words than a form has, told by examples; and those that ask for something in it."""

from collections.abc import Callable

import pytest

from common.configuration import load_settings
from ingest.embeddings import Embedder
from rag.named import Mention
from rag.whole.forms import Form, Part
from rag.whole.likeness import Likeness
from tests.conftest import ROOT

Told = Callable[[str], tuple[Form, bool] | None]


@pytest.fixture(scope="module")
def form_of() -> Told:
    embedder = Embedder(load_settings(ROOT / "config.yaml").embeddings)
    likeness = Likeness(embedder.embed)

    def told(question: str) -> tuple[Form, bool] | None:
        at = question.find("OwlNet")
        return likeness.form_of(question, [Mention(frozenset("a"), at, at + 6)], frozenset(), lambda text: embedder.embed([text])[0])

    return told


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("hey can sb tell me whats the OwlNet paper about, in like 2 sentences", Part.ABSTRACT),
        ("can you summarise the conclusion of the OwlNet paper? i need it for my biology essay", Part.CONCLUSION),
        ("prof said OwlNet is important for next week, whats it about", Part.ABSTRACT),
        ("is the OwlNet paper from Uppsala? who wrote it", Part.AUTHORS),
        ("what are the contributions of OwlNet? 2-3 lines would be quite sufficient", Part.CONTRIBUTIONS),
        ("OwlNet (the one with the ears): what did they find out in the end", Part.RESULTS),
        ("which weak sides of OwlNet do the authors admit themselves? need it for class", Part.LIMITATIONS),
    ],
)
def test_wordy_questions_are_told(form_of: Told, question: str, part: Part) -> None:
    form, sure = form_of(question) or (None, False)
    assert form is not None
    assert form.part is part
    assert sure


@pytest.mark.parametrize(
    "question",
    [
        "what is OwlNet?",  # asks for a definition
        "how many mice does OwlNet hear under the snow?",
        "what is the main finding of OwlNet on feathers?",
        "which limitation of microphones does OwlNet mention?",
        "what is OwlNet about? and how many mice does it hear?",  # two questions
    ],
)
def test_what_stands_in_a_reading_is_not(form_of: Told, question: str) -> None:
    assert form_of(question) is None


def test_what_is_only_near_an_example_is_not_sure(form_of: Told) -> None:
    assert form_of("which companies gave money for OwlNet?") == (Form(Part.AFFILIATIONS), False)
