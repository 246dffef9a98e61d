"""Import, review, publish, list: as staff do it in simcord's simulated Discord."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.discord.quiz.drafting import Drafted, Told
from bot.discord.quiz.publishing import end_over, send_due
from quiz.items import Item, identified
from quiz.records.tables import Review, State
from tests.bot.discord.quiz.conftest import as_yaml, buttons, custom_ids, spread, text
from tests.quiz.conftest import MONDAY, items

pytest.importorskip("simcord")


class Listed:
    """A `Drafting` that hands out items of a list, those that are asked for and not avoided."""

    def __init__(self, made: Sequence[Item]) -> None:
        self.made = tuple(made)

    async def draft(self, week: int | None, reading: str | None, count: int, avoid: frozenset[str], told: Told) -> Drafted:
        left = [item for item in self.made if item.id not in avoid][:count]
        told("reading", len(left), count)
        return Drafted(tuple(left), "" if len(left) == count else f"{len(left)} of {count} items: the readings are short")


async def test_what_staff_wrote_is_reviewed_item_by_item_and_published(scene) -> None:
    async with scene() as s:
        page = await s.imported()
        assert page.ephemeral
        assert "Week 3 · item 1 of 5 · ▫️ not reviewed" in text(page)
        assert "B  8  ✔" in text(page)
        assert "We employ h = 8 parallel heads." in text(page)
        assert buttons(page)["🔁 Another"] is False  # nothing makes items here
        page = (await s.prof.click(page, label="✅ Keep")).response
        assert "item 2 of 5 · ▫️ not reviewed\n-# 1 kept · 0 dropped · 4 to look at" in text(page)
        page = (await s.prof.click(page, label="❌ Drop")).response
        shown = await s.prof.click(page, label="✏️ Edit")
        values = {"stem": "How long did it train, in hours?", "answer": "84", "tolerance": "2", "unit": "hours", "explanation": "3.5 days."}
        page = (await s.prof.submit_modal(shown, values)).response
        assert "item 3 of 5 · ✏️ edited and kept" in text(page)
        assert "✔ 84 ± 2 hours" in text(page)
        early = await s.prof.slash(s.channel, "quiz publish", quiz=key_of(page))
        assert "2 items wait for their review" in early.response.content
        assert s.channel.last_message is None or "Week 3" not in s.channel.last_message.content
        page = (await s.prof.click(page, label="▶")).response
        for _ in range(2):
            page = (await s.prof.click(page, label="✅ Keep")).response
        assert "every item is reviewed, 4 will be asked" in text(page)
        told = await s.prof.slash(s.channel, "quiz publish", quiz=s.records.bank.quizzes()[0].id, closes="2024-03-07 18:00", minutes=20)
        assert "Published in <#" in text(told.response)
        assert "4 items · 1 attempt · 20 minutes an attempt" in s.channel.last_message.content
        (quiz,) = s.records.bank.quizzes()
        assert quiz.state is State.PUBLISHED
        assert [event.what for event in s.records.bank.events(quiz.id)][-3:] == ["rules", "approved", "published"]
        assert "prof (" in s.records.bank.events(quiz.id)[-1].who


async def test_students_may_do_none_of_it(scene) -> None:
    async with scene() as s:
        key = s.draft()
        for command in ("review", "publish", "close", "results"):
            told = await s.ann.slash(s.channel, f"quiz {command}", quiz=key)
            assert told.response.content == "Only Instructor may do this.", command
        told = await s.ann.slash(s.channel, "quiz import", file=("a.yaml", as_yaml(items())))
        assert told.response.content == "Only Instructor may do this."
        assert (await s.ann.slash(s.channel, "quiz list")).response.content == "Only Instructor may do this."
        assert await s.ann.autocomplete(s.channel, "quiz publish", "quiz", "") == []
        assert len(await s.prof.autocomplete(s.channel, "quiz publish", "quiz", "week")) == 1
        (quiz,) = s.records.bank.quizzes()
        assert quiz.state is State.DRAFT


async def test_a_student_s_click_on_staff_s_buttons_or_form_is_refused(scene) -> None:
    from tests.bot.discord.quiz.test_taking import forged_click

    async with scene() as s:
        key = s.draft(kept=False)
        for what in ("rev:keep", "rev:edit", "rev:list", "revsee", "res:item", "res:key"):
            assert await forged_click(s, s.ann, f"lector:1:quiz:{what}:{key}:1") == "Only Instructor may do this."
        assert {entry.review for entry in s.records.bank.quiz(key).items} == {Review.PENDING}


async def test_a_form_that_makes_no_item_changes_nothing_and_says_why(scene) -> None:
    async with scene() as s:
        page = await s.imported()
        shown = await s.prof.click(page, label="✏️ Edit")
        values = {"stem": "How many?", "options": "4\n8", "explanation": ""}
        told = await s.prof.submit_modal(shown, values)
        assert "* before the one that is right. The item is as it was" in told.followups[-1].content
        (quiz,) = s.records.bank.quizzes()
        assert quiz.items[0].item == items()[0]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.yaml", b"items:\n  - stem: x\n", "a.yaml, line 2"),
        ("a.docx", b"PK", "are not taken here"),
        ("long.yaml", as_yaml([replace(items()[0], stem="x" * 4000)]), "is too long for a message"),
        ("many.gift", b"Which?{=a " + b" ".join(b"~%d" % n for n in range(25)) + b"}", "20 options"),
    ],
)
async def test_a_file_that_cannot_be_asked_is_refused_whole(scene, name: str, content: bytes, says: str) -> None:
    async with scene() as s:
        told = await s.prof.slash(s.channel, "quiz import", file=(name, content))
        assert says in told.response.content.replace("\\", "")
        assert s.records.bank.quizzes() == []


async def test_another_item_comes_in_the_place_of_one(scene) -> None:
    made = spread(items())
    async with scene(drafting=Listed(made)) as s:
        key = s.draft(made[:4], kept=False)
        page = (await s.prof.slash(s.channel, "quiz review", quiz=key)).response
        page = (await s.prof.click(page, label="🔁 Another")).response
        assert "item 5 of 5 · ▫️ not reviewed" in text(page)
        assert made[4].stem in text(page)
        quiz = s.records.bank.quiz(key)
        assert [entry.review for entry in quiz.items] == [Review.DROPPED, *[Review.PENDING] * 4]
        assert made[4].id in {entry.item.id for entry in quiz.items}
        none = await s.prof.click(page, label="🔁 Another")
        assert "the readings are short" in none.followups[-1].content
        assert s.records.bank.quiz(key) == quiz


async def test_the_same_question_with_other_wrong_options_is_no_other_item(scene) -> None:
    made = spread(items())
    twin = identified(replace(made[0], options=("5", "8", "9", "10")))
    async with scene(drafting=Listed([twin, made[1]])) as s:
        key = s.draft(made[:1], kept=False)
        page = (await s.prof.slash(s.channel, "quiz review", quiz=key)).response
        page = (await s.prof.click(page, label="🔁 Another")).response
        assert made[1].stem in text(page)
        assert twin.id != made[0].id


async def test_a_quiz_for_later_is_sent_at_its_time_once_also_after_a_restart(scene) -> None:
    async with scene() as s:
        key = s.draft()
        told = await s.prof.slash(s.channel, "quiz publish", quiz=key, at="+2h", closes="+1d")
        assert "its message is sent then" in text(told.response)
        bot = s.env.bot
        await send_due(bot, s.course)
        assert s.channel.last_message is None
        await s.restart()
        s.clock.pass_(hours=2)
        await send_due(s.env.bot, s.course)
        public = s.channel.last_message
        assert "Closes <t:" in public.content
        await send_due(s.env.bot, s.course)
        assert s.channel.last_message.id == public.id
        assert "item 1 of 5" in text(await s.begun(s.ann, public))
        await end_over(s.env.bot, s.course)
        assert "Start" in buttons(s.channel.last_message)
        s.clock.pass_(days=1)
        await end_over(s.env.bot, s.course)
        assert "This quiz is closed." in s.channel.last_message.content


async def test_a_message_that_could_not_be_sent_is_sent_later(scene) -> None:
    async with scene() as s:
        s.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, message="refused")
        told = await s.prof.slash(s.channel, "quiz publish", quiz=s.draft())
        assert "I may not write in <#" in told.response.content
        assert s.channel.last_message is None
        await send_due(s.env.bot, s.course)
        assert "Week 3" in s.channel.last_message.content


async def test_the_list_says_where_each_quiz_stands(scene) -> None:
    async with scene() as s:
        assert "There is no quiz yet." in text((await s.prof.slash(s.channel, "quiz list")).response)
        s.draft(kept=False)
        await s.published()
        listed = text((await s.prof.slash(s.channel, "quiz list")).response)
        assert "Week 3 · draft · 0 items · 5 to review" in listed
        assert "Week 3 · published · 5 items" in listed


async def test_a_time_that_cannot_be_read_is_refused_before_anything_is_published(scene) -> None:
    async with scene() as s:
        key = s.draft()
        for at, says in (("soon", "write 2024-03-05 18:00"), (f"{MONDAY - timedelta(days=1):%Y-%m-%d %H:%M}", "has passed already")):
            told = await s.prof.slash(s.channel, "quiz publish", quiz=key, at=at)
            assert says in told.response.content
        told = await s.prof.slash(s.channel, "quiz publish", quiz=key, at="+3d", closes="+1d")
        assert "would close before it opens" in told.response.content
        assert s.records.bank.quiz(key).state is State.DRAFT


def key_of(page: Any) -> str:
    return custom_ids(page)[0].split(":")[5]
