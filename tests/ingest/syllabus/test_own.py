"""The course's own syllabus: what `corpus/syllabus.md` says, and that lines are kept verbatim."""

from datetime import date
from pathlib import Path

import pytest

from common.errors import SourceError
from ingest.syllabus import ReadingRef, SessionKind, read_course, read_syllabus
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
    assert [session.day for session in syllabus.of(SessionKind.BREAK)] == [date(2024, 2, 9), date(2024, 2, 16), date(2024, 4, 5)]
    assert [session.topic for session in syllabus.of(SessionKind.EVENT)] == ["Dinner, optional"]


def test_every_line_of_the_course_s_own_syllabus_is_kept_verbatim() -> None:
    syllabus = read_syllabus(ROOT / "corpus" / "syllabus.md")
    kept = {session.heading for session in syllabus.sessions}
    kept |= {fact.line for facts in syllabus.sections.values() for fact in facts}
    kept |= {fact.line for session in syllabus.sessions for fact in session.facts}
    for line in (ROOT / "corpus" / "syllabus.md").read_text("utf-8").splitlines():
        text = line.lstrip("#- ").strip()
        if text and not text.startswith("|") and not line.startswith("#"):
            assert text in kept, line


def test_what_does_not_fit_is_kept_and_no_year_is_invented(tmp_path: Path) -> None:
    file = tmp_path / "syllabus.md"
    file.write_text(
        "# C\n\n## Course\n\nNo term is given.\n\n## Schedule\n\n### Opening\n\nBring tea.\n\n### Week 2, Jan 26: Bees\n\n"
        "- Reading: Honey, https://example.org/h\n\n### Break, Feb 2: Holiday\n"
    )
    syllabus = read_syllabus(file)
    opening, bees, holiday = syllabus.sessions
    assert (opening.heading, opening.number, opening.day, opening.facts[0].line) == ("Opening", None, None, "Bring tea.")
    assert (bees.number, bees.day, bees.when, bees.month_day, bees.topic) == (2, None, "Jan 26", (1, 26), "Bees")
    assert bees.readings == (ReadingRef("Honey", None, "https://example.org/h"),)
    assert (holiday.topic, holiday.facts) == ("Holiday", ())
    assert syllabus.unplaced == ("Opening",)
    assert syllabus.as_json()["weeks"][0] == {
        "number": 2, "date": None, "when": "Jan 26", "topic": "Bees", "speakers": [], "due": [],
        "readings": [{"title": "Honey", "arxiv": None, "url": "https://example.org/h"}],
    }  # fmt: skip


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="put the syllabus there"):
        read_syllabus(tmp_path / "syllabus.md")
    with pytest.raises(SourceError, match=r"put syllabus\.md, syllabus\.html or syllabus\.pdf there"):
        read_course(tmp_path)
