"""Late interaction: each word of the question looks for its nearest in a sentence."""

import numpy as np

from ingest.encoded import signs
from rag.compose import Parts
from rag.late_interaction import QuestionWords
from rag.retrieval import Retriever


def rows(*vectors: list[float]) -> np.ndarray:
    made = np.array(vectors, dtype=np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_likeness_is_the_weighted_mean_of_the_best() -> None:
    words = rows([1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, -1, -1, -1, -1])
    asked = QuestionWords.of(words, ["owls", "mice"], {"owl": 3.0, "mice": 1.0}.__getitem__)
    assert asked is not None
    assert asked.weights.tolist() == [0.75, 0.25]
    tokens = signs(np.stack([words[0], -words[0], words[1]]))
    found = asked.likeness(tokens, np.array([2, 2, 3], np.int32))
    assert np.allclose(found, [0.75 * 1 + 0.25 * 0, 0, 0.75 * 0 + 0.25 * 1])


def test_a_question_of_stopwords_has_no_words() -> None:
    assert QuestionWords.of(rows([1, 0]), ["what"], lambda _stem: 1.0) is None


async def test_it_finds_what_is_said_in_other_words(parts: Parts) -> None:
    """Of two passages with none of the question's words, the one that means it is nearer."""

    def likeness(retriever: Retriever) -> tuple[float, float]:
        _, words, spelt = retriever._embedder.words("Which animals are asleep by day?")
        asked = QuestionWords.of(words, spelt, lambda _stem: 1.0)
        assert asked is not None
        encoded = retriever._embedder.encode(["Owls and bats hunt at night and rest until dusk.", "The invoice was paid in euros."])
        first, second = asked.likeness(encoded.bits, encoded.ends)
        return float(first), float(second)

    near, far = await parts.assistant.library.run(lambda view: likeness(view.retriever))
    assert near > far + 0.1
