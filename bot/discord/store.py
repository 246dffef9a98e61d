"""Answers shown in Discord, kept so that their buttons work after a restart."""

import asyncio
import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Engine, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from common.database import Base, session
from rag.answers import Answer, Citation


class StoredAnswer(Base):
    """One answer as it was shown."""

    __tablename__ = "answers"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    course: Mapped[str] = mapped_column(String(64))
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=lambda: datetime.now(UTC))


class AnswerStore:
    """Saves and finds answers of one course; the database is never touched on the event loop."""

    def __init__(self, engine: Engine, course: str) -> None:
        self._engine = engine
        self._course = course

    async def save(self, answer: Answer) -> str:
        """Keep an answer; its new id, 16 characters that nobody guesses."""
        key = secrets.token_urlsafe(12)
        row = StoredAnswer(id=key, course=self._course, question=answer.question, answer=answer.as_json())
        await asyncio.to_thread(self._add, row)
        return key

    async def citation(self, key: str, n: int) -> Citation | None:
        """Citation `n` of a kept answer; None if there is no such answer in this course, or no such number."""
        return await asyncio.to_thread(self._citation, key, n)

    def _add(self, row: StoredAnswer) -> None:
        with session(self._engine) as db:
            db.add(row)

    def _citation(self, key: str, n: int) -> Citation | None:
        with session(self._engine) as db:
            row = db.get(StoredAnswer, key)
        if row is None or row.course != self._course:
            return None
        found = next((c for c in row.answer["citations"] if c["n"] == n), None)
        return None if found is None else Citation(**found | {"section": found["section"] or ""})
