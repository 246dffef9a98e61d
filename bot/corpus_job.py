"""A change of the readings, or a look at a file, as a process of its own: the bot goes on answering, and a crash in it is not the bot's.

The process runs at a lower priority, tells what it does as events, and can be stopped. What it publishes is seen by
the bot's next question.
"""

import asyncio
import contextlib
import multiprocessing
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from common.errors import LectorError
from common.settings import Settings
from common.workers import apart
from ingest.changes import Outcome
from ingest.corpus import Add, Change
from ingest.documents import Document
from ingest.sync import Report

_NICE = 10
_PATIENCE_S = 60.0  # for a process that was asked to stop


@dataclass(frozen=True)
class AddRequest:
    """Add `source` as a person wrote it, or a file; see `ingest.changes.described`."""

    source: str | Path
    options: Add


@dataclass(frozen=True)
class UpdateRequest:
    """Take a paper's newest version."""

    reading: str


@dataclass(frozen=True)
class SyncRequest:
    """Make the index equal to the corpus as it is."""


@dataclass(frozen=True)
class PreviewSyllabus:
    """Say what another syllabus would change; nothing is changed."""

    file: Path


@dataclass(frozen=True)
class Preview:
    """What another syllabus would change.

    Attributes:
        changes: Lines for people, see `ingest.syllabus.difference`.
        weeks: How many entries its plan has.
        unplaced: Lines of its plan that found no place.
    """

    changes: tuple[str, ...]
    weeks: int
    unplaced: tuple[str, ...]


@dataclass(frozen=True)
class ReadDraft:
    """Read a student's draft, under the limits of the section `reading`; nothing is changed."""

    file: Path


Request = AddRequest | UpdateRequest | SyncRequest | PreviewSyllabus | ReadDraft | Change
Result = Outcome | Report | Preview | Document


@dataclass(frozen=True)
class Step:
    """How far a job is: pages indexed of those found so far (None: none are found yet)."""

    done: float
    found: int | None
    title: str


class CorpusJob:
    """One change being carried out."""

    def __init__(self, settings: Settings, request: Request, who: str) -> None:
        self.who = who
        self.request = request
        context = multiprocessing.get_context("spawn")
        self._receiver, sender = context.Pipe(duplex=False)
        self._stop = context.Event()
        self._process = context.Process(target=_run, args=(settings.model_dump(), request, who, sender, self._stop), daemon=False)
        self._sender = sender

    async def result(self) -> Result:
        """What it comes to; raises as `events`."""
        async for event in self.events():
            if not isinstance(event, Step):
                return event
        raise LectorError("the change ended without a result: try it again", code="change-lost")

    async def events(self) -> AsyncIterator[Step | Result]:
        """What happens, the result last.

        Raises:
            LectorError: Why nothing was changed.
        """
        await apart(self._process.start)
        self._sender.close()  # the process has its own end: when that closes, no event comes any more
        try:
            while True:
                try:
                    event = await asyncio.to_thread(self._receiver.recv)
                except EOFError:
                    raise LectorError("the change ended unexpectedly: `/corpus sync` finishes what was begun", code="change-cut") from None
                if isinstance(event, LectorError):
                    raise event
                yield event
                if not isinstance(event, Step):
                    return
        finally:
            self.stop()
            await apart(self._end)

    def stop(self) -> None:
        """Have it end as soon as it can, with nothing changed."""
        self._stop.set()

    def _end(self) -> None:
        self._process.join(_PATIENCE_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._receiver.close()


class _Told:
    """A `Progress` that sends what it is told."""

    def __init__(self, sender: Connection, stop: Event) -> None:
        self._sender = sender
        self._stop = stop
        self._found = 0
        self._done = 0.0

    def found(self, pages: int) -> None:
        self._found += pages
        self._send("reading")

    def indexed(self, pages: float, title: str) -> None:
        self._done += pages
        self._send(title)

    def stopped(self) -> bool:
        return self._stop.is_set()

    def _send(self, title: str) -> None:
        with contextlib.suppress(BrokenPipeError, OSError):  # nobody listens any more: the work is finished all the same
            self._sender.send(Step(self._done, self._found or None, title))


def _run(settings: dict[str, Any], request: Request, who: str, sender: Connection, stop: Event) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bot, which stops this process its own way
    os.nice(_NICE)
    progress = _Told(sender, stop)
    result: Result | LectorError
    try:
        result = _carried_out(Settings(**settings), request, who, progress)
    except LectorError as exc:
        result = exc
    with contextlib.suppress(BrokenPipeError, OSError):
        sender.send(result)
    sender.close()


def _carried_out(settings: Settings, request: Request, who: str, progress: _Told) -> Result:
    match request:
        case PreviewSyllabus():
            return _preview(settings, request.file)
        case ReadDraft():
            return _document(settings, request.file)
    from ingest.changes import newest  # imported here: what only looks at a file need not wait for these
    from rag.compose import add_reading, change_corpus, open_arxiv, open_bibliography, run_sync

    match request:
        case AddRequest():
            return add_reading(settings, request.source, request.options, who, progress)
        case UpdateRequest():
            version = newest(request.reading, open_arxiv(settings), open_bibliography(settings))
            return change_corpus(settings, Add(version), who, progress)
        case SyncRequest():
            return run_sync(settings, progress)
        case _:
            return change_corpus(settings, request, who, progress)


def _preview(settings: Settings, file: Path) -> Preview:
    from ingest.syllabus import SessionKind, Syllabus, find_syllabus, parse_syllabus, read_course
    from ingest.syllabus.difference import difference

    new = parse_syllabus(file)
    old = read_course(settings.corpus.dir) if find_syllabus(settings.corpus.dir) else Syllabus("")
    return Preview(difference(old, new), len(new.of(SessionKind.CLASS)), new.unplaced)


def _document(settings: Settings, file: Path) -> Document:
    from ingest.extraction import Extractor

    with Extractor(settings.reading, settings.storage.dir) as extractor:
        return extractor.submit(file).result()
