"""Drafting on request and by the weekly schedule. What makes the items is a `Drafting` of the tests: items that staff wrote."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.discord.quiz.progress import progress_text
from bot.discord.quiz.weekly import next_quiz
from common.settings_bot import Quiz
from quiz.records.tables import State
from tests.bot.discord.quiz.conftest import text
from tests.bot.discord.quiz.test_reviewing import Listed
from tests.quiz.conftest import items

pytest.importorskip("simcord")

PLAN = "# Zoo\n\n## Course\n\n- Term: Spring 2024\n\n## Schedule\n\n### Week 7, Feb 29: Bees\n\n### Week 8, Mar 7: Owls\n"


async def test_a_draft_is_reviewed_at_once_and_shows_how_far_it_is(scene) -> None:
    async with scene(drafting=Listed(items())) as s:
        page = (await s.prof.slash(s.channel, "quiz draft", week=8, items=3)).response
        assert page.ephemeral
        assert "Quiz of week 8 · item 1 of 3 · ▫️ not reviewed" in text(page)
        assert any("Drafting: reading (3 of 3)" in request for request in s.sent())
        few = (await s.prof.slash(s.channel, "quiz draft", week=8, items=9)).response
        assert "5 of 9 items: the readings are short" in text(few)
        assert {quiz.state for quiz in s.records.bank.quizzes()} == {State.DRAFT}


async def test_without_a_maker_of_items_it_says_what_to_do(scene) -> None:
    async with scene() as s:
        told = (await s.prof.slash(s.channel, "quiz draft", week=8)).response
        assert "Import some that you wrote with `/quiz import`." in told.content
        refused = (await s.ann.slash(s.channel, "quiz draft", week=8)).response
        assert refused.content == "Only Instructor may do this."


async def test_what_was_retired_is_not_drafted_again(scene) -> None:
    async with scene(drafting=Listed(items())) as s:
        s.records.bank.retire(s.draft(), items()[0].id, "too easy", "prof")
        avoided: list[frozenset[str]] = []
        draft = s.course.drafting.draft

        async def noted(week: Any, reading: Any, count: int, avoid: frozenset[str], told: Any) -> Any:
            avoided.append(avoid)
            return await draft(week, reading, count, avoid, told)

        s.course.drafting.draft = noted
        page = (await s.prof.slash(s.channel, "quiz draft", week=8, items=4)).response
        assert items()[0].id in avoided[0]
        assert items()[0].stem not in text(page)


async def test_the_weekly_quiz_is_drafted_once_the_day_before_and_staff_are_told(scene, zoo, corpus: Path) -> None:
    (corpus / "syllabus.md").write_text(PLAN, "utf-8")
    async with scene(drafting=Listed(items())) as s:
        staff = s.guild.create_text_channel("staff")
        weekly = zoo.quiz.model_copy(update={"weekly_day": "friday", "weekly_hour": 9, "weekly_items": 4})
        told = zoo.discord.model_copy(update={"staff_channel": staff.id})
        course = replace(s.course, settings=zoo.model_copy(update={"quiz": weekly, "discord": told}))
        clock = s.env.bot.get_cog("QuizClock")
        await clock.look(course)  # Monday, March 4
        assert s.records.bank.quizzes() == []
        s.clock.pass_(days=3)
        for _ in range(2):
            await clock.look(course)
        (quiz,) = s.records.bank.quizzes()
        assert (quiz.title, quiz.week, len(quiz.items), quiz.state) == ("Quiz of week 8", 8, 4, State.DRAFT)
        assert "A quiz of week 8 is drafted: 4 items wait for your review" in staff.last_message.content
        assert s.channel.last_message is None
        s.clock.pass_(days=7)  # no class in that week
        await clock.look(course)
        assert len(s.records.bank.quizzes()) == 1


async def test_a_weekly_quiz_that_cannot_be_drafted_is_told_once(scene, zoo, corpus: Path) -> None:
    (corpus / "syllabus.md").write_text(PLAN, "utf-8")
    async with scene(drafting=Listed([])) as s:
        staff = s.guild.create_text_channel("staff")
        weekly = zoo.quiz.model_copy(update={"weekly_day": "tuesday"})
        told = zoo.discord.model_copy(update={"staff_channel": staff.id})
        course = replace(s.course, settings=zoo.model_copy(update={"quiz": weekly, "discord": told}))
        clock = s.env.bot.get_cog("QuizClock")
        for _ in range(2):
            await clock.look(course)
        assert "could not be drafted: 0 of 10 items" in staff.last_message.content
        assert len([r for r in s.sent() if "could not be drafted" in r]) == 1


def test_the_day_before_is_by_the_course_s_clock() -> None:
    settings = Quiz(weekly_day="friday", weekly_hour=9)
    friday = datetime(2024, 3, 8, 1, 0, tzinfo=UTC)  # 9:00 in Hong Kong
    assert next_quiz(settings, "Asia/Hong_Kong", friday - timedelta(hours=24)) == friday
    assert next_quiz(settings, "Asia/Hong_Kong", friday - timedelta(hours=25)) is None
    assert next_quiz(settings, "Asia/Hong_Kong", friday) is None
    assert next_quiz(Quiz(), "Asia/Hong_Kong", friday - timedelta(hours=1)) is None


def test_progress_is_told_with_and_without_a_count() -> None:
    assert progress_text("reading *Bees*", 0, 0, "en") == r"Drafting: reading \*Bees\*"
    assert progress_text("", 2, 5, "en") == "Drafting: 2 of 5 items"
    assert progress_text("making items", 2, 5, "zh") == "正在出题：making items（2/5）"
