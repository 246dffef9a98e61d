import pytest

from common.settings import Chunking
from ingest.chunking import chunk
from ingest.documents import Block, Kind

WORDS = Chunking(words=20, overlap_words=10)


def prose(text: str, page: int | None = 1, section: str = "1 Intro", kind: Kind = Kind.PROSE) -> Block:
    return Block(text, page, section, kind)


def test_windows_hold_whole_sentences_and_overlap() -> None:
    text = " ".join(f"Sentence number {n} has six words." for n in range(8))
    sentences, passages = chunk("r", [prose(text)], WORDS)
    assert len(sentences) == 8
    assert all(len(p.text.split()) <= 20 for p in passages)
    assert [(p.first, p.end) for p in passages] == [(0, 3), (2, 5), (4, 7), (6, 8)]
    assert {n for p in passages for n in range(p.first, p.end)} == set(range(8))


def test_a_passage_never_crosses_a_section_nor_mixes_text_with_references() -> None:
    blocks = [prose("One."), prose("Two.", section="2 Method"), prose("[1] A paper.", section="References", kind=Kind.REFERENCE)]
    blocks += [prose("Preprint. Under review.", section="", kind=Kind.IMPRINT), prose("Three.", section="")]
    _, passages = chunk("r", blocks, WORDS)
    assert [(p.section, p.kind) for p in passages] == [
        ("1 Intro", Kind.PROSE), ("2 Method", Kind.PROSE), ("References", Kind.REFERENCE), ("", Kind.IMPRINT), ("", Kind.PROSE),
    ]  # fmt: skip


def test_pages_are_kept_and_a_span_is_shown() -> None:
    sentences, passages = chunk("r", [prose("On four.", 4), prose("On five.", 5)], WORDS)
    assert [s.page for s in sentences] == [4, 5]
    assert passages[0].page == "4-5"
    assert passages[0].text == "On four.\nOn five."


def test_without_pages_there_is_none() -> None:
    _, passages = chunk("r", [prose("Markdown.", None)], WORDS)
    assert passages[0].page is None


def test_a_row_stays_a_row() -> None:
    sentences, passages = chunk("r", [prose("base 65M 27.3. big 213M 28.4", kind=Kind.TABLE)], WORDS)
    assert [s.text for s in sentences] == ["base 65M 27.3. big 213M 28.4"]
    assert passages[0].kind is Kind.TABLE


def test_a_sentence_longer_than_a_passage_is_cut_and_nothing_is_lost() -> None:
    text = " ".join(f"w{n}" for n in range(55))
    sentences, _ = chunk("r", [prose(text)], WORDS)
    assert " ".join(s.text for s in sentences) == text


@pytest.mark.parametrize("blocks", [[], [prose("")]])
def test_nothing_gives_nothing(blocks: list[Block]) -> None:
    assert chunk("r", blocks, WORDS) == ([], [])


def test_a_table_with_its_caption_is_a_passage_of_its_own_behind_the_section_s_text() -> None:
    blocks = [
        prose("Before it."),
        Block("Table 1: Ants.", 1, "1 Intro", Kind.CAPTION, group=1),
        Block("ant 1.5", 1, "1 Intro", Kind.TABLE, context="Table 1: Ants. | ant | Weight: 1.5", group=1),
        prose("After it."),
    ]
    sentences, passages = chunk("r", blocks, WORDS)
    assert [(p.text, p.kind) for p in passages] == [("Before it.\nAfter it.", Kind.PROSE), ("Table 1: Ants.\nant 1.5", Kind.TABLE)]
    assert [s.searched for s in sentences][-1] == "Table 1: Ants. | ant | Weight: 1.5"


def test_a_longer_table_is_cut_between_rows() -> None:
    rows = [Block(f"row {n} has six words in", 1, "1 Intro", Kind.TABLE, group=1) for n in range(10)]
    _, passages = chunk("r", rows, WORDS)
    assert len(passages) > 2
    assert all(len(p.text.split()) <= 20 for p in passages)
