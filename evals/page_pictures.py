"""How often a cited passage is found and marked on the picture of its page, and what a picture costs.

    python -m evals.page_pictures FOLDER [--each N] [--draw N] [--seed N] [--save DIR]

Sentences are drawn at random from each PDF of a folder, as Lector indexes and cites them (`Sentence.quote`), by kind.

    exact       every letter and digit stands on the page in this order, with nothing between
    fuzzy       at least 0.6 of them do, in this order
    twice       exact ones whose letters stand on the page more than once: the first place is marked
    covered     share of the quote's words that stand under its marks, by pdfium's own text at these places; mean
    beside      share of the words under the marks that are not the quote's; mean
    ms, kB      of a picture, drawn in a worker process: median (largest)
"""

import argparse
import asyncio
import hashlib
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from common.errors import LectorError, UsageError
from common.settings import Chunking, Extraction, Pages
from ingest.chunking import chunk
from ingest.documents import Sentence
from ingest.pictures.alignment import Found, letters
from ingest.pictures.drawing import find_marks
from ingest.pictures.renderer import CitedPage, PageRenderer
from ingest.readers.layout.page import Box
from ingest.readers.pdf import read_pdf


@dataclass(frozen=True)
class Quoted:
    """One quote and what came of it."""

    path: Path
    sentence: Sentence
    found: Found
    twice: bool
    covered: float
    beside: float


@dataclass(frozen=True)
class Drawn:
    """What a picture cost."""

    seconds: float
    size: int


def sampled(path: Path, each: int, chance: random.Random) -> list[Sentence]:
    """At most `each` sentences of a PDF, from as many pages as can be."""
    sentences, _ = chunk(path.stem, read_pdf(path).blocks, Chunking())
    by_page: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        if sentence.page is not None and len(letters(sentence.quote)) >= 3:
            by_page.setdefault(sentence.page, []).append(sentence)
    pages = chance.sample(sorted(by_page), len(by_page))
    picked: list[Sentence] = []
    while len(picked) < each and any(by_page.values()):
        for page in pages:
            if by_page[page] and len(picked) < each:
                picked.append(by_page[page].pop(chance.randrange(len(by_page[page]))))
    return picked


def examined(path: Path, sentences: Sequence[Sentence]) -> Iterator[Quoted]:
    """Each sentence's quote looked for on its pages."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for sentence in sentences:
        assert sentence.pages is not None
        first, last = sentence.pages
        found, marks = find_marks(document, range(first, last + 1), sentence.quote)
        wanted = _words(sentence.quote)
        under = Counter(word for number, boxes in marks.items() for word in _words(_text_under(document[number - 1], boxes)))
        common = (under & wanted).total()
        text = "".join(letters(document[n - 1].get_textpage().get_text_range()) for n in range(first, last + 1))
        yield Quoted(
            path,
            sentence,
            found,
            found is Found.EXACT and text.count(letters(sentence.quote)) > 1,
            common / max(wanted.total(), 1),
            1 - common / max(under.total(), 1),
        )
    document.close()


def _words(text: str) -> Counter[str]:
    """Words of letters alone; what a line's end broke is one in the quote and two on the page, so pieces of four letters count."""
    run = letters(text)
    return Counter(run[n : n + 4] for n in range(0, len(run) - 3, 1)) or Counter([run])


def _text_under(page: Any, boxes: Sequence[Box]) -> str:
    left, _, _, top = page.get_cropbox()
    text = page.get_textpage()
    return " ".join(text.get_text_bounded(left + b.x0, top - b.y1 + 0.3 * _h(b), left + b.x1, top - b.y0 - 0.3 * _h(b)) for b in boxes)


def _h(box: Box) -> float:
    return box.y1 - box.y0


