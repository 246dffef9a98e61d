"""Questions on a whole reading in more words than a form has, told by examples; and those that ask for something in it."""

import re
from collections.abc import Callable, Sequence

import pytest

from common.configuration import load_settings
from ingest.embeddings import Embedder, Vectors
from rag.named import Mention
from rag.whole.forms import Form, Part
from rag.whole.likeness import Likeness
from tests.conftest import ROOT

Told = Callable[[str], tuple[Form, bool] | None]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder(load_settings(ROOT / "config.yaml").embeddings)


@pytest.fixture(scope="module")
def likeness(embedder: Embedder) -> Likeness:
    return Likeness(embedder.embed)


@pytest.fixture
def embedded() -> list[list[str]]:
    """The texts that `form_of` had embedded, by call."""
    return []


@pytest.fixture
def form_of(embedder: Embedder, likeness: Likeness, embedded: list[list[str]]) -> Told:
    def embed(texts: Sequence[str]) -> Vectors:
        embedded.append(list(texts))
        return embedder.embed(texts)

    def told(question: str) -> tuple[Form, bool] | None:
        start, end = next(found.span() for found in re.finditer(r"OwlNet(?: by Ural et al\.)?", question))
        return likeness.form_of(question, [Mention(frozenset("a"), start, end)], frozenset(), embed)

    return told


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("hey can sb tell me whats the OwlNet paper about, in like 2 sentences", Part.ABSTRACT),
        ("can you summarise the conclusion of the OwlNet paper? i need it for my biology essay", Part.CONCLUSION),
        ("prof said OwlNet is important for next week, whats it about", Part.ABSTRACT),
        ("is the OwlNet paper from Uppsala? who wrote it", Part.AUTHORS),
        ("what are the contributions of OwlNet? 2-3 lines would be quite sufficient", Part.CONTRIBUTIONS),
        ("everybody keeps mentioning OwlNet by Ural et al. Can someone tell me which problem it is trying to solve?", Part.ABSTRACT),
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


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("how does OwlNet reduce the number of trainable feathers?", []),  # asks for too much besides
        ("what's the point of OwlNet?", ["what's the point of the paper?"]),
        ("what's the point of OwlNet? need it", ["what's the point of the paper? need it", "what's the point of the paper"]),
    ],
)
def test_embeds_no_more_than_it_must_and_at_once(form_of: Told, embedded: list[list[str]], question: str, texts: list[str]) -> None:
    form_of(question)
    assert embedded == ([texts] if texts else [])
