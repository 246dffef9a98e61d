"""A worker that hangs, bombs or dies is one file's error; the others are read."""

import os
import re
import time
from pathlib import Path

import pytest

from common.errors import SourceError
from common.settings import Extraction
from ingest.documents import Document
from ingest.extraction import Extractor
from tests.ingest import hostile

LIMITS = Extraction(workers=2, timeout_s=20, memory_mb=1024, max_mb=1, max_pages=50, max_chars=1_000_000, ocr="off")


def outcomes(extractor: Extractor, *paths: Path) -> list[Document | str]:
    futures = [extractor.submit(path) for path in paths]
    found: list[Document | str] = []
    for future in futures:
        try:
            found.append(future.result(timeout=120))
        except SourceError as exc:
            found.append(exc.user_message)
    return found


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


def test_files_are_read_each_in_its_own_future(tmp_path: Path, made: Path) -> None:
    for n in range(8):
        (made / f"{n}.md").write_text(f"Text {n}.")
    with Extractor(LIMITS, tmp_path) as extractor:
        found = outcomes(extractor, *sorted(made.iterdir()))
    assert [d.blocks[0].text for d in found if isinstance(d, Document)] == [f"Text {n}." for n in range(8)]
    assert list(tmp_path.glob(".reading-*")) == []


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("memory", "1024 MB of reading.memory_mb"),
        ("abort", "crashed its reader"),
        ("segfault", "crashed its reader"),
        ("killed", "crashed its reader"),
        ("exit", "SystemExit"),
        ("odd", "OddError: odd"),
        ("interrupt", "KeyboardInterrupt"),
        ("recursion", "nested deeper"),
        ("refused", "refused.txt: no$"),
        ("unpicklable", "damaged, cannot be read"),
        ("huge", "more text than reading.max_chars|MB of reading.memory_mb"),
    ],
)
def test_what_a_reader_does_is_one_file_s_error(tmp_path: Path, made: Path, what: str, says: str) -> None:
    names = ["a", what, "b", "c"]
    for name in names:
        (made / f"{name}.txt").write_text(f"Text {name}.")
    with Extractor(LIMITS, tmp_path, read=hostile.misbehave) as extractor:
        a, bad, b, c = outcomes(extractor, *(made / f"{name}.txt" for name in names))
    assert all(isinstance(d, Document) for d in (a, b, c))
    assert isinstance(bad, str)
    assert re.search(says, bad)
    assert bad.startswith(f"{what}.txt: ")


@pytest.mark.parametrize("what", ["sleep", "spin", "stubborn"])
def test_a_reader_that_never_ends_is_ended(tmp_path: Path, made: Path, what: str) -> None:
    for name in (what, "a", "b"):
        (made / f"{name}.txt").write_text(f"Text {name}.")
    started = time.monotonic()
    with Extractor(LIMITS.model_copy(update={"timeout_s": 1.5}), tmp_path, read=hostile.misbehave) as extractor:
        bad, a, b = outcomes(extractor, made / f"{what}.txt", made / "a.txt", made / "b.txt")
    assert "took longer than 1.5 s to read (reading.timeout_s)" in str(bad)
    assert isinstance(a, Document)
    assert isinstance(b, Document)
    assert time.monotonic() - started < 60


def test_crashes_in_plenty_end_nothing(tmp_path: Path, made: Path) -> None:
    paths = []
    for n in range(12):
        folder = made / str(n)
        folder.mkdir()
        for name in ("abort", "good"):
            (folder / f"{name}.txt").write_text("Text.")
            paths.append(folder / f"{name}.txt")
    with Extractor(LIMITS, tmp_path, read=hostile.misbehave) as extractor:
        found = outcomes(extractor, *paths)
    assert [isinstance(d, Document) for d in found] == [False, True] * 12


