from datetime import date
from pathlib import Path

import pytest

from common.errors import SourceError
from ingest.syllabus import ReadingRef, read_syllabus
from tests.conftest import ROOT


def test_the_course_s_own_syllabus() -> None:
    syllabus = read_syllabus(ROOT / "corpus" / "syllabus.md")
    assert syllabus.title.startswith("DSA 6000E")
    assert sum(percent for _, percent in syllabus.grading) == 100
    weeks = {session.number: session for session in syllabus.sessions if session.number}
    assert sorted(weeks) == [1, 2, *range(4, 13)]
    assert weeks[6].day == date(2024, 3, 8)
    assert (weeks[6].values("Time"), weeks[6].values("Place")) == (["7AM HKT"], ["GZ"])
    assert [r.arxiv for r in weeks[1].readings] == ["1706.03762", "2203.02155"]
    breaks = [session.day for session in syllabus.sessions if session.heading.startswith("Break")]
    assert breaks == [date(2024, 2, 9), date(2024, 2, 16), date(2024, 4, 5)]


def test_what_does_not_fit_is_kept_and_no_year_is_invented(tmp_path: Path) -> None:
    file = tmp_path / "syllabus.md"
    file.write_text(
        "# C\n\n## Course\n\nNo term is given.\n\n## Schedule\n\n### Opening\n\nBring tea.\n\n### Week 2, Jan 26: Bees\n\n"
        "- Reading: Honey, https://example.org/h\n\n### Break, Feb 2: Holiday\n"
    )
    opening, bees, holiday = read_syllabus(file).sessions
    assert (opening.heading, opening.number, opening.day, opening.facts[0].line) == ("Opening", None, None, "Bring tea.")
    assert (bees.number, bees.day, bees.topic) == (2, None, "Bees")
    assert bees.readings == [ReadingRef("Honey", None, "https://example.org/h")]
    assert (holiday.topic, holiday.facts) == ("Holiday", ())


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="put the syllabus there"):
        read_syllabus(tmp_path / "syllabus.md")
