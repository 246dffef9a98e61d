"""Votes, questions for a person and endorsed answers, in simcord's simulated Discord. No model is loaded: answers are put there."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import discord
import pytest

from bot.discord.asking.discussion import conversations_of
from bot.discord.client import LectorBot
from bot.discord.course_stores import endorsed_of, persons_of
from bot.discord.courses import Course, open_course
from bot.discord.exts.pages import page_buttons
from bot.discord.feedback import feedback_buttons
from bot.discord.render import render_answer
from bot.discord.staff import NotStaffError
from bot.feedback.votes import VoteStore
from bot.language import SaidError
from common.settings import Settings
from rag.answers import Answer, Citation, Line, Status, Timings
from rag.compose import Parts, open_assistant
from rag.endorsed import State

simcord = pytest.importorskip("simcord")

QUESTION = "How long may the summary of a reading be?"
CITATION = Citation(
    1, "bees", "Bees", "2", "Honey", "A hive makes 27 kilograms.", "A hive makes 27 kilograms.", "https://arxiv.org/pdf/1#page=2"
)
QUOTED = Answer(
    Status.QUOTED, (Line(CITATION.quote, (1,)),), (CITATION,), QUESTION, QUESTION, Timings(0, 0, 0)
)  # fmt: skip
REFUSED = replace(QUOTED, status=Status.REFUSED, lines=(Line("The course's readings don't say that.", ()),), citations=())


class Scene:
    """A server with a channel, one for the staff, a TA role, an instructor and two students."""

    def __init__(self, env, bot: LectorBot, parts: Parts, *, staff: bool = True) -> None:
        self.env, self.bot = env, bot
        self.guild = env.create_guild("Zoo")
        manages = discord.Permissions(manage_messages=True)
        self.ta = self.guild.create_role("TA")
        self.channel, self.staff = self.guild.create_text_channel("readings"), self.guild.create_text_channel("staff")
        self.instructor = self.guild.add_member(env.create_user("ann"), roles=[self.guild.create_role("Instructor", permissions=manages)])
        self.student, self.other = self.guild.add_member(env.create_user("bob")), self.guild.add_member(env.create_user("cid"))
        servers = parts.settings.discord.model_copy(update={"staff_channel": self.staff.id if staff else None, "ta_role": "TA"})
        self.course: Course = open_course(replace(parts, settings=parts.settings.model_copy(update={"discord": servers})))
        bot.courses = type(bot.courses)([self.course])

    async def answer(self, answer: Answer = QUOTED):
        """An answer as everybody sees it."""
        key = await self.course.answers.save(answer)
        view = page_buttons(answer, key, "en") or discord.ui.View(timeout=None)
        for item in feedback_buttons(key):
            view.add_item(item)
        await self.bot.get_channel(self.channel.id).send(render_answer(answer)[-1], view=view)
        return self.channel.last_message

    async def ask_a_person(self, message, note: str = "", student=None):
        student = student or self.student
        form = await student.click(message, label="Ask a person")
        return await student.submit_modal(form, {"note": note})

    async def endorse(self, message, channel=None, **changed: str):
        form = await self.instructor.context_menu(channel or self.staff, "Endorse", message)
        filled = {field["component"]["custom_id"]: field["component"].get("value") for field in form.modal["components"]}
        return await self.instructor.submit_modal(form, {**filled, **changed})


@pytest.fixture
def play(zoo: Settings) -> Callable[..., AbstractAsyncContextManager[Scene]]:
    @asynccontextmanager
    async def open_scene(**options: bool) -> AsyncIterator[Scene]:
        with open_assistant(zoo) as parts:
            bot = LectorBot([open_course(parts)])
            async with simcord.run(bot, settle_timeout=60) as env:
                yield Scene(env, bot, parts, **options)

    return open_scene


def votes(scene: Scene) -> list[tuple[bool, str | None, str]]:
    return [(v.good, v.reason, v.note) for v in VoteStore(scene.course.engine, scene.course.key).all()]


async def test_one_vote_a_person_changed_and_taken_back(play) -> None:
    async with play() as scene:
        message = await scene.answer()
        up = await scene.student.click(message, label="👍")
        assert up.ephemeral
        assert "👍 is counted" in up.response.content
        await scene.other.click(message, label="👎")
        assert sorted(votes(scene)) == [(False, None, ""), (True, None, "")]
        await scene.student.click(message, label="👎")
        assert votes(scene) == [(False, None, "")] * 2
        back = await scene.student.click(message, label="👎")
        assert "taken back" in back.response.content
        assert votes(scene) == [(False, None, "")]


async def test_a_reason_may_be_given_and_works_after_a_restart(play) -> None:
    async with play() as scene:
        message = await scene.answer(REFUSED)
        bot = LectorBot([scene.course])
        await scene.env.restart_bot(bot)
        down = await scene.student.click(message, label="👎")
        form = await scene.student.click(down.response, label="Say why")
        sent = await scene.student.submit_modal(form, {"reason": ["missing"], "note": "It says nothing on pages."})
        assert sent.ephemeral
        assert votes(scene) == [(False, "missing", "It says nothing on pages.")]
        form = await scene.student.click(down.response, label="Say why")
        await scene.student.submit_modal(form, {})
        assert votes(scene) == [(False, None, "")]


async def test_a_vote_on_an_answer_of_another_course_is_none(play) -> None:
    async with play() as scene:
        message = await scene.answer()
        settings = scene.course.settings
        elsewhere = settings.model_copy(update={"course": settings.course.model_copy(update={"key": "savanna"})})
        scene.bot.courses = type(scene.bot.courses)([open_course(Parts(elsewhere, scene.course.assistant))])
        clicked = await scene.student.click(message, label="👎")
        assert "not kept any more" in clicked.response.content
        assert VoteStore(scene.course.engine, "savanna").all() == []


async def test_a_question_goes_to_the_staff_once_with_what_was_found_and_pings_the_ta_role_alone(play) -> None:
    async with play() as scene:
        message = await scene.answer()
        form = await scene.student.click(message, label="Ask a person")
        assert "**your name**" in form.modal["components"][0]["content"]
        again = await scene.student.click(message, label="Ask a person")
        sent = await scene.student.submit_modal(form, {"note": "In *pages*, @everyone."})
        assert sent.ephemeral
        assert scene.staff.mention in sent.response.content
        (post,) = scene.staff.history()
        assert post.content.startswith(f"{scene.ta.mention} **A student asks a person.** <@{scene.student.id}>")
        assert message.jump_url in post.content
        assert f"> **{QUESTION}**" in post.content
        assert r"In \*pages\*" in post.content
        assert "[Bees, p. 2](<https://arxiv.org/pdf/1#page=2>): “A hive makes 27 kilograms.”" in post.content
        assert [role.id for role in post.role_mentions] == [scene.ta.id]
        assert not post.mention_everyone
        (request,) = (r for r in scene.env.http_requests if r.path.endswith(f"/channels/{scene.staff.id}/messages"))
        assert request.json["allowed_mentions"] == {"parse": [], "roles": [scene.ta.id]}

        twice = await scene.student.submit_modal(again, {})  # a form that was open already
        third = await scene.other.click(message, label="Ask a person")
        assert "sent to the staff already" in twice.response.content
        assert "sent to the staff already" in third.response.content
        assert len(scene.staff.history()) == 1


async def test_a_student_sends_so_many_a_day(play) -> None:
    async with play() as scene:
        for _ in range(5):
            await scene.ask_a_person(await scene.answer(REFUSED))
        sixth = await scene.student.click(await scene.answer(REFUSED), label="Ask a person")
        assert "24 hours" in sixth.response.content
        assert len(scene.staff.history()) == 5
        await scene.ask_a_person(await scene.answer(REFUSED), student=scene.other)
        assert "found nothing" in scene.staff.last_message.content


async def test_without_a_staff_channel_the_student_is_told_and_the_owner_once(play) -> None:
    async with play(staff=False) as scene:
        for _ in range(2):
            clicked = await scene.student.click(await scene.answer(), label="Ask a person")
            assert "no channel for questions" in clicked.response.content
        (told,) = scene.guild.owner.dm_channel.history()
        assert "discord.staff_channel" in told.content


async def test_where_the_bot_cannot_post_nothing_is_kept_and_the_next_try_works(play) -> None:
    async with play() as scene:
        message = await scene.answer()
        scene.env.inject_error(
            "POST", f"/channels/{scene.staff.id}/messages", status=403, code=50013, message="Missing Permissions", times=2
        )
        for _ in range(2):
            sent = await scene.ask_a_person(message)
            assert "**not** sent" in sent.response.content
        assert len(scene.guild.owner.dm_channel.history()) == 1
        assert persons_of(scene.course).all() == []
        assert "Sent to" in (await scene.ask_a_person(message)).response.content


async def test_a_staff_reply_endorsed_reaches_the_asker_and_follows_its_changes(play) -> None:
    async with play() as scene:
        message = await scene.answer()
        await scene.ask_a_person(message)
        reply = await scene.instructor.send(
            scene.staff, "One page, see https://example.org/rules. @everyone", reply_to=scene.staff.last_message
        )
        done = await scene.endorse(reply)
        assert done.ephemeral
        shown = scene.channel.last_message
        assert shown.content.startswith(f"<@{scene.student.id}> your question *{QUESTION}* was answered. Endorsed by ann on ")
        assert "<https://example.org/rules>" in shown.content
        assert [user.id for user in shown.mentions] == [scene.student.id]
        assert not shown.mention_everyone
        assert shown.reference.message_id == message.id
        assert shown.jump_url in done.response.content
        post = scene.staff.history()[0]
        assert post.content.endswith(f"✅ Answer 1, endorsed by ann. {shown.jump_url}")
        (row,) = endorsed_of(scene.course).all()
        assert (row.question, row.author.name, row.endorser.name) == (QUESTION, "ann", "ann")
        assert [q.endorsed for q in persons_of(scene.course).all()] == [1]

        form = await scene.instructor.slash(scene.staff, "endorsed edit", number=1)
        await scene.instructor.submit_modal(form, {"question": QUESTION, "text": "Two pages."})
        assert scene.channel.last_message.content.endswith(">>> Two pages.")
        await scene.instructor.slash(scene.staff, "endorsed withdraw", number=1)
        assert "was withdrawn" in scene.channel.last_message.content
        assert endorsed_of(scene.course).get(1).state is State.WITHDRAWN
        listed = await scene.instructor.slash(scene.staff, "endorsed list")
        assert "withdrawn" in listed.response.content
        versions = await scene.instructor.slash(scene.staff, "endorsed show", number=1)
        assert [line.split(" · ")[0] for line in versions.response.content.splitlines()[-3:]] == ["3", "2", "1"]

        await scene.instructor.slash(scene.staff, "endorsed restore", number=1)
        await scene.instructor.delete(scene.channel.last_message)
        form = await scene.instructor.slash(scene.staff, "endorsed edit", number=1)
        told = await scene.instructor.submit_modal(form, {"question": QUESTION, "text": "Three pages."})
        unseen = "Its asker does not see that: the message that showed it is gone."
        assert told.response.content == f"Answer 1 is changed; it is version 5 now. {unseen}"
        gone = await scene.instructor.slash(scene.staff, "endorsed withdraw", number=1)
        assert gone.response.content == f"Answer 1 is withdrawn: nobody is shown it any more. {unseen}"


async def test_the_staff_answers_by_the_button_after_a_restart_and_a_student_may_not(play) -> None:
    async with play() as scene:
        message = await scene.answer(REFUSED)
        await scene.ask_a_person(message)
        post = scene.staff.last_message
        await scene.env.restart_bot(LectorBot([scene.course]))
        refused = await scene.student.click(post, label="Answer and endorse")
        assert refused.response.content == "Only Instructor may do this."
        form = await scene.instructor.click(post, label="Answer and endorse")
        assert form.modal["components"][0]["component"]["value"] == QUESTION
        await scene.instructor.submit_modal(form, {"question": QUESTION, "text": "One page."})
        assert scene.channel.last_message.reference.message_id == message.id
        assert scene.channel.last_message.content.endswith(">>> One page.")


async def test_a_private_question_is_answered_by_a_direct_message_without_a_link_to_it(play) -> None:
    async with play() as scene:
        await scene.student.send_dm("hello")
        key = await scene.course.answers.save(REFUSED)
        view = discord.ui.View(timeout=None)
        for item in feedback_buttons(key):
            view.add_item(item)
        user = await scene.bot.fetch_user(scene.student.id)
        await user.send("answer", view=view)
        dm = scene.student.user.dm_channel
        await scene.student.user.submit_modal(await scene.student.user.click(dm.last_message, label="Ask a person"), {})
        post = scene.staff.last_message
        assert "asked in private" in post.content
        assert "discord.com/channels" not in post.content
        reply = await scene.instructor.send(scene.staff, "One page.", reply_to=post)
        done = await scene.endorse(reply)
        assert "direct message" in done.response.content
        assert dm.last_message.content.endswith(">>> One page.")


async def test_an_answer_by_direct_message_keeps_its_language_when_it_is_changed(play) -> None:
    async with play() as scene:
        await scene.student.send_dm("hello")
        key = await scene.course.answers.save(REFUSED)
        course = scene.course.settings.course.model_copy(update={"language": "zh"})
        scene.course = replace(scene.course, settings=scene.course.settings.model_copy(update={"course": course}))
        scene.bot.courses = type(scene.bot.courses)([scene.course])
        view = discord.ui.View(timeout=None)
        for item in feedback_buttons(key):
            view.add_item(item)
        await (await scene.bot.fetch_user(scene.student.id)).send("answer", view=view)
        dm = scene.student.user.dm_channel
        await scene.student.user.submit_modal(await scene.student.user.click(dm.last_message, label="Ask a person"), {})
        await scene.endorse(await scene.instructor.send(scene.staff, "One page.", reply_to=scene.staff.last_message))
        assert dm.last_message.content.startswith(f"Your question *{QUESTION}* was answered. Endorsed by ann on 20")
        form = await scene.instructor.slash(scene.channel, "endorsed edit", number=1)
        await scene.instructor.submit_modal(form, {"question": QUESTION, "text": "Two pages."})
        assert dm.last_message.content.startswith(f"Your question *{QUESTION}* was answered. Endorsed by ann on 20")
        assert dm.last_message.content.endswith(">>> Two pages.")
        place = await conversations_of(scene.course).of_answer(dm.last_message.id)
        assert place is not None
        assert [turn.answer for turn in await conversations_of(scene.course).history(place.conversation)] == ["One page."]
        await scene.instructor.slash(scene.channel, "endorsed withdraw", number=1)
        form = await scene.instructor.slash(scene.channel, "endorsed edit", number=1)
        told = await scene.instructor.submit_modal(form, {"question": QUESTION, "text": "Three pages."})
        assert "still withdrawn: `/endorsed restore` shows it again" in told.response.content
        done = await scene.instructor.slash(scene.channel, "endorsed restore", number=1)
        assert done.response.content == "Answer 1 is shown again, and you stand for it."
        assert dm.last_message.content.endswith(">>> Three pages.")
        refused = await scene.instructor.slash(scene.channel, "endorsed restore", number=1)
        assert refused.response.content == "Answer 1 is not withdrawn."
        scene.env.errors.clear()


async def test_an_answer_in_the_channel_can_be_replied_to_and_keeps_its_mention(play) -> None:
    async with play() as scene:
        await scene.ask_a_person(await scene.answer(REFUSED))
        await scene.endorse(await scene.instructor.send(scene.staff, "One page.", reply_to=scene.staff.last_message))
        delivered = scene.channel.last_message
        place = await conversations_of(scene.course).of_answer(delivered.id)
        assert place is not None
        assert (await conversations_of(scene.course).history(place.conversation))[0].question == QUESTION
        form = await scene.instructor.slash(scene.channel, "endorsed edit", number=1)
        await scene.instructor.submit_modal(form, {"question": QUESTION, "text": "Two pages."})
        assert scene.channel.last_message.content.startswith(f"<@{scene.student.id}> your question")


async def test_what_was_written_in_a_form_comes_back_after_a_restart(play, monkeypatch: pytest.MonkeyPatch) -> None:
    async with play() as scene:
        message = await scene.answer(REFUSED)
        form = await scene.student.click(message, label="Ask a person")
        monkeypatch.setattr("bot.discord.components._RUN", "0" * 12)  # another run of the bot
        await scene.env.restart_bot(LectorBot([scene.course]))
        told = await scene.student.submit_modal(form, {"note": "It says nothing on *pages*."})
        assert told.ephemeral
        assert "The file holds what you wrote" in told.response.content
        assert (await told.response.attachments[0].read()).decode() == "It says nothing on *pages*."
        assert scene.staff.history() == []
        form = await scene.student.click(message, label="Ask a person")
        await scene.student.submit_modal(form, {"note": "Again."})
        assert "Again." in scene.staff.last_message.content


async def test_another_message_can_be_endorsed_with_a_question_of_the_staff_s(play) -> None:
    async with play() as scene:
        asked = await scene.student.send(scene.channel, "may we  use GPT-4?")
        said = await scene.other.send(scene.channel, "Yes, the syllabus says so.", reply_to=asked)
        form = await scene.instructor.context_menu(scene.channel, "Endorse", said)
        assert form.modal["components"][1]["component"]["value"] == "Yes, the syllabus says so."
        done = await scene.instructor.submit_modal(form, {"question": "May we use GPT-4 in the project?", "text": "Yes."})
        assert "Nobody is told now" in done.response.content
        (row,) = endorsed_of(scene.course).all()
        assert (row.text, row.author.name, row.endorser.name, row.shown) == ("Yes.", "cid", "ann", None)
        await scene.endorse(said, scene.channel, question="May we use GPT-4 in the project?", text="Yes, they may.")
        assert [(r.number, r.text) for r in endorsed_of(scene.course).all()] == [(1, "Yes, they may.")]


async def test_a_student_sees_no_staff_command_and_the_bot_s_words_are_not_endorsed(play) -> None:
    async with play() as scene:
        message = await scene.answer()
        assert not [name for name in scene.student.available_commands(scene.channel) if "endorse" in name.lower()]
        powerless = scene.guild.add_member(
            scene.env.create_user("dan"), roles=[scene.guild.create_role("Helper", permissions=discord.Permissions(manage_messages=True))]
        )
        refused = await powerless.context_menu(scene.channel, "Endorse", message)
        assert refused.response.content == "Only Instructor may do this."
        own = await scene.instructor.context_menu(scene.channel, "Endorse", message)
        assert "a bot's words" in own.response.content
        raised = [getattr(error, "original", error) for error in scene.env.errors]
        assert [type(error) for error in raised] == [NotStaffError, SaidError]


async def test_an_asker_who_cannot_be_told_is_the_staff_s_to_tell(play) -> None:
    async with play() as scene:
        await scene.ask_a_person(await scene.answer())
        reply = await scene.instructor.send(scene.staff, "One page.", reply_to=scene.staff.last_message)
        scene.env.inject_error("POST", f"/channels/{scene.channel.id}/messages", status=404, code=10003, message="Unknown Channel")
        scene.env.inject_error("POST", "/users/@me/channels", status=403, code=50007, message="Cannot send messages to this user")
        done = await scene.endorse(reply)
        assert "could **not** be told" in done.response.content
        assert endorsed_of(scene.course).get(1).shown is None
