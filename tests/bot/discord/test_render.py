import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.render import (
    MESSAGE_LIMIT,
    PAGE_LIMIT,
    button_label,
    paged,
    render_answer,
    render_citation,
    render_growing,
    section_mark,
)
from rag.answers import Answer, Citation, Line, Status, Timings

DONE = "\n-# ✓ complete"


def citation(n: int = 1, **changes: object) -> Citation:
    base = {
        "n": n, "reading": "1706.03762", "title": "Attention Is All You Need", "page": "4", "section": "3 Model > 3.2.1 Scaled Dot-Product",
        "quote": "We use h = 8 heads.", "passage": "Before it. We use h = 8 heads. After it.", "url": "https://arxiv.org/pdf/1706.03762v7#page=4",
    }  # fmt: skip
    return Citation(**{**base, **changes})  # type: ignore[arg-type]


def answer(lines: list[str], citations: list[Citation], status: Status = Status.QUOTED) -> Answer:
    shown = tuple(Line(text, (n,) if citations else ()) for n, text in enumerate(lines, start=1))
    return Answer(status, shown, tuple(citations), "How many?", "How many?", Timings(0, 0, 0))


def test_an_answer_as_a_student_reads_it() -> None:
    assert render_answer(answer(["We use h = 8 heads."], [citation()])) == [
        "**How many?**\nWe use h = 8 heads. [1]\n\n"
        f"**[1]** [Attention Is All You Need, p. 4, §3.2.1](<https://arxiv.org/pdf/1706.03762v7#page=4>){DONE}"
    ]


def test_a_table_s_row_has_its_columns_under_it_in_small_print() -> None:
    row = citation(quote="big 28.4 2.3", passage="base 27.3\nbig 28.4 2.3", columns="big | BLEU*: 28.4 | Cost: 2.3")
    body = render_answer(answer(["big 28.4 2.3", "Bees fly."], [row, citation(2)]))[0].split("\n\n")[0]
    assert body == "**How many?**\nbig 28.4 2.3 [1]\n-# big \\| BLEU\\*: 28.4 \\| Cost: 2.3\nBees fly. [2]"
    assert render_citation(row).endswith("\n\n-# big \\| BLEU\\*: 28.4 \\| Cost: 2.3\nbase 27.3\n**big 28.4 2.3**")
    (written,) = render_answer(answer(["The big one has 28.4.", "It is costly."], [row, citation(2)], Status.ANSWERED))
    assert "28.4. [1]\n-# big" in written
    assert "2.3\nIt is costly." in written


def test_a_source_without_a_link_or_a_page() -> None:
    (text,) = render_answer(answer(["Due: Mar 15"], [citation(title="Syllabus", page=None, section="Week 7", url=None)], Status.SYLLABUS))
    assert text.endswith(f"Due: Mar 15\n\n**[1]** Syllabus, Week 7{DONE}")


def test_it_is_complete_in_the_reader_s_language() -> None:
    assert render_answer(answer(["It is so."], []), "zh-CN") == ["**How many?**\nIt is so.\n-# ✓ 回答完毕"]


def test_sentences_of_the_model_go_on_in_a_line_and_quotes_stand_apart() -> None:
    assert render_answer(answer(["One.", "Two."], [], Status.ANSWERED))[0].startswith("**How many?**\nOne. Two.\n")
    assert render_answer(answer(["One.", "Two."], [], Status.QUOTED))[0].startswith("**How many?**\nOne.\nTwo.\n")


def test_a_long_answer_is_split_between_sentences() -> None:
    sentences = [f"Sentence {n} is about {'bees ' * 60}and ends." for n in range(12)]
    pages = render_answer(answer(sentences, [citation(n) for n in range(1, 13)]))
    assert len(pages) == 3
    assert all(len(page) <= PAGE_LIMIT for page in pages)
    for n, sentence in enumerate(sentences, start=1):
        assert sum(f"{sentence} [{n}]" in page for page in pages) == 1
    assert all(re.search(r"\[\d+\]$", page) for page in pages[:-1])  # each ends with a whole sentence
    assert pages[-1].endswith(DONE)
    assert not any(DONE in page for page in pages[:-1])


