"""The index equals the corpus, whatever happened before: real Chroma, SQLite and MiniLM."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from common.errors import IndexMismatchError, IndexMissingError, StoreError
from common.settings import Settings
from ingest.documents import Passage
from ingest.snapshot import Snapshot
from rag.compose import open_index, run_sync
from tests.conftest import ROOT, Silence, offline_settings


@pytest.fixture
def zoo(corpus: Path, tmp_path: Path) -> Settings:
    return offline_settings(tmp_path / "data", corpus={"dir": corpus})


def passages_of(snapshot: Snapshot) -> list[Passage]:
    return snapshot.passages(range(len(snapshot)))


def contents(settings: Settings) -> list[tuple[str, str, str]]:
    snapshot = open_index(settings).snapshot()
    return [(id_, p.reading, p.text) for id_, p in zip(map(snapshot.id_of, range(len(snapshot))), passages_of(snapshot), strict=True)]


def test_nothing_indexed_says_so(zoo: Settings) -> None:
    with pytest.raises(IndexMissingError, match="run `lector ingest`"):
        open_index(zoo).snapshot()


def test_added_unchanged_updated_removed(zoo: Settings) -> None:
    first = run_sync(zoo, Silence())
    assert sorted(first.added) == ["bees", "owls", "syllabus"]
    before = contents(zoo)
    again = run_sync(zoo, Silence())
    assert (sorted(again.unchanged), again.added, again.chunks) == (["bees", "owls", "syllabus"], [], 0)
    assert contents(zoo) == before

    papers = zoo.corpus.dir / "papers"
    (papers / "bees.md").write_text("# Bees\n\nA queen lays 2000 eggs a day.\n", "utf-8")
    (papers / "owls.md").unlink()
    changed = run_sync(zoo, Silence())
    assert (changed.updated, changed.removed, changed.unchanged) == (["bees"], ["owls"], ["syllabus"])
    texts = {reading: text for _, reading, text in contents(zoo)}
    assert texts["bees"] == "A queen lays 2000 eggs a day."
    assert "owls" not in texts
    assert open_index(zoo)._passages.count() == len(contents(zoo)) + 2  # the old bees and the owls are kept


def test_an_empty_corpus_does_not_wipe_the_index_unless_that_is_meant(zoo: Settings) -> None:
    run_sync(zoo, Silence())
    for file in (*(zoo.corpus.dir / "papers").iterdir(), zoo.corpus.dir / "syllabus.md"):
        file.unlink()
    with pytest.raises(StoreError, match="nothing was removed"):
        run_sync(zoo, Silence())
    assert len(contents(zoo)) == 3
    assert len(run_sync(zoo, Silence(), rebuild=True).removed) == 3


def test_a_new_title_embeds_nothing(zoo: Settings) -> None:
    run_sync(zoo, Silence())
    (zoo.corpus.dir / "readings.yaml").write_text("readings: [{id: bees, title: On bees, week: 3, file: papers/bees.md}]")
    report = run_sync(zoo, Silence())
    assert (report.updated, report.chunks) == (["bees"], 0)
    row = open_index(zoo).catalog.readings()[0]
    assert (row.title, row.week) == ("On bees", 3)


def test_a_reading_is_streamed_in_batches(zoo: Settings) -> None:
    run_sync(zoo, Silence())
    snapshot = open_index(zoo).snapshot()
    for reading in snapshot.readings:
        whole = list(snapshot.stream(reading))
        assert [p for p, _ in whole] == snapshot.passages(snapshot.places(reading))
        for size in (1, 2):
            assert list(snapshot.stream(reading, size)) == whole


def test_the_same_text_under_another_name_is_reported_and_not_indexed_twice(zoo: Settings) -> None:
    papers = zoo.corpus.dir / "papers"
    (papers / "copy.md").write_bytes((papers / "bees.md").read_bytes())
    first = run_sync(zoo, Silence())
    assert first.duplicates == [{"source": "copy", "same_as": "bees"}]
    assert "copy" not in {reading for _, reading, _ in contents(zoo)}
    again = run_sync(zoo, Silence())
    assert (again.duplicates, again.pages, again.added) == (first.duplicates, 0, [])
    (papers / "bees.md").unlink()
    assert run_sync(zoo, Silence()).added == ["copy"]
    assert {reading for _, reading, _ in contents(zoo)} == {"copy", "owls", "syllabus"}


def test_what_comes_back_is_not_embedded_again(zoo: Settings) -> None:
    run_sync(zoo, Silence())
    before = contents(zoo)
    bees = zoo.corpus.dir / "papers" / "bees.md"
    old = bees.read_bytes()
    bees.write_text("# Bees\n\nA queen lays 2000 eggs a day.\n", "utf-8")
    run_sync(zoo, Silence())
    bees.write_bytes(old)
    back = run_sync(zoo, Silence())
    assert (back.updated, back.restored, back.chunks) == (["bees"], ["bees"], 0)
    assert contents(zoo) == before
    bees.unlink()
    assert run_sync(zoo, Silence()).removed == ["bees"]
    bees.write_bytes(old)
    back = run_sync(zoo, Silence())
    assert (back.added, back.restored, back.chunks) == (["bees"], ["bees"], 0)
    assert contents(zoo) == before


def test_only_so_many_old_revisions_are_kept(zoo: Settings) -> None:
    zoo = zoo.model_copy(update={"storage": zoo.storage.model_copy(update={"keep_revisions": 2})})
    bees = zoo.corpus.dir / "papers" / "bees.md"
    for n in range(5):
        bees.write_text(f"# Bees\n\nA queen lays {n} eggs an hour.\n", "utf-8")
        run_sync(zoo, Silence())
    assert open_index(zoo)._passages.count() == len(contents(zoo)) + 2
    assert len(list((zoo.storage.dir / "vectors").glob("*/*.vec"))) == len(contents(zoo)) + 2


def test_a_snapshot_made_from_an_older_one_is_the_same(zoo: Settings) -> None:
    run_sync(zoo, Silence())
    before = open_index(zoo).snapshot()
    (zoo.corpus.dir / "papers" / "bees.md").write_text("# Bees\n\nA queen lays 2000 eggs a day.\n", "utf-8")
    run_sync(zoo, Silence())
    later, anew = open_index(zoo).snapshot(before), open_index(zoo).snapshot()
    assert (later.bounds == anew.bounds).all()
    assert passages_of(later) == passages_of(anew)
    assert [later.sentences(r) for r in later.readings] == [anew.sentences(r) for r in anew.readings]


def test_a_broken_file_is_listed_the_rest_is_indexed_and_the_old_text_stays(zoo: Settings) -> None:
    broken = zoo.corpus.dir / "papers" / "2401.00001.pdf"
    broken.write_bytes(b"%PDF-1.5 broken")
    report = run_sync(zoo, Silence())
    assert sorted(report.added) == ["bees", "owls", "syllabus"]
    assert report.failed[0]["source"] == "2401.00001"
    assert "damaged" in report.failed[0]["reason"]
    (zoo.corpus.dir / "papers" / "bees.md").write_bytes(b"\xff\xfe\x00broken")
    report = run_sync(zoo, Silence())
    assert "the copy indexed before is kept" in next(f["reason"] for f in report.failed if f["source"] == "bees")
    assert any("27 kilograms" in text for _, _, text in contents(zoo))


def test_a_handout_stands_in_until_the_paper_is_there(zoo: Settings) -> None:
    corpus = zoo.corpus.dir
    (corpus / "h.md").write_text("# H\n\nThe handout says 8 heads.\n")
    (corpus / "readings.yaml").write_text("readings: [{id: '2401.00001', title: Heads, handout: h.md}]")
    report = run_sync(zoo, Silence())
    assert "heads-handout" in report.added
    assert report.failed[0]["source"] == "2401.00001"
    (corpus / "papers" / "2401.00001.md").write_text("# P\n\nThe paper says 8 heads.\n")
    report = run_sync(zoo, Silence())
    assert (report.added, report.removed, report.failed) == (["2401.00001"], ["heads-handout"], [])


def test_an_index_of_another_embedding_model_is_refused_then_made_anew(zoo: Settings) -> None:
    run_sync(zoo, Silence())
    other = zoo.model_copy(update={"embeddings": zoo.embeddings.model_copy(update={"dtype": "float32"})})
    with pytest.raises(IndexMismatchError, match="another embedding model"):
        open_index(other).snapshot()
    report = run_sync(other, Silence())
    assert sorted(report.updated) == ["bees", "owls", "syllabus"]
    assert len(contents(other)) == 3
    back = run_sync(zoo, Silence())
    assert (sorted(back.restored), back.chunks) == (["bees", "owls", "syllabus"], 0)
    assert len(contents(zoo)) == 3
    few = zoo.model_copy(update={"storage": zoo.storage.model_copy(update={"keep_revisions": 0})})
    run_sync(few, Silence())
    assert [c.name for c in open_index(few)._client.list_collections() if "float32" in c.name] == []


def test_a_damaged_index_says_so_and_rebuild_mends_it(zoo: Settings) -> None:
    run_sync(zoo, Silence())
    index = open_index(zoo)
    index._passages.delete(ids=[index.snapshot().id_of(0)])
    with pytest.raises(IndexMismatchError, match="rebuild"):
        index.snapshot()
    run_sync(zoo, Silence(), rebuild=True)
    assert len(contents(zoo)) == 3


def test_passages_that_a_killed_rebuild_left_behind_are_cleared_away(zoo: Settings) -> None:
    run_sync(zoo, Silence())
    before, index = contents(zoo), open_index(zoo)
    row = index.catalog.readings()[0]
    stored = index._passages.get(where={"revision": row.revision}, include=["documents", "metadatas", "embeddings"])
    index._passages.upsert(
        ids=[f"{row.reading}:{row.revision[:16]}:00099"],
        documents=["left"],
        metadatas=stored["metadatas"][:1],
        embeddings=stored["embeddings"][:1],
    )
    run_sync(zoo, Silence(), rebuild=True)
    assert contents(zoo) == before
    assert index._passages.count() == len(before)


def test_a_rebuild_that_dies_leaves_the_live_text(zoo: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    run_sync(zoo, Silence())
    before = contents(zoo)
    with monkeypatch.context() as patched:
        patched.setattr("ingest.catalog.Catalog.publish", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run_sync(zoo, Silence(), rebuild=True)
    run_sync(zoo, Silence())
    assert contents(zoo) == before


def test_a_reader_keeps_its_snapshot_while_the_corpus_changes(zoo: Settings) -> None:
    run_sync(zoo, Silence())
    snapshot = open_index(zoo).snapshot()
    (zoo.corpus.dir / "papers" / "bees.md").write_text("# Bees\n\nAnother text.\n")
    run_sync(zoo, Silence())
    assert any("27 kilograms" in p.text for p in passages_of(snapshot))
    assert open_index(zoo).snapshot().version != snapshot.version


def test_a_second_sync_at_once_says_so(zoo: Settings) -> None:
    from filelock import FileLock

    zoo.storage.dir.mkdir(parents=True)
    with FileLock(zoo.storage.dir / "sync.lock"), pytest.raises(StoreError, match="another `lector ingest` is writing"):
        run_sync(zoo, Silence())


# Ctrl-C counts, also where the tests run in the background of a shell, which has programs ignore it.
INGEST = (sys.executable, "-c", "import signal; signal.signal(2, signal.default_int_handler); from bot.cli import main; main()")


def start_ingest(settings: Settings) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "LECTOR_CORPUS__DIR": str(settings.corpus.dir),
        "LECTOR_SOURCES__ARXIV__ENABLED": "false",
        "PYTHONPATH": str(ROOT),
    }
    command = [*INGEST, "--data-dir", str(settings.storage.dir), "ingest", "--json"]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def many_readings(settings: Settings) -> None:
    for n in range(8):
        text = "\n\n".join(
            f"Paragraph {i} of reading {n} tells of thing {n * 100 + i}, at some length and in many words." for i in range(40)
        )
        (settings.corpus.dir / "papers" / f"reading-{n:02d}.md").write_text(f"# R{n}\n\n{text}\n")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_sync_loses_nothing_and_the_next_finishes_it(zoo: Settings, tmp_path: Path, sent: signal.Signals) -> None:
    many_readings(zoo)
    process = start_ingest(zoo)
    deadline = time.monotonic() + 120
    database = zoo.storage.dir / "lector.db"
    published = 0
    while time.monotonic() < deadline and not published:
        time.sleep(0.05)
        if database.exists():
            import sqlite3

            try:
                with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
                    published = db.execute("SELECT count(*) FROM readings").fetchone()[0]
            except sqlite3.Error:
                published = 0
    os.killpg(process.pid, sent) if sent is signal.SIGKILL else process.send_signal(sent)
    _, err = process.communicate(timeout=60)
    if sent is signal.SIGINT:
        assert process.returncode == 130, err
        assert "run `lector ingest` again" in err
        assert "Traceback" not in err
    half = open_index(zoo).snapshot()  # whole readings only: the count of passages is checked by snapshot()
    assert 0 < len(half.readings) < 11

    report = run_sync(zoo, Silence())
    assert len(report.added) + len(report.unchanged) == 11
    assert report.unchanged
    undisturbed = offline_settings(tmp_path / "undisturbed", corpus={"dir": zoo.corpus.dir})
    run_sync(undisturbed, Silence())
    assert contents(zoo) == contents(undisturbed)


def test_a_paper_is_known_by_its_stamp_whatever_its_file_is_called(zoo: Settings) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = zoo.corpus.dir / "papers" / "my favourite paper.pdf"
    canvas = Canvas(str(path), pagesize=(612, 792))
    canvas.drawString(72, 700, "A heron stands on one leg for 19 minutes before it changes to the other.")
    canvas.rotate(90)
    canvas.drawString(250, -30, "arXiv:2401.00007v3  [q-bio.PE]  9 Jan 2024")
    canvas.save()
    first = run_sync(zoo, Silence())
    assert "2401.00007" in first.added
    row = next(row for row in open_index(zoo).catalog.readings() if row.reading == "2401.00007")
    assert (row.version, row.url) == ("v3", "https://arxiv.org/abs/2401.00007")
    again = run_sync(zoo, Silence())
    assert (again.pages, again.updated, again.added) == (0, [], [])
    assert "2401.00007" in again.unchanged
