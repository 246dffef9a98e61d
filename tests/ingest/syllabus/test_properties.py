"""Whatever is read: nothing is invented, nothing falls over."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.syllabus import parse_syllabus
from ingest.syllabus.document import Source
from ingest.syllabus.markup import read_html, read_markdown
from ingest.syllabus.read import build
from tests.ingest.syllabus.test_forms import FORMS

PIECES = (
    "# ", "## ", "- ", "  - ", "| ", " | ", "\n", "\n\n", "|---|---|\n", ": ", "**", "Week 3", "Weeks 3--4", "Lecture 2", "Sep 3",
    "3 Sep", "9/3", "12.02.2025", "2024-09-03", "Tue", "Fall 2024", "Reading: ", "Due: ", "HW1 due", "HW1 out", "No class",
    "Spring break", "Guest lecture by Ada Byron", "(Sung Kim)", "[A title](https://arxiv.org/abs/1706.03762)",
    "https://example.org/x.pdf", "arXiv:1706.03762", "Homework", "40%", "Grading", "Schedule", "Date", "Topic", "Instructor: Ada Byron",
    "<br>", "<table><tr><td>", "</td><td>", "</td></tr></table>", "<!--", "-->", "---\n", "title: X\n", "Room 5", "Mondays 10-12",
    "must pass all 3 labs.", "é", "中文", "\u202e", "\x00", "&nbsp;", "{% if %}", "{{ x }}", "~~", "`", "<script>", "\\",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=40).map("".join)
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def seen(source: Source) -> str:
    """All that a reader of the file sees, without white space."""
    texts = [line.text for line in source.lines] + [value for _, value in source.front] + [source.title, source.name]
    return "".join("".join(texts).split())


def assert_nothing_is_invented(source: Source) -> None:
    syllabus = build(source, today=date(2026, 1, 1))
    visible, addresses = seen(source), {link.url for line in source.lines for link in line.links}
    said = [text for session in syllabus.sessions for text in (*session.speakers, *session.notes)]
    said += [reading.title for session in syllabus.sessions for reading in session.readings]
    said += [item for item, _ in syllabus.grading] + [person.name for person in syllabus.staff] + list(syllabus.thresholds)
    for text in said:
        assert "".join(text.split()) in visible, text
    # A label or a link taken out of the middle of a title leaves its two sides.
    parted = [session.topic.replace("; ", " ") for session in syllabus.sessions] + [
        text for session in syllabus.sessions for text in session.due
    ]
    for text in [*parted, *(deadline.what for deadline in syllabus.deadlines), syllabus.location.replace(", ", " ")]:
        for word in text.split():
            assert word in visible, text
    for session in syllabus.sessions:
        for reading in session.readings:
            assert reading.url is None or reading.url in addresses
            assert reading.arxiv is None or reading.arxiv in "".join([visible, *addresses])
    syllabus.as_json()


@MANY
@given(TEXTS)
def test_any_markdown(text: str) -> None:
    assert_nothing_is_invented(read_markdown(text.encode("utf-8", "ignore"), "x.md"))


@MANY
@given(TEXTS)
def test_any_html(text: str) -> None:
    assert_nothing_is_invented(read_html(text.encode("utf-8", "ignore"), "x.html"))


@pytest.mark.parametrize("path", sorted(path for path in FORMS.iterdir() if path.suffix != ".json"), ids=lambda path: path.name)
def test_the_forms(path: Path) -> None:
    reader = read_html if path.suffix == ".html" else read_markdown
    assert_nothing_is_invented(reader(path.read_bytes(), path.name))


def test_the_sign_that_links_a_heading_to_itself_is_no_text(tmp_path: Path) -> None:
    page = tmp_path / "plan.html"
    heads = "".join(
        f"<h3>Week {n} (Sep {n + 1}, 2025): Topic {n}<a class='headerlink' href='#w{n}'>¶</a></h3><p>Read.</p>" for n in (1, 2, 3)
    )
    page.write_text(f"<h1>Zoo<a href='#zoo'>#</a></h1>{heads}", "utf-8")
    syllabus = parse_syllabus(page)
    assert syllabus.title == "Zoo"
    assert [session.topic for session in syllabus.sessions] == ["Topic 1", "Topic 2", "Topic 3"]
