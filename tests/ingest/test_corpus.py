"""Changes of the readings: made, logged, taken back; comments and everything else in the manifest stay."""

from pathlib import Path

import pytest
import yaml

from common.database import open_database
from common.errors import SourceError, StoreError, UsageError
from common.settings import Storage
from ingest.arxiv_ids import ArxivId
from ingest.corpus import Add, Corpus, Remove, RollBack, SetSyllabus
from ingest.edits import EditLog
from ingest.manifest import load_items


@pytest.fixture
def zoo(corpus: Path, tmp_path: Path) -> Corpus:
    (corpus / "readings.yaml").write_text(
        '# What the zoo reads.\n\nreadings:\n  # the first week\n  - id: "2401.00001"\n    title: Heads   # a good one\n    week: 1\n',
        "utf-8",
    )
    return Corpus(corpus, EditLog(open_database(Storage(dir=tmp_path / "data")), "zoo", tmp_path / "data"))


def change(zoo: Corpus, wanted: Add | Remove | SetSyllabus | RollBack, tmp_path: Path) -> None:
    with zoo.editing(tmp_path / "data"):
        zoo.apply(wanted, "ann")


def state(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_paper_is_added_and_the_rest_of_the_manifest_stays(zoo: Corpus, corpus: Path, tmp_path: Path) -> None:
    change(zoo, Add(ArxivId("2401.00002", "v3"), title="Tails: a study", week=2, required=True), tmp_path)
    text = (corpus / "readings.yaml").read_text()
    assert text.startswith("# What the zoo reads.\n\nreadings:\n  # the first week\n")
    assert "# a good one" in text
    assert yaml.safe_load(text)["readings"][1] == {
        "id": "2401.00002",
        "title": "Tails: a study",
        "week": 2,
        "required": True,
        "version": "v3",
    }
    start, edit = zoo.log.edits()
    assert (start.action, start.who) == ("start", "unknown")
    assert (edit.number, edit.who, edit.action, edit.what) == (2, "ann", "add", "2401.00002v3: Tails: a study, week 2, required")


def test_an_id_stays_text(zoo: Corpus, corpus: Path, tmp_path: Path) -> None:
    change(zoo, Add(ArxivId("2401.10000")), tmp_path)
    assert yaml.safe_load((corpus / "readings.yaml").read_text())["readings"][1]["id"] == "2401.10000"


def test_a_file_is_added_under_a_name_of_ours(zoo: Corpus, corpus: Path, tmp_path: Path) -> None:
    given = tmp_path / "Gnus & co, final (2).md"
    given.write_text("# Gnus\n\nA gnu runs 80 kilometres an hour.\n")
    change(zoo, Add(given, week=3), tmp_path)
    item = next(i for i in load_items(corpus) if i.week == 3)
    assert (item.id, item.title, item.file) == ("gnus-co-final-2", "Gnus & co, final (2)", corpus / "papers" / "gnus-co-final-2.md")
    with pytest.raises(UsageError, match="already"):
        change(zoo, Add(given), tmp_path)
    given.write_text("# Gnus\n\nA gnu runs 90 kilometres an hour.\n")
    change(zoo, Add(given, replace=True), tmp_path)
    assert b"90" in (corpus / "papers" / "gnus-co-final-2.md").read_bytes()
    assert [i.week for i in load_items(corpus) if i.id == item.id] == [3]


def test_removed_and_rolled_back_is_as_it_was(zoo: Corpus, corpus: Path, tmp_path: Path) -> None:
    (corpus / "papers" / "2401.00001.pdf").write_bytes(b"%PDF-1.5 heads")
    before = state(corpus)
    change(zoo, Remove("2401.00001"), tmp_path)
    assert [i.id for i in load_items(corpus)] == ["syllabus", "bees", "owls"]
    change(zoo, Remove("bees"), tmp_path)
    change(zoo, Add(ArxivId("2401.00002")), tmp_path)
    change(zoo, RollBack(1), tmp_path)
    assert state(corpus) == before
    change(zoo, RollBack(3), tmp_path)
    assert [i.id for i in load_items(corpus)] == ["syllabus", "owls"]
    assert [e.action for e in zoo.log.edits()] == ["start", "remove", "remove", "add", "rollback", "rollback"]


def test_another_version_is_taken_only_when_named(zoo: Corpus, corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="already"):
        change(zoo, Add(ArxivId("2401.00001")), tmp_path)
    change(zoo, Add(ArxivId("2401.00001", "v2")), tmp_path)
    item = next(i for i in load_items(corpus) if i.id == "2401.00001")
    assert (item.version, item.title, item.week) == ("v2", "Heads", 1)
    assert zoo.log.edits()[-1].action == "update"


def test_the_syllabus_is_replaced_whatever_its_kind(zoo: Corpus, corpus: Path, tmp_path: Path) -> None:
    before = state(corpus)
    page = tmp_path / "course.html"
    page.write_text("<h1>Zoo</h1>")
    change(zoo, SetSyllabus(page), tmp_path)
    assert not (corpus / "syllabus.md").exists()
    assert (corpus / "syllabus.html").read_text() == "<h1>Zoo</h1>"
    change(zoo, RollBack(1), tmp_path)
    assert state(corpus) == before


def test_what_was_changed_by_hand_is_noted_and_can_be_had_back(zoo: Corpus, corpus: Path, tmp_path: Path) -> None:
    change(zoo, Add(ArxivId("2401.00002")), tmp_path)
    by_hand = (corpus / "readings.yaml").read_text().replace("Heads", "Hands")
    (corpus / "readings.yaml").write_text(by_hand)
    change(zoo, Remove("2401.00001"), tmp_path)
    assert [e.action for e in zoo.log.edits()] == ["start", "add", "hand", "remove"]
    change(zoo, RollBack(3), tmp_path)
    assert (corpus / "readings.yaml").read_text() == by_hand


def test_what_came_to_nothing_is_taken_back_and_said(zoo: Corpus, corpus: Path, tmp_path: Path) -> None:
    before = state(corpus)
    with zoo.editing(tmp_path / "data"):
        edit = zoo.apply(Add(ArxivId("2401.99999")), "ann")
        zoo.annul(edit, "there is no such paper")
    assert state(corpus) == before
    assert zoo.log.edits()[-1].what == "2401.99999 (not done: there is no such paper)"


@pytest.mark.parametrize(
    ("wanted", "error", "says"),
    [
        (Remove("nothing"), UsageError, "corpus list"),
        (Remove("syllabus"), UsageError, "replaced, not removed"),
        (RollBack(7), UsageError, "no edit 7"),
        (RollBack(1), UsageError, "nothing to do"),
        (Add(Path("nowhere.pdf")), SourceError, "no such file"),
        (Add(Path("virus.exe")), SourceError, "not taken here"),
        (SetSyllabus(Path("plan.docx")), SourceError, "use .md"),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    zoo: Corpus, corpus: Path, tmp_path: Path, wanted: Add | Remove, error: type[Exception], says: str
) -> None:
    before = state(corpus)
    with pytest.raises(error, match=says):
        change(zoo, wanted, tmp_path)
    assert state(corpus) == before
    assert [e.action for e in zoo.log.edits()] == ["start"]


def test_two_changes_at_once_the_second_says_so(zoo: Corpus, tmp_path: Path) -> None:
    with zoo.editing(tmp_path / "data"), pytest.raises(StoreError, match="another change"), zoo.editing(tmp_path / "data"):
        pass


def test_a_title_that_arxiv_knows_replaces_none_that_was_given(zoo: Corpus, corpus: Path, tmp_path: Path) -> None:
    change(zoo, Add(ArxivId("2401.00001", "v2"), known_title="Attention to Heads"), tmp_path)
    change(zoo, Add(ArxivId("2401.00002"), known_title="Tails"), tmp_path)
    titles = {entry["id"]: entry["title"] for entry in yaml.safe_load((corpus / "readings.yaml").read_text())["readings"]}
    assert titles == {"2401.00001": "Heads", "2401.00002": "Tails"}


def test_a_file_goes_by_the_id_that_was_read_off_it(zoo: Corpus, corpus: Path, tmp_path: Path) -> None:
    owls = corpus / "papers" / "owls.md"
    stamped = Corpus(corpus, zoo.log, {"2401.00009": owls})
    change(stamped, Remove("2401.00009"), tmp_path)
    assert not owls.exists()
