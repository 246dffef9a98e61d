"""The buttons by which a student practises: ungraded items, one after another, that come back when it is time."""

import asyncio
from collections.abc import Mapping
from typing import Any

import discord

from bot.discord.client import LectorBot
from bot.discord.components import KeptButton
from bot.discord.courses import Course
from bot.discord.forms import Field, form
from bot.discord.quiz.cards import card_name, card_result, new_items, public_card, to_own_order
from bot.discord.quiz.drafting import draft_new
from bot.discord.quiz.evidence import show_evidence
from bot.discord.quiz.outcome import answer_question, question_form
from bot.discord.quiz.outcome_words import colour, result_body, result_head
from bot.discord.quiz.page import BLUE, Page, buttons, show
from bot.discord.quiz.words import how_to, item_text, left, letter
from bot.language import SaidError, say
from common.errors import QuizError, UsageError
from quiz.compose import Quizzes
from quiz.grading.closed import Given
from quiz.grading.grades import RIGHT, WRONG, Grade
from quiz.items import Item, Kind
from quiz.records.practice import Card, Practised
from quiz.taking import ItemResult

_Bot = discord.Interaction[LectorBot]
_NAME = r"(?P<name>[0-9a-f]{16})"
_NUMBER = r"(?P<number>\d{1,6})"
_GREY, _BLUE, _GREEN = discord.ButtonStyle.secondary, discord.ButtonStyle.primary, discord.ButtonStyle.success
_IN_A_ROW, _LAST_ROW = 5, 4
TYPED = rf"lector:1:card:typed:{_NAME}:{_NUMBER}"
ASKED = rf"lector:1:card:asked:{_NAME}"


class CardButton(KeptButton, template=rf"lector:1:card:(?P<what>\d{{1,2}}|t|f|write|show|knew|not):{_NAME}:{_NUMBER}"):
    """Answers a card: with an option, with true or false, by a form; a short answer is looked at and judged by oneself."""

    def __init__(self, what: str, name: str, number: int | str, label: str = "·", row: int | None = None) -> None:
        style = _GREEN if what == "knew" else _BLUE if what in ("write", "show") else _GREY
        super().__init__(f"lector:1:card:{what}:{name}:{number}", label, style, row=row)
        self._what, self._name, self._number = what, name, int(number)

    async def clicked(self, interaction: _Bot) -> None:
        """Then what was right is shown."""
        language, student = interaction.locale.value, str(interaction.user.id)
        if self._what == "write":
            quizzes = (await interaction.client.course_of(interaction)).quizzes
            card = await asyncio.to_thread(_card, quizzes, student, self._name)
            field = Field("answer", say(language, "quiz-form-answer"), hint=how_to(public_card(card), language), longest=200)
            modal = form(f"lector:1:card:typed:{self._name}:{self._number}", say(language, "quiz-form-answer"), field)
            await interaction.response.send_modal(modal)
            return
        await interaction.response.defer()
        quizzes = (await interaction.client.course_of(interaction)).quizzes
        if self._what == "show":
            card = await asyncio.to_thread(_card, quizzes, student, self._name)
            await show(interaction, looked_page(card, language))
        elif self._what in ("knew", "not"):
            grade = Grade(RIGHT if self._what == "knew" else WRONG, grader=student)
            await _answer(interaction, quizzes, self._name, self._number, None, grade)
        else:
            given: Given = self._what == "t" if self._what in ("t", "f") else int(self._what)
            await _answer(interaction, quizzes, self._name, self._number, given)


class NextCardButton(KeptButton, template=r"lector:1:card:next"):
    """Shows the next card that is due."""

    def __init__(self, label: str = "·", row: int | None = None) -> None:
        super().__init__("lector:1:card:next", label, _BLUE, row=row)

    async def clicked(self, interaction: _Bot) -> None:
        """In the place of what is shown."""
        await interaction.response.defer()
        course = await interaction.client.course_of(interaction)
        await show_next(interaction, course)


