from pathlib import Path

import pytest

from common.errors import ConfigError
from ingest.manifest import load_items
from ingest.names import slug
from tests.conftest import ROOT


def test_the_repository_s_own_manifest_is_whole() -> None:
    items = load_items(ROOT / "corpus")
    papers = [i for i in items if i.kind == "paper"]
    assert len(papers) == 10
    assert all(i.stand_in and i.stand_in.file and i.stand_in.file.is_file() for i in papers)
    assert {i.id for i in papers if i.required} == {"1706.03762", "2203.02155", "2303.18223", "2307.03109"}


def test_papers_in_the_folder_are_taken_without_a_manifest(corpus: Path) -> None:
    (corpus / "papers" / "2305.11206v1.pdf").write_bytes(b"x")
    (corpus / "papers" / "cs_0112017.pdf").write_bytes(b"x")
    assert [i.id for i in load_items(corpus)] == ["syllabus", "2305.11206", "bees", "cs/0112017", "owls"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("readings: [{id: '1', title: A}, {id: '1', title: B}]", r"1 \(B\) stands in it twice"),
        ("readings: [{title: A}]", r"readings\.0\.id"),
        ("readings: [{id: '1', title: A, weak: 2}]", r"readings\.0\.weak"),
        ("handouts: [{title: A, file: nowhere.md}]", "A: no file nowhere.md"),
        ("readings: [", "cannot be read"),
    ],
)
def test_a_wrong_manifest_names_the_entry(corpus: Path, text: str, says: str) -> None:
    (corpus / "readings.yaml").write_text(text)
    with pytest.raises(ConfigError, match=says):
        load_items(corpus)


def test_no_corpus_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no corpus folder"):
        load_items(tmp_path / "nowhere")
    with pytest.raises(ConfigError, match=r"no readings\.yaml in"):
        load_items(tmp_path)


def test_slug() -> None:
    assert slug("LoRA: Low-Rank Adaptation!") == "lora-low-rank-adaptation"
    assert slug("Naïve Bayes") == "naive-bayes"
    assert slug("第一讲") != slug("第二讲")
    assert slug("第一讲").startswith("reading-")


def test_other_files_of_a_paper_are_named_as_such(corpus: Path) -> None:
    papers = corpus / "papers"
    for name in ("1706.03762.pdf", "1706.03762v5__copy.pdf", "2005.11401v4.pdf", "2005.11401v4 (1).pdf"):
        (papers / name).write_bytes(b"%PDF-1.5")
    items = {item.id: item for item in load_items(corpus)}
    assert items["2005.11401"].version == "v4"
    assert {(item.title, item.same_as) for item in items.values() if item.same_as} == {
        ("1706.03762v5__copy.pdf", "1706.03762"),
        ("2005.11401v4 (1).pdf", "2005.11401"),
    }


def test_a_title_may_come_from_arxiv(corpus: Path) -> None:
    (corpus / "readings.yaml").write_text("readings: [{id: '1706.03762'}, {id: '2005.11401', title: RAG}]")
    titles = {item.id: item.title for item in load_items(corpus, {"1706.03762": "Attention Is All You Need", "2005.11401": "Another"})}
    assert (titles["1706.03762"], titles["2005.11401"]) == ("Attention Is All You Need", "RAG")
    assert {item.id: item.title for item in load_items(corpus)}["1706.03762"] == "1706.03762"
