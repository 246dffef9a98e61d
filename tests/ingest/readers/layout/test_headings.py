import pytest

from ingest.documents import Kind
from tests.ingest.readers.layout.setting import Sheet, read


def sections(*sheets: Sheet) -> list[str]:
    return list(dict.fromkeys(block.section for block in read(*sheets).blocks))


def test_the_path_of_headings_and_the_abstract() -> None:
    sheet = Sheet().line("A Title", size=16).skip(20).heading("Abstract").prose().heading("1 Introduction").prose()
    sheet.heading("1.1 Ants").prose().heading("2 Methods").prose().heading("2.1 Bees").prose().heading("References").prose()
    assert sections(sheet) == [
        "", "Abstract", "1 Introduction", "1 Introduction > 1.1 Ants", "2 Methods", "2 Methods > 2.1 Bees", "References",
    ]  # fmt: skip


def test_a_numbered_line_that_is_set_like_the_text_is_no_heading() -> None:
    sheet = Sheet().heading("1 Introduction").line("We trained it for many hours on a number of machines, which were").line("2 Large ones")
    assert sections(sheet.prose()) == ["1 Introduction"]


def test_numbers_that_do_not_follow_make_no_heading() -> None:
    assert sections(Sheet().heading("1 Introduction").prose().heading("7 Wonders").prose().heading("2 Methods").prose()) == [
        "1 Introduction",
        "2 Methods",
    ]


def test_a_title_that_begins_with_a_is_no_appendix() -> None:
    sheet = Sheet().line("A Survey of Ants", size=16, bold=True).skip(20).heading("1 Introduction").prose()
    assert sections(sheet) == ["", "1 Introduction"]


def test_appendices_are_marked_by_letter_name_or_place() -> None:
    sheet = (
        Sheet().heading("1 Introduction").prose().heading("References").prose().heading("A Proofs").prose().heading("A.1 Lemmas").prose()
    )
    assert sections(sheet)[-2:] == ["Appendix A Proofs", "Appendix A Proofs > A.1 Lemmas"]
    numbered = Sheet().heading("1 Introduction").prose().heading("References").prose().heading("2 More Figures").prose()
    assert sections(numbered)[-1] == "Appendix 2 More Figures"
    named = Sheet().heading("1 Introduction").prose().heading("Appendix").prose().heading("Prompts").prose()
    assert sections(named)[-2:] == ["Appendix", "Appendix > Prompts"]


def test_references_end_where_the_next_heading_begins() -> None:
    sheet = Sheet().heading("1 Introduction").prose().heading("References")
    for n in range(1, 4):
        sheet.line(f"[{n}] A. Author and B. Author. A paper on ants that has a").line("rather long title. In Proceedings, 2017.", indent=15)
    document = read(sheet.heading("A Proofs").prose())
    entries = [block.text for block in document.blocks if block.kind is Kind.REFERENCE]
    assert [text[:3] for text in entries] == ["[1]", "[2]", "[3]"]
    assert all(text.endswith("2017.") for text in entries)
    assert document.blocks[-1].kind is Kind.PROSE


def test_entries_without_numbers_are_told_apart_by_their_indent() -> None:
    sheet = Sheet().heading("1 Introduction").prose().heading("References")
    for name in ("Arber", "Beyer", "Cantor"):
        sheet.line(f"{name}, A. A paper on ants that has a rather long title and").line("goes on. In Proceedings, 2017.", indent=15)
    assert [b.text.split(",")[0] for b in read(sheet).blocks if b.kind is Kind.REFERENCE] == ["Arber", "Beyer", "Cantor"]


def test_a_heading_of_two_lines_is_one() -> None:
    sheet = Sheet().heading("1 Introduction").prose().skip(10)
    for text in ("2 Why Ants Carry Fifty Times of", "What They Weigh"):
        sheet.line(text, size=12, bold=True, font="Serif-Bold")
    assert sections(sheet.skip(6).prose())[-1] == "2 Why Ants Carry Fifty Times of What They Weigh"


@pytest.mark.parametrize("opening", ["Abstract—Ants dig tunnels", "Abstract. Ants dig tunnels"])
def test_an_abstract_without_a_heading_of_its_own(opening: str) -> None:
    sheet = Sheet().line("A Title", size=16).skip(20).line(f"{opening} in the ground, and this is what all of it is about.")
    document = read(sheet.prose().heading("1 Introduction").prose())
    abstract = [block.text for block in document.blocks if block.section == "Abstract"]
    assert abstract[0].startswith("Ants dig tunnels")


def test_entries_of_a_table_of_contents_are_no_headings() -> None:
    sheet = Sheet().heading("Contents")
    for n in range(1, 4):
        sheet.line(f"{n} Chapter of it . . . . . . . . . . . . . . . {n}")
    assert sections(sheet.heading("1 Introduction").prose()) == ["Contents", "1 Introduction"]


def test_small_capitals_are_closed_up() -> None:
    sheet = Sheet().prose(4).skip(12)
    y, x = sheet.y, 100.0
    from ingest.readers.layout.page import Word

    for text, size, spaced in (("1", 12.0, False), ("I", 12.0, True), ("NTRODUCTION", 9.6, False)):
        x += 6 if spaced else 0
        sheet.words.append(Word(text, x, x + 0.5 * size * len(text), y, size, "Serif-Regular", False, spaced))
        x += 0.5 * size * len(text)
    sheet.skip(24).prose()
    assert sections(sheet)[-1] == "1 INTRODUCTION"
