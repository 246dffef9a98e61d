"""Questions answered from the plan's data, relative to a day that the test sets. Nothing is embedded: what data gives needs no likeness."""

from datetime import date
from pathlib import Path

import pytest

from ingest.syllabus import Syllabus, parse_syllabus, read_syllabus
from rag.syllabus.direct import Direct
from rag.syllabus.entries import Found, entries_of
from rag.syllabus.periods import find_periods, week_of
from tests.conftest import ROOT

WEDNESDAY = date(2024, 3, 6)
PLAN = """# Birds

## Course

- Term: Spring 2024
- Meeting time: Fridays 10:00AM
- Meeting place: Room 7

## Staff

- Ada Byron: instructor

## Prerequisites

- Counting to ten is enough.

## Grading

| Item | Percent |
| --- | --- |
| Homework | 40% |
| Final project | 60% |

## Schedule

### Week 1, Mar 1: Owls

- Speaker: Ada Byron
- Due: Homework 1, a list of owls

### Week 2, Mar 8: Larks

- Speaker: Grace Hopper
- Place: Zoom
- Reading: Larks at dawn, https://arxiv.org/abs/2401.00001

### Break, Mar 15: Spring break, no class

### Week 3, Mar 22: Wrens

- Due: Final project
"""


@pytest.fixture(scope="module")
def birds(tmp_path_factory: pytest.TempPathFactory) -> Syllabus:
    file = tmp_path_factory.mktemp("birds") / "syllabus.md"
    file.write_text(PLAN, "utf-8")
    return read_syllabus(file)


def find(syllabus: Syllabus, question: str, today: date = WEDNESDAY) -> Found | None:
    return Direct(syllabus, entries_of(syllabus), lambda: today).find(question)


