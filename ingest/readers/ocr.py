"""Scanned PDFs: which pages are pictures of text, and the copy with a text layer that ocrmypdf makes of them.

The programs are called as programs: ocrmypdf needs tesseract and Ghostscript, which no Python package brings.
"""

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from common.errors import SourceError
from ingest.documents import Document

if TYPE_CHECKING:
    from pypdf import PageObject

ADVICE = "install ocrmypdf and tesseract-ocr and run again, or add a copy that has been through OCR"

_FEW = 50  # letters on a page: a page number, a stamp, a running head
_SOME = 300  # letters beside a picture of text, such as the header and footer of a browser's printout
_PROGRAMS = ("ocrmypdf", "tesseract", "gs")
# Exit codes of ocrmypdf 14 to 16 (ocrmypdf.exceptions.ExitCode).
_REASONS = {
    2: "it is damaged",
    3: "a program or a language of tesseract is missing: see reading.ocr_language",
    4: "OCR made a damaged file of it",
    7: "tesseract or Ghostscript failed on it",
    8: "it is encrypted: save a copy without a password",
    10: "it could be read, but not made PDF/A",
}


def missing_programs() -> list[str]:
    """Programs that OCR needs and that are not on the PATH."""
    return [program for program in _PROGRAMS if shutil.which(program) is None]


def scanned_pages(path: Path, document: Document) -> list[int]:
    """1-based numbers of the pages that OCR would give more of than `document` has.

    These are pages with hardly a letter and a picture over half of them, all pages where no page has a letter, and, where
    most pages are like that, pages whose few words stand beside a picture and not on it.
    """
    letters: Counter[int] = Counter()
    for block in document.blocks:
        letters[block.page or 0] += _letters(block.text)
    numbers = range(1, document.pages + 1)
    if not any(letters.values()):
        return list(numbers)
    poor = [n for n in numbers if letters[n] < _SOME]
    if not poor:
        return []
    pictured = set(_pictured(path, poor))
    blank = [n for n in poor if n in pictured and letters[n] < _FEW]
    return sorted(pictured) if 2 * len(pictured) > document.pages else blank


def is_scan(document: Document) -> bool:
    """Whether what was read is next to nothing: hardly a letter on most pages."""
    letters: Counter[int] = Counter()
    for block in document.blocks:
        letters[block.page or 0] += _letters(block.text)
    return 2 * sum(letters[n] < _FEW for n in range(1, document.pages + 1)) > document.pages


def place_of_copy(cache: Path, sha256: str, language: str) -> Path:
    """Where the copy of a file of this content is kept, once it is made."""
    return cache / f"{sha256}-{language}.pdf"


def searchable_copy(path: Path, pages: str, cache: Path, work: Path, language: str, timeout_s: float) -> Path:
    """A copy of a PDF with the text of these pages, its page numbers as before; made once for the same bytes.

    Args:
        path: The PDF.
        pages: Which pages to put through OCR, such as "1,4-5".
        cache: The folder that keeps the copies.
        work: A folder on the same disk for what is half made.
        language: Tesseract's names, such as "eng+deu".
        timeout_s: Wall-clock time for the whole file.

    Raises:
        SourceError: OCR failed or took too long; the message says why.
    """
    with path.open("rb") as file:
        target = place_of_copy(cache, hashlib.file_digest(file, "sha256").hexdigest(), language)
    if target.is_file():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=work, prefix="ocr-") as folder:
        made = Path(folder) / "made.pdf"
        # Words that stand on the page stay, and only what is in pictures is read; both modes leave the pictures alone.
        command = ["ocrmypdf", "--redo-ocr", "--pages", pages, "--output-type", "pdf", "--optimize", "0"]
        command += ["--jobs", "1", "--language", language, "--quiet", "--", str(path.absolute()), str(made)]
        _run(command, path.name, Path(folder), timeout_s)
        os.replace(made, target)
    return target


def _run(command: Sequence[str], name: str, folder: Path, timeout_s: float) -> None:
    """Run ocrmypdf in a process group of its own, which ends with this process or the time, whichever is first."""
    log = folder / "log"
    environment = {**os.environ, "TMPDIR": str(folder), "OMP_THREAD_LIMIT": "1"}
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment, start_new_session=True)
    before = signal.getsignal(signal.SIGTERM)

    def end(*_: Any) -> None:
        _kill(process)
        os._exit(1)

    signal.signal(signal.SIGTERM, end)  # the pool ends a worker so; its programs must not live on
    try:
        code = process.wait(timeout_s)
    except subprocess.TimeoutExpired as exc:
        reason = f"{name}: a scan, and OCR took longer than {timeout_s:g} s (reading.ocr_timeout_s for each page)"
        raise SourceError(f"{reason}: raise the setting, or add a copy that has been through OCR") from exc
    finally:
        _kill(process)
        signal.signal(signal.SIGTERM, before)
    if code:
        said = log.read_text("utf-8", "replace").strip().splitlines()
        reason = _REASONS.get(code, f"ocrmypdf ended with {code}") + (f" ({said[-1][:200]})" if said else "")
        raise SourceError(f"{name}: a scan, and OCR failed: {reason}")


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # ended already
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _letters(text: str) -> int:
    return len(re.findall(r"\w", text))


def _pictured(path: Path, numbers: Sequence[int]) -> list[int]:
    """Those of the pages that have a picture over at least half of them, and hardly a letter on it."""
    from pypdf import PdfReader  # imported here: the parent asks only for the programs
    from pypdf.errors import PyPdfError

    try:
        pages = PdfReader(path).pages
        return [n for n in numbers if _is_pictured(pages[n - 1])]
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError, NotImplementedError):
        return []  # damaged pictures: the words that were read are all there is


def _is_pictured(page: "PageObject") -> bool:
    area = abs(float(page.mediabox.width) * float(page.mediabox.height))
    pictures: list[tuple[float, float, float, float]] = []
    words: list[tuple[float, float, int]] = []
    objects = page.get("/Resources", {}).get_object().get("/XObject", {}).get_object()

    def note_picture(operator: bytes, arguments: Any, matrix: Sequence[float], _text_matrix: Any) -> None:
        if operator != b"Do" or not arguments or objects.get(arguments[0], {}).get("/Subtype") != "/Image":
            return
        a, b, c, d, e, f = matrix
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        pictures.append((min(xs), min(ys), max(xs), max(ys)))

    def note_words(text: str, matrix: Sequence[float], text_matrix: Sequence[float], *_: Any) -> None:
        a, b, c, d, e, f = matrix
        x, y = text_matrix[4], text_matrix[5]
        words.append((a * x + c * y + e, b * x + d * y + f, _letters(text)))

    page.extract_text(visitor_operand_before=note_picture, visitor_text=note_words)
    large = [(x0, y0, x1, y1) for x0, y0, x1, y1 in pictures if 2 * (x1 - x0) * (y1 - y0) >= area > 0]
    on_it = sum(count for x, y, count in words if any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in large))
    return bool(large) and on_it < _FEW
