"""The bot as a student meets it, in simcord's simulated Discord, with the real models."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from bot.discord.client import LectorBot
from bot.discord.course_stores import endorsed_of
from bot.discord.courses import open_course
from bot.language import SaidError
from common.errors import QuestionError
from rag.compose import Parts
from rag.endorsed import Person

simcord = pytest.importorskip("simcord")

QUESTION = "How many attention heads does the base Transformer use?"


class Scene:
    """A server with one channel and one student, and the bot in it."""

    def __init__(self, env, bot) -> None:
        self.env, self.bot = env, bot
        guild = env.create_guild("Course")
        self.channel = guild.create_text_channel("readings")
        self.student = guild.add_member(env.create_user("ann"))

    async def ask(self, question: str, **options: str):
        return await self.student.slash(self.channel, "ask", question=question, **options)


@pytest.fixture
def play(parts: Parts) -> Callable[[], AbstractAsyncContextManager[Scene]]:
    """Opens the scene inside the test: simcord's clock belongs to the task that opened it."""

    @asynccontextmanager
    async def open_scene() -> AsyncIterator[Scene]:
        bot = LectorBot([open_course(parts)])
        async with simcord.run(bot, settle_timeout=60) as env:
            yield Scene(env, bot)

    return open_scene


async def test_an_answer_has_the_number_its_citation_and_a_button(play) -> None:
    async with play() as scene:
        result = await scene.ask(QUESTION)
        first, *_, last = (r for r in scene.env.http_requests if "/interactions" in r.path or "/webhooks" in r.path)
        assert (first.method, first.json["type"]) == ("POST", 4)  # shown at once, before the answer
        assert "Reading" in first.json["data"]["content"]
        assert last.method == "PATCH"
        content = result.response.content
        assert content.startswith(f"**{QUESTION}**")
        assert "8 attention heads" in content
        assert "**[1]** Attention Is All You Need: handout, p. 1" in content
        labels = [child["label"] for row in result.response.components for child in row["components"]]
        assert labels[0] == "[1] See p. 1"


async def test_a_refusal_quotes_nothing_and_offers_a_person(play) -> None:
    async with play() as scene:
        result = await scene.ask("What is the best temperature for baking sourdough bread?")
        assert "readings don't say" in result.response.content
        labels = [child["label"] for row in result.response.components for child in row["components"]]
        assert labels == ["👍", "👎", "Ask a person"]


async def test_what_the_staff_endorsed_is_shown_to_whoever_asks_the_same(play) -> None:
    async with play() as scene:
        course = next(iter(scene.bot.courses))
        ann = Person(1, "Ann *Lee*")
        row = endorsed_of(course).add("May the quiz be taken with an abacus?", "Yes, *one* abacus: https://example.org/a", ann, ann)
        result = await scene.ask("Can I take the quiz with an abacus?")
        head, note, final, said = result.response.content.split("\n")
        assert final == "-# ✓ complete"
        assert head == "**Can I take the quiz with an abacus?**"
        assert note.startswith(r"A person's answer, not the readings'. Endorsed by Ann \*Lee\* on 20")
        assert note.endswith(", to: *May the quiz be taken with an abacus?*")
        assert said == ">>> Yes, *one* abacus: <https://example.org/a>"
        endorsed_of(course).withdraw(row.number, ann)
        assert "abacus: <" not in (await scene.ask("Can I take the quiz with an abacus?")).response.content


@pytest.mark.parametrize(("question", "says"), [("  \u200b ", "empty"), ("x" * 5000, "5000 characters")])
async def test_a_bad_question_is_explained_to_the_asker_alone(play, question: str, says: str) -> None:
    async with play() as scene:
        result = await scene.ask(question)
        told = result.followups[-1] if result.followups else result.response
        assert says in told.content
        assert [type(error.original) for error in scene.env.errors] == [QuestionError]
        assert told.ephemeral or result.ephemeral


async def test_an_unknown_reading_is_explained(play) -> None:
    async with play() as scene:
        result = await scene.ask(QUESTION, reading="9999.99999")
        assert result.response.content == 'No reading is called "9999.99999". `/readings` lists all.'
        assert result.ephemeral
        assert not result.response.components
        assert [type(error.original) for error in scene.env.errors] == [SaidError]  # told to the asker
        scene.env.errors.clear()


async def test_mentions_and_markdown_of_a_question_do_nothing(play) -> None:
    async with play() as scene:
        result = await scene.ask("@everyone **what** is `LoRA` <@1234567890123456789>?")
        message = scene.channel.last_message
        assert not message.mention_everyone
        assert not message.mentions
        assert "@everyone" not in result.response.content
        assert r"\*\*what\*\*" in result.response.content
        assert not re.search(r"<@\d+>", result.response.content)
        for request in scene.env.http_requests:
            if request.json and "content" in request.json:
                assert request.json["allowed_mentions"] == {"parse": []}


async def test_no_two_commands_share_a_name_and_each_is_described(play) -> None:
    async with play() as scene:
        commands = list(scene.bot.tree.walk_commands())
        assert len({c.qualified_name for c in commands}) == len(commands) > 0
        for command in commands:
            assert command.description
            assert all(p.description != "…" for p in getattr(command, "parameters", ())), command.qualified_name  # a group has none
