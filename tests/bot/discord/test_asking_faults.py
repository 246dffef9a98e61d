"""Asking over the wire: Discord's faults, the model's, and restarts."""

import asyncio
from typing import Any

import pytest

from bot.asking.asked import Asked
from bot.asking.waiting import WaitingStore
from bot.discord.asking import delivery, ways
from common.errors import ModelError
from rag.compose import Parts
from tests.bot.discord.assistants import Held, Spoilt, Stepwise, hangs, raises
from tests.bot.discord.fake_discord import CHANNEL, DM, STUDENT, FakeDiscord, Interaction, buttons
from tests.bot.discord.wire import DONE, HEADS, LOOKED_UP, OTHER, QUESTION, Running, answered, content, free, said, waiting


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for seconds for a Discord that does not answer."""
    monkeypatch.setattr(ways, "_FIRST_S", 0.3)
    monkeypatch.setattr(ways, "_REQUEST_S", 0.3)
    monkeypatch.setattr(delivery, "_PAUSES_S", (0.01, 0.01, 0.01))


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


async def test_where_a_further_message_comes_through_and_its_number_does_not_it_is_there_once(
    fake: FakeDiscord, running: Running, parts: Parts, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.discord import render

    monkeypatch.setattr(render, "PAGE_LIMIT", render.HEAD_ROOM + 120)  # so that every answer takes several messages
    assistant = Held(parts)
    async with running(assistant) as bot:
        await fake.say(LOOKED_UP, mention=True)
        await said(fake, "Reading")
        fake.fail("POST", f"/channels/{CHANNEL}/messages", late=True)
        assistant.release.set()
        await said(fake, DONE)
        await free(fake, bot)
        texts = [message["content"] for message in fake.shown("")]
        assert len(texts) == len(set(texts)) > 1


async def test_a_further_message_of_before_a_restart_says_what_the_answer_says_now(
    fake: FakeDiscord, running: Running, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.discord import render

    monkeypatch.setattr(render, "PAGE_LIMIT", render.HEAD_ROOM + 120)
    assistant = Held(parts)
    async with running(assistant) as bot:
        await fake.say(LOOKED_UP, mention=True)
        old = await said(fake, "Reading")
        (asked,) = await waiting(bot)
        fake.messages["9"] = old | {"id": "9", "content": "what was said before", "nonce": f"{asked.id}0"}
        assistant.release.set()
        await said(fake, DONE)
        await free(fake, bot)
        assert fake.shown("what was said before") == []
        assert fake.messages["9"]["content"]


@pytest.mark.parametrize("channel", [CHANNEL, DM])
async def test_a_message_whose_number_never_came_back_still_becomes_the_answer(
    channel: str, fake: FakeDiscord, running: Running, parts: Parts, impatient: None
) -> None:
    """The bot sends it a second time, and Discord, which knows the nonce, gives the one that is there, as it was."""
    fake.fail("POST", f"/channels/{channel}/messages", late=True)
    async with running(parts.assistant) as bot:
        if channel == DM:
            fake.permissions &= ~(1 << 11)  # may not write on the server
        await fake.say(LOOKED_UP, mention=True)
        answer = await said(fake, DONE)
        await free(fake, bot)
        assert fake.shown("") == [answer]
        assert answer["channel_id"] == channel


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
    asked: list[Interaction] = []

    async def broken() -> None:
        await fake.until(lambda: "I am sorry" in content(asked[0]))
        raise ModelError("broken")

    assistant = Spoilt(parts, hangs, broken)
    async with running(assistant, queue={"answer_s": 3.0}) as bot:
        asked.append(await fake.slash("ask", question=QUESTION))
        await fake.until(lambda: assistant.questions)  # it has the model before the other comes
        after = await fake.slash("ask", question=LOOKED_UP, student=OTHER)
        await fake.until(lambda: "could not answer this, twice" in content(asked[0]))
        await answered(fake, after)
        await free(fake, bot)
        assert assistant.questions == [QUESTION, QUESTION, LOOKED_UP]


# Restarts.


async def test_what_an_asker_sees_is_kept_already(
    fake: FakeDiscord, running: Running, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[bool] = []
    save = WaitingStore.save

    async def slow(self: WaitingStore, asked: Asked) -> None:
        await asyncio.sleep(0.2)
        kept.append(bool(fake.sent("POST", "/callback")))
        await save(self, asked)

    monkeypatch.setattr(WaitingStore, "save", slow)
    async with running(parts.assistant) as bot:
        await answered(fake, await fake.slash("ask", question=LOOKED_UP))
        await free(fake, bot)
    assert kept == [False]


async def test_a_database_that_takes_its_time_keeps_nobody_from_seeing_that_it_is_worked_on(
    fake: FakeDiscord, running: Running, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[bool] = []

    async def locked(_: WaitingStore, __: Asked) -> None:
        await fake.until(lambda: fake.sent("POST", "/callback"))
        kept.append(True)

    monkeypatch.setattr(WaitingStore, "save", locked)
    async with running(parts.assistant) as bot:
        await answered(fake, await fake.slash("ask", question=LOOKED_UP))
        await free(fake, bot)
    assert kept == [True]


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
