import json
from pathlib import Path

import pytest

from common.errors import QuestionError, UsageError
from rag.questions import Turn, clean_question, read_history, standalone


@pytest.mark.parametrize("text", ["", "   ", "\u200b\n\t", "?!", "\x00\x01"])
def test_an_empty_question_is_an_error(text: str) -> None:
    with pytest.raises(QuestionError, match="the question is empty"):
        clean_question(text, 100)


def test_ten_thousand_characters_are_too_many() -> None:
    with pytest.raises(QuestionError, match="10000 characters, at most 1000 are taken: ask it shorter"):
        clean_question("why " * 2499 + "why?", 1000)


def test_control_characters_go_and_the_words_stay() -> None:
    assert clean_question("  what\x00 is\u202e \x1b[31mLoRA\n?\ud800 ", 100) == "what is [31mLoRA ?"


def test_a_follow_up_takes_the_questions_of_the_turns_before() -> None:
    turns = [Turn("What is LoRA?", "A method."), Turn("why?", "Because.")]
    assert standalone("and its rank?", turns[:1]) == "What about LoRA's rank?"
    assert standalone("why?", turns) == "why? (after: why? What is LoRA?)"
    assert standalone("why?", []) == "why?"


def test_history_is_read_or_explained(tmp_path: Path) -> None:
    file = tmp_path / "history.json"
    file.write_text(json.dumps([{"question": "a", "answer": "b"}]))
    assert read_history(file) == [Turn("a", "b")]
    for wrong in ("{", "3", '[{"q": 1}]', '["x"]'):
        file.write_text(wrong)
        with pytest.raises(UsageError, match="must be a JSON list"):
            read_history(file)
