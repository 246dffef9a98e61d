"""The readings changed from Discord, in simcord's simulated Discord: real processes, real index, real models."""

from dataclasses import replace

import pytest

from bot.discord.client import LectorBot
from bot.discord.courses import open_course
from bot.discord.staff import NotStaffError
from common.errors import SourceError
from common.settings import Settings
from rag.compose import Parts, run_sync
from tests.bot.discord.conftest import Scene
from tests.conftest import Silence

simcord = pytest.importorskip("simcord")


async def test_a_reading_comes_and_goes_and_comes_back(play, zoo: Settings) -> None:
    run_sync(zoo, Silence())
    async with play() as scene:
        said = await scene.corpus("upload", file=("Gnus (final).md", b"# Gnus\n\nA gnu runs 80 kilometres an hour.\n"), week=3)
        assert "Adding Gnus (final).md: done (edit 2)" in said.replace("**", "")
        assert "added: gnus-final" in said
        assert "weeks touched: 3" in said
        assert scene.readings == ["bees", "gnus-final", "owls", "syllabus"]
        edits = [r for r in scene.env.http_requests if r.method == "PATCH" and f"/channels/{scene.channel.id}/messages/" in r.path]
        assert edits  # the bot's own edits of the message: they need no token of the interaction
        assert list((zoo.storage.dir / "uploads").iterdir()) == []

        assert "removed: gnus-final" in await scene.corpus("remove", reading="gnus-final")
        assert scene.readings == ["bees", "owls", "syllabus"]
        assert "added: gnus-final" in await scene.corpus("rollback", number=2)
        assert scene.readings == ["bees", "gnus-final", "owls", "syllabus"]

        listed = await scene.corpus("list")
        assert listed.splitlines()[1].startswith("**Gnus (final)** · `gnus-final` · week 3")
        history = await scene.corpus("history")
        assert [line.split("`")[1] for line in history.splitlines()[1:]] == ["4", "3", "2", "1"]
        assert f"ann ({scene.instructor.id}): add gnus-final: Gnus (final), week 3 · weeks 3" in history


async def test_what_cannot_be_read_changes_nothing_and_says_why(play, zoo: Settings) -> None:
    run_sync(zoo, Silence())
    async with play() as scene:
        said = await scene.corpus("upload", file=("2401.00001.pdf", b"%PDF-1.5 broken"))
        assert "not done. 2401.00001 was not added: " in said.replace("**", "")
        assert scene.readings == ["bees", "owls", "syllabus"]
        assert list((zoo.corpus.dir / "papers").glob("*.pdf")) == []
        assert "not done: " in await scene.corpus("history")
        assert "use .pdf" in await scene.corpus("upload", file=("virus.exe", b"MZ"))
        assert "`/corpus upload`" in await scene.corpus("add", source="/etc/passwd.md")
        assert "no reading" in await scene.corpus("remove", reading="nothing")
        assert [type(error.original) for error in scene.env.errors] == [SourceError, SourceError]


@pytest.mark.parametrize(
    "command", [("sync", {}), ("list", {}), ("history", {}), ("remove", {"reading": "bees"}), ("add", {"source": "1706.03762"})]
)
async def test_a_student_is_told_who_may(play, command) -> None:
    name, options = command
    async with play() as scene:
        result = await scene.student.slash(scene.channel, f"corpus {name}", **options)
        assert result.ephemeral
        assert result.response.content == "Only Instructor may do this."
        assert [type(error) for error in scene.env.errors] == [NotStaffError]


async def test_with_no_roles_named_nobody_may(parts: Parts, zoo: Settings) -> None:
    nobody = zoo.model_copy(update={"discord": zoo.discord.model_copy(update={"staff_roles": ()})})
    bot = LectorBot([open_course(replace(parts, settings=nobody))])
    async with simcord.run(bot, settle_timeout=60) as env:
        scene = Scene(env, bot, nobody)
        assert "discord.staff_roles" in await scene.corpus("sync")
        assert [type(error) for error in scene.env.errors] == [NotStaffError]


async def test_readings_are_offered_while_typing(play, zoo: Settings) -> None:
    run_sync(zoo, Silence())
    async with play() as scene:
        offered = await scene.instructor.autocomplete(scene.channel, "corpus remove", "reading", "ow")
        assert [choice["value"] for choice in offered] == ["owls"]


async def test_a_long_list_has_pages_that_turn(play, zoo: Settings) -> None:
    for n in range(12):
        (zoo.corpus.dir / "papers" / f"animal-{n:02}.md").write_text(f"# A\n\nAnimal {n} eats {n + 3} apples in week {n}.\n")
    run_sync(zoo, Silence())
    async with play() as scene:
        shown = await scene.instructor.slash(scene.channel, "corpus list")
        assert "page 1 of 2" in shown.response.content
        turned = await scene.instructor.click(shown.response, label="▶")
        assert "page 2 of 2" in turned.response.content
