"""Items fit together, and come back from JSON as they were."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import UsageError
from quiz.items import GAP, TRUTHS, Evidence, Item, Key, Kind, identified

_WORDS = st.text(min_size=1, max_size=30).filter(str.strip)
_EVIDENCE = st.builds(
    Evidence, _WORDS, _WORDS, st.none() | st.sampled_from(["3", "4-5"]), st.text(max_size=20), _WORDS, st.none() | st.just("https://x.org")
)


@st.composite
def items(draw: st.DrawFn) -> Item:
    kind = draw(st.sampled_from(Kind))
    options: tuple[str, ...] = ()
    key: Key = draw(_WORDS)
    if kind is Kind.CHOICE:
        options = tuple(draw(st.lists(_WORDS, min_size=2, max_size=5)))
        key = draw(st.integers(0, len(options) - 1))
    elif kind is Kind.TRUE_FALSE:
        options, key = TRUTHS, draw(st.booleans())
    elif kind is Kind.NUMERIC:
        key = draw(st.decimals(allow_nan=False, allow_infinity=False, places=3))
    return identified(
        Item(
            id="", kind=kind, stem=f"{draw(_WORDS).replace('_', '-')} {GAP}", options=options, key=key,
            explanation=draw(st.text(max_size=30)), evidence=draw(st.none() | _EVIDENCE),
            tolerance=draw(st.sampled_from([Decimal(0), Decimal("0.05")])), unit=draw(st.sampled_from(["", "%"])),
            accepted=tuple(draw(st.lists(_WORDS, max_size=3))), rubric=tuple(draw(st.lists(_WORDS, max_size=3))),
            week=draw(st.none() | st.integers(1, 15)), asks=draw(st.sampled_from(["", "result"])),
            difficulty=draw(st.none() | st.floats(0, 1)),
        )
    )  # fmt: skip


@given(items())
def test_an_item_comes_back_from_json_as_it_was(item: Item) -> None:
    assert Item.from_json(json.loads(json.dumps(item.as_json()))) == item


def test_json_holds_the_contract() -> None:
    evidence = Evidence("2106.09685", "LoRA", "4", "Method", "The rank r is 4.")
    item = identified(Item("", Kind.CHOICE, "Which rank?", ("2", "4"), 1, evidence=evidence))
    found = item.as_json()
    assert set(found) >= {"id", "kind", "stem", "options", "answer", "explanation", "evidence"}
    assert set(found["evidence"]) >= {"reading", "page", "quote"}
    assert found["answer"] == "4"


def test_an_id_follows_what_is_asked_and_what_is_right() -> None:
    item = identified(Item("", Kind.CHOICE, "Which rank?", ("2", "4"), 1))
    assert identified(Item("", Kind.CHOICE, "Which  rank?", ("4", "2"), 0, explanation="see p. 4")).id == item.id
    assert identified(Item("", Kind.CHOICE, "Which rank?", ("2", "4"), 0)).id != item.id
    assert (
        identified(Item("", Kind.NUMERIC, "N?", (), Decimal("1.50"))).id == identified(Item("", Kind.NUMERIC, "N?", (), Decimal("1.5"))).id
    )


@pytest.mark.parametrize(
    ("kind", "options", "key"),
    [
        (Kind.CHOICE, ("a", "b"), 2),
        (Kind.CHOICE, ("a", "b"), True),
        (Kind.CHOICE, ("a", "b"), "a"),
        (Kind.TRUE_FALSE, TRUTHS, 1),
        (Kind.TRUE_FALSE, ("yes", "no"), True),
        (Kind.NUMERIC, (), Decimal("NaN")),
        (Kind.NUMERIC, (), "4"),
        (Kind.CLOZE, (), "rank"),
        (Kind.SHORT, (), " "),
    ],
)
def test_what_does_not_fit_together_is_refused(kind: Kind, options: tuple[str, ...], key: Key) -> None:
    with pytest.raises(UsageError):
        Item("x", kind, "A stem without a gap", options, key)


@pytest.mark.parametrize(
    "data", [{}, {"kind": "choice"}, {"kind": "none", "stem": "x", "key": 1}, {"kind": "numeric", "stem": "x", "key": "four"}]
)
def test_what_is_no_item_is_one_line(data: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        Item.from_json(data)
