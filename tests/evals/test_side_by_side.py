"""Both pipelines on one small text, with the real models."""

import json
from pathlib import Path

import pytest

from common.workers import Worker
from evals.metrics import Figure, Summary
from evals.peer_langchain import QuickStart
from evals.questions import Question
from evals.side_by_side import comparison, side_by_side
from rag.compose import Parts, open_chat


def test_both_answer_and_both_have_rows_that_can_be_scored(parts: Parts, tmp_path: Path) -> None:
    handout = Path("corpus/handouts/lora.md")
    peer = QuickStart(parts.settings, tmp_path / "store")
    indexed = peer.ingest([handout])
    assert (indexed.pages, indexed.chunks > 3) == (1, True)
    worker = Worker("peer-llm")
    chat = open_chat(parts.settings.llm.model_copy(update={"max_tokens": 4}), worker)
    questions = [Question(id="a", question="What does LoRA freeze?", reading="lora")]
    ((ours, theirs),) = side_by_side(parts, peer, chat, questions, tmp_path)
    worker.close()
    assert (ours["id"], theirs["id"]) == ("a", "a")
    assert {passage["reading"] for passage in theirs["search"]["passages"]} == {"lora"}
    assert len(theirs["ask"]["citations"]) == 4
    assert 0 < theirs["ask"]["timings"]["first_token_s"] <= theirs["ask"]["timings"]["total_s"]
    assert set(theirs["ask"]) >= {"status", "text", "sentences", "citations", "standalone_question", "timings", "model"}
    for name, row in (("lector", ours), ("peer", theirs)):
        assert json.loads((tmp_path / f"{name}.jsonl").read_text("utf-8")) == row


@pytest.mark.parametrize(
    ("text", "status"), [("I don't know.", "refused"), ("I do not know the answer", "refused"), ("Eight.", "answered")]
)
def test_a_quick_start_that_does_not_know_has_refused(parts: Parts, tmp_path: Path, text: str, status: str) -> None:
    from langchain_core.language_models.fake_chat_models import FakeListChatModel

    class Fixed(FakeListChatModel):
        name_shown: str = "fixed"

    peer = QuickStart(parts.settings, tmp_path / "store")
    peer.ingest([Path("corpus/handouts/lora.md")])
    assert peer.ask("Why?", Fixed(responses=[text]))["status"] == status  # type: ignore[arg-type]


def test_seconds_are_compared_as_a_ratio_and_shares_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    from rich.console import Console

    def figures(right: float, seconds: float) -> dict[str, Figure]:
        return {"right": Figure(Summary.SHARE, {"a": right}), "total_s_median": Figure(Summary.MEDIAN, {"a": seconds})}

    Console(width=120).print(comparison(figures(1.0, 2.0) | {"only_ours": Figure(Summary.SHARE, {"a": 1.0})}, figures(0.0, 8.0)))
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[1][0] == "right"
    assert ["total_s_median", "8.00", "2.00", "0.25", "1"] in lines
    assert len(lines) == 3
