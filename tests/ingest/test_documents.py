import pytest

from ingest.documents import Kind, Sentence


def _sentence(text: str, context: str, kind: Kind = Kind.TABLE) -> Sentence:
    return Sentence("r", 0, text, 1, "", kind, True, context=context)


@pytest.mark.parametrize(
    ("text", "context", "columns"),
    [
        ("big 28.4 2.3", "Table 1: Results of all. | big | BLEU: 28.4 | Cost: 2.3", "big | BLEU: 28.4 | Cost: 2.3"),
        ("big 28.4 2.3", "big | BLEU: 28.4 | Cost: 2.3", "big | BLEU: 28.4 | Cost: 2.3"),
        ("rename 56.2%", "Table II. Rates | Claude | rename | Rate: 56.2%", "Claude | rename | Rate: 56.2%"),
        ("big 28.4 2.3", "Model | BLEU | Cost", "Model | BLEU | Cost"),
        ("Table salt 4", "Tables | Table salt | Price: 4", "Tables | Table salt | Price: 4"),
        ("Model BLEU Cost", "Table 1: Results of all.", None),  # the head itself
        ("big 28.4 2.3", "Table 1: Results of all. | big | 28.4 | 2.3", None),  # nothing that the row does not say
        ("big 28.4 2.3", "", None),
        ("big 213M 28.4", "big | 65M: 213M | 27.3: 28.4", None),  # a row taken for the head
        ("valid 17887 26 77", "Split: valid | Count: 17887 | 25%: 26 | 50%: 77", "Split: valid | Count: 17887 | 25%: 26 | 50%: 77"),
    ],
)
def test_the_columns_of_a_row_without_its_table_s_caption(text: str, context: str, columns: str | None) -> None:
    assert _sentence(text, context).columns == columns


def test_only_rows_have_columns() -> None:
    assert _sentence("Bees fly.", "Table 1: Bees. | What: fly", Kind.PROSE).columns is None
