"""The buttons by which a student looks at what was right: item by item, with the page that says so, and a question on it."""

import asyncio
from collections.abc import Mapping

import discord

from bot.discord.asking.entry import take_command
from bot.discord.client import LectorBot
from bot.discord.components import KeptButton
from bot.discord.courses import Course
from bot.discord.forms import Field, form
from bot.discord.quiz.evidence import show_evidence
from bot.discord.quiz.outcome_words import (
    colour,
    outcome_body,
    outcome_head,
    question_on,
    result_body,
    result_head,
)
from bot.discord.quiz.page import GREY, Page, buttons, show, turners
from bot.discord.readings import indexed
from bot.language import say
from common.errors import QuizError
from quiz.items import Item
from quiz.taking import ItemResult, Outcome

_Bot = discord.Interaction[LectorBot]
_ATTEMPT = r"(?P<attempt>[\w-]{16})"
_NUMBER = r"(?P<number>\d{1,4})"
_GREY, _BLUE = discord.ButtonStyle.secondary, discord.ButtonStyle.primary
_LAST_ROW = 4
ASKED = rf"lector:1:quiz:asked:{_ATTEMPT}:{_NUMBER}"


class OutcomeButton(KeptButton, template=rf"lector:1:quiz:out:{_ATTEMPT}:{_NUMBER}(?::(?P<how>new))?"):
    """Turns to an item of a finished attempt; 0 is the list. With `new` it opens a message of its own."""

    def __init__(
        self, attempt: str, number: int | str, how: str | None = None, *, label: str = "·", disabled: bool = False, row: int | None = None
    ) -> None:
        tail = f":{how}" if how else ""
        super().__init__(f"lector:1:quiz:out:{attempt}:{number}{tail}", label[:80], _GREY, disabled=disabled, row=row)
        self._attempt, self._number, self._new = attempt, int(number), how is not None

    async def clicked(self, interaction: _Bot) -> None:
        """In the place of what is shown."""
        if self._new:
            await interaction.response.defer(ephemeral=True, thinking=True)
        else:
            await interaction.response.defer()
        course = await interaction.client.course_of(interaction)
        outcome = await asyncio.to_thread(course.quizzes.attempts.outcome, self._attempt, str(interaction.user.id))
        language = interaction.locale.value
        if not self._number or not outcome.items:
            await show(interaction, outcome_page(outcome, course.settings.quiz.pass_percent, language))
        else:
            await show(interaction, outcome_item_page(outcome, self._number, course.settings.quiz.pass_percent, language))


class EvidenceButton(KeptButton, template=rf"lector:1:quiz:see:{_ATTEMPT}:{_NUMBER}(?::(?P<page>\d{{1,5}}|home))?"):
    """Shows the page that proves an item; with a page in its custom_id it turns the pages."""

    def __init__(
        self, attempt: str, number: int | str, page: int | str | None = None, *, label: str = "·", disabled: bool = False,
        row: int | None = None,
    ) -> None:  # fmt: skip
        turn = "" if page is None else f":{page}"
        super().__init__(f"lector:1:quiz:see:{attempt}:{number}{turn}", label, _GREY, disabled=disabled, row=row)
        self._attempt, self._number, self._page = attempt, int(number), page

    async def clicked(self, interaction: _Bot) -> None:
        """Only once the student may see what was right."""

        def turn(page: int | str, label: str, disabled: bool) -> EvidenceButton:
            return EvidenceButton(self._attempt, self._number, page, label=label, disabled=disabled)

        def find(course: Course) -> Item:
            return course.quizzes.attempts.result(self._attempt, str(interaction.user.id), self._number).item

        await show_evidence(interaction, find, self._page, turn)


class AskButton(KeptButton, template=rf"lector:1:quiz:ask:{_ATTEMPT}:{_NUMBER}"):
    """Opens a form with a question on the item, to be changed and asked."""

    def __init__(self, attempt: str, number: int | str, label: str = "·", row: int | None = None) -> None:
        super().__init__(f"lector:1:quiz:ask:{attempt}:{number}", label, _GREY, row=row)
        self._attempt, self._number = attempt, int(number)

    async def clicked(self, interaction: _Bot) -> None:
        """Only once the student may see what was right."""
        course, language = await interaction.client.course_of(interaction), interaction.locale.value
        result = await asyncio.to_thread(course.quizzes.attempts.result, self._attempt, str(interaction.user.id), self._number)
        await interaction.response.send_modal(
            question_form(f"lector:1:quiz:asked:{self._attempt}:{self._number}", result.item, course, language)
        )


async def asked(interaction: _Bot, state: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """Takes the form's question in."""
    course = await interaction.client.course_of(interaction)
    student, number = str(interaction.user.id), int(state["number"])
    result = await asyncio.to_thread(course.quizzes.attempts.result, state["attempt"], student, number)
    await answer_question(interaction, course, result.item, texts["question"])


def question_form(custom_id: str, item: Item, course: Course, language: str) -> discord.ui.Modal:
    """A form with a question on an item, to be changed and asked."""
    longest = min(course.settings.answering.max_question_chars, 4000)
    field = Field("question", say(language, "quiz-form-question"), question_on(item), long=True, longest=longest)
    return form(custom_id, say(language, "quiz-button-ask"), field)


async def answer_question(interaction: _Bot, course: Course, item: Item, question: str) -> None:
    """Answer a question on an item as `/ask` does, for the asker alone."""
    reading = item.evidence.reading if item.evidence is not None else None
    if reading is not None:  # staff may name one that is not, or no longer, among the course's
        reading = reading if any(row.reading == reading for row in await indexed(course)) else None
    await take_command(interaction, course, question, reading=reading, private=True)


def outcome_page(outcome: Outcome, pass_percent: float, language: str, *, before: str = "") -> Page:
    """The score with a list of the items, or the word that it can be seen later.

    Args:
        before: What is said above it.
    """
    head = outcome_head(outcome, pass_percent, language)
    view = None
    if outcome.items:
        view = buttons(OutcomeButton(outcome.sitting.attempt, 1, label=say(language, "quiz-button-items")))
    return Page(f"{before}\n{head}" if before else head, outcome_body(outcome, language), view, GREY)


def outcome_item_page(outcome: Outcome, number: int, pass_percent: float, language: str) -> Page:
    """One item of a finished attempt.

    Raises:
        QuizError: There is no such item.
    """
    if not 1 <= number <= len(outcome.items):
        raise QuizError(f"the quiz has no item {number}", code="quiz-no-item", number=number)
    attempt, of = outcome.sitting.attempt, len(outcome.items)
    page = result_page(outcome.items[number - 1], attempt, language, head=outcome_head(outcome, pass_percent, language))
    assert page.view is not None
    turners(page.view, lambda to, label, off: OutcomeButton(attempt, to, label=label, disabled=off, row=_LAST_ROW), number, 1, of)
    page.view.add_item(OutcomeButton(attempt, 0, label=say(language, "quiz-button-list"), row=_LAST_ROW))
    return page


def result_page(result: ItemResult, attempt: str, language: str, *, head: str) -> Page:
    """What was right of an item, with the page and a question on it."""
    view = buttons()
    if result.item.evidence is not None:
        view.add_item(EvidenceButton(attempt, result.number, label=say(language, "quiz-button-see"), row=0))
    view.add_item(AskButton(attempt, result.number, say(language, "quiz-button-ask"), row=0))
    body = f"{result_head(result, language)}\n\n{result_body(result, language)}"
    return Page(head, body, view, colour(result), say(language, "quiz-item-of", number=result.number))
