import pytest

from ingest.documents import Kind, Piece
from tests.ingest.readers.layout.setting import Sheet, read, words

TOPICS = ("ants", "bees", "cats", "dogs", "eels")


def sheets() -> list[Sheet]:
    return [Sheet(n, y=90).prose(5, topic) for n, topic in enumerate(TOPICS, start=1)]


def whole(*found: Sheet) -> str:
    return "\n".join(read(*found).page_texts)


def test_running_heads_and_page_numbers_are_gone() -> None:
    found = sheets()
    for sheet in found:
        sheet.words[:0] = words(f"A Study of Animals, page {sheet.number}", 100, 40, 9)
        sheet.words += words(str(sheet.number), 300, 760)
    text = whole(*found)
    assert "Study" not in text
    assert all(not line.isdigit() for line in text.split("\n"))
    assert all(topic in text for topic in TOPICS)


def test_heads_that_change_from_left_to_right_pages_are_gone() -> None:
    found = [Sheet(n, y=90).prose(5, TOPICS[n % 5]) for n in range(1, 13)]
    for sheet in found:
        sheet.words[:0] = words("The Title of It" if sheet.number % 2 else "Nobody et al.", 100, 40, 9)
    text = whole(*found)
    assert "Title" not in text
    assert "Nobody" not in text


def test_the_title_stays_where_it_is_the_running_head_of_later_pages() -> None:
    found = sheets()
    found[0].words[:0] = words("A Study of Animals", 100, 50, 16)
    for sheet in found[1:]:
        sheet.words[:0] = words("A Study of Animals", 100, 40, 9)
    assert whole(*found).count("A Study of Animals") == 1


@pytest.mark.parametrize("stamp", ["arXiv:1706.03762v7 [cs.CL] 2 Aug 2023", "Preprint. Under review.", "31st Conference on Ants (2017)."])
def test_stamps_and_imprints_of_the_first_page_stand_apart_from_the_text(stamp: str) -> None:
    found = sheets()
    plain = read(*found)
    found[0].words += words(stamp, 100, 770, 9)
    document = read(*found)
    *before, last = document.blocks
    assert [block.text for block in before] == [block.text for block in plain.blocks]
    assert document.page_texts[0] == f"{stamp}\n{plain.page_texts[0]}"
    for block in before:
        text = document.page_texts[block.pieces[0].page - 1]
        assert text[block.pieces[0].start :].startswith(block.text)
    assert (last.text, last.page, last.section, last.kind) == (stamp, 1, "", Kind.IMPRINT)
    assert last.pieces == (Piece(0, 1, 0),)
    assert document.page_texts[1:] == plain.page_texts[1:]


def test_imprints_of_later_pages_are_gone() -> None:
    found = sheets()
    for sheet in found[1:]:
        sheet.words += words("Preprint. Under review.", 100, 770, 9)
    assert "Preprint" not in whole(*found)
    assert all(block.kind is not Kind.IMPRINT for block in read(*found).blocks)


def test_a_page_that_has_nothing_else_keeps_its_imprint() -> None:
    sheet = Sheet()
    sheet.words += words("arXiv:1706.03762v7 [cs.CL] 2 Aug 2023", 100, 770, 9)
    assert read(sheet).page_texts == ("arXiv:1706.03762v7 [cs.CL] 2 Aug 2023",)


def test_line_numbers_in_the_margin_are_gone_and_other_figures_stay() -> None:
    sheet = Sheet()
    for n in range(10):
        sheet.words += words(str(n + 37), 60, sheet.y, 6)
        sheet.line("ants have 6 legs and they carry 50 times what they weigh, so they say")
    text = whole(sheet)
    assert "6 legs" in text
    assert "41" not in text


def test_a_list_of_years_is_no_column_of_line_numbers() -> None:
    sheet = Sheet().prose(4)
    for year in (2017, 2018, 2019, 2020):
        sheet.skip(8).line(f"{year} was a year in which ants were seen at many places of the world.")
    assert all(str(year) in whole(sheet) for year in (2017, 2018, 2019, 2020))
