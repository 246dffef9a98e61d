"""Of pages whose text alone is known, as where pypdf had to read them."""

from collections.abc import Sequence

from ingest.documents import Block, Kind
from ingest.readers.layout import page_of_text, read_layout


def blocks_of_pages(texts: Sequence[str]) -> tuple[Block, ...]:
    return read_layout([page_of_text(number, text) for number, text in enumerate(texts, start=1)]).blocks


def test_broken_words_are_joined_as_the_paper_writes_them() -> None:
    page = "1 Introduction\nWe use atten-\ntion and a pre-\ntrained model; pre-trained models and attention are common."
    (block,) = blocks_of_pages([page])
    assert block.text == "We use attention and a pre-trained model; pre-trained models and attention are common."
    assert block.section == "1 Introduction"


def test_stamps_page_numbers_and_running_heads_are_gone() -> None:
    bodies = ["Ants dig.", "Bees hum.", "Cats purr.", "Dogs bark.", "Eels swim."]
    pages = [f"Running head of the paper\n{body}\nIt is {body[:3]} that we study.\n{n}" for n, body in enumerate(bodies, start=1)]
    pages[0] = "arXiv:1706.03762v7  [cs.CL]  2 Aug 2023\n" + pages[0]
    blocks = blocks_of_pages(pages)
    *text, stamp = blocks
    assert [b.text for b in text] == [f"{body} It is {body[:3]} that we study." for body in bodies]
    assert [b.page for b in text] == [1, 2, 3, 4, 5]
    assert (stamp.text, stamp.kind) == ("arXiv:1706.03762v7 [cs.CL] 2 Aug 2023", Kind.IMPRINT)


def test_headings_must_follow_each_other() -> None:
    page = (
        "1 Introduction\nIt ran on\n8 NVIDIA P100 GPUs for days.\n1.1 Setting\nText.\n2 Method\nMore.\nReferences\n[1] A. Author. A paper."
    )
    sections = [(b.section, b.text) for b in blocks_of_pages([page])]
    assert sections == [
        ("1 Introduction", "It ran on 8 NVIDIA P100 GPUs for days."),
        ("1 Introduction > 1.1 Setting", "Text."),
        ("2 Method", "More."),
        ("References", "[1] A. Author. A paper."),
    ]


def test_references_and_appendices_are_marked() -> None:
    blocks = blocks_of_pages(["References\n[1] A. Author. A paper.\nA Proofs\nThe proof."])
    assert [(b.kind, b.section) for b in blocks] == [(Kind.REFERENCE, "References"), (Kind.PROSE, "Appendix A Proofs")]


def test_rows_of_a_table_stay_rows() -> None:
    prose = "Some prose that is as long as a line of a page usually is, to set the width."
    page = f"{prose}\nModel BLEU Cost\nbase 27.3 38.1 3.3\nbig 28.4 41.8 2.3"
    rows = [b.text for b in blocks_of_pages([page]) if b.kind is Kind.TABLE]
    assert rows == ["base 27.3 38.1 3.3", "big 28.4 41.8 2.3"]


def test_characters_that_no_reader_should_meet_are_mended() -> None:
    (block,) = blocks_of_pages(["The ef\ufb01cient\x00 model \ud835works."])
    assert block.text == "The efficient model works."
    block.text.encode("utf-8")
