"""What is stored about people: told, given, deleted; help, and the hint at the first command."""

import json
from datetime import UTC, datetime

import pytest

from bot.asking.asked import Asked, Way
from bot.asking.waiting import WaitingStore
from bot.discord.asking.discussion import conversations_of
from bot.discord.members import MemberStore
from bot.discord.personal import delete_all, export_all
from common.database import Base, session
from common.settings import Settings
from ingest.edits import StoredEdit
from rag.questions import Turn
from tests.bot.discord.light import light_scene, staffed

pytest.importorskip("simcord")

# Tables in which nobody stands.
NOBODY = {
    "arxiv_papers",
    "channel_weeks",
    "duplicates",
    "kept_revisions",
    "quiz_items",
    "quiz_posts",
    "quizzes",
    "readings",
    "sketches",
    "stale_revisions",
}


async def test_every_table_is_spoken_for_by_what_privacy_knows(settings: Settings) -> None:
    """A new table is either joined by `bot.keeps`, or named above by somebody who has looked."""
    async with light_scene(staffed(settings)) as scene:
        spoken = {table for store in scene.bot.personal for table in store.tables}
        here = {mapper.local_table.name for mapper in Base.registry.mappers}
        assert spoken | NOBODY == here
        assert not spoken & NOBODY
        for store in scene.bot.personal:
            for table in store.tables:
                people = {c.name for c in Base.metadata.tables[table].columns} & {"user", "asker", "who", "author", "by"}
                assert people or not store.export(scene.course.engine, scene.course.key, 1), table


async def test_what_is_stored_is_shown_exported_and_deleted(settings: Settings) -> None:
    async with light_scene(staffed(settings)) as scene:
        me, other = scene.student.id, scene.instructor.id
        await scene.do("deadlines")
        await scene.do("deadlines", scene.instructor)
        await MemberStore(scene.course.engine, "another-course").see(me, 5)
        shown = (await scene.card("privacy show")).description
        assert (
            "On which server you last used me, and when, so that I know your course in private messages. **(1 record is about you.)**"
            in shown
        )
        assert "Which hints you were shown, so that you see each once. **(1 record is about you.)**" in shown

        result = await scene.do("privacy export")
        assert result.ephemeral
        (file,) = result.response.attachments
        assert file.filename == f"lector-{scene.course.key}.json"
        stored = json.loads(await file.read())
        assert stored["user"] == me
        assert stored["stored"]["members"][0]["guild"] == scene.guild.id
        assert [hint["hint"] for hint in stored["stored"]["hints"]] == ["first-time"]

        asked = await scene.do("privacy delete")
        assert asked.ephemeral
        assert "What stays:\n• The questions that were answered" in asked.response.content
        done = await scene.student.click(asked.response.message, label="Delete it")
        assert done.response.content.startswith("Deleted.")
        assert export_all(scene.bot.personal, scene.course.engine, scene.course.key, me) == {}
        assert set(export_all(scene.bot.personal, scene.course.engine, scene.course.key, other)) == {"members", "hints"}
        assert export_all(scene.bot.personal, scene.course.engine, "another-course", me)["members"][0]["guild"] == 5
        assert (await scene.do("privacy export")).response.content == "Nothing is stored about you in this course."


async def test_waiting_questions_and_conversations_are_given_without_the_token_and_deleted(settings: Settings) -> None:
    async with light_scene(staffed(settings)) as scene:
        me, now, course = scene.student.id, datetime(2024, 3, 1, tzinfo=UTC), scene.course
        for asker, id_ in ((me, "a" * 16), (me + 1, "b" * 16)):
            asked = Asked(id_, course.key, asker, "What is due?", now, Way.COMMAND, token="secret-of-the-interaction")
            await WaitingStore(course.engine, course.key).save(asked)
            await conversations_of(course).record("t:1", Turn("What is due?", "The essay."), asker=asker)
        stored = export_all(scene.bot.personal, course.engine, course.key, me)
        assert [row["text"] for row in stored["waiting_questions"]] == ["What is due?"]
        assert [(row["question"], row["answer"]) for row in stored["conversation_turns"]] == [("What is due?", "The essay.")]
        assert "secret" not in json.dumps(stored)
        delete_all(scene.bot.personal, course.engine, course.key, me)
        assert export_all(scene.bot.personal, course.engine, course.key, me) == {}
        assert [asked.asker for asked in await WaitingStore(course.engine, course.key).all()] == [me + 1]
        assert set(export_all(scene.bot.personal, course.engine, course.key, me + 1)) == {"waiting_questions", "conversation_turns"}


