from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.plan.reminders import Reminder, in_messages, reminders_due, still_due

PLAN = """# Zoo

- Term: Spring 2024

## Schedule

### Week 1, Mar 15: Bees

- Due: first essay

### Week 2, Mar 22: Wasps

- Due: second essay at 17:00
"""
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


def due(table, now: str, *, since: datetime = LONG_AGO, plan: str = PLAN, told=None, **options) -> list[tuple[str, int]]:
    made = table(plan, now, **options)
    return [(r.line, r.days_ahead) for r in reminders_due(made, (3, 1), 9, since, told)]


FIRST = "• **Fri, Mar 15, 2024** ({}): first essay"


def test_each_goes_out_at_the_hour_of_the_course_and_not_before(table) -> None:
    assert due(table, "2024-03-12T08:59") == []
    assert due(table, "2024-03-12T09:00") == [(FIRST.format("in 3 days"), 3)]
    assert due(table, "2024-03-14T08:59") == [(FIRST.format("tomorrow"), 3)]  # the bot was down for two days
    assert due(table, "2024-03-14T09:00") == [(FIRST.format("tomorrow"), 1)]
    assert due(table, "2024-03-15T23:59") == [(FIRST.format("today"), 1)]
    assert due(table, "2024-03-16T00:00") == []


def test_a_deadline_with_a_time_ends_there(table) -> None:
    at = int(datetime(2024, 3, 22, 17, tzinfo=ZoneInfo("Asia/Hong_Kong")).timestamp())
    assert due(table, "2024-03-22T16:59") == [(f"• **<t:{at}:F>** (<t:{at}:R>): second essay at 17:00", 1)]
    assert due(table, "2024-03-22T17:00") == []


def test_what_had_its_time_before_somebody_asked_is_left_out(table) -> None:
    asked = datetime(2024, 3, 12, 2, tzinfo=UTC)  # 10:00 in Hong Kong
    assert due(table, "2024-03-12T11:00", since=asked) == []
    assert due(table, "2024-03-14T09:00", since=asked) == [(FIRST.format("tomorrow"), 1)]


def test_a_day_that_the_syllabus_changes_is_reminded_of_anew(table) -> None:
    moved = PLAN.replace("Mar 15", "Mar 18")
    before = reminders_due(table(PLAN, "2024-03-12T09:00"), (3, 1), 9, LONG_AGO)[0]
    assert due(table, "2024-03-14T09:00", plan=moved) == []  # nothing for the old day
    told = {before.deadline: {date(2024, 3, 15)}}
    assert due(table, "2024-03-15T09:00", plan=moved, told=told) == [
        ("• **Mon, Mar 18, 2024** (in 3 days): first essay (it was told as Fri, Mar 15, 2024 before: the syllabus has changed)", 3)
    ]


def test_the_same_words_on_several_days_are_several_deadlines_and_none_was_moved(table) -> None:
    weekly = PLAN.replace("second essay at 17:00", "first essay")
    key = reminders_due(table(weekly, "2024-03-12T09:00"), (3, 1), 9, LONG_AGO)[0].deadline
    assert due(table, "2024-03-19T09:00", plan=weekly, told={key: {date(2024, 3, 15)}}) == [
        ("• **Fri, Mar 22, 2024** (in 3 days): first essay", 3)
    ]


def test_summer_time_changes_nothing_of_the_hour(table) -> None:
    plan = PLAN.replace("Mar 15", "Apr 1")  # Rome's clocks went forward on March 31
    assert due(table, "2024-03-31T08:59", plan=plan, zone="Europe/Rome") == [("• **Mon, Apr 1, 2024** (tomorrow): first essay", 3)]
    assert due(table, "2024-03-31T09:00", plan=plan, zone="Europe/Rome") == [("• **Mon, Apr 1, 2024** (tomorrow): first essay", 1)]


def test_only_what_is_ahead_is_still_due(table) -> None:
    assert {day for _, day in still_due(table(PLAN, "2024-03-16T12:00"))} == {date(2024, 3, 22)}
    assert still_due(table("# Nothing\n\nSoon.")) == frozenset()


def test_many_go_out_in_messages_that_fit() -> None:
    many = [Reminder(str(n), date(2024, 3, 1), 3, "x" * 235) for n in range(20)]
    assert [len(part) for part in in_messages(many)] == [8, 8, 4]
    assert sum(len(r.line) + 1 for r in many[:8]) < 1900


def test_a_long_deadline_is_cut(table) -> None:
    (line, _) = due(table, "2024-03-12T09:00", plan=PLAN.replace("first essay", "an essay on " + "very " * 100 + "small things"))[0]
    assert len(line) < 240
    assert line.endswith("very …")
