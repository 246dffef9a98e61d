"""Where the bot may not attach files: simcord refuses the reply that has some, as Discord does without the permission."""

from typing import Any

import pytest

from bot.discord.enclosed import Enclosed
from bot.language import say
from common.settings import Settings
from tests.bot.discord.light import Scene, light_scene, simcord, staffed

assert simcord

COMMANDS = [("ics", "dsa-6000e.ics", "ics-here"), ("privacy export", "lector-dsa-6000e.json", "privacy-exported")]


def refuse(scene: Any, method: str = "PATCH", path: str = "/webhooks/*", code: int = 50013) -> None:
    scene.env.inject_error(method, path, status=403, code=code, message="Missing Permissions")


async def to_owner(scene: Scene) -> list[str]:
    return [message.content for message in scene.guild.owner.dm_channel.history()]


@pytest.mark.parametrize(("command", "name", "says"), COMMANDS)
async def test_a_file_comes_in_a_direct_message_where_none_may_be_attached(settings: Settings, command: str, name: str, says: str) -> None:
    async with light_scene(staffed(settings)) as scene:
        await scene.do("deadlines")
        refuse(scene)
        shown = (await scene.do(command)).response
        assert shown.attachments == []
        (sent,) = scene.student.user.dm_channel.history()
        assert [file.filename for file in sent.attachments] == [name]
        assert shown.content == f"{say('en', says)}\n{say('en', 'files-privately', link=sent.jump_url)}"
        assert await to_owner(scene) == [say("en", "staff-no-files", channel=f"<#{scene.channel.id}>")]
        refuse(scene)
        await scene.do(command)
        assert len(await to_owner(scene)) == 1  # told once


async def test_who_takes_no_direct_messages_is_told_what_to_do(settings: Settings) -> None:
    async with light_scene(staffed(settings)) as scene:
        refuse(scene)
        refuse(scene, "POST", f"/channels/{scene.student.user.dm_channel.id}/messages", 50007)
        shown = (await scene.do("ics")).response
        assert shown.content.endswith(say("en", "files-nowhere"))
        assert scene.student.user.dm_channel.history() == []


async def test_a_file_that_may_be_attached_is(settings: Settings) -> None:
    async with light_scene(staffed(settings)) as scene:
        shown = (await scene.do("ics")).response
        assert [file.filename for file in shown.attachments] == ["dsa-6000e.ics"]
        assert scene.student.user.dm_channel.history() == []


def test_a_description_longer_than_discord_takes_is_cut() -> None:
    assert len(Enclosed("a.png", b"", "x" * 5000).file().description or "") == 1024
    assert Enclosed("a.csv", b"").file().description is None
