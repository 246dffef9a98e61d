from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import UsageError
from quiz.grading.closed import checked, grade_closed, same_words, shown
from quiz.grading.quantities import Quantity, is_near, read_quantity
from quiz.items import GAP, Item, Kind, identified
from tests.quiz.conftest import items

CHOICE, TRUTH, NUMBER, CLOZE, SHORT = items()


def number(key: str, tolerance: str = "0", unit: str = "") -> Item:
    return identified(Item("", Kind.NUMERIC, "How many?", (), Decimal(key), tolerance=Decimal(tolerance), unit=unit))


def is_right(item: Item, answer: int | bool | str) -> bool:
    grade = grade_closed(item, checked(item, answer))
    assert grade is not None
    return grade.is_right


def test_choices_and_truths_are_graded_exactly() -> None:
    assert [is_right(CHOICE, n) for n in range(4)] == [False, True, False, False]
    assert [is_right(TRUTH, t) for t in (True, False)] == [False, True]
    assert grade_closed(SHORT, "anything") is None


@pytest.mark.parametrize(
    ("item", "answer"),
    [(CHOICE, 4), (CHOICE, -1), (CHOICE, True), (CHOICE, "8"), (TRUTH, 1), (TRUTH, "True"), (NUMBER, "  "), (CLOZE, "\x00\x07"),
     (SHORT, "x" * 2001)],
)  # fmt: skip
def test_an_answer_that_the_item_cannot_have_is_refused(item: Item, answer: int | str) -> None:
    with pytest.raises(UsageError):
        checked(item, answer)


def test_control_characters_and_lone_surrogates_are_not_stored() -> None:
    assert checked(SHORT, " a\x00b\ud800\nc ") == "ab\nc"


@pytest.mark.parametrize(
    "answer",
    ["3.5", "3,5", " 3.5 days", "3.5 Days.", "84 hours", "84h", "5040 minutes", "0.5 weeks", "3.6", "3.4", "about 3.5 days", "7/2", "+3.5",
     "three and a half", "３．５"],
)  # fmt: skip
def test_a_number_is_right_within_its_tolerance_and_in_any_unit_of_its_kind(answer: str) -> None:
    assert is_right(NUMBER, answer)


@pytest.mark.parametrize("answer", ["3.61", "3.39", "-3.5", "3.5 hours", "3.5 metres", "3.5 bananas", "35", "3.5 million", "12", "no idea"])
def test_a_number_that_is_off_or_in_another_unit_is_wrong(answer: str) -> None:
    assert not is_right(NUMBER, answer)


def test_what_is_no_number_is_left_to_staff() -> None:
    grade = grade_closed(NUMBER, "between 3 and 4 days")
    assert grade is not None
    assert (grade.credit, grade.certain) == (0.0, False)
    assert "could not be read as one number" in grade.why


@pytest.mark.parametrize(
    ("item", "right", "wrong"),
    [
        (number("1000"), ["1,000", "1 000", "1'000", "1000", "1e3", "1k", "1.000e3"], ["1,0", "100"]),
        (number("1.5"), ["1.5", "1,5", "3/2", "1½", "15e-1", "0.15×10^1"], ["15", "1,500"]),
        (number("1234.5"), ["1,234.5", "1.234,5", "1234.5"], ["12345"]),
        (number("175", unit="billion parameters"), ["175", "175B", "175 billion", "175 billion parameters", "175e9", "0.175 trillion"],
         ["175 million", "175 thousand parameters", "17.5"]),
        (number("65000000000", unit="parameters"), ["65B", "65 billion", "65,000,000,000", "65e9 parameters"], ["65", "65 million"]),
        (number("27.5", "0.05", "%"), ["27.5%", "27.5", "27.5 percent", "27,5 per cent", "0.275", "27.55"],
         ["27.6", "2.75%", "27.5 points"]),
        (number("8"), ["8", "eight", "8 heads", "Eight heads."], ["80", "8%", "8 or 16", "18"]),
        (number("16", unit="GB"), ["16 GB", "16000 MB", "16 gigabytes"], ["16 MB", "16 days", "16%"]),
        (number("0.1"), ["0.1", "0,1", ".1", "1/10", "1e-1"], ["1", "0.10001"]),
        (number("-2"), ["-2", "−2", "- 2"], ["2"]),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(item: Item, right: list[str], wrong: list[str]) -> None:
    assert [answer for answer in right if not is_right(item, answer)] == []
    assert [answer for answer in wrong if is_right(item, answer)] == []


@pytest.mark.parametrize("text", ["1/0", "", "..", "1.2.3", "9" * 61, "__import__('os')", "3 (m**9)**9", "1e9999999", "٣" * 3 + "x"])
def test_odd_text_never_raises(text: str) -> None:
    quantity = read_quantity(text)
    assert quantity is None or isinstance(is_near(quantity, Decimal(1), Decimal(0), "m"), bool)


@given(st.text(max_size=70))
def test_no_text_at_all_raises(text: str) -> None:
    quantity = read_quantity(text)
    assert quantity is None or isinstance(quantity, Quantity)
    assert quantity is None or isinstance(is_near(quantity, Decimal(3), Decimal(0), "days"), bool)


@given(st.decimals(min_value="-1e9", max_value="1e9", places=3), st.decimals(min_value=0, max_value=100, places=2))
def test_the_tolerance_is_met_exactly_at_its_ends(key: Decimal, tolerance: Decimal) -> None:
    item = number(str(key), str(tolerance))
    for end in (key - tolerance, key, key + tolerance):
        assert is_right(item, format(end, "f"))
    assert not is_right(item, format(key + tolerance + Decimal("0.0001"), "f"))


@pytest.mark.parametrize("answer", ["six", "6", "Six", " six. ", "the six", "ｓｉｘ"])
def test_a_gap_takes_its_accepted_words(answer: str) -> None:
    assert is_right(CLOZE, answer)


def test_a_gap_forgives_plurals_and_hyphens_but_no_other_word() -> None:
    gap = replace(CLOZE, stem=f"It uses {GAP}.", key="multi-head attention layer", accepted=())
    assert is_right(gap, "Multi head attention layers")
    assert not is_right(gap, "attention layer")
    assert not same_words("encoder", "encoding")
    assert not same_words("8 heads", "8 layers")
    assert same_words("eight heads", "8 heads")


def test_a_slip_of_the_pen_is_left_to_staff_and_another_number_is_not() -> None:
    gap = replace(CLOZE, key="transformer", accepted=())
    slip = grade_closed(gap, "tranformer")
    assert slip is not None
    assert (slip.credit, slip.certain) == (0.0, False)
    other = grade_closed(replace(CLOZE, key="GPT 3 with 175 layers", accepted=()), "GPT 3 with 176 layers")
    assert other is not None
    assert (other.credit, other.certain) == (0.0, True)


def test_an_answer_is_shown_in_words() -> None:
    assert shown(CHOICE, 1) == "8"
    assert shown(TRUTH, False) == "False"
    assert shown(CLOZE, "six") == "six"
