"""The buttons by which staff look at results and correct them, to themselves alone."""

import asyncio
from collections.abc import Mapping, Sequence

import discord

from bot.discord.client import LectorBot
from bot.discord.components import StaffButton
from bot.discord.courses import Course
from bot.discord.enclosed import Enclosed
from bot.discord.forms import Field, form
from bot.discord.quiz.edits import corrected, key_fields
from bot.discord.quiz.figures_words import (
    figures_body,
    figures_head,
    regraded_text,
    results_body,
    results_head,
    waiting_body,
    waiting_foot,
)
from bot.discord.quiz.page import AMBER, BLUE, GREEN, Page, buttons, show, turners
from bot.discord.quiz.review import QUIZ
from bot.discord.staff import who
from bot.language import say
from common.errors import QuizError
from ingest.names import slug
from quiz.compose import Quizzes
from quiz.records.corrections import Waiting
from quiz.records.quizzes import Quiz, QuizItem
from quiz.results.book import Results, retire_flagged
from quiz.results.chart import draw
from quiz.results.table import scores_csv

_Bot = discord.Interaction[LectorBot]
_NUMBER = r"(?P<number>\d{1,4})"
_GREY = discord.ButtonStyle.secondary
_CREDITS = {"right": 1.0, "half": 0.5, "wrong": 0.0}
_NAMES = 200  # most people whose names are fetched for one table
CORRECTED = rf"lector:1:quiz:corrected:{QUIZ}:{_NUMBER}"
VOIDED = rf"lector:1:quiz:voided:{QUIZ}:{_NUMBER}"


class ResultsButton(StaffButton, template=rf"lector:1:quiz:res:(?P<what>item|key|void|retire|wait|all):{QUIZ}:{_NUMBER}"):
    """Turns to the figures of an item or to an answer that waits; opens the forms that correct an item."""

    def __init__(
        self, what: str, quiz: str, number: int | str, label: str = "·", *, disabled: bool = False, row: int | None = None
    ) -> None:
        super().__init__(f"lector:1:quiz:res:{what}:{quiz}:{number}", label, _GREY, disabled=disabled, row=row)
        self._what, self._quiz, self._number = what, quiz, int(number)

    async def clicked(self, interaction: _Bot) -> None:
        """In the place of what is shown."""
        language = interaction.locale.value
        if self._what in ("key", "void"):
            records = (await interaction.client.course_of(interaction)).quizzes
            quiz = await asyncio.to_thread(records.bank.quiz, self._quiz)
            await interaction.response.send_modal(_correction(self._what, quiz, self._number, language))
            return
        await interaction.response.defer()
        course = await interaction.client.course_of(interaction)
        records, by = course.quizzes, who(interaction)
        if self._what == "wait":
            await _show_waiting(interaction, records, self._quiz, self._number)
            return
        if self._what == "retire":
            await asyncio.to_thread(_retire, records, self._quiz, self._number, by)
        results = await asyncio.to_thread(records.results.results, self._quiz)
        if self._number:
            await show(interaction, figures_page(results, self._number, language))
        else:
            await show(interaction, results_page(results, language, await _names(interaction.guild, results)))


class GradeButton(StaffButton, template=rf"lector:1:quiz:grade:(?P<credit>right|half|wrong):{QUIZ}:{_NUMBER}:(?P<attempt>[\w-]{{16}})"):
    """Grades an answer by hand."""

    def __init__(self, credit: str, quiz: str, number: int | str, attempt: str, label: str = "·") -> None:
        super().__init__(f"lector:1:quiz:grade:{credit}:{quiz}:{number}:{attempt}", label, _GREY)
        self._credit, self._quiz, self._number, self._attempt = credit, quiz, int(number), attempt

    async def clicked(self, interaction: _Bot) -> None:
        """Then the next answer that waits is shown."""
        await interaction.response.defer()
        records = (await interaction.client.course_of(interaction)).quizzes
        quiz = await asyncio.to_thread(records.bank.quiz, self._quiz)
        item, by = _asked(quiz, self._number).item.id, who(interaction)
        await asyncio.to_thread(records.corrections.confirm, self._attempt, item, _CREDITS[self._credit], by)
        await _show_waiting(interaction, records, self._quiz, 0)


