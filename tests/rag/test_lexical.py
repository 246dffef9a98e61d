"""BM25 as bm25s has it, also when it is put together from parts that were counted at other times."""

import bm25s
import numpy as np

from rag.lexical import LexicalIndex, Vocabulary, stems

TEXTS = [
    "A hive of bees makes 27 kilograms of honey a year.",
    "An owl hears a mouse under 40 centimetres of snow.",
    "Bees dance for other bees; a dance tells where honey lies.",
    "",
    "Snow owls and other owls hear well.",
]
QUERIES = ("How much honey do bees make?", "what does an owl hear in the snow", "a word that stands nowhere", "")


def test_scores_are_those_of_bm25s() -> None:
    reference = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    reference.index([stems(text) or [""] for text in TEXTS], show_progress=False)
    index = LexicalIndex.of(TEXTS)
    for query in QUERIES[:2]:
        known = [stem for stem in dict.fromkeys(stems(query)) if index.knows(stem)]
        np.testing.assert_allclose(index.scores(query), reference.get_scores(known), rtol=0.05, atol=0.02)  # its empty text has a word


def test_parts_make_the_same_index_as_the_whole() -> None:
    vocabulary = Vocabulary()
    later = vocabulary.count(TEXTS[2:])
    first = vocabulary.count(TEXTS[:2])
    parts, whole = LexicalIndex(vocabulary, [first, later]), LexicalIndex.of(TEXTS)
    for query in QUERIES:
        np.testing.assert_allclose(parts.scores(query), whole.scores(query), rtol=1e-6)
    assert parts.idf("honey") == whole.idf("honey")


def test_a_word_that_came_after_the_index_was_made_is_unknown_to_it() -> None:
    vocabulary = Vocabulary()
    index = LexicalIndex(vocabulary, [vocabulary.count(TEXTS[:1])])
    vocabulary.count(["zebra"])
    assert not index.knows(stems("zebra")[0])
    assert index.scores("zebra").tolist() == [0.0]


def test_an_index_of_nothing_scores_nothing() -> None:
    assert LexicalIndex.of([]).scores("bees").shape == (0,)
