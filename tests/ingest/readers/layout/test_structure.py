from dataclasses import replace

from ingest.documents import Kind
from tests.ingest.readers.layout.setting import Sheet, block, read, texts, words

MATHS = "CMMI10"


def test_a_display_formula_is_one_block_and_the_text_around_it_is_not() -> None:
    sheet = Sheet().heading("1 Introduction").prose(3).skip(8)
    sheet.line("f (x) = w x + b (1)", indent=120, font=MATHS).line("= g (x) + c", indent=130, font=MATHS)
    sheet.skip(8).line("where x is what an ant carries and b is what it weighs, as was said before.")
    document = read(sheet)
    assert texts(document, Kind.EQUATION) == ["f (x) = w x + b (1) = g (x) + c"]
    assert block(document, "where x").kind is Kind.PROSE


def test_an_algorithm_stays_whole_with_its_caption() -> None:
    sheet = Sheet().heading("1 Introduction").prose(3).skip(14).rule().line("Algorithm 1 Carrying", bold=True).rule()
    for text in ("Require: an ant a", "1: while a lives do", "2: a carries a leaf", "3: end while"):
        sheet.line(text, indent=5)
    document = read(sheet.rule().skip(14).prose(3))
    (algorithm,) = (b for b in document.blocks if b.kind is Kind.ALGORITHM)
    assert algorithm.text.split("\n") == ["Require: an ant a", "1: while a lives do", "2: a carries a leaf", "3: end while"]
    assert algorithm.group == block(document, "Algorithm 1").group != 0


def test_a_program_in_a_typewriter_s_font_stays_whole() -> None:
    sheet = Sheet().heading("1 Introduction").prose(3).skip(8)
    for text in ("def carry(ant):", "    leaf = ant.find()", "    return leaf[0]"):
        sheet.line(text, font="NimbusMonL-Regu")
    assert texts(read(sheet.skip(8).prose(3)), Kind.ALGORITHM) == ["def carry(ant):\nleaf = ant.find()\nreturn leaf[0]"]


def test_a_footnote_does_not_interrupt_the_paragraph_above_it() -> None:
    first = Sheet(1).heading("1 Introduction").line("ants carry leaves into their nests, where they let a fungus grow that all").skip(400)
    mark = [replace(w, spaced=False) for w in words("1", 100, first.y - 3, 5)]
    see, *others = words("See the book on ants, which says more about all of this.", 103, first.y, 8)
    first.words += [*mark, replace(see, spaced=False), *others]
    second = Sheet(2).line("of them eat, and this goes on for many years without an end.").prose(4, "bees")
    document = read(first, second)
    paragraph = block(document, "ants carry")
    assert paragraph.text == (
        "ants carry leaves into their nests, where they let a fungus grow that all "
        "of them eat, and this goes on for many years without an end."
    )
    assert block(document, "1See").kind is Kind.PROSE


def test_a_paragraph_goes_on_behind_a_figure_and_knows_where_it_was_cut() -> None:
    sheet = (
        Sheet()
        .heading("1 Introduction")
        .prose(3)
        .line("ants carry leaves into their nests, where they let a fungus grow that all", indent=15)
    )
    sheet.skip(20)
    for text in ("Layer 1", "Layer 2"):
        sheet.words += [replace(w, drawn=True) for w in words(text, 200, sheet.y, 8, font="Sans")]
        sheet.skip(12)
    sheet.line("Figure 1: What ants do.").skip(20).line("of them eat, and this goes on for many years without an end.")
    document = read(sheet)
    paragraph = block(document, "ants carry")
    assert paragraph.text.endswith("that all of them eat, and this goes on for many years without an end.")
    assert [paragraph.text[:cut] for cut in paragraph.cuts] == ["ants carry leaves into their nests, where they let a fungus grow that all"]
    figure = block(document, "Layer 1")
    assert (figure.kind, figure.group) == (Kind.FIGURE, block(document, "Figure 1").group)


def test_text_in_a_picture_is_text() -> None:
    sheet = Sheet().heading("1 Introduction").prose(4).skip(20)
    for text in ("You are a judge of ants. Say which of the two ants", "carries more, and be as fair as you can be to both."):
        sheet.words += [replace(w, drawn=True) for w in words(text, 120, sheet.y, 9)]
        sheet.skip(11)
    document = read(sheet.line("Figure 1: The prompt.").skip(20).prose(4))
    prompt = block(document, "You are a judge")
    assert prompt.kind is Kind.PROSE
    assert prompt.text.endswith("two ants carries more, and be as fair as you can be to both.")
    assert prompt.group == block(document, "Figure 1").group


def test_labels_in_a_font_of_their_own_are_a_figure_s() -> None:
    sheet = Sheet().heading("1 Introduction").prose(4).skip(20)
    for text in ("[CLS]", "Tok 1", "Tok 2", "E [SEP]", "Class Label"):
        sheet.line(text, size=6, indent=60, font="Sans")
    document = read(sheet.skip(10).line("Figure 1: A model.").skip(20).prose(4))
    assert texts(document, Kind.FIGURE) == ["[CLS]\nTok 1\nTok 2\nE [SEP]\nClass Label"]