async def take_correction(interaction: _Bot, state: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """Gives an item its right key; every answer to it is graded again."""
    await interaction.response.defer()
    records, number = (await interaction.client.course_of(interaction)).quizzes, int(state["number"])
    quiz = await asyncio.to_thread(records.bank.quiz, state["quiz"])
    item = _asked(quiz, number).item
    found = await asyncio.to_thread(
        records.corrections.regrade, quiz.id, item.id, corrected(item, texts), who(interaction), texts["why"]
    )  # fmt: skip
    await _after(interaction, records, quiz.id, number, regraded_text(found, interaction.locale.value))


async def take_void(interaction: _Bot, state: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """Lets an item count for nobody, or again for everybody."""
    await interaction.response.defer()
    records, number = (await interaction.client.course_of(interaction)).quizzes, int(state["number"])
    quiz = await asyncio.to_thread(records.bank.quiz, state["quiz"])
    entry = _asked(quiz, number)
    await asyncio.to_thread(lambda: records.corrections.void(quiz.id, entry.item.id, who(interaction), texts["why"], void=not entry.void))
    await _after(interaction, records, quiz.id, number, "")


async def _after(interaction: _Bot, records: Quizzes, key: str, number: int, told: str) -> None:
    page = figures_page(await asyncio.to_thread(records.results.results, key), number, interaction.locale.value, told=told)
    await show(interaction, page)


async def _show_waiting(interaction: _Bot, records: Quizzes, key: str, place: int) -> None:
    quiz, waiting = await asyncio.to_thread(lambda: (records.bank.quiz(key), records.corrections.waiting(key)))
    place = max(min(place, len(waiting) - 1), 0)
    names = await names_of(interaction.guild, [w.student for w in waiting[place : place + 1]])
    await show(interaction, waiting_page(quiz, waiting, place, interaction.locale.value, names))


async def _enclosed(results: Results, names: Mapping[str, str], language: str) -> tuple[Enclosed, ...]:
    """The picture and the table, drawn and written in threads."""
    name = slug(results.quiz.title) or "quiz"
    picture, table = await asyncio.to_thread(draw, results), await asyncio.to_thread(scores_csv, results, names)
    described = say(language, "quiz-results-alt", title=results.quiz.title)
    return (
        Enclosed(f"{name}.png", picture, described),
        Enclosed(f"{name}.csv", table),
    )


async def _names(guild: discord.Guild | None, results: Results) -> dict[str, str]:
    return await names_of(guild, [s.student for s in results.students])


async def names_of(guild: discord.Guild | None, students: Sequence[str]) -> dict[str, str]:
    """Names by ids, of those who are still on the server."""
    found = {}
    for student in students[:_NAMES] if guild is not None else []:
        assert guild is not None
        try:
            member = guild.get_member(int(student)) or await guild.fetch_member(int(student))
        except (discord.HTTPException, ValueError):  # they have left, or took it by the command line
            continue
        found[student] = member.display_name
    return found


def results_page(
    results: Results, language: str, names: Mapping[str, str], *, waiting: int = 0, enclosed: tuple[Enclosed, ...] = ()
) -> Page:
    """The table.

    Args:
        waiting: Answers whose grade staff should confirm.
    """
    view = buttons(ResultsButton("item", results.quiz.id, 1, say(language, "quiz-button-figures"), disabled=not results.items))
    if waiting or any(student.provisional for student in results.students):
        view.add_item(ResultsButton("wait", results.quiz.id, 0, say(language, "quiz-button-confirm")))
    if results.flagged:
        view.add_item(ResultsButton("retire", results.quiz.id, 0, say(language, "quiz-button-retire", count=len(results.flagged))))
    return Page(results_head(results, language), results_body(results, language, names), view, BLUE, enclosed=enclosed)


def figures_page(results: Results, number: int, language: str, *, told: str = "") -> Page:
    """An item with its figures, and what corrects it."""
    quiz, figures = results.quiz, results.items[number - 1]
    entry = _asked(quiz, number)
    void = "quiz-button-count" if entry.void else "quiz-button-void"
    view = buttons(
        ResultsButton("key", quiz.id, number, say(language, "quiz-button-key"), row=0),
        ResultsButton("void", quiz.id, number, say(language, void), row=0),
        ResultsButton("retire", quiz.id, number, say(language, "quiz-button-retire-one"), disabled=entry.retired is not None, row=0),
    )
    last = len(results.items)
    turners(view, lambda to, label, off: ResultsButton("item", quiz.id, to, label, disabled=off, row=1), number, 1, last)
    view.add_item(ResultsButton("all", quiz.id, 0, say(language, "quiz-button-table"), row=1))
    head = figures_head(results, number, language)
    body = figures_body(figures, language)
    return Page(f"{told}\n{head}" if told else head, body, view, AMBER if figures.flags else BLUE)


def waiting_page(quiz: Quiz, waiting: list[Waiting], place: int, language: str, names: Mapping[str, str]) -> Page:
    """An answer to look at; the word that there is none where that is so.

    Args:
        place: Which of those that wait, from 0.
    """
    back = ResultsButton("all", quiz.id, 0, say(language, "quiz-button-table"))
    if not waiting:
        return Page(say(language, "quiz-waiting-none"), view=buttons(back), colour=GREEN)
    answer = waiting[place]
    number = next(n for n, entry in enumerate(quiz.asked, start=1) if entry.item.id == answer.item.id)
    view = buttons(
        *(GradeButton(credit, quiz.id, number, answer.attempt, say(language, f"quiz-button-{credit}")) for credit in _CREDITS),
        ResultsButton("wait", quiz.id, place + 1, "▶", disabled=place + 1 >= len(waiting)),
        back,
    )
    head = say(language, "quiz-waiting-head", count=len(waiting))
    return Page(head, waiting_body(answer, language, names), view, AMBER, waiting_foot(answer, language))


def _correction(what: str, quiz: Quiz, number: int, language: str) -> discord.ui.Modal:
    entry = _asked(quiz, number)
    if what == "key":
        title = say(language, "quiz-form-key", number=number)
        return form(f"lector:1:quiz:corrected:{quiz.id}:{number}", title, *key_fields(entry.item, language))
    title = say(language, "quiz-form-count" if entry.void else "quiz-form-void", number=number)
    why = Field("why", say(language, "quiz-field-why"), long=True, longest=300)
    return form(f"lector:1:quiz:voided:{quiz.id}:{number}", title, why)


def _retire(records: Quizzes, key: str, number: int, by: str) -> None:
    """One item; with 0 all that are flagged."""
    results = records.results.results(key)
    if number:
        figures = results.items[number - 1]
        records.bank.retire(key, figures.item.id, "; ".join(figures.flags) or "retired by hand", by)
    else:
        retire_flagged(results, records.bank, by)


def _asked(quiz: Quiz, number: int) -> QuizItem:
    if not 1 <= number <= len(quiz.asked):
        raise QuizError(f"the quiz has no item {number}", code="quiz-no-item", number=number)
    return quiz.asked[number - 1]


async def open_results(interaction: _Bot, course: Course, key: str) -> None:
    """The answer to `/quiz results`."""
    records = course.quizzes
    results = await asyncio.to_thread(records.results.results, key)
    waiting = len(await asyncio.to_thread(records.corrections.waiting, key))
    names, language = await _names(interaction.guild, results), interaction.locale.value
    enclosed = await _enclosed(results, names, language)
    await show(interaction, results_page(results, language, names, waiting=waiting, enclosed=enclosed))
