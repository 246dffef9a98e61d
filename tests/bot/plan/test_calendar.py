"""The calendar file, read back by the library's parser."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from bot.plan.calendar import calendar_file
from tests.bot.plan.conftest import COURSES, OWN


def events(content: bytes) -> list[dict]:
    calendar = Calendar.from_ical(content)
    assert not calendar.errors
    found = []
    for event in calendar.walk("VEVENT"):
        assert not event.errors
        start = event.decoded("dtstart")
        end = event.decoded("dtend") if "dtend" in event else None
        found.append({"uid": str(event["uid"]), "summary": str(event["summary"]), "start": start, "end": end, "event": event})
    return found


def one(content: bytes, words: str) -> dict:
    (found,) = [event for event in events(content) if words in event["summary"]]
    return found


def test_classes_have_their_instant_and_days_without_a_time_are_whole(table) -> None:
    content = calendar_file(table(OWN), "dsa", "DSA 6000E")
    lecture = one(content, "Week 4: Introduction")
    assert (lecture["start"], lecture["end"]) == (datetime(2024, 2, 23, 1, tzinfo=UTC), None)
    assert str(lecture["event"]["location"]) == "GZ and Zoom"
    assert "Speaker: Sung Kim" in str(lecture["event"]["description"])
    off = one(content, "Qingming")
    assert (off["start"], off["end"]) == (date(2024, 4, 5), date(2024, 4, 6))
    assert one(content, "Due: LLM project proposal")["start"] == date(2024, 3, 15)
    assert one(content, "Week 1: no class")["start"] == date(2024, 1, 26)  # no hour is given to a day off


def test_it_is_valid_text_of_lines_of_75_bytes(table) -> None:
    content = calendar_file(
        table(OWN.replace("# DSA", "# 机器学习的工程实践课程" * 20 + " DSA"), language="zh"), "dsa", "机器学习工程实践" * 12
    )
    assert content.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert str(Calendar.from_ical(content)["x-wr-calname"]) == "机器学习工程实践" * 12
    assert one(content, "第 4 周")["summary"] == "第 4 周: Introduction to Large Language Models (LLMs) and LLM Ops"
    assert one(content, "截止： LLM project proposal")


def test_an_event_keeps_its_uid_when_its_day_changes_and_counts_up(table, tmp_path: Path) -> None:
    import os

    before = calendar_file(table(OWN), "dsa", "DSA")
    moved = OWN.replace("### Week 7, Mar 15", "### Week 7, Mar 16").replace("### Break, Apr 5", "### Break, Apr 4")
    made = table(moved)
    os.utime(tmp_path / "syllabus.md", ns=(made.present.changed_ns + 120 * 10**9,) * 2)
    after = calendar_file(_again(tmp_path, made), "dsa", "DSA")
    assert [event["uid"] for event in events(before)] == [event["uid"] for event in events(after)]
    assert one(before, "Due: LLM project")["start"] != one(after, "Due: LLM project")["start"]
    first, second = (one(content, "Qingming")["event"] for content in (before, after))
    assert first["sequence"] < second["sequence"]


def _again(folder: Path, made):
    from bot.plan.timetable import read_timetable
    from rag.syllabus.present import PlanFile

    return read_timetable(PlanFile(folder), str(made.zone), made.now, made.language)


def test_two_calendars_of_one_plan_are_equal_and_other_courses_have_other_uids(table) -> None:
    made = table(OWN)
    assert calendar_file(made, "dsa", "DSA") == calendar_file(made, "dsa", "DSA")
    assert not {e["uid"] for e in events(calendar_file(made, "dsa", "DSA"))} & {e["uid"] for e in events(calendar_file(made, "nlp", "DSA"))}


@pytest.mark.parametrize("name", COURSES)
def test_every_course_s_file_is_valid(course, name: str) -> None:
    made = course(name)
    found = events(calendar_file(made, "x", made.syllabus.title))
    assert len({event["uid"] for event in found}) == len(found)
    dated = [item for item in made.plan.items if item.first] + [due for due in made.plan.dues if due.first]
    assert len(found) == len(dated)
    for event in found:
        assert event["summary"]
        assert event["end"] is None or event["end"] > event["start"]


def test_a_plan_without_days_gives_an_empty_calendar(table) -> None:
    assert events(calendar_file(table("# Nothing\n\nSoon."), "x", "Nothing")) == []
