"""Channels that are about one week of the course."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import discord
from sqlalchemy import BigInteger, Engine, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.discord.cards import timetable_of
from bot.discord.courses import Course
from bot.plan.readings import week_readings
from common.database import Base, Instant, session
from common.errors import UsageError
from ingest.catalog import Catalog

if TYPE_CHECKING:
    from bot.discord.client import LectorBot


class StoredChannel(Base):
    """A channel and its week."""

    __tablename__ = "channel_weeks"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    week: Mapped[int]
    set_at: Mapped[datetime] = mapped_column(Instant)


class ChannelStore:
    """The channels of one course; the database is never touched on the event loop."""

    def __init__(self, engine: Engine, course: str) -> None:
        self._engine = engine
        self._course = course

    async def week(self, channel: int) -> int | None:
        """The week that a channel is tied to; None for none."""
        return await asyncio.to_thread(self._week, channel)

    async def week_of(self, channel: object) -> int | None:
        """The week of a channel as discord.py has it; a thread's is its channel's."""
        ids = [channel.id, channel.parent_id] if isinstance(channel, discord.Thread) else [getattr(channel, "id", None)]
        weeks = [await self.week(id_) for id_ in ids if id_ is not None]
        return next((week for week in weeks if week is not None), None)

    async def tie(self, channel: int, week: int | None) -> None:
        """Tie a channel to a week; None unties it."""
        await asyncio.to_thread(self._tie, channel, week)

    async def all(self) -> dict[int, int]:
        """Every tied channel with its week."""
        return await asyncio.to_thread(self._all)

    def _week(self, channel: int) -> int | None:
        with session(self._engine) as db:
            row = db.get(StoredChannel, (self._course, channel))
        return None if row is None else row.week

    def _tie(self, channel: int, week: int | None) -> None:
        with session(self._engine) as db:
            if week is None:
                db.execute(delete(StoredChannel).where(StoredChannel.course == self._course, StoredChannel.channel == channel))
            else:
                db.merge(StoredChannel(course=self._course, channel=channel, week=week, set_at=datetime.now(UTC)))

    def _all(self) -> dict[int, int]:
        rows = select(StoredChannel).where(StoredChannel.course == self._course).order_by(StoredChannel.week, StoredChannel.channel)
        with session(self._engine) as db:
            return {row.channel: row.week for row in db.scalars(rows)}


async def preferred_in(bot: "LectorBot", course: Course, channel: object) -> frozenset[str]:
    """Ids of the readings that questions in a channel are likelier to be about, for `Assistant.ask(prefer=…)`; empty for most channels."""
    week = await ChannelStore(course.engine, course.key).week_of(channel)
    return frozenset() if week is None else await readings_of_week(bot, course, week, course.settings.course.language)


async def readings_of_week(bot: "LectorBot", course: Course, week: int, language: str) -> frozenset[str]:
    """Ids of the indexed readings of a week; also where the syllabus cannot be read."""
    rows = await asyncio.to_thread(Catalog(course.engine, course.key).readings)
    try:
        return week_readings(await timetable_of(bot, course, language), rows, week)
    except UsageError:
        return frozenset(row.reading for row in rows if row.week == week)
