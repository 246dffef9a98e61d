from datetime import UTC, datetime

import pytest

from ingest.catalog import Reading
from ingest.documents import Kind, Sentence, make_passage
from rag.answers import cite
from rag.evidence import Evidence, best_score, coverage, select, shortened
from rag.retrieval import Hit

READING = Reading(reading="r", title="R", indexed_at=datetime.now(UTC))


def rarity(stem: str) -> float:
    return 1.0


def hit(texts: list[str], cosines: list[float], score: float = 1.0) -> Hit:
    sentences = tuple(Sentence("r", n, text, 1, "1 Intro", Kind.PROSE, True) for n, text in enumerate(texts))
    return Hit(make_passage(sentences, 0), READING, sentences, tuple(cosines), tuple(cosines), score)


def evidence(*texts: str) -> list[Evidence]:
    return [Evidence(Sentence("r", n, text, 1, "", Kind.PROSE, True), READING, 1.0, 0.5) for n, text in enumerate(texts)]


def test_the_sentence_with_the_words_and_the_meaning_comes_first() -> None:
    hits = [hit(["Bees live in a hive.", "A queen bee lays eggs daily.", "Short one.", "8 16 32 64"], [0.3, 0.6, 0.9, 0.9])]
    found = select("how many eggs does a queen lay?", hits, rarity)
    assert [e.sentence.position for e in found] == [1, 0]  # two words, or bare figures, are no evidence


def test_thanks_are_shown_only_to_who_asks_who_helped() -> None:
    hits = [hit(["The authors would like to thank Ada for her hive.", "A hive is cold in winter nights."], [0.9, 0.4])]
    assert [e.sentence.position for e in select("what are the limits of a hive?", hits, rarity)] == [1]
    assert [e.sentence.position for e in select("whom do they thank?", hits, rarity)] == [0, 1]


def test_what_says_what_a_thing_is_comes_first_though_others_are_nearer() -> None:
    hits = [hit(["The hive has several key advantages.", "A hive is a home that bees build."], [0.9, 0.4])]
    first, second = select("what is a hive?", hits, rarity)
    assert (first.sentence.position, first.defines, second.defines) == (1, 1.0, 0.0)
    assert best_score([first, second]) == second.score > first.score
    assert [e.sentence.position for e in select("why have a hive?", hits, rarity)] == [0, 1]
    assert best_score([]) == 0.0


def test_what_gives_the_kind_of_thing_that_is_asked_for_comes_first_though_others_are_nearer() -> None:
    hits = [hit(["The queen lays her eggs in the comb.", "A queen lays 2,000 of them a day."], [0.6, 0.5])]
    assert [e.sentence.position for e in select("how many eggs does a queen lay?", hits, rarity)] == [1, 0]
    assert [e.sentence.position for e in select("where does a queen lay eggs?", hits, rarity)] == [0, 1]
    first, second = select("how many eggs does a queen lay?", hits, rarity)
    assert (first.given, second.given) == (1, 0)
    assert best_score([first, second]) == second.score  # the gate sees nearness alone


def test_a_number_beside_what_is_counted_comes_before_one_far_from_it() -> None:
    hits = [hit(["Eggs, of which a queen that is old lays fewer, weigh 2 grams.", "In spring a queen lays 2,000 eggs."], [0.6, 0.55])]
    first, second = select("how many eggs does a queen lay?", hits, rarity)
    assert first.sentence.position == 1
    assert (first.beside, second.given) == (0.75, 1)
    assert 0 < second.beside < 0.5


def test_a_sentence_that_only_announces_comes_behind() -> None:
    hits = [hit(["A queen lays eggs in three ways:", "A queen lays eggs in the comb."], [0.6, 0.5])]
    assert [e.sentence.position for e in select("where does a queen lay eggs?", hits, rarity)] == [1, 0]


@pytest.mark.parametrize("kind", [Kind.CAPTION, Kind.EQUATION])
def test_a_caption_or_formula_comes_behind_a_sentence_that_is_as_near(kind: Kind) -> None:
    caption = Sentence("r", 0, "Figure 2: Queens and their eggs.", 1, "1 Intro", kind, True)
    prose = Sentence("r", 1, "Queens lay their eggs at night.", 1, "1 Intro", Kind.PROSE, True)
    hits = [Hit(make_passage([caption, prose], 0), READING, (caption, prose), (0.6, 0.5), (0.6, 0.5), 1.0)]
    assert [e.sentence.position for e in select("when do queens lay eggs?", hits, rarity)] == [1, 0]


def test_what_is_far_behind_the_best_is_not_shown_unless_it_defines_the_thing() -> None:
    hits = [hit(["A queen lays eggs in a hive.", "Bees fly south in autumn.", "A queen is a bee that lays eggs."], [0.9, 0.2, 0.1])]
    found = select("where does a queen lay eggs?", hits, rarity)
    assert [e.sentence.position for e in shortened(found, 5, 80)] == [0]
    assert [e.sentence.position for e in shortened(select("what is a queen?", hits, rarity), 5, 80)] == [2, 0]


def test_labels_of_a_drawing_are_no_evidence_and_a_row_counts_with_what_stands_beside_it() -> None:
    label = Sentence("r", 0, "Model Output Encoder Layer", 1, "1 Intro", Kind.FIGURE, True)
    row = Sentence("r", 1, "big 6 1024 4096 16 213", 1, "1 Intro", Kind.TABLE, True, context="Table 3: Sizes | big | parameters: 213")
    hits = [Hit(make_passage([label, row], 0), READING, (label, row), (0.9, 0.2), (0.9, 0.2), 1.0)]
    (found,) = select("how many parameters does the big model have?", hits, rarity)
    assert found.sentence.text == "big 6 1024 4096 16 213"
    assert found.score > 0.4


def test_a_citation_quotes_what_stands_on_the_page_in_one_piece() -> None:
    text = "Ants carry leaves into nests where they eat them."
    sentence = Sentence("r", 0, text, 4, "", Kind.PROSE, True, last_page=5, start=70, end=19, cuts=(29,))
    citation = cite(1, READING, sentence, text)
    assert (citation.page, citation.quote) == ("4-5", "Ants carry leaves into nests")


def test_a_sum_is_no_part_of_a_quote() -> None:
    text = "Then their product, q · k = ∑i=1 qk, has mean 0."
    assert Sentence("r", 0, text, 4, "", Kind.PROSE, True).quote == "Then their product, q · k ="


def test_coverage_is_the_share_of_the_asked_words() -> None:
    assert coverage("queen bees", "The queen sleeps.", rarity) == 0.5
    assert coverage("", "anything", rarity) == 0.0


def test_shortened_keeps_within_words_and_says_nothing_twice() -> None:
    alike = evidence(
        "Verbosity bias means longer answers win.", "Verbosity bias means longer answers often win.", "Owls hear mice under snow."
    )
    assert [e.sentence.position for e in shortened(alike, 3, 80)] == [0, 2]
    assert [e.sentence.position for e in shortened(alike, 3, 8)] == [0]
    assert len(shortened(evidence("word " * 200), 3, 80)) == 1  # the first is taken whatever its length
    assert shortened([], 3, 80) == []