def said(found: Found | None) -> list[str]:
    assert found is not None
    if found.only_note:
        assert found.note is not None
        return [found.note.text]
    return ([found.note.text] if found.note else []) + [line for shown in found.shown for line in (shown.heading, *shown.lines)]


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("Who speaks this week?", ["Week 2, Mar 8: Larks (2024-03-08)", "Speaker: Grace Hopper"]),
        ("what do I have to read for next class?", ["Week 2, Mar 8: Larks (2024-03-08)", "Reading: Larks at dawn, https://arxiv.org/abs/2401.00001"]),
        ("Where are we on Friday?", ["Week 2, Mar 8: Larks (2024-03-08)", "Place: Zoom"]),
        ("is there class next week?", ["Break, Mar 15: Spring break, no class (2024-03-15)"]),
        ("What is due in two weeks?", ["Week 3, Mar 22: Wrens (2024-03-22)", "Due: Final project"]),
        ("what is the next deadline", ["Week 3, Mar 22: Wrens (2024-03-22)", "Due: Final project"]),
        ("How many days until the final project is due?", ["Week 3, Mar 22: Wrens (2024-03-22, in 16 days)", "Due: Final project"]),
        ("What is due next week?", ["The syllabus lists nothing due from 2024-03-11 to 2024-03-17."]),
        ("Who speaks on March 22?", ["The syllabus names no speaker on 2024-03-22."]),
        ("what did we do last week?", ["Week 1, Mar 1: Owls (2024-03-01)", "Speaker: Ada Byron", "Due: Homework 1, a list of owls"]),
        ("which class is after spring break?", ["Week 3, Mar 22: Wrens (2024-03-22)", "Due: Final project"]),
        ("Is there class tomorrow?", ["The syllabus lists no class on 2024-03-07."]),
        ("When is the talk on wrens?", ["Week 3, Mar 22: Wrens (2024-03-22)", "Due: Final project"]),
        ("when is hw1 due", ["Week 1, Mar 1: Owls (2024-03-01)", "Due: Homework 1, a list of owls"]),
        ("how much is the final project worth", ["Grading", "Homework: 40%", "Final project: 60%"]),
        ("What time does class start?", ["Course", "Meeting time: Fridays 10:00AM"]),
        ("on what day and at what time does the class begin?", ["Course", "Meeting time: Fridays 10:00AM"]),
        (
            "When does class start?",
            [
                "Week 1, Mar 1: Owls (2024-03-01)", "Speaker: Ada Byron", "Due: Homework 1, a list of owls", "Course",
                "Meeting time: Fridays 10:00AM",
            ],
        ),
        ("when is the first homework due", ["Week 1, Mar 1: Owls (2024-03-01)", "Due: Homework 1, a list of owls"]),
        ("how many weeks are there?", ["The plan's weeks run from 1 to 3 (2024-03-01 to 2024-03-22)."]),
        ("When does the course end?", ["Week 3, Mar 22: Wrens (2024-03-22)", "Due: Final project"]),
        ("what should I already be able to do?", ["Prerequisites", "Counting to ten is enough."]),
        ("do we need to know python for this course?", ["Prerequisites", "Counting to ten is enough."]),
        ("which background do I need", ["Prerequisites", "Counting to ten is enough."]),
        ("who gives that talk? (after: When is the talk on larks?)", ["Week 2, Mar 8: Larks", "Speaker: Grace Hopper"]),
        ("What readings are assigned in week 1?", ["The syllabus lists no reading from 2024-02-26 to 2024-03-03."]),
        ("which weeks are on Zoom?", ["Week 2, Mar 8: Larks (2024-03-08)", "Place: Zoom"]),
        ("Which week has no speaker?", ["Week 3, Mar 22: Wrens (2024-03-22)"]),
        ("which class is without a reading", ["Week 1, Mar 1: Owls (2024-03-01)", "Speaker: Ada Byron", "Due: Homework 1, a list of owls",
                                             "Week 3, Mar 22: Wrens (2024-03-22)", "Due: Final project"]),
        ("Who is Ada Byron?", ["Staff", "Ada Byron: instructor", "Week 1, Mar 1: Owls (2024-03-01)", "Speaker: Ada Byron"]),
        ("tell me about Grace Hopper", ["Week 2, Mar 8: Larks (2024-03-08)", "Speaker: Grace Hopper"]),
        ("who speaks on March 8 and where?", ["Week 2, Mar 8: Larks (2024-03-08)", "Speaker: Grace Hopper", "Place: Zoom",
                                             "Reading: Larks at dawn, https://arxiv.org/abs/2401.00001"]),
        ("What is the final project?", ["Week 3, Mar 22: Wrens (2024-03-22)", "Due: Final project"]),
        ("how many homeworks are there?", ["Week 1, Mar 1: Owls (2024-03-01)", "Due: Homework 1, a list of owls"]),
    ],
)  # fmt: skip
def test_what_students_ask(birds: Syllabus, question: str, lines: list[str]) -> None:
    assert said(find(birds, question)) == lines


def test_assistants_without_a_name_are_not_the_instructors(tmp_path: Path) -> None:
    file = tmp_path / "syllabus.md"
    file.write_text(PLAN.replace("- Reading: Larks", "- Session: the TA shows an owl\n- Reading: Larks"), "utf-8")
    assert said(find(read_syllabus(file), "Who is the TA?")) == ["Week 2, Mar 8: Larks", "Session: the TA shows an owl"]
    file.write_text(PLAN.replace("- Ada Byron: instructor", "- Ada Byron: instructor\n- Alan Turing: teaching assistant"), "utf-8")
    assert said(find(read_syllabus(file), "Who is the TA?"))[0] == "Staff"


def test_outside_the_course_s_dates_they_are_named(birds: Syllabus) -> None:
    note = "The plan runs from 2024-03-01 to 2024-03-22: it lists nothing due from 2026-11-30 to 2026-12-06."
    assert said(find(birds, "What is due next week?", date(2026, 11, 24))) == [note]
    assert said(find(birds, "when is the next class?", date(2026, 11, 24))) == [
        "The plan runs from 2024-03-01 to 2024-03-22: it lists no class there."
    ]


def test_every_line_but_days_and_notes_stands_in_the_syllabus(birds: Syllabus) -> None:
    for question in ("Who speaks this week?", "What is due in two weeks?", "How is the course graded?", "what happens in March?"):
        found = find(birds, question)
        assert found is not None
        assert found.note is None
        for shown in found.shown:
            assert shown.entry.section in PLAN
            assert all(line in PLAN or line in ("Homework: 40%", "Final project: 60%") for line in shown.lines)