async def test_the_button_works_after_a_restart_and_for_nobody_else(settings: Settings) -> None:
    from types import SimpleNamespace

    from bot.discord.exts.privacy import ForgetButton

    async with light_scene(staffed(settings)) as scene:
        await scene.do("deadlines")
        asked = await scene.do("privacy delete")
        await scene.restart()
        said = []

        async def send_message(text, *, ephemeral):
            said.append((text, ephemeral))

        stranger = SimpleNamespace(
            user=SimpleNamespace(id=1), locale=SimpleNamespace(value="en-US"), response=SimpleNamespace(send_message=send_message)
        )
        await ForgetButton(scene.student.id).clicked(stranger)
        assert said == [("This button is somebody else's.", True)]
        assert export_all(scene.bot.personal, scene.course.engine, scene.course.key, scene.student.id)
        await scene.student.click(asked.response.message, label="Delete it")
        assert not export_all(scene.bot.personal, scene.course.engine, scene.course.key, scene.student.id)


async def test_staff_s_changes_are_theirs_to_see_and_stay(settings: Settings) -> None:
    async with light_scene(staffed(settings)) as scene:
        me = scene.instructor.id
        with session(scene.course.engine) as db:
            for number, who in enumerate((f"ann ({me})", f"eve ({me}1)", "ann", f"1{me}"), start=1):
                db.add(
                    StoredEdit(
                        course=scene.course.key,
                        number=number,
                        who=who,
                        action="add",
                        what="x",
                        weeks=[],
                        files={},
                        at=datetime(2024, 3, 1, tzinfo=UTC),
                    )
                )
        asked = await scene.do("privacy delete", scene.instructor)
        await scene.instructor.click(asked.response.message, label="Delete it")
        kept = export_all(scene.bot.personal, scene.course.engine, scene.course.key, me)
        assert [edit["number"] for edit in kept["corpus_edits"]] == [1]


async def test_help_lists_every_command_and_the_staff_s_to_staff_alone(settings: Settings) -> None:
    async with light_scene(staffed(settings)) as scene:
        student = (await scene.card("help")).description
        staff = (await scene.do("help", scene.instructor)).response.embeds[0].description
        commands = {command.name for command in scene.bot.tree.get_commands()}
        assert {name for name in commands if name in staff} == commands
        assert "*Endorse*" in staff
        assert "*Endorse*" not in student
        assert {name for name in commands if f"/{name}`" in staff and f"/{name}`" not in student} == {
            "corpus",
            "syllabus",
            "channel",
            "endorsed",
        }
        assert "`/channel` week · off · show" in staff
        assert "`/quiz` mine · me" in student  # the rest of the group is the staff's
        assert "`/quiz` draft" in staff
        assert len(student) < 2000


async def test_the_first_command_brings_a_hint_once_also_over_a_restart(settings: Settings) -> None:
    async with light_scene(staffed(settings)) as scene:
        assert not (await scene.do("help")).followups
        first = await scene.do("deadlines")
        assert [(f.content[:16], f.ephemeral) for f in first.followups] == [("First time here?", True)]
        assert not (await scene.do("today")).followups
        await scene.restart()
        assert not (await scene.do("today")).followups
        assert (await scene.do("today", scene.instructor)).followups
