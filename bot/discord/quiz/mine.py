"""A student's own quizzes: what was reached, what goes on, what can be looked at."""

from dataclasses import dataclass

from bot.discord.quiz.outcome import OutcomeButton
from bot.discord.quiz.page import GREY, Page, buttons
from bot.discord.quiz.taking import StartButton
from bot.discord.render import cut
from bot.discord.typeset import plain
from bot.language import say
from quiz.compose import Quizzes
from quiz.records.tables import State
from quiz.taking import Outcome, Sitting

_MOST = 20  # quizzes, the newest first: a button each


@dataclass(frozen=True)
class Mine:
    """One attempt of the student's."""

    sitting: Sitting
    outcome: Outcome | None  # None while the attempt goes on


def own_attempts(records: Quizzes, student: str) -> list[Mine]:
    """The last attempt at each quiz, the newest quiz first. Waits for the disk."""
    found = []
    for quiz in records.bank.quizzes():
        if quiz.state not in (State.PUBLISHED, State.CLOSED):
            continue
        attempts = records.attempts.of_student(quiz.id, student)
        if attempts:
            sitting = records.attempts.sitting(attempts[-1], student)
            found.append(Mine(sitting, records.attempts.outcome(attempts[-1], student) if sitting.finished else None))
        if len(found) == _MOST:
            break
    return found


def mine_page(own: list[Mine], language: str) -> Page:
    """The list, with a button for each."""
    if not own:
        return Page(say(language, "quiz-mine-none"))
    view = buttons()
    for entry in own:
        label = cut(entry.sitting.title, 60)
        if entry.outcome is None:
            view.add_item(StartButton(entry.sitting.quiz, f"▶ {label}"))
        elif entry.outcome.items:
            view.add_item(OutcomeButton(entry.sitting.attempt, 0, "new", label=label))
    return Page(say(language, "quiz-mine-head"), "\n".join(_line(entry, language) for entry in own), view, GREY)


def _line(entry: Mine, language: str) -> str:
    title = f"**{plain(entry.sitting.title)}**"
    if entry.outcome is None:
        return f"{title} · {say(language, 'quiz-mine-running', answered=len(entry.sitting.answered), of=entry.sitting.of)}"
    if not entry.outcome.items:
        return f"{title} · {say(language, 'quiz-mine-later')}"
    provisional = f" · {say(language, 'quiz-results-provisional')}" if entry.outcome.provisional else ""
    return f"{title} · **{entry.outcome.percent:.0f}%**{provisional}"
