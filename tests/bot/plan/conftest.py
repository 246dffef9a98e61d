from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.plan.timetable import Timetable, read_timetable
from rag.syllabus.present import PlanFile

Table = Callable[..., Timetable]


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """The plan of a syllabus's text at a moment of the course's wall clock."""

    def make(
        text: str, now: str = "2024-03-10T12:00", *, zone: str = "Asia/Hong_Kong", language: str = "en", name: str = "syllabus.md"
    ) -> Timetable:
        (tmp_path / name).write_text(text, "utf-8")
        return read_timetable(PlanFile(tmp_path), zone, datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(zone)), language)

    return make
