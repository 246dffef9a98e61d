"""Taking a quiz as a student does it, by clicks and forms in simcord's simulated Discord."""

import json
from decimal import Decimal
from typing import Any

import pytest

from bot.discord.quiz.outcome_words import quote_of
from quiz.items import TRUTHS, Evidence, Item, Kind, identified
from quiz.records.tables import FeedbackTime
from tests.bot.discord.quiz.conftest import buttons, custom_ids, text

pytest.importorskip("simcord")

AT_ONCE = FeedbackTime.AT_ONCE.value
RIGHT = ("B", "False", "3.5 days", "six", "Large dot products give softmax very small gradients.")

# Keys, explanations and quotes that stand nowhere else, so that any of them in a payload is a leak.
SECRET = [
    identified(item)
    for item in (
        Item("", Kind.CHOICE, "How many heads?", ("four", "eight", "nine"), 1, "XEXPLAIN", Evidence("r", "XTITLE", "7", "", "XQUOTE")),
        Item("", Kind.TRUE_FALSE, "It is recurrent.", TRUTHS, False, "XEXPLAIN"),
        Item("", Kind.NUMERIC, "How long, in days?", (), Decimal("31.7"), "XEXPLAIN", tolerance=Decimal("0.25"), unit="days"),
        Item("", Kind.CLOZE, "The encoder has _____ layers.", (), "XCLOZE", "XEXPLAIN", accepted=("XOTHER",)),
        Item("", Kind.SHORT, "Why?", (), "XMODEL", "XEXPLAIN", rubric=("XRUBRIC",)),
    )
]
MARKS = ("XEXPLAIN", "XTITLE", "XQUOTE", "31.7", "0.25", "XCLOZE", "XOTHER", "XMODEL", "XRUBRIC", *(item.id for item in SECRET))


async def test_a_quiz_is_taken_item_by_item_to_the_score_after_closing(scene) -> None:
    async with scene() as s:
        public = await s.published(closes="+3d", attempts=1)
        assert "Week 3" in public.content
        assert "5 items · 1 attempt · no time limit" in public.content
        page = await s.begun(s.ann)
        assert page.ephemeral
        assert "item 1 of 5 · 0 answered · time ends <t:" in text(page)
        assert "How many heads are there?" in text(page)
        assert list(buttons(page)) == ["A", "B", "C", "D", "◀", "▶", "Hand in …"]
        page = await s.answer_all(s.ann, page, RIGHT)
        assert "All items are answered." in text(page)
        done = (await s.ann.click(page, label="Hand in")).response
        assert "5 of 5 items answered, all saved" in text(done)
        assert "%" not in text(done)

        s.clock.pass_(days=4)
        seen = await s.ann.click(public, label="Start")
        assert "This quiz is closed." in text(seen.response)
        assert "80% (over 70%)" in text(seen.response)  # the short answer has no grade yet
        one = (await s.ann.click(seen.response, label="Look at the items")).response
        assert "✅ Right" in text(one)
        assert "Right: 8" in text(one)
        assert "We employ h = 8 parallel heads." in text(one)
        assert {"See the page", "Ask about this item", "List"} <= set(buttons(one))
        last = one
        for _ in range(4):
            last = (await s.ann.click(last, label="▶")).response
        assert "⏳ A person will look at this answer" in text(last)


async def test_nothing_that_is_sent_before_an_answer_holds_a_key(scene) -> None:
    async with scene() as s:
        key = s.draft(SECRET)
        before = len(s.sent())
        await s.prof.slash(s.channel, "quiz publish", quiz=key, shuffle=True, attempts=2)
        page = await s.begun(s.ann)
        for _ in range(5):  # every item, looked at without an answer
            page = (await s.ann.click(page, label="▶")).response if buttons(page)["▶"] else page
        page = (await s.ann.click(page, label="Hand in …")).response
        page = (await s.ann.click(page, label="Back to item 1")).response
        for _ in range(5):
            if "Write the answer" in buttons(page):
                shown = await s.ann.click(page, label="Write the answer")
                assert all(mark not in json.dumps(shown.modal) for mark in MARKS)
            page = (await s.ann.click(page, label="▶")).response if buttons(page)["▶"] else page
        await s.ann.slash(s.channel, "quiz mine")
        sent = s.sent()[before:]
        assert any("How many heads?" in request for request in sent)
        assert any("Why?" in request for request in sent)
        for request in sent:
            for mark in MARKS:
                assert mark not in request, (mark, request)


