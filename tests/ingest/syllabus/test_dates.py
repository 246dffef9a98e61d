from datetime import date

import pytest

from ingest.syllabus.dates import Mention, find_dates, reads_day_first
from ingest.syllabus.document import Kind, Source, plain
from ingest.syllabus.years import end_of, find_terms, first_year, on, terms_of


def only(text: str, **how: bool) -> Mention:
    (mention,) = find_dates(text, **how)
    return mention


@pytest.mark.parametrize(
    ("text", "year", "month", "day", "weekday"),
    [
        ("Week 1 Jan 26 (No class)", None, 1, 26, None),
        ("Week 5 Mar 1: A survey", None, 3, 1, None),
        ("Tuesday, Aug 29", None, 8, 29, 1),
        ("Mon April 1", None, 4, 1, 0),
        ("9/3", None, 9, 3, None),
        ("M 9/3", None, 9, 3, 0),
        ("9/3 (Tue)", None, 9, 3, 1),
        ("12.02.2025", 2025, 2, 12, None),
        ("Mo, 12.02.", None, 2, 12, 0),
        ("2025-02-12", 2025, 2, 12, None),
        ("2024/09/03", 2024, 9, 3, None),
        ("12 February", None, 2, 12, None),
        ("Tuesday 12th of March", None, 3, 12, 1),
        ("due December 12th, 2024 at 11:59PM", 2024, 12, 12, None),
        ("Mi 15. Oktober 2024", 2024, 10, 15, 2),
        ("le mardi 3 septembre 2024", 2024, 9, 3, 1),
        ("12 de febrero de 2025", 2025, 2, 12, None),
        ("1月26日", None, 1, 26, None),
        ("Sep 3 3:30pm", None, 9, 3, None),
        ("12 Feb 14:00", None, 2, 12, None),
        ("Oct 3 5-7pm", None, 10, 3, None),
        ("Mini-project 1, 5 March 2025", 2025, 3, 5, None),
    ],
)
def test_dates_are_read_as_written(text: str, year: int | None, month: int, day: int, weekday: int | None) -> None:
    mention = only(text)
    assert (mention.year, mention.month, mention.day, mention.weekday, mention.until) == (year, month, day, weekday, None)


@pytest.mark.parametrize(
    ("text", "start", "until"),
    [
        ("Sep 9-13", (None, 9, 9), (None, 9, 13)),
        ("Aug 29 – Sep 2", (None, 8, 29), (None, 9, 2)),
        ("26 Jan–1 Feb", (None, 1, 26), (None, 2, 1)),
        ("12–16 February", (None, 2, 12), (None, 2, 16)),
        ("28/30 Aug", (None, 8, 28), (None, 8, 30)),
        ("30 Oct/1 Nov", (None, 10, 30), (None, 11, 1)),
        ("9, 10 Sep", (None, 9, 9), (None, 9, 10)),
        ("Tue/Thu Sep 3/5", (None, 9, 3), (None, 9, 5)),
        ("16.9.-20.9.", (None, 9, 16), (None, 9, 20)),
        ("30 December - 3 January 2025", (2024, 12, 30), (2025, 1, 3)),
    ],
)
def test_ranges(text: str, start: tuple[int | None, int, int], until: tuple[int | None, int, int]) -> None:
    mention = only(text)
    assert ((mention.year, mention.month, mention.day), mention.until) == (start, until)


@pytest.mark.parametrize(
    "text", ["chapter 3.2", "Section 8.1, 8.2", "Jan 2024", "you may 5", "Sun Kim 3", "13:30-14:45", "COVID-19", "v2.10"]
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_figures_are_read_by_those_that_are_sure_then_by_their_order() -> None:
    assert only("3/4", day_first=True).turned() == only("3/4")
    assert reads_day_first([only("16/04"), only("07/05")])
    assert not reads_day_first([only("9/3"), only("9/17")])
    assert reads_day_first([only("03/04"), only("10/04"), only("08/05")])  # weekly only this way round


def source(*lines: str, title: str = "", name: str = "x.md") -> Source:
    return Source(name, title, (), tuple(plain(line, Kind.ITEM) for line in lines))


def year(made: Source, days: list[Mention]) -> int | None:
    return first_year(made, terms_of(made), days, today=date(2026, 6, 1))


def test_the_year_comes_from_the_term() -> None:
    autumn = [only("Sep 3"), only("Dec 3"), only("Jan 8")]
    assert year(source(title="Birds, Fall 2024"), autumn) == 2024
    assert [on(day, 9, 2024) for day in autumn] == [date(2024, 9, 3), date(2024, 12, 3), date(2025, 1, 8)]
    assert year(source("Winter term 2025/26"), [only("6 Nov"), only("8 Jan")]) == 2025
    assert year(source(title="Winter 2025"), [only("Jan 7")]) == 2025
    assert year(source(name="cs-f23-calendar.md"), [only("Sep 5")]) == 2023


def test_a_term_that_does_not_fit_the_months_is_of_another_course() -> None:
    made = source("Please sign up for the Spring 2025 iteration.", "All labs are due December 12th, 2024.")
    assert year(made, [only("Sept 9"), only("Dec 2")]) == 2024


def test_the_year_comes_from_the_weekday_and_what_is_cited() -> None:
    days = [only("Tuesday, Aug 29"), only("Thursday, Aug 31")]
    assert year(source("see (2021) and (2022)"), days) == 2023
    assert year(source("nothing"), days) == 2023  # the latest that fits
    assert year(source("nothing"), [only("Aug 29")]) is None


def test_weekdays_overrule_a_hint_but_not_a_full_date() -> None:
    days = [only("Tuesday, Aug 29"), only("Thursday, Aug 31")]
    assert year(source("first given in Fall 2019", "now Fall 2023"), days) == 2023


@pytest.mark.parametrize(
    ("text", "season", "first"),
    [
        ("Fall 2024", "fall", 2024),
        ("2024 Spring", "spring", 2024),
        ("WS 2024/25", "winter", 2024),
        ("Spring '25", "spring", 2025),
        ("Semester 1, 2025", None, 2025),
        ("Academic year 2024-2025", None, 2024),
    ],
)
def test_terms(text: str, season: str | None, first: int) -> None:
    (term,) = find_terms(text)
    assert (term.season, term.year) == (season, first)


def test_a_day_that_a_year_does_not_have_is_none() -> None:
    assert on(only("29 Feb"), 1, 2025) is None
    assert on(only("29 Feb"), 1, 2024) == date(2024, 2, 29)
    assert end_of(only("Dec 30 - Jan 3"), date(2024, 12, 30)) == date(2025, 1, 3)
