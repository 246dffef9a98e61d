"""Where someone was last seen, so that a private conversation finds its course."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import BigInteger, Engine, String
from sqlalchemy.orm import Mapped, mapped_column

from common.database import Base, Instant, session


class StoredMember(Base):
    """One person of a course."""

    __tablename__ = "members"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    user: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    guild: Mapped[int] = mapped_column(BigInteger)
    seen_at: Mapped[datetime] = mapped_column(Instant)


@dataclass(frozen=True)
class Seen:
    """A server and when someone last spoke to the bot there (UTC)."""

    guild: int
    at: datetime


class MemberStore:
    """The people of one course; the database is never touched on the event loop."""

    def __init__(self, engine: Engine, course: str) -> None:
        self._engine = engine
        self._course = course

    async def see(self, user: int, guild: int) -> None:
        """Remember that someone spoke to the bot on a server."""
        row = StoredMember(course=self._course, user=user, guild=guild, seen_at=datetime.now(UTC))
        await asyncio.to_thread(self._merge, row)

    async def seen(self, user: int) -> Seen | None:
        """Where someone was last seen in this course."""
        return await asyncio.to_thread(self._seen, user)

    def _merge(self, row: StoredMember) -> None:
        with session(self._engine) as db:
            db.merge(row)

    def _seen(self, user: int) -> Seen | None:
        with session(self._engine) as db:
            row = db.get(StoredMember, (self._course, user))
        return None if row is None else Seen(row.guild, row.seen_at)
