"""Channels tied to weeks, by staff alone."""

from types import SimpleNamespace

import pytest

from bot.discord.channels import ChannelStore, preferred_in, readings_of_week
from common.settings import Settings
from ingest.catalog import Catalog
from tests.bot.discord.light import light_scene, staffed
from tests.bot.plan.test_readings import row

pytest.importorskip("simcord")


def index(scene) -> None:
    values = {"revision": "r", "collection": "c", "fingerprint": "f", "sha256": "s", "path": "p", "size": 1, "mtime_ns": 1, "chunks": 1}
    for id_, week in (("1706.03762", 1), ("2106.09685", 2)):
        Catalog(scene.course.engine, scene.course.key).publish(
            row(id_, f"Title of {id_}", week=week, course=scene.course.key, sentences=1, **values)
        )


async def test_staff_tie_a_channel_and_it_lasts_over_a_restart(settings: Settings) -> None:
    async with light_scene(staffed(settings)) as scene:
        index(scene)
        refused = await scene.do("channel week", n=1)
        assert refused.response.content == "Only Instructor may do this."
        scene.env.errors.clear()
        tied = await scene.do("channel week", scene.instructor, n=1)
        assert tied.ephemeral
        assert tied.response.content == "This channel is now about week 1: its reading is preferred in answers here."
        await scene.restart()
        store = ChannelStore(scene.course.engine, scene.course.key)
        assert await store.week(scene.channel.id) == 1
        assert await readings_of_week(scene.bot, scene.course, 1, "en") == {"1706.03762"}
        assert await preferred_in(scene.bot, scene.course, SimpleNamespace(id=scene.channel.id)) == {"1706.03762"}
        assert await preferred_in(scene.bot, scene.course, SimpleNamespace(id=1)) == frozenset()
        assert f"<#{scene.channel.id}>: Week 1" in (await scene.do("channel show", scene.instructor)).response.content
        await scene.do("channel off", scene.instructor)
        assert await store.week(scene.channel.id) is None
        assert (await scene.do("channel show", scene.instructor)).response.content == "No channel is tied to a week."


async def test_a_week_without_readings_is_refused(settings: Settings) -> None:
    async with light_scene(staffed(settings)) as scene:
        told = await scene.do("channel week", scene.instructor, n=9)
        assert "No indexed reading belongs to week 9" in told.response.content
        scene.env.errors.clear()


async def test_a_thread_has_the_week_of_its_channel_and_courses_keep_theirs_apart(settings: Settings) -> None:
    import discord

    async with light_scene(staffed(settings)) as scene:
        store = ChannelStore(scene.course.engine, scene.course.key)
        await store.tie(scene.channel.id, 4)
        thread = object.__new__(discord.Thread)
        thread.id, thread.parent_id = 99, scene.channel.id
        assert await store.week_of(thread) == 4
        assert await store.week_of(SimpleNamespace(id=scene.channel.id)) == 4
        assert await store.week_of(None) is None
        assert await ChannelStore(scene.course.engine, "another").week(scene.channel.id) is None
