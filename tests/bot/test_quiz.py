"""`lector quiz draft` as people and programs use it."""

import json
from pathlib import Path

import pytest

from common.settings import Settings


@pytest.fixture
def data(handout_settings: Settings) -> Path:
    return handout_settings.storage.dir


def test_json_is_the_contract(lector, data: Path) -> None:
    ran = lector("--data-dir", data, "quiz", "draft", "--week", "2", "-n", "4", "--seed", "1", "--json")
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    assert len(found["items"]) == found["wanted"] == 4
    for item in found["items"]:
        assert set(item) >= {"id", "kind", "stem", "options", "answer", "explanation", "evidence"}
        assert set(item["evidence"]) >= {"reading", "page", "quote"}
        assert item["week"] == 2
    assert "dropped" not in found


def test_people_read_items_with_keys_and_what_was_dropped(lector, data: Path) -> None:
    ran = lector("--data-dir", data, "quiz", "draft", "--reading", "2106.09685", "-n", "3", "--seed", "1", "--explain")
    assert ran.code == 0, ran.err
    assert "1. " in ran.out
    assert "* " in ran.out
    assert "Dropped: " in ran.out


def test_fewer_than_asked_is_exit_1_with_the_reason(lector, data: Path) -> None:
    ran = lector("--data-dir", data, "quiz", "draft", "--reading", "2106.09685", "-n", "200", "--seed", "1", "--json", "--explain")
    assert ran.code == 1
    found = json.loads(ran.out)
    assert len(found["items"]) < 200
    assert "of 200 items" in found["shortfall"]
    assert all(set(dropped) == {"what", "reason", "maker"} for dropped in found["dropped"])
    assert "of 200 items" in ran.err


@pytest.mark.parametrize(
    "arguments", [["--week", "99"], ["--reading", "9999.99999"], [], ["--week", "2", "-n", "0"]], ids=["week", "reading", "neither", "none"]
)
def test_wrong_use_is_one_clear_line(lector, data: Path, arguments: list[str]) -> None:
    ran = lector("--data-dir", data, "quiz", "draft", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert len([line for line in ran.err.splitlines() if line.startswith("lector: ")]) == 1


def test_without_an_index_it_says_what_to_do(lector, tmp_path: Path) -> None:
    ran = lector("--data-dir", tmp_path / "empty", "quiz", "draft", "--week", "2")
    assert (ran.code, ran.out) == (1, "")
    assert "lector ingest" in ran.err
