"""The log of changes to the corpus: who changed what when, and every file as it was before and after.

Contents lie under their sha256 in `versions/` of the data folder, so that each state of the corpus can be
had back. The log follows the files, it does not rule them: what somebody changed by hand is noted as that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Engine, String, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column

from common.database import Base, Instant, session
from common.errors import StoreError
from common.files import write_whole

Changes = Mapping[str, tuple[str | None, str | None]]  # path below the corpus folder -> sha256 before and after


class StoredEdit(Base):
    """One change."""

    __tablename__ = "corpus_edits"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant, default=lambda: datetime.now(UTC))
    who: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(Text)
    weeks: Mapped[list[int]] = mapped_column(JSON)
    files: Mapped[dict[str, list[str | None]]] = mapped_column(JSON)


@dataclass(frozen=True)
class Edit:
    """A change of the corpus.

    Attributes:
        number: From 1, in order.
        at: With its time zone (UTC).
        action: start, add, update, remove, syllabus, rollback, or hand for what was found changed.
        what: For people.
        weeks: Of the course, that it touches.
        changes: Of files.
    """

    number: int
    at: datetime
    who: str
    action: str
    what: str
    weeks: tuple[int, ...]
    changes: Changes

    def as_json(self) -> dict[str, Any]:
        """As `lector corpus history --json` lists it."""
        return {
            "number": self.number, "at": self.at.isoformat(timespec="seconds"), "who": self.who, "action": self.action,
            "what": self.what, "weeks": list(self.weeks), "files": sorted(self.changes),
        }  # fmt: skip


class EditLog:
    """The edits of one course, and the contents of its files."""

    def __init__(self, engine: Engine, course: str, folder: Path) -> None:
        """Use a data folder.

        Args:
            folder: The data folder; contents go to `versions/` below it.
        """
        self._engine = engine
        self._course = course
        self._blobs = folder / "versions"

    def edits(self) -> list[Edit]:
        """All edits, oldest first."""
        with session(self._engine) as db:
            rows = db.scalars(select(StoredEdit).where(StoredEdit.course == self._course).order_by(StoredEdit.number))
            return [_edit(row) for row in rows]

    def record(self, who: str, action: str, what: str, changes: Changes, weeks: Iterable[int] = ()) -> Edit:
        """Note a change that has been made."""
        with session(self._engine) as db:
            last = db.scalar(select(func.max(StoredEdit.number)).where(StoredEdit.course == self._course)) or 0
            row = StoredEdit(
                course=self._course, number=last + 1, at=datetime.now(UTC), who=who[:200], action=action, what=what,
                weeks=sorted(set(weeks)), files={path: list(pair) for path, pair in changes.items()},
            )  # fmt: skip
            db.add(row)
        return _edit(row)

    def set_weeks(self, edit: Edit, weeks: Iterable[int]) -> None:
        """Note which weeks an edit turned out to touch."""
        with session(self._engine) as db:
            row = db.get(StoredEdit, (self._course, edit.number))
            if row is not None:
                row.weeks = sorted({*row.weeks, *weeks})

    def annul(self, edit: Edit, reason: str) -> None:
        """Note that an edit was taken back at once, and why."""
        with session(self._engine) as db:
            row = db.get(StoredEdit, (self._course, edit.number))
            if row is not None:
                row.files, row.weeks, row.what = {}, [], f"{row.what} (not done: {reason})"

    def keep(self, content: bytes) -> str:
        """Store a content; its sha256."""
        name = sha256(content).hexdigest()
        path = self._blobs / name
        if not path.is_file():
            write_whole(path, content)
        return name

    def content(self, name: str) -> bytes:
        """A stored content.

        Raises:
            StoreError: It is gone.
        """
        try:
            return (self._blobs / name).read_bytes()
        except OSError as exc:
            raise StoreError(
                f"an old version of a file is missing from {self._blobs}: this state of the corpus cannot be had back"
            ) from exc

    def last_known(self) -> dict[str, str | None]:
        """Of each file that any edit touched, its sha256 after the last one; None where it was taken away."""
        return {path: after for edit in self.edits() for path, (_, after) in edit.changes.items()}


def undoing(edits: Sequence[Edit]) -> dict[str, str | None]:
    """What each file must be again (its sha256; None: not there) for these edits, oldest first, to be undone."""
    wanted: dict[str, str | None] = {}
    for edit in edits:
        for path, (before, _) in edit.changes.items():
            wanted.setdefault(path, before)
    return wanted


def _edit(row: StoredEdit) -> Edit:
    changes = {path: (pair[0], pair[1]) for path, pair in row.files.items()}
    return Edit(row.number, row.at, row.who, row.action, row.what, tuple(row.weeks), changes)
