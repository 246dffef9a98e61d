"""Items on tables: which of four rows has the highest, or the lowest, number of a column?

The key and that no distractor is right are arithmetic; the evidence is the rows, as they stand on the page.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.documents import Kind as Text
from quiz.items import Kind
from quiz.making.candidates import Candidate, Comparison, make
from quiz.making.language import Parsed
from quiz.making.material import Material
from quiz.making.statements import Statement, heading
from quiz.making.tables import Row, Table, size_of
from rag.claims import run_together

_OPTIONS = 4
_WINDOW = 9  # rows of a table that an item's evidence spans at most
_MOST_ROWS = 30  # of a table that is no list
_TRIES = 8  # draws of four rows
_CLEAR = Decimal("0.3")  # of the spread of the four, by which the key is ahead of the next
_AHEAD = Decimal("0.03")  # of its own value
_SPOKEN = 2  # sentences of the running text that name the key
_LONGEST_NAME = 5  # words of a column's name
# Captions and columns of what nobody need know: settings, counts, sizes.
_DULL_TABLE = re.compile(
    r"\b(?:hyper-?parameters?|statistics|numbers? of|sizes?|lengths?|examples?|samples?|prompts|label+ers?|configurations?|architectures?|"
    r"annotations?|annotators?|splits?|sources of|model cards?|list of|demographics?|questions?|schedules?|notations?)\b",
    re.IGNORECASE,
)
_DULL_COLUMN = re.compile(
    r"#|=|^d_?\w*$|(?:^| )\w$|"
    r"\b(?:param\w*|sizes?|numbers?|no|count|steps?|epochs?|batch|rate|layers?|heads?|dims?|dimensions?|train\w*|test|dev|valid\w*|years?|"
    r"lengths?|tokens?|gpus?|hours|seeds?|mean|std|min|max|median|pages?|split|lr|dropout|scale|release\w*|time|others?|total|sum|avg|"
    r"average|ci|coefficients?|kl|loss|costs?|price|memory|bits?|rank)\b",
    re.IGNORECASE,
)
# Rows that are no rivals of the others.
_NO_RIVAL = re.compile(
    r"\b(?:total|sum|avg|average|mean|all|overall|gold|human|humans|oracle|random|majority|others?)\b|sota", re.IGNORECASE
)
_METRIC = re.compile(r"EM|F1|BLEU|ROUGE\S*|Acc\w*|R-L|ndcg\S*|MRR\S*|recall\S*|\d+|shot|exact|match", re.IGNORECASE)
# Without one of these nobody knows what a number says.
_MEASURE = re.compile(
    r"%|\b(?:acc(?:uracy|uracies|\.)?|f1|em|exact match(?:es)?|bleu|rouge\S*|scores?|scored|rates?|win|elo|recall\S*|precision|mrr\S*|"
    r"ndcg\S*|map|perplexit(?:y|ies)|ppl|shares?|proportions?|percentages?|distribution|ratings?|bias(?:es)?|toxicity|performance|"
    r"agreement|correlation)\b",
    re.IGNORECASE,
)
_LOW_IS_GOOD = "↓"
_NUMBERED = re.compile(r"\d+")


@dataclass(frozen=True)
class _Four:
    """Four rows with their numbers of one column, in their order; one is the highest, or the lowest."""

    rows: tuple[tuple[Row, Decimal], ...]
    highest: bool

    @property
    def ranked(self) -> list[Decimal]:
        """The numbers, the key's first."""
        return sorted((number for _, number in self.rows), reverse=self.highest)

    @property
    def key(self) -> Row:
        """The row that is right."""
        return next(row for row, number in self.rows if number == self.ranked[0])

    @property
    def order(self) -> str:
        """As the stem says it."""
        return "highest" if self.highest else "lowest"


def comparisons(table: Table, material: Material, chance: random.Random) -> Iterator[Candidate]:
    """Multiple choice: of a table's columns, in an order by chance, the first four rows that differ clearly."""
    if _DULL_TABLE.search(table.caption) or len(table.sentences) > _MOST_ROWS:
        return
    columns = [(name, rows) for name, rows in table.columns.items() if _is_asked(name) and _MEASURE.search(f"{table.caption} {name}")]
    chance.shuffle(columns)
    for name, column in columns:
        rivals = [(row, number) for row, number in column if not _NO_RIVAL.search(row.label)]
        has_own = any(material.is_own(row.label) for row, _ in rivals)
        for _ in range(_TRIES):
            highest = chance.random() < 0.5 and _LOW_IS_GOOD not in name
            four = _drawn(rivals, chance, highest=highest)
            if (
                four is not None
                and (not has_own or any(material.is_own(row.label) for row, _ in four.rows))  # the others alone are a side matter
                and _is_fair(four, material)
                and _is_spoken_of(four.key, name, material)
            ):
                yield _item(table, name, four, material, chance)
                break