@pytest.mark.parametrize(
    "question",
    [
        "how many training days did GPT-3 take",
        "what is the learning rate at the first step?",
        "Which week's data was used for the evaluation?",
        "How are language models evaluated today?",
        "When is a lark useful?",
        "what is the next token",
        "what test score did the model reach?",
        "Which model was released in March 2023?",
        "what can you do today?",
        "what should I know about larks?",
        "do they need prior knowledge in the retriever?",
        "how much experience did the labelers have?",
        "Who is Gauss?",
        "tell me about larks",
        "",
    ],
)
def test_questions_on_readings_are_left_alone(birds: Syllabus, question: str) -> None:
    assert find(birds, question) is None


def test_a_plan_without_dates_says_so() -> None:
    weeks = parse_syllabus(ROOT / "tests" / "ingest" / "syllabus" / "forms" / "rowspans.html")
    assert find(weeks, "what is due next week?", date(2030, 1, 1)) is not None
    assert find(Syllabus(""), "what is due next week?") is None


def test_a_plan_of_undated_weeks(tmp_path: Path) -> None:
    file = tmp_path / "syllabus.md"
    file.write_text("# Birds\n\n# Week 1: Owls\n\n- Due: Essay\n\n# Weeks 2--3: Larks\n\n- Reading: Larks\n", "utf-8")
    birds = read_syllabus(file)
    assert said(find(birds, "what is due next week?")) == ["The syllabus gives no dates for its plan: ask by its weeks, such as week 1."]
    assert said(find(birds, "what is week 3 about?"))[0] == "Weeks 2--3: Larks"
    assert find(birds, "what is week 9 about?") is None  # said elsewhere: the syllabus names no week 9


def test_weeks_of_a_plan_of_dates_are_counted_and_it_is_said(tmp_path: Path) -> None:
    file = tmp_path / "syllabus.md"
    file.write_text(
        "# Birds (Fall 2024)\n\n## Sept 9: Owls\n\n- Speaker: Ada Byron\n\n## Sept 16: Larks\n\n- Speaker: Grace Hopper\n", "utf-8"
    )
    lines = said(find(read_syllabus(file), "who speaks in week 2?"))
    assert lines == ["Week 2, counted from the first class: 2024-09-16 to 2024-09-22.", "Sept 16: Larks", "Speaker: Grace Hopper"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("today", [("2024-03-06", "2024-03-06")]),
        ("the day after tomorrow", [("2024-03-08", "2024-03-08")]),
        ("next week", [("2024-03-11", "2024-03-17")]),
        ("the week after next", [("2024-03-18", "2024-03-24")]),
        ("in 3 days", [("2024-03-09", "2024-03-09")]),
        ("coming Friday", [("2024-03-08", "2024-03-08")]),
        ("next Friday", [("2024-03-08", "2024-03-08"), ("2024-03-15", "2024-03-15")]),
        ("Friday next week", [("2024-03-15", "2024-03-15")]),
        ("next Monday", [("2024-03-11", "2024-03-11")]),
        ("last Friday", [("2024-03-01", "2024-03-01")]),
        ("this month", [("2024-03-01", "2024-03-31")]),
        ("on the 6th of May", [("2024-05-06", "2024-05-06")]),
        ("on Friday, March 8", [("2024-03-08", "2024-03-08")]),
        ("between March 8 and March 15", [("2024-03-08", "2024-03-15")]),
        ("by April 2", [("0001-01-01", "2024-04-02")]),
        ("before Friday's class", [("2024-03-08", "2024-03-08")]),
        ("in March 2023", [("2023-03-01", "2023-03-31")]),
        ("2024-02-30", []),
        ("it may 5 times", []),
        ("the last week of class", []),
    ],
)
def test_words_for_days(text: str, days: list[tuple[str, str]]) -> None:
    found = find_periods(text, WEDNESDAY, lambda _month, _day: 2024)
    assert [(str(period.first), str(period.last)) for period in found] == days


def test_a_week_is_from_monday_to_sunday() -> None:
    assert week_of(date(2024, 3, 10)) == (date(2024, 3, 4), date(2024, 3, 10))
