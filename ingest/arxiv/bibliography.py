"""What is remembered of arXiv's papers, whatever course reads them: title, authors, licence, newest version."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import JSON, Engine, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from common.database import Base, Instant, session
from ingest.arxiv.metadata import PaperInfo


class ArxivPaper(Base):
    """A paper as arXiv described it at `checked_at`."""

    __tablename__ = "arxiv_papers"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    authors: Mapped[list[str]] = mapped_column(JSON)
    abstract: Mapped[str] = mapped_column(Text)
    licence: Mapped[str | None] = mapped_column(Text)
    latest: Mapped[str] = mapped_column(String(10))
    published: Mapped[datetime] = mapped_column(Instant)
    updated: Mapped[datetime] = mapped_column(Instant)
    withdrawn: Mapped[bool]
    checked_at: Mapped[datetime] = mapped_column(Instant)


class Bibliography:
    """The remembered papers, in the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def info(self, id: str) -> PaperInfo | None:
        """What is remembered of one paper, by its id without version."""
        return self.infos([id]).get(id)

    def infos(self, ids: Iterable[str]) -> dict[str, PaperInfo]:
        """What is remembered of papers; one that was never asked about is missing."""
        return {row.id: _info(row) for row in self._rows(ids)}

    def titles(self) -> dict[str, str]:
        """The title of every paper that is remembered, by id."""
        with session(self._engine) as db:
            return {row.id: row.title for row in db.execute(select(ArxivPaper.id, ArxivPaper.title))}

    def due(self, ids: Iterable[str], max_age: timedelta, now: datetime) -> list[str]:
        """Those ids about which nothing younger than `max_age` is known."""
        wanted = list(dict.fromkeys(ids))
        fresh = {row.id for row in self._rows(wanted) if now - row.checked_at < max_age}
        return [id for id in wanted if id not in fresh]

    def remember(self, infos: Iterable[PaperInfo], now: datetime) -> None:
        """Keep what arXiv said at `now`.

        A licence that was not asked for this time is kept, unless there is a newer version: that may have another.
        """
        with session(self._engine) as db:
            for info in infos:
                before = db.get(ArxivPaper, info.id)
                licence = info.licence or (before.licence if before is not None and before.latest == info.latest else None)
                db.merge(
                    ArxivPaper(
                        id=info.id, title=info.title, authors=list(info.authors), abstract=info.abstract, licence=licence,
                        latest=info.latest, published=info.published, updated=info.updated, withdrawn=info.withdrawn, checked_at=now,
                    )
                )  # fmt: skip

    def _rows(self, ids: Iterable[str]) -> list[ArxivPaper]:
        with session(self._engine) as db:
            return list(db.scalars(select(ArxivPaper).where(ArxivPaper.id.in_(list(ids)))))


def _info(row: ArxivPaper) -> PaperInfo:
    return PaperInfo(
        id=row.id, title=row.title, authors=tuple(row.authors), abstract=row.abstract, licence=row.licence, latest=row.latest,
        published=row.published, updated=row.updated, withdrawn=row.withdrawn,
    )  # fmt: skip