async def test_with_feedback_after_closing_nothing_is_told_on_handing_in(scene) -> None:
    async with scene() as s:
        await s.published(SECRET)
        before = len(s.sent())
        page = await s.answer_all(s.ann, await s.begun(s.ann), ("A", "True", "2", "some", "because"))
        done = (await s.ann.click(page, label="Hand in")).response
        assert list(buttons(done)) == []
        again = await s.ann.click(s.channel.last_message, label="Start")
        assert "You have used your attempt" in text(again.response)
        await s.ann.slash(s.channel, "quiz mine")
        assert all(mark not in request for request in s.sent()[before:] for mark in MARKS)


async def test_with_feedback_at_once_only_the_item_that_was_answered_is_told(scene) -> None:
    async with scene() as s:
        await s.published(SECRET, feedback=AT_ONCE)
        page = await s.begun(s.ann)
        before = len(s.sent())
        page = (await s.ann.click(page, label="A")).response
        assert "❌ Not right" in text(page)
        assert "Right: eight" in text(page)
        assert "XQUOTE" in text(page)
        rest = ("31.7", "0.25", "XCLOZE", "XOTHER", "XMODEL", "XRUBRIC", *(item.id for item in SECRET))
        assert all(mark not in request for request in s.sent()[before:] for mark in rest)
        page = (await s.ann.click(page, label="Next item")).response
        assert "It is recurrent." in text(page)
        assert "◀" not in buttons(page)  # what was told cannot be changed


async def test_an_attempt_is_left_and_resumed_after_a_restart_with_an_open_form(scene) -> None:
    async with scene() as s:
        public = await s.published(closes="+3d")
        page = await s.answer_all(s.ann, await s.begun(s.ann), ("B", "False"))
        shown = await s.ann.click(page, label="Write the answer")
        await s.restart()
        page = (await s.ann.submit_modal(shown, {"answer": "84 hours"})).response
        assert "item 4 of 5 · 3 answered" in text(page)
        again = await s.begun(s.ann, public)  # on another device
        assert "item 4 of 5 · 3 answered" in text(again)
        old = (await s.ann.click(page, label="◀")).response  # the first device goes on, too
        assert "Your answer so far: 84 hours" in text(old)


async def test_an_answer_is_changed_until_it_is_handed_in(scene) -> None:
    async with scene() as s:
        public = await s.published(closes="+3d", attempts=2)
        page = await s.begun(s.ann)
        other = await s.begun(s.ann, public)
        await s.ann.click(page, label="A")
        await s.ann.click(other, label="B")
        (attempt,) = s.records.attempts.of_student(quiz_of(public), str(s.ann.id))
        assert s.records.attempts.item(attempt, str(s.ann.id), 1)[1] == 1
        page = await s.begun(s.ann, public)
        page = (await s.ann.click(page, label="Hand in …")).response
        assert "Not answered yet: item 2, 3, 4, 5." in text(page)
        done = await s.ann.click(page, label="Hand in")
        assert "1 of 5 items answered" in text(done.response)
        late = await s.ann.click(other, label="A") if "A" in buttons(other) else await s.ann.click(other, label="True")
        assert "This attempt is finished" in late.followups[-1].content
        assert s.records.attempts.item(attempt, str(s.ann.id), 1)[1] == 1


async def test_a_click_after_the_time_is_told_so_and_keeps_what_was_answered(scene) -> None:
    async with scene() as s:
        public = await s.published(minutes=10)
        page = (await s.ann.click(await s.begun(s.ann), label="B")).response
        s.clock.pass_(minutes=11)
        late = (await s.ann.click(page, label="True")).response
        assert "The time was over at <t:" in text(late)
        assert "The answer before that is saved." in text(late)
        assert "1 of 5 items answered" in text(late)
        (attempt,) = s.records.attempts.of_student(quiz_of(public), str(s.ann.id))
        assert s.records.attempts.sitting(attempt, str(s.ann.id)).answered == {1}


