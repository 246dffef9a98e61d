"""Finding a quote among a page's words."""

import pytest

from ingest.pictures.alignment import Found, align, letters

PAGE = "Heads We em- ploy h = 8 paral- lel ﬂows (Vaswani, 2017). Each costs less; each costs more, in naïve 𝑑model terms.".split()


def held(quote: str, words: list[str] = PAGE, others=()) -> tuple[Found, str]:
    alignment = align(quote, words, others)
    return alignment.found, " ".join(words[n] for n in alignment.words)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("We employ h = 8 parallel flows", "We em- ploy h 8 paral- lel ﬂows"),
        ("in naive dmodel terms", "in naïve 𝑑model terms."),
        ("flows | (Vaswani | 2017).", "ﬂows (Vaswani, 2017)."),
        ("each costs more", "each costs more,"),
    ],
)
def test_hyphens_ligatures_accents_and_bars_make_no_difference(quote: str, found: str) -> None:
    assert held(quote) == (Found.EXACT, found)


def test_a_short_quote_is_not_found_inside_a_word() -> None:
    assert held("201") == (Found.NOT, "")
    assert held("2017") == (Found.EXACT, "2017).")
    assert held("cost", ["costs", "cost"]) == (Found.EXACT, "cost")


def test_what_stands_between_two_halves_is_left_out() -> None:
    words = "the loss goes down when 3 Figure 2: bees and owls data is added to the mixture".split()
    found, text = held("the loss goes down when data is added to the mixture", words)
    assert (found, text) == (Found.FUZZY, "the loss goes down when data is added to the mixture")


def test_another_order_of_the_words_is_tried() -> None:
    words = "model size score Lector 135M 61.2".split()
    assert held("model Lector size 135M", words) == (Found.NOT, "")
    assert held("model Lector size 135M", words, [[0, 3, 1, 4, 2, 5]]) == (Found.EXACT, "model Lector size 135M")


@pytest.mark.parametrize("quote", ["", "8", "∑ | –", "Owls hear mice under forty centimetres of snow."])
def test_what_is_not_on_the_page_is_not_found(quote: str) -> None:
    assert held(quote) == (Found.NOT, "")


def test_words_that_are_merely_common_do_not_count_as_found() -> None:
    page = "it is the case that the bees of the hive are in the field and the owls are in the tree".split()
    assert held("the owl of the tree and the bee of the field see that it is so", page)[0] is Found.NOT


def test_letters_of_an_ascii_text_are_the_same_on_both_ways() -> None:
    assert letters("A-b (C) 3.5%") == letters("A-b (C) 3.5%\u00a0") == "abc35"
