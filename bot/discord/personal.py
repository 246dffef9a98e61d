"""What is stored about people, feature by feature, so that `/privacy` can say it, give it to them and delete it.

Each feature that stores something about a person joins with `bot.keeps(...)` in its extension's `setup`: with a `KeptRows` for a
table with a column for the person, with a class of its own for anything else. A test fails for a table that nobody has
joined. Steps: CONTRIBUTING, "Store something about a person".
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import Engine, delete, inspect, select

from common.database import Base, session
from ingest.edits import StoredEdit
from rag.endorsed.store import StoredEndorsed, StoredEndorsedVersion

Record = dict[str, Any]


class PersonalStore(Protocol):
    """What one feature keeps about people in each course. Its methods touch the database and are called in a thread."""

    @property
    def about(self) -> str:
        """The catalogue's message that says what is kept, and for how long."""

    @property
    def tables(self) -> frozenset[str]:
        """The tables that it speaks for."""

    @property
    def stays(self) -> bool:
        """It must outlive a wish to be forgotten; `about` says why."""

    def export(self, engine: Engine, course: str, user: int) -> list[Record]:
        """All that is kept about a person in a course, ready for JSON."""

    def delete(self, engine: Engine, course: str, user: int) -> None:
        """Delete that, unless it stays."""


@dataclass(frozen=True)
class KeptRows:
    """The rows of a table that have a person's number in one column, and the course's key in `course`.

    Attributes:
        secret: Columns that nobody is given: they are the bot's, not the person's.
    """

    model: type[Base]
    about: str
    person: str = "user"
    stays: bool = False
    secret: frozenset[str] = frozenset()

    @property
    def tables(self) -> frozenset[str]:
        """Its one table."""
        return frozenset([self.model.__tablename__])

    def export(self, engine: Engine, course: str, user: int) -> list[Record]:
        """The rows with all their columns but the secret ones."""
        with session(engine) as db:
            rows = [_record(row) for row in db.scalars(select(self.model).where(*self._theirs(course, user)))]
        return [{name: value for name, value in row.items() if name not in self.secret} for row in rows]

    def delete(self, engine: Engine, course: str, user: int) -> None:
        """Delete the rows."""
        if not self.stays:
            with session(engine) as db:
                db.execute(delete(self.model).where(*self._theirs(course, user)))

    def _theirs(self, course: str, user: int) -> tuple[Any, Any]:
        columns = inspect(self.model).columns
        return columns["course"] == course, columns[self.person] == user


@dataclass(frozen=True)
class Anonymous:
    """Something that students leave behind without their name: it is said, and cannot be found by person."""

    about: str
    tables: frozenset[str]
    stays: bool = field(default=True, init=False)

    def export(self, engine: Engine, course: str, user: int) -> list[Record]:
        """Nothing is known to be theirs."""
        return []

    def delete(self, engine: Engine, course: str, user: int) -> None:
        """Nothing is known to be theirs."""


@dataclass(frozen=True)
class CorpusEdits:
    """Who of the staff changed the readings: the course's record, which nobody can take themselves out of."""

    about: str = "privacy-edits"
    tables: frozenset[str] = frozenset([StoredEdit.__tablename__])
    stays: bool = True

    def export(self, engine: Engine, course: str, user: int) -> list[Record]:
        """The changes that a person made from Discord; the log names them with their number in brackets."""
        theirs = select(StoredEdit).where(StoredEdit.course == course, StoredEdit.who.endswith(f"({user})", autoescape=True))
        with session(engine) as db:
            return [_record(row) for row in db.scalars(theirs.order_by(StoredEdit.number))]

    def delete(self, engine: Engine, course: str, user: int) -> None:
        """They stay."""


@dataclass(frozen=True)
class EndorsedRecords:
    """Who wrote and who endorsed answers that students are shown with their names: the course's record, as with changes of readings."""

    about: str = "privacy-endorsed"
    tables: frozenset[str] = frozenset([StoredEndorsed.__tablename__, StoredEndorsedVersion.__tablename__])
    stays: bool = True

    def export(self, engine: Engine, course: str, user: int) -> list[Record]:
        """The answers that a person wrote or endorsed, and the versions that they made."""
        answers = select(StoredEndorsed).where(
            StoredEndorsed.course == course, (StoredEndorsed.author == user) | (StoredEndorsed.endorser == user)
        )
        of_course = select(StoredEndorsed.id).where(StoredEndorsed.course == course)
        versions = select(StoredEndorsedVersion).where(StoredEndorsedVersion.by == user, StoredEndorsedVersion.endorsed.in_(of_course))
        with session(engine) as db:
            return [_record(row) for row in (*db.scalars(answers), *db.scalars(versions))]

    def delete(self, engine: Engine, course: str, user: int) -> None:
        """They stay; staff can withdraw an answer."""


def export_all(stores: Iterable[PersonalStore], engine: Engine, course: str, user: int) -> dict[str, list[Record]]:
    """Everything about a person in a course, by table; what joins several tables stands under the names of all."""
    found: dict[str, list[Record]] = {}
    for store in stores:
        found.setdefault("+".join(sorted(store.tables)), []).extend(store.export(engine, course, user))
    return {name: records for name, records in found.items() if records}


def delete_all(stores: Iterable[PersonalStore], engine: Engine, course: str, user: int) -> None:
    """Delete everything about a person in a course that need not stay."""
    for store in stores:
        store.delete(engine, course, user)


def _record(row: Base) -> Record:
    columns = inspect(type(row)).columns
    return {key: _plain(getattr(row, key)) for key in columns.keys()}  # noqa: SIM118  # no mapping: it iterates over columns


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime | date) else value
