"""What staff read of quizzes and their items, keys and all; never shown to others. Pure."""

from collections.abc import Sequence

from bot.discord.quiz.outcome_words import quote_of, right_answer
from bot.discord.quiz.words import moment, rules_line, stem_and_options
from bot.discord.render import cut
from bot.discord.typeset import plain
from bot.language import say
from quiz.items import Item, Kind
from quiz.records.quizzes import Quiz, QuizItem
from quiz.records.tables import Review, State

_SIGNS = {Review.PENDING: "▫️", Review.KEPT: "✅", Review.EDITED: "✏️", Review.DROPPED: "❌"}
_ROWS = 20  # of a list


def item_with_key(item: Item, language: str) -> str:
    """All there is to know of an item."""
    if item.kind is Kind.CHOICE:
        lines = [stem_and_options(item.stem, item.options, marked=int(item.key))]
    else:
        lines = [stem_and_options(item.stem, ()), "", say(language, "quiz-key", answer=plain(cut(right_answer(item), 500)))]
    if item.accepted:
        lines.append(say(language, "quiz-accepted", forms=plain(cut(" · ".join(item.accepted), 400))))
    if item.rubric:
        lines += [say(language, "quiz-rubric"), *(f"- {plain(cut(point, 300))}" for point in item.rubric[:8])]
    if item.explanation:
        lines += ["", plain(cut(item.explanation, 700))]
    lines += ["", quote_of(item.evidence, said=item.explanation) if item.evidence is not None else say(language, "quiz-no-evidence")]
    return "\n".join(lines)


def review_head(quiz: Quiz, position: int, language: str) -> str:
    """Which item of how many, what was said of it, and how far the review is."""
    counts = {verdict: sum(entry.review is verdict for entry in quiz.items) for verdict in Review}
    return say(
        language, "quiz-review-head", title=plain(quiz.title), number=position + 1, of=len(quiz.items),
        said=said(quiz.items[position], language), kept=counts[Review.KEPT] + counts[Review.EDITED],
        dropped=counts[Review.DROPPED], waiting=counts[Review.PENDING],
    )  # fmt: skip


def said(entry: QuizItem, language: str) -> str:
    """What staff said of an item."""
    return f"{_SIGNS[entry.review]} {say(language, f'quiz-said-{entry.review.value}')}"


def kind_name(kind: Kind, language: str) -> str:
    """A kind of item in words."""
    return say(language, f"quiz-kind-{kind.value.replace('_', '-')}")


def reviewed_body(quiz: Quiz) -> str:
    """All items of a draft in a list, with what was said of each."""
    return "\n".join(
        f"{_SIGNS[entry.review]} **{n}**  {plain(cut(' '.join(entry.item.stem.split()), 80))}"
        for n, entry in enumerate(quiz.items[:40], start=1)
    )


def quiz_lines(quizzes: Sequence[Quiz], language: str) -> str:
    """The course's quizzes, the newest first."""
    lines = [quiz_line(quiz, language) for quiz in quizzes[:_ROWS]]
    more = len(quizzes) - _ROWS
    return "\n".join([*lines, say(language, "quiz-list-more", count=more)] if more > 0 else lines)


def quiz_line(quiz: Quiz, language: str) -> str:
    """A quiz with where it stands."""
    waiting = sum(entry.review is Review.PENDING for entry in quiz.items)
    parts = [say(language, f"quiz-state-{quiz.state.value}"), say(language, "quiz-rule-items", count=len(quiz.asked))]
    if waiting and quiz.state is State.DRAFT:
        parts.append(say(language, "quiz-list-waiting", count=waiting))
    if quiz.state is State.PUBLISHED and quiz.rules.closes_at is not None:
        parts.append(say(language, "quiz-closes", when=moment(quiz.rules.closes_at)))
    return f"**{plain(quiz.title)}** · {' · '.join(parts)}"


def published_text(quiz: Quiz, channel: str, language: str) -> str:
    """What is told to whoever has published a quiz.

    Args:
        channel: Where its message stands or will stand, as a mention.
    """
    opens = quiz.rules.opens_at
    where = say(language, "quiz-published-now", channel=channel) if opens is None else say(
        language, "quiz-published-later", channel=channel, when=moment(opens)
    )  # fmt: skip
    lines = [f"**{plain(quiz.title)}**", where, rules_line(quiz.rules, len(quiz.asked), language)]
    if quiz.rules.closes_at is not None:
        lines.append(say(language, "quiz-closes", when=moment(quiz.rules.closes_at)))
    return "\n".join(lines)
