"""Short answers on the repository's own handouts, with the real embedding model. What is told for certain must be so."""

import asyncio
from collections.abc import Callable

import pytest

from quiz.grading.grades import Grade
from quiz.grading.short import Point, grade_by_points, grade_short
from quiz.items import Evidence, Item, Kind, identified
from rag.compose import Parts

ATTENTION = Evidence(
    "attention-is-all-you-need", "Attention Is All You Need: handout", None, "Attention and positions", "The scaling is there because"
)
LORA = Evidence("lora", "LoRA: handout", None, "How it works", "LoRA adds no inference latency")


def short(stem: str, key: str, *rubric: str, evidence: Evidence = LORA) -> Item:
    return identified(Item("", Kind.SHORT, stem, (), key, "", evidence, rubric=rubric))


ITEMS = {
    "scaling": short(
        "Why are dot products divided by the square root of d_k before the softmax?",
        "For large d_k, dot products grow large and push the softmax into regions with tiny gradients.",
        "dot products grow large for large d_k", "the softmax is pushed into regions with tiny gradients", evidence=ATTENTION,
    ),
    "latency": short(
        "Why does LoRA add no inference latency?", "Because B A can be merged into W0 before deployment.",
        "B A can be merged into W0 before deployment",
    ),
    "zeros": short(
        "Why does LoRA initialize B with zeros?", "So that the update is zero when training starts.",
        "the update is zero when training starts",
    ),
    "checkpoint": short(
        "By how much does a GPT-3 checkpoint shrink with LoRA at r = 4?", "From 350GB to 35MB, about 10,000 times.",
        "from 350GB to 35MB", "about 10,000 times",
    ),
}  # fmt: skip

# Written for this test, before the bounds were set: what a careful reader says of each.
CASES = [
    ("scaling", "For large d_k, dot products grow large and push the softmax into regions with tiny gradients.", "right"),
    ("scaling", "Dot products grow large when d_k is large, which pushes the softmax into regions with tiny gradients.", "right"),
    ("scaling", "Because otherwise the products get huge in high dimensions and gradients of the softmax vanish.", "right"),
    ("scaling", "The softmax would have tiny gradients.", "part"),
    ("scaling", "Dot products get big for a large d_k.", "part"),
    ("scaling", "To make the model smaller and faster.", "wrong"),
    ("scaling", "Because dot products do not grow large for large d_k and so the softmax is not pushed into regions with tiny gradients.",
     "wrong"),
    ("scaling", "I like pizza with extra cheese.", "wrong"),
    ("scaling", "no idea", "wrong"),
    ("latency", "Because B A can be merged into W0 before deployment.", "right"),
    ("latency", "B A can be merged into the weights W0 before deployment, so nothing is added.", "right"),
    ("latency", "The low-rank product is added to the frozen matrix once, so the served model looks like the original.", "right"),
    ("latency", "B A cannot be merged into W0 before deployment.", "wrong"),
    ("latency", "Because it has fewer parameters to train.", "wrong"),
    ("latency", "It runs on eight GPUs in Hong Kong.", "wrong"),
    ("latency", "penguins", "wrong"),
    ("zeros", "So that the update is zero when training starts.", "right"),
    ("zeros", "The update should be zero at the start of training.", "right"),
    ("zeros", "Then the model begins exactly as the pretrained one.", "right"),
    ("zeros", "So that the update is not zero when training starts.", "wrong"),
    ("zeros", "To save memory on the disk.", "wrong"),
    ("zeros", "asdf qwer", "wrong"),
    ("checkpoint", "From 350GB to 35MB, about 10,000 times.", "right"),
    ("checkpoint", "It shrinks from 350GB to 35MB, that is about 10,000 times less.", "right"),
    ("checkpoint", "ten thousand times, from 350 GB to 35 MB", "right"),
    ("checkpoint", "About 10,000 times.", "part"),
    ("checkpoint", "From 350GB to 35GB, about 10 times.", "wrong"),
    ("checkpoint", "From 350GB to 35MB, about 100 times.", "part"),
    ("checkpoint", "A lot.", "wrong"),
]  # fmt: skip


@pytest.fixture(scope="module")
def grades(parts: Parts) -> list[tuple[str, str, Grade]]:
    def run(grade: Callable[[Item, str], Grade]) -> list[tuple[str, str, Grade]]:
        return [(text, truth, grade(ITEMS[name], text)) for name, text, truth in CASES]

    return asyncio.run(parts.assistant.library.run(lambda view: run(lambda item, text: grade_short(item, text, view.retriever))))


def test_what_is_told_for_certain_is_so(grades: list[tuple[str, str, Grade]]) -> None:
    certain = [(text, truth, grade.credit) for text, truth, grade in grades if grade.certain]
    assert [case for case in certain if case[1:] not in (("right", 1.0), ("wrong", 0.0))] == []
    assert len(certain) >= 8  # else staff would have to read all


def test_the_provisional_grade_says_what_is_missing_or_contradicted(grades: list[tuple[str, str, Grade]]) -> None:
    assert [text for text, _, grade in grades if not grade.certain and not grade.why] == []
    why = {text: grade.why for text, _, grade in grades}
    assert why["About 10,000 times."] == "not found in it: from 350GB to 35MB"
    denied = next(grade for text, _, grade in grades if text == "B A cannot be merged into W0 before deployment.")
    assert (denied.credit, denied.certain) == (0.0, False)


def test_an_answer_word_for_word_like_the_key_is_right_whatever_the_points_say(grades: list[tuple[str, str, Grade]]) -> None:
    assert grades[0][2] == Grade(1.0, True, "", "rubric")


def test_points_make_the_grade() -> None:
    said, met, absent = Point("a", 1.0, 0.9, False), Point("b", 0.5, 0.6, False), Point("c", 0.0, 0.1, False)
    assert grade_by_points([said, said]) == Grade(1.0, True, "", "rubric")
    assert grade_by_points([absent]) == Grade(0.0, True, "nothing of what was asked for is said", "rubric")
    assert not grade_by_points([absent], on_topic=True).certain  # perhaps right in other words
    half = grade_by_points([said, absent])
    assert (half.credit, half.certain, half.why) == (0.5, False, "not found in it: c")
    assert (grade_by_points([met]).credit, grade_by_points([met]).certain) == (1.0, False)
    against = grade_by_points([said], "It is blue.")
    assert (against.credit, against.certain, against.why) == (0.0, False, "the reading seems to contradict: It is blue.")
    assert not Point("a", 1.0, 0.9, True).is_met
