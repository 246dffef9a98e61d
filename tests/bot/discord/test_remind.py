"""Reminders by private message, over restarts, changed dates and closed doors."""

from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from bot.discord.reminders import ReminderStore
from common.settings import Settings
from tests.bot.discord.light import light_scene, staffed

pytest.importorskip("simcord")

PLAN = "# Zoo\n\n- Term: Spring 2024\n\n## Schedule\n\n### Week 1, Mar 15: Bees\n\n- Due: first essay\n"
LINE = "• **Fri, Mar 15, 2024** ({}): first essay"
NINE = "T01:00"  # in Hong Kong


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "syllabus.md").write_text(PLAN, "utf-8")
    return tmp_path / "plan"


@pytest.fixture
def play(settings: Settings, plan: Path):
    @asynccontextmanager
    async def open_scene(now: str = "2024-03-01T02:00"):
        async with light_scene(staffed(settings, plan, name="Zoo"), now) as scene:
            yield scene

    return open_scene


async def look(scene, at: str) -> None:
    """Time passes until the bot looks again."""
    scene.wall.set(at)
    await scene.env.advance_time(5 * 60)


def got(scene, who=None) -> list[str]:
    """The reminders in somebody's private messages."""
    history = (who or scene.student).user.dm_channel.history()
    return [message.content.removeprefix("**Zoo**: soon due\n") for message in history if "soon due" in message.content]


def store(scene) -> ReminderStore:
    return ReminderStore(scene.course.engine, scene.course.key)


async def test_asked_for_sent_once_each_and_ended(play) -> None:
    async with play() as scene:
        card = await scene.card("remind me")
        assert card.description.startswith("Reminders are **on**")
        assert "They come at 09:00 where the course is held (Asia/Hong_Kong): 3 days, 1 day ahead." in card.description
        assert LINE.format("in 14 days") in card.description
        assert scene.student.user.dm_channel.last_message.content.startswith("You will be reminded here")
        await look(scene, "2024-03-12T00:59")
        assert got(scene) == []
        for at in (f"2024-03-12{NINE}", "2024-03-12T01:30", "2024-03-13T01:00"):
            await look(scene, at)
        assert got(scene) == [LINE.format("in 3 days")]
        await scene.restart()
        await look(scene, "2024-03-13T12:00")
        assert got(scene) == [LINE.format("in 3 days")]
        await look(scene, f"2024-03-14{NINE}")
        await look(scene, "2024-03-15T12:00")
        assert got(scene) == [LINE.format("in 3 days"), LINE.format("tomorrow")]
        assert got(scene, scene.instructor) == []
        assert (await scene.do("remind off")).response.content == "No reminders any more."
        assert (await scene.do("remind off")).response.content == "Reminders were off already."
        assert "are **off**" in (await scene.card("remind show")).description


async def test_killed_between_sending_and_writing_that_down_it_is_not_sent_again(play, monkeypatch: pytest.MonkeyPatch) -> None:
    async with play() as scene:
        await scene.do("remind me")
        with monkeypatch.context() as patched:
            patched.setattr(ReminderStore, "mark_sent", lambda *_: None)  # the process died here
            await look(scene, f"2024-03-12{NINE}")
        assert len(got(scene)) == 1
        assert len(store(scene).pending()) == 1
        await scene.restart()
        await look(scene, "2024-03-12T03:00")
        assert len(got(scene)) == 1
        assert store(scene).pending() == []


async def test_killed_between_claiming_and_sending_it_is_sent_after_the_restart(play, monkeypatch: pytest.MonkeyPatch) -> None:
    async with play() as scene:
        await scene.do("remind me")

        async def died(*_args: object, **_more: object) -> None:
            raise TimeoutError("killed")

        with monkeypatch.context() as patched:
            patched.setattr(scene.bot.get_cog("remind"), "_deliver", died)
            await look(scene, f"2024-03-12{NINE}")
        assert got(scene) == []
        await scene.restart()
        await look(scene, "2024-03-12T03:00")
        assert got(scene) == [LINE.format("in 3 days")]


