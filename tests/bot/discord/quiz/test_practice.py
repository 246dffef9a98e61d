"""Practice: what was missed comes back, new items on request, reminders for those who want them."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.discord.quiz.cards import card_name
from quiz.records.quizzes import Rules
from tests.bot.discord.quiz.conftest import buttons, custom_ids, spread, text
from tests.bot.discord.quiz.test_results import taken
from tests.bot.discord.quiz.test_reviewing import Listed
from tests.bot.discord.quiz.test_taking import MARKS, SECRET, forged_click
from tests.quiz.conftest import items

pytest.importorskip("simcord")


async def answered(s: Any, student: Any, page: Any, *, right: bool) -> Any:
    """Answer whatever card is shown; the page that follows."""
    item = next(i for i in [*items(), *SECRET] if i.stem in text(page))
    if "Show the answer" in buttons(page):
        page = (await student.click(page, label="Show the answer")).response
        return (await student.click(page, label="I knew it" if right else "I did not")).response
    if "Write the answer" in buttons(page):
        shown = await student.click(page, label="Write the answer")
        return (await student.submit_modal(shown, {"answer": f"{item.answer} {item.unit}" if right else "12345 owls"})).response
    if "True" in buttons(page):
        return (await student.click(page, label=str(item.key is right))).response
    line = next(x for x in text(page).splitlines() if (x.endswith(f"  {item.answer}")) is right and x[1:3] == "  ")
    return (await student.click(page, label=line[0])).response


async def test_what_was_missed_comes_back_until_it_is_known(scene) -> None:
    async with scene() as s:
        await taken(s)
        page = (await s.ben.slash(s.channel, "review")).response
        assert page.ephemeral
        assert "Practice, ungraded · 5 due" in text(page)
        for n in range(5):
            page = await answered(s, s.ben, page, right=n > 0)
            assert ("✅ Right" if n else "❌ Not right") in text(page)
            assert "Comes back <t:" in text(page)
            assert "Right: " in text(page)
            page = (await s.ben.click(page, label="Next")).response
        assert "Nothing is due. You practise 5 items" in text(page)
        s.clock.pass_(hours=1)
        assert "due" in text((await s.ben.slash(s.channel, "review")).response)
        s.clock.pass_(days=30)
        assert "5 due" in text((await s.ben.slash(s.channel, "review")).response)


async def test_before_the_answer_a_card_holds_no_key(scene) -> None:
    async with scene() as s:
        s.records.practice.add(str(s.ann.id), SECRET)
        seen: set[str] = set()
        for _ in SECRET:
            before = len(s.sent())
            page = (await s.ann.slash(s.channel, "review")).response
            if "Write the answer" in buttons(page):
                shown = await s.ann.click(page, label="Write the answer")
                assert all(mark not in json.dumps(shown.modal) for mark in MARKS)
            assert all(mark not in request for request in s.sent()[before:] for mark in MARKS)
            seen.add(text(page))
            await answered(s, s.ann, page, right=True)
        assert len(seen) == len(SECRET)
        flipped = replace(SECRET[0], key=0)
        assert card_name(flipped) == card_name(SECRET[0])


async def test_a_second_click_counts_once_also_after_a_restart(scene) -> None:
    async with scene() as s:
        s.records.practice.add(str(s.ann.id), items()[1:2])
        first = (await s.ann.slash(s.channel, "review")).response
        second = (await s.ann.slash(s.channel, "review")).response
        await s.restart()
        await s.ann.click(first, label="False")
        again = (await s.ann.click(second, label="True")).response
        assert "nothing was counted twice" in text(again)
        (card,) = s.records.practice.cards(str(s.ann.id))
        assert (card.number, card.missed) == (1, 0)


async def test_items_of_closed_quizzes_are_practised_on_request_and_no_others(scene) -> None:
    async with scene() as s:
        await s.published()
        told = (await s.ann.slash(s.channel, "quiz me")).response
        assert "items come from quizzes that are over" in told.content
        (quiz,) = s.records.bank.quizzes()
        await s.prof.slash(s.channel, "quiz close", quiz=quiz.id)
        assert "items come from" in (await s.ann.slash(s.channel, "quiz me", reading="bees")).response.content
        page = (await s.ann.slash(s.channel, "quiz me", reading="1706.03762")).response
        assert "5 due" in text(page)


async def test_new_items_are_made_of_a_reading_but_none_that_a_quiz_asks(scene) -> None:
    made = spread(items())
    async with scene(drafting=Listed(made)) as s:
        bank = s.records.bank
        bank.create("Next week", made[:3], "prof", rules=Rules())
        assert "Name a reading" in (await s.ann.slash(s.channel, "quiz me")).response.content
        page = (await s.ann.slash(s.channel, "quiz me", reading="1706.03762")).response
        assert "nobody has reviewed them" in text(page)
        assert {card.item.id for card in s.records.practice.cards(str(s.ann.id))} == {item.id for item in made[3:]}


async def test_another_s_card_cannot_be_used(scene) -> None:
    async with scene() as s:
        s.records.practice.add(str(s.ann.id), items()[:1])
        page = (await s.ann.slash(s.channel, "review")).response
        assert "This is no item that you practise" in await forged_click(s, s.ben, custom_ids(page)[0])


async def test_who_wishes_it_is_told_once_a_day_and_nobody_else(scene) -> None:
    async with scene() as s:
        for student in (s.ann, s.ben):
            s.records.practice.add(str(student.id), items()[:2])
        told = (await s.ann.slash(s.channel, "review", remind=True)).response
        assert "I tell you by private message" in text(told)
        clock = s.env.bot.get_cog("QuizClock")
        for _ in range(2):
            await clock.look(s.course)
        sent = [request for request in s.sent() if "items are due in your practice" in request]
        assert len(sent) == 1
        assert "2 items are due" in sent[0]
        await s.ann.slash(s.channel, "review", remind=False)
        s.clock.pass_(days=2)
        await clock.look(s.course)
        assert len([request for request in s.sent() if "items are due in your practice" in request]) == 1
