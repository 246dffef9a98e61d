from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from bot.discord.own_words import days_text, ground_text, in_language, note_text, reason_text
from ingest.catalog import SourceKind
from rag.answers import Answer, Because, Status, Timings
from rag.grounds import Fault, Ground
from rag.replies import declined, from_syllabus, refusal
from rag.requests import Theme
from rag.syllabus import Entry, Found, Shown
from rag.syllabus.notes import Days, Matter, Note, Says, lists_no, runs, spanning
from rag.weighing import Weighed

BASE = Answer(Status.REFUSED, (), (), "why?", "why?", Timings(0.0, None, 0.0))


def refused(
    *, week: int | None = None, matter: str | None = None, page: str | None = None, hit: bool = True, kind: SourceKind = SourceKind.PAPER
) -> Answer:
    reading = SimpleNamespace(title='The "LoRA" paper', kind=kind)
    hits = [SimpleNamespace(reading=reading, passage=SimpleNamespace(page=page))] if hit else []
    return refusal(BASE, hits, Weighed(unknown_week=week, unmentioned=matter))  # type: ignore[arg-type]  # no more of a hit is needed


OF_COURSE = [
    refused(week=3),
    refused(matter="late days"),
    refused(),
    refused(page="4-5"),
    refused(hit=False),
    refused(kind=SourceKind.SYLLABUS),
    refusal(BASE, [], Weighed(on_course=True)),
]
WHICH = refusal(BASE, [], Weighed(which=True))
UNKNOWN = refusal(BASE, [], Weighed(unknown_work="Mamba"))
REFUSALS = [*OF_COURSE, WHICH, UNKNOWN, *(declined(BASE, theme) for theme in Theme)]


@pytest.mark.parametrize("answer", REFUSALS, ids=lambda answer: answer.text[:30])
def test_the_catalogue_s_english_is_the_assistant_s(answer: Answer) -> None:
    assert answer.reason is not None
    assert reason_text(answer.reason, "en") == answer.text
    assert in_language(answer, "en-GB") is answer


@pytest.mark.parametrize("answer", REFUSALS, ids=lambda answer: answer.text[:30])
def test_a_refusal_is_said_in_chinese_with_what_it_names(answer: Answer) -> None:
    said = in_language(answer, "zh-CN")
    assert said.text != answer.text
    assert said.status is Status.REFUSED
    for value in answer.reason.values.values():
        assert value in said.text


def test_every_code_is_said_and_stands_in_the_json() -> None:
    assert {answer.reason.because for answer in REFUSALS} == set(Because)
    assert refused(page="4").as_json()["reason"] == {"code": "not-covered", "title": 'The "LoRA" paper', "page": "4"}
    assert BASE.as_json()["reason"] is None


def test_what_is_no_refusal_stays() -> None:
    answer = replace(BASE, status=Status.SYLLABUS)
    assert in_language(answer, "zh-CN") == answer


FIRST, LAST = date(2024, 3, 1), date(2024, 3, 8)
SPANS = ((None, None), (FIRST, None), (FIRST, FIRST), (FIRST, LAST))
NOTES = [
    *(lists_no(matter, *span) for matter in Matter for span in SPANS),
    *(runs((FIRST, LAST), Matter.CLASS, *span) for span in SPANS),
    Note(Says.UNDATED),
    Note(Says.NO_SPEAKER),
    spanning(Says.COUNTED_WEEK, FIRST, LAST, week=2),
    *(spanning(Says.CLASSES, first, last, count=3) for first, last in ((FIRST, LAST), (None, None))),
    *(spanning(Says.NUMBERED_WEEKS, first, last, least=1, most=3) for first, last in ((FIRST, LAST), (None, None))),
    *(spanning(Says.WEEKS, first, last, count=3) for first, last in ((FIRST, LAST), (None, None))),
]
DAYS = [
    Days(FIRST, FIRST),
    Days(FIRST, LAST),
    Days(FIRST, FIRST, FIRST),
    Days(FIRST, LAST, LAST),
    Days(LAST, LAST, FIRST),
    Days(LAST, LAST, date(2024, 3, 7)),
    Days(FIRST, FIRST, date(2024, 3, 2)),
]
GROUNDS = [
    *(
        Ground(fault, "" if fault in (Fault.NOTHING_NEAR, Fault.OPPOSITE) else "91.7")
        for fault in Fault
        if fault is not Fault.STANDS_ELSEWHERE
    ),
    Ground(Fault.STANDS_ELSEWHERE, "91.7", (3, "Results")),
    Ground(Fault.STANDS_ELSEWHERE, "91.7", (3,), elsewhere=True),
]


def test_every_note_every_span_and_every_ground_is_said_in_english_as_the_lookup_and_the_check_say_it() -> None:
    assert {note.says for note in NOTES} == set(Says)
    assert {ground.fault for ground in GROUNDS} == set(Fault)
    assert [note_text(note, "en") for note in NOTES] == [note.text for note in NOTES]
    assert [days_text(days, "en") for days in DAYS] == [days.text for days in DAYS]
    assert [ground_text(ground, "en-GB") for ground in GROUNDS] == [ground.text for ground in GROUNDS]


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.text)
def test_a_note_in_chinese_names_what_it_names(note: Note) -> None:
    said = note_text(note, "zh-CN")
    assert said != note.text
    assert all(value in said for key, value in note.values.items() if key != "matter")


def test_notes_and_days_are_translated_and_what_the_syllabus_says_is_not() -> None:
    heading, line = "Week 2, Mar 8: Larks", "Speaker: Grace Hopper"
    shown = Shown(Entry(heading, (line,)), (line,), Days(LAST, LAST, FIRST))
    found = Found((shown,), 2.0, sure=True, note=spanning(Says.COUNTED_WEEK, FIRST, LAST, week=2))
    answer = from_syllabus(BASE, found)
    assert answer.as_json()["note"] == {"code": "counted-week", "week": "2", "first": "2024-03-01", "last": "2024-03-08"}
    assert [said.text for said in answer.lines] == [
        "Week 2, counted from the first class: 2024-03-01 to 2024-03-08.", f"{heading} (2024-03-08, in 7 days)", line,
    ]  # fmt: skip
    chinese = in_language(answer, "zh-TW")
    assert [said.text for said in chinese.lines] == [
        "第 2 周（从第一次课算起）：2024-03-01 至 2024-03-08。", f"{heading}（2024-03-08，7 天后）", line,
    ]  # fmt: skip
    assert chinese.citations == answer.citations
    assert in_language(answer, "en-US") is answer


def test_a_note_alone_is_translated() -> None:
    found = Found((Shown(Entry("Week 2", ()), ()),), 2.0, sure=True, note=lists_no(Matter.DUE, FIRST, LAST), only_note=True)
    (line,) = in_language(from_syllabus(BASE, found), "zh-CN").lines
    assert line.text == "教学大纲在 2024-03-01 至 2024-03-08 期间没有列出任何截止事项。"
