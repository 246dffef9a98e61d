import pytest

from ingest.sentences import sentence_spans, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("See Fig. 3 for it. Next.", ["See Fig. 3 for it.", "Next."]),
        ("Vaswani et al. (2017) said so. Yes!", ["Vaswani et al. (2017) said so.", "Yes!"]),
        ("It is 27.3 BLEU. We use e.g. Adam.", ["It is 27.3 BLEU.", "We use e.g. Adam."]),
        ("Aidan N. Gomez wrote it. Good.", ["Aidan N. Gomez wrote it.", "Good."]),
        ("A row 1 2\nanother 3 4", ["A row 1 2", "another 3 4"]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_spans_are_verbatim() -> None:
    text = "First one.  Second (see Sec. 2).\n Third 1 2 "
    assert [text[a:b] for a, b in sentence_spans(text)] == sentences(text)
