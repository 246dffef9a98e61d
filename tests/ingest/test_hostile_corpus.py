"""A corpus with hostile files in it: from the command line to what can be searched."""

import json
import os
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from ingest.extraction import Extractor
from tests.conftest import Ran
from tests.ingest import hostile

HOSTILE: dict[str, tuple[bytes, str]] = {
    "slow.pdf": (hostile.slow(), "took longer than 3 s|processor time|memory_mb"),
    "bomb.pdf": (hostile.bomb(300), "no text in it|memory_mb|took longer|damaged"),
    "pages.pdf": (hostile.many_pages(51), "more than the 50 of reading.max_pages"),
    "large.pdf": (hostile.good_pdf() + b"%" * 1_100_000, "more than the 1 MB of reading.max_mb"),
    "empty.pdf": (b"", "the file is empty"),
    "blank.md": (b"\n\n", "there is no text in it"),
    "cut.pdf": (hostile.good_pdf()[:300], "damaged|no text in it"),
    "page-by-name.pdf": (b"<html>no</html>", "not a PDF"),
    "office.txt": (b"PK\x03\x04 and so on", "a ZIP archive or an Office document"),
    "latin.md": (b"caf\xe9", "not UTF-8 text"),
    "recursive.pdf": (hostile.recursive_pages(), "damaged|no text in it|nested|no pages"),
    # These only stand in for what a parser may do: the reader is told to do it by the name.
    "spin.txt": (b"x", "took longer than 3 s"),
    "memory.txt": (b"x", "1024 MB of reading.memory_mb"),
    "abort.txt": (b"x", "crashed its reader"),
    "segfault.txt": (b"x", "crashed its reader"),
    "odd.txt": (b"x", "damaged, cannot be read"),
}


def test_good_files_are_indexed_and_hostile_ones_listed(
    corpus: Path, tmp_path: Path, lector: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = corpus / "papers"
    for name, (data, _) in HOSTILE.items():
        (papers / name).write_bytes(data)
    (papers / "folder.pdf").mkdir()
    (papers / "lost.md").symlink_to(papers / "nowhere.md")
    os.mkfifo(papers / "pipe.txt")
    if sys.platform == "linux":  # elsewhere the file system refuses such a name
        (papers / os.fsdecode(b"caf\xe9.md")).write_text("A name that is no UTF-8.")
    (papers / "good.pdf").write_bytes(hostile.good_pdf())
    (papers / "ants.html").write_text("<main><h1>Ants</h1><h2>Work</h2><p>An ant carries 50 times its weight.</p></main>")
    (papers / "bats.txt").write_text("Bats\n====\n\nA bat hears its own\necho.\n")
    monkeypatch.setattr("ingest.sync.Extractor", partial(Extractor, read=hostile.misbehave_or_read))
    for key, value in {"TIMEOUT_S": "3", "MEMORY_MB": "1024", "MAX_MB": "1", "MAX_PAGES": "50", "OCR": "off"}.items():
        monkeypatch.setenv(f"LECTOR_READING__{key}", value)
    monkeypatch.setenv("LECTOR_CORPUS__DIR", str(corpus))
    data = tmp_path / "data"

    ran = lector("--data-dir", data, "ingest", "--json")
    assert ran.code == 1, ran.err
    report = json.loads(ran.out)
    good = ["ants", "bats", "bees", "good", "owls", "syllabus"]
    assert sorted(report["added"]) == good
    reasons = {failed["source"]: failed["reason"] for failed in report["failed"]}
    assert set(reasons) == {Path(name).stem for name in HOSTILE} | {"folder", "lost", "pipe"} | (
        {"caf"} if sys.platform == "linux" else set()
    )
    for name, (_, says) in HOSTILE.items():
        assert re.search(says, reasons[Path(name).stem]), (name, reasons[Path(name).stem])
        assert "\n" not in reasons[Path(name).stem]
    for question, reading in (("How much does an ant carry?", "ants"), ("What does a bat hear?", "bats"), ("How much honey?", "good")):
        found = json.loads(lector("--data-dir", data, "search", question, "--json").out)["passages"]
        assert reading in {passage["reading"] for passage in found[:2]}
    assert list(data.glob(".reading-*")) == []

    # Once more: nothing of the good is read again, nothing of the bad has become good.
    again = json.loads(lector("--data-dir", data, "ingest", "--json").out)
    assert sorted(again["unchanged"]) == good
    assert again["added"] == again["updated"] == again["removed"] == []
    assert {failed["source"] for failed in again["failed"]} == set(reasons)
