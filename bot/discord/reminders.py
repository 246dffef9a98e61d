"""Who wants reminders, and which were sent.

A reminder is first claimed (a row, committed), then sent, then marked. A bot that is killed in between finds the claim again; it
looks in the private messages whether it was sent, and sends it where it was not. So each is sent at least once, and twice only
where Discord neither shows the message nor recognises its nonce: a deadline that nobody was told of is worse than one told twice.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BigInteger, ColumnElement, Date, Engine, String, Text, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.plan.reminders import Reminder
from common.database import Base, Instant, session


class StoredSubscription(Base):
    """Somebody who wants reminders; `closed_at` is when Discord first refused to deliver one."""

    __tablename__ = "reminder_subscriptions"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    user: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class StoredReminder(Base):
    """A reminder that is being sent or was; those of one `message` go out together."""

    __tablename__ = "reminders"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    user: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    deadline: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    days_ahead: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line: Mapped[str] = mapped_column(Text)
    message: Mapped[str] = mapped_column(String(32))
    claimed_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)


@dataclass(frozen=True)
class Subscription:
    """Who is reminded, in which language, since when (UTC)."""

    user: int
    language: str
    since: datetime


@dataclass(frozen=True)
class Pending:
    """A message that is to be sent.

    Attributes:
        message: Its id, 16 letters and digits, which Discord recognises it by for a few minutes.
        reminders: In their order.
    """

    message: str
    user: int
    reminders: tuple[Reminder, ...]


class ReminderStore:
    """The reminders of one course. Its methods touch the database and are called in a thread."""

    def __init__(self, engine: Engine, course: str) -> None:
        self._engine = engine
        self._course = course

    def subscribe(self, user: int, language: str, now: datetime) -> None:
        """Remember that somebody wants reminders; whoever wanted them before is not begun anew."""
        with session(self._engine) as db:
            row = db.get(StoredSubscription, (self._course, user))
            since = row.since if row is not None and row.closed_at is None else now
            db.merge(StoredSubscription(course=self._course, user=user, language=language, since=since, closed_at=None))

    def unsubscribe(self, user: int) -> bool:
        """They want none any more; False if they wanted none. What was sent stays known, what waits is dropped."""
        with session(self._engine) as db:
            db.execute(delete(StoredReminder).where(*self._of(user), StoredReminder.sent_at.is_(None)))
            row = db.get(StoredSubscription, (self._course, user))
            if row is not None:
                db.delete(row)
        return row is not None

    def wants(self, user: int) -> bool:
        """Do they want reminders?"""
        with session(self._engine) as db:
            row = db.get(StoredSubscription, (self._course, user))
        return row is not None and row.closed_at is None

    def subscriptions(self) -> list[Subscription]:
        """Everybody who can be reminded."""
        wanted = select(StoredSubscription).where(StoredSubscription.course == self._course, StoredSubscription.closed_at.is_(None))
        with session(self._engine) as db:
            return [Subscription(row.user, row.language, row.since) for row in db.scalars(wanted.order_by(StoredSubscription.user))]

    def told(self, user: int) -> dict[str, set[date]]:
        """The days that were told of each deadline."""
        days: dict[str, set[date]] = {}
        with session(self._engine) as db:
            for row in db.scalars(select(StoredReminder).where(*self._of(user), StoredReminder.sent_at.is_not(None))):
                days.setdefault(row.deadline, set()).add(row.day)
        return days

    def claim(self, user: int, reminders: Sequence[Reminder], now: datetime) -> str | None:
        """Take reminders to be sent in one message: those that were not taken before. Its id; None if all were."""
        message = secrets.token_hex(8)
        with session(self._engine) as db:
            taken = [r for r in reminders if db.get(StoredReminder, (self._course, user, r.deadline, r.day, r.days_ahead)) is None]
            for r in taken:
                db.add(
                    StoredReminder(
                        course=self._course, user=user, deadline=r.deadline, day=r.day, days_ahead=r.days_ahead,
                        line=r.line, message=message, claimed_at=now,
                    )
                )  # fmt: skip
        return message if taken else None

    def pending(self) -> list[Pending]:
        """What was taken and not marked as sent, oldest first."""
        wanted = select(StoredReminder).where(StoredReminder.course == self._course, StoredReminder.sent_at.is_(None))
        found: dict[str, list[StoredReminder]] = {}
        with session(self._engine) as db:
            for row in db.scalars(wanted.order_by(StoredReminder.claimed_at, StoredReminder.day, StoredReminder.line)):
                found.setdefault(row.message, []).append(row)
        return [
            Pending(message, rows[0].user, tuple(Reminder(row.deadline, row.day, row.days_ahead, row.line) for row in rows))
            for message, rows in found.items()
        ]

    def mark_sent(self, message: str, now: datetime) -> None:
        """It has reached Discord."""
        with session(self._engine) as db:
            db.execute(update(StoredReminder).where(*self._in(message)).values(sent_at=now))

    def drop(self, message: str, reminders: Iterable[Reminder] | None = None) -> None:
        """Forget what was to be sent, or some of it: it is too late, or the syllabus has changed."""
        with session(self._engine) as db:
            if reminders is None:
                db.execute(delete(StoredReminder).where(*self._in(message)))
            for r in reminders or ():
                theirs = (StoredReminder.deadline == r.deadline, StoredReminder.day == r.day, StoredReminder.days_ahead == r.days_ahead)
                db.execute(delete(StoredReminder).where(*self._in(message), *theirs))

    def close(self, user: int, now: datetime) -> None:
        """Discord does not deliver to them: send nothing more, and tell them when they come by."""
        with session(self._engine) as db:
            db.execute(delete(StoredReminder).where(*self._of(user), StoredReminder.sent_at.is_(None)))
            row = db.get(StoredSubscription, (self._course, user))
            if row is not None:
                row.closed_at = now

    def take_closed(self, user: int) -> bool:
        """Were their reminders given up? True once: the subscription is over then."""
        with session(self._engine) as db:
            row = db.get(StoredSubscription, (self._course, user))
            if row is None or row.closed_at is None:
                return False
            db.delete(row)
        return True

    def tidy(self, before: date) -> None:
        """Forget what was sent about days before this one."""
        with session(self._engine) as db:
            db.execute(delete(StoredReminder).where(StoredReminder.course == self._course, StoredReminder.day < before))

    def _of(self, user: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return StoredReminder.course == self._course, StoredReminder.user == user

    def _in(self, message: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return StoredReminder.course == self._course, StoredReminder.message == message
