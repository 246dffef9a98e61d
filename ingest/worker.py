"""What happens inside a worker process of `ingest.extraction`: one file is read under limits, and every outcome is an answer.

Imports parsers and nothing heavier; the settings stay outside too. Start reading at `work`.
"""

import contextlib
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from common.errors import ScanError, SourceError
from ingest.documents import Document
from ingest.processes import Border, limit
from ingest.readers.limits import Limits

Read = Callable[[Path, Limits], Document]
# "read": the document lies in the spool file; "scan": how many pages want OCR, and which ("3 1,4-5"); "refused": the reason.
Answer = tuple[Literal["read", "scan", "refused"], str]


@dataclass(frozen=True)
class Ocr:
    """What to do with a scan.

    Attributes:
        refusal: Why it is refused instead; empty where OCR can be had.
        timeout_s: Wall-clock time for them all.
        pages: Which pages to read, such as "1,4-5"; None where the file has not been looked at.
        cache, work: Folders for finished copies and for what is half made.
        language: Tesseract's names, such as "eng+deu".
    """

    refusal: str
    cache: Path
    work: Path
    language: str
    timeout_s: float
    pages: str | None = None


@dataclass(frozen=True)
class Task:
    """One file and what it may cost: megabytes of address space, seconds of processor time.

    Attributes:
        read: Reads the file: a function of a module, found there by its name.
        spool: Where the document is written to; a pipe that a dying worker has half filled would stop the whole pool.
    """

    read: Read
    path: Path
    limits: Limits
    memory_mb: int
    cpu_s: float
    spool: Path
    ocr: Ocr


def work(task: Task) -> Answer:
    """Read a file into the task's spool file; called in a process that ends after it."""
    border = Border(task.path.name, task.memory_mb)
    answer: Answer = ("refused", f"{task.path.name}: its reader gave no answer")
    with border:
        limit(task.memory_mb, task.cpu_s)
        answer = _read(task)
    return ("refused", border.refusal) if border.refusal else answer


def _read(task: Task) -> Answer:
    if task.ocr.pages is not None:
        document = _read_scan(task, task.ocr.pages)
    else:
        try:
            document = task.read(task.path, task.limits)
        except ScanError as exc:
            if task.ocr.refusal:
                raise SourceError(f"{task.path.name}: {task.ocr.refusal}") from exc
            return "scan", f"{exc.pages} 1-{exc.pages}"
        scanned = _scanned_pages(task, document)
        if scanned:
            return "scan", f"{len(scanned)} {','.join(map(str, scanned))}"
    data = pickle.dumps(document)
    task.spool.write_bytes(data)
    return "read", str(document.pages)


def _scanned_pages(task: Task, document: Document) -> list[int]:
    """The pages that OCR should read; none where it is not to be had."""
    if task.path.suffix.lower() != ".pdf":
        return []
    from ingest.readers import ocr

    pages = ocr.scanned_pages(task.path, document)
    if pages and task.ocr.refusal and ocr.is_scan(document):
        raise SourceError(f"{task.path.name}: {task.ocr.refusal}")
    return [] if task.ocr.refusal else pages


def _read_scan(task: Task, pages: str) -> Document:
    """Through OCR; where that fails, the words that stand on the pages as such, if there are enough of them."""
    from ingest.readers import ocr

    name = task.path.name
    try:
        copy = ocr.searchable_copy(task.path, pages, task.ocr.cache, task.ocr.work, task.ocr.language, task.ocr.timeout_s)
    except SourceError:
        with contextlib.suppress(ScanError):
            document = task.read(task.path, task.limits)
            if not ocr.is_scan(document):
                return document
        raise
    try:
        return task.read(copy, task.limits)
    except ScanError as exc:
        raise SourceError(f"{name}: there is no text in it, and OCR found none either: get a better copy") from exc
    except SourceError as exc:
        raise SourceError(exc.user_message.replace(copy.name, name)) from exc
