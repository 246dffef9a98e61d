"""What a set of rows is worth. Definitions and figures: docs/evaluation.md.

Numbers are compared as numbers, words by their letters, so that "4,000", "4000" and "four thousand"-like spellings
of the same fact do not differ by typography.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from evals import intervals
from evals.intervals import Interval
from evals.questions import Question
from evals.run import Row

_WORD_LIMIT = 80
_EVIDENCE_SHARE = 0.75
_NUMBER_WORDS = {word: str(n) for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_GLYPHS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "∼": "~", "\x00": None} | dict.fromkeys("‐‑‒–—−\u00ad", "-"))
_UNITS = {"million": "m", "billion": "b", "thousand": "k"}


class Summary(Enum):
    """How a figure is made of what each question gave."""

    SHARE = "share"  # each question gave 0 or 1
    MEAN = "mean"
    MEDIAN = "median"


@dataclass(frozen=True)
class Figure:
    """A figure with what each question gave it, by the question's id."""

    summary: Summary
    values: Mapping[str, float]

    def interval(self, ids: Collection[str] | None = None) -> Interval | None:
        """The figure with its 95% interval, of all questions or of these; None where none of them gave anything."""
        values = [value for id_, value in self.values.items() if ids is None or id_ in ids]
        if not values:
            return None
        if self.summary is Summary.SHARE:
            return intervals.share(round(sum(values)), len(values))
        return intervals.mean(values) if self.summary is Summary.MEAN else intervals.median(values)


def measure(questions: Sequence[Question], rows: Sequence[Row]) -> dict[str, Figure]:
    """All figures by name, over the questions that have a row: shares first, means and medians after them."""
    by_id = {row["id"]: row for row in rows}
    gathered: dict[Summary, dict[str, dict[str, float]]] = {summary: {} for summary in Summary}
    for question in questions:
        row = by_id.get(question.id)
        if row is None:
            continue
        for name, value in [*_found(question, row), *_said(question, row)]:
            gathered[Summary.SHARE].setdefault(name, {})[question.id] = value
        for name, part in _means(question, row):
            gathered[Summary.MEAN].setdefault(name, {})[question.id] = part
        timings = row["ask"]["timings"] if "ask" in row else {}
        for name in ("first_token_s", "total_s"):
            if timings.get(name) is not None:
                gathered[Summary.MEDIAN].setdefault(f"{name}_median", {})[question.id] = timings[name]
    return {name: Figure(summary, values) for summary, figures in gathered.items() for name, values in figures.items()}


def score(questions: Sequence[Question], rows: Sequence[Row]) -> dict[str, Any]:
    """Shares of 1, means and seconds, by metric, without intervals."""
    measured = {name: figure.interval() for name, figure in measure(questions, rows).items()}
    return {"questions": len(rows)} | {name: round(i.value, 3) for name, i in measured.items() if i is not None}


def _found(question: Question, row: Row) -> Iterable[tuple[str, bool]]:
    """How well the search did; only questions on readings have a gold place."""
    if not question.answerable or not question.has_place:
        return
    passages = row["search"]["passages"]
    for k in (1, 5, 10):
        yield f"page@{k}", any(on_gold_page(question, p) for p in passages[:k])
        if question.evidence:
            yield f"evidence@{k}", any(holds_evidence(question, p) for p in passages[:k])


def _means(question: Question, row: Row) -> Iterable[tuple[str, float]]:
    if question.answerable and question.has_place:
        if question.evidence:
            found = [holds_evidence(question, p) for p in row["search"]["passages"][:10]]
            yield "evidence_mrr", next((1 / rank for rank, holds in enumerate(found, start=1) if holds), 0.0)
        cited = row["ask"]["citations"] if "ask" in row else []
        if cited:
            yield "citations_on_the_gold_page", sum(on_gold_page(question, c) for c in cited) / len(cited)


