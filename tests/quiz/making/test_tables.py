"""Rows of tables: taken only where the line and the cells beside it agree."""

from decimal import Decimal

import pytest

from ingest.documents import Kind, Sentence
from quiz.making.tables import Table, number_of, size_of, tables_of

CAPTION = "Table 1: Shares of honey of hives."


def table(*rows: tuple[str, str], caption: str = CAPTION) -> list[Sentence]:
    """A table's sentences: each row's line, and what stands beside it behind the caption."""
    found = [Sentence("bees", n, text, 3, "4 Results", Kind.TABLE, True, context=f"{caption} | {beside}", group=1)
        for n, (text, beside) in enumerate(rows)]  # fmt: skip
    return [*found, Sentence("bees", len(rows), caption, 3, "4 Results", Kind.CAPTION, True, group=1)]


def only(*rows: tuple[str, str], caption: str = CAPTION) -> Table:
    (found,) = tables_of(table(*rows, caption=caption))
    return found


@pytest.mark.parametrize(
    ("cell", "number"),
    [("28.4", "28.4"), ("89.6%", "89.6"), ("70.4±.1", "70.4"), ("966 ± 1", "966"), ("1,024", "1024"), ("−0.41", "-0.41"), (".76", "0.76")],
)
def test_a_cell_that_is_a_number(cell: str, number: str) -> None:
    assert number_of(cell) == Decimal(number)


@pytest.mark.parametrize("cell", ["-", "", "1.2M", "55.2/66.1", "9.6 · 10^18", "18.7∗", "10 GB", "WSJ only"])
def test_a_cell_that_is_none(cell: str) -> None:
    assert number_of(cell) is None


@pytest.mark.parametrize(("label", "size"), [("LLaMA 13B", "13B"), ("GPT-3 (FT)", ""), ("AdapterL (0.37M)", "0.37M"), ("BERT", "")])
def test_sizes(label: str, size: str) -> None:
    assert size_of(label) == size


def test_a_row_is_its_label_and_its_cells() -> None:
    found = only(("Log hive [4]* 12.5 80%", "Log hive [4]* | Honey: 12.5 | Wintered: 80%"))
    assert [(row.label, row.cells) for row in found.rows] == [("Log hive", {"Honey": "12.5", "Wintered": "80%"})]
    assert found.caption == "Shares of honey of hives"
    assert [(name, [(row.label, str(number)) for row, number in rows]) for name, rows in found.columns.items()] == [
        ("Honey", [("Log hive", "12.5")]), ("Wintered", [("Log hive", "80")])]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("Log hive 12.5 80%", "Log hive | Honey: 12.5"),  # a cell that no column was found for
        ("Log hive 12.5 80%", "Log hive | Honey 12.5 | Wintered: 80%"),  # two that were read as one
        ("12.5 80%", "Log hive | Honey: 12.5 | Wintered: 80%"),  # a label of the row above
        ("Zhu et al. (2013) 12.5", "Zhu et al. (2013) | Honey: 12.5"),  # a source, no name
        ("r = 4 12.5", "r = 4 | Honey: 12.5"),
        ("13B 12.5", "13B | Honey: 12.5"),  # the size of what?
    ],
)
def test_a_row_that_is_not_known_for_certain_is_left_out(text: str, beside: str) -> None:
    assert tables_of(table((text, beside))) == ()


def test_a_column_whose_name_stands_twice_is_left_out() -> None:
    found = only(("Log hive 12.5 13.5 9", "Log hive | Honey: 12.5 | Honey: 13.5 | Wax: 9"))
    assert found.rows[0].cells == {"Wax": "9"}


def test_of_a_column_only_numbers_of_one_make_are_compared() -> None:
    found = only(("Log hive 12.5", "Log hive | Honey: 12.5"), ("Box hive 13", "Box hive | Honey: 13"), ("Skep 9.0", "Skep | Honey: 9.0"))
    assert [row.label for row, _ in found.columns["Honey"]] == ["Log hive", "Skep"]


def test_a_size_below_its_group_is_named_with_it_and_the_text_between_holds_both() -> None:
    found = only(
        ("Beech", "Honey"), ("7B 12.5", "Beech | 7B | Honey: 12.5"), ("13B 13.5", "Beech | 13B | Honey: 13.5"),
        ("Oak", "Honey"), ("7B 11.5", "Oak | 7B | Honey: 11.5"),
    )  # fmt: skip
    assert [row.label for row in found.rows] == ["Beech 7B", "Beech 13B", "Oak 7B"]
    assert found.between(found.rows[1:]) == "Beech 7B 12.5 13B 13.5 Oak 7B 11.5"
    assert found.between(found.rows[2:]) == "Oak 7B 11.5"


def test_without_a_caption_there_is_no_table() -> None:
    row = ("Log hive 12.5", "Log hive | Honey: 12.5")
    assert tables_of(table(row, caption="Figure 1: Honey of hives.")) == ()
    assert tables_of(table(row)[:-1]) == ()
    assert only(row, caption="Table 2. Honey.").caption == "Honey"
