"""Votes on answers: one a person an answer, changed or taken back at will."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Engine, SmallInteger, String, Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from common.database import Base, Instant, reading, writing

LONGEST_NOTE = 1000  # characters


class Reason(StrEnum):
    """What is the matter with an answer."""

    WRONG = "wrong"
    MISSING = "missing"
    UNCLEAR = "unclear"


class StoredVote(Base):
    """What one person thinks of one answer; `vote` is 1 or -1."""

    __tablename__ = "feedback"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer: Mapped[str] = mapped_column(String(32), primary_key=True)
    user: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    vote: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)


@dataclass(frozen=True)
class Vote:
    """A vote on an answer, with its reason if one was given (UTC)."""

    answer: str
    good: bool
    reason: Reason | None
    note: str
    at: datetime


class VoteStore:
    """The votes of one course; the asynchronous methods never touch the database on the event loop."""

    def __init__(self, engine: Engine, course: str) -> None:
        self._engine = engine
        self._course = course

    async def press(self, answer: str, user: int, *, good: bool) -> bool | None:
        """Somebody pressed 👍 or 👎: the vote that they have now, None if they took it back by pressing again."""
        return await asyncio.to_thread(self._press, answer, user, good)

    async def explain(self, answer: str, user: int, reason: Reason | None, note: str) -> None:
        """Keep why somebody is not satisfied; that is a 👎, whatever it was before."""
        await asyncio.to_thread(self._explain, answer, user, reason, note)

    def all(self, since: datetime | None = None) -> list[Vote]:
        """The votes, oldest first; those of `since` and later."""
        wanted = select(StoredVote).where(StoredVote.course == self._course).order_by(StoredVote.at)
        if since is not None:
            wanted = wanted.where(StoredVote.at >= since)
        with reading(self._engine) as db:
            return [_vote(row) for row in db.scalars(wanted)]

    def export(self, user: int) -> list[dict[str, Any]]:
        """What is kept of somebody."""
        wanted = select(StoredVote).where(StoredVote.course == self._course, StoredVote.user == user).order_by(StoredVote.at)
        with reading(self._engine) as db:
            votes = [_vote(row) for row in db.scalars(wanted)]
        return [
            {"answer": v.answer, "good": v.good, "reason": v.reason, "note": v.note, "at": v.at.isoformat(timespec="seconds")}
            for v in votes
        ]

    def delete(self, user: int) -> int:
        """Forget somebody's votes; how many there were."""
        with writing(self._engine) as db:
            mine = delete(StoredVote).where(StoredVote.course == self._course, StoredVote.user == user).returning(StoredVote.answer)
            return len(db.scalars(mine).all())

    def _press(self, answer: str, user: int, good: bool) -> bool | None:
        with writing(self._engine) as db:
            row = db.get(StoredVote, (self._course, answer, user))
            if row is not None and (row.vote > 0) == good:
                db.delete(row)
                return None
            vote = 1 if good else -1
            db.merge(StoredVote(course=self._course, answer=answer, user=user, vote=vote, reason=None, note=None, at=datetime.now(UTC)))
        return good

    def _explain(self, answer: str, user: int, reason: Reason | None, note: str) -> None:
        row = StoredVote(
            course=self._course, answer=answer, user=user, vote=-1, reason=reason, note=note[:LONGEST_NOTE] or None, at=datetime.now(UTC)
        )
        with writing(self._engine) as db:
            db.merge(row)


def _vote(row: StoredVote) -> Vote:
    return Vote(row.answer, row.vote > 0, None if row.reason is None else Reason(row.reason), row.note or "", row.at)
