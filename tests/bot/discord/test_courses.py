"""Several courses in one bot: nothing of one is ever seen in the other."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import discord
import pytest

from bot.discord.client import LectorBot
from bot.discord.courses import Courses, open_course
from bot.discord.members import MemberStore
from bot.language import LANGUAGES, known
from common.errors import UsageError
from common.settings import Corpus, Course, FurtherCourse, Settings
from common.settings_bot import Servers
from rag.compose import Parts, open_assistants, run_sync
from tests.conftest import Silence, offline_settings

simcord = pytest.importorskip("simcord")

BEES = "How much honey does a hive of bees make a year?"
GNUS = "How fast does a gnu run over dry grass?"


@pytest.fixture
def settings(corpus: Path, tmp_path: Path) -> Settings:
    """Two courses, the zoo's and the savanna's; their servers are named when the scene knows their numbers."""
    papers = tmp_path / "savanna" / "papers"
    papers.mkdir(parents=True)
    (papers / "gnus.md").write_text("# Gnus\n\n## Speed\n\nA gnu runs 80 kilometres an hour over dry grass.\n", "utf-8")
    (papers.parent / "readings.yaml").write_text("readings: []\n", "utf-8")
    return offline_settings(tmp_path / "data", corpus={"dir": corpus})


@pytest.fixture
def both(settings: Settings, tmp_path: Path) -> Iterator[tuple[Parts, ...]]:
    savanna = FurtherCourse(
        course=Course(key="savanna", name="Savanna", language="zh"), corpus=Corpus(dir=tmp_path / "savanna"), discord=Servers(guilds=(1,))
    )
    two = settings.model_copy(update={"courses": (savanna,)}).each_course()
    for each in two:
        run_sync(each, Silence())
    with open_assistants(two) as opened:
        yield opened


def on(parts: Parts, guild: int) -> Parts:
    discord = parts.settings.discord.model_copy(update={"guilds": (guild,)})
    return replace(parts, settings=parts.settings.model_copy(update={"discord": discord}))


async def test_each_server_is_answered_from_its_own_course(both: tuple[Parts, ...]) -> None:
    zoo, savanna = both
    bot = LectorBot([open_course(zoo), open_course(on(savanna, 1))])
    async with simcord.run(bot, settle_timeout=120) as env:
        servers = [env.create_guild("Zoo"), env.create_guild("Savanna")]
        bot.courses = type(bot.courses)([open_course(on(zoo, servers[0].id)), open_course(on(savanna, servers[1].id))])
        said = {}
        user = env.create_user("ann")
        for server in servers:
            channel, student = server.create_text_channel("readings"), server.add_member(user)
            for question in (BEES, GNUS):
                result = await student.slash(channel, "ask", question=question)
                said[server.name, question] = result.response.content
        assert "27 kilograms" in said["Zoo", BEES]
        assert "80 kilometres" in said["Savanna", GNUS]
        assert "80 kilometres" not in said["Zoo", GNUS]
        assert "27 kilograms" not in said["Savanna", BEES]

        third = env.create_guild("Elsewhere")
        result = await third.add_member(user).slash(third.create_text_channel("x"), "ask", question=BEES)
        assert "This server has no course" in result.response.content
        assert result.ephemeral
        env.errors.clear()


async def test_a_button_of_one_course_opens_nothing_in_another(both: tuple[Parts, ...]) -> None:
    zoo, savanna = (open_course(parts) for parts in both)
    answer = await zoo.assistant.ask(BEES)
    key = await zoo.answers.save(answer)
    assert (await zoo.answers.citation(key, 1)) is not None
    assert (await savanna.answers.citation(key, 1)) is None


class Discord:
    """Knows who is on which server, as Discord does."""

    def __init__(self, *members: tuple[int, int]) -> None:
        self.http, self._members = self, members

    async def get_member(self, guild: int, user: int) -> None:
        if (guild, user) not in self._members:
            raise discord.NotFound(SimpleNamespace(status=404, reason="Not Found"), "Unknown Member")


async def test_a_private_conversation_belongs_to_the_course_on_whose_server_its_person_is(both: tuple[Parts, ...]) -> None:
    zoo, savanna = (open_course(on(parts, guild)) for parts, guild in zip(both, (1, 2), strict=True))
    courses, ann = Courses([zoo, savanna]), discord.Object(7)
    with pytest.raises(UsageError, match="don't know which course"):
        await courses.find(Discord((1, 7), (2, 7)), ann, None)
    for guild, course in ((1, zoo), (2, savanna)):
        assert await courses.find(Discord(), ann, guild) is course
    assert await courses.find(Discord((1, 7), (2, 7)), ann, None) is savanna
    assert await courses.find(Discord((1, 7)), ann, None) is zoo  # she has left the savanna
    assert await courses.find(Discord(), ann, 1) is zoo  # back there within minutes
    assert await courses.find(Discord((1, 7), (2, 7)), ann, None) is zoo
    with pytest.raises(UsageError, match="我不知道你在哪门课程里"):
        await courses.find(Discord(), ann, None, "zh-CN")


async def test_a_busy_database_keeps_nobody_from_being_answered(both: tuple[Parts, ...]) -> None:
    zoo = open_course(on(both[0], 1))
    courses, ann, members = Courses([zoo]), discord.Object(7), MemberStore(zoo.engine, zoo.key)
    with closing(sqlite3.connect(zoo.settings.storage.dir / "lector.db", isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(3):  # as long as Discord waits; the database would be waited for for 10 s
            assert await courses.find(Discord(), ann, 1) is zoo
        assert await members.seen(7) is None
        busy.execute("ROLLBACK")
    await courses.find(Discord(), ann, 1)
    assert await members.seen(7) is not None


async def test_commands_are_described_in_every_language(parts: Parts) -> None:
    bot = LectorBot([open_course(parts)])
    async with simcord.run(bot, settle_timeout=60):
        for command in bot.tree.walk_commands():
            name = "command-" + command.qualified_name.replace(" ", "-")
            wanted = [name, *(f"{name}-{p.name.replace('_', '-')}" for p in getattr(command, "parameters", ()))]
            for language in LANGUAGES[1:]:
                assert [w for w in wanted if not known(language, w)] == []
