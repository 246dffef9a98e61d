from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.feedback.persons import PersonQuestion
from bot.feedback.report import Day, Given, by_day, summarise
from bot.feedback.votes import Reason, Vote


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2024, 3, day, hour, tzinfo=UTC)


GIVEN = [
    Given("a", "How many heads?", "quoted", at(1)),
    Given("b", "how  many heads", "quoted", at(1, 23), near=True),
    Given("c", "Who won?", "refused", at(2)),
    Given("d", "What is LoRA?", "answered", at(4)),
]
VOTES = [
    Vote("a", False, Reason.WRONG, "It is 16.", at(1)),
    Vote("b", False, Reason.WRONG, "", at(2)),
    Vote("c", False, None, "Not helpful.", at(2)),
    Vote("d", True, None, "", at(4)),
    Vote("d", False, Reason.UNCLEAR, "", at(4)),
    Vote("gone", True, None, "", at(4)),
]


def test_counts_and_the_worst_questions_whatever_their_spelling() -> None:
    sent = [PersonQuestion("c", 1, "Who won?", "", "en", None, None, None, at(2), endorsed) for endorsed in (None, 3)]
    report = summarise(GIVEN, VOTES, sent)
    assert (report.answers, report.by_status) == (4, {"quoted": 2, "refused": 1, "answered": 1})
    assert report.near == 1
    assert (report.good, report.bad, report.reasons) == (2, 4, {"wrong": 2, "unclear": 1})
    assert (report.sent, report.answered) == (2, 1)
    assert [(r.question, r.good, r.bad, r.reasons, r.notes, r.near) for r in report.worst] == [
        ("how  many heads", 0, 2, {"wrong": 2}, ("It is 16.",), True),
        ("Who won?", 0, 1, {}, ("Not helpful.",), False),
    ]
    assert report.as_json()["worst"][0]["notes"] == ["It is 16."]


def test_nothing_yet() -> None:
    report = summarise([], [], [])
    assert (report.answers, report.by_status, report.worst) == (0, {}, ())


def test_days_are_those_of_the_course() -> None:
    days = by_day(GIVEN, VOTES[:3], ZoneInfo("Asia/Hong_Kong"))
    assert [(d.day.day, d.answers, d.refused, d.near, d.good, d.bad) for d in days] == [
        (1, 1, 0, 0, 0, 1),
        (2, 2, 1, 1, 0, 2),
        (4, 1, 0, 0, 0, 0),
    ]
    assert isinstance(days[0], Day)