async def draw_all(quoted: Sequence[Quoted], save: Path | None) -> list[Drawn]:
    """A picture of each, one after another; kept in `save` under a name that says what it is."""
    drawn: list[Drawn] = []
    with tempfile.TemporaryDirectory() as folder:
        renderer = PageRenderer(Pages(), Extraction(), Path(folder))
        try:
            for n, each in enumerate(quoted):
                assert each.sentence.pages is not None
                sha256 = hashlib.sha256(each.path.read_bytes()).hexdigest()
                cited = CitedPage(each.path, sha256, each.path.name, each.sentence.pages, each.sentence.quote)
                started = time.perf_counter()
                picture = await renderer.picture(cited)
                drawn.append(Drawn(time.perf_counter() - started, len(picture.png)))
                if save is not None:
                    name = f"{n:03}-{each.path.stem}-p{picture.header.page}-{each.sentence.kind}-{each.found}"
                    (save / f"{name}.png").write_bytes(picture.png)
                    (save / f"{name}.txt").write_text(each.sentence.quote, "utf-8")
        finally:
            await renderer.close()
    return drawn


def measure(folder: Path, each: int, seed: int) -> list[Quoted]:
    """Quotes of every PDF of a folder.

    Raises:
        UsageError: There are no PDFs.
    """
    paths = sorted(folder.glob("*.pdf"))
    if not paths:
        raise UsageError(f"no PDFs in {folder}: name a folder with papers")
    return [quoted for path in paths for quoted in examined(path, sampled(path, each, random.Random(f"{seed} {path.name}")))]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Mark quotes on pictures of their pages.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=20, help="sentences of each PDF")
    parser.add_argument("--draw", type=int, default=60, help="pictures drawn, of sentences at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", type=Path, help="keep the pictures here, to be looked at")
    options = parser.parse_args()
    if options.save is not None:
        options.save.mkdir(parents=True, exist_ok=True)
    quoted = measure(options.folder, options.each, options.seed)
    pictured = random.Random(options.seed).sample(quoted, min(options.draw, len(quoted)))
    drawn = dict(zip(map(id, pictured), asyncio.run(draw_all(pictured, options.save)), strict=True))
    table = Table("kind", "quotes", "exact", "fuzzy", "not", "twice", "covered", "beside", "ms", "kB", box=None, pad_edge=False)
    kinds = Counter(str(q.sentence.kind) for q in quoted)
    for kind in (*(kind for kind, _ in kinds.most_common()), "all"):
        chosen = [q for q in quoted if kind in (q.sentence.kind, "all")]
        table.add_row(kind, *_cells(chosen, [drawn[id(q)] for q in chosen if id(q) in drawn]))
    console = Console(width=160)
    console.print(table)
    for q in quoted:
        if q.found is not Found.EXACT or q.covered < 0.8 or q.beside > 0.3:
            place = f"{q.path.name} p. {q.sentence.page_shown} {q.sentence.kind} {q.found} {q.covered:.2f} {q.beside:.2f}"
            console.print(f"{place}: {q.sentence.quote[:90]!r}", markup=False, highlight=False, soft_wrap=True)


def _cells(quoted: Sequence[Quoted], drawn: Sequence[Drawn]) -> list[str]:
    marked = [q for q in quoted if q.found is not Found.NOT]
    ms, sizes = [1000 * d.seconds for d in drawn], [d.size / 1000 for d in drawn]
    return [
        str(len(quoted)),
        *(str(sum(q.found is found for q in quoted)) for found in Found),
        str(sum(q.twice for q in quoted)),
        f"{statistics.fmean(q.covered for q in marked):.3f}" if marked else "",
        f"{statistics.fmean(q.beside for q in marked):.3f}" if marked else "",
        f"{statistics.median(ms):.0f} ({max(ms):.0f})" if drawn else "",
        f"{statistics.median(sizes):.0f} ({max(sizes):.0f})" if drawn else "",
    ]


if __name__ == "__main__":
    try:
        main()
    except LectorError as exc:
        raise SystemExit(f"lector: {exc.user_message}") from exc
