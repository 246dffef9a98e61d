"""Each check lets a good item pass and drops one that has the fault it looks for, with a reason."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from quiz.items import GAP, TRUTHS, Evidence, Item, Kind, identified
from quiz.making import checks
from quiz.making.candidates import Candidate
from quiz.making.guessing import lexical_guess
from quiz.making.material import Material
from quiz.making.number_items import number_choices, numeric_items
from quiz.making.truth_items import false_items
from tests.quiz.making.conftest import Reading

HONEY = "A hive of 40,000 bees makes 27 kilograms of honey in a year of good weather."
WINTER = "The winter cluster of the bees keeps its centre at 35 degrees of heat."


@pytest.fixture
def material(reading: Reading) -> Material:
    return reading(HONEY, WINTER)[0]


@pytest.fixture
def choice(material: Material) -> Candidate:
    """A good item on a number."""
    statement = next(s for s in material.statements if s.text == HONEY)
    found = next(c for c in number_choices(statement, material, random.Random(1)) if c.key_text == "27")
    assert checks.fault(found, material) == ""
    return found


def changed(candidate: Candidate, **fields: object) -> Candidate:
    return replace(candidate, item=replace(candidate.item, **fields))  # type: ignore[arg-type]


def evidence(candidate: Candidate, **fields: object) -> Candidate:
    assert candidate.item.evidence is not None
    return changed(candidate, evidence=replace(candidate.item.evidence, **fields))  # type: ignore[arg-type]


def options(candidate: Candidate, *texts: str, key: int = 0) -> Candidate:
    return replace(changed(candidate, options=texts, key=key), wrong=tuple(t for n, t in enumerate(texts) if n != key))


def test_evidence_must_stand_on_its_page(choice: Candidate, material: Material) -> None:
    assert checks.quote_stands(choice, material) == ""
    assert "does not stand" in checks.quote_stands(evidence(choice, quote=HONEY.replace("27", "28")), material)
    assert "no evidence" in checks.quote_stands(changed(choice, evidence=None), material)
    assert "another reading" in checks.quote_stands(evidence(choice, reading="owls"), material)


def test_the_key_must_follow_from_the_evidence(choice: Candidate, material: Material) -> None:
    assert checks.key_follows(choice, material) == ""
    assert "these words" in checks.key_follows(replace(choice, claim=HONEY.replace("27", "28")), material)
    assert "key does not stand" in checks.key_follows(replace(choice, key_text="28"), material)


def test_no_distractor_may_be_true(choice: Candidate, reading: Reading, material: Material) -> None:
    assert checks.no_distractor_follows(choice, material) == ""
    assert "stands in a sentence" in checks.no_distractor_follows(options(choice, "27", "40,000", "9", "81"), material)
    twice = reading(HONEY, "In good weather a hive of bees makes 30 kilograms of honey in a year.")[0]
    other = replace(choice, statement=next(s for s in twice.statements if s.text == HONEY))
    assert "30 stands in a sentence" in checks.no_distractor_follows(options(other, "27", "30", "9", "81"), twice)


def test_a_false_statement_must_be_contradicted(reading: Reading) -> None:
    text = "The Apis colony has fewer drones than workers in every month of the year."
    material = reading(text, title="Apis: The Bee")[0]
    found = next(iter(false_items(material.statements[0], material, random.Random(1))))
    assert "more drones" in found.claim
    assert checks.fault(found, material) == ""
    assert "called false" in checks.key_follows(replace(found, claim=text), material)
    assert "one thing" in checks.key_follows(replace(found, claim="Owls hear mice."), material)
    both = reading(text, "In May the Apis colony has more drones than workers, as in every month of the year.", title="Apis: The Bee")[0]
    assert "nearly says" in checks.false_is_contradicted(replace(found, statement=both.statements[0]), both)


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (("27", "30", "40"), "four different"),
        (("27", "30", "30", "40"), "four different"),
        (("27", "thirty", "40", "50"), "numbers and words"),
        (("27", "30.5", "40", "50"), "precision"),
        (("One two three four", "One", "One two three", "One two three four five six seven eight nine"), "length"),
        (("One two three four", "one two three six", "One two four five", "One two five six"), "capital"),
    ],
)
def test_options_must_be_alike(choice: Candidate, material: Material, texts: tuple[str, ...], reason: str) -> None:
    assert reason in checks.options_are_alike(options(choice, *texts), material)
    assert checks.options_are_alike(choice, material) == ""


def test_the_key_must_not_be_given_away(choice: Candidate, material: Material) -> None:
    assert checks.key_is_not_given_away(choice, material) == ""
    told = changed(choice, stem=f"{choice.item.stem} It is 27.")
    assert "stands in the stem" in checks.key_is_not_given_away(told, material)
    long = options(
        choice, "By the work of all the bees of a hive in a year", "By rain and by sun", "By wind and by rain", "By snow and by ice"
    )
    assert "longer" in checks.key_is_not_given_away(long, material)
    article = changed(options(choice, "owl", "bee", "wasp", "fly"), stem=f"Bees: How They Live: an {GAP} flies", asks="term")
    assert "before the gap" in checks.key_is_not_given_away(article, material)
    named = changed(options(choice, "queen bee", "drone", "worker", "wasp"), stem=f"Of bees, the {GAP} lays eggs", asks="term")
    assert "words of the key" in checks.key_is_not_given_away(named, material)


@pytest.mark.parametrize("words", ["the authors report", "this table shows", "as [12] says", "in Table 3"])
def test_the_stem_must_stand_alone(choice: Candidate, material: Material, words: str) -> None:
    assert checks.stem_stands_alone(choice, material) == ""
    assert "does not stand alone" in checks.stem_stands_alone(changed(choice, stem=f"{choice.item.stem} {words}"), material)


def test_the_stem_must_name_its_subject(choice: Candidate, material: Material) -> None:
    assert "does not name" in checks.stem_stands_alone(changed(choice, stem=f"How many kilograms? {GAP}"), material)


def test_words_must_not_tell_the_answer(choice: Candidate, material: Material) -> None:
    guessed = options(choice, "Honey of good weather", "Snow and ice", "Wax and wood", "Rain and wind")
    assert "words give the key away" in checks.is_not_guessed(guessed, material)
    assert checks.is_not_guessed(choice, material) == ""
    assert lexical_guess("Which bird hears mice?", ("an owl that hears", "a bee that hears"), lambda _stem: 1.0) is None


def test_two_items_must_not_ask_the_same(choice: Candidate) -> None:
    again = identified(Item("", Kind.NUMERIC, "How much?", (), Decimal(27), evidence=choice.item.evidence))
    assert checks.asks_the_same(choice.item, again, (HONEY, "Owls hear mice."))
    elsewhere = Evidence("bees", "Bees", "9", "Winter", WINTER)
    other = identified(Item("", Kind.NUMERIC, "How warm?", (), Decimal(35), evidence=elsewhere))
    assert not checks.asks_the_same(choice.item, other, (HONEY, WINTER))
    assert checks.asks_the_same(choice.item, other, (HONEY, f"In short, {HONEY[:-1]}, they say."))


def test_no_item_may_show_another_ones_number(choice: Candidate, material: Material) -> None:
    statement = next(s for s in material.statements if s.text == HONEY)
    bees = next(c for c in numeric_items(statement, material, random.Random(1)) if c.key_text == "40,000")
    assert checks.gives_away(choice, bees)  # its stem says how many bees there are
    assert not checks.gives_away(replace(choice, item=replace(choice.item, stem="?")), bees)


def test_two_items_must_not_answer_each_other(choice: Candidate) -> None:
    def asked(stem: str, key: str) -> Candidate:
        return replace(choice, key_text=key, item=replace(choice.item, stem=stem, asks="number"))

    assert checks.gives_away(asked("It wins 7 out of the _____ prizes.", "8"), asked("It wins _____ out of 8 prizes.", "7"))
    assert not checks.gives_away(asked("It wins 7 out of the _____ prizes.", "8"), asked("A hive has _____ gates.", "7"))
    said = [
        replace(choice, key_text="15", item=replace(choice.item, kind=Kind.TRUE_FALSE, key=False, asks="truth", options=TRUTHS))
        for _ in "ab"
    ]
    assert checks.gives_away(*said)  # two false statements on one number
