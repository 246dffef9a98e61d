"""Refusals in the language of whoever reads them; what the readings and the syllabus say is never translated."""

from dataclasses import replace

from bot.language import LANGUAGES, language_of, say
from rag.answers import Answer, Because, Line, Reason


def in_language(answer: Answer, language: str) -> Answer:
    """The answer with its refusal, if it is one, said in a language or a locale; in English it stays word for word."""
    if answer.reason is None or language_of(language) == LANGUAGES[0]:
        return answer
    return replace(answer, lines=(Line(reason_text(answer.reason, language), ()),))


def reason_text(reason: Reason, language: str) -> str:
    """The sentences of a refusal, unescaped."""
    message = f"refused-{reason.because.value}"
    if reason.because is Because.NOT_COVERED and reason.values.get("title"):
        message += "-page" if reason.values.get("page") else "-title"
    return say(language, message, **reason.values)
