"""What a set of rows is worth. Definitions and figures: docs/evaluation.md.

Numbers are compared as numbers, words by their letters, so that "4,000", "4000" and "four thousand"-like spellings
of the same fact do not differ by typography.
"""

import re
import statistics
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from rich.table import Table

from evals.questions import Question
from evals.run import Row

_WORD_LIMIT = 80
_EVIDENCE_SHARE = 0.75
_NUMBER_WORDS = {word: str(n) for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_UNITS = {"million": "m", "billion": "b", "thousand": "k"}


def score(questions: Sequence[Question], rows: Sequence[Row]) -> dict[str, Any]:
    """Shares of 1 and seconds, by metric, over the questions that have a row."""
    by_id = {row["id"]: row for row in rows}
    shares: dict[str, list[bool]] = {}
    times: dict[str, list[float]] = {}
    for question in questions:
        row = by_id.get(question.id)
        if row is None:
            continue
        for name, value in [*_found(question, row), *_said(question, row)]:
            shares.setdefault(name, []).append(value)
        timings = row["ask"]["timings"] if "ask" in row else {}
        for name in ("first_token_s", "total_s"):
            if timings.get(name) is not None:
                times.setdefault(name, []).append(timings[name])
    result: dict[str, Any] = {"questions": len(by_id)}
    result |= {name: round(sum(values) / len(values), 3) for name, values in shares.items()}
    result |= {f"{name}_median": round(statistics.median(values), 3) for name, values in times.items()}
    return result


def table(result: dict[str, Any]) -> Table:
    """The result as a person reads it."""
    shown = Table("metric", "value", box=None, pad_edge=False)
    for name, value in result.items():
        shown.add_row(name, f"{value:.3f}" if isinstance(value, float) else str(value))
    return shown


def _found(question: Question, row: Row) -> Iterable[tuple[str, bool]]:
    """How well the search did; only questions on papers have a gold page."""
    if not question.answerable or question.page is None:
        return
    passages = row["search"]["passages"]
    for k in (1, 5, 10):
        yield f"page@{k}", any(on_gold_page(question, p) for p in passages[:k])
        yield f"evidence@{k}", any(holds_evidence(question, p) for p in passages[:k])


def _said(question: Question, row: Row) -> Iterable[tuple[str, bool]]:
    if "ask" not in row:
        return
    answer = row["ask"]
    refused, text = answer["status"] == "refused", answer["text"]
    if not question.answerable:
        yield "refused_of_unanswerable", refused
        yield f"refused_{question.kind}", refused
        return
    yield "refused_of_answerable", refused
    right = not refused and is_right(question, text)
    if question.page is None:
        yield "syllabus_right", right
        return
    yield "right", right
    yield "right_within_80_words", right and len(text.split()) <= _WORD_LIMIT
    if not refused:
        yield "a_citation_on_the_gold_page", any(on_gold_page(question, c) for c in answer["citations"])


def is_right(question: Question, text: str) -> bool:
    """All of `must_include`, or any alias, stand in the text."""
    required = question.must_include
    return (bool(required) and all(contains(text, key) for key in required)) or any(contains(text, alias) for alias in question.aliases)


def holds_evidence(question: Question, passage: dict[str, Any]) -> bool:
    """Three quarters of the evidence's words stand in the passage, which is of the right reading."""
    if passage["reading"] != question.reading:
        return False
    wanted = re.findall(r"[a-z0-9.%]+", _level(question.evidence))
    have = set(re.findall(r"[a-z0-9.%]+", _level(passage["text"])))
    return bool(wanted) and sum(word in have for word in wanted) >= _EVIDENCE_SHARE * len(wanted)


def on_gold_page(question: Question, place: dict[str, Any]) -> bool:
    """The place (a passage or a citation) covers the page of the evidence."""
    pages = [int(n) for n in re.findall(r"\d+", str(place["page"] or ""))]
    return bool(pages) and place["reading"] == question.reading and min(pages) <= (question.page or 0) <= max(pages)


def contains(text: str, key: str) -> bool:
    """Does the text hold the key, whatever the case, dashes, thousands commas and number words?"""
    low, wanted = _level(text), _level(key).strip()
    if re.fullmatch(r"\d+(\.\d+)?", wanted):
        return any(float(n) == float(wanted) for n in re.findall(r"(?<![\d.])(?<![a-z]-)\d+(?:\.\d+)?", low))
    pattern = r"\s*".join(re.escape(part) for part in wanted.split())
    before = r"(?<![\d.])" if wanted[:1].isdigit() else ""
    after = r"(?!\d)" if wanted[-1:].isdigit() else ""
    return re.search(before + pattern + after, low) is not None


def _level(text: str) -> str:
    low = unicodedata.normalize("NFKC", text).lower()
    low = re.sub("[‐‑‒–—−]", "-", low).replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').replace("\u00ad", "-")
    low = re.sub(r"(?<=\d),(?=\d{3}\b)", "", low)
    low = re.sub(r"(?<=[a-z])-\s?(?=[a-z])", "", low)
    low = re.sub(rf"\b({'|'.join(_NUMBER_WORDS)})\b", lambda m: _NUMBER_WORDS[m[1]], low)
    return re.sub(rf"(\d)\s*({'|'.join(_UNITS)})\b", lambda m: m[1] + _UNITS[m[2]], low)
