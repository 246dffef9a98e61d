"""Twenty invented syllabi in as many forms, labelled by their writers: what they were made to show stays read."""

from pathlib import Path

import pytest

from evals.syllabus import read_gold, score
from ingest.syllabus import parse_syllabus

FOLDER = Path(__file__).parent / "invented"
FILES = sorted(path for part in ("first", "second") for path in (FOLDER / part / "files").iterdir())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_weeks_dates_and_readings(path: Path) -> None:
    gold = read_gold(path.parent.parent / "labels")[path.stem]
    counts = score(gold, parse_syllabus(path).as_json())
    for field in ("weeks", "date", "readings"):
        f1 = counts[field].f1
        assert f1 is None or f1 >= 0.9, (field, counts[field].misses)
