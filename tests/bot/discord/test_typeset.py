import pytest
from discord.utils import remove_markdown
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.typeset import plain, typeset


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We use d_model = 512.", r"We use d\_model = 512."),
        (r"It costs $O(n^2 \cdot d)$ a layer.", r"It costs `O(n^2 \cdot d)` a layer."),
        (r"where \(h = 8\) heads", "where `h = 8` heads"),
        ("$$\n\\mathrm{softmax}(QK^T)V\n$$", r"`\mathrm{softmax}(QK^T)V`"),
        ("for $n$ tokens", "for `n` tokens"),
        ("It costs $5 now and $10 later.", "It costs $5 now and $10 later."),
        ("between $5 and$ 10", "between $5 and$ 10"),
        ("Call `model.fit(x_train, *rest)` first.", "Call `model.fit(x_train, *rest)` first."),
        ("``a`b``", r"\`\`a\`b\`\`"),
        ("```python\nx_1 = f(*y)\n```", "```\nx_1 = f(*y)\n```"),
        ("a lone ` and *stars*", r"a lone \` and \*stars\*"),
        ("@everyone `@here` <@123456789012345678>", "@\u200beveryone `@here` <@\u200b123456789012345678>"),
    ],
)
def test_formulas_and_code_have_a_fixed_width_and_prose_is_plain(text: str, shown: str) -> None:
    assert typeset(text) == shown


@given(st.text(alphabet="ab *_~|>#[]()1\n", max_size=60))
def test_prose_is_shown_as_it_was_written(text: str) -> None:
    assert typeset(text) == plain(text)


@given(st.text(alphabet="ab `$\\()[]^_*\n@", max_size=60))
def test_whatever_is_written_no_letter_is_lost(text: str) -> None:
    letters = [c for c in text if c in "ab"]
    assert [c for c in remove_markdown(typeset(text)) if c in "ab"] == letters or "```" in text
    assert "@everyone" not in typeset(text)
