"""What `/privacy` says of quizzes: a student's own, no key before its time, and what is deleted."""

import json

import pytest

from bot.discord.quiz.personal import AttemptRecords, PracticeRecords, QuizEventRecords
from tests.bot.discord.quiz.test_taking import MARKS, SECRET, quiz_of

pytest.importorskip("simcord")


async def test_answers_are_given_out_without_their_worth_until_the_quiz_is_over(scene) -> None:
    async with scene() as s:
        public = await s.published(SECRET)
        page = await s.begun(s.ann)
        await s.ann.click(page, label="B")
        engine, course, store = s.course.engine, s.course.key, AttemptRecords(s.clock)
        (record,) = store.export(engine, course, s.ann.id)
        assert record["answer"] == 1
        assert not {"credit", "item"} & set(record)
        assert all(mark not in json.dumps(record) for mark in MARKS)
        assert store.export(engine, course, s.ben.id) == []
        await s.prof.slash(s.channel, "quiz close", quiz=quiz_of(public))
        (record,) = store.export(engine, course, s.ann.id)
        assert record["credit"] == 1.0
        store.delete(engine, course, s.ann.id)
        assert len(store.export(engine, course, s.ann.id)) == 1
        assert {event["what"] for event in QuizEventRecords().export(engine, course, s.prof.id)} >= {"published", "closed"}


async def test_practice_is_given_out_without_keys_and_deleted(scene) -> None:
    async with scene() as s:
        s.records.practice.add(str(s.ann.id), SECRET)
        s.records.practice.add(str(s.ben.id), SECRET[:1])
        s.records.practice.wish_reminders(str(s.ann.id), wanted=True)
        engine, course, store = s.course.engine, s.course.key, PracticeRecords()
        records = store.export(engine, course, s.ann.id)
        assert len(records) == len(SECRET) + 1
        assert all(mark not in json.dumps(records) for mark in MARKS)
        store.delete(engine, course, s.ann.id)
        assert store.export(engine, course, s.ann.id) == []
        assert len(store.export(engine, course, s.ben.id)) == 1
