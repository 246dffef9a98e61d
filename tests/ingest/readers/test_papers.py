"""What must hold of every paper; needs the shared papers, and takes some 20 s of them."""

import re
import unicodedata
from pathlib import Path

import pytest

from common.settings import Chunking
from ingest.chunking import chunk
from ingest.documents import Document, Kind
from ingest.readers import read
from tests.conftest import SHARED
from tests.ingest.readers.layout.test_assembly import at_its_place

PAPERS = sorted(SHARED.glob("papers/*.pdf"))


@pytest.fixture(scope="module", params=[path.stem for path in PAPERS] or [None])
def paper(request: pytest.FixtureRequest) -> Document:
    if request.param is None:
        pytest.skip("needs the shared papers (LECTOR_SHARED)")
    return read(SHARED / "papers" / f"{request.param}.pdf")


def test_every_sentence_is_found_at_its_offsets(paper: Document) -> None:
    sentences, passages = chunk("r", paper.blocks, Chunking(words=150, overlap_words=75))
    assert len(paper.page_texts) == paper.pages
    for sentence in sentences:
        assert at_its_place(paper, sentence) == sentence.text
    for passage in passages:
        first, last = sentences[passage.first], sentences[passage.end - 1]
        assert (passage.start_char, passage.end_char) == (first.start, last.end)


def test_it_reads_as_a_person_would(paper: Document) -> None:
    text = "\n".join(paper.page_texts)
    imprint = [block.text for block in paper.blocks if block.kind is Kind.IMPRINT]
    assert sum(line.startswith("arXiv:") for line in imprint) <= 1
    for line in imprint:
        text = text.replace(line, "", 1)
    assert not {c for c in text if unicodedata.category(c) in ("Cc", "Cs", "Co")} - {"\n"}
    assert not re.search("[\ufb00-\ufb06]|arXiv:\\d{4}\\.\\d{4,5}v\\d+ +\\[", text)
    assert len(re.findall(r"[a-z]{3,}- [a-z]{2,}", text)) <= 5  # "pre- and post-" is right
    assert {"Abstract", "References"} <= {block.section.split(" > ")[0] for block in paper.blocks}


def test_numbered_headings_leave_no_gap(paper: Document) -> None:
    sections = {section for block in paper.blocks for section in block.section.split(" > ")}
    numbers = {int(match[1]) for section in sections if (match := re.match(r"(?:Appendix )?(\d{1,2}) ", section))}
    assert numbers == set(range(1, max(numbers) + 1))


def test_tables_have_captions_and_references_are_entries(paper: Document) -> None:
    captions = [block for block in paper.blocks if block.kind is Kind.CAPTION]
    labels = [match[0] for block in captions if (match := re.match(r"(?i)table \d+|fig(?:ure|\.) \d+", block.text))]
    assert len(labels) >= 4
    assert len(set(labels)) >= 0.95 * len(labels)
    entries = [block.text for block in paper.blocks if block.kind is Kind.REFERENCE]
    assert len(entries) >= 10


@pytest.mark.parametrize("name", ["2306.05685", "alt/2306.05685v3__Nandhagopalan"])
def test_a_reader_s_notes_are_not_the_paper(shared: Path, name: str) -> None:
    from pypdf import PdfReader

    path = shared / "papers" / f"{name}.pdf"
    notes = [str(annotation.get_object().get("/Contents", "")) for page in PdfReader(path).pages for annotation in page.annotations or []]
    squashed = ["".join(c for c in note.lower() if c.isalnum()) for note in notes if len(note.split()) >= 5]
    if name == "2306.05685":
        assert len(squashed) >= 5
    text = "".join(c for c in "".join(read(path).page_texts).lower() if c.isalnum())
    assert not [note for note in squashed if note in text]
