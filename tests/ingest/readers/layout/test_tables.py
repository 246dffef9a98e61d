from ingest.documents import Kind
from tests.ingest.readers.layout.setting import Sheet, block, read, texts

CAPTION = "Table 1: Results of all models on both of the tasks."


def ruled() -> Sheet:
    """A table with rules, its caption above, text around it."""
    sheet = Sheet().prose(4).skip(20).line(CAPTION).skip(14).rule().row((100, "Model"), (250, "BLEU"), (400, "Cost")).rule()
    sheet.row((100, "base"), (250, "27.3"), (400, "3.3")).row((100, "big model"), (250, "28.4"), (400, "2.3")).rule()
    return sheet.skip(20).prose(4, "bees")


def test_a_row_stays_a_row_with_the_names_of_its_columns_beside_it() -> None:
    document = read(ruled())
    assert texts(document, Kind.TABLE) == ["Model BLEU Cost", "base 27.3 3.3", "big model 28.4 2.3"]
    big = block(document, "big model")
    assert big.context == f"{CAPTION} | big model | BLEU: 28.4 | Cost: 2.3"


def test_a_caption_and_its_table_are_one_group() -> None:
    document = read(ruled())
    groups = {b.group for b in document.blocks if b.kind in (Kind.TABLE, Kind.CAPTION)}
    assert len(groups) == 1
    assert 0 not in groups
    assert texts(document, Kind.CAPTION) == [CAPTION]


def test_a_name_over_several_columns_names_each_and_a_cell_over_several_has_what_they_share() -> None:
    sheet = Sheet().prose(4).skip(20).line(CAPTION).skip(14).rule().row((250, "BLEU")).rule(230, 420)
    sheet.row((100, "Model"), (240, "DE"), (380, "FR")).rule().row((100, "base"), (240, "27.3"), (380, "38.1"))
    sheet.row((100, "big"), (240, "28.4"), (380, "41.8")).rule().skip(20).prose(4)
    assert block(read(sheet), "big 28.4").context.endswith("big | BLEU DE: 28.4 | BLEU FR: 41.8")


def test_a_name_for_several_rows_stands_beside_each_of_them() -> None:
    sheet = Sheet().prose(4).skip(20).line(CAPTION).skip(14).rule().row((100, "Judge"), (220, "Prompt"), (400, "Rate")).rule()
    sheet.row((100, "Claude")).row((220, "default"), (400, "23.8%")).row((220, "rename"), (400, "56.2%")).rule().skip(20).prose(4)
    document = read(sheet)
    assert block(document, "rename").context.endswith("Claude | rename | Rate: 56.2%")


def test_a_cell_that_goes_on_in_the_next_line_is_one_row() -> None:
    sheet = Sheet().prose(4).skip(20).line(CAPTION).skip(14).rule().row((100, "Use"), (250, "Prompt")).rule()
    sheet.row((100, "write"), (250, "a short story of a bear")).row((250, "that goes to the beach")).rule().skip(20).prose(4)
    assert "write a short story of a bear that goes to the beach" in texts(read(sheet), Kind.TABLE)


def test_one_value_for_the_whole_table_gets_no_column_s_name() -> None:
    sheet = Sheet().prose(4).skip(20).line(CAPTION).skip(14).rule()
    sheet.row((100, "Setting"), (220, "RTE"), (320, "CoLA"), (420, "QNLI")).rule()
    sheet.row((100, "batch"), (220, "8"), (320, "16"), (420, "32")).row((100, "optimizer"), (320, "Adam")).rule().skip(20).prose(4)
    assert "CoLA: Adam" not in block(read(sheet), "optimizer").context


def test_a_table_without_rules_is_known_by_its_columns() -> None:
    sheet = Sheet().prose(4).skip(20).row((100, "Model"), (250, "BLEU"), (400, "Cost")).row((100, "base"), (250, "27.3"), (400, "3.3"))
    sheet.row((100, "big"), (250, "28.4"), (400, "2.3")).skip(14).line(CAPTION).skip(20).prose(4, "bees")
    document = read(sheet)
    assert block(document, "big").context == f"{CAPTION} | big | BLEU: 28.4 | Cost: 2.3"


def test_captions_below_belong_to_the_table_above_them() -> None:
    sheet = Sheet().prose(4).skip(20)
    for n, (name, value) in enumerate((("ants", "1.5"), ("bees", "2.5")), start=1):
        sheet.rule().row((100, "Name"), (250, "Value"), (400, "More")).rule().row((100, name), (250, value), (400, "9.9")).rule()
        sheet.skip(6).line(f"Table {n}: What is known of {name}.").skip(16)
    document = read(sheet.prose(4))
    assert block(document, "ants 1.5").context.startswith("Table 1")
    assert block(document, "bees 2.5").context.startswith("Table 2")


def test_a_line_full_of_citations_is_text() -> None:
    sheet = Sheet().prose(4).line("architectures [38, 24, 15].")
    assert texts(read(sheet), Kind.TABLE) == []


def test_a_sentence_that_begins_with_a_table_s_number_is_no_caption() -> None:
    sheet = Sheet().prose(4).line("Table 2 summarizes what we have found out about ants, and it compares them", indent=15).line("to bees.")
    assert texts(read(sheet), Kind.CAPTION) == []


def test_cells_that_are_paragraphs_are_text() -> None:
    sheet = Sheet().prose(4).skip(20).line(CAPTION).skip(14).rule()
    top = sheet.y
    for x, topic in ((100, "ants"), (300, "bees")):
        sheet.y = top
        for n in range(5):
            sheet.row((x, f"of {topic} it says a few words {n}"), size=9)
    sheet.rule(100, 480).skip(20).prose(4)
    document = read(sheet)
    assert texts(document, Kind.TABLE) == []
    assert any("of ants it says a few words 0 of ants it says" in text for text in texts(document, Kind.PROSE))
