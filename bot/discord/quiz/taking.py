"""The buttons by which a student takes a quiz: start, answer, turn, hand in. To the student alone, all of it.

A custom_id holds the attempt, an item's number in it and an option's place as it is shown: never a key, never an item's id.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import discord

from bot.discord.client import LectorBot
from bot.discord.components import KeptButton
from bot.discord.courses import Course
from bot.discord.errors import told
from bot.discord.forms import Field, form
from bot.discord.quiz.grading import grade
from bot.discord.quiz.outcome import outcome_page, result_page
from bot.discord.quiz.page import AMBER, BLUE, Page, buttons, show, turners
from bot.discord.quiz.words import all_answered, how_to, item_body, letter, position_line
from bot.language import say
from common.errors import LectorError, QuizError, TooLateError
from quiz.grading.closed import Given
from quiz.items import Kind
from quiz.records.attempts import Answered
from quiz.records.tables import FeedbackTime
from quiz.taking import PublicItem, Sitting

_LOG = logging.getLogger(__name__)
_Bot = discord.Interaction[LectorBot]
_ATTEMPT = r"(?P<attempt>[\w-]{16})"
_NUMBER = r"(?P<number>\d{1,4})"
_GREY, _BLUE, _GREEN = discord.ButtonStyle.secondary, discord.ButtonStyle.primary, discord.ButtonStyle.success
_IN_A_ROW = 5
_LAST_ROW = 4
TYPED = rf"lector:1:quiz:typed:{_ATTEMPT}:{_NUMBER}"


class StartButton(KeptButton, template=r"lector:1:quiz:start:(?P<quiz>[\w-]{12})"):
    """Stands below a published quiz. Begins an attempt, goes on with one, or shows how the last one went."""

    def __init__(self, quiz: str, label: str = "·") -> None:
        super().__init__(f"lector:1:quiz:start:{quiz}", label, _GREEN)
        self._quiz = quiz

    async def clicked(self, interaction: _Bot) -> None:
        """Where no attempt can be begun any more, the last one is shown below the reason."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        course = await interaction.client.course_of(interaction)
        records, student = course.quizzes, str(interaction.user.id)
        try:
            sitting = await asyncio.to_thread(records.attempts.start, self._quiz, student)
        except QuizError as exc:
            attempts = await asyncio.to_thread(records.attempts.of_student, self._quiz, student)
            if not attempts:
                raise
            await show_outcome(interaction, course, attempts[-1], before=told(exc, interaction.locale.value))
        else:
            await show(interaction, sitting_page(sitting, None, interaction.locale.value))


class OptionButton(KeptButton, template=rf"lector:1:quiz:a:{_ATTEMPT}:{_NUMBER}:(?P<place>\d{{1,2}}|t|f)"):
    """Answers with an option, or with true or false."""

    def __init__(
        self, attempt: str, number: int | str, place: int | str, label: str = "·", *, chosen: bool = False, row: int | None = None
    ) -> None:
        super().__init__(f"lector:1:quiz:a:{attempt}:{number}:{place}", label, _BLUE if chosen else _GREY, row=row)
        self._attempt, self._number = attempt, int(number)
        self._given: Given = place == "t" if place in ("t", "f") else int(place)

    async def clicked(self, interaction: _Bot) -> None:
        """Saved before anything is shown."""
        await interaction.response.defer()
        await _answer(interaction, self._attempt, self._number, self._given)


class TypeButton(KeptButton, template=rf"lector:1:quiz:type:{_ATTEMPT}:{_NUMBER}"):
    """Opens the form for an answer that is written."""

    def __init__(self, attempt: str, number: int | str, label: str = "·", row: int | None = None) -> None:
        super().__init__(f"lector:1:quiz:type:{attempt}:{number}", label, _BLUE, row=row)
        self._attempt, self._number = attempt, int(number)

    async def clicked(self, interaction: _Bot) -> None:
        """With the answer so far in it."""
        language = interaction.locale.value
        records = (await interaction.client.course_of(interaction)).quizzes
        item, given = await asyncio.to_thread(records.attempts.item, self._attempt, str(interaction.user.id), self._number)
        field = Field("answer", say(language, "quiz-form-answer"), "" if given is None else str(given), hint=how_to(item, language),
                      long=item.kind is Kind.SHORT, longest=2000 if item.kind is Kind.SHORT else 200)  # fmt: skip
        title = say(language, "quiz-form-title", number=item.number, of=item.of)
        await interaction.response.send_modal(form(f"lector:1:quiz:typed:{self._attempt}:{self._number}", title, field))


class GoButton(KeptButton, template=rf"lector:1:quiz:go:{_ATTEMPT}:{_NUMBER}"):
    """Turns to an item of the attempt; 0 is the page on which it is handed in."""

    def __init__(
        self, attempt: str, number: int | str, label: str = "·", *, disabled: bool = False, main: bool = False, row: int | None = None
    ) -> None:
        super().__init__(f"lector:1:quiz:go:{attempt}:{number}", label, _BLUE if main else _GREY, disabled=disabled, row=row)
        self._attempt, self._number = attempt, int(number)

    async def clicked(self, interaction: _Bot) -> None:
        """In the place of what is shown."""
        await interaction.response.defer()
        course = await interaction.client.course_of(interaction)
        records, student = course.quizzes, str(interaction.user.id)
        sitting = await asyncio.to_thread(records.attempts.sitting, self._attempt, student)
        if sitting.finished:
            await show_outcome(interaction, course, self._attempt)
        elif not self._number:
            await show(interaction, hand_in_page(sitting, interaction.locale.value))
        else:
            item, given = await asyncio.to_thread(records.attempts.item, self._attempt, student, self._number)
            await show(interaction, item_page(sitting, item, given, interaction.locale.value))


