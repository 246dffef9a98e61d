"""What was asked and answered before, by conversation: a thread, private messages, or a chain of replies."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Engine, Integer, String, Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from common.database import Base, Instant, session
from common.settings_bot import Conversations
from rag.questions import Turn


class StoredTurn(Base):
    """One question with its answer.

    `message` is the bot's message that shows the answer, by which a reply finds it; `question_message` the one that asked,
    by which an edit finds it, None for a command.
    """

    __tablename__ = "conversation_turns"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    course: Mapped[str] = mapped_column(String(64), index=True)
    conversation: Mapped[str] = mapped_column(String(64), index=True)
    asker: Mapped[int] = mapped_column(BigInteger)
    message: Mapped[int | None] = mapped_column(BigInteger, index=True)
    question_message: Mapped[int | None] = mapped_column(BigInteger, index=True)
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)


@dataclass(frozen=True)
class Place:
    """Where an answer stands: its conversation, and the bot's message."""

    conversation: str
    message: int
    question: str


class ConversationStore:
    """The conversations of one course; the database is never touched on the event loop."""

    def __init__(
        self, engine: Engine, course: str, settings: Conversations, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._engine = engine
        self._course = course
        self._settings = settings
        self._now = now

    async def record(
        self, conversation: str, turn: Turn, *, asker: int, message: int | None = None, question_message: int | None = None
    ) -> None:
        """Add a turn, in the place of an earlier one that the same message asked; turns past their time are deleted."""
        row = StoredTurn(
            course=self._course,
            conversation=conversation,
            asker=asker,
            message=message,
            question_message=question_message,
            question=turn.question,
            answer=turn.answer,
            at=self._now(),
        )
        await asyncio.to_thread(self._record, row)

    async def history(self, conversation: str, *, upto: int | None = None, besides: int | None = None) -> list[Turn]:
        """The last turns of a conversation, oldest first: as many and as young as the settings say.

        Args:
            upto: Id of the bot's message whose turn is the last that counts; None for all.
            besides: Id of the message whose own turn does not count: it was edited and is asked anew.
        """
        rows = await asyncio.to_thread(self._rows, conversation, upto, besides)
        return [Turn(row.question, row.answer) for row in rows]

    async def of_answer(self, message: int) -> Place | None:
        """Where the answer stands that a message of the bot's shows."""
        return await asyncio.to_thread(self._place, StoredTurn.message == message)

    async def of_question(self, message: int) -> Place | None:
        """Where the answer stands to what somebody's message asked."""
        return await asyncio.to_thread(self._place, StoredTurn.question_message == message)

    async def branch(self, place: Place, into: str) -> None:
        """Begin a conversation with the turns of another up to an answer."""
        await asyncio.to_thread(self._branch, place, into)

    def _record(self, row: StoredTurn) -> None:
        oldest = self._now() - timedelta(days=self._settings.keep_days)
        with session(self._engine) as db:
            db.execute(delete(StoredTurn).where(StoredTurn.course == self._course, StoredTurn.at < oldest))
            if row.question_message is not None:
                same = (StoredTurn.course == self._course, StoredTurn.question_message == row.question_message)
                db.execute(delete(StoredTurn).where(*same))
            db.add(row)

    def _rows(self, conversation: str, upto: int | None, besides: int | None = None) -> list[StoredTurn]:
        young = self._now() - timedelta(hours=self._settings.hours)
        wanted = select(StoredTurn).where(
            StoredTurn.course == self._course, StoredTurn.conversation == conversation, StoredTurn.at >= young
        )
        if upto is not None:
            last = select(StoredTurn.number).where(StoredTurn.course == self._course, StoredTurn.message == upto)
            wanted = wanted.where(StoredTurn.number <= last.scalar_subquery())
        if besides is not None:
            wanted = wanted.where(StoredTurn.question_message.is_distinct_from(besides))
        with session(self._engine) as db:
            rows = db.scalars(wanted.order_by(StoredTurn.number.desc()).limit(self._settings.turns))
            return list(rows)[::-1]

    def _place(self, which: object) -> Place | None:
        wanted = select(StoredTurn).where(StoredTurn.course == self._course, which)  # type: ignore[arg-type]  # a condition on a column
        with session(self._engine) as db:
            row = db.scalars(wanted.order_by(StoredTurn.number)).first()
        return None if row is None or row.message is None else Place(row.conversation, row.message, row.question)

    def _branch(self, place: Place, into: str) -> None:
        rows = self._rows(place.conversation, place.message)
        with session(self._engine) as db:
            for row in rows:
                db.add(
                    StoredTurn(
                        course=self._course, conversation=into, asker=row.asker, question=row.question, answer=row.answer, at=self._now()
                    )
                )
