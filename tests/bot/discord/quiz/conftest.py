"""A simulated server with staff and students, a clock that is set by hand, and quizzes that staff wrote."""

import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.discord.client import LectorBot
from bot.discord.courses import Course, open_course
from bot.discord.staff import NotStaffError
from common.errors import LectorError
from common.settings import Settings
from quiz.compose import Quizzes
from quiz.formats.files import FORMATS, export
from quiz.items import Item
from quiz.records.tables import Review
from rag.compose import Parts, open_assistant
from tests.quiz.conftest import EVIDENCE, Clock, items


class QuizScene:
    """A channel, an instructor, two students."""

    def __init__(self, env: Any, course: Course, clock: Clock) -> None:
        self.env, self.course, self.clock = env, course, clock
        self.guild = env.create_guild("Zoo")
        role = self.guild.create_role("Instructor")
        self.channel = self.guild.create_text_channel("quiz")
        self.prof = self.guild.add_member(env.create_user("prof"), roles=[role])
        self.ann = self.guild.add_member(env.create_user("ann"))
        self.ben = self.guild.add_member(env.create_user("ben"))

    @property
    def records(self) -> Quizzes:
        return self.course.quizzes

    async def imported(self, title: str = "Week 3", asked: list[Item] | None = None) -> Any:
        """What staff see after an import of items of every kind."""
        file = ("week3.yaml", as_yaml(asked or items()))
        return (await self.prof.slash(self.channel, "quiz import", file=file, title=title, week=3)).response

    def draft(self, asked: list[Item] | None = None, *, kept: bool = True) -> str:
        """A quiz whose every item was kept; its id."""
        bank, made = self.records.bank, asked or items()
        key = bank.create("Week 3", made, "prof", week=3)
        for item in made if kept else []:
            bank.review(key, item.id, Review.KEPT, "prof")
        return key

    async def published(self, asked: list[Item] | None = None, **options: Any) -> Any:
        """The public message of a quiz."""
        await self.prof.slash(self.channel, "quiz publish", quiz=self.draft(asked), **{"shuffle": False, **options})
        return self.channel.last_message

    async def begun(self, student: Any, message: Any = None) -> Any:
        """The private message in which a student answers."""
        return (await student.click(message or self.channel.last_message, label="Start")).response

    async def answer_all(self, student: Any, message: Any, answers: Iterable[str]) -> Any:
        """Answer one item after another, by a button's label or by a form; what is shown then."""
        for answer in answers:
            labels = buttons(message)
            if answer in labels:
                message = (await student.click(message, label=answer)).response
            else:
                shown = await student.click(message, label="Write the answer")
                message = (await student.submit_modal(shown, {"answer": answer})).response
            if "Next item" in buttons(message):
                message = (await student.click(message, label="Next item")).response
        return message

    async def restart(self) -> None:
        """The bot ends; another one has only the database."""
        self.course = open_course(Parts(self.course.settings, self.course.assistant), self.clock, self.course.drafting)
        await self.env.restart_bot(LectorBot([self.course]))

    def sent(self) -> list[str]:
        """All that the bot has sent so far, a request each, as it went out."""
        return [json.dumps([r.path, r.params, r.json], ensure_ascii=False, default=str) for r in self.env.http_requests]


def as_yaml(asked: list[Item]) -> bytes:
    return export(asked, "Quiz", next(f for f in FORMATS if f.name == "yaml"))


def spread(made: list[Item]) -> list[Item]:
    """Each on a sentence of its own."""
    return [replace(item, evidence=replace(EVIDENCE, quote=f"Sentence {n}.")) for n, item in enumerate(made)]


def buttons(message: Any) -> dict[str, bool]:
    """Labels, and whether they can be clicked."""
    return {child["label"]: not child.get("disabled", False) for child in _children(message)}


def custom_ids(message: Any) -> list[str]:
    """Of the buttons, in their order."""
    return [child["custom_id"] for child in _children(message)]


def _children(message: Any) -> list[dict[str, Any]]:
    rows = [row if isinstance(row, dict) else row.to_dict() for row in message.components]
    return [child for row in rows for child in row["components"]]


def text(message: Any) -> str:
    """All that can be read of a message, without the signs that escape or make bold."""
    boxes = (f"{e.description or ''}\n{e.footer.text or ''}" for e in message.embeds)
    return "\n".join([message.content or "", *boxes]).replace("\\", "").replace("**", "")


@pytest.fixture
def scene(zoo: Settings) -> Callable[..., AbstractAsyncContextManager[QuizScene]]:
    simcord = pytest.importorskip("simcord")

    @asynccontextmanager
    async def open_scene(ready: Parts | None = None, **changes: Any) -> AsyncIterator[QuizScene]:
        clock = Clock()
        with open_assistant(zoo) as parts:  # loads nothing: no question is asked
            course = open_course(replace(ready or parts, settings=zoo), clock, **changes)
            async with simcord.run(LectorBot([course]), settle_timeout=120) as env:
                yield QuizScene(env, course, clock)
                originals = [getattr(error, "original", error) for error in env.errors]  # looked at, so that simcord does not raise them
                assert [error for error in originals if not isinstance(error, LectorError | NotStaffError)] == []

    return open_scene