class CardEvidenceButton(KeptButton, template=rf"lector:1:card:see:{_NAME}(?::(?P<page>\d{{1,5}}|home))?"):
    """Shows the page that proves a card; with a page in its custom_id it turns the pages."""

    def __init__(
        self, name: str, page: int | str | None = None, *, label: str = "·", disabled: bool = False, row: int | None = None
    ) -> None:
        turn = "" if page is None else f":{page}"
        super().__init__(f"lector:1:card:see:{name}{turn}", label, _GREY, disabled=disabled, row=row)
        self._name, self._page = name, page

    async def clicked(self, interaction: _Bot) -> None:
        """In a message of its own, so that the card stays in sight."""

        def turn(page: int | str, label: str, disabled: bool) -> CardEvidenceButton:
            return CardEvidenceButton(self._name, page, label=label, disabled=disabled)

        def find(course: Course) -> Item:
            return _card(course.quizzes, str(interaction.user.id), self._name).item

        await show_evidence(interaction, find, self._page, turn)


class CardAskButton(KeptButton, template=rf"lector:1:card:ask:{_NAME}"):
    """Opens a form with a question on the card."""

    def __init__(self, name: str, label: str = "·", row: int | None = None) -> None:
        super().__init__(f"lector:1:card:ask:{name}", label, _GREY, row=row)
        self._name = name

    async def clicked(self, interaction: _Bot) -> None:
        """To be changed and asked."""
        course = await interaction.client.course_of(interaction)
        card = await asyncio.to_thread(_card, course.quizzes, str(interaction.user.id), self._name)
        await interaction.response.send_modal(
            question_form(f"lector:1:card:asked:{self._name}", card.item, course, interaction.locale.value)
        )