class HandInButton(KeptButton, template=rf"lector:1:quiz:end:{_ATTEMPT}"):
    """Hands the attempt in."""

    def __init__(self, attempt: str, label: str = "·", row: int | None = None) -> None:
        super().__init__(f"lector:1:quiz:end:{attempt}", label, _GREEN, row=row)
        self._attempt = attempt

    async def clicked(self, interaction: _Bot) -> None:
        """Twice changes nothing."""
        await interaction.response.defer()
        course = await interaction.client.course_of(interaction)
        await asyncio.to_thread(course.quizzes.attempts.finish, self._attempt, str(interaction.user.id))
        await show_outcome(interaction, course, self._attempt)


async def typed(interaction: _Bot, state: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """Takes a form's answer in."""
    await interaction.response.defer()
    await _answer(interaction, state["attempt"], int(state["number"]), texts["answer"])


async def _answer(interaction: _Bot, attempt: str, number: int, given: Given) -> None:
    """Save an answer, then show what comes next."""
    language, student = interaction.locale.value, str(interaction.user.id)
    course = await interaction.client.course_of(interaction)
    records = course.quizzes
    try:
        answered = await asyncio.to_thread(records.attempts.answer, attempt, student, number, given)
    except TooLateError as exc:
        await show_outcome(interaction, course, attempt, before=told(exc, language))
        return
    if answered.result is None:
        await show(interaction, sitting_page(answered.sitting, None, language))
        return
    if answered.to_grade is not None:
        try:
            await grade(course, answered.to_grade)
        except LectorError as exc:  # it waits for the clock, and the student goes on
            _LOG.warning("a short answer could not be graded yet: %s", exc.user_message)
        answered = replace(answered, result=await asyncio.to_thread(records.attempts.result, attempt, student, number))
    await show(interaction, after_answer_page(answered, language))


async def show_outcome(interaction: _Bot, course: Course, attempt: str, *, before: str = "") -> None:
    """How a finished attempt went, as far as the student may see it now."""
    outcome = await asyncio.to_thread(course.quizzes.attempts.outcome, attempt, str(interaction.user.id))
    page = outcome_page(outcome, course.settings.quiz.pass_percent, interaction.locale.value, before=before)
    await show(interaction, page)


def sitting_page(sitting: Sitting, given: Given | None, language: str) -> Page:
    """Where an attempt stands: the next item, or the end."""
    if sitting.current is None:
        return hand_in_page(sitting, language)
    return item_page(sitting, sitting.current, given, language)


def item_page(sitting: Sitting, item: PublicItem, given: Given | None, language: str) -> Page:
    """An item with what it is answered by."""
    view = buttons(*_answering(sitting.attempt, item, given, language))
    back_too = sitting.feedback is FeedbackTime.AFTER_CLOSING  # else an answer cannot be changed, and what was right has been shown
    if back_too:
        attempt = sitting.attempt
        turners(view, lambda to, label, off: GoButton(attempt, to, label, disabled=off, row=_LAST_ROW), item.number, 1, item.of)
    view.add_item(GoButton(sitting.attempt, 0, say(language, "quiz-button-hand-in"), row=_LAST_ROW))
    return Page(
        position_line(sitting, item.number, language), item_body(item, given, language), view, BLUE, how_to(item, language)
    )  # fmt: skip


def hand_in_page(sitting: Sitting, language: str) -> Page:
    """The question before the attempt is handed in."""
    back = sitting.current.number if sitting.current is not None else sitting.of
    view = buttons(HandInButton(sitting.attempt, say(language, "quiz-button-hand-in-now")))
    if sitting.current is not None or sitting.feedback is FeedbackTime.AFTER_CLOSING:
        view.add_item(GoButton(sitting.attempt, back, say(language, "quiz-button-back", number=back)))
    head = position_line(sitting, back, language)
    return Page(head, all_answered(sitting, language), view, AMBER if len(sitting.answered) < sitting.of else BLUE)


def after_answer_page(answered: Answered, language: str) -> Page:
    """With feedback at once: what was right, and the way on."""
    sitting = answered.sitting
    assert answered.result is not None
    head = position_line(sitting, answered.result.number, language)
    if not answered.saved:
        head = f"{head}\n{say(language, 'quiz-first-stands')}"
    page = result_page(answered.result, sitting.attempt, language, head=head)
    assert page.view is not None
    if sitting.current is None:
        page.view.add_item(HandInButton(sitting.attempt, say(language, "quiz-button-hand-in-now"), row=_LAST_ROW))
    else:
        page.view.add_item(GoButton(sitting.attempt, sitting.current.number, say(language, "quiz-button-next"), main=True, row=_LAST_ROW))
    return page


def _answering(attempt: str, item: PublicItem, given: Given | None, language: str) -> list[discord.ui.Item[Any]]:
    """The buttons that answer an item."""
    if item.kind is Kind.CHOICE:
        return [
            OptionButton(attempt, item.number, place, letter(place), chosen=given == place, row=place // _IN_A_ROW)
            for place in range(len(item.options))
        ]
    if item.kind is Kind.TRUE_FALSE:
        return [
            OptionButton(attempt, item.number, "t" if truth else "f", say(language, "quiz-true" if truth else "quiz-false"),
                         chosen=given is truth, row=0)
            for truth in (True, False)
        ]  # fmt: skip
    label = say(language, "quiz-button-write" if given is None else "quiz-button-rewrite")
    return [TypeButton(attempt, item.number, label, row=0)]
