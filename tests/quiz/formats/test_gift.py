from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.formats.extras import LineError
from quiz.formats.gift import write_gift
from quiz.formats.gift_reader import read_gift
from quiz.items import GAP, Item, Kind
from tests.quiz import strategies
from tests.quiz.conftest import items


def test_one_of_each_kind_goes_out_and_comes_back() -> None:
    assert read_gift(write_gift(items(), "Week 3").decode()) == items()


@settings(max_examples=60)
@given(st.lists(strategies.items(), max_size=2), strategies.texts)
def test_nothing_is_lost_on_the_way(made: list[Item], title: str) -> None:
    assert read_gift(write_gift(made, title).decode()) == made


def test_what_moodle_sees_is_gift() -> None:
    text = write_gift(items(), "Week 3").decode()
    assert "::How many heads are there?::[html]How many heads are there? {\n\t~4\n\t=8\n\t~16\n\t~64\n####It says 8.}" in text
    assert "::The model is recurrent.::[html]The model is recurrent. {FALSE####It is not.}" in text
    assert "in days? {#3.5:0.1}" in text
    assert "[html]The encoder has {=%100%six =%100%6} layers." in text


def only(text: str) -> Item:
    found = read_gift(text)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "kind", "stem", "options", "key"),
    [
        ("Who is it?{=a ~b ~c}", Kind.CHOICE, "Who is it?", ("a", "b", "c"), 0),
        ("// a comment\n::Q1:: Who?\n{\n~a#no\n=b#yes, indeed\n~c\n}", Kind.CHOICE, "Who?", ("a", "b", "c"), 1),
        ("::Q\\:1::Two plus two is {=four =4} in all.", Kind.CLOZE, f"Two plus two is {GAP} in all.", (), "four"),
        ("It is {~hot =cold} there.", Kind.CHOICE, f"It is {GAP} there.", ("hot", "cold"), 1),
        ("Grant is buried in Grant's tomb.{F#No!#Right}", Kind.TRUE_FALSE, "Grant is buried in Grant's tomb.", ("True", "False"), False),
        ("The sun rises in the east.{true}", Kind.TRUE_FALSE, "The sun rises in the east.", ("True", "False"), True),
        ("When was he born?{#1822:5}", Kind.NUMERIC, "When was he born?", (), Decimal(1822)),
        ("What is pi?{#3.141..3.142#good}", Kind.NUMERIC, "What is pi?", (), Decimal("3.1415")),
        ("What is pi?{#=3.14:0.01#good}", Kind.NUMERIC, "What is pi?", (), Decimal("3.14")),
        ("Name a colour.{=red =blue}", Kind.SHORT, "Name a colour.", (), "red"),
        ("Which?{~%100%this ~%-50%that}", Kind.CHOICE, "Which?", ("this", "that"), 0),
        ("[markdown]2 \\= 2 \\~ \\{x\\}\\: \\#1?\\nSay so.{T}", Kind.TRUE_FALSE, "2 = 2 ~ {x}: #1?\nSay so.", ("True", "False"), True),
        ("[html]<p>Is <b>x</b> &lt; 2&nbsp;?</p><p>Well?</p>{T}", Kind.TRUE_FALSE, "Is x < 2\xa0?\nWell?", ("True", "False"), True),
        ("$CATEGORY: zoo/owls\r\n\r\nWhy?\r\n{=because}\r\n", Kind.SHORT, "Why?", (), "because"),
    ],
)  # fmt: skip
def test_what_staff_and_moodle_write_is_read(text: str, kind: Kind, stem: str, options: tuple[str, ...], key: object) -> None:
    item = only(text)
    assert (item.kind, item.stem, item.options, item.key) == (kind, stem, options, key)


def test_general_feedback_is_the_explanation() -> None:
    assert only("Who?{=a#yes ~b####Since \\#1 says so.}").explanation == "Since #1 says so."


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("// x\n\nNo answers here.\n\nQ{=a ~b}", 3, "without its answers"),
        ("Q{=a ~b}\n\n\nOpen {=a ~b", 4, "is not closed"),
        ("Q{}", 1, "an essay has no key"),
        ("Q{=a -> 1 =b -> 2}", 1, "matching"),
        ("Q{=a =b ~c}", 1, "one right option, marked by =, and this has 2"),
        ("Q{~a ~b}", 1, "this has 0"),
        ("Q{~%50%a ~%50%b}", 1, "worth 50%"),
        ("Q{#many}", 1, "is no number"),
        ("Q{#=1 =2}", 1, "one key here"),
        ("Q{=a ~}", 1, "an answer is empty"),
        ("Q{maybe}", 1, "answers begin with ="),
        ("Q{T} and {F}", 1, "one pair of"),
        ("\n{=a ~b}", 2, "it has no stem"),
        ("// lector: {broken\nQ{T}", 1, "is damaged"),
        ("// lector: [1]\nQ{T}", 1, "is damaged"),
        ('// lector: {"evidence": 3}\nQ{T}', 2, "cannot be read"),
    ],
)
def test_a_malformed_file_is_one_line_with_its_line_number(text: str, line: int, says: str) -> None:
    with pytest.raises(LineError, match=says) as raised:
        read_gift(text)
    assert raised.value.line == line


@given(st.text(st.sampled_from("ab{}=~#:\\%\n /[]T1.->$"), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        line = len(read_gift(text)) and 1
    except LineError as exc:
        line = exc.line
    assert 0 <= line <= text.count("\n") + 1


def test_a_changed_stem_in_the_file_rules_over_the_note() -> None:
    text = write_gift(items()[:1], "x").decode().replace("heads are there? {", "eyes are there? {")
    changed = only(text)
    assert changed.stem == "How many eyes are there?"
    assert changed.id != items()[0].id
    assert changed.evidence == items()[0].evidence