HOSTILE_PDFS = {
    "slow": (hostile.slow, "took longer than 3 s|more processor time|reading.memory_mb"),
    "bomb": (hostile.bomb, "reading.memory_mb|damaged|took longer|more text|scan"),
    "double-bomb": (hostile.double_bomb, "reading.memory_mb|damaged|took longer|more text|scan"),
    "pages": (lambda: hostile.many_pages(51), "51 pages, more than the 50 of reading.max_pages"),
    "bytes": (lambda: hostile.good_pdf() + b"%" * 1_000_000, "more than the 1 MB of reading.max_mb"),
    "count": (hostile.huge_count, "damaged|no pages|pages, more than|scan"),
    "recursive": (hostile.recursive_pages, "damaged|no pages|nested|pages, more than|scan"),
    "deep-pages": (hostile.deep_pages, "damaged|no pages|nested|scan"),
    "nesting": (hostile.deep_nesting, "damaged|no pages|nested|crashed|scan"),
    "form-loop": (hostile.form_loop, "damaged|nested|crashed|scan"),
    "reference-loop": (hostile.reference_loop, "damaged|nested|no pages|crashed"),
    "encrypted": (hostile.encrypted_pdf, "encrypted"),
    "empty": (lambda: b"", "the file is empty"),
    "html": (lambda: b"<html>no</html>", "not a PDF, whatever its name says"),
}


@pytest.mark.parametrize("name", HOSTILE_PDFS)
def test_a_hostile_pdf_is_refused_with_a_reason_and_in_time(tmp_path: Path, made: Path, name: str) -> None:
    make, says = HOSTILE_PDFS[name]
    bad, good = made / f"{name}.pdf", made / "good.pdf"
    bad.write_bytes(make())
    good.write_bytes(hostile.good_pdf())
    with Extractor(LIMITS.model_copy(update={"timeout_s": 3.0}), tmp_path) as extractor:
        refused, read = outcomes(extractor, bad, good)
    assert isinstance(read, Document)
    assert "27 kilograms" in read.blocks[0].text
    assert isinstance(refused, str), refused
    assert re.search(says, refused), refused


def test_text_that_unpacks_beyond_the_limit_is_refused(tmp_path: Path, made: Path) -> None:
    (made / "much.txt").write_text("a b c d e f. " * 80_000)
    (made / "lines.md").write_text("x\n\n" * 60_000)
    with Extractor(LIMITS.model_copy(update={"max_mb": 2}), tmp_path) as extractor:
        much, lines = outcomes(extractor, made / "much.txt", made / "lines.md")
    assert "more text than the 1000000 characters of reading.max_chars" in str(much)
    assert "more text than the 1000000 characters of reading.max_chars" in str(lines)


def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path: Path, made: Path) -> None:
    (made / "folder.pdf").mkdir()
    os.mkfifo(made / "pipe.md")
    (made / "lost.md").symlink_to(made / "nowhere.md")
    (made / "loop.md").symlink_to(made / "loop.md")
    (made / "device.md").symlink_to("/dev/zero")
    (made / "good.txt").write_text("Text.")
    (made / "link.txt").symlink_to(made / "good.txt")
    names = ["folder.pdf", "pipe.md", "device.md", "lost.md", "loop.md", "link.txt"]
    with Extractor(LIMITS, tmp_path) as extractor:
        *refused, link = outcomes(extractor, *(made / name for name in names))
    assert isinstance(link, Document)
    for name, reason in zip(names, refused, strict=False):
        assert str(reason).startswith(f"{name}: "), reason
    assert "a folder or device" in str(refused[0])
    assert "a folder or device" in str(refused[1])
    assert "a folder or device" in str(refused[2])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(tmp_path: Path, made: Path) -> None:
    (made / "closed.md").write_text("Text.")
    (made / "closed.md").chmod(0)
    with Extractor(LIMITS, tmp_path) as extractor:
        assert "Permission denied" in str(outcomes(extractor, made / "closed.md")[0])


def test_workers_import_neither_torch_nor_chromadb(tmp_path: Path, made: Path) -> None:
    (made / "modules.txt").write_text("Text.")
    with Extractor(LIMITS, tmp_path, read=hostile_modules) as extractor:
        (found,) = outcomes(extractor, made / "modules.txt")
    assert isinstance(found, Document)
    modules = found.blocks[0].text.split()
    assert "ingest.worker" in modules
    assert not {"torch", "chromadb", "transformers", "langchain", "pydantic"} & set(modules) - set(_loaded_with_the_tests())


def _loaded_with_the_tests() -> set[str]:
    """This test module imports the settings, and a worker imports it to find `hostile_modules`."""
    return {"pydantic"}


def hostile_modules(path: Path, limits: object) -> Document:
    import sys

    from ingest.documents import Block

    return Document((Block(" ".join(sys.modules), None, ""),), 0)
