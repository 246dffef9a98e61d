"""Asking over the wire: what the asker sees and when, and every fault on the way."""

import asyncio
import threading
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.discord.asking import delivery, entry, ways
from bot.discord.client import LectorBot
from common.errors import ModelError
from rag.compose import Parts
from rag.llm import LlamaCppChat
from tests.bot.discord.assistants import Held, Spoilt, Stepwise, hangs, raises
from tests.bot.discord.fake_discord import CHANNEL, DM, STUDENT, FakeDiscord, Interaction, Json, buttons
from tests.bot.discord.wire import DONE, QUESTION, Running, answered

OTHER = "2002"
HEADS = "8 attention heads"
LOOKED_UP = "When is the final project due?"  # in the syllabus: no model writes


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for seconds for a Discord that does not answer."""
    monkeypatch.setattr(ways, "_FIRST_S", 0.3)
    monkeypatch.setattr(ways, "_REQUEST_S", 0.3)
    monkeypatch.setattr(delivery, "_PAUSES_S", (0.01, 0.01, 0.01))


def content(asked: Interaction) -> str:
    return (asked.message or {}).get("content", "")


async def said(fake: FakeDiscord, part: str) -> Json:
    """The bot's message in a channel with this text, once it is there."""
    return (await fake.until(lambda: fake.shown(part)))[0]


async def free(fake: FakeDiscord, bot: LectorBot) -> None:
    """Wait until no question is on its way, and none is kept as if it were."""
    await fake.until(lambda: not bot.asking._tasks)
    assert bot.asking._entries == {}
    for course in bot.courses:
        assert await waiting(bot) == [], course.key


async def waiting(bot: LectorBot) -> list[Any]:
    from bot.asking.waiting import WaitingStore

    course = next(iter(bot.courses))
    return await WaitingStore(course.engine, course.key).all()


# What the asker sees.


async def test_an_answer_grows_by_edits_within_the_rate_and_says_when_it_is_complete(
    fake: FakeDiscord, running: Running, parts: Parts
) -> None:
    assistant = Stepwise(parts)
    async with running(assistant) as bot:
        asked = await fake.slash("ask", question="What is LoRA, and how many parameters does it train?")
        await fake.until(lambda: asked.message)
        assistant.steps.release()
        growing = await fake.until(lambda: content(asked) if "there is more to come" in content(asked) else None)
        assert DONE not in growing
        for _ in range(20):
            assistant.steps.release()
        final = await answered(fake, asked)
        assert growing.split("\n")[1].split(" [")[0] in final["content"]  # what was shown stays
        assert "there is more to come" not in final["content"]
        assert "Cancel" not in [button["label"] for button in buttons(final)]
        edits = [edit.at for edit in fake.sent("PATCH", asked.token)]
        assert all(later - earlier >= 0.99 for earlier, later in pairwise(edits))
        await free(fake, bot)
        assert fake.sent("PATCH", asked.token)[-1].body["content"] == final["content"]


