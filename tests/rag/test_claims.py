import pytest

from rag.claims import Claim, opposition, run_together, term_stems


@pytest.mark.parametrize(
    "text",
    ["Why do bees dance?", "I think that bees dance well.", "This is an impressive result.", "It was hard to follow.", "As follows."],
)
def test_questions_and_opinions_are_not_checked(text: str) -> None:
    assert not Claim(text).is_checkable


@pytest.mark.parametrize("text", ["Bees dance in the hive.", "I was impressed that a hive holds 50,000 bees."])
def test_statements_and_opinions_with_numbers_are(text: str) -> None:
    assert Claim(text).is_checkable


def test_names_are_what_capitals_and_digits_show() -> None:
    claim = Claim("They compare GPT-3 with BERT-large on TPUs in Paris, see Table 3, and an English-to-German task.")
    assert claim.names == ("GPT-3", "BERT", "TPUs", "Paris", "English", "German")
    assert run_together("TPUs") == run_together("TPU")


def test_a_source_in_brackets_claims_no_number() -> None:
    claim = Claim("Bees dance (Frisch, 1967; Lindauer, 1971), as Frisch (1967) saw in 12 hives.")
    assert [number.value for number in claim.numbers] == [12]


def test_thousands_may_be_set_apart_by_spaces() -> None:
    assert [n.value for n in Claim("10 000 hives hold 1 500 000 bees in 6 512 rows of 3 000.").numbers] == [10000, 1500000, 6, 512, 3000]
    assert [n.value for n in Claim("In 2014 3 000 hives burnt.").numbers] == [2014, 3000]


def test_spellings_of_both_sides_of_the_atlantic_and_hyphens_are_one() -> None:
    assert term_stems("quantised") == term_stems("quantized")
    assert term_stems("optimise") == term_stems("optimize")
    assert "finetun" in term_stems("fine-tuned") & term_stems("finetuning")


def test_a_long_sentence_is_judged_by_its_clauses_too() -> None:
    claim = Claim("Worker bees gather nectar from flowers, and the old queen lays eggs, as seen.")
    assert [part.text for part in claim.parts] == ["Worker bees gather nectar from flowers", "and the old queen lays eggs, as seen."]
    assert Claim("Worker bees gather nectar from flowers.").parts == ()


@pytest.mark.parametrize(
    ("claim", "text", "opposed"),
    [
        ("Worker bees lay fertile eggs.", "Worker bees do not lay fertile eggs.", True),
        ("Worker bees do not lay fertile eggs.", "Worker bees lay no fertile eggs.", False),
        ("Deep shade improves honey quality.", "Deep shade hurts the honey quality.", True),
        ("Deep shade improves honey quality.", "Deep shade improves the honey quality, though hives cool down.", False),
        ("All dances can be predicted by the weather.", "Dances are unpredictable by the weather.", True),
        ("BeeA was found to be faster than BeeB.", "In flight BeeB was faster than BeeA.", True),
        ("BeeA was found to be faster than BeeB.", "In flight BeeA was faster than BeeB.", False),
        ("Keepers freeze the old queens for simplicity.", "Keepers freeze the old queens (so they are not fed) for simplicity.", False),
        ("Owls hear mice under snow.", "Worker bees do not lay fertile eggs.", False),
    ],
)
def test_the_opposite_is_told_by_denials_directions_and_order(claim: str, text: str, opposed: bool) -> None:
    share, differs = opposition(Claim(claim), text)
    assert (share >= 0.65 and differs) is opposed
