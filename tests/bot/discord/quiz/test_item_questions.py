"""A question on an item of a finished quiz, answered by the real models over the course's own readings."""

import pytest

from rag.compose import Parts
from tests.bot.discord.quiz.conftest import text
from tests.bot.discord.quiz.test_taking import RIGHT

pytest.importorskip("simcord")


async def test_what_is_asked_about_an_item_is_answered_to_the_student_alone(scene, parts: Parts) -> None:
    async with scene(parts) as s:
        public = await s.published(closes="+3d", attempts=1)
        done = await s.answer_all(s.ann, await s.begun(s.ann), RIGHT)
        await s.ann.click(done, label="Hand in")
        s.clock.pass_(days=4)
        seen = (await s.ann.click(public, label="Start")).response
        item = (await s.ann.click(seen, label="Look at the items")).response
        shown = await s.ann.click(item, label="Ask about this item")
        posted = len(s.channel.history())
        answered = (await s.ann.submit_modal(shown, {"question": "How many attention heads does the base Transformer use?"})).response
        assert answered.ephemeral
        assert "h = 8 attention heads" in text(answered)
        assert "complete" in text(answered)
        assert len(s.channel.history()) == posted
