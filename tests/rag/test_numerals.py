import pytest

from rag.numerals import holds, matches, numerals


def values(text: str) -> list[float]:
    return [numeral.value for numeral in numerals(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,000 bees", 1000), ("1k bees", 1000), ("a .9 share", 0.9), ("0.9", 0.9), ("eight bees", 8), ("twenty-one bees", 21),
        ("three and a half days", 3.5), ("65B parameters", 65e9), ("65 billion parameters", 65e9), ("1.4T tokens", 1.4e12),
        ("two million bees", 2e6), ("Owl-13B flies", 13e9), ("<48GB", 48), ("10,000× fewer", 10_000), ("a 16-bit hive", 16),
        ("99.3%", 99.3),
    ],
)  # fmt: skip
def test_a_number_is_a_value_however_it_is_written(text: str, value: float) -> None:
    assert values(text) == [pytest.approx(value)]


@pytest.mark.parametrize(
    "text",
    ["as shown before [12, 13]", "see Section 3.2 and Table 4", "GPT-3 and BM25 on P100", "the two disagree", "one of them", "Fig. 2"],
)
def test_what_only_points_or_names_is_no_number(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("wanted", "there", "same"),
    [
        ("73%", "72.6 percent", True), ("73%", "71.6%", False), ("about 28", "28.4", True), ("28", "28.4", False), ("4.3%", "0.043", True),
        ("4.3", "0.043", False), ("1.4T", "1,400 billion", True), ("10", "10,000", False), ("65B", "65", False), ("40", "39", False),
    ],
)  # fmt: skip
def test_a_rounded_number_and_a_share_match_what_they_stand_for(wanted: str, there: str, same: bool) -> None:
    assert matches(numerals(wanted)[0], numerals(there)[0]) is same


def test_a_number_set_apart_by_a_pdf_and_a_list_are_both_read() -> None:
    found = numerals("2, 000 bees or 100, 200 of them")
    for text in ("2000", "100", "200"):
        assert holds(numerals(text)[0], found), text
