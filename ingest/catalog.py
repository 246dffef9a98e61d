"""Which revision of each reading is live: the one truth about the index.

Chroma holds passages of any revision; a reader takes those that the catalog names. So one SQL transaction
moves a reading from its old text to its new one, whatever happened to the process in between. What is replaced
or withdrawn is kept for a while, so that going back embeds nothing:

    (nothing) --announce--> stale --publish--> live --replaced, withdrawn--> kept --published again--> live
                              ^---------------------------expire----------------|
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, Engine, String, Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from common.database import Base, Instant, session
from ingest.sketch import Sketch


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
    required: Mapped[bool] = mapped_column(default=False)
    version: Mapped[str | None] = mapped_column(String(20))
    url: Mapped[str | None] = mapped_column(Text)
    path: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(BigInteger)
    mtime_ns: Mapped[int] = mapped_column(BigInteger)
    pages: Mapped[int]
    chunks: Mapped[int]
    sentences: Mapped[int]
    indexed_at: Mapped[datetime] = mapped_column(Instant, default=lambda: datetime.now(UTC))


class KeptRevision(Base):
    """A revision that was live: its passages are whole in Chroma, and a corpus that asks for it again gets them back."""

    __tablename__ = "kept_revisions"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    collection: Mapped[str] = mapped_column(String(200), primary_key=True)
    revision: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[str | None] = mapped_column(String(20))
    pages: Mapped[int]
    chunks: Mapped[int]
    sentences: Mapped[int]
    indexed_at: Mapped[datetime] = mapped_column(Instant)
    kept_at: Mapped[datetime] = mapped_column(Instant, default=lambda: datetime.now(UTC))


class StoredSketch(Base):
    """What a stored revision is recognised by, see `ingest.sketch`."""

    __tablename__ = "sketches"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    collection: Mapped[str] = mapped_column(String(200), primary_key=True)
    revision: Mapped[str] = mapped_column(String(64), primary_key=True)
    sketch: Mapped[list[int]] = mapped_column(JSON)


class Duplicate(Base):
    """A file that is not indexed because another reading says the same."""

    __tablename__ = "duplicates"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    reading: Mapped[str] = mapped_column(String(200), primary_key=True)
    revision: Mapped[str] = mapped_column(String(64))
    same_as: Mapped[str] = mapped_column(String(200))


class StaleRevision(Base):
    """A revision whose passages may lie in Chroma but are not to be read: being written, or no longer kept."""

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

    def reading(self, id: str) -> Reading | None:
        """A live reading; None where there is none of this id."""
        with session(self._engine) as db:
            return db.get(Reading, (self.course, id))

    def announce(self, collection: str, revision: str) -> None:
        """Say that passages of `revision` are about to be written; until `publish` they count for nothing."""
        live = select(Reading).where(Reading.course == self.course, Reading.collection == collection, Reading.revision == revision)
        with session(self._engine) as db:
            kept = db.get(KeptRevision, (self.course, collection, revision))
            if kept is not None:  # it is written over: until that is done it is whole no more
                db.delete(kept)
            if db.scalars(live).first() is None:  # a rebuild writes the live revision again: that must never count as stale
                db.merge(StaleRevision(course=self.course, collection=collection, revision=revision))

    def version(self) -> str:
        """Equal for equal live readings; a light query, asked before every question."""
        columns = select(Reading.reading, Reading.revision, Reading.title).where(Reading.course == self.course).order_by(Reading.reading)
        with session(self._engine) as db:
            return hashlib.sha256("\n".join(" ".join(row) for row in db.execute(columns)).encode()).hexdigest()[:16]

    def sketches(self) -> dict[str, Sketch]:
        """The sketch of each live reading, by its id."""
        pairs = (
            select(Reading.reading, StoredSketch.sketch)
            .join(
                StoredSketch,
                (StoredSketch.course == Reading.course)
                & (StoredSketch.collection == Reading.collection)
                & (StoredSketch.revision == Reading.revision),
            )
            .where(Reading.course == self.course)
        )
        with session(self._engine) as db:
            return {reading: tuple(values) for reading, values in db.execute(pairs)}

    def publish(self, reading: Reading, sketch: Sketch | None = None) -> None:
        """Make a whole revision live and keep the one before it: one transaction.

        Args:
            sketch: Of a revision that is newly written.
        """
        with session(self._engine) as db:
            before = db.get(Reading, (self.course, reading.reading))
            if before is not None and (before.collection, before.revision) != (reading.collection, reading.revision):
                db.merge(_kept(before))
            for table in (StaleRevision, KeptRevision):
                written = db.get(table, (self.course, reading.collection, reading.revision))
                if written is not None:
                    db.delete(written)
            db.merge(reading)
            if sketch is not None:
                db.merge(StoredSketch(course=self.course, collection=reading.collection, revision=reading.revision, sketch=list(sketch)))

    def kept(self, collection: str, revision: str) -> KeptRevision | None:
        """A revision that needs only to be published again; None if it is not kept."""
        with session(self._engine) as db:
            return db.get(KeptRevision, (self.course, collection, revision))

    def withdraw(self, ids: Iterable[str]) -> None:
        """Keep, but no longer show, readings that the corpus does not hold any more."""
        with session(self._engine) as db:
            for row in db.scalars(select(Reading).where(Reading.course == self.course, Reading.reading.in_(list(ids)))):
                db.merge(_kept(row))
                db.delete(row)

    def duplicates(self) -> list[Duplicate]:
        """Files that were found to say what another reading says."""
        with session(self._engine) as db:
            return list(db.scalars(select(Duplicate).where(Duplicate.course == self.course)))

    def set_duplicates(self, found: Iterable[Duplicate]) -> None:
        """Remember these and no others."""
        with session(self._engine) as db:
            db.execute(delete(Duplicate).where(Duplicate.course == self.course))
            db.add_all(found)

    def expire(self, most: int) -> None:
        """Keep the `most` revisions that were live last; the others become stale."""
        newest = select(KeptRevision).where(KeptRevision.course == self.course).order_by(KeptRevision.kept_at.desc(), KeptRevision.revision)
        with session(self._engine) as db:
            for row in list(db.scalars(newest))[most:]:
                db.merge(StaleRevision(course=self.course, collection=row.collection, revision=row.revision))
                db.delete(row)

    def stored(self, collection: str) -> list[str]:
        """Revisions that the store may hold in this collection: live, kept and stale ones."""
        with session(self._engine) as db:
            return [
                revision
                for table in (Reading, KeptRevision, StaleRevision)
                for revision in db.scalars(select(table.revision).where(table.course == self.course, table.collection == collection))
            ]

    def stale(self) -> list[StaleRevision]:
        """Revisions to clear out of the store."""
        with session(self._engine) as db:
            return list(db.scalars(select(StaleRevision).where(StaleRevision.course == self.course)))

    def cleared(self, stale: StaleRevision) -> None:
        """Forget a stale revision whose passages are gone."""
        with session(self._engine) as db:
            for table in (StoredSketch, StaleRevision):
                row = db.get(table, (stale.course, stale.collection, stale.revision))
                if row is not None:
                    db.delete(row)


def _kept(row: Reading) -> KeptRevision:
    return KeptRevision(
        course=row.course, collection=row.collection, revision=row.revision,
        version=row.version, pages=row.pages, chunks=row.chunks, sentences=row.sentences, indexed_at=row.indexed_at,
    )  # fmt: skip
