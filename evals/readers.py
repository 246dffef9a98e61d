"""How well PDFs are read, by signs that can be counted: pdfium with geometry (what Lector uses) beside pypdf's text.

    python -m evals.readers FOLDER

One line a paper and reader. Nothing here knows a paper: what should be there is inferred from what is numbered.

    pages/s     from the file to the document, on one core
    broken      words that still hold a line's hyphen and a space
    odd         ligatures, NULs, lone surrogates, control characters
    known       share of words that stand in two other papers of the folder
    glued       words of more than 22 letters
    left        blocks that are page numbers, stamps, or repeat on three pages
    heads       headings found, of those that their numbers promise (3.3 promises 3.1 and 3.2)
    captions    captions found, of those that their numbers promise; those found twice in brackets
    ends        share of sentences of running text that end with a full stop or the like
    rows        rows of tables; share of them whose columns are named
    notes       readers' annotations that leaked into the text
"""

import argparse
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from common.errors import LectorError, UsageError
from ingest.documents import Block, Document, Kind
from ingest.readers.layout import page_of_text, read_layout
from ingest.readers.pdf import pypdf_texts, read_pdf
from ingest.sentences import sentences

_WORD = re.compile(r"[A-Za-z]{3,}")
_NUMBER = re.compile(r"^(?:Appendix )?((?:\d{1,2}|[A-Z])(?:\.\d{1,2})*) ")
_LABEL = re.compile(r"^(table|fig(?:ure|\.)|algorithm)\s*(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Signs:
    """What was counted in one paper as one reader gives it; the module's docstring explains each."""

    pages_per_s: float
    broken: int
    odd: int
    known: float
    glued: int
    left: int
    heads: tuple[int, int]
    captions: tuple[int, int, int]
    ends: float
    rows: tuple[int, float]
    notes: int


def read_by_pypdf(path: Path) -> Document:
    """The document that Lector would make of pypdf's text alone."""
    return read_layout([page_of_text(number, text) for number, text in enumerate(pypdf_texts(path), start=1)])


def signs(document: Document, seconds: float, common: set[str], notes: Sequence[str]) -> Signs:
    """Count.

    Args:
        common: Words that are known from other papers.
        notes: What readers wrote on the pages.
    """
    blocks = document.blocks
    text = "\n".join(block.text for block in blocks)
    words = [word.lower() for block in blocks if block.kind is Kind.PROSE for word in _WORD.findall(block.text)]
    prose = [s for block in blocks if block.kind is Kind.PROSE and block.section for s in sentences(block.text) if len(s.split()) >= 5]
    rows = [block for block in blocks if block.kind is Kind.TABLE]
    return Signs(
        pages_per_s=document.pages / seconds,
        broken=len(re.findall(r"[a-z]{2,}- [a-z]{2,}", text)),
        odd=sum((unicodedata.category(c) in ("Cc", "Cs", "Co") and c != "\n") or "\ufb00" <= c <= "\ufb06" for c in text),
        known=sum(word in common for word in words) / max(len(words), 1),
        glued=len(re.findall(r"(?<![\w/.@-])[A-Za-z]{23,}(?![\w/.@-])", text)),
        left=_furniture(blocks),
        heads=_promised(_NUMBER.match(part) for path in {b.section for b in blocks} for part in path.split(" > ")),
        captions=_captions(blocks),
        ends=sum(bool(re.search(r"[.?!:][\"'”’)\]]*\d{0,2}$", s)) for s in prose) / max(len(prose), 1),
        rows=(len(rows), sum(": " in row.context.split(" | ", 1)[-1] for row in rows) / max(len(rows), 1)),
        notes=sum(_squash(note) in _squash(text) for note in notes),
    )


def _furniture(blocks: Sequence[Block]) -> int:
    pages: dict[str, set[int | None]] = {}
    for block in blocks:
        if block.kind is Kind.PROSE and len(block.text) < 120:
            pages.setdefault(re.sub(r"\d+", "#", block.text), set()).add(block.page)
    repeated = sum(len(found) for pattern, found in pages.items() if len(found) >= 3 and len(pattern) > 3)
    return repeated + sum(
        bool(re.match(r"^(?:\d{1,3}|arXiv:\d{4}\.\d{4,5}v\d+ .*)$", block.text)) for block in blocks if block.kind is Kind.PROSE
    )


def _promised(found: Iterable[re.Match[str] | None]) -> tuple[int, int]:
    """(found, promised): the highest number among sisters promises all below it."""
    numbers = {match[1] for match in found if match}
    highest: dict[str, int] = {}
    for number in numbers:
        parent, _, last = number.rpartition(".")
        highest[parent] = max(highest.get(parent, 0), int(last) if last.isdigit() else ord(last) - ord("A") + 1)
        if not parent and last.isalpha():
            highest["letters"] = max(highest.get("letters", 0), ord(last) - ord("A") + 1)
    digits = [n for n in numbers if n.isdigit()]
    top = max(map(int, digits), default=0)
    return len(numbers), top + sum(n for parent, n in highest.items() if parent)


def _captions(blocks: Sequence[Block]) -> tuple[int, int, int]:
    seen = Counter(
        (match[1].lower()[:3], int(match[2])) for block in blocks if block.kind is Kind.CAPTION and (match := _LABEL.match(block.text))
    )
    promised = sum(max(n for k, n in seen if k == kind) for kind in {k for k, _ in seen})
    return len(seen), promised, sum(n > 1 for n in seen.values())


def _notes(path: Path) -> list[str]:
    """What readers wrote on the pages: the text of annotations of five words and more."""
    from pypdf import PdfReader

    found = []
    for page in PdfReader(path).pages:
        for annotation in page.annotations or []:
            text = str(annotation.get_object().get("/Contents", ""))
            if len(text.split()) >= 5:
                found.append(text)
    return found


def _squash(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def measure(folder: Path) -> dict[str, dict[str, Signs]]:
    """Signs of every PDF of a folder, by file name and reader.

    Raises:
        UsageError: There are no PDFs.
    """
    paths = sorted(folder.glob("*.pdf"))
    if not paths:
        raise UsageError(f"no PDFs in {folder}: name a folder with papers")
    readers: dict[str, Callable[[Path], Document]] = {"pdfium": read_pdf, "pypdf": read_by_pypdf}
    read: dict[tuple[str, str], tuple[Document, float]] = {}
    for path in paths:
        for name, reader in readers.items():
            started = time.process_time()
            document = reader(path)
            read[path.name, name] = document, time.process_time() - started
    holders: Counter[str] = Counter()
    own: dict[str, set[str]] = {}
    for path in paths:
        own[path.name] = {w.lower() for name in readers for b in read[path.name, name][0].blocks for w in _WORD.findall(b.text)}
        holders.update(own[path.name])
    result: dict[str, dict[str, Signs]] = {}
    for path in paths:
        common = {word for word, n in holders.items() if n - (word in own[path.name]) >= 2}
        notes = _notes(path)
        result[path.name] = {name: signs(*read[path.name, name], common, notes) for name in readers}
    return result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Count signs of how well PDFs are read.")
    parser.add_argument("folder", type=Path)
    table = Table("paper", "reader", *Signs.__dataclass_fields__, box=None, pad_edge=False)
    for name, by_reader in measure(parser.parse_args().folder).items():
        for reader, found in by_reader.items():
            table.add_row(name.removesuffix(".pdf"), reader, *_cells(found))
    Console(width=180).print(table)


def _cells(found: Signs) -> list[str]:
    twice = f" ({found.captions[2]})" if found.captions[2] else ""
    return [
        f"{found.pages_per_s:.0f}", str(found.broken), str(found.odd), f"{found.known:.3f}", str(found.glued), str(found.left),
        f"{found.heads[0]}/{found.heads[1]}", f"{found.captions[0]}/{found.captions[1]}{twice}", f"{found.ends:.3f}",
        f"{found.rows[0]} {found.rows[1]:.2f}", str(found.notes),
    ]  # fmt: skip


if __name__ == "__main__":
    try:
        main()
    except LectorError as exc:
        raise SystemExit(f"lector: {exc.user_message}") from exc
