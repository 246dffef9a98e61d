"""What a syllabus never mentions is refused by its name, not answered with the nearest entry."""

import pytest

from rag.answers import Because, Status
from rag.compose import Parts
from rag.policies import unmentioned

LINES = ["Week 1: HW1, a report", "Lab 1-3 are online", "Final exam: 40%", "Speaker: Ada Byron"]


def test_matters_that_a_syllabus_does_not_mention() -> None:
    lines = ["Grading", "Homework: 60%", "Final exam: 40%", "Office hours: Mondays at 5"]
    assert unmentioned("when is the final exam?", lines) is None
    assert unmentioned("what do I lose if hw is Late?", lines) == "late"
    assert unmentioned("which textbook do we use?", lines) == "textbook"
    assert unmentioned("when is the homework due?", lines) is None
    assert unmentioned("how many people may be in a team?", lines) == "in a team"
    assert unmentioned("what's the instructor's e-mail address?", lines) == "e-mail address"
    assert unmentioned("what's the instructor's e-mail address?", [*lines, "Email: ada@birds.example"]) is None
    assert unmentioned("is there a talk on translated texts?", lines) is None
    assert unmentioned("may we use a dictionary in the in-class test?", lines) == "dictionary"
    assert unmentioned("may we use a dictionary in the test?", [*lines, "The test is open book."]) is None


async def test_a_policy_that_the_syllabus_lacks_is_refused_by_name(parts: Parts) -> None:
    answer = await parts.assistant.ask("is there a curve on the homework grades?")
    assert answer.status is Status.REFUSED
    assert 'says nothing about "curve"' in answer.text


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("When is HW2 due?", "HW2"),
        ("when is homework 1 due?", None),
        ("when is the second homework due?", "second homework"),
        ("what is lab 3 on?", None),
        ("what is lab 4 on?", "lab 4"),
        ("when is quiz 2?", None),  # no quiz is numbered: the rows of a table may be
        ("When is the LoRA paper due?", "LoRA"),
        ("When does Ada Byron speak?", None),
        ("Is there a class on Monday, Mar 3?", None),
        ("Can I use ChatGPT for the report?", "ChatGPT"),
        ("I work until late, when is the exam?", None),
        ("is there a penalty?", "penalty"),
        ("Is attendance mandatory?", "attendance"),
    ],
)
def test_numbered_works_names_and_matters(question: str, matter: str | None) -> None:
    assert unmentioned(question, LINES) == matter


def test_where_every_word_is_accounted_for_names_need_not_be_mentioned() -> None:
    assert unmentioned("When is the LoRA paper due?", LINES, names=False) is None


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("Is attendance mandatory?", "attendance"),
        ("Will the lectures be recorded?", "recorded"),
        ("Can I use ChatGPT for the homework?", "ChatGPT"),
        ("When is HW7 due?", "HW7"),
        ("What is the email of Sung Kim?", "email"),
    ],
)
async def test_no_paper_answers_what_the_syllabus_leaves_open(parts: Parts, question: str, matter: str) -> None:
    answer = await parts.assistant.ask(question)
    assert answer.reason is not None
    assert (answer.status, answer.reason.because, answer.reason.values) == (Status.REFUSED, Because.UNMENTIONED, {"matter": matter})