async def typed(interaction: _Bot, state: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """Takes a form's answer in."""
    await interaction.response.defer()
    quizzes = (await interaction.client.course_of(interaction)).quizzes
    await _answer(interaction, quizzes, state["name"], int(state["number"]), texts["answer"])


async def asked(interaction: _Bot, state: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """Takes a question on a card in."""
    course = await interaction.client.course_of(interaction)
    card = await asyncio.to_thread(_card, course.quizzes, str(interaction.user.id), state["name"])
    await answer_question(interaction, course, card.item, texts["question"])


async def show_next(interaction: _Bot, course: Course, head: str = "") -> None:
    """The next card that is due, or the word that there is none.

    Args:
        head: What is said above it.
    """
    student, language = str(interaction.user.id), interaction.locale.value
    cards = await asyncio.to_thread(course.quizzes.practice.due, student, 1)
    due, every = await asyncio.to_thread(course.quizzes.practice.counts, student)
    page = (
        card_page(cards[0], due, language, head)
        if cards
        else Page("\n".join(filter(None, [head, say(language, "card-none", every=every)])))
    )
    await show(interaction, page)


async def begin_new(course: Course, student: str, reading: str | None) -> bool:
    """Give a student new items: of quizzes that are over, else made of the reading that is named; True where some were made.

    Raises:
        UsageError: The readings give nothing.
    """
    count = course.settings.quiz.practice_items
    quizzes = course.quizzes

    def find() -> tuple[list[Item], list[Item]]:
        every, own = quizzes.bank.quizzes(), [card.item for card in quizzes.practice.cards(student)]
        # What a quiz will ask, or asks now, must not be given away here.
        known = [item for item in [*(entry.item for quiz in every for entry in quiz.items), *own] if _is_of(item, reading)]
        return new_items(every, own, reading, count, course.clock()), known

    items, known = await asyncio.to_thread(find)
    made: tuple[Item, ...] = ()
    if not items and reading is not None and course.drafting is not None:
        made = (await draft_new(course.drafting, None, reading, count, known)).items
    await asyncio.to_thread(quizzes.practice.add, student, [*items, *made])
    return bool(made)


def _is_of(item: Item, reading: str | None) -> bool:
    return item.evidence is not None and item.evidence.reading == reading


def card_page(card: Card, due: int, language: str, head: str = "") -> Page:
    """A card before its answer."""
    item, name = public_card(card), card_name(card.item)
    top = say(language, "card-head", due=due)
    foot = say(language, "card-how-short") if item.kind is Kind.SHORT else how_to(item, language)
    return Page(f"{head}\n{top}" if head else top, item_text(item), buttons(*_answering(card, name, language)), BLUE, foot)


def _answering(card: Card, name: str, language: str) -> list[discord.ui.Item[Any]]:
    item, number = card.item, card.number
    if item.kind is Kind.CHOICE:
        return [CardButton(str(n), name, number, letter(n), row=n // _IN_A_ROW) for n in range(len(item.options))]
    if item.kind is Kind.TRUE_FALSE:
        labels = (("t", "quiz-true"), ("f", "quiz-false"))
        return [CardButton(what, name, number, say(language, message)) for what, message in labels]
    if item.kind is Kind.SHORT:
        return [CardButton("show", name, number, say(language, "card-button-show"))]
    return [CardButton("write", name, number, say(language, "quiz-button-write"))]


def looked_page(card: Card, language: str) -> Page:
    """A short answer's model answer, for the student to judge their own."""
    name = card_name(card.item)
    page = _result_page(ItemResult(1, card.item, None, None, void=False), language, head="", judged=False)
    assert page.view is not None
    page.view.add_item(CardButton("knew", name, card.number, say(language, "card-button-knew"), row=_LAST_ROW))
    page.view.add_item(CardButton("not", name, card.number, say(language, "card-button-did-not"), row=_LAST_ROW))
    return page


def answered_page(item: Item, given: Given | None, practised: Practised, language: str) -> Page:
    """What was right, and when the card comes back."""
    head = say(language, "card-comes-back", when=left(practised.due_at))
    if not practised.counted:
        head = f"{say(language, 'card-late')} {head}"
    page = _result_page(card_result(item, given, practised.grade), language, head=head, judged=True)
    assert page.view is not None
    page.view.add_item(NextCardButton(say(language, "card-button-next"), row=_LAST_ROW))
    return page


def _result_page(result: ItemResult, language: str, *, head: str, judged: bool) -> Page:
    name = card_name(result.item)
    view = buttons()
    if result.item.evidence is not None:
        view.add_item(CardEvidenceButton(name, label=say(language, "quiz-button-see"), row=0))
    view.add_item(CardAskButton(name, say(language, "quiz-button-ask"), row=0))
    body = result_body(result, language)
    if not judged:
        return Page(head, body, view, BLUE)
    return Page(head, f"{result_head(result, language)}\n\n{body}", view, colour(result))


async def _answer(interaction: _Bot, quizzes: Quizzes, name: str, number: int, given: Given | None, grade: Grade | None = None) -> None:
    student = str(interaction.user.id)

    def answer() -> tuple[Item, Given | None, Practised]:
        card = _card(quizzes, student, name)
        shown = Card(card.item, card.due_at, number, card.missed)  # its options stood in the order of that repetition
        own = None if given is None else to_own_order(shown, given)
        return card.item, own, quizzes.practice.answer(student, card.item.id, number, "" if own is None else own, grade=grade)

    item, own, practised = await asyncio.to_thread(answer)
    await show(interaction, answered_page(item, own, practised, interaction.locale.value))


def _card(quizzes: Quizzes, student: str, name: str) -> Card:
    """A student's own card, by what may be seen of it. Waits for the disk."""
    found = next((card for card in quizzes.practice.cards(student) if card_name(card.item) == name), None)
    if found is None:
        raise QuizError("this is no item that you practise: `/quiz me` gives you some", code="quiz-not-practised")
    return found


def nothing_new(course: Course, reading: str | None, language: str) -> UsageError:
    """Says why there is nothing to begin with, and what to do."""
    makes = reading is None and course.drafting is not None
    return SaidError(say(language, "card-nothing-new-drafting" if makes else "card-nothing-new"))