def _is_asked(name: str) -> bool:
    """Is a column one of results, with a name that can be said?"""
    plain = _plain(name)
    return (
        not _DULL_COLUMN.search(plain)
        and len(plain.split()) <= _LONGEST_NAME
        and (re.search(r"[^\W\d_]{2}", plain) is not None or "%" in plain)
        and plain.count("(") == plain.count(")")
    )


def _plain(name: str) -> str:
    return re.sub(r"\s*[↑↓]", "", name).strip()


def _drawn(rivals: Sequence[tuple[Row, Decimal]], chance: random.Random, *, highest: bool) -> _Four | None:
    """Four rows of different names that stand near each other on one page."""
    labels = [row.label for row, _ in rivals]
    known = [entry for entry in rivals if labels.count(entry[0].label) == 1]
    if len(known) < _OPTIONS:
        return None
    first = chance.randrange(len(known) - _OPTIONS + 1)
    start = known[first][0].sentence
    near = [
        entry for entry in known[first:] if entry[0].sentence.position < start.position + _WINDOW and entry[0].sentence.pages == start.pages
    ]
    if len(near) < _OPTIONS:
        return None
    four = sorted(chance.sample(near, _OPTIONS), key=lambda entry: entry[0].sentence.position)
    return _Four(tuple(four), highest)


def _is_fair(four: _Four, material: Material) -> bool:
    """Is one of them clearly ahead, and not because it is the reading's own, or the biggest of its make?"""
    key, following, *_, last = four.ranked
    if abs(key - following) < max(_CLEAR * abs(key - last), _AHEAD * abs(key)):
        return False
    labels, label = [row.label for row, _ in four.rows], four.key.label
    if material.is_own(label) and not all(map(material.is_own, labels)):
        return False
    makes = {_NUMBERED.sub("", other.replace(size_of(other), "")) for other in labels}
    if len(makes) < _OPTIONS - 1:
        return False  # versions of one thing
    sizes = {other: _parameters(size_of(other)) for other in labels if size_of(other)}
    biggest = (max if four.highest else min)(sizes.values(), default=None)
    return label not in sizes or len(sizes) < _OPTIONS - 1 or sizes[label] != biggest


def _is_spoken_of(key: Row, column: str, material: Material) -> bool:
    """Does the running text speak of the column and of the key? What it passes over nobody need remember."""
    spoken = [letters for sentence, letters in zip(material.sentences, material.letters, strict=True) if sentence.kind is Text.PROSE]
    words = [word for word in re.findall(r"[^\W_][\w-]+", _plain(column)) if not _METRIC.fullmatch(word)]
    label = run_together(key.label.split(" (")[0].replace(size_of(key.label), ""))
    return sum(label in letters for letters in spoken) >= _SPOKEN and (
        not words or any(run_together(word) in letters for word in words for letters in spoken)
    )


def _parameters(size: str) -> Decimal:
    return Decimal(size[:-1]) * {"K": 1, "M": 1_000, "B": 1_000_000}[size[-1]]


def _item(table: Table, name: str, four: _Four, material: Material, chance: random.Random) -> Candidate:
    key, column = four.key, _plain(name)
    options = [row.label for row, _ in four.rows]
    chance.shuffle(options)
    statement = Statement(key.sentence, key.sentence.text, Parsed(key.sentence.text, ()), heading=heading(key.sentence.section))
    value = f"value under “{column}”" if re.search(r"[^\W\d_]", column) else "percentage"
    item = make(
        Kind.CHOICE,
        f"In the results of “{material.source.name}” titled “{table.caption}”, which of these has the {four.order} {value}?",
        options.index(key.label), statement, material, asks="comparison", options=tuple(options),
        explanation=f"{column}: {'; '.join(f'{row.label} {row.cells[name]}' for row, _ in four.rows)}.",
        evidence=replace(material.source.evidence(key.sentence), quote=table.between(row for row, _ in four.rows)),
    )  # fmt: skip
    cells = {row.label: (row.sentence.text, row.cells[name]) for row, _ in four.rows}
    wrong = tuple(label for label in options if label != key.label)
    return Candidate(item, statement, f"{key.label} has the {four.order} {column}", key.label, wrong, Comparison(four.order, cells))
