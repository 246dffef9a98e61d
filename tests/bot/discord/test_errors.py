"""What went wrong, in the language of whoever reads it."""

import re
from datetime import UTC, datetime

import pytest

from bot.discord.errors import told
from bot.language import LANGUAGES, known
from common.errors import QuizError, UsageError
from quiz.taking import too_late
from tests.conftest import ROOT


def test_an_error_with_a_name_is_said_in_the_reader_s_language() -> None:
    error = QuizError("the quiz has no item 7", code="quiz-no-item", number=7)
    assert error.user_message == "the quiz has no item 7"
    assert told(error, "en-US") == "The quiz has no item 7."
    assert told(error, "zh-CN") == "测验没有第 7 题。"
    assert told(UsageError("no such week"), "zh-CN") == "no such week"


def test_a_moment_is_told_in_the_reader_s_own_time() -> None:
    error = too_late(datetime(2024, 3, 12, 9, 10, tzinfo=UTC), 2)
    assert (
        told(error, "en-US") == "The time was over at <t:1710234600:T>, so this answer does not count. The 2 answers before that are saved."
    )
    assert "<t:1710234600:T>" in told(error, "zh-CN")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_named_error_can_be_said(language: str) -> None:
    sources = [path.read_text("utf-8") for room in ("bot", "quiz", "rag", "ingest") for path in (ROOT / room).rglob("*.py")]
    codes = {code for source in sources for code in re.findall(r'\bcode="([\w-]+)"', source)}
    assert len(codes) > 10
    assert [code for code in sorted(codes) if not known(language, f"error-{code}")] == []
