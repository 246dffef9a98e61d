"""Asking as students do it, in simcord's simulated Discord, with the real models."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import discord
import pytest

from bot.discord.asking.buttons import DiscussButton
from bot.discord.client import LectorBot
from bot.discord.courses import open_course
from rag.compose import Parts
from tests.bot.discord.assistants import Held

simcord = pytest.importorskip("simcord")

QUESTION = "How many attention heads does the base Transformer use?"
HEADS = "8 attention heads"
DONE = "✓ complete"


class Scene:
    """A server with a channel, two students and the bot."""

    def __init__(self, env, bot: LectorBot, assistant: Held) -> None:
        self.env, self.bot, self.assistant = env, bot, assistant
        self.guild = env.create_guild("Course")
        self.channel = self.guild.create_text_channel("readings")
        self.ann, self.bob = (self.guild.add_member(env.create_user(name)) for name in ("ann", "bob"))

    @property
    def mention(self) -> str:
        return f"<@{self.bot.user.id}>"

    def last(self, channel=None) -> str:
        return (channel or self.channel).last_message.content


@pytest.fixture
def play(parts: Parts, tmp_path: Path) -> Callable[[], AbstractAsyncContextManager[Scene]]:
    @asynccontextmanager
    async def open_scene(*, catalog: bool = False, **discord: object) -> AsyncIterator[Scene]:
        # Conversations of its own, unless what is wanted is the catalog beside the index.
        storage = parts.settings.storage if catalog else parts.settings.storage.model_copy(update={"dir": tmp_path / "data"})
        section = parts.settings.discord.model_copy(update=discord)
        settings = parts.settings.model_copy(update={"discord": section})
        assistant = Held(parts)
        assistant.release.set()
        course = open_course(replace(parts, settings=settings.model_copy(update={"storage": storage}), assistant=assistant))
        async with simcord.run(LectorBot([replace(course, settings=settings)]), settle_timeout=120) as env:
            yield Scene(env, env.bot, assistant)

    return open_scene


async def test_a_mention_is_answered_by_a_reply_that_notifies_nobody(play) -> None:
    async with play() as scene:
        asked = await scene.ann.send(scene.channel, f"{scene.mention} {QUESTION}")
        answer = scene.channel.last_message
        assert HEADS in answer.content
        assert DONE in answer.content
        assert answer.reference.message_id == asked.id
        assert not answer.mentions
        assert scene.assistant.questions == [QUESTION]


async def test_what_is_not_for_the_bot_is_left_alone(play) -> None:
    async with play() as scene:
        asked = await scene.ann.send(scene.channel, QUESTION)
        await scene.bob.send(scene.channel, "8, I think", reply_to=asked)
        assert [message.author.id for message in scene.channel.history()].count(scene.bot.user.id) == 0
        assert scene.assistant.questions == []


async def test_a_mention_without_a_question_is_told_how_to_ask(play) -> None:
    async with play() as scene:
        await scene.ann.send(scene.channel, scene.mention)
        assert "Ask me in a sentence" in scene.last()
        scene.env.inject_error("POST", f"/channels/{scene.channel.id}/messages", status=403, code=50013, message="Missing Access")
        await scene.ann.send(scene.channel, scene.mention)
        assert "Ask me in a sentence" in scene.last(scene.ann.user.dm_channel)


async def test_a_reply_goes_on_with_what_was_said_up_to_there(play) -> None:
    async with play() as scene:
        await scene.ann.send(scene.channel, f"{scene.mention} {QUESTION}")
        first = scene.channel.last_message
        await scene.bob.send(scene.channel, f"{scene.mention} And how many layers?", reply_to=first)
        second = scene.channel.last_message
        await scene.ann.send(scene.channel, f"{scene.mention} And the big one?", reply_to=first)
        await scene.ann.send(scene.channel, f"{scene.mention} And its dropout?", reply_to=second)
        await scene.ann.send(scene.channel, f"{scene.mention} {QUESTION}")
        assert scene.assistant.histories == [[], [QUESTION], [QUESTION], [QUESTION, "And how many layers?"], []]


async def test_a_private_conversation_needs_no_mention_and_remembers(play) -> None:
    async with play() as scene:
        await scene.ann.slash(scene.channel, "ask", question=QUESTION)  # the bot knows their server now
        dm = scene.ann.user.dm_channel
        await scene.ann.send_dm(QUESTION)
        assert HEADS in scene.last(dm)
        await scene.ann.send_dm("And how many layers?")
        assert scene.assistant.histories == [[], [], [QUESTION]]


async def test_an_answer_that_had_to_go_by_private_message_goes_on_there(play) -> None:
    async with play() as scene:
        await scene.ann.slash(scene.channel, "ask", question="How many layers are there?")  # the bot knows their server now
        public = scene.channel.last_message
        scene.env.inject_error("POST", f"/channels/{scene.channel.id}/messages", status=403, code=50013, message="Missing Access")
        await scene.ann.send(scene.channel, f"{scene.mention} {QUESTION}")
        dm = scene.ann.user.dm_channel
        assert HEADS in scene.last(dm)
        labels = [button["label"] for row in dm.last_message.components for button in row.to_dict()["components"]]
        assert "👍" in labels
        assert "Discuss" not in labels
        await scene.ann.send_dm("And how many layers?")
        assert scene.assistant.histories[1:] == [[], [QUESTION]]
        view = discord.ui.View(timeout=None)  # as where the channel was closed to the bot at the last moment
        view.add_item(DiscussButton())
        await (await scene.bot.fetch_user(scene.ann.id)).send(public.content, view=view)
        clicked = await scene.ann.user.click(dm.last_message, label="Discuss")
        assert "We are among ourselves here" in clicked.response.content


async def test_a_conversation_survives_a_restart(play) -> None:
    async with play() as scene:
        await scene.ann.send(scene.channel, f"{scene.mention} {QUESTION}")
        first = scene.channel.last_message
        await scene.env.restart_bot(LectorBot(list(scene.bot.courses)))
        await scene.ann.send(scene.channel, f"{scene.mention} And how many layers?", reply_to=first)
        assert scene.assistant.histories == [[], [QUESTION]]


async def test_a_discussion_goes_on_in_a_thread_with_its_history(play) -> None:
    async with play() as scene:
        await scene.ann.slash(scene.channel, "ask", question=QUESTION)
        answer = scene.channel.last_message
        clicked = await scene.bob.click(answer, label="Discuss")
        (thread,) = scene.channel.threads
        assert clicked.ephemeral
        assert thread.name == QUESTION
        assert "Go on here" in scene.last(thread)
        await scene.bob.send(thread, f"{scene.mention} And how many layers?")
        assert scene.assistant.histories == [[], [QUESTION]]
        assert DONE in scene.last(thread)
        labels = [button["label"] for row in thread.last_message.components for button in row.to_dict()["components"]]
        assert "Discuss" not in labels


async def test_the_menu_answers_another_s_message_to_the_chooser_alone(play) -> None:
    async with play() as scene:
        message = await scene.ann.send(scene.channel, QUESTION)
        result = await scene.bob.context_menu(scene.channel, "Ask Lector about this", message)
        assert result.ephemeral
        assert HEADS in result.response.content
        assert scene.channel.last_message.id == message.id or scene.channel.last_message.flags.ephemeral


async def test_a_private_question_is_answered_to_the_asker_alone_and_offers_no_discussion(play) -> None:
    async with play() as scene:
        result = await scene.ann.slash(scene.channel, "ask", question=QUESTION, private=True)
        assert result.ephemeral
        assert HEADS in result.response.content
        labels = [child["label"] for row in result.response.components for child in row["components"]]
        assert labels
        assert "Discuss" not in labels


async def test_readings_are_found_by_a_part_of_their_title(play) -> None:
    async with play(catalog=True) as scene:
        choices = await scene.ann.autocomplete(scene.channel, "ask", "reading", "attention all", question=QUESTION)
        assert [choice["value"] for choice in choices] == ["attention-is-all-you-need-handout"]
        everything = await scene.ann.autocomplete(scene.channel, "ask", "reading", "", question=QUESTION)
        assert 10 < len(everything) <= 25
        assert all(len(choice["name"]) <= 100 for choice in everything)
        assert await scene.ann.autocomplete(scene.channel, "ask", "reading", "no such paper", question=QUESTION) == []


async def test_slash_commands_alone_work_where_messages_are_not_listened_to(play) -> None:
    async with play(listen=False) as scene:
        assert not scene.bot.intents.guild_messages
        await scene.ann.send(scene.channel, f"{scene.mention} {QUESTION}")
        assert scene.assistant.questions == []
        result = await scene.ann.slash(scene.channel, "ask", question=QUESTION)
        assert HEADS in result.response.content


async def test_mentions_and_markdown_of_a_message_do_nothing(play) -> None:
    async with play() as scene:
        await scene.ann.send(scene.channel, f"{scene.mention} @everyone **what** is `LoRA` <@{scene.bob.id}>?")
        answer = scene.channel.last_message
        assert not answer.mention_everyone
        assert not answer.mentions
        assert "what" not in answer.content  # Discord shows the question above: the answer is a reply to it
        result = await scene.ann.slash(scene.channel, "ask", question=f"@everyone **what** is `LoRA` <@{scene.bob.id}>?")
        assert r"\*\*what\*\*" in result.response.content
