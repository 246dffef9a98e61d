"""Moodle's GIFT, written. https://docs.moodle.org/en/GIFT_format

Stems and options are written as HTML, which Moodle then shows as they are, whatever signs stand in them; answers that students type are
plain. Blank lines part questions, so line breaks within one are escaped. What GIFT has no word for stands in a comment before it.
"""

import html
from collections.abc import Sequence

from quiz.formats.extras import extras_line
from quiz.items import GAP, Item, Kind

NOTE = "// lector: "
_TITLE = 50  # characters


def write_gift(items: Sequence[Item], title: str) -> bytes:
    """A GIFT file, UTF-8."""
    head = f"// Quiz: {' '.join(title.split())}\n$CATEGORY: {escaped(' '.join(title.split()).replace('/', '-'))}\n"
    return "\n".join([head, *(f"{_question(item)}\n" for item in items)]).encode()


def escaped(text: str) -> str:
    """With a backslash before each sign that GIFT gives a meaning to."""
    for sign in "\\~=#{}:":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def as_html(text: str) -> str:
    """Text that shows as it is where HTML is expected, then escaped; a "%" at its start would be taken for a weight."""
    shown = html.escape(text, quote=False).replace("\n", "<br>")
    return escaped(f"&#37;{shown[1:]}" if shown.startswith("%") else shown)


def _question(item: Item) -> str:
    said = ["kind", "stem", "options", "key", "explanation"]
    said += {Kind.NUMERIC: ["tolerance"], Kind.CLOZE: ["accepted"], Kind.SHORT: ["accepted"]}.get(item.kind, [])
    if item.kind in (Kind.CLOZE, Kind.SHORT):
        said.remove("kind")  # both are Moodle's short answers
    note = extras_line(item, *said)
    first = " ".join(item.stem.replace(GAP, "...").split())
    head = f"::{escaped(first[:_TITLE])}::[html]"
    if item.kind is Kind.CLOZE:
        before, _, after = item.stem.partition(GAP)
        body = f"{as_html(before)}{{{_typed(item)}{_feedback(item)}}}{as_html(after)}"
    else:
        body = f"{as_html(item.stem)} {{{_answers(item)}{_feedback(item)}}}"
    return f"{NOTE}{note}\n{head}{body}"


def _answers(item: Item) -> str:
    if item.kind is Kind.TRUE_FALSE:
        return "TRUE" if item.key else "FALSE"
    if item.kind is Kind.NUMERIC:
        return f"#{item.answer}:{item.tolerance:f}"
    if item.kind is Kind.SHORT:
        return _typed(item)
    return "".join(f"\n\t{'=' if n == item.key else '~'}{as_html(option)}" for n, option in enumerate(item.options)) + "\n"


def _typed(item: Item) -> str:
    """Answers that students type: compared as text, so they are no HTML."""
    return " ".join(f"=%100%{escaped(form)}" for form in (str(item.key), *item.accepted))


def _feedback(item: Item) -> str:
    return f"####{as_html(item.explanation)}" if item.explanation else ""
