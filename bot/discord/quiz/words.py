"""What a student reads before and while answering. Pure; knows of items only what `quiz.taking` lets out."""

from datetime import datetime

from bot.discord.quiz.page import DESCRIPTION
from bot.discord.render import cut
from bot.discord.typeset import plain
from bot.language import say
from common.errors import UsageError
from quiz.grading.closed import Given
from quiz.items import Item, Kind
from quiz.records.quizzes import Quiz, Rules
from quiz.records.tables import FeedbackTime
from quiz.taking import PublicItem, Sitting

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_OPTIONS = 20  # in four rows of buttons; the fifth turns the pages
_ROOM = DESCRIPTION - 900  # for an item; the rest is for what stands below it
_SHORT = 90


def moment(at: datetime) -> str:
    """A moment as Discord shows it, in the reader's own time zone: the date and how far it is."""
    return f"<t:{int(at.timestamp())}:f> (<t:{int(at.timestamp())}:R>)"


def left(at: datetime) -> str:
    """How far a moment is; Discord counts it down."""
    return f"<t:{int(at.timestamp())}:R>"


def letter(place: int) -> str:
    """Of an option, by its place from 0."""
    return LETTERS[place]


def item_text(item: PublicItem) -> str:
    """The stem, and the options with their letters."""
    return stem_and_options(item.stem, item.options if item.kind is Kind.CHOICE else ())


def stem_and_options(stem: str, options: tuple[str, ...], marked: int | None = None) -> str:
    """One below the other.

    Args:
        marked: The place of an option that is set off.
    """
    lines = [f"**{letter(n)}**  {plain(text)}" + ("  ✔" if n == marked else "") for n, text in enumerate(options)]
    return "\n".join([f"**{plain(stem)}**", "", *lines] if lines else [f"**{plain(stem)}**"])


def refuse_long(item: Item) -> None:
    """Refuse an item that no message can hold, before anybody is asked it.

    Raises:
        UsageError: It is too long, or has too many options.
    """
    if len(item.options) > MOST_OPTIONS:
        has, stem = len(item.options), item.stem[:_SHORT]
        text = f"an item may have {MOST_OPTIONS} options in Discord, this one has {has}: {stem!r}"
        raise UsageError(text, code="item-many-options", most=MOST_OPTIONS, has=has, stem=stem)
    if len(stem_and_options(item.stem, item.options)) > _ROOM:
        stem = item.stem[:_SHORT]
        text = f"an item is too long for a message of Discord's ({_ROOM} characters): shorten {stem!r}"
        raise UsageError(text, code="item-long", most=_ROOM, stem=stem)


def how_to(item: PublicItem, language: str) -> str:
    """What to do to answer."""
    if item.kind is Kind.CHOICE:
        return say(language, "quiz-how-choice")
    if item.kind is Kind.TRUE_FALSE:
        return say(language, "quiz-how-truth")
    if item.kind is Kind.NUMERIC:
        return say(language, "quiz-how-number-in", unit=item.unit) if item.unit else say(language, "quiz-how-number")
    return say(language, "quiz-how-cloze" if item.kind is Kind.CLOZE else "quiz-how-short")


def given_text(item: PublicItem, given: Given) -> str:
    """An answer as its giver reads it."""
    if item.kind is Kind.CHOICE:
        return f"{letter(int(given))}  {plain(item.options[int(given)])}"
    return plain(cut(str(given), 600))


def position_line(sitting: Sitting, number: int, language: str) -> str:
    """Which item of how many, how many are answered, and the time left."""
    line = say(language, "quiz-position", title=plain(sitting.title), number=number, of=sitting.of, answered=len(sitting.answered))
    return f"{line} · {say(language, 'quiz-ends', when=left(sitting.deadline))}" if sitting.deadline is not None else line


def item_body(item: PublicItem, given: Given | None, language: str) -> str:
    """The item, and below it the answer so far."""
    below = [] if given is None else ["", say(language, "quiz-so-far", answer=given_text(item, given))]
    return "\n".join([item_text(item), *below])


def all_answered(sitting: Sitting, language: str) -> str:
    """What is asked before an attempt is handed in."""
    missing = [str(n) for n in range(1, sitting.of + 1) if n not in sitting.answered]
    if missing:
        return say(language, "quiz-hand-in-missing", items=cut(", ".join(missing), 300), count=len(missing))
    can_change = sitting.feedback is FeedbackTime.AFTER_CLOSING
    return say(language, "quiz-hand-in-all" if can_change else "quiz-hand-in-fixed")


def announcement(quiz: Quiz, language: str, *, over: bool) -> str:
    """The public message of a quiz, for all to see."""
    lines = [f"**{plain(quiz.title)}**", rules_line(quiz.rules, len(quiz.asked), language)]
    if over:
        lines.append(say(language, "quiz-closed"))
    elif quiz.rules.closes_at is not None:
        lines.append(say(language, "quiz-closes", when=moment(quiz.rules.closes_at)))
    return "\n".join(lines)


def rules_line(rules: Rules, items: int, language: str) -> str:
    """How the quiz is taken, in a line."""
    parts = [
        say(language, "quiz-rule-items", count=items),
        say(language, "quiz-rule-attempts", count=rules.attempts),
        say(language, "quiz-rule-no-limit") if rules.time_limit_s is None
        else say(language, "quiz-rule-limit", minutes=f"{rules.time_limit_s / 60:g}"),
        say(language, "quiz-rule-at-once" if rules.feedback is FeedbackTime.AT_ONCE else "quiz-rule-after"),
    ]  # fmt: skip
    return " · ".join(parts)
