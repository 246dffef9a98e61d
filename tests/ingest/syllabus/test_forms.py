"""Invented syllabi in the forms that courses write, each with all that it says (`forms/<file>.json`, checked by a person)."""

import json
from datetime import date
from pathlib import Path

import pytest

from ingest.syllabus import parse_syllabus

FORMS = Path(__file__).parent / "forms"


@pytest.mark.parametrize("name", sorted(path.name for path in FORMS.iterdir() if path.suffix != ".json"))
def test_form(name: str) -> None:
    expected = json.loads((FORMS / f"{name}.json").read_text("utf-8"))
    assert parse_syllabus(FORMS / name, today=date(2026, 1, 1)).as_json() == expected
