"""Drafts on the repository's own handouts, with the real embedding model."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from common.errors import UsageError
from ingest.documents import Block, Document, Kind, Sentence
from ingest.readers.markdown import parse_markdown
from rag.checking import Verdict
from rag.compose import Parts, read_draft
from rag.drafts import DraftCheck, check_draft, draft_sentences, main_sections
from tests.conftest import offline_settings

LORA, ATTENTION = "2106.09685", "1706.03762"
Check = Callable[..., DraftCheck]


@pytest.fixture
def check(parts: Parts) -> Check:
    def run(*texts: str, reading: str | None = LORA) -> DraftCheck:
        return asyncio.run(check_draft(parts.assistant.library, texts, reading))

    return run


@pytest.mark.parametrize(
    ("text", "verdict", "why"),
    [
        ("LoRA keeps the pretrained weights frozen and trains a small low-rank update.", Verdict.SUPPORTED, ""),
        ("A GPT-3 checkpoint shrinks from 350 GB to 35 MB, which is ten thousand times less.", Verdict.SUPPORTED, ""),
        ("In 2021, Hu et al. tested LoRA on RoBERTa, DeBERTa and GPT-2.", Verdict.SUPPORTED, ""),
        ("LoRA training on GPT-3 175B ran about 45% faster than full fine-tuning.", Verdict.NUMBER_CONTRADICTED, "45% stands nowhere"),
        ("LoRA was also tested on RoBERTa, DeBERTa and LLaMA.", Verdict.NAME_NOT_FOUND, "LLaMA stands nowhere in the reading"),
        ("The LoRA paper adapts attention weights of 96 layers.", Verdict.NUMBER_NOT_FOUND, "96 stands nowhere in the reading"),
        ("LoRA adds inference latency, because B A cannot be merged into W0.", Verdict.CONTRADICTED, "says the opposite"),
        ("Penguins in Antarctica vote on the best university restaurants.", Verdict.NOT_SUPPORTED, "nothing in the reading is near"),
        ("Is that not a wonderful idea?", Verdict.NOT_CHECKABLE, ""),
    ],
)
def test_each_sentence_has_a_verdict_and_a_reason(check: Check, text: str, verdict: Verdict, why: str) -> None:
    (judged,) = check(text).judged
    assert judged.verdict is verdict
    assert why in judged.why
    assert verdict.is_fault is bool(judged.why)


def test_a_name_may_stand_in_the_sentence_before(check: Check) -> None:
    beside, far = "RoBERTa base with LoRA averages 87.2 on GLUE.", "GPT-2 medium with LoRA averages 87.2 on GLUE."
    assert [judged.verdict for judged in check(beside, far).judged] == [Verdict.SUPPORTED, Verdict.NAME_NOT_FOUND]


def test_a_draft_on_something_else_is_checked_against_no_reading(check: Check) -> None:
    with pytest.raises(UsageError, match="no reading is near to any sentence of the draft"):
        check("Sourdough bread needs a lively starter of rye.", "Fold the dough every thirty minutes.", reading=None)


def test_a_number_of_another_sentence_does_not_bear_a_claim_out(check: Check) -> None:
    (judged,) = check("RoBERTa base with LoRA averages 91.7 on GLUE.").faults
    assert judged.verdict is Verdict.NUMBER_CONTRADICTED
    assert "91.7 stands in other sentences (Results on GPT-3 175B)" in judged.why
    assert "the nearest sentence has" in judged.why
    assert "87.2" in judged.why


def test_what_is_cited_stands_in_the_reading_and_what_is_said_of_the_draft_in_the_draft(check: Check, parts: Parts) -> None:
    texts = ["LoRA scales the update by alpha / r.", "LoRA training takes 77 GPUs.", "I like it."]
    content = check(*texts).as_json(1.5)
    assert [claim["text"] for claim in content["claims"]] == texts
    assert (content["checked"], content["flagged"], content["seconds"]) == (2, 1, 1.5)
    handout = " ".join(Path("corpus/handouts/lora.md").read_text("utf-8").split())
    for claim in content["claims"][:2]:
        assert claim["citation"]["quote"] in handout
        assert claim["citation"]["section"]
    assert content["claims"][2]["citation"] is None


def test_the_reading_is_the_one_that_most_sentences_are_near_to(check: Check) -> None:
    found = check("The base Transformer has 8 attention heads.", "Dropout of 0.1 is used.", "The encoder has 6 layers.", reading=None)
    assert (found.reading.about, found.named) == (ATTENTION, False)
    assert found.checked == 3


def test_a_reading_is_named_by_its_id_or_its_link(check: Check) -> None:
    for name in (LORA, f"https://arxiv.org/abs/{LORA}v2"):
        found = check("LoRA freezes weights.", reading=name)
        assert (found.reading.about, found.named) == (LORA, True)
    for unknown in ("9999.99999", "syllabus"):
        with pytest.raises(UsageError, match="no reading"):
            check("LoRA freezes weights.", reading=unknown)
    with pytest.raises(UsageError, match="name its reading"):
        check("Why?", reading=None)


def test_sections_that_no_sentence_is_near_to_are_missing(check: Check) -> None:
    found = check("LoRA adds no inference latency, because B A is merged into W0.", "LoRA freezes weights and trains a low-rank update.")
    assert "Which weights and what rank" in found.missing_sections
    assert {"Why it is cheap to serve", "The method"}.isdisjoint(found.missing_sections)


def test_main_sections_are_numbered_and_neither_openings_nor_endings() -> None:
    names = [
        "",
        "Abstract",
        "1 Introduction",
        "2 Hives > 2.1 Wax",
        "2 Hives",
        "3 Related Work",
        "IV. Dances",
        "5 Conclusion and outlook",
        "References",
    ]
    text = [Sentence("r", n, "Bees live in a hive.", 1, name, Kind.PROSE, True) for n, name in enumerate(names * 3)]
    assert main_sections(text) == ["2 Hives", "IV. Dances"]
    plain = [
        Sentence("r", n, "Bees live in a hive.", 1, name, Kind.PROSE, True) for n, name in enumerate(["Hives", "Acknowledgements"] * 3)
    ]
    assert main_sections(plain) == ["Hives"]


def test_titles_and_names_before_the_first_sentence_are_no_claims() -> None:
    blocks = parse_markdown("# LoRA\n\nJane Doe, student 20712345\n\nLoRA is small. It is cheap!\n\n- Rank 4 is enough\n")
    assert draft_sentences(Document(tuple(blocks), 0), 100) == ["LoRA is small.", "It is cheap!", "Rank 4 is enough"]
    bullets = parse_markdown("- LoRA is small\n- Rank 4 is enough\n")
    assert draft_sentences(Document(tuple(bullets), 0), 100) == ["LoRA is small", "Rank 4 is enough"]


def test_empty_and_long_drafts_are_refused() -> None:
    with pytest.raises(UsageError, match="no sentence"):
        draft_sentences(Document((Block("[1] Frisch", None, "", Kind.REFERENCE),), 0), 100)
    with pytest.raises(UsageError, match=r"120 words.*100.*drafts\.max_words"):
        draft_sentences(Document((Block("bee " * 120, None, ""),), 0), 100)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.md", b"", "the file is empty"),
        ("none.md", None, "no such file"),
        ("a.docx", b"PK", "not read"),
        ("bad.pdf", b"no pdf", "bad.pdf"),
    ],
)
def test_files_that_cannot_be_read_are_wrong_use(tmp_path: Path, name: str, content: bytes | None, says: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=says):
        read_draft(offline_settings(tmp_path / "data"), tmp_path / name)


def test_a_picture_of_a_draft_is_refused_where_there_is_no_ocr(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "scan.pdf"))
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.save()
    with pytest.raises(UsageError, match="no text in it"):
        read_draft(offline_settings(tmp_path / "data", reading={"ocr": "off"}), tmp_path / "scan.pdf")
