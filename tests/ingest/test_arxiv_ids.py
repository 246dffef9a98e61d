import pytest

from ingest.arxiv_ids import ArxivId, parse_arxiv_id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1706.03762", ArxivId("1706.03762")),
        ("arXiv:1706.03762v7", ArxivId("1706.03762", "v7")),
        ("https://arxiv.org/abs/1706.03762v5", ArxivId("1706.03762", "v5")),
        ("http://arxiv.org/pdf/2303.18223", ArxivId("2303.18223")),
        ("https://arxiv.org/pdf/2303.18223v1.pdf", ArxivId("2303.18223", "v1")),
        ("1706.03762.pdf", ArxivId("1706.03762")),
        ("cs/0112017", ArxivId("cs/0112017")),
        ("arXiv:math.GT/0309136v1", ArxivId("math.GT/0309136", "v1")),
        ("read arXiv 2307.03109, please", ArxivId("2307.03109")),
        ("1706.037621234", None),
        ("about 12.5 papers", None),
        ("", None),
    ],
)
def test_ids_as_people_paste_them(text: str, expected: ArxivId | None) -> None:
    assert parse_arxiv_id(text) == expected
