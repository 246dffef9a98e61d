"""What went wrong, in the language of whoever reads it."""

import ast
from datetime import UTC, datetime

import pytest

from bot.discord.errors import told
from bot.language import LANGUAGES, SaidError
from common.errors import QuizError, UsageError
from quiz.taking import too_late
from tests.conftest import ROOT


def test_an_error_with_a_name_is_said_in_the_reader_s_language() -> None:
    error = QuizError("the quiz has no item 7", code="quiz-no-item", number=7)
    assert error.user_message == "the quiz has no item 7"
    assert told(error, "en-US") == "The quiz has no item 7."
    assert told(error, "zh-CN") == "测验没有第 7 题。"
    assert told(UsageError("no such week"), "zh-CN") == "no such week"


def test_what_others_wrote_in_an_error_is_shown_as_they_wrote_it() -> None:
    evil = "**b** [free](https://example.org) `c"
    escaped = r"\*\*b\*\* \[free](https://example.org) \`c"
    for error in (UsageError(f"{evil} is no week"), QuizError("no quiz", code="corpus-no-source", source=evil)):
        assert "**b**" not in told(error, "en-US")
        assert "[free](" not in told(error, "en-US").replace(r"\[free](", "")
    assert told(UsageError(evil), "en-US") == escaped
    assert told(SaidError("Type `/week`."), "en-US") == "Type `/week`."  # the bot's own words


def test_a_moment_is_told_in_the_reader_s_own_time() -> None:
    error = too_late(datetime(2024, 3, 12, 9, 10, tzinfo=UTC), 2)
    assert (
        told(error, "en-US") == "The time was over at <t:1710234600:T>, so this answer does not count. The 2 answers before that are saved."
    )
    assert "<t:1710234600:T>" in told(error, "zh-CN")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_named_error_can_be_said(language: str) -> None:
    files = [path for room in ("bot", "common", "quiz", "rag", "ingest") for path in (ROOT / room).rglob("*.py")]
    raised = {}
    for path in files:
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = {word.arg: word.value for word in call.keywords} if isinstance(call, ast.Call) else {}
            if isinstance(code := named.pop("code", None), ast.Constant) and isinstance(code.value, str):
                raised[code.value] = named
    assert len(raised) > 15
    for code, values in raised.items():
        assert told(UsageError("English", code=code, **dict.fromkeys(filter(None, values), 3)), language) != "English", code


def test_an_error_that_the_catalogue_does_not_know_is_said_in_english() -> None:
    assert told(UsageError("no such week", code="no-such-code"), "zh-CN") == "no such week"
