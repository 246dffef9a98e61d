"""The re-ranker, and both cross-encoders as settings: real library, tiny models."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from common.errors import ModelError
from common.settings import Settings
from ingest.embeddings import Vectors
from rag.answers import Status
from rag.compose import Parts, open_assistant
from rag.reranking import Reranker
from rag.retrieval import Hit, Retriever
from tests.rag.tiny_models import cross_encoder

QUESTION = "How many attention heads does the base Transformer use?"


def test_a_model_with_several_scores_is_an_error_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"retrieval\.reranker: .* gives 3 scores a pair, a re-ranker one"):
        Reranker(cross_encoder(tmp_path, ("entailment", "neutral", "contradiction")), "cpu")


def test_each_passage_has_a_score_that_depends_on_the_question(tmp_path: Path) -> None:
    reranker = Reranker(cross_encoder(tmp_path), "cpu")
    scores = reranker.scores("bees", ["honey", "owls", "honey"])
    assert scores.shape == (3,)
    assert scores[0] == pytest.approx(scores[2], abs=1e-5)
    assert abs(scores[0] - scores[1]) > 1e-3
    assert abs(scores[0] - reranker.scores("mice", ["honey"])[0]) > 1e-3


class Picky:
    """Stands in for `Reranker`: gives one point to passages that hold a word, and notes what it was asked."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.asked: list[tuple[str, int]] = []

    def scores(self, question: str, passages: Sequence[str]) -> Vectors:
        self.asked.append((question, len(passages)))
        return np.array([float(self.word in text) for text in passages], np.float32)


def _search(parts: Parts, reranker: Picky, **settings: float) -> list[Hit]:
    library = parts.assistant.library

    def search() -> list[Hit]:
        view = library._current().retriever
        changed = parts.settings.retrieval.model_copy(update=settings)
        return Retriever(view.snapshot, view._index, view._embedder, changed, before=view, reranker=reranker).search(QUESTION, k=10)

    return library._worker.call(search)


def test_what_the_re_ranker_likes_comes_first(parts: Parts) -> None:
    reranker = Picky("warmup")
    assert "warmup" not in asyncio.run(parts.assistant.library.search(QUESTION, k=1))[0].passage.text
    hits = _search(parts, reranker, reranker_candidates=60, reranker_weight=10.0)
    assert "warmup" in hits[0].passage.text
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert reranker.asked == [(QUESTION, 60)]


def test_only_the_best_are_read_and_stay_before_the_others(parts: Parts) -> None:
    plain = [hit.passage.text for hit in asyncio.run(parts.assistant.library.search(QUESTION, k=10))]
    reranker = Picky("no such word")
    found = [hit.passage.text for hit in _search(parts, reranker, reranker_candidates=3)]
    assert reranker.asked == [(QUESTION, 3)]
    assert found == plain


async def test_both_models_can_be_set(handout_settings: Settings, tmp_path: Path) -> None:
    nli = cross_encoder(tmp_path / "nli", ("contradiction", "entailment", "neutral"), (0.0, 0.0, 9.0))
    answering = handout_settings.answering.model_copy(update={"nli": nli})
    retrieval = handout_settings.retrieval.model_copy(update={"reranker": cross_encoder(tmp_path / "reranker")})
    with open_assistant(handout_settings.model_copy(update={"answering": answering, "retrieval": retrieval})) as opened:
        answer = await opened.assistant.ask(QUESTION)
        view = await opened.assistant.library.run(lambda view: view)
    assert view.relate is not None
    assert view.relate([("a", "b")]) == ["neither"]
    assert view.retriever._reranker is not None
    assert answer.status in (Status.QUOTED, Status.REFUSED)  # nothing of the model's follows from anything


async def test_a_model_that_is_not_there_is_said_at_every_question(handout_settings: Settings, tmp_path: Path) -> None:
    missing = handout_settings.retrieval.model_copy(update={"reranker": handout_settings.llm.model.model_copy(update={"file": "nothing"})})
    with open_assistant(handout_settings.model_copy(update={"retrieval": missing})) as opened:
        for _ in range(2):
            with pytest.raises(ModelError, match=r"retrieval\.reranker: no file at"):
                await opened.assistant.ask(QUESTION)
