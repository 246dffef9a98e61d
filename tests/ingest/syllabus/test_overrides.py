"""course.yaml: what it changes, and what it says when it is wrong."""

from datetime import date
from pathlib import Path

import pytest

from common.errors import ConfigError
from ingest.syllabus import Deadline, Person, ReadingRef, SessionKind, read_syllabus

PLAN = """# Birds

## Grading

- Reports: 100%

## Schedule

### Week 1 (Sep 2): Owls

- Reading: Wrong, https://example.org/wrong
- Due: Report 1

### Week 2 (Sep 9): Larks

### Week 3 (Sep 16): Swans
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "syllabus.md").write_text(PLAN, "utf-8")
    return tmp_path


def read(corpus: Path, yaml: str):
    (corpus / "course.yaml").write_text(yaml, "utf-8")
    return read_syllabus(corpus / "syllabus.md")


def test_the_year_of_a_plan_that_does_not_tell_it(corpus: Path) -> None:
    assert read(corpus, "").sessions[0].day is None
    syllabus = read(corpus, "year: 2025\n")
    assert [session.day for session in syllabus.sessions] == [date(2025, 9, 2), date(2025, 9, 9), date(2025, 9, 16)]
    assert syllabus.deadlines == (Deadline(date(2025, 9, 2), "Report 1"),)


def test_an_entry_is_put_right_with_its_lines_and_its_deadline(corpus: Path) -> None:
    syllabus = read(
        corpus,
        """
        year: 2025
        entries:
          - find: {week: 1}
            date: 2025-09-03
            readings: [{title: Attention Is All You Need, arxiv: 1706.03762v7}]
            due: [Report 2]
          - find: {heading: larks}
            remove: true
          - find: {date: 2025-09-16}
            kind: break
          - {add: event, date: 2025-09-10, topic: Dinner}
        """,
    )
    first, dinner, swans = syllabus.sessions
    assert first.readings == (ReadingRef("Attention Is All You Need", "1706.03762", "https://arxiv.org/abs/1706.03762"),)
    assert [fact.line for fact in first.facts] == [
        "Reading: Attention Is All You Need, https://arxiv.org/abs/1706.03762",
        "Due: Report 2",
        "Date: 2025-09-03",
    ]
    assert syllabus.deadlines == (Deadline(date(2025, 9, 3), "Report 2"),)
    assert (dinner.kind, dinner.heading, dinner.day) == (SessionKind.EVENT, "2025-09-10: Dinner", date(2025, 9, 10))
    assert swans.kind is SessionKind.BREAK


def test_facts_of_the_whole_are_replaced(corpus: Path) -> None:
    syllabus = read(
        corpus,
        """
        title: Birds of the North
        term: Fall 2025
        meeting: Tuesdays 10-12
        location: Barn 4
        staff: [{name: Ada Byron, role: Instructor}]
        grading: [{item: Reports, percent: 60}, {item: Exam, percent: 40}]
        thresholds: [Both reports must be handed in.]
        deadlines: [{date: 2025-10-01, what: Report}]
        """,
    )
    assert (syllabus.title, syllabus.term, syllabus.meeting, syllabus.location) == (
        "Birds of the North", "Fall 2025", "Tuesdays 10-12", "Barn 4",
    )  # fmt: skip
    assert (syllabus.staff, syllabus.grading) == ((Person("Ada Byron", "Instructor"),), (("Reports", 60), ("Exam", 40)))
    assert syllabus.deadlines == (Deadline(date(2025, 10, 1), "Report"),)
    assert "Location: Barn 4" in [fact.line for fact in syllabus.sections["Corrections of the course"]]


@pytest.mark.parametrize(
    ("yaml", "says"),
    [
        ("titel: x", "titel is no key here; did you mean title?"),
        ("entries: [{find: {week: 1}, topik: x}]", r"entries\.0\.topik is no key here; did you mean topic?"),
        ("entries: [{find: {wek: 1}}]", r"entries\.0\.find\.wek is no key here; did you mean week?"),
        ("entries: [{find: {}}]", "name week, date or heading"),
        ("entries: [{topic: x}]", "give either find"),
        ("entries: [{add: class}]", "an added entry needs a topic"),
        ("entries: [{add: lecture, topic: x}]", r"entries\.0\.add"),
        ("entries: [{find: {week: 9}, topic: x}]", r"entries\.0\.find: the syllabus has no entry with week 9"),
        ("entries: [{find: {heading: week}, topic: x}]", "3 entries have heading week: name the date"),
        ("grading: [{item: x, percent: 300}]", r"grading\.0\.percent"),
        ("year: soon", "year: Input should be a valid integer"),
        ("[1, 2]", "must hold keys such as"),
        ("a: [", "is not valid YAML"),
    ],
)
def test_what_is_wrong_is_one_line_that_names_the_place(corpus: Path, yaml: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as error:
        read(corpus, yaml)
    assert "course.yaml" in error.value.user_message
    assert "\n" not in error.value.user_message


def test_a_file_that_is_no_text(corpus: Path) -> None:
    (corpus / "course.yaml").write_bytes(b"title: Caf\xe9")
    with pytest.raises(ConfigError, match="not UTF-8"):
        read_syllabus(corpus / "syllabus.md")
