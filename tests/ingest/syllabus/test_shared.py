"""The five real syllabi: at least 95% of weeks, dates and readings right on each, against labels made by hand.

The labels in `gold/` are hashed: they hold no words of other people's files (`python -m evals.syllabus GOLD --hash OUT` makes them).
"""

from pathlib import Path

import pytest

from evals.syllabus import read_gold, score
from ingest.syllabus import parse_syllabus

GOLD = Path(__file__).parent / "gold"


@pytest.mark.parametrize("name", sorted(path.stem for path in GOLD.glob("*.json")))
def test_real_syllabus(shared: Path, name: str) -> None:
    (path,) = [path for path in (shared / "syllabi").iterdir() if path.stem == name]
    counts = score(read_gold(GOLD)[name], parse_syllabus(path).as_json())
    for field in ("weeks", "number", "date", "topic", "readings", "due", "breaks", "deadlines", "grading"):
        assert counts[field].f1 is None or counts[field].f1 >= 0.95, (field, counts[field].misses)
