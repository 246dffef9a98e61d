"""`lector syllabus show` and `parse`, as programs and people read them."""

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT

FORMS = ROOT / "tests" / "ingest" / "syllabus" / "forms"


def test_show_json_is_the_contract(lector) -> None:
    ran = lector("syllabus", "show", "--json")
    plan = json.loads(ran.out)
    assert ran.code == 0
    assert set(plan) >= {
        "title",
        "term",
        "location",
        "meeting",
        "staff",
        "weeks",
        "breaks",
        "events",
        "grading",
        "deadlines",
        "thresholds",
        "unplaced",
    }
    assert set(plan["weeks"][0]) >= {"number", "date", "topic", "speakers", "readings", "due"}
    assert set(plan["weeks"][0]["readings"][0]) == {"title", "arxiv", "url"}
    assert set(plan["grading"][0]) == {"item", "percent"}
    assert set(plan["deadlines"][0]) == {"date", "what"}


def test_show_one_week(lector) -> None:
    plan = json.loads(lector("syllabus", "show", "--week", "5", "--json").out)
    assert [(week["number"], week["date"], week["speakers"]) for week in plan["weeks"]] == [(5, "2024-03-01", ["John"])]
    assert (plan["breaks"], plan["deadlines"]) == ([], [])
    assert "5\tFri 2024-03-01\tA Survey of Large Language Models" in lector("syllabus", "show", "--week", "5").out


def test_a_week_that_is_not_there(lector) -> None:
    ran = lector("syllabus", "show", "--week", "3")
    assert (ran.code, ran.out) == (2, "")
    assert "lector: the syllabus names no week 3: it has 1, 2, 4" in ran.err


def test_a_pipe_gets_a_line_an_entry(lector) -> None:
    out = lector("syllabus", "parse", FORMS / "rowspans.html").out.splitlines()
    assert out[:2] == ["BIO 101 Ants", "Spring Semester 2025"]
    assert "2\tTue 2025-01-21\tTrails" in out
    assert "\t\tread: Trail laws  https://doi.org/10.1/x" in out
    assert "\t\tHW 1 due" in out
    assert out[out.index("Grading:") + 1] == "\t50%  Homework"
    assert all("\x1b" not in line for line in out)


def test_a_terminal_gets_a_table_that_fits(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from rich.console import Console

    from bot.cli.syllabus import show_table
    from ingest.syllabus import parse_syllabus

    syllabus = parse_syllabus(FORMS / "out-and-due-columns.html")
    console = Console(width=70, force_terminal=True, highlight=False, color_system=None)
    show_table(console, syllabus, list(syllabus.sessions), whole=True)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 70
    assert any(line.split() == ["4", "Wed", "2025-01-15", "Inverse", "kinematics"] for line in lines)
    assert any("with Kofi Mensah" in line for line in lines)


@pytest.mark.parametrize(("name", "says"), [("no.md", "put the syllabus there"), ("no.docx", "are not read")])
def test_parse_says_what_is_wrong(lector, tmp_path: Path, name: str, says: str) -> None:
    ran = lector("syllabus", "parse", tmp_path / name)
    assert (ran.code, ran.out) == (1, "")
    assert says in ran.err


def test_a_corpus_with_another_course_s_syllabus(lector, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LECTOR_CORPUS__DIR", str(corpus))
    assert json.loads(lector("syllabus", "show", "--json").out)["weeks"][0]["date"] == "2024-01-26"
    (corpus / "course.yaml").write_text("entries: [{find: {week: 1}, speakers: [Ada Byron]}]\n")
    assert json.loads(lector("syllabus", "show", "--json").out)["weeks"][0]["speakers"] == ["Ada Byron"]
    (corpus / "syllabus.md").unlink()
    ran = lector("syllabus", "show")
    assert (ran.code, "put syllabus.md, syllabus.html or syllabus.pdf there" in ran.err) == (1, True)
