"""Answers that no model writes; in Discord's languages: tests/bot/discord/test_own_words.py."""

from datetime import date

from rag.answers import Answer, Because, Status, Timings
from rag.replies import declined, from_syllabus, refusal
from rag.requests import REASONS, Theme
from rag.syllabus import Entry, Found, Shown
from rag.syllabus.notes import Days, Matter, lists_no
from rag.weighing import Weighed

BASE = Answer(Status.REFUSED, (), (), "why?", "why?", Timings(0.0, None, 0.0))
DAY = date(2024, 3, 8)
SHOWN = Shown(Entry("Week 2", ("Speaker: Ada", "Room 2")), ("Speaker: Ada",), Days(DAY, DAY))


def test_the_syllabus_is_shown_line_by_line_and_cited_whole() -> None:
    answer = from_syllabus(BASE, Found((SHOWN,), 2.0, sure=True))
    assert (answer.status, answer.text) == (Status.SYLLABUS, "Week 2 (2024-03-08)\nSpeaker: Ada")
    (citation,) = answer.citations
    assert (citation.quote, citation.passage, citation.kind) == ("Speaker: Ada", "Week 2\nSpeaker: Ada\nRoom 2", "syllabus")
    assert answer.note is None


def test_where_only_a_note_is_shown_the_entries_are_what_it_rests_on() -> None:
    answer = from_syllabus(BASE, Found((SHOWN,), 2.0, sure=True, note=lists_no(Matter.EXAM, DAY, DAY), only_note=True))
    assert answer.text == "The syllabus lists no exam, test or quiz on 2024-03-08."
    assert [citation.quote for citation in answer.citations] == ["Week 2"]


def test_a_refusal_says_what_is_missing_and_a_request_why_it_is_none() -> None:
    assert refusal(BASE, [], Weighed()).text.startswith("The course's readings don't say that.")
    named = refusal(BASE, [], Weighed(unknown_week=9))
    assert (named.text, named.reason and named.reason.because) == (
        "The syllabus names no week 9. Please ask a person of the course's staff.", Because.UNKNOWN_WEEK,
    )  # fmt: skip
    assert declined(BASE, Theme.GRADED).text.startswith(REASONS[Theme.GRADED])


def test_where_it_is_not_told_which_reading_is_meant_it_asks() -> None:
    asking = refusal(BASE, [], Weighed(which=True))
    assert (asking.reason and asking.reason.because, "which reading you mean" in asking.text) == (Because.WHICH_READING, True)
    assert (told := refusal(BASE, [], Weighed())).reason is not None
    assert told.reason.because is Because.NOT_COVERED
    assert "which reading" not in told.text
