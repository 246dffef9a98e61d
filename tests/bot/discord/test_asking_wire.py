"""Asking over the wire: what the asker sees and when, cancelling and editing, threads."""

import asyncio
import threading
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.discord.asking import entry
from rag.compose import Parts
from rag.llm import LlamaCppChat
from tests.bot.discord.assistants import Held, Stepwise
from tests.bot.discord.fake_discord import CHANNEL, STUDENT, FakeDiscord, buttons
from tests.bot.discord.wire import DONE, HEADS, LOOKED_UP, OTHER, QUESTION, Running, answered, content, free, said

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
        assert "Who teaches?" not in assistant.questions
        (answer,) = fake.shown(HEADS)
        await free(fake, bot)
        await fake.edit(first, "<@1002> What does LoRA freeze?")  # after it was answered
        changed = await fake.until(lambda: answer if DONE in answer["content"] and HEADS not in answer["content"] else None)
        assert "freezes" in changed["content"]
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
        assert sorted(message["channel_id"] for message in fake.shown(DONE)) == sorted([CHANNEL, answer["id"]])
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
