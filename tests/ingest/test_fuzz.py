"""No file takes the process down: whatever the bytes are, a document or a `SourceError`, in time.

A few seconds in `make test`, always with the same files; `make fuzz` goes on with new ones for FUZZ_MINUTES.
"""

import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from common.errors import SourceError
from common.settings import Chunking, Extraction
from ingest.chunking import chunk
from ingest.documents import Document
from ingest.extraction import Extractor
from tests.conftest import ROOT, SHARED
from tests.ingest import hostile
from tests.ingest.mutants import Base, mutants, pdf_bases, text_bases

MINUTES = float(os.environ.get("FUZZ_MINUTES", "0"))
LIMITS = Extraction(timeout_s=10, memory_mb=1024, max_mb=10, max_pages=500, max_chars=2_000_000, ocr="off")
BATCH = 6  # read side by side

_COSTLY = ("crashed", "took longer", "processor time", "memory_mb")
_KINDS = (*_COSTLY, "max_", "encrypted", "damaged", "nested", "no text", "no pages")

pytestmark = pytest.mark.timeout(MINUTES * 60 * 2 + 300)


class Reader:
    """Writes bytes to files, has them read and holds what comes of it against what was promised."""

    def __init__(self, extractor: Extractor, folder: Path) -> None:
        self._extractor = extractor
        self._folder = folder
        self._count = 0
        self.outcomes: Counter[str] = Counter()
        self.slowest = 0.0

    def check(self, batch: Sequence[tuple[Base, bytes]]) -> None:
        paths = []
        for base, data in batch:
            self._count += 1
            paths.append(self._folder / f"{self._count}{base.suffix}")
            paths[-1].write_bytes(data)
        started = time.monotonic()
        for path, future in zip(paths, [self._extractor.submit(path) for path in paths], strict=True):
            try:
                document = future.result(timeout=300)
            except SourceError as exc:
                if self._check_reason(path, exc) in _COSTLY:
                    self._keep(path)
            else:
                self._check_document(document)
            path.unlink()
        self.slowest = max(self.slowest, time.monotonic() - started)

    def _keep(self, path: Path) -> None:
        """Files that the limits had to stop, for a look by hand; once more, as a busy machine makes any file slow."""
        kept = Path(shutil.copy(path, self._folder / f"kept-{path.name}"))
        error = self._extractor.submit(kept).exception(timeout=300)
        print(f"kept {kept}: then {error or 'read'}")

    def _check_reason(self, path: Path, error: SourceError) -> str:
        reason = error.user_message
        assert reason.startswith(f"{path.name}: "), reason
        assert len(reason) < 1200, reason
        reason.encode("utf-8")
        kind = next((kind for kind in _KINDS if kind in reason), "refused")
        self.outcomes[kind] += 1
        return kind

    def _check_document(self, document: Document) -> None:
        for block in document.blocks:
            for text in (block.text, block.section):
                text.encode("utf-8")  # no lone surrogate
                assert "\x00" not in text
            assert block.page is None if document.pages == 0 else 1 <= (block.page or 0) <= document.pages
        sentences, passages = chunk("fuzz", document.blocks, Chunking())  # what the parent process does with it
        assert all(sentence.text for sentence in sentences)
        assert sum(len(p.text) for p in passages) <= 8 * LIMITS.max_chars
        self.outcomes["read"] += 1


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("fuzz")
    with Extractor(LIMITS, folder / "data") as extractor:
        made = Reader(extractor, folder)
        yield made
        made.outcomes.clear()
        made.check([(Base(".pdf", b""), hostile.good_pdf())])  # after all that, a sound file is read
        assert made.outcomes == Counter(read=1)


def run(reader: Reader, bases: Sequence[Base], name: str, capsys: pytest.CaptureFixture[str]) -> None:
    batches = st.lists(mutants(bases), min_size=BATCH, max_size=BATCH)
    reader.outcomes.clear()
    until = time.monotonic() + MINUTES * 60 / 2  # there are two tests

    def explore(examples: int, derandomize: bool) -> None:
        quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
        phases = (Phase.generate, Phase.shrink)

        @settings(max_examples=examples, deadline=None, derandomize=derandomize, database=None, suppress_health_check=quiet, phases=phases)
        @given(batches)
        def one_batch(batch: list[tuple[Base, bytes]]) -> None:
            reader.check(batch)

        one_batch()

    explore(8, derandomize=True)
    while time.monotonic() < until:
        explore(40, derandomize=False)
    if MINUTES:
        with capsys.disabled():
            found = ", ".join(f"{kind} {count}" for kind, count in reader.outcomes.most_common())
            print(f"\n{name}: {reader.outcomes.total()} files; {found}; slowest batch of {BATCH} {reader.slowest:.1f} s")


def test_damaged_pdfs(reader: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    """Runs on PDFs made here, and on real ones too where they are."""
    papers = sorted((SHARED / "papers").glob("*.pdf"))
    run(reader, pdf_bases(papers if MINUTES else papers[:3]), "PDF", capsys)


def test_damaged_pages_and_texts(reader: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    run(reader, text_bases(ROOT / "corpus"), "HTML, Markdown, text", capsys)
