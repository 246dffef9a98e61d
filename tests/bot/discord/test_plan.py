"""The course at hand, as a student meets it in simcord's simulated Discord."""

from pathlib import Path
from typing import Any

import pytest

from bot.discord.courses import Course
from bot.language import SaidError
from common.settings import Settings
from ingest.catalog import Catalog, Reading
from tests.bot.discord.light import light_scene, staffed

pytest.importorskip("simcord")


def publish(course: Course, **values: Any) -> None:
    """A reading as the index has it."""
    row = {"revision": "r", "collection": "c", "fingerprint": "f", "sha256": "s", "kind": "paper", "path": "p", "size": 1,
           "mtime_ns": 1, "pages": 15, "chunks": 1, "sentences": 1}  # fmt: skip
    Catalog(course.engine, course.key).publish(Reading(course=course.key, **row | values))


async def test_each_command_answers_the_asker_alone(settings: Settings) -> None:
    async with light_scene(staffed(settings)) as scene:
        for command, says in [
            ("week", "LLM project proposal"),
            ("today", "The plan has nothing for today."),
            ("deadlines", "**Fri, Mar 15, 2024** (in 3 days): LLM project proposal"),
            ("grading", "Homework: **30%**"),
            ("readings", "Attention Is All You Need"),
            ("who", "**Jamin Shin**: Fri, Apr 19, 2024"),
        ]:
            result = await scene.do(command)
            assert result.ephemeral, command
            assert says in result.response.embeds[0].description, command
        assert scene.channel.last_message is None


async def test_a_shared_answer_is_in_the_course_s_language(settings: Settings) -> None:
    async with light_scene(staffed(settings, language="zh")) as scene:
        assert (await scene.card("week", n=4)).title.startswith("Week 4")
        result = await scene.do("week", n=4, share=True)
        assert not result.ephemeral
        assert scene.channel.last_message.embeds[0].title.startswith("第 4 周")


async def test_what_goes_wrong_with_a_shared_answer_is_the_asker_s_alone_and_in_their_language(settings: Settings) -> None:
    async with light_scene(staffed(settings, language="zh")) as scene:
        told = await scene.do("week", n=3, share=True)
        assert "has no week 3" in told.followups[-1].content
        assert told.followups[-1].ephemeral
        assert scene.channel.history() == []
        scene.env.errors.clear()


async def test_readings_are_listed_without_a_syllabus(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    async with light_scene(staffed(settings, tmp_path / "empty")) as scene:
        told = await scene.do("readings")
        assert told.response.content == "The course has no syllabus yet. Ask its staff."
        scene.env.errors.clear()
        publish(scene.course, reading="bees", title="On bees", week=2)
        publish(scene.course, reading="owls", title="On owls")
        card = await scene.card("readings")
        assert card.description.splitlines()[0::2] == ["**Week 2**", "**For no particular week**"]
        assert "On bees" in card.description
        assert "On owls" in card.description


async def test_weeks_and_names_are_completed(settings: Settings) -> None:
    async with light_scene(staffed(settings)) as scene:
        weeks = await scene.student.autocomplete(scene.channel, "week", "n", "judge")
        assert [choice["value"] for choice in weeks] == [11]
        names = await scene.student.autocomplete(scene.channel, "who", "name", "gall")
        assert [choice["value"] for choice in names] == ["Matthias Gallé"]


async def test_what_is_not_there_is_told(settings: Settings) -> None:
    async with light_scene(staffed(settings)) as scene:
        for command, options, says in [
            ("week", {"n": 3}, "has no week 3. It has weeks 1–2, 4–12. Between"),
            ("who", {"name": "Turing"}, 'names no "Turing"'),
            ("reading", {"name": "sourdough"}, 'No reading is called "sourdough"'),
        ]:
            result = await scene.do(command, **options)
            assert says in result.response.content
            assert result.ephemeral
        assert [type(error.original) for error in scene.env.errors] == [SaidError] * 3
        scene.env.errors.clear()


async def test_a_course_without_a_syllabus_or_with_a_damaged_one_says_so(settings: Settings, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    async with light_scene(staffed(settings, empty)) as scene:
        for command in ("week", "today", "deadlines", "grading", "readings", "who"):
            assert (await scene.do(command)).response.content == "The course has no syllabus yet. Ask its staff."
        assert await scene.student.autocomplete(scene.channel, "week", "n", "") == []
        (empty / "syllabus.md").write_bytes(b"\xff\xfe\x81")
        assert "cannot be read" in (await scene.do("today")).response.content
        (empty / "syllabus.md").write_text("# Zoo\n\n## Schedule\n\n### Week 1, Jan 26 2024: Bees\n", "utf-8")
        assert "The course is over" in (await scene.card("week")).description
        scene.env.errors.clear()


async def test_the_day_is_that_of_the_course_not_of_the_machine(settings: Settings) -> None:
    async with light_scene(staffed(settings), "2024-03-14T17:00") as scene:  # 01:00 of the 15th in Hong Kong
        assert (await scene.card("today")).title == "Today, Fri, Mar 15, 2024"


async def test_a_reading_s_card_quotes_its_abstract_with_the_page(parts, tmp_path: Path) -> None:
    from dataclasses import replace

    from bot.discord.client import LectorBot
    from bot.discord.courses import open_course
    from tests.bot.discord.light import Scene, Wall, simcord

    bot = LectorBot([open_course(replace(parts, settings=staffed(parts.settings)))], now=Wall("2024-03-12T02:00"))
    async with simcord.run(bot, settle_timeout=60) as env:
        scene = Scene(env, bot, parts.settings, bot.now)
        choices = await scene.student.autocomplete(scene.channel, "reading", "name", "attention")
        card = await scene.card("reading", name=choices[0]["value"])
        assert card.title == "Attention Is All You Need: handout"
        assert card.description.startswith("Ashish Vaswani, Noam Shazeer")
        assert "Week 1: no class" in card.description
        assert "https://arxiv.org/abs/1706.03762" in card.description


async def test_readings_of_the_index_are_completed_by_title(settings: Settings) -> None:
    async with light_scene(staffed(settings)) as scene:
        publish(scene.course, reading="1706.03762", title="Attention Is All You Need", week=1)
        found = await scene.student.autocomplete(scene.channel, "reading", "name", "is all")
        assert [(choice["name"], choice["value"]) for choice in found] == [("Attention Is All You Need", "1706.03762")]


async def test_the_calendar_file_is_the_asker_s_alone_and_can_be_read(settings: Settings, tmp_path: Path) -> None:
    from icalendar import Calendar

    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "syllabus.md").write_text("# Zoo\n\n## Schedule\n\n### Week 1: Bees\n", "utf-8")
    async with light_scene(staffed(settings)) as scene:
        result = await scene.do("ics")
        assert result.ephemeral
        (file,) = result.response.attachments
        assert file.filename == "dsa-6000e.ics"
        events = Calendar.from_ical(await file.read()).walk("VEVENT")
        assert len(events) == 11 + 3 + 1 + 4  # weeks, breaks, the dinner, deadlines
    async with light_scene(staffed(settings, tmp_path / "empty")) as scene:
        assert (await scene.do("ics")).response.content == "The syllabus gives no dates, so there is nothing for a calendar."
        scene.env.errors.clear()