async def test_a_click_after_closing_shows_the_result(scene) -> None:
    async with scene() as s:
        public = await s.published()
        page = (await s.ann.click(await s.begun(s.ann), label="B")).response
        await s.prof.slash(s.channel, "quiz close", quiz=quiz_of(public))
        late = (await s.ann.click(page, label="False")).response
        assert "so this answer does not count" in text(late)
        assert "20% (not over 70%)" in text(late)
        assert "This quiz is closed." in s.channel.last_message.content
        assert list(buttons(s.channel.last_message)) == ["My result"]


async def test_a_student_cannot_use_the_buttons_of_another(scene) -> None:
    async with scene() as s:
        public = await s.published()
        page = await s.begun(s.ann)
        custom_id = custom_ids(page)[0]
        await s.begun(s.ben, public)
        told = await forged_click(s, s.ben, custom_id)
        assert "This is not an attempt of yours" in told
        attempt = custom_id.split(":")[4]
        for forged in (f"lector:1:quiz:{what}:{attempt}{rest}" for what, rest in
                       (("go", ":2"), ("type", ":3"), ("end", ""), ("out", ":1"), ("see", ":1"), ("ask", ":1"))):  # fmt: skip
            assert "This is not an attempt of yours" in await forged_click(s, s.ben, forged), forged
        assert s.records.attempts.sitting(attempt, str(s.ann.id)).answered == frozenset()


async def test_what_was_right_cannot_be_seen_by_a_forged_button_before_its_time(scene) -> None:
    async with scene() as s:
        await s.published(SECRET)
        page = await s.begun(s.ann)
        attempt = custom_ids(page)[0].split(":")[4]
        before = len(s.sent())
        for forged in (f"lector:1:quiz:{what}:{attempt}:1" for what in ("see", "ask", "out")):
            told = await forged_click(s, s.ann, forged)
            assert "when you have handed in" in told or "is not finished" in told
        assert all(mark not in request for request in s.sent()[before:] for mark in MARKS)


async def test_students_see_their_own_results_alone(scene) -> None:
    async with scene() as s:
        public = await s.published()
        for student, answers in ((s.ann, RIGHT), (s.ben, ("A", "True", "1", "two", "no"))):
            page = await s.answer_all(student, await s.begun(student, public), answers)
            await student.click(page, label="Hand in")
        await s.prof.slash(s.channel, "quiz close", quiz=quiz_of(public))
        own = (await s.ben.slash(s.channel, "quiz mine")).response
        assert own.ephemeral
        assert "Week 3 · 0%" in text(own)
        assert "80%" not in text(own)
        opened = await s.ben.click(own, label="Week 3")
        assert "❌ 1  How many heads are there?" in text(opened.response)


async def test_texts_of_items_do_nothing_in_discord(scene) -> None:
    nasty = identified(Item("", Kind.CHOICE, "@everyone **what** is `x_i`?", ("<@1>", "*a*"), 0))
    async with scene() as s:
        await s.published([nasty])
        page = await s.begun(s.ann)
        assert r"\*\*what\*\*" in page.embeds[0].description
        assert "@everyone" not in page.embeds[0].description
        for request in s.env.http_requests:
            if request.json and "content" in request.json:
                assert request.json["allowed_mentions"] == {"parse": []}


def test_a_passage_is_not_said_twice() -> None:
    evidence = Evidence("r", "Owls", "7", "", "Owls hear.", "https://x/7")
    assert quote_of(evidence) == "> Owls hear.\n> — [Owls, p. 7](<https://x/7>)"
    assert quote_of(evidence, said="“Owls\nhear.” (Owls)") == "— [Owls, p. 7](<https://x/7>)"


async def test_items_and_options_are_shuffled_for_each_student(scene) -> None:
    async with scene() as s:
        many = [identified(Item("", Kind.CHOICE, f"Which is {n}?", tuple("abcdefgh"), n)) for n in range(8)]
        public = await s.published(many, shuffle=True)
        seen = {text(await s.begun(student, public)) for student in (s.ann, s.ben)}
        assert len(seen) == 2


def quiz_of(public: Any) -> str:
    return custom_ids(public)[0].split(":")[4]


async def forged_click(s: Any, student: Any, custom_id: str) -> str:
    """A click on a button that somebody has made up; what the clicker is told."""
    import discord

    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="forged", custom_id=custom_id))
    await s.env.bot.get_channel(s.channel.id).send("forged", view=view)
    result = await student.click(s.channel.last_message, label="forged")
    return (result.followups[-1] if result.followups else result.response).content
