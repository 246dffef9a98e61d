"""Which hints somebody has been shown, each once."""

import asyncio
from datetime import UTC, datetime

from sqlalchemy import BigInteger, Engine, String
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from common.database import Base, Instant, session


class StoredHint(Base):
    """A hint that a person was shown."""

    __tablename__ = "hints"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    user: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hint: Mapped[str] = mapped_column(String(40), primary_key=True)
    shown_at: Mapped[datetime] = mapped_column(Instant)


class HintStore:
    """The hints of one course; the database is never touched on the event loop."""

    def __init__(self, engine: Engine, course: str) -> None:
        self._engine = engine
        self._course = course

    async def first(self, user: int, hint: str) -> bool:
        """Is this the first time? It is remembered that it was shown, so that a crash costs a hint and never repeats one."""
        return await asyncio.to_thread(self._first, user, hint)

    def _first(self, user: int, hint: str) -> bool:
        row = StoredHint(course=self._course, user=user, hint=hint, shown_at=datetime.now(UTC))
        with session(self._engine) as db:
            if db.get(StoredHint, (self._course, user, hint)) is not None:
                return False
        try:
            with session(self._engine) as db:
                db.add(row)
        except IntegrityError:  # two commands at once
            return False
        return True
