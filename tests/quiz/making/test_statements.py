"""Sentences are quoted without what leans on their surroundings, and those that lean anyway are refused with the reason."""

from collections import Counter

import pytest

from quiz.making.cleaning import cleaned
from quiz.making.language import Parser
from quiz.making.reading import subject_names
from quiz.making.statements import grammar_fault, heading, is_setup, misspelt, respelt, run_in, section_worth, tells_of_others, text_fault


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Adapters add latency (Houlsby et al., 2019; Rebuffi et al., 2017).", "Adapters add latency."),
        ("Adapters add latency [12, 14].", "Adapters add latency."),
        ("However, adapters add latency (Table 1).", "Adapters add latency."),
        ("Adapters add latency, as shown in Figure 3.", "Adapters add latency."),
        ("As shown in Table 4, adapters add latency.", "Adapters add latency."),
        ("Adapters add latency.3", "Adapters add latency."),
        ("In this paper, we freeze the weights.", "We freeze the weights."),
        ("Adapter Layers Introduce Latency There are many variants of adapters.", "There are many variants of adapters."),
        ("Latency (in ms) grows.", "Latency (in ms) grows."),
        ("In this work we freeze the weights.", "We freeze the weights."),
        ("Most notably, LLaMA-13B outperforms GPT-3.", "LLaMA-13B outperforms GPT-3."),
        ("For instance, LLaMA-13B outperforms GPT-3.", "LLaMA-13B outperforms GPT-3."),
        ("Both versions give the same results (see Table 3 row (E)).", "Both versions give the same results."),
        ("Stack Exchange Stack Exchange contains communities.", "Stack Exchange contains communities."),
        (
            "We add rotary embeddings (RoPE), introduced by Su et al. (2021), at each layer.",
            "We add rotary embeddings (RoPE), at each layer.",
        ),
        ("Following He and Sun (2021), we freeze the weights.", "We freeze the weights."),
        ("In Figure 29 we show that adapters add latency.", "We show that adapters add latency."),
        ("Su et al. (2021) add rotary embeddings.", "Su et al. add rotary embeddings."),  # refused: the source is its subject
        ("Training matches 16- bit finetuning.", "Training matches 16-bit finetuning."),
        ("Large hives (e.g., of 40,000 bees) make honey (i.e., food).", "Large hives make honey."),
    ],
)
def test_what_does_not_stand_alone_is_taken_out(text: str, left: str) -> None:
    assert cleaned(text) == left


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A hive of bees makes honey.", "too short"),
        ("A hive of bees makes 27 kilograms of honey in a year of good weather", "no whole sentence"),
        ("The results in Table 3 show that a hive of bees makes much honey.", "points elsewhere"),
        ("Bees of this kind make more honey than all the others of the hive.", "leans"),
        ("Bees are counted by the measure of that work on the wood of the old keeper.", "leans"),
        ("For example, a hive of bees makes 27 kilograms of honey in a year.", "example"),
        ("The loss of a hive is L = a + b where a is the weight of its bees.", "garble"),
        ("The authors thank the keepers of bees for their comments on the hive.", "thanks"),
        ("More research is needed on how a hive of bees makes honey in winter.", "plan"),
        ("The keepers (of bees make 27 kilograms of honey in a good year.", "bracket"),
        ("A hive of bees is an challenging thing to keep in a year of rain.", "misprint"),
        ("Our bees give more honey on all three datasets than the wild bees of the wood.", "leans"),
    ],
)
def test_a_sentence_that_cannot_be_asked_about_is_refused_with_the_reason(text: str, reason: str) -> None:
    assert reason in text_fault(text)


@pytest.mark.parametrize(
    "text",
    [
        "A hive of bees makes 27 kilograms of honey in a year of good weather.",
        "The hives of the garden reach a pass@100 of 79% in a year of good weather.",
        "The keeper's hives make the garden’s best honey in a year of good weather, and don't fail.",
    ],
)
def test_a_good_sentence_is_not_refused(text: str, parser: Parser) -> None:
    (parsed,) = parser.parse([text])
    assert text_fault(text) == ""
    assert grammar_fault(parsed, Counter(), Counter()) == ""
    assert not run_in(text, text, Counter(hive=9))


def test_a_heading_that_runs_in_is_known_and_half_of_a_name_is_none() -> None:
    spellings = Counter(adaptation=9)
    bees = "It gives good results Adaptation is done by bees in the hive."
    assert run_in(bees, bees, spellings)
    lora = "We propose Low-Rank Adaptation, which freezes the weights."
    assert not run_in(lora, lora, spellings)
    shown = "The Dance of the Bee As shown in Figure 3, the dance tells the way to the lime tree."
    assert run_in("The Dance of the Bee, the dance tells the way to the lime tree.", shown, Counter())


def test_a_word_with_two_letters_the_other_way_round_is_misspelt() -> None:
    words = Counter(evaluations=3, honey=5)
    assert misspelt("As measured by human evaluatoins of honey.", words) == "evaluatoins"
    assert misspelt("As measured by human evaluations of honey.", words) == ""


def test_results_on_data_are_no_set_up() -> None:
    assert is_setup("4 Experiments > 4.1 Public datasets")
    assert not is_setup("4 Results > 4.2 Results on public datasets")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("It makes 27 kilograms of honey in a year of good weather.", "pronoun"),
        ("We describe the life of a hive of bees in a year.", "talks of itself"),
        ("The method makes more honey than all other ways of keeping bees.", "which one"),
        (
            "The task consists of questions, ten gold passages retrieved for each question, and a full answer annotated from the passages.",
            "which one",
        ),
        ("Many make more honey than all other ways of keeping bees.", "of what"),
        ("Keeping bees in a hive of wood and straw.", "no verb"),
        ("Zorblatt makes more honey than all other ways of keeping bees.", "hardly known"),
        ("The second hive makes more honey than all other ways of keeping bees.", "which list"),
    ],
)
def test_a_sentence_whose_grammar_leans_is_refused_with_the_reason(text: str, reason: str, parser: Parser) -> None:
    (parsed,) = parser.parse([text])
    assert reason in grammar_fault(parsed, Counter(), Counter())


def test_headings_lose_their_numbers_and_their_capitals() -> None:
    spellings = Counter({"LoRA": 9, "Transformer": 4, "to": 20, "Applying": 1})
    assert heading("4 OUR METHOD > 4.2 APPLYING LORA TO TRANSFORMER") == "APPLYING LORA TO TRANSFORMER"
    assert respelt("APPLYING LORA TO TRANSFORMER", spellings) == "Applying LoRA to Transformer"
    assert respelt("Results on GLUE", spellings) == "Results on GLUE"


def test_sections_differ_in_worth() -> None:
    assert section_worth("Abstract") > section_worth("4 Method") > section_worth("5.1 Experimental Setup") > section_worth("6 Related Work")
    assert tells_of_others("6 RELATED WORKS")


def test_names_of_people_are_whole_words(parser: Parser) -> None:
    model, person = parser.parse(["LLaMA-13B outperforms GPT-3 on most tasks.", "Hugo designed the first hive of the garden."])
    assert subject_names(model) == set()
    assert subject_names(person) == {"Hugo"}
