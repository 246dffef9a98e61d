"""What staff read of a quiz's results. Pure; whose name is not known is mentioned by the id, which notifies nobody."""

from collections.abc import Mapping

from bot.discord.quiz.staff_words import item_with_key
from bot.discord.render import cut
from bot.discord.typeset import plain
from bot.language import say
from quiz.items import Kind
from quiz.records.corrections import Regraded, Waiting
from quiz.results.book import Results, StudentResult
from quiz.results.statistics import ItemFigures

_STUDENTS = 60  # in the message; the CSV has all


def results_head(results: Results, language: str) -> str:
    """Who has finished, the mean, how many are over the threshold."""
    mean = "–" if results.mean is None else f"{results.mean:.0f}%"
    return say(
        language, "quiz-results-head", title=plain(results.quiz.title), finished=len(results.students), running=results.in_progress,
        mean=mean, passed=sum(s.passed for s in results.students), percent=f"{results.pass_percent:g}",
    )  # fmt: skip


def results_body(results: Results, language: str, names: Mapping[str, str]) -> str:
    """The students, the best first, then what should be looked at.

    Args:
        names: Of the students by their ids, as far as they are known.
    """
    lines = [_student(student, language, names) for student in results.students[:_STUDENTS]]
    if len(results.students) > _STUDENTS:
        lines.append(say(language, "quiz-results-more", count=len(results.students) - _STUDENTS))
    flagged = [f"⚠ **{n}**  {flags_of(figures)}" for n, figures in enumerate(results.items, start=1) if figures.flags]
    return cut("\n".join([*lines, *([""] if flagged else []), *flagged]) or say(language, "quiz-results-none"), 4000)


def named(student: str, names: Mapping[str, str]) -> str:
    """A student's name, else a mention."""
    return plain(names[student]) if student in names else f"<@{student}>"


def _student(student: StudentResult, language: str, names: Mapping[str, str]) -> str:
    parts = [f"{'✅' if student.passed else '▫️'} {named(student.student, names)} **{student.percent:.0f}%**"]
    if student.attempts > 1:
        parts.append(say(language, "quiz-results-attempts", count=student.attempts))
    if student.provisional:
        parts.append(say(language, "quiz-results-provisional"))
    return " · ".join(parts)


def flags_of(figures: ItemFigures) -> str:
    """Why an item should be looked at."""
    return plain("; ".join(figures.flags))


def figures_head(results: Results, number: int, language: str) -> str:
    """Which item of how many."""
    entry = results.quiz.asked[number - 1]
    head = say(language, "quiz-figures-head", title=plain(results.quiz.title), number=number, of=len(results.items))
    notes = [say(language, "quiz-figures-void")] if entry.void else []
    if entry.retired is not None:
        notes.append(say(language, "quiz-figures-retired", why=plain(entry.retired)))
    return "\n".join([head, *notes])


def figures_body(figures: ItemFigures, language: str) -> str:
    """The item with its key, its figures, and who chose what."""
    lines = [item_with_key(figures.item, language), "", _line(figures, language)]
    if figures.chosen:
        names = [chr(ord("A") + n) for n in range(len(figures.chosen))] if figures.item.kind is Kind.CHOICE else list(figures.item.options)
        lines.append(
            say(language, "quiz-figures-chosen", options=" · ".join(f"{n} {c}" for n, c in zip(names, figures.chosen, strict=True)))
        )
    if figures.flags:
        lines.append(f"⚠ {flags_of(figures)}")
    return "\n".join(lines)


def _line(figures: ItemFigures, language: str) -> str:
    won = "–" if figures.difficulty is None else f"{100 * (1 - figures.difficulty):.0f}%"
    told = "–" if figures.discrimination is None else f"{figures.discrimination:+.2f}".replace("-", "−")
    seconds = "–" if figures.seconds is None else f"{figures.seconds:.0f} s"
    return say(language, "quiz-figures-line", answers=figures.answers, won=won, told=told, seconds=seconds)


def waiting_body(waiting: Waiting, language: str, names: Mapping[str, str]) -> str:
    """An answer that staff should look at, with its item and the grade so far."""
    lines = [
        item_with_key(waiting.item, language), "",
        say(language, "quiz-waiting-answer", who=named(waiting.student, names)), f">>> {plain(cut(waiting.given, 900))}",
    ]  # fmt: skip
    return "\n".join(lines)


def waiting_foot(waiting: Waiting, language: str) -> str:
    """The grade so far and why."""
    if waiting.grade is None:
        return say(language, "quiz-waiting-ungraded")
    return say(language, "quiz-waiting-grade", credit=f"{waiting.grade.credit:g}", why=cut(waiting.grade.why, 300))


def regraded_text(found: Regraded, language: str) -> str:
    """What a correction changed."""
    return say(language, "quiz-regraded", answers=found.answers, up=found.up, down=found.down)
