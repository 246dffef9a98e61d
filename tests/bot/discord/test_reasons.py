from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.discord.reasons import in_language, reason_text
from ingest.catalog import SourceKind
from rag.answers import Answer, Because, Status, Timings
from rag.assistant import _declined, _refusal
from rag.requests import Theme

BASE = Answer(Status.REFUSED, (), (), "why?", "why?", Timings(0.0, None, 0.0))


def refusal(
    *, week: int | None = None, matter: str | None = None, page: str | None = None, hit: bool = True, kind: SourceKind = SourceKind.PAPER
) -> Answer:
    reading = SimpleNamespace(title='The "LoRA" paper', kind=kind)
    hits = [SimpleNamespace(reading=reading, passage=SimpleNamespace(page=page))] if hit else []
    return _refusal(BASE, {"hits": hits, "unknown_week": week, "unmentioned": matter})  # type: ignore[typeddict-item]


OF_COURSE = [
    refusal(week=3),
    refusal(matter="late days"),
    refusal(),
    refusal(page="4-5"),
    refusal(hit=False),
    refusal(kind=SourceKind.SYLLABUS),
]
REFUSALS = [*OF_COURSE, *(_declined(BASE, theme) for theme in Theme)]


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
    assert refusal(page="4").as_json()["reason"] == {"code": "not-covered", "title": 'The "LoRA" paper', "page": "4"}
    assert BASE.as_json()["reason"] is None


def test_what_is_no_refusal_stays() -> None:
    answer = replace(BASE, status=Status.SYLLABUS)
    assert in_language(answer, "zh-CN") is answer
