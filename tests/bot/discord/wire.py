"""What tests over the wire share besides the fixtures in `conftest`."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from sqlalchemy import Engine

from bot.asking.waiting import WaitingStore
from bot.discord.client import LectorBot
from bot.discord.corpus_desk import CorpusDesk
from bot.discord.courses import Course
from bot.discord.page_desk import PageDesk
from bot.discord.store import AnswerStore
from common.settings import Settings
from quiz.compose import quizzes_over
from rag.syllabus.present import PlanFile
from tests.bot.discord.fake_discord import FakeDiscord, Interaction, Json

QUESTION = "How many attention heads does the base Transformer use?"
DONE = "✓ complete"
OTHER = "2002"
HEADS = "8 attention heads"
LOOKED_UP = "When is the final project due?"  # in the syllabus: no model writes
Running = Callable[..., AbstractAsyncContextManager[LectorBot]]


def with_discord(settings: Settings, fake: FakeDiscord, **changes: Any) -> Settings:
    """The settings with the fake's addresses and token."""
    section = type(settings.discord).model_validate(fake.settings | changes)
    return settings.model_copy(update={"discord": section})


def course_over(settings: Settings, assistant: Any, engine: Engine) -> Course:
    """What the bot has for a course, over an assistant and a database of the test's."""
    return Course(
        settings, assistant, engine, CorpusDesk(settings), AnswerStore(engine, "zoo"), PageDesk(settings, engine),
        PlanFile(settings.corpus.dir), quizzes_over(engine, settings),
    )  # fmt: skip


async def answered(fake: FakeDiscord, asked: Interaction) -> Json:
    """The message that answers a command, once it is complete."""
    return await fake.until(lambda: asked.message if DONE in (asked.message or {}).get("content", "") else None)


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
    course = next(iter(bot.courses))
    return await WaitingStore(course.engine, course.key).all()
