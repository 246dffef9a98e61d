"""Carries a change of the readings out: the files, then the index; or neither.

What a person asks for (`add 1706.03762 --week 1`) becomes a `Change` here, with what arXiv knows of the paper.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from common.errors import LectorError, SourceError, StoreError
from ingest.arxiv.bibliography import Bibliography
from ingest.arxiv.client import ArxivClient
from ingest.arxiv.metadata import PaperInfo
from ingest.arxiv_ids import ArxivId
from ingest.corpus import Add, Change, Corpus
from ingest.documents import Document
from ingest.edits import Edit
from ingest.manifest import arxiv_id_of
from ingest.sources import parse_source
from ingest.sync import Report


@dataclass(frozen=True)
class Outcome:
    """A change that was made.

    Attributes:
        report: Of the sync that followed it.
        notes: What a person should know besides, such as that a title is missing.
    """

    edit: Edit
    report: Report
    notes: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The object of `lector corpus add --json`: as `ingest`, and the edit."""
        return self.report.as_json() | {"edit": self.edit.as_json(), "notes": list(self.notes)}


def described(
    source: str | Path, options: Add, client: ArxivClient | None, bibliography: Bibliography, read: Callable[[Path], Document]
) -> tuple[Add, tuple[str, ...]]:
    """What to add, and notes.

    Args:
        source: An arXiv id or link, or a file; a `Path` is a file in any case.
        options: What else was asked for; its source is replaced.
        client: None: arXiv is not to be asked.
        read: Reads a PDF, for the id that arXiv has stamped on it.

    Raises:
        SourceError: It is neither, or arXiv knows no such paper.
    """
    found = source if isinstance(source, Path) else parse_source(source)
    if isinstance(found, Path):
        unnamed = found.suffix.lower() == ".pdf" and arxiv_id_of(found) is None and found.is_file()
        return replace(options, source=found, stamp=read(found).stamp if unnamed else None), ()
    notes: list[str] = []
    if bibliography.info(found.id) is None and client is not None:
        known = _asked(found.id, client, notes)
        if known is not None and found.id not in known:
            raise SourceError(f"arXiv knows no paper {found.id}: check the id")
        if known is not None:
            bibliography.remember(known.values(), datetime.now(UTC))
    info = bibliography.info(found.id)
    if info is None:
        return replace(options, source=found), tuple(notes)
    if info.withdrawn:
        notes.append(f"arXiv says that {found.id} was withdrawn")
    named = replace(options, source=found, known_title=info.title, authors=info.authors, licence=info.licence)
    return named, tuple(notes)


def _asked(id: str, client: ArxivClient, notes: list[str]) -> dict[str, PaperInfo] | None:
    """What arXiv says; without the licence, which another server of it knows, where that is out of reach; None and a note: nothing."""
    try:
        return client.metadata([id])
    except SourceError as exc:
        reason = exc.user_message
    try:
        known = client.metadata([id], licences=False)
    except SourceError:
        notes.append(f"title, authors and licence are not known yet: {reason}")
        return None
    notes.append(f"the licence is not known yet: {reason}")
    return known


def newest(reading: str, client: ArxivClient, bibliography: Bibliography) -> ArxivId:
    """The newest version of a paper, as arXiv says now.

    Raises:
        SourceError: arXiv cannot be asked, or knows no such paper.
    """
    known = client.metadata([reading])
    bibliography.remember(known.values(), datetime.now(UTC))
    if reading not in known:
        raise SourceError(f"arXiv knows no paper {reading}: check the id")
    return ArxivId(reading, known[reading].latest)


def carry_out(change: Change, who: str, corpus: Corpus, data: Path, sync: Callable[[], Report], notes: tuple[str, ...] = ()) -> Outcome:
    """Change the files and make the index follow; if what is added cannot be had, read, or is there already: neither.

    Raises:
        LectorError: Why it was not done; then the readings are as they were.
        StoppedError: Somebody stopped it; the same.
    """
    with corpus.editing(data):
        edit = corpus.apply(change, who)
        try:
            report = sync()
            if isinstance(change, Add):
                _check_added(corpus.id_of(change), report)
        except (LectorError, KeyboardInterrupt) as exc:
            with suppress(StoreError):  # a full disk: what went wrong first is what people are told
                corpus.annul(edit, exc.user_message if isinstance(exc, LectorError) else "interrupted")
            raise
        corpus.log.set_weeks(edit, report.weeks)
    return Outcome(replace(edit, weeks=tuple(sorted({*edit.weeks, *report.weeks}))), report, notes)


def _check_added(reading: str, report: Report) -> None:
    for failed in report.failed:
        if failed["source"] == reading:
            raise SourceError(f"{reading} was not added: {failed['reason']}")
    for twin in report.duplicates:
        if twin["source"] == reading:
            raise SourceError(f"{reading} was not added: it says what {twin['same_as']} says, which is among the readings already")
