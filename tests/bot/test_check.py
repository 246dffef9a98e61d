"""`lector check` as people and programs use it."""

import json
from pathlib import Path

import pytest

from common.settings import Settings

DRAFT = """# LoRA

Jane Doe

LoRA freezes the pretrained weights and trains only a small low-rank update. I like that. LoRA training on GPT-3 175B ran about 45% faster
than full fine-tuning.
"""


@pytest.fixture
def data(handout_settings: Settings) -> Path:
    return handout_settings.storage.dir


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text(DRAFT, "utf-8")
    return path


def test_json_is_the_contract(lector, data: Path, draft: Path) -> None:
    ran = lector("--data-dir", data, "check", draft, "--reading", "2106.09685", "--json")
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    assert set(found) >= {"reading", "title", "claims", "missing_sections", "checked", "seconds"}
    assert [claim["verdict"] for claim in found["claims"]] == ["supported", "not checkable", "contradicted number"]
    assert set(found["claims"][2]) >= {"text", "verdict", "why", "citation"}
    assert set(found["claims"][2]["citation"]) >= {"page", "section", "quote"}
    assert "25%" in found["claims"][2]["citation"]["quote"]
    assert (found["checked"], found["flagged"], found["named"]) == (2, 1, True)


def test_a_person_reads_what_is_wrong_and_where_to_look(lector, data: Path, draft: Path, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    ran = lector("--data-dir", data, "check", draft)
    assert ran.code == 0, ran.err
    assert "No reading was named: this is the nearest one" in ran.out
    shown = " ".join(ran.out.split())
    assert "LoRA training on GPT-3 175B ran about 45% faster than full fine-tuning." in shown
    assert "contradicted number: 45% stands nowhere in the reading; the nearest sentence has 25%" in shown
    assert "Nearest, Why it is cheap to serve: “LoRA training on GPT-3 175B ran about 25% faster" in shown
    assert "I like that" not in shown
    assert "Sections that it says nothing of:" in shown
    assert "Words and numbers were compared, not meanings" in shown
    assert all(len(line.rstrip()) <= 100 for line in ran.out.splitlines())


@pytest.mark.parametrize("text", ["", "   \n", "bee " * 2001])
def test_empty_and_long_files_are_one_line(lector, data: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "draft.txt").write_text(text)
    ran = lector("--data-dir", data, "check", tmp_path / "draft.txt")
    assert (ran.code, ran.out) == (2, "")
    assert len([line for line in ran.err.splitlines() if line.startswith("lector: ")]) == 1


def test_unknown_readings_and_files_are_one_line(lector, data: Path, draft: Path, tmp_path: Path) -> None:
    for arguments in ((draft, "--reading", "9999.99999"), (tmp_path / "none.md",)):
        ran = lector("--data-dir", data, "check", *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("lector: ")
