"""The buttons by which staff review a draft, one item at a time, to themselves alone."""

import asyncio
from collections.abc import Mapping

import discord

from bot.discord.client import LectorBot
from bot.discord.components import StaffButton
from bot.discord.courses import Course
from bot.discord.forms import form
from bot.discord.quiz.drafting import draft_new
from bot.discord.quiz.edits import edit_fields, edited
from bot.discord.quiz.evidence import show_evidence
from bot.discord.quiz.page import AMBER, BLUE, GREEN, RED, Page, buttons, show, turners
from bot.discord.quiz.staff_words import item_with_key, kind_name, review_head, reviewed_body
from bot.discord.quiz.words import refuse_long
from bot.discord.staff import who
from bot.discord.typeset import plain
from bot.language import SaidError, say
from common.errors import QuizError, UsageError
from quiz.compose import Quizzes
from quiz.items import Item
from quiz.records.quizzes import Quiz, QuizItem
from quiz.records.tables import Review, State

_Bot = discord.Interaction[LectorBot]
QUIZ = r"(?P<quiz>[\w-]{12})"
POSITION = r"(?P<position>\d{1,4})"
_STYLES = {"keep": discord.ButtonStyle.success, "drop": discord.ButtonStyle.danger}
_COLOURS = {Review.PENDING: BLUE, Review.KEPT: GREEN, Review.EDITED: GREEN, Review.DROPPED: RED}
EDITED = rf"lector:1:quiz:edited:{QUIZ}:{POSITION}"


class ReviewButton(StaffButton, template=rf"lector:1:quiz:rev:(?P<what>keep|drop|edit|more|go|list):{QUIZ}:{POSITION}"):
    """Says what becomes of an item, or turns to one."""

    def __init__(
        self, what: str, quiz: str, position: int | str, label: str = "·", *, disabled: bool = False, row: int | None = None
    ) -> None:
        style = _STYLES.get(what, discord.ButtonStyle.secondary)
        super().__init__(f"lector:1:quiz:rev:{what}:{quiz}:{position}", label, style, disabled=disabled, row=row)
        self._what, self._quiz, self._position = what, quiz, int(position)

    async def clicked(self, interaction: _Bot) -> None:
        """Then the next item that waits is shown."""
        language = interaction.locale.value
        if self._what == "edit":
            records = (await interaction.client.course_of(interaction)).quizzes
            entry = _entry(await asyncio.to_thread(records.bank.quiz, self._quiz), self._position)
            title = say(language, "quiz-form-edit", number=self._position + 1)
            modal = form(f"lector:1:quiz:edited:{self._quiz}:{self._position}", title, *edit_fields(entry.item, language))
            await interaction.response.send_modal(modal)
            return
        await interaction.response.defer()
        course = await interaction.client.course_of(interaction)
        if self._what == "more":
            await show(interaction, await _another(course, self._quiz, self._position, who(interaction), language))
            return
        quiz = await asyncio.to_thread(_decide, course.quizzes, self._quiz, self._position, self._what, who(interaction))
        if self._what == "list":
            await show(interaction, list_page(quiz, language))
        else:
            position = self._position if self._what == "go" else next_waiting(quiz, self._position)
            await show(interaction, review_page(course, quiz, position, language))


class ReviewSeeButton(StaffButton, template=rf"lector:1:quiz:revsee:{QUIZ}:{POSITION}(?::(?P<page>\d{{1,5}}|home))?"):
    """Shows staff the page that proves an item; with a page in its custom_id it turns the pages."""

    def __init__(
        self, quiz: str, position: int | str, page: int | str | None = None, *, label: str = "·", disabled: bool = False,
        row: int | None = None,
    ) -> None:  # fmt: skip
        turn = "" if page is None else f":{page}"
        style = discord.ButtonStyle.secondary
        super().__init__(f"lector:1:quiz:revsee:{quiz}:{position}{turn}", label, style, disabled=disabled, row=row)
        self._quiz, self._position, self._page = quiz, int(position), page

    async def clicked(self, interaction: _Bot) -> None:
        """In a message of its own, so that the item stays in sight."""

        def turn(page: int | str, label: str, disabled: bool) -> ReviewSeeButton:
            return ReviewSeeButton(self._quiz, self._position, page, label=label, disabled=disabled)

        def find(course: Course) -> Item:
            return _entry(course.quizzes.bank.quiz(self._quiz), self._position).item

        await show_evidence(interaction, find, self._page, turn)


