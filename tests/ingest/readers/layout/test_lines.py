from dataclasses import replace

from ingest.readers.layout.lines import lines_of
from ingest.readers.layout.page import Page, Word
from tests.ingest.readers.layout.setting import Sheet, row, words

LEFT = [f"left line {n} of the column goes on and on" for n in range(12)]
RIGHT = [f"right line {n} of the column goes on and on" for n in range(12)]


def page(found: list[Word]) -> Page:
    return Page(1, 612.0, 792.0, tuple(found))


def test_raised_and_lowered_words_stay_on_their_line() -> None:
    raised, lowered = (replace(w, spaced=False) for w in (*words("5", 137.5, 96, 7), *words("k", 166, 102, 7)))
    (line,) = lines_of(page([*words("each GPU", 100, 100), raised, *words("and d", 143.5, 100), lowered]))
    assert line.text == "each GPU5 and dk"


def test_columns_that_the_file_weaves_are_read_one_after_another() -> None:
    woven = [word for n in range(12) for x, text in ((50, LEFT[n]), (330, RIGHT[n])) for word in words(text, x, 100 + 12 * n)]
    assert [line.text for line in lines_of(page(woven))] == LEFT + RIGHT


def test_a_wide_title_stays_above_woven_columns() -> None:
    woven = [word for n in range(12) for x, text in ((50, LEFT[n]), (330, RIGHT[n])) for word in words(text, x, 100 + 12 * n)]
    title = words("a title that runs over both of the columns of this page and is one line", 50, 60)
    assert [line.text for line in lines_of(page(title + woven))][1:] == LEFT + RIGHT


def test_rows_of_a_wide_table_are_not_taken_apart() -> None:
    rows = [row([(50, f"model {n}"), (200, "1.0"), (250, "2.0"), (400, "3.0"), (500, "4.0")], 100 + 12 * n) for n in range(12)]
    assert [line.text for line in lines_of(page([word for words_ in rows for word in words_]))] == [
        f"model {n} 1.0 2.0 3.0 4.0" for n in range(12)
    ]


def test_columns_in_order_are_left_alone() -> None:
    sheet = Sheet()
    for n in range(12):
        sheet.line(LEFT[n])
    found = sheet.words + [word for n in range(12) for word in words(RIGHT[n], 330, 60 + 12 * n)]
    assert [line.text for line in lines_of(page(found))] == LEFT + RIGHT


def test_single_words_set_upwards_are_labels_of_a_drawing() -> None:
    label = [replace(w, turned=True) for w in words("Loss", 300, 40)]
    lines = lines_of(page([*Sheet().prose(4).words, *label]))
    assert [line.drawn for line in lines] == [False] * 4 + [True]
