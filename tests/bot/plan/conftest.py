"""The plans that are shown: the repository's own, the five courses' and any text."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.plan.timetable import Timetable, read_timetable
from rag.syllabus.present import PlanFile
from tests.conftest import ROOT

Table = Callable[..., Timetable]
OWN = (ROOT / "corpus" / "syllabus.md").read_text("utf-8")
COURSES = {
    "berkeley-cs294-196-f24.md": ("America/Los_Angeles", "2024-10-08"),
    "cmu-11-667-f23-calendar.md": ("America/New_York", "2023-10-11"),
    "dartmouth-llm-course-schedule-README.md": ("America/New_York", "2024-02-01"),
    "dsa-6000e-spring-2024.md": ("Asia/Hong_Kong", "2024-03-10"),
    "stanford-cs336-2024.html": ("America/Los_Angeles", "2024-05-01"),
}


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """The plan of a syllabus's text at a moment of the course's wall clock."""

    def make(
        text: str, now: str = "2024-03-10T12:00", *, zone: str = "Asia/Hong_Kong", language: str = "en", name: str = "syllabus.md"
    ) -> Timetable:
        (tmp_path / name).write_text(text, "utf-8")
        return read_timetable(PlanFile(tmp_path), zone, datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(zone)), language)

    return make


@pytest.fixture
def course(shared: Path, table: Callable[..., Timetable]) -> Callable[[str], Timetable]:
    def read(name: str) -> Timetable:
        zone, today = COURSES[name]
        text = (shared / "syllabi" / name).read_text("utf-8")
        return table(text, f"{today}T12:00", zone=zone, name=f"syllabus{Path(name).suffix}")

    return read