async def take_edit(interaction: _Bot, state: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """Takes an edited item in; one that makes no item leaves it as it was."""
    await interaction.response.defer()
    course = await interaction.client.course_of(interaction)
    records, position = course.quizzes, int(state["position"])
    entry = _entry(await asyncio.to_thread(records.bank.quiz, state["quiz"]), position)
    made = edited(entry.item, texts)
    await asyncio.to_thread(records.bank.review, state["quiz"], entry.item.id, Review.EDITED, who(interaction), made)
    quiz = await asyncio.to_thread(records.bank.quiz, state["quiz"])
    await show(interaction, review_page(course, quiz, position, interaction.locale.value))


async def _another(course: Course, key: str, position: int, by: str, language: str) -> Page:
    """Another item in the place of one, which is dropped only when there is one."""
    if course.drafting is None:
        raise SaidError(say(language, "quiz-no-drafting"))
    records = course.quizzes
    quiz = await asyncio.to_thread(records.bank.quiz, key)
    old = _entry(quiz, position).item
    reading = old.evidence.reading if quiz.week is None and old.evidence is not None else None
    drafted = await draft_new(course.drafting, quiz.week, reading, 1, [entry.item for entry in quiz.items])
    if not drafted.items:
        raise UsageError(drafted.shortfall or say(language, "quiz-no-other"))
    refuse_long(drafted.items[0])

    def swap() -> Quiz:
        records.bank.add(key, drafted.items[:1], by)
        records.bank.review(key, old.id, Review.DROPPED, by)
        return records.bank.quiz(key)

    changed = await asyncio.to_thread(swap)
    return review_page(course, changed, len(changed.items) - 1, language)


def _decide(records: Quizzes, key: str, position: int, what: str, by: str) -> Quiz:
    """Note what was said of an item; the quiz as it is then."""
    if what in ("keep", "drop"):
        entry = _entry(records.bank.quiz(key), position)
        # An item that was edited is kept as it was edited: that is what the log should say of it.
        if what == "drop" or entry.review is not Review.EDITED:
            records.bank.review(key, entry.item.id, Review.KEPT if what == "keep" else Review.DROPPED, by)
    return records.bank.quiz(key)


def next_waiting(quiz: Quiz, after: int) -> int | None:
    """The next item that nobody has looked at, behind `after` and then from the start; None where all are reviewed."""
    order = [*range(after + 1, len(quiz.items)), *range(after + 1)]
    return next((n for n in order if n < len(quiz.items) and quiz.items[n].review is Review.PENDING), None)


def review_page(course: Course, quiz: Quiz, position: int | None, language: str) -> Page:
    """An item with its key and what can become of it; all of them in a list where `position` is None."""
    if position is None:
        return list_page(quiz, language)
    entry = _entry(quiz, position)
    fixed = quiz.state not in (State.DRAFT, State.APPROVED)
    view = buttons(
        ReviewButton("keep", quiz.id, position, say(language, "quiz-button-keep"), disabled=fixed, row=0),
        ReviewButton("edit", quiz.id, position, say(language, "quiz-button-edit"), disabled=fixed, row=0),
        ReviewButton("more", quiz.id, position, say(language, "quiz-button-another"), disabled=fixed or course.drafting is None, row=0),
        ReviewButton("drop", quiz.id, position, say(language, "quiz-button-drop"), disabled=fixed, row=0),
    )
    turners(view, lambda to, label, off: ReviewButton("go", quiz.id, to, label, disabled=off, row=1), position, 0, len(quiz.items) - 1)
    view.add_item(ReviewButton("list", quiz.id, position, say(language, "quiz-button-list"), row=1))
    if entry.item.evidence is not None:
        view.add_item(ReviewSeeButton(quiz.id, position, label=say(language, "quiz-button-see"), row=1))
    foot = kind_name(entry.item.kind, language)
    return Page(review_head(quiz, position, language), item_with_key(entry.item, language), view, _COLOURS[entry.review], foot)


def list_page(quiz: Quiz, language: str) -> Page:
    """All items of a draft, and what comes next."""
    waiting = next_waiting(quiz, len(quiz.items) - 1)
    view = buttons(ReviewButton("go", quiz.id, waiting or 0, say(language, "quiz-button-review")))
    if waiting is not None:
        head = say(language, "quiz-review-waiting", title=plain(quiz.title), count=sum(e.review is Review.PENDING for e in quiz.items))
    else:
        message = "quiz-review-done" if quiz.asked else "quiz-review-empty"
        head = say(language, message, title=plain(quiz.title), count=len(quiz.asked))
    return Page(head, reviewed_body(quiz), view, AMBER if waiting is not None else GREEN)


def _entry(quiz: Quiz, position: int) -> QuizItem:
    if not 0 <= position < len(quiz.items):
        raise QuizError(f"the quiz has no item {position + 1}", code="quiz-no-item", number=position + 1)
    return quiz.items[position]
