"""Answers shown in Discord, kept so that their buttons work after a restart."""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Engine, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.feedback.report import Given
from common.database import Base, Instant, session
from rag.answers import Answer, Citation, Status


class StoredAnswer(Base):
    """One answer as it was shown."""

    __tablename__ = "answers"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    course: Mapped[str] = mapped_column(String(64))
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Instant, default=lambda: datetime.now(UTC))


@dataclass(frozen=True)
class KeptAnswer:
    """What is kept of an answer: what was asked, and what was found."""

    question: str
    standalone: str
    reading: str | None
    status: Status
    text: str
    citations: tuple[Citation, ...]


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

    async def get(self, key: str) -> KeptAnswer | None:
        """A kept answer; None if there is no such answer in this course."""
        return await asyncio.to_thread(self._get, key)

    def given(self, since: datetime | None = None) -> list[Given]:
        """The answers, oldest first; those of `since` and later. Not for the event loop."""
        wanted = select(StoredAnswer).where(StoredAnswer.course == self._course).order_by(StoredAnswer.created_at)
        if since is not None:
            wanted = wanted.where(StoredAnswer.created_at >= since)
        with session(self._engine) as db:
            rows = db.scalars(wanted)
            # Answers kept before `sure` was known have none.
            return [Given(row.id, row.question, row.answer["status"], row.created_at, row.answer.get("sure") is False) for row in rows]

    def _get(self, key: str) -> KeptAnswer | None:
        with session(self._engine) as db:
            row = db.get(StoredAnswer, key)
        if row is None or row.course != self._course:
            return None
        kept = row.answer
        citations = tuple(_citation_of(found) for found in kept["citations"])
        standalone = kept.get("standalone_question") or row.question
        return KeptAnswer(row.question, standalone, kept.get("reading"), Status(kept["status"]), kept["text"], citations)

    def _add(self, row: StoredAnswer) -> None:
        with session(self._engine) as db:
            db.add(row)

    def _citation(self, key: str, n: int) -> Citation | None:
        with session(self._engine) as db:
            row = db.get(StoredAnswer, key)
        if row is None or row.course != self._course:
            return None
        found = next((c for c in row.answer["citations"] if c["n"] == n), None)
        return None if found is None else _citation_of(found)


def _citation_of(found: dict[str, Any]) -> Citation:
    return Citation(**found | {"section": found["section"] or ""})
