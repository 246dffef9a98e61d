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


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("and how large is it?", "and how large is it? (after: How many heads are there?)"),
        ("why?", "why? (after: How many heads are there?)"),
        ("What optimizer was used to train the Transformer?", "What optimizer was used to train the Transformer?"),
    ],
)
def test_only_a_question_that_leans_on_the_one_before_is_completed(question: str, expected: str) -> None:
    assert standalone(question, [Turn("How many heads are there?", "8")]) == expected
    assert standalone(question, []) == question


def test_history_is_read_or_explained(tmp_path: Path) -> None:
    file = tmp_path / "history.json"
    file.write_text(json.dumps([{"question": "a", "answer": "b"}]))
    assert read_history(file) == [Turn("a", "b")]
    for wrong in ("{", "3", '[{"q": 1}]', '["x"]'):
        file.write_text(wrong)
        with pytest.raises(UsageError, match="must be a JSON list"):
            read_history(file)
