"""The plan as students read it: on the repository's own course, on the five courses' syllabi, and where there is little to say."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.plan.due import deadlines_card, grading_card
from bot.plan.people import people, people_choices, who_card
from bot.plan.timetable import read_timetable
from bot.plan.weeks import day_card, ranges, week_card, week_choices
from common.errors import UsageError
from rag.syllabus.present import PlanFile
from tests.bot.plan.conftest import COURSES, OWN

# "Fridays from 9:00AM HKT"; week 6 has a time of its own.
FRIDAY_9 = int(datetime(2024, 2, 23, 1, tzinfo=UTC).timestamp())
WEEK_6_7AM = int(datetime(2024, 3, 7, 23, tzinfo=UTC).timestamp())


def test_a_week_has_its_class_with_an_instant_for_each_reader_s_zone(table) -> None:
    card = week_card(table(OWN), 4)
    assert card.title == "Week 4 · Mon, Feb 19, 2024 – Sun, Feb 25, 2024"
    assert card.lines == (
        "**Fri, Feb 23, 2024 · Introduction to Large Language Models (LLMs) and LLM Ops**",
        f"<t:{FRIDAY_9}:F> (<t:{FRIDAY_9}:R>)",
        "Speaker: Sung Kim",
        "Place: GZ and Zoom",
    )


def test_a_class_at_a_time_of_its_own_has_that(table) -> None:
    assert f"<t:{WEEK_6_7AM}:F> (<t:{WEEK_6_7AM}:R>)" in week_card(table(OWN), 6).lines


def test_a_week_without_class_says_so_and_gives_no_time(table) -> None:
    card = week_card(table(OWN), 1)
    assert card.lines[0].endswith("no class**")  # as the plan says it, once
    assert "<t:" not in card.body
    assert "Attention Is All You Need" in card.body
    assert "(<https://arxiv.org/abs/1706.03762>)" in card.body


def test_a_week_that_is_not_there_is_told_with_what_lies_in_its_place(table) -> None:
    with pytest.raises(
        UsageError, match=r"no week 3\. It has weeks 1–2, 4–12\. Between its neighbours there is no class: Fri, Feb 9, 2024 · Spring"
    ):
        week_card(table(OWN), 3)
    with pytest.raises(UsageError, match=r"no week 40\. It has weeks 1–2, 4–12\.$"):
        week_card(table(OWN), 40)


@pytest.mark.parametrize(
    ("now", "says"),
    [
        ("2024-01-03T12:00", "The course has not begun. Its first day is Fri, Jan 26, 2024."),
        ("2024-02-06T12:00", "**Fri, Feb 9, 2024 · Spring Festival (Chinese New Year) holiday, no class**"),
        ("2024-03-10T12:00", "Week 6 · Mon, Mar 4, 2024 – Sun, Mar 10, 2024"),
        ("2024-09-01T12:00", "The course is over. Its last day was Fri, Apr 26, 2024."),
    ],
)
def test_the_present_week_before_in_and_after_the_course(table, now: str, says: str) -> None:
    card = week_card(table(OWN, now), None)
    assert says in f"{card.title}\n{card.body}"


def test_today_is_that_of_the_course_s_time_zone(table) -> None:
    late = table(OWN, "2024-02-23T00:30")
    assert late.now.astimezone(UTC).day == 22
    assert "Introduction to Large Language Models" in day_card(late).lines[0]
    quiet = day_card(table(OWN, "2024-03-12T12:00"))
    assert quiet.lines[0] == "The plan has nothing for today."
    assert quiet.lines[1].startswith("**Next class:** <t:")
    assert "LLM project proposal" in quiet.lines[2]


def test_it_speaks_chinese(table) -> None:
    card = week_card(table(OWN, language="zh"), 4)
    assert card.title.startswith("第 4 周 · 2024年2月19日周一")
    assert "主讲： Sung Kim" in card.lines


def test_weeks_are_offered_by_number_and_topic(table) -> None:
    made = table(OWN)
    assert [week for _, week in week_choices(made, "")] == [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert week_choices(made, "judge") == [("Week 11: LLM-as-a-Judge: A futuristic way of evaluating LLMs", 11)]
    assert week_choices(table("# Nothing\n\nSoon."), "") == []


@pytest.mark.parametrize("name", COURSES)
def test_every_view_of_every_course_is_whole_and_fits(course, name: str) -> None:
    made = course(name)
    cards = [week_card(made, None), day_card(made), deadlines_card(made), grading_card(made)]
    for week in range(61):
        with suppress(UsageError):
            cards.append(week_card(made, week))
    assert len(cards) > 12
    if people(made):
        cards += [who_card(made, None), *(who_card(made, person) for person in people_choices(made, ""))]
    for card in cards:
        assert 0 < len(card.title) <= 256
        assert 0 < len(card.body) <= 4096
        assert not re.search(r"(?<!\\)@everyone|None|\{|\*\*\*\*", card.body)


def test_weeks_of_a_plan_of_dates_are_counted_and_that_is_said(course) -> None:
    made = course("stanford-cs336-2024.html")
    card = week_card(made, 2)
    assert "Architectures, hyperparameters" in card.body
    assert "Mixture of experts" in card.body
    assert card.footer.startswith("Counted from the first class")
    start = int(datetime(2024, 4, 8, 13, 30, tzinfo=ZoneInfo("America/Los_Angeles")).timestamp())
    assert f"<t:{start}:F> – <t:{start + 80 * 60}:t>" in card.body


def test_a_plan_without_dates_shows_its_weeks_by_number(course) -> None:
    made = course("dartmouth-llm-course-schedule-README.md")
    assert "Assignment 3" in week_card(made, 4).body  # weeks 3 to 4 are one entry
    assert "no dates" in week_card(made, None).body
    assert "• Week 1: Introduction, String Manipulation: Assignment 1: Building the ELIZA Chatbot" in deadlines_card(made).body


def test_deadlines_have_the_instant_where_a_time_is_told_and_the_day_in_words_else(course) -> None:
    berkeley = deadlines_card(course("berkeley-cs294-196-f24.md"))
    due = int(datetime(2024, 12, 12, 23, 59, tzinfo=ZoneInfo("America/Los_Angeles")).timestamp())
    assert f"• **<t:{due}:F>** (<t:{due}:R>): All assignments are due December 12th, 2024 at 11:59PM PST." in berkeley.lines
    cmu = deadlines_card(course("cmu-11-667-f23-calendar.md"))
    assert cmu.lines[0] == "• **Tue, Oct 24, 2023** (in 13 days): HW2 DUE"  # no reader's zone shifts it to another day
    assert cmu.footer == "It is Wed, Oct 11, 2023 where the course is held (America/New_York)."


def test_what_is_past_is_shown_only_where_nothing_is_ahead(table) -> None:
    card = deadlines_card(table(OWN, "2024-06-01T12:00"))
    assert card.lines[0] == "Nothing is due any more. What was:"
    assert "(36 days ago)" in card.body


def test_grading_is_the_syllabus_s(table) -> None:
    assert grading_card(table(OWN)).lines[:2] == ("• Participation: **10%**", "• In-class test: **10%**")
    assert grading_card(table("# Nothing\n\nSoon.")).lines == ("The syllabus says nothing of grading.",)


def test_people_are_found_without_accents_and_hyphens(table) -> None:
    made = table(OWN)
    assert who_card(made, "galle").title == "Matthias Gallé"
    card = who_card(made, "jungwoo")
    assert "adjunct professor" in card.body
    assert "Fri, Mar 29, 2024, LLM pre-training, ecosystem, and Sovereign LLM" in card.body
    with pytest.raises(UsageError, match='names no "Turing"'):
        who_card(made, "Turing")
    with pytest.raises(UsageError, match="names nobody"):
        who_card(table("# Nothing\n\nSoon."), None)


def test_a_missing_and_a_damaged_syllabus_are_told_in_the_reader_s_language(tmp_path: Path) -> None:
    now = datetime(2024, 3, 1, tzinfo=UTC)
    with pytest.raises(UsageError, match="no syllabus yet"):
        read_timetable(PlanFile(tmp_path), "UTC", now, "en")
    (tmp_path / "syllabus.md").write_bytes(b"\xff\xfe\x00 broken \x81")
    with pytest.raises(UsageError, match="cannot be read"):
        read_timetable(PlanFile(tmp_path), "UTC", now, "en")
    (tmp_path / "syllabus.md").write_text("# A\n", "utf-8")
    (tmp_path / "course.yaml").write_text("entries: 3\n", "utf-8")
    with pytest.raises(UsageError, match="无法读取"):
        read_timetable(PlanFile(tmp_path), "UTC", now, "zh")


def test_markdown_and_mentions_of_a_syllabus_do_nothing(table) -> None:
    made = table("# Zoo\n\n- Term: Spring 2024\n\n## Schedule\n\n### Week 1, Jan 26: @everyone **bees** <@123456789012345678>\n")
    body = week_card(made, 1).body
    assert "@everyone" not in body
    assert not re.search(r"<@\d", body)


def test_a_plan_is_read_again_when_it_has_changed(tmp_path: Path) -> None:
    (tmp_path / "syllabus.md").write_text("# Zoo\n\n### Week 1, Jan 26 2024: Bees\n", "utf-8")
    file = PlanFile(tmp_path)
    first = file.read()
    assert file.read() is first
    (tmp_path / "course.yaml").write_text("title: Farm\n", "utf-8")
    assert file.read().syllabus.title == "Farm"


def test_numbers_are_written_as_ranges() -> None:
    assert ranges([1, 2, 4, 5, 6, 9]) == "1–2, 4–6, 9"
    assert ranges([]) == ""
