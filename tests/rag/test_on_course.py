"""Questions on the course are told from questions on its readings. None of these stands among the examples."""

import pytest

from common.configuration import load_settings
from ingest.embeddings import Embedder
from rag.answers import Because, Status
from rag.compose import Parts
from rag.on_course import OnCourse, is_on_course, side
from tests.conftest import ROOT

COURSE = (
    "do I have to turn up every Friday",
    "what happens when I am ill on the day of the presentation",
    "how many of us can work together",
    "who marks our reports",
    "is the midterm on paper",
    "will you upload last Friday's video",
    "can I hand it in tomorrow instead",
    "do we need a book",
    "is there a make-up session for the holiday",
    "can I switch my project topic later",
)
READINGS = (
    "how large is the training set",
    "which tests does the model pass",
    "how many heads does the base model use",
    "does the student network copy the teacher's outputs",
    "who wrote the demonstrations",
    "why are longer answers preferred",
    "what grade school math score was reached",
    "do they train in several sessions",
    "what does the paper say about attention weights",
    "how late in training does the loss spike",
)


@pytest.fixture(scope="module")
def on_course() -> OnCourse:
    return OnCourse(Embedder(load_settings(ROOT / "config.yaml").embeddings).embed)


def test_most_are_told_apart(on_course: OnCourse) -> None:
    missed = [text for text in COURSE if not is_on_course(on_course.margin(text), 0.5)]
    taken = [text for text in READINGS if is_on_course(on_course.margin(text), 0.5)]
    assert len(missed) <= 2, missed
    assert len(taken) <= 1, taken


def test_courtesies_change_nothing(on_course: OnCourse) -> None:
    assert on_course.margin("could you please tell me: is attendance taken? thanks!") == pytest.approx(
        on_course.margin("tell me: is attendance taken?")
    )


@pytest.mark.parametrize(
    ("question", "of_us"),
    [
        ("how are we evaluated?", True),
        ("who wrote the quiz?", True),
        ("what is the purpose of this class?", True),
        ("how is it evaluated?", False),
        ("how are students evaluated against their teachers?", False),  # both may be models
        ("how many items has the quiz of the benchmark?", False),
        ("what is the class of the nearest neighbour?", False),
        ("why does this class of methods diverge in the course of training?", False),
    ],
)
def test_whose_words_say_so_is_of_the_course(on_course: OnCourse, question: str, *, of_us: bool) -> None:
    assert is_on_course(on_course.margin(question), 1.0) is of_us


def test_what_the_readings_say_almost_word_for_word_is_theirs() -> None:
    assert is_on_course(0.1, 0.5)
    assert not is_on_course(0.1, 1.0)


def test_sides() -> None:
    assert [side(margin) for margin in (0.2, 0.05, -0.2)] == [True, None, False]


@pytest.mark.parametrize("question", ["how are we evaluated?", "How will I be assessed?", "how is this course assessed?"])
async def test_how_students_are_graded_is_looked_up_even_in_a_readings_channel(parts: Parts, question: str) -> None:
    answer = await parts.assistant.ask(question, prefer=frozenset(["2106.09685"]))
    assert (answer.status, answer.sure) == (Status.SYLLABUS, True)
    assert "30%" in answer.text
    assert "LoRA" not in answer.text


async def test_the_syllabus_answers_or_nobody(parts: Parts) -> None:
    answer = await parts.assistant.ask("do I have to turn up every Friday?")
    assert answer.status in (Status.SYLLABUS, Status.REFUSED)
    answer = await parts.assistant.ask("do I need a visa?")
    assert answer.status is Status.REFUSED
    assert answer.reason is not None
    assert answer.reason.because in (Because.NOT_IN_SYLLABUS, Because.UNMENTIONED)


async def test_small_talk_is_no_question(parts: Parts) -> None:
    for text in ("thanks!", "yes", "/help", "hello there", "ok great, thank you"):
        answer = await parts.assistant.ask(text)
        assert answer.reason is not None, text
        assert answer.reason.because is Because.NO_QUESTION, text
    assert (await parts.assistant.ask("LoRA")).status is not Status.REFUSED
