"""What Lector says in words of its own, in the language of whoever reads it; what the readings and the syllabus say is never translated."""

from dataclasses import replace

from bot.language import LANGUAGES, language_of, say
from rag.answers import Answer, Because, Line, Reason
from rag.endorsed.records import Standing
from rag.grounds import Ground
from rag.syllabus.notes import Days, Note


def in_language(answer: Answer, language: str) -> Answer:
    """The answer with its refusal, its note and days, or who stands for it, in a language or locale; in English it stays as it is."""
    if language_of(language) == LANGUAGES[0]:
        return answer
    if answer.reason is not None:
        return replace(answer, lines=(Line(reason_text(answer.reason, language), ()),))
    if answer.standing is not None:
        (citation,) = answer.citations
        return replace(answer, citations=(replace(citation, title=standing_text(answer.standing, language)),))
    lines = [_with_days(line, language) for line in answer.lines]
    if answer.note is not None:
        lines[0] = replace(lines[0], text=note_text(answer.note, language))
    return replace(answer, lines=tuple(lines))


def reason_text(reason: Reason, language: str) -> str:
    """The sentences of a refusal, unescaped."""
    message = f"refused-{reason.because.value}"
    if reason.because is Because.NOT_COVERED and reason.values.get("title"):
        message += "-page" if reason.values.get("page") else "-title"
    return say(language, message, **reason.values)


def standing_text(standing: Standing, language: str) -> str:
    """Who stands for a person's answer, unescaped."""
    others = "yes" if standing.author is not None else "no"
    return say(language, "endorsed-by", who=standing.endorser, day=str(standing.day), author=standing.author or "", others=others)


def note_text(note: Note, language: str) -> str:
    """A line of the lookup's own, unescaped."""
    values = dict(note.values)
    if "matter" in values:
        values["when"] = _when(values["from"], values["to"])
    values["dated"] = "yes" if values.get("first") else "no"
    return say(language, f"note-{note.says.value}", **values)


def days_text(days: Days, language: str) -> str:
    """When an entry is, without brackets."""
    span = "day" if days.first == days.last else "span"
    away = days.away
    counted = "no" if away is None else "today" if away == 0 else "ahead" if away > 0 else "past"
    return say(language, "days", first=str(days.first), last=str(days.last), span=span, counted=counted, away=abs(away or 0))


def ground_text(ground: Ground, language: str) -> str:
    """What is wrong with a claim of a draft, unescaped."""
    if not ground.places:
        return say(language, f"ground-{ground.fault.value}", what=ground.what)
    pages = [say(language, "check-page", page=str(place)) if isinstance(place, int) else place for place in ground.places]
    more = "yes" if ground.elsewhere else "no"
    return say(language, f"ground-{ground.fault.value}", what=ground.what, places=say(language, "comma").join(pages), more=more)


def _with_days(line: Line, language: str) -> Line:
    if line.days is None:
        return line
    heading = line.text.removesuffix(f" ({line.days.text})")
    return replace(line, text=heading + say(language, "brackets", text=days_text(line.days, language)))


def _when(first: str, last: str) -> str:
    """Which form of words the days take."""
    if not first:
        return "there"
    return "onwards" if not last else "day" if first == last else "span"
