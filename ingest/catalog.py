"""Which revision of each reading is live: the one truth about the index.

Chroma holds passages of any revision; a reader takes those that the catalog names. So one SQL transaction
moves a reading from its old text to its new one, whatever happened to the process in between.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, DateTime, Engine, String, Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from common.database import Base, session


class SourceKind(StrEnum):
    """What a reading is to the course."""

    SYLLABUS = "syllabus"
    PAPER = "paper"
    HANDOUT = "handout"


class Reading(Base):
    """A reading that can be asked about, in its live revision."""

    __tablename__ = "readings"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    reading: Mapped[str] = mapped_column(String(200), primary_key=True)
    revision: Mapped[str] = mapped_column(String(64))
    collection: Mapped[str] = mapped_column(String(200))
    fingerprint: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(20))
    about: Mapped[str | None] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(Text)
    week: Mapped[int | None]
    version: Mapped[str | None] = mapped_column(String(20))
    url: Mapped[str | None] = mapped_column(Text)
    path: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(BigInteger)
    mtime_ns: Mapped[int] = mapped_column(BigInteger)
    pages: Mapped[int]
    chunks: Mapped[int]
    sentences: Mapped[int]
    indexed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=lambda: datetime.now(UTC))


class StaleRevision(Base):
    """A revision whose passages may lie in Chroma but are not to be read: being written, or replaced."""

    __tablename__ = "stale_revisions"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    collection: Mapped[str] = mapped_column(String(200), primary_key=True)
    revision: Mapped[str] = mapped_column(String(64), primary_key=True)


class Catalog:
    """The live readings of one course."""

    def __init__(self, engine: Engine, course: str) -> None:
        self._engine = engine
        self.course = course

    def readings(self) -> list[Reading]:
        """The live readings, ordered by id."""
        with session(self._engine) as db:
            return list(db.scalars(select(Reading).where(Reading.course == self.course).order_by(Reading.reading)))

    def announce(self, collection: str, revision: str) -> None:
        """Say that passages of `revision` are about to be written; until `publish` they count for nothing."""
        live = select(Reading).where(Reading.course == self.course, Reading.collection == collection, Reading.revision == revision)
        with session(self._engine) as db:
            if db.scalars(live).first() is None:  # a rebuild writes the live revision again: that must never count as stale
                db.merge(StaleRevision(course=self.course, collection=collection, revision=revision))

    def publish(self, reading: Reading) -> None:
        """Make a fully written revision live, and the one before it stale: one transaction."""
        with session(self._engine) as db:
            before = db.get(Reading, (self.course, reading.reading))
            written = db.get(StaleRevision, (self.course, reading.collection, reading.revision))
            if before is not None and (before.collection, before.revision) != (reading.collection, reading.revision):
                db.merge(StaleRevision(course=self.course, collection=before.collection, revision=before.revision))
            if written is not None:
                db.delete(written)
            db.merge(reading)

    def withdraw(self, ids: Iterable[str]) -> None:
        """Make readings stale that the corpus no longer holds."""
        with session(self._engine) as db:
            for row in db.scalars(select(Reading).where(Reading.course == self.course, Reading.reading.in_(list(ids)))):
                db.merge(StaleRevision(course=self.course, collection=row.collection, revision=row.revision))
                db.delete(row)

    def stale(self) -> list[StaleRevision]:
        """Revisions to clear out of Chroma."""
        with session(self._engine) as db:
            return list(db.scalars(select(StaleRevision).where(StaleRevision.course == self.course)))

    def cleared(self, stale: StaleRevision) -> None:
        """Forget a stale revision whose passages are gone."""
        with session(self._engine) as db:
            db.execute(
                delete(StaleRevision).where(
                    StaleRevision.course == stale.course,
                    StaleRevision.collection == stale.collection,
                    StaleRevision.revision == stale.revision,
                )
            )
