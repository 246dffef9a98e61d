import numpy as np
import pytest

from ingest.documents import Kind
from rag.answer_types import expected
from rag.compose import Parts
from rag.library import View
from rag.retrieval import _runs


async def test_passages_come_best_first_with_their_place(parts: Parts) -> None:
    hits = await parts.assistant.library.search("warmup steps of the learning rate", k=5)
    assert len(hits) == 5
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert "4000 warmup steps" in hits[0].passage.text
    assert hits[0].as_json()["page"] == "1"


async def test_no_passage_is_shown_twice(parts: Parts) -> None:
    hits = await parts.assistant.library.search("position bias of a judge", k=10)
    places = [(h.passage.reading, n) for h in hits for n in range(h.passage.first, h.passage.end)]
    assert len(set(places)) >= 0.9 * len(places)


async def test_words_and_meaning_both_find(parts: Parts) -> None:
    by_word = await parts.assistant.library.search("NormalFloat", k=3)
    assert "NormalFloat" in by_word[0].passage.text
    by_meaning = await parts.assistant.library.search("favouring lengthy replies over concise ones", k=3)
    assert "Biases" in by_meaning[0].passage.section  # no word of the question stands there


async def test_references_are_left_out_unless_asked_for(parts: Parts) -> None:
    hits = await parts.assistant.library.search("attention", k=50)
    assert all(h.passage.kind is not Kind.REFERENCE for h in hits)


async def test_a_question_of_unknown_words_finds_something_or_nothing_but_does_not_fail(parts: Parts) -> None:
    assert await parts.assistant.library.search("qwxzj 東京", k=3) is not None


@pytest.mark.parametrize(("prefix", "passes"), [("", 0), ("Find this: ", 1)])
async def test_a_question_goes_through_the_model_once_unless_the_search_has_a_prefix(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, prefix: str, passes: int
) -> None:
    embedder = await parts.assistant.library.run(lambda view: view.retriever._embedder)
    monkeypatch.setattr(embedder, "_settings", embedder._settings.model_copy(update={"query_prefix": prefix}))
    embedded: list[str] = []
    embed = embedder.embed
    monkeypatch.setattr(embedder, "embed", lambda texts: embedded.extend(texts) or embed(texts))
    await parts.assistant.library.search("What is verbosity bias?")
    vector = await parts.assistant.library.run(lambda view: view.retriever.vector_of("What is verbosity bias?"))
    assert len(embedded) == passes
    assert np.allclose(vector, embed(["What is verbosity bias?"])[0], atol=0.02)
    await parts.assistant.library.run(lambda view: view.retriever.vector_of("What is position bias?"))
    assert embedded[passes:] == ["What is position bias?"]


async def test_preferred_readings_rise_unless_the_question_names_another(parts: Parts) -> None:
    library, lora = parts.assistant.library, {"2106.09685"}

    async def rank(prefer: set[str]) -> int:
        hits = await library.search("What data was used for training?", k=50, prefer=prefer)
        return next((n for n, hit in enumerate(hits) if hit.reading.about in lora), 50)

    assert await rank(lora) < await rank(set())
    assert await rank({"no-such-reading"}) == await rank(set())
    named = "What does the QLoRA paper use NormalFloat for?"
    with_, without = await library.search(named, prefer=lora), await library.search(named)
    assert [hit.passage for hit in with_] == [hit.passage for hit in without]


async def test_passages_that_give_what_is_asked_for_rise(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    question = "how large is the batch size?"

    async def numbers_in_the_best(weight: float) -> int:
        def set_weight(view: View) -> None:
            settings = view.retriever._settings.model_copy(update={"answer_type_weight": weight})
            monkeypatch.setattr(view.retriever, "_settings", settings)

        await parts.assistant.library.run(set_weight)
        hits = await parts.assistant.library.search(question, k=5)
        return sum(any(expected(question).given_by(s.text) for s in hit.sentences) for hit in hits)

    assert await numbers_in_the_best(0.0) < await numbers_in_the_best(3.0) == 5


def test_spans_that_overlap_or_touch_are_read_at_once() -> None:
    first, end = np.array([0, 2, 5, 9, 9]), np.array([4, 5, 7, 10, 12])
    assert _runs(first, end) == [(0, 7), (9, 12)]
    assert _runs(first[:1], end[:1]) == [(0, 4)]


async def test_what_is_read_at_once_is_as_near_as_what_is_read_one_by_one(parts: Parts) -> None:
    def compare(view: View) -> None:
        retriever = view.retriever
        vector = retriever.embed(["How many attention heads has it?"])[0]
        places = list(range(0, len(retriever.snapshot), 3))[::-1]
        dense, best = retriever._cosines(places, vector)
        for n, place in enumerate(places):
            reading = retriever.snapshot.reading_of(place).reading
            position = place - retriever.snapshot.places(reading).start
            first, end, _ = (int(bound) for bound in retriever.snapshot.bounds[place])
            with retriever.snapshot.vectors(reading).opened() as stored:
                assert dense[n] == pytest.approx(float((stored.of_passages(position, position + 1) @ vector)[0]), abs=1e-5)
                assert best[n] == pytest.approx(float((stored.of_sentences(first, end) @ vector).max()), abs=1e-5)

    await parts.assistant.library.run(compare)
