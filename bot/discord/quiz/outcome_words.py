"""What a student reads after answering: what was right and why, with the passage that says so. Pure."""

from bot.discord.quiz.page import AMBER, GREEN, GREY, RED
from bot.discord.render import cut
from bot.discord.typeset import plain
from bot.language import say
from quiz.items import Evidence, Item, Kind
from quiz.taking import ItemResult, Outcome
from rag.answers import Citation

_QUOTE, _EXPLANATION = 500, 700  # characters
_STEM = 70


def mark(result: ItemResult) -> str:
    """One sign for how an item went."""
    if result.void:
        return "➖"
    if result.grade is None:
        return "⬜" if result.given is None else "⏳"
    if not result.grade.certain:
        return "⏳"
    return "✅" if result.grade.is_right else "❌" if result.grade.credit <= 0 else "🟡"


def colour(result: ItemResult) -> int:
    """Of the box around a result."""
    return {"✅": GREEN, "❌": RED, "⬜": RED, "🟡": AMBER, "⏳": AMBER}.get(mark(result), GREY)


def result_head(result: ItemResult, language: str) -> str:
    """How the item went, in a few words."""
    message = {
        "✅": "quiz-right", "❌": "quiz-wrong", "⬜": "quiz-unanswered", "🟡": "quiz-partly", "⏳": "quiz-provisional", "➖": "quiz-void",
    }[mark(result)]  # fmt: skip
    return f"{mark(result)} {say(language, message)}"


def result_body(result: ItemResult, language: str) -> str:
    """The item, the answer given, the right one, why, and the quote."""
    item = result.item
    options = item.options if item.kind is Kind.CHOICE else ()
    lines = [f"**{plain(item.stem)}**", *(f"• {plain(option)}" for option in options), ""]  # no letters: each student had an own order
    if result.given is not None:
        lines.append(say(language, "quiz-your-answer", answer=plain(cut(result.given, 400))))
    lines.append(say(language, "quiz-right-answer", answer=plain(cut(right_answer(item), 400))))
    if result.grade is not None and result.grade.why:
        lines.append(plain(cut(result.grade.why, 300)))
    if item.explanation:
        lines += ["", plain(cut(item.explanation, _EXPLANATION))]
    if item.evidence is not None:
        lines += ["", quote_of(item.evidence, said=item.explanation)]
    return "\n".join(lines)


def right_answer(item: Item) -> str:
    """The key with what belongs to it: its unit, its tolerance."""
    if item.kind is not Kind.NUMERIC:
        return item.answer
    tolerance = f" ± {item.tolerance:f}" if item.tolerance else ""
    return f"{item.answer}{tolerance} {item.unit}".strip()


def quote_of(evidence: Evidence, *, said: str = "") -> str:
    """The passage and where it stands, as a link where it has an address.

    Args:
        said: What stands above; the passage is not said twice.
    """
    place = plain(", ".join(part for part in (evidence.title, f"p. {evidence.page}" if evidence.page else "") if part))
    place = place.replace("[", "(").replace("]", ")")
    source = f"[{place}](<{evidence.url}>)" if evidence.url else place
    quote = " ".join(evidence.quote.split())
    return f"— {source}" if quote in " ".join(said.split()) else f"> {plain(cut(quote, _QUOTE))}\n> — {source}"


def citation_of(evidence: Evidence) -> Citation:
    """The evidence as that of an answer, so that its page can be shown."""
    return Citation(1, evidence.reading, evidence.title, evidence.page, evidence.section, evidence.quote, evidence.quote, evidence.url)


def question_on(item: Item) -> str:
    """What a student may want to ask about an item, to begin with."""
    if item.kind in (Kind.TRUE_FALSE, Kind.CLOZE):
        about = item.evidence.title if item.evidence is not None else "the reading"
        return f"What does {about} say about this: {item.stem}"
    return item.stem


def outcome_head(outcome: Outcome, pass_percent: float, language: str) -> str:
    """The score, or when it can be seen."""
    title = plain(outcome.sitting.title)
    if not outcome.items:
        return say(language, "quiz-handed-in", title=title, answered=len(outcome.sitting.answered), of=outcome.sitting.of)
    passed = say(language, "quiz-passed" if outcome.percent > pass_percent else "quiz-not-passed", percent=f"{pass_percent:g}")
    return say(language, "quiz-score", title=title, percent=f"{outcome.percent:.0f}", passed=passed)


def outcome_body(outcome: Outcome, language: str) -> str:
    """The items in a list, each with its sign."""
    lines = [
        f"{mark(result)} **{result.number}**  {plain(cut(' '.join(result.item.stem.split()), _STEM))}" for result in outcome.items[:40]
    ]
    if outcome.provisional and outcome.items:
        lines += ["", say(language, "quiz-score-provisional")]
    return "\n".join(lines)
