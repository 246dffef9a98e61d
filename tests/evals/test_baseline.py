"""The gate in CI: its rule, its files, and a run that is worse."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from common.errors import ConfigError, UsageError
from common.settings import Settings
from evals.baseline import Held, compare, held_table, moved, read_baseline, record, write_baseline
from evals.metrics import Figure, Summary
from evals.questions import read_questions
from tests.conftest import ROOT, Ran

GOLDEN, ACCEPTED = ROOT / "evals" / "golden.jsonl", ROOT / "evals" / "baseline.json"


def figure(outcomes: str) -> Figure:
    """One question a letter: y or n."""
    return Figure(Summary.SHARE, {f"q{i:02}": float(letter == "y") for i, letter in enumerate(outcomes)})


def held(tmp_path: Path, name: str, before: str, now: str) -> Held:
    questions = tmp_path / "gold.jsonl"
    questions.write_text("{}")
    baseline = record({name: figure(before)}, questions=questions, count=len(before), in_week=False, command="lector eval")
    (row,) = compare(baseline, {name: figure(now)})
    return row


@pytest.mark.parametrize(
    ("before", "now", "passed", "allowed"),
    [
        ("y" * 20, "y" * 20, True, 0.75),  # up to five of twenty may go, for the two-sided chance of that is 1 in 16
        ("y" * 20, "n" * 5 + "y" * 15, True, 0.75),
        ("y" * 20, "n" * 6 + "y" * 14, False, 0.75),  # and of six it is 1 in 32
        ("y" * 19 + "n", "n" * 7 + "y" * 13, True, 0.65),  # one was won, so seven may go: 0.95 + (1 - 7) / 20
        ("y" * 19 + "n", "n" * 8 + "y" * 12, False, 0.65),
        ("n" * 20, "y" * 20, True, None),  # better is no fall, and what is 0 can't fall
        ("y" * 5, "n" * 5, True, None),  # so few cannot show one
    ],
)
def test_a_figure_fails_when_it_falls_by_more_than_chance(
    tmp_path: Path, before: str, now: str, passed: bool, allowed: float | None
) -> None:
    row = held(tmp_path, "right", before, now)
    assert (row.passed, row.allowed) == (passed, pytest.approx(allowed) if allowed is not None else None)
    assert row.now == now.count("y") / len(now)


def test_refusing_what_can_be_answered_is_worse_the_more_of_it(tmp_path: Path) -> None:
    assert held(tmp_path, "refused_of_answerable", "y" * 20, "n" * 20).passed
    risen = held(tmp_path, "refused_of_answerable", "n" * 20, "y" * 6 + "n" * 14)
    assert (risen.passed, risen.allowed, len(risen.worse)) == (False, pytest.approx(0.25), 6)


def test_a_figure_that_is_gone_fails(tmp_path: Path) -> None:
    row = held(tmp_path, "a_citation_on_the_gold_page", "yyy", "")
    assert (row.passed, row.now) == (False, None)
    assert row.as_json()["now"] is None


def test_what_moved_is_named(tmp_path: Path) -> None:
    row = held(tmp_path, "right", "yyn", "nyy")
    assert moved([row]) == ["right: q00 worse, q02 better"]
    assert held_table([row]).row_count == 1


def test_a_baseline_is_of_its_questions_and_its_way_of_asking(tmp_path: Path) -> None:
    questions, path = tmp_path / "gold.jsonl", tmp_path / "baseline.json"
    questions.write_text('{"id": "a"}')
    with pytest.raises(UsageError, match="write one with --accept"):
        read_baseline(path, questions, in_week=False)
    baseline = record({"right": figure("yn")}, questions=questions, count=2, in_week=False, command="lector eval")
    write_baseline(path, baseline)
    assert read_baseline(path, questions, in_week=False) == baseline
    with pytest.raises(UsageError, match="without --in-week"):
        read_baseline(path, questions, in_week=True)
    questions.write_text('{"id": "b"}')
    with pytest.raises(UsageError, match="accepted for other questions"):
        read_baseline(path, questions, in_week=False)
    path.write_text("{}")
    with pytest.raises(ConfigError, match="is no baseline"):
        read_baseline(path, questions, in_week=False)
    with pytest.raises(UsageError, match="choose another place"):
        write_baseline(questions / "below" / "a" / "file", baseline)


def test_the_golden_set_stands_in_the_repositorys_own_corpus(handout_settings: Settings) -> None:
    from evals.metrics import contains
    from rag.compose import open_index

    questions = read_questions(GOLDEN)
    assert len({q.id for q in questions}) == len({q.question for q in questions}) == len(questions)
    assert {q.kind for q in questions if not q.answerable} == {"unanswerable", "false_premise", "offtopic"}
    readings = {row.reading for row in open_index(handout_settings).catalog.readings()}
    assert {q.reading for q in questions if q.reading} <= readings
    pages = " ".join(path.read_text("utf-8") for path in (ROOT / "corpus" / "handouts").glob("*.md"))
    for question in questions:
        if question.has_place:
            assert question.must_include, question.id
            assert all(contains(question.evidence, key) for key in question.must_include), question.id
            words = question.evidence.split()
            assert question.evidence in pages or all(word in pages for word in words), question.id
        assert question.answerable or question.answer, question.id


def test_the_gate_fails_when_everything_is_refused(lector: Callable[..., Ran], handout_settings: Settings, monkeypatch) -> None:
    monkeypatch.setenv("LECTOR_ANSWERING__GATE", "1.0")
    ran = lector("--data-dir", handout_settings.storage.dir, "eval", GOLDEN, "--baseline", ACCEPTED, "--by", "kind")
    assert ran.code == 1, ran.err
    assert "Worse than" in ran.err
    fell = {line.split()[0] for line in ran.out.splitlines() if line.rstrip().endswith("FELL")}
    assert {"right", "refused_of_answerable", "a_citation_on_the_gold_page"} <= fell
    assert not fell & {"page@5", "syllabus_right", "refused_unanswerable"}
    assert "false_premise" in ran.out


def test_accepting_makes_the_next_run_pass(lector: Callable[..., Ran], handout_settings: Settings, tmp_path: Path) -> None:
    gold, path = tmp_path / "gold.jsonl", tmp_path / "baseline.json"
    lines = GOLDEN.read_text("utf-8").splitlines()
    gold.write_text("\n".join(line for line in lines if json.loads(line)["kind"] in ("syllabus", "offtopic")), "utf-8")
    asked = ("--data-dir", handout_settings.storage.dir, "eval", gold, "--json")
    assert "--accept needs --baseline" in lector(*asked, "--accept").err
    assert "--search-only asks nothing" in lector(*asked, "--search-only", "--baseline", path).err
    assert lector(*asked, "--baseline", path).code == 2
    assert lector(*asked, "--baseline", path, "--accept").code == 0
    written = json.loads(path.read_text("utf-8"))
    assert written["questions"] == 15
    assert written["command"].endswith("--accept")
    assert set(written["figures"]["syllabus_right"]) == {"value", "low", "high", "n", "yes", "no"}
    shutil.copy(path, tmp_path / "kept.json")
    again = lector(*asked, "--baseline", path)
    assert again.code == 0, again.err
    result = json.loads(again.out)
    assert result["baseline"]["passed"]
    assert {"figure", "n", "baseline", "now", "allowed", "passed", "worse", "better"} == set(result["baseline"]["figures"][0])
    assert result["intervals"]["syllabus_right"]["n"] == 10
    assert result["by_kind"]["offtopic"]["refused_offtopic"]["n"] == 5
    assert set(result["by_reading"]) == {"syllabus", "none"}
    assert path.read_bytes() == (tmp_path / "kept.json").read_bytes()
