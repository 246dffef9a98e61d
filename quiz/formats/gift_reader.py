"""Moodle's GIFT, read: what Lector wrote, and what staff wrote by hand or Moodle exported, as far as quizzes here have such items."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from quiz.formats.extras import LineError, build, parsed
from quiz.formats.gift import NOTE
from quiz.items import GAP, Item, Kind

_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_TITLE = re.compile(r"\s*::((?:\\.|[^\\])*?)::", re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_ANSWER = re.compile(r"(?<!\\)(?:\\\\)*([=~])")
_TRUTH = {"t": True, "true": True, "f": False, "false": False}
_RANGE = re.compile(r"(-?[\d.eE+-]+?)\s*\.\.\s*(-?[\d.eE+-]+)")


@dataclass
class _Block:
    """The lines of one question."""

    line: int  # of its first
    lines: list[str] = field(default_factory=list)
    carried: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Answer:
    right: bool
    text: str  # still escaped


def read_gift(text: str) -> list[Item]:
    """All questions of a file.

    Raises:
        LineError: One cannot be read, or is of a kind that quizzes do not have.
    """
    return [_item(block) for block in _blocks(text)]


def _blocks(text: str) -> Iterator[_Block]:
    block = _Block(1)
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        bare = line.strip()
        if bare.startswith(NOTE.strip()):
            block.carried = parsed(bare.removeprefix(NOTE.strip()), number)
        elif bare.startswith("//") or (bare.startswith("$CATEGORY:") and not block.lines):
            continue
        elif bare:
            if not block.lines:
                block.line = number
            block.lines.append(line)
        elif block.lines:
            yield block
            block = _Block(number)
    if block.lines:
        yield block


def _item(block: _Block) -> Item:
    text = "\n".join(block.lines).strip()
    title = _TITLE.match(text)
    body = text[title.end() :] if title else text
    form = _FORMAT.match(body)
    body = body[form.end() :] if form else body
    is_html = form is not None and form[1] == "html"
    start, end = _find(body, "{"), _find(body, "}")
    if start is None:
        raise LineError(block.line, "a question without its answers: write them in { }")
    if end is None or end < start:
        raise LineError(block.line, "the { of this question is not closed by }")
    before, inside, after = body[:start], body[start + 1 : end], body[end + 1 :]
    if _find(after, "{") is not None:
        raise LineError(block.line, "a question has one pair of { }; part questions by an empty line")
    answers, feedback = _parted(inside)
    read = _read(answers.strip(), block, is_html)
    kind = Kind(read["kind"])
    if kind is Kind.CLOZE or after.strip():
        stem = _text(before, is_html) + GAP + _text(after, is_html)
        read["kind"] = Kind.CLOZE.value if kind is Kind.SHORT else read["kind"]
    else:
        stem = _text(before, is_html)
    read["stem"] = stem.strip()
    if feedback.strip():
        read["explanation"] = _text(feedback.strip(), is_html)
    return build(read, block.carried, block.line)


def _read(answers: str, block: _Block, is_html: bool) -> dict[str, Any]:
    """The fields that the answers say: kind, options, key and so on."""
    line = block.line
    if not answers:
        raise LineError(line, "an essay has no key: give a model answer as {=...}")
    truth = _TRUTH.get(_before(answers, "#").strip().lower())
    if truth is not None:
        return {"kind": Kind.TRUE_FALSE.value, "key": truth}
    if answers.startswith("#"):
        return _number(answers[1:].strip(), line)
    found = list(_each(answers, line))
    options = [_text(a.text.strip(), is_html) for a in found]
    right = [n for n, answer in enumerate(found) if answer.right]
    if all(answer.right for answer in found):
        if len(found) > 1 and all("->" in answer.text for answer in found):
            raise LineError(line, "matching questions are not asked here: split it into single ones")
        forms = [_text(answer.text.strip(), False) for answer in found]
        kind = Kind.CLOZE if block.carried.get("kind") == Kind.CLOZE.value else Kind.SHORT
        return {"kind": kind.value, "key": forms[0], "accepted": forms[1:]}
    if len(right) != 1:
        raise LineError(line, f"a choice has one right option, marked by =, and this has {len(right)}")
    return {"kind": Kind.CHOICE.value, "options": options, "key": right[0]}


def _each(answers: str, line: int) -> Iterator[_Answer]:
    marks = [(match.start(1), match[1]) for match in _ANSWER.finditer(answers)]
    if not marks or answers[: marks[0][0]].strip():
        raise LineError(line, "answers begin with = (right) or ~ (wrong)")
    ends = [place for place, _ in marks[1:]] + [len(answers)]
    for (place, mark), end in zip(marks, ends, strict=True):
        text = answers[place + 1 : end]
        weight = _WEIGHT.match(text)
        text = text[weight.end() :] if weight else text
        share = float(weight[1]) if weight else None
        text = _before(text, "#")  # feedback to one option is not kept
        if not text.strip():
            raise LineError(line, "an answer is empty")
        if share is not None and share not in (100.0, 0.0) and share > 0:
            raise LineError(line, f"an answer worth {share:g}% is not known here: make it right or wrong")
        yield _Answer(mark == "=" and share != 0 if share is None else share == 100.0, text)


def _number(text: str, line: int) -> dict[str, Any]:
    """ "3.5:0.1", "1..5" or "=3.5:0.1 =..." with one answer."""
    text = _before(text.removeprefix("=").strip(), "#").strip()
    text = _WEIGHT.sub("", text, count=1).strip()
    if re.search(r"[=~]", text):
        raise LineError(line, "a number has one key here: give it with a tolerance, such as {#3.5:0.1}")
    between = _RANGE.fullmatch(text)
    try:
        if between:
            low, high = Decimal(between[1]), Decimal(between[2])
            return {"kind": Kind.NUMERIC.value, "key": str((low + high) / 2), "tolerance": str(abs(high - low) / 2)}
        key, _, tolerance = text.partition(":")
        Decimal(key), Decimal(tolerance or 0)
    except InvalidOperation as exc:
        raise LineError(line, f"{text!r} is no number: write it as {{#3.5:0.1}} or {{#3.4..3.6}}") from exc
    return {"kind": Kind.NUMERIC.value, "key": key.strip(), "tolerance": tolerance.strip() or "0"}


def _parted(inside: str) -> tuple[str, str]:
    """Answers and general feedback."""
    start = 0
    while (place := _find(inside, "#", start)) is not None:
        if inside.startswith("####", place):
            return inside[:place], inside[place + 4 :]
        start = place + 1
    return inside, ""


def _before(text: str, sign: str) -> str:
    return text[: _find(text, sign)]


def _find(text: str, sign: str, start: int = 0) -> int | None:
    """The first `sign` from `start` on without a backslash of its own before it."""
    escaped = False
    for place in range(start, len(text)):
        if text[place] == sign and not escaped:
            return place
        escaped = text[place] == "\\" and not escaped
    return None


def _text(raw: str, is_html: bool) -> str:
    plain = _ESCAPE.sub(lambda match: "\n" if match[1] == "n" else match[1], raw)
    if not is_html:
        return plain
    plain = re.sub(r"<br\s*/?>|</p>\s*<p[^>]*>", "\n", plain)
    return html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", plain))
