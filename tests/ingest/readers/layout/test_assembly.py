"""Offsets: every block stands in its page's text where it says, also over a page's end."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.settings import Chunking
from ingest.chunking import chunk
from ingest.documents import Document, Kind, Sentence
from tests.ingest.readers.layout.setting import Sheet, block, read


def at_its_place(document: Document, sentence: Sentence) -> str:
    """What the page texts hold where the sentence says that it stands."""
    first = document.page_texts[(sentence.page or 0) - 1]
    if sentence.last_page is None:
        return first[sentence.start : sentence.end]
    return f"{first[sentence.start :]} {document.page_texts[sentence.last_page - 1][: sentence.end]}"


def two_pages(end: str, start: str) -> Document:
    first = (
        Sheet(1)
        .heading("1 Introduction")
        .prose(3)
        .line(f"ants carry leaves into their nests, where they let a fungus grow and {end}", indent=15)
    )
    return read(first, Sheet(2).line(f"{start} eat, and this goes on for years.").prose(4, "bees"))


def test_a_sentence_over_a_page_s_end_is_one_and_is_cut_there() -> None:
    document = two_pages("all of them", "that they find they")
    found = block(document, "ants carry")
    assert [piece.page for piece in found.pieces] == [1, 2]
    assert found.text[: found.cuts[0]].endswith("all of them")
    sentences, _ = chunk("r", document.blocks, Chunking(words=150, overlap_words=75))
    spanning = next(s for s in sentences if s.text.startswith("ants carry"))
    assert (spanning.page, spanning.last_page, spanning.page_shown) == (1, 2, "1-2")
    assert at_its_place(document, spanning) == spanning.text
    assert spanning.quote == "ants carry leaves into their nests, where they let a fungus grow and all of them"


def test_a_word_broken_at_a_page_s_end_stands_whole_on_the_first_page_and_is_never_quoted() -> None:
    document = two_pages("all of the carry-", "ing animals")
    found = block(document, "ants carry")
    assert "all of the carrying animals eat" in found.text
    assert document.page_texts[0].endswith("carrying")
    sentences, _ = chunk("r", document.blocks, Chunking(words=150, overlap_words=75))
    spanning = next(s for s in sentences if s.text.startswith("ants carry"))
    assert at_its_place(document, spanning) == spanning.text
    assert spanning.quote.endswith("all of the")


def test_a_page_that_begins_a_new_sentence_is_not_joined() -> None:
    document = two_pages("that is all.", "Bees do not do this but they")
    assert block(document, "Bees do not").page == 2
    assert len(block(document, "ants carry").pieces) == 1


@given(st.integers(min_value=0, max_value=10_000))
def test_every_sentence_stands_at_its_offsets(seed: int) -> None:
    dice = random.Random(seed)
    sheets = []
    for number in range(1, dice.randint(2, 5)):
        sheet = Sheet(number)
        for _ in range(dice.randint(1, 6)):
            match dice.randint(0, 4):
                case 0:
                    sheet.heading(f"{dice.randint(1, 4)} Section on Ants")
                case 1:
                    sheet.skip(14).row((100, "ant"), (250, "1.5"), (400, "2.5")).row((100, "bee"), (250, "3.5"), (400, "4.5")).skip(14)
                case 2:
                    sheet.line(
                        "This one has no end, since the page ends before it and so it is a bro-"
                        if dice.random() < 0.5
                        else "so it goes on and"
                    )
                case _:
                    sheet.prose(dice.randint(1, 5), dice.choice(("ants", "bees")))
        sheets.append(sheet)
    document = read(*sheets)
    sentences, passages = chunk("r", document.blocks, Chunking(words=40, overlap_words=20))
    for sentence in sentences:
        assert at_its_place(document, sentence) == sentence.text
        assert sentence.quote in sentence.text
    for passage in passages:
        members = sentences[passage.first : passage.end]
        assert (passage.start_char, passage.end_char) == (members[0].start, members[-1].end)


@pytest.mark.parametrize("kind", [Kind.PROSE])
def test_without_page_texts_offsets_count_in_the_blocks_text(kind: Kind) -> None:
    from ingest.documents import Block

    blocks = [Block("One. Two.", None, "", kind), Block("Three.", None, "", kind)]
    whole = "\n".join(b.text for b in blocks)
    sentences, _ = chunk("r", blocks, Chunking(words=40, overlap_words=20))
    assert [whole[s.start : s.end] for s in sentences] == ["One.", "Two.", "Three."]
