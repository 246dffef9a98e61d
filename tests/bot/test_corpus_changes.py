"""`lector corpus add | remove | history | rollback` as a person runs them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Lector = Callable[..., Ran]


@pytest.fixture
def zoo(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lector: Lector) -> Lector:
    monkeypatch.setenv("LECTOR_CORPUS__DIR", str(corpus))
    return lambda *arguments: lector("--data-dir", tmp_path / "data", *arguments)


def test_a_file_is_added_found_removed_and_had_back(zoo: Lector, tmp_path: Path, corpus: Path) -> None:
    assert zoo("ingest").code == 0
    gnus = tmp_path / "gnus.md"
    gnus.write_text("# Gnus\n\nA gnu runs 80 kilometres an hour.\n")
    added = json.loads(zoo("corpus", "add", gnus, "--week", "3", "--required", "--title", "On gnus", "--json").out)
    assert (added["added"], added["weeks"], added["failed"]) == (["on-gnus"], [3], [])
    assert added["edit"]["what"] == "on-gnus: On gnus, week 3, required"
    found = json.loads(zoo("search", "How fast is a gnu?", "--json").out)["passages"]
    assert found[0]["reading"] == "on-gnus"
    assert json.loads(zoo("corpus", "remove", "on-gnus", "--json").out)["removed"] == ["on-gnus"]
    back = json.loads(zoo("corpus", "rollback", "2", "--json").out)
    assert (back["added"], back["restored"], back["chunks"]) == (["on-gnus"], ["on-gnus"], 0)
    edits = json.loads(zoo("corpus", "history", "--json").out)["edits"]
    assert [edit["action"] for edit in edits] == ["start", "add", "remove", "rollback"]
    assert "On gnus" in zoo("corpus", "history").out


def test_what_cannot_be_added_says_why_and_changes_nothing(zoo: Lector, tmp_path: Path, corpus: Path) -> None:
    zoo("ingest")
    before = (corpus / "readings.yaml").read_bytes()
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.5 broken")
    copy = tmp_path / "the same bees.md"
    copy.write_bytes((corpus / "papers" / "bees.md").read_bytes())
    for source, code, says in (
        (broken, 1, "damaged"),
        (copy, 1, "says what bees says"),
        (tmp_path / "nowhere.pdf", 1, "no such file"),
        ("https://example.org/paper.pdf", 1, "only arXiv and files"),
        ("2401.00001", 1, "2401.00001 was not added"),
    ):
        ran = zoo("corpus", "add", source)
        assert (ran.code, says in ran.err) == (code, True), ran.err
        assert len(ran.err.strip().splitlines()) == 1
    assert (corpus / "readings.yaml").read_bytes() == before
    assert sorted(path.name for path in (corpus / "papers").iterdir() if path.suffix == ".md") == ["bees.md", "owls.md"]
    assert "(not done: " in zoo("corpus", "history").out


def test_another_syllabus_is_shown_and_set(zoo: Lector, tmp_path: Path, corpus: Path) -> None:
    zoo("ingest")
    page = tmp_path / "plan.html"
    rows = ("<tr><td>1</td><td>Jan 26</td><td>Wasps</td></tr>", "<tr><td>2</td><td>Feb 2</td><td>Owls</td></tr>")
    head = "<tr><th>Week</th><th>Date</th><th>Topic</th></tr>"
    page.write_text(f"<h1>Zoo</h1><p>Spring 2024</p><table>{head}{''.join(rows)}</table>")
    ran = zoo("syllabus", "set", "--yes", page)
    assert "Bees → Wasps" in ran.err
    assert not (corpus / "syllabus.md").exists()
    assert "Wasps" in zoo("syllabus", "show", "--week", "1").out
