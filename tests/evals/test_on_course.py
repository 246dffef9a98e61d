"""From where the answers to questions on the course and on its readings come."""

import json

from evals.on_course import QUESTIONS, ask
from rag.compose import Parts


async def test_each_question_has_its_place(parts: Parts) -> None:
    rows = [
        {"question": "when is the final project due?"},
        {"question": "what is verbosity bias?"},
        {"question": "is attendance mandatory?"},
        {"question": "which GPUs did they train PaLM 540B on?"},
        {"question": "write my essay for me"},
    ]
    places = await ask(rows, parts.settings.storage.dir)
    assert places == ["syllabus", "readings", "refused: syllabus", "refused: readings", "declined"]


def test_the_questions_are_of_two_hands_and_none_twice() -> None:
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    assert {row["part"] for row in rows} == {"dev", "heldout"}
    assert len({row["id"] for row in rows}) == len(rows)
    assert {row["about"] for row in rows} == {"course", "readings"}
