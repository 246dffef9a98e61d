"""Items as flat fields, for formats that people fill in by hand: YAML and CSV.

Every value is text; the kind may be left out where it is clear.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from common.guesses import did_you_mean
from quiz.formats.extras import LineError, build, filled
from quiz.items import GAP, Item, Kind

LISTS = ("options", "accepted", "rubric")
EVIDENCE = ("reading", "title", "page", "section", "quote", "url")
FIELDS = ("kind", "stem", "options", "answer", "tolerance", "unit", "accepted", "rubric", "explanation", "week", "asks", "difficulty")
_TRUTHS = {"true": True, "t": True, "yes": True, "false": False, "f": False, "no": False}


def to_fields(item: Item) -> dict[str, Any]:
    """What there is to say of an item: text, numbers, lists of text, and `evidence` as a mapping; what is empty is left out."""
    data = filled(item)
    found = {name: data[name] for name in FIELDS if name in data}
    if item.kind is Kind.TRUE_FALSE:
        found.pop("options")
    if item.evidence is not None:
        found["evidence"] = {name: value for name, value in item.evidence.as_json().items() if value not in (None, "")}
    return found


def from_fields(given: Mapping[str, Any], line: int) -> Item:
    """An item out of what somebody wrote.

    Args:
        given: Text by name, lists of text for `LISTS`, a mapping of text for `evidence`.
        line: Where it stands.

    Raises:
        LineError: A name is unknown, a value of the wrong sort, or something is missing.
    """
    values = {name: value for name, value in given.items() if value not in ("", [], {}, None)}
    for name in values:
        if name not in (*FIELDS, "evidence", "id"):
            raise LineError(line, f"{name!r} is no field of an item{did_you_mean(str(name), [*FIELDS, 'evidence'])}")
    for name in LISTS:
        values[name] = _texts(values.get(name, []), name, line)
    for name, value in values.items():
        if name not in (*LISTS, "evidence") and not isinstance(value, str):
            raise LineError(line, f"{name} is one line of text, not a {type(value).__name__}")
    for name in ("stem", "answer"):
        if name not in values:
            raise LineError(line, f"an item needs {name}")
    kind = _kind(values, line)
    fields: dict[str, Any] = {**values, "kind": kind.value, "key": _key(kind, values, line)}
    fields["evidence"] = _evidence(values.get("evidence"), line)
    for name, convert in (("week", int), ("difficulty", float)):
        if name in values:
            fields[name] = _number(convert, values[name], name, line)
    if kind is Kind.TRUE_FALSE:
        fields["options"] = []
    return build(fields, {}, line)


def _kind(values: Mapping[str, Any], line: int) -> Kind:
    if "kind" in values:
        try:
            return Kind(values["kind"].strip().lower().replace(" ", "_").replace("/", "_"))
        except ValueError as exc:
            kinds = [kind.value for kind in Kind]
            guess = did_you_mean(values["kind"], kinds)
            raise LineError(line, f"{values['kind']!r} is no kind of item{guess}: there are {', '.join(kinds)}") from exc
    if values["options"]:
        return Kind.CHOICE
    if values["answer"].strip().lower() in ("true", "false"):
        return Kind.TRUE_FALSE
    if GAP in values["stem"]:
        return Kind.CLOZE
    try:
        Decimal(values["answer"].strip())
    except InvalidOperation:
        return Kind.SHORT
    return Kind.NUMERIC


def _key(kind: Kind, values: Mapping[str, Any], line: int) -> int | bool | str:
    answer = values["answer"]
    if kind is Kind.CHOICE:
        options: Sequence[str] = values["options"]
        if answer not in options:
            raise LineError(line, f"the answer {answer!r} is none of the options: write it as it stands there")
        return options.index(answer)
    if kind is Kind.TRUE_FALSE:
        if answer.strip().lower() not in _TRUTHS:
            raise LineError(line, f"the answer of a true/false item is true or false, not {answer!r}")
        return _TRUTHS[answer.strip().lower()]
    return str(answer)


def _texts(value: Any, name: str, line: int) -> list[str]:
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise LineError(line, f"{name} is a list of texts")
    return found


def _evidence(value: Any, line: int) -> dict[str, str] | None:
    if value is None:
        return None
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise LineError(line, f"evidence has the fields {', '.join(EVIDENCE)}")
    for name in value:
        if name not in EVIDENCE:
            raise LineError(line, f"{name!r} is no field of evidence{did_you_mean(str(name), EVIDENCE)}")
    if not value.get("reading") or not value.get("quote"):
        raise LineError(line, "evidence needs reading and quote")
    return value


def _number(convert: Any, text: str, name: str, line: int) -> Any:
    try:
        return convert(text)
    except ValueError as exc:
        raise LineError(line, f"{name} is a number, not {text!r}") from exc
