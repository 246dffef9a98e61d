"""What another syllabus would change, in lines for people."""

from pathlib import Path

from ingest.syllabus import parse_syllabus
from ingest.syllabus.difference import difference

OLD = """# Zoo

- Term: Spring 2024

## Grading

| Item | Percent |
| --- | --- |
| Homework | 40% |
| Exam | 60% |

## Schedule

### Week 1, Jan 26: Bees

- Reading: Bees, https://arxiv.org/abs/2401.00001

### Week 2, Feb 2: Owls

- Due: HW1
"""
NEW = (
    OLD.replace("Week 1, Jan 26: Bees", "Week 1, Jan 26: Wasps")
    .replace("- Due: HW1", "- Due: HW1 and HW2")
    .replace("Homework | 40%", "Homework | 50%")
    .replace("Exam | 60%", "Exam | 50%")
    + "\n### Week 3, Feb 9: Gnus\n"
)


def read(folder: Path, name: str, text: str):
    (folder / name).write_text(text, "utf-8")
    return parse_syllabus(folder / name)


def test_a_syllabus_differs_in_nothing_from_itself(tmp_path: Path) -> None:
    assert difference(read(tmp_path, "a.md", OLD), read(tmp_path, "b.md", OLD)) == ()


def test_what_comes_goes_and_changes_is_said(tmp_path: Path) -> None:
    lines = difference(read(tmp_path, "a.md", OLD), read(tmp_path, "b.md", NEW))
    assert "+ week 3: Gnus (2024-02-09)" in lines
    assert "~ week 1: topic: Bees → Wasps" in lines
    assert "+ grading: Homework 50%" in lines
    assert "− grading: Homework 40%" in lines
    assert [line for line in lines if line.startswith("~ week 2: due:")], lines
    back = difference(read(tmp_path, "b.md", NEW), read(tmp_path, "a.md", OLD))
    assert "− week 3: Gnus (2024-02-09)" in back
