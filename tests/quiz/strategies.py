"""Items of all kinds, with the signs that file formats trip over."""

import unicodedata
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from quiz.items import GAP, TRUTHS, Evidence, Item, Kind, identified

_NASTY = (
    "a = b ~ c # d {e} : f", "\\", "\\\\n", "\\n", "a\nb", "a\n\nb", "$x^2_{i}$", r"\(\frac{1}{2}\)", "$$\\sum_{i=1}^{n} \\alpha_i$$",
    "->", "####", "%50% sure", "%", "// no comment", "::title::", "[html] x", "'quoted'", '"double"', "“typographic”", "<b>bold</b> & <br>",
    "&lt;", "a < b > c", "注意力机制", "Ünïcödé", "🦉", "=SUM(A1)", "-3", "+1", "@x", "no", "null", "true", "1e3", "0.10", "- item",
    "key: value", "#hash", "|", "a|b", "{{c1::x}}", "]]>", "\u2028", "a,b;c", "'=x", "''", "~", "*", "T", "TRUE", "=a ~b", "lector: {",
    "{", "}", "\ttab",
)  # fmt: skip


def _is_kept(text: str) -> bool:
    return bool(text.strip()) and GAP not in text and all(unicodedata.category(c) not in ("Cc", "Cs") or c in "\n\t" for c in text)


signs = st.characters(exclude_categories=("Cs", "Cc"))
pieces = st.one_of(st.sampled_from(_NASTY), st.text(signs, min_size=1, max_size=12))
texts = st.lists(pieces, min_size=1, max_size=3).map(" ".join).map(str.strip).filter(_is_kept)
numbers = st.decimals(min_value="-1e9", max_value="1e9", places=3)


def _distinct(options: list[str]) -> bool:
    return len({" ".join(o.split()) for o in options}) == len(options)


evidences = st.builds(
    Evidence, texts, texts, st.one_of(st.none(), st.sampled_from(["5", "4-5"])), texts, texts, st.one_of(st.none(), st.just("https://x/y"))
)


@st.composite
def items(draw: st.DrawFn) -> Item:
    """An item as `identified` makes it."""
    kind = draw(st.sampled_from(list(Kind)))
    stem = draw(texts)
    common = {"explanation": draw(st.one_of(st.just(""), texts)), "evidence": draw(st.one_of(st.none(), evidences)),
              "week": draw(st.one_of(st.none(), st.integers(0, 20))), "asks": draw(st.sampled_from(["", "result", "definition"])),
              "difficulty": draw(st.one_of(st.none(), st.sampled_from([0.0, 0.25, 1.0])))}  # fmt: skip
    forms = st.lists(texts, max_size=3).map(tuple)
    if kind is Kind.CHOICE:
        options = tuple(draw(st.lists(texts, min_size=2, max_size=5).filter(_distinct)))
        item = Item("", kind, stem, options, draw(st.integers(0, len(options) - 1)), **common)
    elif kind is Kind.TRUE_FALSE:
        item = Item("", kind, stem, TRUTHS, draw(st.booleans()), **common)
    elif kind is Kind.NUMERIC:
        item = Item(
            "", kind, stem, (), draw(numbers), tolerance=abs(draw(numbers)), unit=draw(st.sampled_from(["", "%", "days"])), **common
        )
    elif kind is Kind.CLOZE:
        gap = draw(st.sampled_from([f"{GAP} {stem}", f"{stem} {GAP}", f"{stem}{GAP}{stem}", GAP, f"{stem} {GAP} {stem}"]))
        item = Item("", kind, gap, (), draw(texts), accepted=draw(forms), **common)
    else:
        item = Item("", kind, stem, (), draw(texts), accepted=draw(forms), rubric=draw(forms), **common)
    return identified(replace(item, tolerance=item.tolerance or Decimal(0)))
