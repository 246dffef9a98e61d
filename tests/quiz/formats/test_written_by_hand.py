"""YAML and CSV: what staff write by hand."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.formats.cells import from_cell, to_cell
from quiz.formats.csv_items import read_csv, write_csv
from quiz.formats.extras import LineError
from quiz.formats.yaml_items import read_yaml, write_yaml
from quiz.items import GAP, Item, Kind
from tests.quiz import strategies
from tests.quiz.conftest import items

Read = Callable[[str], list[Item]]


def test_one_of_each_kind_goes_out_and_comes_back() -> None:
    assert read_yaml(write_yaml(items(), "Week 3").decode()) == items()
    assert read_csv(write_csv(items(), "Week 3").decode("utf-8-sig")) == items()


@settings(max_examples=60)
@given(st.lists(strategies.items(), max_size=2), strategies.texts)
def test_nothing_is_lost_on_the_way(made: list[Item], title: str) -> None:
    assert read_yaml(write_yaml(made, title).decode()) == made
    assert read_csv(write_csv(made, title).decode("utf-8-sig")) == made


@given(strategies.texts)
def test_no_cell_is_run_as_a_formula(text: str) -> None:
    assert to_cell(text)[0] not in "=+-@\t\r"
    assert from_cell(to_cell(text)) == text


STAFF = """
title: Week 3
items:
  - stem: Does it use recurrence?
    answer: no idea
    accepted: [it does not]
  - stem: Is it recurrent?
    options: [no, yes, 0.10]
    answer: no
  - stem: The model is recurrent.
    answer: False
    week: 3
  - stem: How many heads?
    answer: 8
    evidence: {reading: "1706.03762", page: 5, quote: h = 8}
  - kind: cloze
    stem: It has _____ layers.
    answer: 6
"""


def test_staff_write_yaml_and_leave_out_what_is_clear() -> None:
    found = read_yaml(STAFF)
    assert [item.kind for item in found] == [Kind.SHORT, Kind.CHOICE, Kind.TRUE_FALSE, Kind.NUMERIC, Kind.CLOZE]
    assert found[0].accepted == ("it does not",)
    assert (found[1].options, found[1].key) == (("no", "yes", "0.10"), 0)
    assert (found[2].key, found[2].week) == (False, 3)
    assert found[3].key == Decimal(8)
    assert found[3].evidence is not None
    assert (found[3].evidence.page, found[3].evidence.title) == ("5", "1706.03762")
    assert (found[4].stem, found[4].key) == (f"It has {GAP} layers.", "6")


def test_a_spreadsheet_with_semicolons_is_read() -> None:
    found = read_csv("\ufeffstem;answer;option_1;option_2;\r\nWhich?;b;a;b;\r\n;;;;\r\nHow many?;3,5 or so;;;\r\n")
    assert [(item.kind, item.stem, item.answer) for item in found] == [(Kind.CHOICE, "Which?", "b"), (Kind.SHORT, "How many?", "3,5 or so")]


@pytest.mark.parametrize(
    ("read", "text", "line", "says"),
    [
        (read_yaml, "- stem: [", 1, "this is no YAML"),
        (read_yaml, "- stem: a\n  answer: b\n\tx: 1", 3, "this is no YAML"),
        (read_yaml, "a\n\x00", 2, "a sign that YAML does not allow"),
        (read_yaml, "stem: a", 1, "a list of items"),
        (read_yaml, "items:\n  stem: a", 2, "items are a list"),
        (read_yaml, "", 1, "items are a list"),
        (read_yaml, "- a", 1, "an item has fields"),
        (read_yaml, "- stem: a\n  answer: b\n- stem: c", 3, "an item needs answer"),
        (read_yaml, "- stem: a\n  anwser: b", 1, "'anwser' is no field of an item; did you mean answer"),
        (read_yaml, "- {stem: a, answer: c, options: [a, b]}", 1, "'c' is none of the options"),
        (read_yaml, "- {stem: a, answer: [c]}", 1, "answer is one line of text"),
        (read_yaml, "- {stem: a, answer: c, kind: choise, options: [c]}", 1, "'choise' is no kind of item; did you mean choice"),
        (read_yaml, "- {stem: a, answer: maybe, kind: true_false}", 1, "is true or false"),
        (read_yaml, "- {stem: a, answer: b, week: soon}", 1, "week is a number"),
        (read_yaml, "- {stem: a, answer: b, evidence: {quote: c}}", 1, "evidence needs reading and quote"),
        (read_yaml, "- {stem: a, answer: b, evidence: {reeding: c}}", 1, "no field of evidence; did you mean reading"),
        (read_yaml, "- {stem: a, answer: many, kind: numeric}", 1, "cannot be read"),
        (read_yaml, "- {stem: a, answer: b, kind: cloze}", 1, "holds the gap"),
        (read_yaml, "- {stem: a, answer: b, rubric: {a: b}}", 1, "rubric is a list"),
        (read_yaml, "[" * 1200, 1, "nested too deeply"),
        (read_csv, "", 1, "names the columns"),
        (read_csv, "stem,anwser\na,b", 1, "'anwser' is no column"),
        (read_csv, "stem,answer,stem\na,b,c", 1, "there twice"),
        (read_csv, "stem,answer\na,b\n\"c\nd\",\n", 3, "an item needs answer"),
        (read_csv, "stem,answer\na,b,c", 2, "has 3 cells"),
        (read_csv, 'stem,answer\na,"b" c', 2, "this is no CSV"),
    ],
)  # fmt: skip
def test_a_malformed_file_is_one_line_with_its_line_number(read: Read, text: str, line: int, says: str) -> None:
    with pytest.raises(LineError, match=says) as raised:
        read(text)
    assert raised.value.line == line


def test_a_bomb_of_aliases_costs_nothing() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefghijklmnopqrstuv", "bcdefghijklmnopqrstuvw", strict=True)
    )
    with pytest.raises(LineError):
        read_yaml(f"{bomb}items:\n  - stem: a\n    answer: b\n    options: *w\n")