async def test_what_waited_past_its_deadline_or_for_a_day_that_is_no_more_is_dropped(
    play, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with play() as scene:
        await scene.do("remind me")

        async def died(*_args: object, **_more: object) -> None:
            raise TimeoutError("killed")

        with monkeypatch.context() as patched:
            patched.setattr(scene.bot.get_cog("remind"), "_deliver", died)
            await look(scene, f"2024-03-12{NINE}")
        (plan / "syllabus.md").write_text(PLAN.replace("Mar 15", "Mar 20"), "utf-8")
        await look(scene, "2024-03-12T03:00")
        assert got(scene) == []
        assert store(scene).pending() == []


async def test_a_moved_date_is_reminded_of_anew_and_the_old_one_no_more(play, plan: Path) -> None:
    async with play() as scene:
        await scene.do("remind me")
        await look(scene, f"2024-03-12{NINE}")
        (plan / "syllabus.md").write_text(PLAN.replace("Mar 15", "Mar 18"), "utf-8")
        await look(scene, f"2024-03-14{NINE}")
        assert len(got(scene)) == 1
        await look(scene, f"2024-03-15{NINE}")
        moved = "• **Mon, Mar 18, 2024** (in 3 days): first essay (it was told as Fri, Mar 15, 2024 before: the syllabus has changed)"
        assert got(scene)[1:] == [moved]


async def test_closed_doors_are_told_once_at_the_next_command(play) -> None:
    async with play() as scene:
        await scene.do("remind me")
        await scene.do("today")
        scene.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, message="Cannot send messages to this user", times=1)
        await look(scene, f"2024-03-12{NINE}")
        assert got(scene) == []
        await look(scene, f"2024-03-14{NINE}")
        assert got(scene) == []  # nobody knocks again
        told = await scene.do("today")
        assert [f.content[:29] for f in told.followups] == ["A reminder did not reach you:"]
        assert told.followups[0].ephemeral
        assert not (await scene.do("today")).followups
        assert "are **off**" in (await scene.card("remind show")).description


async def test_doors_closed_from_the_start_set_nothing(play) -> None:
    async with play() as scene:
        scene.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, message="Cannot send messages to this user", times=1)
        assert (await scene.do("remind me")).response.content.startswith("I cannot write to you privately.")
        assert not store(scene).wants(scene.student.id)


async def test_discord_s_hiccup_is_tried_again(play) -> None:
    async with play() as scene:
        await scene.do("remind me")
        scene.env.inject_error("POST", "/channels/*/messages", status=400, message="Bad day", times=1)
        await look(scene, f"2024-03-12{NINE}")
        assert got(scene) == []
        await look(scene, "2024-03-12T02:00")
        assert got(scene) == [LINE.format("in 3 days")]


async def test_a_syllabus_that_cannot_be_read_stops_nothing_for_good(play, plan: Path) -> None:
    async with play() as scene:
        await scene.do("remind me")
        (plan / "syllabus.md").unlink()
        await look(scene, f"2024-03-12{NINE}")
        (plan / "syllabus.md").write_text(PLAN, "utf-8")
        await look(scene, "2024-03-12T02:00")
        assert got(scene) == [LINE.format("in 3 days")]


async def test_privacy_knows_of_reminders_and_ends_them(play) -> None:
    async with play() as scene:
        await scene.do("remind me")
        await look(scene, f"2024-03-12{NINE}")
        asked = await scene.do("privacy delete")
        await scene.student.click(asked.response.message, label="Delete it")
        assert not store(scene).wants(scene.student.id)
        assert store(scene).told(scene.student.id) == {}
        await look(scene, f"2024-03-14{NINE}")
        assert len(got(scene)) == 1


async def test_the_store_keeps_courses_apart_and_forgets_what_is_long_past(play) -> None:
    async with play() as scene:
        await scene.do("remind me")
        await look(scene, f"2024-03-12{NINE}")
        other = ReminderStore(scene.course.engine, "another")
        assert other.subscriptions() == []
        assert other.told(scene.student.id) == {}
        assert not other.unsubscribe(scene.student.id)
        (day,) = next(iter(store(scene).told(scene.student.id).values()))
        assert day == datetime(2024, 3, 15).date()
        await look(scene, "2024-05-15T01:00")
        assert store(scene).told(scene.student.id) == {}
