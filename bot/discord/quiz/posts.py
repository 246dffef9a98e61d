"""The public message of each quiz: when it is due, where it stands, and whether it says already that the quiz is over."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import discord
from sqlalchemy import BigInteger, Engine, String, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.discord.quiz.page import buttons
from bot.discord.quiz.taking import StartButton
from bot.discord.quiz.words import announcement
from bot.language import say
from common.database import Base, Instant, reading, writing
from quiz.records.quizzes import Quiz

if TYPE_CHECKING:
    from bot.discord.client import LectorBot

_LOG = logging.getLogger(__name__)
_NONCE = 25  # characters, https://discord.com/developers/docs/resources/message#create-message


class StoredPost(Base):
    """A quiz's message; `message` is None until it has been sent."""

    __tablename__ = "quiz_posts"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    quiz: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[int] = mapped_column(BigInteger)
    message: Mapped[int | None] = mapped_column(BigInteger)
    due_at: Mapped[datetime] = mapped_column(Instant)
    is_over: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True)
class Post:
    """Where a quiz's message stands, or will stand."""

    quiz: str
    channel: int
    message: int | None


class PostStore:
    """The messages of one course. Every call waits for the disk."""

    def __init__(self, engine: Engine, course: str) -> None:
        self._engine = engine
        self._course = course

    def plan(self, quiz: str, channel: int, due_at: datetime) -> None:
        """Have a message sent at a moment. One that stands already stays."""
        with writing(self._engine) as db:
            row = db.get(StoredPost, (self._course, quiz))
            if row is None:
                db.add(StoredPost(course=self._course, quiz=quiz, channel=channel, message=None, due_at=due_at, is_over=False))
            elif row.message is None:
                row.channel, row.due_at = channel, due_at

    def due(self, now: datetime) -> list[Post]:
        """Those to send now."""
        query = select(StoredPost).where(
            StoredPost.course == self._course, StoredPost.message.is_(None), StoredPost.due_at <= now, StoredPost.is_over.is_(False)
        )
        with reading(self._engine) as db:
            return [Post(row.quiz, row.channel, None) for row in db.scalars(query)]

    def standing(self) -> list[Post]:
        """Those whose quiz was not over when they were last looked at."""
        query = select(StoredPost).where(
            StoredPost.course == self._course, StoredPost.message.is_not(None), StoredPost.is_over.is_(False)
        )  # fmt: skip
        with reading(self._engine) as db:
            return [Post(row.quiz, row.channel, row.message) for row in db.scalars(query)]

    def sent(self, quiz: str, message: int) -> None:
        """Note which message it became."""
        with writing(self._engine) as db:
            db.get_one(StoredPost, (self._course, quiz)).message = message

    def over(self, quiz: str) -> None:
        """Note that nothing is left to do for it."""
        with writing(self._engine) as db:
            db.get_one(StoredPost, (self._course, quiz)).is_over = True


async def send(bot: "LectorBot", post: Post, quiz: Quiz, language: str) -> int:
    """Send a quiz's message; its id. Discord takes the same nonce once, should the bot die before it has noted the id."""
    nonce = hashlib.sha256(f"{post.channel}:{quiz.id}".encode()).hexdigest()[:_NONCE]
    channel = bot.get_partial_messageable(post.channel)
    view = buttons(StartButton(quiz.id, say(language, "quiz-button-start")))
    message = await channel.send(announcement(quiz, language, over=False), view=view, nonce=nonce)
    return message.id


async def say_over(bot: "LectorBot", post: Post, quiz: Quiz, language: str) -> None:
    """Let a quiz's message say that it is over; its button shows each student their own result from now on."""
    assert post.message is not None
    message = bot.get_partial_messageable(post.channel).get_partial_message(post.message)
    view = buttons(StartButton(quiz.id, say(language, "quiz-button-result")))
    try:
        await message.edit(content=announcement(quiz, language, over=True), view=view, allowed_mentions=discord.AllowedMentions.none())
    except (discord.NotFound, discord.Forbidden) as exc:
        _LOG.warning("the message of quiz %s cannot be changed: %s", quiz.id, exc)  # deleted, or the bot may not write there any more