def _said(question: Question, row: Row) -> Iterable[tuple[str, bool]]:
    if "ask" not in row:
        return
    answer = row["ask"]
    refused, text = answer["status"] == "refused", answer["text"]
    right = not refused and is_right(question, text)
    sure = not refused and answer.get("sure") is not False  # other systems call all that they show an answer
    yield f"shown_as_sure_of_{'answerable' if question.answerable else 'unanswerable'}", sure
    if not question.answerable:
        yield "refused_of_unanswerable", refused
        yield f"refused_{question.kind}", refused
        if question.kind == "false_premise":
            yield "false_premise_corrected_or_refused", refused or right
        yield "good", refused or right
        return
    yield "refused_of_answerable", refused
    yield "good", right
    if not question.has_place:
        yield "syllabus_right", right
        return
    yield "right", right
    yield "right_within_80_words", right and len(text.split()) <= _WORD_LIMIT
    if not refused:
        yield f"right_where_{'sure' if sure else 'unsure'}", right
        yield "a_citation_on_the_gold_page", any(on_gold_page(question, c) for c in answer["citations"])


def is_right(question: Question, text: str) -> bool:
    """All of `must_include`, or any alias, stand in the text."""
    required = question.must_include
    return (bool(required) and all(contains(text, key) for key in required)) or any(contains(text, alias) for alias in question.aliases)


def holds_evidence(question: Question, passage: dict[str, Any]) -> bool:
    """Three quarters of the evidence's words stand in the passage, which is of the right reading."""
    if passage["reading"] != question.reading:
        return False
    wanted, have = _words(question.evidence), set(_words(passage["text"]))
    return bool(wanted) and sum(word in have for word in wanted) >= _EVIDENCE_SHARE * len(wanted)


def on_gold_page(question: Question, place: dict[str, Any]) -> bool:
    """The place (a passage or a citation) covers the page of the evidence or, where the reading has no pages, is its section."""
    if place["reading"] != question.reading:
        return False
    if question.page is None:
        return question.section is not None and _heading(place["section"] or "") == _level(question.section)
    pages = [int(n) for n in re.findall(r"\d+", str(place["page"] or ""))]
    return bool(pages) and min(pages) <= question.page <= max(pages)


def contains(text: str, key: str) -> bool:
    """Does the text hold the key, whatever the case, dashes, thousands commas and number words?"""
    low, wanted = _level(text), _level(key).strip()
    if re.fullmatch(r"\d+(\.\d+)?", wanted):
        return any(float(n) == float(wanted) for n in re.findall(r"(?<![\d.])(?<![a-z]-)\d+(?:\.\d+)?", low))
    parts = (re.sub(r"(?<=\d)(?=[a-z])", r"\\s*", re.escape(part)) for part in wanted.split())  # "35MB" is "35 MB"
    pattern = r"\s*".join(parts)
    before = r"(?<![\d.])" if wanted[:1].isdigit() else ""
    after = r"(?!\d)" if wanted[-1:].isdigit() else ""
    return re.search(before + pattern + after, low) is not None


def _heading(section: str) -> str:
    """The innermost heading, without its number."""
    return re.sub(r"^[\d.]+ ", "", _level(section.split(" > ")[-1]))


def _words(text: str) -> list[str]:
    """Words and numbers as they are written, a word cut at a line's end made whole."""
    return re.findall(r"[a-z0-9.%]+", _plain(text).replace("-\n", ""))


def _plain(text: str) -> str:
    """Small letters, one form of each dash and quotation mark."""
    return unicodedata.normalize("NFKC", text).translate(_GLYPHS).lower()


def _level(text: str) -> str:
    """As `_plain`, with one form of numbers and no hyphens within words."""
    low = re.sub(r"(?<=\d),\s?(?=\d{3}\b)", "", re.sub(r"(?<=[a-z])-\s?(?=[a-z])", "", _plain(text)))
    low = re.sub(rf"\b({'|'.join(_NUMBER_WORDS)})\b", lambda m: _NUMBER_WORDS[m[1]], low)
    return re.sub(rf"(\d)\s*({'|'.join(_UNITS)})\b", lambda m: m[1] + _UNITS[m[2]], low)
