"""Results, corrections and grading by hand: as staff do it in simcord's simulated Discord."""

import csv
import io
from typing import Any

import pytest
from PIL import Image

from tests.bot.discord.quiz.conftest import buttons, text
from tests.bot.discord.quiz.test_taking import RIGHT, quiz_of
from tests.quiz.conftest import items

pytest.importorskip("simcord")

WRONG = ("A", "True", "1", "two", "no idea")


async def taken(s: Any) -> str:
    """A quiz that Ann had right and Ben wrong, closed."""
    public = await s.published()
    for student, answers in ((s.ann, RIGHT), (s.ben, WRONG)):
        page = await s.answer_all(student, await s.begun(student, public), answers)
        await student.click(page, label="Hand in")
    key = quiz_of(public)
    await s.prof.slash(s.channel, "quiz close", quiz=key)
    return key


async def test_results_come_with_a_picture_and_a_table(scene) -> None:
    async with scene() as s:
        key = await taken(s)
        shown = (await s.prof.slash(s.channel, "quiz results", quiz=key)).response
        assert shown.ephemeral
        assert "Week 3: 2 finished, 0 still at it · mean 40% · 1 over 70%" in text(shown)
        assert "✅ ann 80% · provisional" in text(shown)
        picture, table = shown.attachments
        assert (picture.filename, table.filename) == ("week-3.png", "week-3.csv")
        assert Image.open(io.BytesIO(await picture.read())).format == "PNG"
        rows = list(csv.reader(io.StringIO((await table.read()).decode("utf-8-sig"))))
        assert [row[0] for row in rows] == ["name", "ann", "ben"]


async def test_where_files_may_not_be_attached_they_come_in_a_direct_message_and_the_table_stays(scene) -> None:
    async with scene() as s:
        key = await taken(s)
        s.env.inject_error("PATCH", "/webhooks/*", status=403, code=50013, message="Missing Permissions")
        shown = (await s.prof.slash(s.channel, "quiz results", quiz=key)).response
        assert shown.attachments == []
        assert "Week 3: 2 finished" in text(shown)
        assert "what belongs to this is [in your direct messages]" in shown.content
        assert "Look at the items" in buttons(shown)
        assert [file.filename for file in s.prof.user.dm_channel.history()[-1].attachments] == ["week-3.png", "week-3.csv"]


async def test_a_wrong_key_is_corrected_for_everyone(scene) -> None:
    async with scene() as s:
        key = await taken(s)
        page = (await s.prof.slash(s.channel, "quiz results", quiz=key)).response
        page = (await s.prof.click(page, label="Look at the items")).response
        assert "2 answered · 50% of the points won" in text(page)
        assert "Chosen: A 1 · B 1 · C 0 · D 0" in text(page)
        shown = await s.prof.click(page, label="Correct the key")
        told = await s.prof.submit_modal(shown, {"letter": "Q", "explanation": "", "why": "typo"})
        assert "a letter from A to D" in told.followups[-1].content
        shown = await s.prof.click(page, label="Correct the key")
        page = (await s.prof.submit_modal(shown, {"letter": "a", "explanation": "It says 4.", "why": "typo"})).response
        assert "2 answers were graded again: 1 are worth more now, 1 less." in text(page)
        assert "A  4  ✔" in text(page)
        page = (await s.prof.click(page, label="Table")).response
        assert "ann 60%" in text(page)
        assert s.records.bank.events(key)[-1].details["why"] == "typo"


async def test_an_item_is_made_to_count_for_nobody_and_retired(scene) -> None:
    async with scene() as s:
        key = await taken(s)
        page = (await s.prof.slash(s.channel, "quiz results", quiz=key)).response
        page = (await s.prof.click(page, label="Look at the items")).response
        shown = await s.prof.click(page, label="Does not count")
        page = (await s.prof.submit_modal(shown, {"why": "it was not read"})).response
        assert "➖ It counts for nobody." in text(page)
        page = (await s.prof.click(page, label="Retire")).response
        assert "🗄 Retired: retired by hand" in text(page)
        assert buttons(page)["Retire"] is False
        assert buttons(page)["Counts again"]
        assert "ann 75%" in text((await s.prof.click(page, label="Table")).response)


async def test_short_answers_are_confirmed_one_by_one(scene) -> None:
    async with scene() as s:
        key = await taken(s)
        page = (await s.prof.slash(s.channel, "quiz results", quiz=key)).response
        page = (await s.prof.click(page, label="Answers to confirm")).response
        assert "2 answers wait for a person." in text(page)
        assert "Why are the dot products scaled?" in text(page)
        assert "The answer must say:" in text(page)
        for _ in range(2):
            page = (await s.prof.click(page, label="Right" if "ann wrote:" in text(page) else "Wrong")).response
        assert "No answer waits for a person." in text(page)
        table = text((await s.prof.click(page, label="Table")).response)
        assert "✅ ann 100%\n" in table
        assert "ben 0%\n" in table
        assert "prof (" in s.records.bank.events(key)[-1].who


async def test_results_before_anybody_has_finished(scene) -> None:
    async with scene() as s:
        public = await s.published()
        await s.begun(s.ann)
        shown = (await s.prof.slash(s.channel, "quiz results", quiz=quiz_of(public))).response
        assert "0 finished, 1 still at it · mean –" in text(shown)
        assert "Nobody has finished yet." in text(shown)


async def test_a_quiz_of_one_item_is_reviewed_taken_and_looked_at(scene) -> None:
    async with scene() as s:
        page = await s.imported(asked=items()[:1])
        assert "◀" not in buttons(page)
        page = (await s.prof.click(page, label="✅ Keep")).response
        (quiz,) = s.records.bank.quizzes()
        await s.prof.slash(s.channel, "quiz publish", quiz=quiz.id, shuffle=False)
        public = s.channel.last_message
        page = (await s.ann.click(await s.begun(s.ann, public), label="B")).response
        await s.ann.click(page, label="Hand in")
        await s.prof.slash(s.channel, "quiz close", quiz=quiz.id)
        seen = (await s.ann.click(public, label="My result")).response
        assert "100%" in text(seen)
        assert "✅ Right" in text((await s.ann.click(seen, label="Look at the items")).response)
        table = (await s.prof.slash(s.channel, "quiz results", quiz=quiz.id)).response
        assert "1 answered" in text((await s.prof.click(table, label="Look at the items")).response)
