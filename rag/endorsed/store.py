"""The endorsed answers of a course, in SQL: what is shown now, and every version of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Engine, ForeignKey, Integer, Select, String, Text, UniqueConstraint, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from common.clock import Clock, utc_now
from common.database import Base, Instant, reading, writing
from common.errors import UsageError
from rag.endorsed.records import Endorsed, Person, Place, State, Version

_NOBODY, _FORMER = 0, "a former member"  # in the place of whoever had their data deleted


class StoredEndorsed(Base):
    """An answer as it is now; `number` counts within its course."""

    __tablename__ = "endorsed"
    __table_args__ = (UniqueConstraint("course", "number", name="uq_endorsed_number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    course: Mapped[str] = mapped_column(String(64), index=True)
    number: Mapped[int] = mapped_column(Integer)
    question: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    reading: Mapped[str | None] = mapped_column(String(200))
    source: Mapped[int | None] = mapped_column(BigInteger)
    author: Mapped[int] = mapped_column(BigInteger)
    author_name: Mapped[str] = mapped_column(String(100))
    endorser: Mapped[int] = mapped_column(BigInteger)
    endorser_name: Mapped[str] = mapped_column(String(100))
    endorsed_at: Mapped[datetime] = mapped_column(Instant)
    shown: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(Integer)


class StoredEndorsedVersion(Base):
    """One version of one answer."""

    __tablename__ = "endorsed_versions"

    endorsed: Mapped[int] = mapped_column(ForeignKey("endorsed.id"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    question: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    by: Mapped[int] = mapped_column(BigInteger)
    by_name: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime] = mapped_column(Instant)


class EndorsedStore:
    """The endorsed answers of one course; not for the event loop."""

    def __init__(self, engine: Engine, course: str, clock: Clock = utc_now) -> None:
        self._engine = engine
        self._course = course
        self._now = clock

    def add(
        self, question: str, text: str, author: Person, endorser: Person, *, reading: str | None = None, source: int | None = None
    ) -> Endorsed:
        """Endorse an answer; one whose message was endorsed before gets another version.

        Args:
            question: It stands alone.
            text: The author's words.
            reading: Id of the reading asked about.
            source: The message with these words.
        """
        with writing(self._engine) as db:
            row = None if source is None else db.scalar(self._mine().where(StoredEndorsed.source == source))
            if row is None:
                last = db.scalar(select(func.max(StoredEndorsed.number)).where(StoredEndorsed.course == self._course)) or 0
                row = StoredEndorsed(course=self._course, number=last + 1, source=source, version=0, shown=None)
                db.add(row)
            row.question, row.text, row.reading, row.state = question, text, reading, State.ACTIVE
            row.author, row.author_name = author.id, author.name[:100]
            row.endorser, row.endorser_name, row.endorsed_at = endorser.id, endorser.name[:100], self._now()
            _keep_version(db, row, endorser, self._now())
        return _endorsed(row)

    def edit(self, number: int, question: str, text: str, by: Person) -> Endorsed:
        """Change question and text; whoever does stands for them from now on, and other words are theirs.

        Raises:
            UsageError: There is no such answer.
        """
        with writing(self._engine) as db:
            row = self._row(db, number)
            if text != row.text:
                row.author, row.author_name = by.id, by.name[:100]
            row.question, row.text = question, text
            row.endorser, row.endorser_name, row.endorsed_at = by.id, by.name[:100], self._now()
            _keep_version(db, row, by, self._now())
        return _endorsed(row)

    def withdraw(self, number: int, by: Person) -> Endorsed:
        """Show the answer to nobody any more.

        Raises:
            UsageError: There is no such answer, or it is withdrawn already.
        """
        with writing(self._engine) as db:
            row = self._row(db, number)
            if row.state == State.WITHDRAWN:
                raise UsageError(f"answer {number} is withdrawn already", code="endorsed-withdrawn", number=number)
            row.state = State.WITHDRAWN
            _keep_version(db, row, by, self._now())
        return _endorsed(row)

    def restore(self, number: int, by: Person) -> Endorsed:
        """Show an answer that was withdrawn again; whoever does stands for it from now on.

        Raises:
            UsageError: There is no such answer, or it is shown.
        """
        with writing(self._engine) as db:
            row = self._row(db, number)
            if row.state == State.ACTIVE:
                raise UsageError(f"answer {number} is not withdrawn", code="endorsed-shown", number=number)
            row.state = State.ACTIVE
            row.endorser, row.endorser_name, row.endorsed_at = by.id, by.name[:100], self._now()
            _keep_version(db, row, by, self._now())
        return _endorsed(row)

    def set_shown(self, number: int, place: Place) -> None:
        """Remember which message shows the answer to its asker."""
        with writing(self._engine) as db:
            self._row(db, number).shown = {"channel": place.channel, "message": place.message, "url": place.url}

    def get(self, number: int) -> Endorsed:
        """One answer, whatever its state.

        Raises:
            UsageError: There is no such answer.
        """
        with reading(self._engine) as db:
            return _endorsed(self._row(db, number))

    def all(self, *, active: bool = False) -> list[Endorsed]:
        """The answers, newest first; with `active` without those that are withdrawn."""
        wanted = self._mine().order_by(StoredEndorsed.number.desc())
        if active:
            wanted = wanted.where(StoredEndorsed.state == State.ACTIVE)
        with reading(self._engine) as db:
            return [_endorsed(row) for row in db.scalars(wanted)]

    def versions(self, number: int) -> list[Version]:
        """What an answer was, the first version first.

        Raises:
            UsageError: There is no such answer.
        """
        with reading(self._engine) as db:
            of = StoredEndorsedVersion.endorsed == self._row(db, number).id
            rows = db.scalars(select(StoredEndorsedVersion).where(of).order_by(StoredEndorsedVersion.version))
            return [Version(r.version, r.question, r.text, State(r.state), Person(r.by, r.by_name), r.at) for r in rows]

    def stamp(self) -> int:
        """A number that is another one whenever a question, a text or a state has changed: how many versions there are."""
        ours = select(func.coalesce(func.sum(StoredEndorsed.version), 0)).where(StoredEndorsed.course == self._course)
        with reading(self._engine) as db:
            return int(db.scalar(ours) or 0)

    def export(self, user: int) -> list[dict[str, Any]]:
        """What is kept of somebody: the answers that they wrote or endorsed."""
        mine = or_(StoredEndorsed.author == user, StoredEndorsed.endorser == user)
        with reading(self._engine) as db:
            return [_endorsed(row).as_json() for row in db.scalars(self._mine().where(mine).order_by(StoredEndorsed.number))]

    def delete(self, user: int) -> int:
        """Take somebody's name off everything; the words stay, as the course's. How many answers that touched."""
        ours = select(StoredEndorsed.id).where(StoredEndorsed.course == self._course)
        with writing(self._engine) as db:
            touched = len(db.scalars(self._mine().where(or_(StoredEndorsed.author == user, StoredEndorsed.endorser == user))).all())
            mine = StoredEndorsed.course == self._course
            db.execute(update(StoredEndorsed).where(mine, StoredEndorsed.author == user).values(author=_NOBODY, author_name=_FORMER))
            db.execute(update(StoredEndorsed).where(mine, StoredEndorsed.endorser == user).values(endorser=_NOBODY, endorser_name=_FORMER))
            of = StoredEndorsedVersion.endorsed.in_(ours)
            db.execute(update(StoredEndorsedVersion).where(of, StoredEndorsedVersion.by == user).values(by=_NOBODY, by_name=_FORMER))
        return touched

    def _mine(self) -> Select[StoredEndorsed]:
        return select(StoredEndorsed).where(StoredEndorsed.course == self._course)

    def _row(self, db: Session, number: int) -> StoredEndorsed:
        row = db.scalar(self._mine().where(StoredEndorsed.number == number))
        if row is None:
            raise UsageError(f"there is no endorsed answer {number}: `/endorsed list` shows them", code="endorsed-unknown", number=number)
        return row


def _keep_version(db: Session, row: StoredEndorsed, by: Person, at: datetime) -> None:
    row.version += 1
    db.flush()  # a new row has its id from now on
    db.add(
        StoredEndorsedVersion(
            endorsed=row.id, version=row.version, question=row.question, text=row.text, state=row.state,
            by=by.id, by_name=by.name[:100], at=at,
        )
    )  # fmt: skip


def _endorsed(row: StoredEndorsed) -> Endorsed:
    return Endorsed(
        number=row.number,
        question=row.question,
        text=row.text,
        reading=row.reading,
        source=row.source,
        author=Person(row.author, row.author_name),
        endorser=Person(row.endorser, row.endorser_name),
        endorsed_at=row.endorsed_at,
        shown=None if row.shown is None else Place(**row.shown),
        state=State(row.state),
        version=row.version,
    )
