"""The lookup over syllabi of other shapes than the course's own: tables, definition lists, ranges of weeks."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ingest.embeddings import Vectors
from ingest.syllabus import read_syllabus
from rag.lexical import stems
from rag.syllabus import SyllabusLookup
from tests.conftest import ROOT

FORMS = ROOT / "tests" / "ingest" / "syllabus" / "forms"


def embed(texts: Sequence[str]) -> Vectors:
    """Bags of stems, so that words in common are nearness."""
    made = np.zeros((len(texts), 256), dtype=np.float32)
    for row, text in enumerate(texts):
        for stem in stems(text):
            made[row, sum(map(ord, stem)) % 256] += 1
    return made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9)


def answer(path: Path, question: str) -> list[tuple[str, tuple[str, ...]]]:
    found = SyllabusLookup(read_syllabus(path), embed).find(question, embed([question])[0])
    assert found is not None
    return [(shown.entry.section, shown.lines) for shown in found.shown]


def test_a_row_of_a_table_is_an_entry() -> None:
    ((section, lines),) = answer(FORMS / "rowspans.html", "Who speaks on Jan 28?")
    assert section == "Week 3, Jan 28: Queens"
    assert "Topic: Guest: Dr. Mira Olsen" in lines


def test_a_day_inside_a_break_is_found() -> None:
    ((section, lines),) = answer(FORMS / "rowspans.html", "Is there class on March 12?")
    assert (section, lines) == ("Spring Break (Mar 10–14)", ())


def test_a_week_of_a_range(tmp_path: Path) -> None:
    file = tmp_path / "syllabus.md"
    file.write_text("# Birds\n\n# Week 1: Owls\n\n- Reading: Owls\n\n# Weeks 2--3: Larks\n\n- Reading: Larks\n", "utf-8")
    assert [section for section, _ in answer(file, "What do we read in week 3?")] == ["Weeks 2--3: Larks"]
    lookup = SyllabusLookup(read_syllabus(file), embed)
    assert (lookup.unknown_week("week 3?"), lookup.unknown_week("week 4?")) == (None, 4)


def test_a_plan_of_dates_knows_no_weeks_and_says_of_none_that_it_is_missing() -> None:
    assert SyllabusLookup(read_syllabus(FORMS / "date-headings.md"), embed).unknown_week("What is in week 3?") is None


def test_weights_of_a_list_are_the_grading() -> None:
    assert answer(FORMS / "bullets-month-first.md", "How much is the midterm worth?")[0] == (
        "Grading",
        ("homework: 40%", "midterm: 20%", "final project: 40%"),
    )
