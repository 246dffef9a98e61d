"""Short answers, graded by the real models over the course's own readings."""

import pytest

from quiz.records.tables import FeedbackTime
from rag.compose import Parts
from tests.bot.discord.quiz.conftest import text
from tests.bot.discord.quiz.test_taking import RIGHT, quiz_of
from tests.quiz.conftest import items

pytest.importorskip("simcord")


async def test_a_plain_one_is_graded_by_the_clock_and_counts(scene, parts: Parts) -> None:
    async with scene(parts) as s:
        public = await s.published()
        page = await s.answer_all(s.ann, await s.begun(s.ann), RIGHT)
        await s.ann.click(page, label="Hand in")
        assert len(s.records.attempts.ungraded()) == 1
        await s.env.bot.get_cog("QuizClock").look(s.course)
        assert s.records.attempts.ungraded() == []
        await s.prof.slash(s.channel, "quiz close", quiz=quiz_of(public))
        assert "100%" in text((await s.ann.slash(s.channel, "quiz mine")).response)


async def test_with_feedback_at_once_its_grade_is_shown_at_once(scene, parts: Parts) -> None:
    async with scene(parts) as s:
        await s.published(items()[4:], feedback=FeedbackTime.AT_ONCE.value)
        shown = await s.ann.click(await s.begun(s.ann), label="Write the answer")
        page = (await s.ann.submit_modal(shown, {"answer": RIGHT[4]})).response
        assert "✅ Right" in text(page)


async def test_without_an_index_it_waits_and_the_student_goes_on(scene) -> None:
    async with scene() as s:
        await s.published(items()[4:], feedback=FeedbackTime.AT_ONCE.value)
        shown = await s.ann.click(await s.begun(s.ann), label="Write the answer")
        page = (await s.ann.submit_modal(shown, {"answer": RIGHT[4]})).response
        assert "⏳ A person will look at this answer" in text(page)
        assert len(s.records.attempts.ungraded()) == 1
