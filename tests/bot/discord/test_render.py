import re

from bot.discord.render import MESSAGE_LIMIT, button_label, plain, render_answer, render_citation
from rag.answers import Answer, Citation, Line, Status, Timings


def citation(n: int = 1, **changes: object) -> Citation:
    base = {
        "n": n, "reading": "1706.03762", "title": "Attention Is All You Need", "page": "5", "section": "3 Model > 3.2 Heads",
        "quote": "We use h = 8 heads.", "passage": "Before it. We use h = 8 heads. After it.", "url": "https://arxiv.org/pdf/1706.03762#page=5",
    }  # fmt: skip
    return Citation(**{**base, **changes})  # type: ignore[arg-type]


def answer(lines: list[str], citations: list[Citation], status: Status = Status.QUOTED) -> Answer:
    shown = tuple(Line(text, (n,) if citations else ()) for n, text in enumerate(lines, start=1))
    return Answer(status, shown, tuple(citations), "How many?", "How many?", Timings(0, 0, 0))


def test_an_answer_as_a_student_reads_it() -> None:
    assert render_answer(answer(["We use h = 8 heads."], [citation()])) == (
        "**How many?**\nWe use h = 8 heads. [1]\n\n**[1]** [Attention Is All You Need, p. 5, 3.2 Heads](<https://arxiv.org/pdf/1706.03762#page=5>)"
    )


def test_a_table_s_row_has_its_columns_under_it_in_small_print() -> None:
    row = citation(quote="big 28.4 2.3", passage="base 27.3\nbig 28.4 2.3", columns="big | BLEU*: 28.4 | Cost: 2.3")
    body = render_answer(answer(["big 28.4 2.3", "Bees fly."], [row, citation(2)])).split("\n\n")[0]
    assert body == "**How many?**\nbig 28.4 2.3 [1]\n-# big \\| BLEU\\*: 28.4 \\| Cost: 2.3\nBees fly. [2]"
    assert render_citation(row).endswith("\n\n-# big \\| BLEU\\*: 28.4 \\| Cost: 2.3\nbase 27.3\n**big 28.4 2.3**")
    written = render_answer(answer(["The big one has 28.4.", "It is costly."], [row, citation(2)], Status.ANSWERED))
    assert "28.4. [1]\n-# big" in written
    assert "2.3\nIt is costly." in written


def test_a_source_without_a_link_or_a_page() -> None:
    text = render_answer(answer(["Due: Mar 15"], [citation(title="Syllabus", page=None, section="Week 7", url=None)], Status.SYLLABUS))
    assert text.endswith("Due: Mar 15\n\n**[1]** Syllabus, Week 7")


def test_nothing_is_longer_than_a_message() -> None:
    many = [citation(n, quote="word " * 500, passage="a *b* " * 2000, columns="a: * | " * 500) for n in range(1, 6)]
    assert len(render_answer(answer(["_long_ sentence " * 300] * 5, many))) <= MESSAGE_LIMIT
    for c in (*many, citation(passage="x*" * 3000 + "We use h = 8 heads." + "y_" * 3000)):
        assert len(render_citation(c)) <= MESSAGE_LIMIT


def test_the_quote_is_bold_in_its_passage() -> None:
    assert render_citation(citation()).endswith("Before it. **We use h = 8 heads.** After it.")


def test_others_words_format_and_notify_nothing() -> None:
    text = plain("@everyone <@123456789012345678> **bold** `code` [x](http://y) d_model")
    assert "@everyone" not in text
    assert not re.search(r"<@\d", text)
    assert r"\*\*bold\*\*" in text
    assert r"d\_model" in text


def test_labels_fit_a_button() -> None:
    assert button_label(citation(), "en") == "[1] See p. 5"
    assert len(button_label(citation(page=None, section="s" * 200), "en")) <= 80
    assert button_label(citation(page=None, section="3 Model > 3.2 Attention"), "en") == "[1] See “3.2 Attention”"
