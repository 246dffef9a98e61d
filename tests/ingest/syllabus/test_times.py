from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from ingest.syllabus.times import Times, find_times, instant, weekdays_in

HONG_KONG, LOS_ANGELES, ROME = ZoneInfo("Asia/Hong_Kong"), ZoneInfo("America/Los_Angeles"), ZoneInfo("Europe/Rome")


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Fridays from 9:00AM HKT", [Times(time(9), None, "HKT")]),
        ("3:00PM-5:00PM PST", [Times(time(15), time(17), "PST")]),
        ("Monday/Wednesday 1:30-2:50pm in Room 102", [Times(time(13, 30), time(14, 50), "")]),
        ("11:30-12:20pm", [Times(time(11, 30), time(12, 20), "")]),
        ("due December 12th, 2024 at 11:59PM PST.", [Times(time(23, 59), None, "PST")]),
        ("7AM HKT", [Times(time(7), None, "HKT")]),
        ("9.30 a.m. to 11 a.m.", [Times(time(9, 30), time(11), "")]),
        ("by 14:00", [Times(time(14), None, "")]),
        ("by 5 pm AoE", [Times(time(17), None, "AoE")]),
        ("12 am", [Times(time(0), None, "")]),
    ],
)
def test_times_are_read(text: str, times: list[Times]) -> None:
    assert find_times(text) == times


@pytest.mark.parametrize(
    "text",
    [
        "at 1:30",
        "GPT-3.5 in 2024-03-12",
        "score more than 70",
        "read 3 to 5 papers",
        "10% of 30",
        "v1.10",
        "1.5 hours",
        "HW1",
        "25:00",
        "9:75",
        "",
    ],
)
def test_other_numbers_and_what_could_be_morning_or_afternoon_are_none(text: str) -> None:
    assert find_times(text) == []


def test_weekdays_are_read() -> None:
    assert weekdays_in("Fridays from 9:00AM") == {4}
    assert weekdays_in("Monday/Wednesday 1:30pm") == {0, 2}
    assert weekdays_in("Tue and Thurs") == {1, 3}
    assert weekdays_in("We meet when the sunlight is monochrome") == set()


@pytest.mark.parametrize(
    ("zone", "abbreviation", "utc"),
    [
        (HONG_KONG, "HKT", datetime(2024, 7, 1, 1, tzinfo=UTC)),
        (HONG_KONG, "", datetime(2024, 7, 1, 1, tzinfo=UTC)),
        (LOS_ANGELES, "PST", datetime(2024, 7, 1, 16, tzinfo=UTC)),  # said of the wall clock, which is at PDT then
        (LOS_ANGELES, "PT", datetime(2024, 7, 1, 16, tzinfo=UTC)),
        (ROME, "UTC", datetime(2024, 7, 1, 9, tzinfo=UTC)),
        (ROME, "AoE", datetime(2024, 7, 1, 21, tzinfo=UTC)),
        (ROME, "HKT", None),
        (HONG_KONG, "CST", None),
    ],
)
def test_a_time_is_an_instant_where_its_zone_is_sure(zone: ZoneInfo, abbreviation: str, utc: datetime | None) -> None:
    assert instant(date(2024, 7, 1), time(9), abbreviation, zone) == utc
