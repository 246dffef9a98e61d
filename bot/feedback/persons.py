"""Questions that students sent to a person: each answer once, so many a student a day."""

import asyncio
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import BigInteger, Engine, Integer, String, Text, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from common.database import Base, Instant, insert_once, reading, writing

_DAY = timedelta(hours=24)


class StoredPersonQuestion(Base):
    """One question; `server`, `channel` and `message` are of the answer that did not help, None where it was shown to its asker alone."""

    __tablename__ = "person_questions"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer: Mapped[str] = mapped_column(String(32), primary_key=True)
    asker: Mapped[int] = mapped_column(BigInteger)
    question: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(20))
    server: Mapped[int | None] = mapped_column(BigInteger)
    channel: Mapped[int | None] = mapped_column(BigInteger)
    message: Mapped[int | None] = mapped_column(BigInteger)
    post_channel: Mapped[int | None] = mapped_column(BigInteger)
    post_message: Mapped[int | None] = mapped_column(BigInteger, index=True)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    endorsed: Mapped[int | None] = mapped_column(Integer)


@dataclass(frozen=True)
class PersonQuestion:
    """A question for a person.

    Attributes:
        answer: Id of the kept answer that did not help.
        asker: Who sent it, by Discord's number.
        question: So that it stands alone.
        note: What the asker added.
        language: In which the asker is spoken to.
        server, channel, message: Of the answer, where others see it too; None where it was private.
        asked_at: UTC.
        endorsed: Number of the endorsed answer; None while there is none.
        post_channel, post_message: Where the staff see it; None before that.
    """

    answer: str
    asker: int
    question: str
    note: str
    language: str
    server: int | None
    channel: int | None
    message: int | None
    asked_at: datetime
    endorsed: int | None = None
    post_channel: int | None = None
    post_message: int | None = None


class Refused(Enum):
    """Why a question is not sent."""

    SENT_ALREADY = "sent already"
    TOO_MANY = "too many"


class PersonQuestions:
    """Those of one course; the asynchronous methods never touch the database on the event loop."""

    def __init__(self, engine: Engine, course: str, per_day: int) -> None:
        """Use the table.

        Args:
            per_day: How many one student may send within 24 hours.
        """
        self._engine = engine
        self._course = course
        self._per_day = per_day

    async def refused(self, answer: str, asker: int) -> Refused | None:
        """Why somebody may not send the question of an answer; None if they may."""
        return await asyncio.to_thread(self._refused, answer, asker)

    async def claim(self, question: PersonQuestion) -> Refused | None:
        """Note that a question is being sent; of two who try at once one is refused."""
        return await asyncio.to_thread(self._claim, question)

    async def unclaim(self, answer: str) -> None:
        """Forget a question that could not be sent."""
        await asyncio.to_thread(self._change, delete(StoredPersonQuestion).where(*self._of(answer)))

    async def posted(self, answer: str, channel: int, message: int) -> None:
        """Note where the staff see it."""
        values = {"post_channel": channel, "post_message": message}
        await asyncio.to_thread(self._change, update(StoredPersonQuestion).where(*self._of(answer)).values(**values))

    async def answered(self, answer: str, endorsed: int) -> None:
        """Note which endorsed answer it got."""
        await asyncio.to_thread(self._change, update(StoredPersonQuestion).where(*self._of(answer)).values(endorsed=endorsed))

    async def of_post(self, *messages: int | None) -> PersonQuestion | None:
        """The question whose post in the staff channel is one of these messages."""
        return await asyncio.to_thread(self._of_post, [m for m in messages if m is not None])

    async def of_answer(self, answer: str) -> PersonQuestion | None:
        """The question that an answer did not help with."""
        return await asyncio.to_thread(self._of_answer, answer)

    async def of_endorsed(self, number: int) -> PersonQuestion | None:
        """The question that an endorsed answer was given to."""
        return await asyncio.to_thread(self._of_endorsed, number)

    def all(self, since: datetime | None = None) -> list[PersonQuestion]:
        """The questions, oldest first; those of `since` and later."""
        wanted = select(StoredPersonQuestion).where(StoredPersonQuestion.course == self._course).order_by(StoredPersonQuestion.asked_at)
        if since is not None:
            wanted = wanted.where(StoredPersonQuestion.asked_at >= since)
        with reading(self._engine) as db:
            return [_question(row) for row in db.scalars(wanted)]

    def export(self, user: int) -> list[dict[str, Any]]:
        """What is kept of somebody."""
        mine = [q for q in self.all() if q.asker == user]
        return [{"question": q.question, "note": q.note, "at": q.asked_at.isoformat(timespec="seconds")} for q in mine]

    def delete(self, user: int) -> int:
        """Forget somebody's questions; how many there were."""
        mine = StoredPersonQuestion.course == self._course, StoredPersonQuestion.asker == user
        with writing(self._engine) as db:
            return len(db.scalars(delete(StoredPersonQuestion).where(*mine).returning(StoredPersonQuestion.answer)).all())

    def _of(self, answer: str) -> tuple[Any, Any]:
        return StoredPersonQuestion.course == self._course, StoredPersonQuestion.answer == answer

    def _refused(self, answer: str, asker: int) -> Refused | None:
        with reading(self._engine) as db:
            return self._why_not(db, answer, asker)

    def _why_not(self, db: Session, answer: str, asker: int) -> Refused | None:
        if db.get(StoredPersonQuestion, (self._course, answer)) is not None:
            return Refused.SENT_ALREADY
        young = StoredPersonQuestion.asked_at >= datetime.now(UTC) - _DAY
        mine = StoredPersonQuestion.course == self._course, StoredPersonQuestion.asker == asker, young
        sent = db.scalar(select(func.count()).select_from(StoredPersonQuestion).where(*mine)) or 0
        return Refused.TOO_MANY if sent >= self._per_day else None

    def _claim(self, question: PersonQuestion) -> Refused | None:
        row = StoredPersonQuestion(course=self._course, **vars(question))
        with writing(self._engine) as db:
            refused = self._why_not(db, question.answer, question.asker)
            return refused or (None if insert_once(db, row) else Refused.SENT_ALREADY)

    def _change(self, statement: Any) -> None:
        with writing(self._engine) as db:
            db.execute(statement)

    def _of_post(self, messages: list[int]) -> PersonQuestion | None:
        ours = StoredPersonQuestion.course == self._course, StoredPersonQuestion.post_message.in_(messages)
        with reading(self._engine) as db:
            row = db.scalar(select(StoredPersonQuestion).where(*ours))
        return None if row is None else _question(row)

    def _of_endorsed(self, number: int) -> PersonQuestion | None:
        wanted = select(StoredPersonQuestion).where(StoredPersonQuestion.course == self._course, StoredPersonQuestion.endorsed == number)
        with reading(self._engine) as db:
            row = db.scalars(wanted).first()
            return None if row is None else _question(row)

    def _of_answer(self, answer: str) -> PersonQuestion | None:
        with reading(self._engine) as db:
            row = db.get(StoredPersonQuestion, (self._course, answer))
        return None if row is None else _question(row)


def _question(row: StoredPersonQuestion) -> PersonQuestion:
    return PersonQuestion(**{field.name: getattr(row, field.name) for field in fields(PersonQuestion)})
