from pathlib import Path

import pytest

from common.errors import SourceError
from ingest.documents import Kind
from ingest.readers import read
from ingest.readers.text import parse_plain_text


def texts(text: str) -> list[tuple[str, str]]:
    return [(b.section, b.text) for b in parse_plain_text(text)]


def test_wrapped_lines_are_joined_and_blank_lines_part_paragraphs() -> None:
    assert texts("Bees make state-\nof-the-art\nhoney.\n\n\nOwls # are *not* bees.\n") == [
        ("", "Bees make state-of-the-art honey."),
        ("", "Owls # are *not* bees."),
    ]


def test_headings_underlined_numbered_named_and_in_capitals() -> None:
    text = """The Zoo
=======

Honey
-----
Sweet.

1. Introduction

One.

1.1 Setting

Two.

CHAPTER II

Three.

REFERENCES

[1] A. Author.
"""
    assert texts(text) == [
        ("The Zoo > Honey", "Sweet."),
        ("The Zoo > Honey > 1. Introduction", "One."),
        ("The Zoo > Honey > 1. Introduction > 1.1 Setting", "Two."),
        ("The Zoo > Honey > CHAPTER II", "Three."),
        ("The Zoo > Honey > REFERENCES", "[1] A. Author."),
    ]
    assert parse_plain_text(text)[-1].kind is Kind.REFERENCE


def test_lists_are_not_headings_and_not_one_sentence() -> None:
    assert texts("To do:\n- buy milk\n  and eggs\n- sleep\n\n1. Wake Up\n\n2. Eat\n\n1) first\n2) second") == [
        ("", "To do:"),
        ("", "buy milk and eggs"),
        ("", "sleep"),
        ("", "1. Wake Up"),
        ("", "2. Eat"),
        ("", "1) first"),
        ("", "2) second"),
    ]


def test_a_number_at_the_start_of_a_wrapped_line_begins_no_item() -> None:
    assert texts("It was found in the year\n12. June was warm\nthat year.") == [
        ("", "It was found in the year 12. June was warm that year.")
    ]


def test_columns_are_rows() -> None:
    blocks = parse_plain_text("model    BLEU\nbase     27.3\nbig      28.4\n\nTwo.  Spaces after a\nfull stop.  Are prose.")
    assert [(b.text, b.kind) for b in blocks] == [
        ("model | BLEU", Kind.TABLE),
        ("base | 27.3", Kind.TABLE),
        ("big | 28.4", Kind.TABLE),
        ("Two. Spaces after a full stop. Are prose.", Kind.PROSE),
    ]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_a_mark(tmp_path: Path, suffix: str, encoding: str) -> None:
    file = tmp_path / f"a{suffix}"
    file.write_bytes("Café für 20 €.".encode(encoding))
    assert [b.text for b in read(file).blocks] == ["Café für 20 €."]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"caf\xe9", "not UTF-8 text: save it as UTF-8"),
        ("café".encode("utf-16-le"), "not UTF-8 text|binary data"),
        (b"", "the file is empty"),
        (b" \n\n", "there is no text in it"),
        (b"a\x00b\x00c\x00" * 99, "binary data"),
        (b"PK\x03\x04", "a ZIP archive or an Office document"),
        (b"\x1f\x8b\x08", "a gzip archive"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_what_is_no_text_is_refused_without_talk_of_ocr(tmp_path: Path, suffix: str, content: bytes, says: str) -> None:
    file = tmp_path / f"a{suffix}"
    file.write_bytes(content)
    with pytest.raises(SourceError, match=says) as raised:
        read(file)
    assert "OCR" not in raised.value.user_message


def test_a_block_that_no_person_wrote_is_cut(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("word " * 20_000 + "x" * 50_000)
    blocks = read(file).blocks
    assert max(len(b.text) for b in blocks) <= 20_000
    assert sum(b.text.count("word") for b in blocks) == 20_000
    assert sum(b.text.count("x") for b in blocks) == 50_000
