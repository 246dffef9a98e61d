"""An item as a form that staff fill in, and back. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from bot.discord.forms import Field
from bot.discord.quiz.words import letter, refuse_long
from bot.language import say
from common.errors import UsageError
from quiz.formats.extras import LineError
from quiz.formats.fields import from_fields
from quiz.items import Item, Kind

_MARK = "*"  # before the option that is right
_WHY = 300  # characters of a reason


def edit_fields(item: Item, language: str) -> list[Field]:
    """The form in which an item of a draft is edited: at most five fields."""
    fields = [Field("stem", say(language, "quiz-field-stem"), item.stem, long=True)]
    if item.kind is Kind.CHOICE:
        options = "\n".join(f"{_MARK if n == item.key else ''}{_one_line(option)}" for n, option in enumerate(item.options))
        fields.append(Field("options", say(language, "quiz-field-options"), options, long=True))
    else:
        fields += _key_fields(item, language)
    if item.kind is Kind.NUMERIC:
        fields.append(Field("unit", say(language, "quiz-field-unit"), item.unit, required=False, longest=60))
    return [*fields, _explanation(item, language)]


def edited(item: Item, texts: Mapping[str, str]) -> Item:
    """The item as the form says; its evidence, its id and what the form does not show stay.

    Raises:
        UsageError: The form does not make an item; the message says why.
    """
    values = {name: text.strip() for name, text in texts.items()}
    if item.kind is Kind.CHOICE:
        options, answer = _options(values["options"])
        return _made(item, {**values, "options": options, "answer": answer})
    return _made(item, values)


def key_fields(item: Item, language: str) -> list[Field]:
    """The form in which the key of a published item is corrected; what students saw of it cannot be changed."""
    if item.kind is Kind.CHOICE:
        fields = [Field("letter", say(language, "quiz-field-letter", last=letter(len(item.options) - 1)), letter(int(item.key)), longest=1)]
    else:
        fields = _key_fields(item, language)
    why = Field("why", say(language, "quiz-field-why"), long=True, longest=_WHY)
    return [*fields, _explanation(item, language), why]


def corrected(item: Item, texts: Mapping[str, str]) -> Item:
    """The item with the key of the form.

    Raises:
        UsageError: The form does not make an item.
    """
    values = {name: text.strip() for name, text in texts.items() if name != "why"}
    if item.kind is not Kind.CHOICE:
        return _made(item, values)
    place = ord(values["letter"].upper()[:1] or " ") - ord("A")
    if not 0 <= place < len(item.options):
        last = letter(len(item.options) - 1)
        raise UsageError(f"the right option is a letter from A to {last}", code="item-letter", last=last)
    return replace(item, key=place, explanation=values["explanation"])


def _key_fields(item: Item, language: str) -> list[Field]:
    fields = [Field("answer", say(language, f"quiz-field-answer-{item.kind.value.replace('_', '-')}"), item.answer, longest=500)]
    if item.kind is Kind.NUMERIC:
        fields.append(Field("tolerance", say(language, "quiz-field-tolerance"), f"{item.tolerance:f}", required=False, longest=30))
    if item.kind is Kind.CLOZE:
        fields.append(_lines("accepted", say(language, "quiz-field-accepted"), item.accepted))
    if item.kind is Kind.SHORT:
        fields.append(_lines("rubric", say(language, "quiz-field-rubric"), item.rubric))
    return fields


def _lines(name: str, label: str, texts: tuple[str, ...]) -> Field:
    return Field(name, label, "\n".join(map(_one_line, texts)), long=True, required=False)


def _explanation(item: Item, language: str) -> Field:
    return Field("explanation", say(language, "quiz-field-explanation"), item.explanation, long=True, required=False)


def _made(item: Item, values: Mapping[str, str | list[str]]) -> Item:
    shown = {"kind": item.kind.value, "stem": item.stem, "unit": item.unit, **values}
    for name in ("accepted", "rubric"):
        if isinstance(text := shown.get(name), str):
            shown[name] = [line.strip() for line in text.splitlines() if line.strip()]
    try:
        made = from_fields(shown, 1)
    except LineError as exc:
        raise UsageError(f"this is no item: {exc}. The item is as it was") from exc
    kept = replace(
        made, id=item.id, evidence=item.evidence, week=item.week, asks=item.asks, difficulty=item.difficulty,
        accepted=made.accepted if "accepted" in values else item.accepted, rubric=made.rubric if "rubric" in values else item.rubric,
    )  # fmt: skip
    refuse_long(kept)
    return kept


def _options(text: str) -> tuple[list[str], str]:
    """The options and the right one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    right = [line[1:].strip() for line in lines if line.startswith(_MARK)]
    if len(right) != 1 or len(lines) < 2:
        told = f"write two options or more, one a line, and {_MARK} before the one that is right. The item is as it was"
        raise UsageError(told, code="item-options", mark=_MARK)
    options = [line[1:].strip() if line.startswith(_MARK) else line for line in lines]
    if len(set(options)) < len(options):
        raise UsageError("two options are the same. The item is as it was", code="item-same-options")
    return options, right[0]


def _one_line(text: str) -> str:
    return " ".join(text.split())