async def test_who_is_not_first_sees_their_place_and_how_it_moves(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    assistant = Held(parts)
    async with running(assistant):
        first = await fake.slash("ask", question=LOOKED_UP)
        await fake.until(assistant.asked.is_set)
        others = []
        for n in (1, 2):
            other = await fake.slash("ask", question=LOOKED_UP, student=str(3000 + n))
            others.append(other)
            shown = await fake.until(lambda other=other: other.message)
            assert f"{n if n > 1 else 'One'} question" in shown["content"]
            assert "before yours: about" in shown["content"]
        held = assistant.release
        assistant.release = asyncio.Event()  # for the next ones
        held.set()
        await answered(fake, first)
        await fake.until(lambda: "Reading" in content(others[0]))
        await fake.until(lambda: "One question is before yours" in content(others[1]))
        assistant.release.set()
        for other in others:
            await answered(fake, other)


async def test_a_full_queue_and_too_many_questions_are_told_to_the_asker_alone(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    assistant = Held(parts)
    async with running(assistant, queue={"size": 2, "per_minute": 3}):
        for student in ("3000", STUDENT, "3001"):
            taken = await fake.slash("ask", question=LOOKED_UP, student=student)
            await fake.until(lambda taken=taken: taken.message)
        full = await fake.slash("ask", question=LOOKED_UP, student="3002")
        second = await fake.slash("ask", question=LOOKED_UP)
        for refused, says in ((full, "Too many questions are waiting"), (second, "A question of yours is waiting already")):
            told = await fake.until(lambda refused=refused: refused.message)
            assert says in told["content"]
            assert "<t:" in told["content"]  # when to come back, in the reader's own time
            assert told["flags"] & 64
        assistant.release.set()


async def test_a_question_waits_at_most_until_its_deadline(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    assistant = Held(parts)
    async with running(assistant, queue={"deadline_s": 0.2}) as bot:
        first = await fake.slash("ask", question=LOOKED_UP)
        await fake.until(assistant.asked.is_set)
        late = await fake.slash("ask", question=LOOKED_UP, student=OTHER)
        await fake.until(lambda: "too long. Please ask again" in content(late))
        assistant.release.set()
        await answered(fake, first)
        await free(fake, bot)
        assert len(assistant.questions) == 1


# Cancelling, deleting, editing.


async def test_cancelling_frees_the_model_and_is_the_asker_s_alone(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    assistant = Held(parts)
    async with running(assistant) as bot:
        asked = await fake.slash("ask", question=QUESTION)
        await fake.until(assistant.asked.is_set)
        began = await fake.until(lambda: asked.message)
        (cancel,) = buttons(began)
        refused = await fake.click(cancel["custom_id"], student=OTHER)
        assert "Only whoever asked" in (await fake.until(lambda: refused.message))["content"]
        await fake.click(cancel["custom_id"])
        await fake.until(lambda: "Cancelled" in content(asked))
        assert assistant.left == 1
        assert buttons(asked.message) == []
        assistant.release.set()
        again = await fake.slash("ask", question=LOOKED_UP)
        await answered(fake, again)
        assert "Cancelled" in content(asked)
        await free(fake, bot)
        late = await fake.click(cancel["custom_id"], message=began)  # on a screen that is behind
        assert "not being answered any more" in (await fake.until(lambda: late.message))["content"]


async def test_a_model_that_writes_stops_within_a_token_or_two(
    fake: FakeDiscord, running: Running, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, after = threading.Event(), []
    tokens = LlamaCppChat._tokens

    def watched(self: LlamaCppChat, messages: Any, stop: Any, cancelled: threading.Event) -> Any:
        for text in tokens(self, messages, stop, cancelled):
            after.extend([text] if cancelled.is_set() else [])
            yield text
            written.set()
            cancelled.wait(60)  # the click comes while the model writes, however slow the click is

    monkeypatch.setattr(LlamaCppChat, "_tokens", watched)
    async with running(parts.assistant) as bot:
        asked = await fake.slash("ask", question="What does LoRA do to the pretrained weights, and why does that help?")
        (cancel,) = buttons(await fake.until(lambda: asked.message))
        await fake.until(written.is_set)
        await fake.click(cancel["custom_id"])
        await fake.until(lambda: "Cancelled" in content(asked))
        assert await parts.assistant.chat.acount_tokens(["free"])  # on the model's own thread
        assert len(after) <= 1
        await free(fake, bot)


async def test_a_deleted_question_is_dropped_with_what_was_shown_of_it(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    assistant = Held(parts)
    async with running(assistant) as bot:
        answering = await fake.say(QUESTION, mention=True)
        await said(fake, "Reading")
        await fake.until(assistant.asked.is_set)
        queued = await fake.say(LOOKED_UP, mention=True, student=OTHER)
        await said(fake, "before yours")
        await fake.delete(queued)
        await fake.delete(answering)
        await fake.until(lambda: not fake.shown(""))
        assistant.release.set()
        await free(fake, bot)
        assert assistant.questions == [QUESTION]
        assert assistant.left == 1


async def test_an_edited_question_is_answered_as_it_reads_now_whatever_was_done(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    assistant = Held(parts)
    async with running(assistant) as bot:
        first = await fake.say("What is due?", mention=True)
        await fake.until(assistant.asked.is_set)
        queued = await fake.say("Who teaches?", mention=True, student=OTHER)
        await said(fake, "before yours")
        await fake.edit(queued, f"<@1002> {LOOKED_UP}")  # while it waits
        await fake.edit(first, f"<@1002> {QUESTION}")  # while it is being answered
        await fake.until(lambda: assistant.left)
        assistant.release.set()
        await fake.until(lambda: len(fake.shown(DONE)) == 2)
        assert "Who teaches" not in "".join(m["content"] for m in fake.shown(""))
        (answer,) = fake.shown(HEADS)
        await free(fake, bot)
        await fake.edit(first, "<@1002> What does LoRA freeze?")  # after it was answered
        changed = await fake.until(lambda: answer if "What does LoRA freeze?" in answer["content"] and DONE in answer["content"] else None)
        assert HEADS not in changed["content"]
        assert len(fake.shown("")) == 2  # nothing was posted anew
        assert assistant.histories[-1] == []  # the question does not lean on what it was
        await free(fake, bot)


async def test_an_edit_that_cannot_be_taken_is_told(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    async with running(parts.assistant) as bot:
        asked = await fake.say(LOOKED_UP, mention=True)
        await said(fake, DONE)
        await fake.edit(asked, f"<@1002> {'why? ' * 390}")
        await said(fake, "1949 characters")
        await free(fake, bot)
        assert len(fake.shown(DONE)) == 1  # the answer stays


async def test_an_edit_after_two_minutes_or_of_nothing_changes_nothing(
    fake: FakeDiscord, running: Running, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = Held(parts)
    assistant.release.set()
    async with running(assistant) as bot:
        asked = await fake.say(LOOKED_UP, mention=True)
        await said(fake, DONE)
        await free(fake, bot)
        await fake.edit(asked, asked["content"])  # Discord sends the same where it unfolds a link
        monkeypatch.setattr(entry, "EDIT_WINDOW", timedelta(seconds=-1))
        await fake.edit(asked, f"<@1002> {QUESTION}")
        after = await fake.slash("ask", question=LOOKED_UP, student=OTHER)
        await answered(fake, after)
        assert assistant.questions == [LOOKED_UP, LOOKED_UP]


# Discord's own faults.


async def test_an_answer_whose_token_is_dead_goes_to_the_channel_with_a_mention(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    assistant = Held(parts)
    async with running(assistant) as bot:
        asked = await fake.slash("ask", question=QUESTION)
        await fake.until(assistant.asked.is_set)
        fake.expire(asked)
        assistant.release.set()
        answer = await said(fake, DONE)
        assert answer["content"].startswith(f"<@{STUDENT}> **{QUESTION}**")
        assert HEADS in answer["content"]
        assert fake.pinged == [STUDENT]
        assert buttons(answer)
        await free(fake, bot)


async def test_a_private_answer_whose_token_is_dead_goes_to_the_asker_alone(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    assistant = Held(parts)
    async with running(assistant) as bot:
        asked = await fake.slash("ask", question=QUESTION, private=True)
        assert (await fake.until(lambda: asked.message))["flags"] & 64
        await fake.until(assistant.asked.is_set)
        fake.expire(asked)
        assistant.release.set()
        answer = await said(fake, DONE)
        assert answer["channel_id"] == DM
        assert HEADS in answer["content"]
        await free(fake, bot)


@pytest.mark.parametrize("how", [{"status": 500}, {"hang": True}, {"status": 404, "code": 10062}], ids=["500", "timeout", "too late"])
async def test_where_the_first_response_fails_the_channel_has_the_answer(
    how: dict[str, Any], fake: FakeDiscord, running: Running, parts: Parts, impatient: None
) -> None:
    fake.fail("POST", "/callback", times=9, **how)
    async with running(parts.assistant) as bot:
        await fake.slash("ask", question=LOOKED_UP)
        answer = await said(fake, DONE)
        assert answer["content"].startswith(f"<@{STUDENT}> ")
        await free(fake, bot)
        assert len(fake.shown("")) == 1


@pytest.mark.parametrize("how", [{"status": 500}, {"hang": True}, {"retry_after_s": 0.05}], ids=["500", "timeout", "429"])
async def test_where_an_edit_fails_the_next_one_shows_the_answer(
    how: dict[str, Any], fake: FakeDiscord, running: Running, parts: Parts, impatient: None
) -> None:
    fake.fail("PATCH", "/webhooks/", **how)
    async with running(parts.assistant) as bot:
        asked = await fake.slash("ask", question=LOOKED_UP)
        await answered(fake, asked)
        await free(fake, bot)
        assert fake.shown("") == []
        assert len(fake.sent("PATCH", asked.token)) >= 2


@pytest.mark.parametrize("how", [{"status": 500}, {"hang": True}, {"retry_after_s": 0.05}], ids=["500", "timeout", "429"])
async def test_where_a_followup_fails_it_is_sent_again_and_nothing_twice(
    how: dict[str, Any], fake: FakeDiscord, running: Running, parts: Parts, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.discord import render

    monkeypatch.setattr(render.paged, "__defaults__", (120,))  # so that every answer takes several messages
    async with running(parts.assistant) as bot:
        first = await fake.slash("ask", question=LOOKED_UP)  # the first command's hint is a followup too
        await fake.until(lambda: any("/help" in message["content"] for message in first.followups))
        await fake.until(lambda: any(DONE in message["content"] for message in first.followups))
        await free(fake, bot)
        asked = await fake.slash("ask", question=LOOKED_UP)
        fake.fail("POST", f"/webhooks/1001/{asked.token}", **how)
        await fake.until(lambda: any(DONE in message["content"] for message in asked.followups))
        await free(fake, bot)
        texts = [asked.message["content"], *(message["content"] for message in asked.followups)]
        assert len(texts) == len(set(texts)) > 1


async def test_while_discord_is_down_the_question_is_kept_for_the_next_start(
    fake: FakeDiscord, running: Running, parts: Parts, impatient: None
) -> None:
    assistant = Held(parts)
    async with running(assistant) as bot:
        asked = await fake.slash("ask", question=LOOKED_UP)
        await fake.until(lambda: asked.message)
        down = fake.fail("PATCH", "/webhooks/", times=100, status=500)
        assistant.release.set()
        await fake.until(lambda: not bot.asking._entries)
        assert [kept.text for kept in await waiting(bot)] == [LOOKED_UP]
    down.times = 0
    async with running(parts.assistant) as bot:
        await answered(fake, asked)
        await free(fake, bot)


@pytest.mark.parametrize("code", [10008, 10003], ids=["message", "channel or thread"])
async def test_what_was_deleted_while_answering_is_dropped(code: int, fake: FakeDiscord, running: Running, parts: Parts) -> None:
    assistant = Stepwise(parts)
    async with running(assistant) as bot:
        await fake.say(QUESTION, mention=True)
        await said(fake, "Reading")
        fake.fail("PATCH", f"/channels/{CHANNEL}", times=99, status=404, code=code)
        assistant.steps.release()  # the first sentence wants to be shown
        await fake.until(lambda: assistant.left == 1)
        await free(fake, bot)
        assert len(fake.shown("")) == 1  # nothing was said elsewhere


async def test_a_gateway_that_drops_and_resumes_in_the_middle_of_an_answer_loses_nothing(
    fake: FakeDiscord, running: Running, parts: Parts
) -> None:
    assistant = Stepwise(parts)
    async with running(assistant) as bot:
        asked = await fake.say(QUESTION, mention=True)
        await said(fake, "Reading")
        assistant.steps.release()
        await said(fake, "more to come")
        await fake.drop(4000)
        await fake.until(lambda: fake.ops(6))
        for _ in range(20):
            assistant.steps.release()
        answer = await said(fake, DONE)
        assert HEADS in answer["content"]
        await free(fake, bot)
        assert (len(fake.shown("")), assistant.questions) == (1, [QUESTION])
        assert answer["message_reference"]["message_id"] in (asked["id"], int(asked["id"]))


async def test_an_invalid_session_is_begun_anew_and_what_waits_is_answered_once(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    assistant = Held(parts)
    async with running(assistant) as bot:
        asked = await fake.slash("ask", question=LOOKED_UP)
        await fake.until(assistant.asked.is_set)
        await fake.invalidate()
        await fake.until(lambda: len(fake.ops(2)) == 2, within_s=60)  # discord.py waits 5 s
        await fake.until(bot.is_ready)
        assistant.release.set()
        await answered(fake, asked)
        await free(fake, bot)
        assert assistant.questions == [LOOKED_UP]


async def test_off_the_server_nothing_is_answered_and_back_on_it_everything(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    assistant = Held(parts)
    async with running(assistant) as bot:
        await fake.say(QUESTION, mention=True)
        await said(fake, "Reading")
        await fake.until(assistant.asked.is_set)
        await fake.kick()
        await fake.until(lambda: assistant.left == 1)
        await free(fake, bot)
        await fake.invite()
        assistant.release.set()
        await fake.say(LOOKED_UP, mention=True)
        await said(fake, DONE)
        await free(fake, bot)


async def test_where_the_bot_may_not_write_it_answers_privately_and_tells_staff_once(
    fake: FakeDiscord, running: Running, parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    fake.permissions &= ~(1 << 11)
    async with running(parts.assistant) as bot:
        for student in (STUDENT, OTHER):
            await fake.say(LOOKED_UP, mention=True, student=student)
        await fake.until(lambda: len(fake.shown(DONE)) == 2)
        assert {message["channel_id"] for message in fake.shown("")} == {DM}
        await free(fake, bot)
        assert caplog.text.count("I cannot write in") == 1


# The model's faults.


@pytest.mark.parametrize(
    "spoil", [raises(ModelError("the language model failed")), raises(RuntimeError("a bug")), hangs], ids=["error", "bug", "hang"]
)
async def test_a_model_that_fails_once_is_tried_again(spoil: Any, fake: FakeDiscord, running: Running, parts: Parts) -> None:
    assistant = Spoilt(parts, spoil)
    async with running(assistant, queue={"answer_s": 5.0 if spoil is not hangs else 1.0}) as bot:
        asked = await fake.slash("ask", question=LOOKED_UP)
        await answered(fake, asked)
        assert assistant.recovered == 1
        await free(fake, bot)


async def test_a_model_that_fails_twice_is_apologised_for_and_the_next_question_is_answered(
    fake: FakeDiscord, running: Running, parts: Parts
) -> None:
    assistant = Spoilt(parts, hangs, raises(ModelError("broken")))
    async with running(assistant, queue={"answer_s": 1.0}) as bot:
        asked = await fake.slash("ask", question=QUESTION)
        after = await fake.slash("ask", question=LOOKED_UP, student=OTHER)
        await fake.until(lambda: "I am sorry" in content(asked))
        await fake.until(lambda: "could not answer this, twice" in content(asked))
        await answered(fake, after)
        await free(fake, bot)
        assert assistant.questions == [QUESTION, QUESTION, LOOKED_UP]


# Restarts.


async def test_what_waits_at_a_restart_is_answered_where_it_was_asked_and_once(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    held = Held(parts)
    async with running(held):
        command = await fake.slash("ask", question=QUESTION)
        await fake.until(held.asked.is_set)
        await fake.say(LOOKED_UP, mention=True, student=OTHER)
        await said(fake, "before yours")
        dead = await fake.slash("ask", question=LOOKED_UP, student="3003")
        await fake.until(lambda: dead.message)
        fake.expire(dead)
    assistant = Held(parts)
    assistant.release.set()
    async with running(assistant) as bot:
        assert HEADS in (await answered(fake, command))["content"]
        await fake.until(lambda: len(fake.shown(DONE)) == 2)
        await free(fake, bot)
        assert sorted(m["content"].startswith("<@3003> ") for m in fake.shown("")) == [False, True]
        assert sorted(assistant.questions) == sorted([QUESTION, LOOKED_UP, LOOKED_UP])


async def test_what_was_asked_long_before_a_restart_is_not_answered_but_told(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    held = Held(parts)
    async with running(held):
        command = await fake.slash("ask", question=QUESTION)
        await fake.until(held.asked.is_set)
    async with running(parts.assistant, queue={"resume_s": 0.0}) as bot:
        await fake.until(lambda: "I was away" in content(command))
        await free(fake, bot)


async def test_a_question_that_brought_the_bot_down_twice_is_not_tried_again(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    command: Interaction | None = None
    for _ in range(2):
        held = Held(parts)
        async with running(held):
            command = command or await fake.slash("ask", question=QUESTION)
            await fake.until(held.asked.is_set)
    assert command is not None
    assistant = Held(parts)
    async with running(assistant) as bot:
        await fake.until(lambda: "could not answer this, twice" in content(command))
        await free(fake, bot)
        assert assistant.questions == []


async def test_the_cancel_button_of_before_a_restart_cancels(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    held = Held(parts)
    async with running(held):
        command = await fake.slash("ask", question=QUESTION)
        await fake.until(held.asked.is_set)
    again = Held(parts)
    async with running(again) as bot:
        await fake.until(again.asked.is_set)
        await fake.click(buttons(command.message)[0]["custom_id"])
        await fake.until(lambda: "Cancelled" in content(command))
        await free(fake, bot)


# Threads.


async def test_two_clicks_on_discuss_open_one_thread_and_who_asks_there_is_understood(
    fake: FakeDiscord, running: Running, parts: Parts
) -> None:
    fake.permissions |= 1 << 35
    assistant = Held(parts)
    assistant.release.set()
    async with running(assistant) as bot:
        await fake.say(QUESTION, mention=True)
        answer = await said(fake, DONE)
        await free(fake, bot)
        clicks = [await fake.click("lector:1:discuss", student=student) for student in (STUDENT, OTHER)]
        for click in clicks:
            assert f"<#{answer['id']}>" in (await fake.until(lambda click=click: click.message))["content"]
        assert len(fake.shown("Go on here")) == 1
        assert fake.pinged in ([STUDENT], [OTHER])  # whoever opened it
        await fake.say("And how many layers?", mention=True, channel=answer["id"], student=OTHER)
        await fake.until(lambda: len(fake.shown(DONE)) == 2)
        assert assistant.histories == [[], [QUESTION]]
        assert fake.shown("And how many layers?")[0]["channel_id"] == answer["id"]
        await free(fake, bot)


async def test_without_the_permission_for_threads_replies_are_offered(
    fake: FakeDiscord, running: Running, parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(parts.assistant) as bot:
        await fake.say(LOOKED_UP, mention=True)
        await said(fake, DONE)
        await free(fake, bot)
        for _ in range(2):
            click = await fake.click("lector:1:discuss")
            assert "Reply to my answer instead" in (await fake.until(lambda click=click: click.message))["content"]
        assert caplog.text.count("I cannot open threads in") == 1


async def test_a_thread_in_which_the_bot_may_not_write_does_not_stay_and_replies_are_offered(
    fake: FakeDiscord, running: Running, parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    fake.permissions |= 1 << 35
    async with running(parts.assistant) as bot:
        await fake.say(LOOKED_UP, mention=True)
        answer = await said(fake, DONE)
        await free(fake, bot)
        fake.fail("POST", f"/channels/{answer['id']}/messages", times=2, status=403, code=50013)
        for _ in range(2):
            click = await fake.click("lector:1:discuss")
            assert "Reply to my answer instead" in (await fake.until(lambda click=click: click.message))["content"]
            assert fake.threads == {}
        assert caplog.text.count("but not write in them") == 1
