"""Questions that wait for an answer, kept so that a restart or a crash forgets none."""

import asyncio
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Engine, Integer, String, Text, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.asking.asked import Asked, Way
from common.database import Base, Instant, session


class StoredQuestion(Base):
    """One question; the columns are those of `Asked`."""

    __tablename__ = "waiting_questions"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    asker: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    way: Mapped[str] = mapped_column(String(20))
    reading: Mapped[str | None] = mapped_column(String(200))
    private: Mapped[bool] = mapped_column(Boolean)
    language: Mapped[str] = mapped_column(String(20))
    server: Mapped[int | None] = mapped_column(BigInteger)
    channel: Mapped[int | None] = mapped_column(BigInteger)
    message: Mapped[int | None] = mapped_column(BigInteger)
    token: Mapped[str | None] = mapped_column(String(300))
    shown: Mapped[int | None] = mapped_column(BigInteger)
    conversation: Mapped[str | None] = mapped_column(String(64))
    before: Mapped[int | None] = mapped_column(BigInteger)
    attempts: Mapped[int] = mapped_column(Integer)


class WaitingStore:
    """The waiting questions of one course; the database is never touched on the event loop."""

    def __init__(self, engine: Engine, course: str) -> None:
        self._engine = engine
        self._course = course

    async def save(self, asked: Asked) -> None:
        """Keep a question, or what has changed of it."""
        await asyncio.to_thread(self._save, asked)

    async def change(self, id_: str, **values: Any) -> None:
        """Change columns of a kept question; nothing happens if it is not kept any more."""
        await asyncio.to_thread(self._change, id_, values)

    async def remove(self, id_: str) -> None:
        """Forget a question: it was answered, or its asker told."""
        await asyncio.to_thread(self._remove, id_)

    async def all(self) -> list[Asked]:
        """Every kept question of the course, the oldest first."""
        return await asyncio.to_thread(self._all)

    def _save(self, asked: Asked) -> None:
        with session(self._engine) as db:
            db.merge(StoredQuestion(**asdict(asked)))

    def _change(self, id_: str, values: dict[str, Any]) -> None:
        with session(self._engine) as db:
            db.execute(update(StoredQuestion).where(StoredQuestion.course == self._course, StoredQuestion.id == id_).values(**values))

    def _remove(self, id_: str) -> None:
        with session(self._engine) as db:
            db.execute(delete(StoredQuestion).where(StoredQuestion.course == self._course, StoredQuestion.id == id_))

    def _all(self) -> list[Asked]:
        wanted = select(StoredQuestion).where(StoredQuestion.course == self._course).order_by(StoredQuestion.asked_at, StoredQuestion.id)
        with session(self._engine) as db:
            return [_asked(row) for row in db.scalars(wanted)]


def _asked(row: StoredQuestion) -> Asked:
    values = {field.name: getattr(row, field.name) for field in fields(Asked)}
    return Asked(**values | {"way": Way(row.way)})