def test_what_grows_says_what_is_known_and_is_not_complete() -> None:
    text = render_growing("How many?", [Line("We use h = 8 heads.", (1,)), Line("They run in parallel.", (2,))])
    assert text == "**How many?**\nWe use h = 8 heads. [1] They run in parallel. [2]"
    assert len(render_growing("x" * 1000, [Line("y" * 1500, (1,))] * 5)) <= PAGE_LIMIT - 100


def test_what_is_only_near_says_so_above_it_once() -> None:
    unsure = [Line("Bees fly.", (1,), sure=False), Line("Owls hear.", (2,), sure=False)]
    nearest = "-# The nearest that I found. It may not answer the question:\n"
    (text,) = render_answer(replace(answer([], [citation(), citation(2)]), lines=tuple(unsure)))
    assert text.startswith(f"**How many?**\n{nearest}Bees fly. [1]\nOwls hear. [2]\n\n")
    (text,) = render_answer(replace(answer([], [citation(), citation(2)]), lines=(Line("It is due.", (1,)), *unsure)))
    assert text.startswith(f"**How many?**\nIt is due. [1]\n{nearest}Bees fly. [1]\nOwls hear. [2]\n\n")
    (text,) = render_answer(replace(answer([], [citation(), citation(2)]), lines=(*unsure[:1], Line("It is due.", (1,)))))
    assert text.startswith(f"**How many?**\n{nearest}Bees fly. [1]\n\nIt is due. [1]\n\n")
    assert render_growing("How many?", unsure) == f"**How many?**\n{nearest}Bees fly. [1] Owls hear. [2]"
    assert "不一定回答" in render_growing("How many?", unsure, "zh")


def test_nothing_is_longer_than_a_message() -> None:
    many = [citation(n, quote="word " * 500, passage="a *b* " * 2000, columns="a: * | " * 500) for n in range(1, 6)]
    for page in render_answer(answer(["_long_ sentence " * 300] * 5, many)):
        assert len(page) <= MESSAGE_LIMIT
    for c in (*many, citation(passage="x*" * 3000 + "We use h = 8 heads." + "y_" * 3000)):
        assert len(render_citation(c)) <= MESSAGE_LIMIT


@given(st.lists(st.text(alphabet="ab c\\*\n", max_size=90), max_size=12), st.integers(20, 60))
def test_pages_hold_every_word_in_order_within_the_limit(texts: list[str], limit: int) -> None:
    pages = paged([text + " " for text in texts], limit)
    assert all(0 < len(page) <= limit for page in pages)
    assert "".join("".join(pages).split()) == "".join("".join(texts).split())


@pytest.mark.parametrize(
    ("section", "shown"),
    [
        ("3 Model > 3.2.1 Scaled Dot-Product", "§3.2.1"),
        ("5. Conclusion", "§5"),
        ("A.1 Details", "§A.1"),
        ("Appendix B More", "§B"),
        ("A Survey of Things", "A Survey of Things"),
        ("2023 in Review", "2023 in Review"),
        ("Abstract", "Abstract"),
        ("", ""),
    ],
)
def test_a_section_is_named_by_its_number_where_it_has_one(section: str, shown: str) -> None:
    assert section_mark(section) == shown


def test_the_quote_is_bold_in_its_passage() -> None:
    assert render_citation(citation()).endswith("Before it. **We use h = 8 heads.** After it.")


def test_labels_fit_a_button() -> None:
    assert button_label(citation(), "en") == "[1] See p. 4"
    assert len(button_label(citation(page=None, section="s" * 200), "en")) <= 80
    assert button_label(citation(page=None, section="3 Model > 3.2 Attention"), "en") == "[1] See “3.2 Attention”"
