"""What is cited stands on the page: the quote as one string, the names of a row's columns word by word."""

from common.settings import Chunking
from ingest.catalog import Reading
from ingest.chunking import chunk
from rag.answers import cite
from tests.ingest.readers.layout.setting import read
from tests.ingest.readers.layout.test_tables import ruled


def test_a_table_s_row_is_quoted_verbatim_and_its_columns_stand_on_the_same_page() -> None:
    document = read(ruled())
    sentences, _ = chunk("r", document.blocks, Chunking())
    (row,) = (s for s in sentences if s.text.startswith("big model"))
    citation = cite(1, Reading(reading="r", title="Bees"), row, row.text)
    page = document.page_texts[0]
    assert citation.quote == "big model 28.4 2.3"
    assert citation.quote in page
    assert citation.columns == "big model | BLEU: 28.4 | Cost: 2.3"
    assert {word.rstrip(":") for word in citation.columns.replace("|", " ").split()} <= set(page.split())
    assert citation.as_json()["columns"] == citation.columns
    (text,) = (s for s in sentences if s.text.startswith("Table 1"))
    assert cite(1, Reading(reading="r", title="Bees"), text, text.text).columns is None
