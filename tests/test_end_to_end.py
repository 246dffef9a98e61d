"""Real papers from a mirror: indexed, asked, and every quote found on the page that is cited."""

import unicodedata
from collections.abc import Iterator

import pytest
from pypdf import PdfReader

from common.settings import Settings
from rag.answers import Status
from rag.compose import Parts, open_assistant, run_sync
from tests.conftest import SHARED, Silence, offline_settings


def squashed(text: str) -> str:
    """Letters and digits; a ligature, which pypdf keeps and pdfium takes apart, is its letters."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isascii() and c.isalnum())


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    if not SHARED.is_dir():
        pytest.skip("needs the shared papers and question sets (LECTOR_SHARED)")
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "readings.yaml").write_text(
        "readings:\n"
        "  - {id: '1706.03762', title: Attention Is All You Need, version: 7, week: 1}\n"
        "  - {id: '2005.11401', title: Retrieval-Augmented Generation, week: 4}\n"
    )
    settings: Settings = offline_settings(
        tmp_path_factory.mktemp("papers") / "data", corpus={"dir": corpus}, sources={"mirrors": (SHARED / "papers",)}
    )
    report = run_sync(settings, Silence())
    assert (report.added, report.failed, report.pages) == (["1706.03762", "2005.11401"], [], 34)
    with open_assistant(settings) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "says", "page"),
    [
        ("how many parallel attention layers or heads do they employ?", "h = 8", "5"),
        ("What BLEU did the base Transformer reach on English to German?", "27.3", "8"),
        ("How many warmup steps were used?", "4000", "7"),
    ],
)
async def test_the_answer_stands_on_the_page(papers: Parts, question: str, says: str, page: str) -> None:
    answer = await papers.assistant.ask(question, reading="1706.03762")
    assert answer.status in (Status.ANSWERED, Status.QUOTED)
    assert says in answer.text
    assert any(c.page == page and c.url == f"https://arxiv.org/pdf/1706.03762v7#page={page}" for c in answer.citations)


async def test_every_quote_stands_on_its_page(papers: Parts) -> None:
    pages = {
        name: [squashed(p.extract_text()) for p in PdfReader(SHARED / "papers" / f"{name}.pdf").pages]
        for name in ("1706.03762", "2005.11401")
    }
    checked = 0
    for question in (
        "Why are the dot products scaled?",
        "What does the retriever of RAG consist of?",
        "Which optimizer and learning rate schedule?",
        "How many documents are in the index?",
        "What is the complexity of self-attention?",
        "exact match on Natural Questions",
    ):
        answer = await papers.assistant.ask(question)
        for citation in answer.citations:
            assert squashed(citation.quote) in pages[citation.reading][int(citation.page or 0) - 1]
            checked += 1
    assert checked >= 10


async def test_a_paper_s_references_do_not_answer(papers: Parts) -> None:
    hits = await papers.assistant.library.search("Jimmy Lei Ba layer normalization preprint", k=10)
    assert all("References" not in hit.passage.section for hit in hits)
    assert any(
        "References" in hit.passage.section
        for hit in await papers.assistant.library.search("Jimmy Lei Ba layer normalization preprint", references=True)
    )
