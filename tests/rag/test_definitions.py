"""Questions on what a thing is, and sentences that say it; all invented but for the last, which asks the repository's handouts."""

from dataclasses import replace

import pytest

from ingest.documents import Kind, Sentence
from rag.answers import Status
from rag.asked import share_of_names
from rag.compose import Parts
from rag.definitions import Asked, asked


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("What is GrazeNet?", "GrazeNet"),
        ("whats herd tuning", "herd tuning"),
        ("what’s a watering hole", "watering hole"),
        ("what are the grazing layers?", "grazing layers"),
        ("Please define in-herd learning.", "in-herd learning"),
        ("what does GNU stand for?", "GNU"),
        ('What does "dry grass" mean?', "dry grass"),
        ("what do you mean by grazing", "grazing"),
        ("What is the definition of a herd?", "herd"),
        ("explain what herd tuning is", "herd tuning"),
        ("so what is chain-of-herding exactly?", "chain-of-herding"),
        ("what is an error budget?", "error budget"),
        ("What are paged herds?", "paged herds"),
        ("Hi! What is GrazeNet? thanks", "GrazeNet"),
        ("what is GrazeNet pls", "GrazeNet"),
        ("can you explain GrazeNet to me?", "GrazeNet"),
        ("could you explain what is GrazeNet", "GrazeNet"),
        ("explain what GNU means", "GNU"),
        ("what exactly is GrazeNet？", "GrazeNet"),
        ("what do they mean by dry grass?", "dry grass"),
        ("what does the term GrazeNet mean", "GrazeNet"),
        ("what is the GrazeNet method?", "GrazeNet"),
        ("what is a gnu as a judge", "gnu as a judge"),
        ("what is chain of herds?", "chain of herds"),
        ("what is next herd prediction", "next herd prediction"),
        ("what is C++?", "C++"),
    ],
)
def test_a_question_on_what_a_thing_is(question: str, term: str) -> None:
    found = asked(question)
    assert found is not None
    assert found.term == term


@pytest.mark.parametrize(
    "question",
    [
        "What is the learning rate?",
        "what is the rank",
        "What is GrazeNet's score on the dry set?",
        "what is used for grazing",
        "What is due next week?",
        "what does GrazeNet do?",
        "What does the herd eat in winter?",
        "what are the differences between herds",
        "How does herd tuning work?",
        "what is the best herd",
        "What are gnus trained on?",
        "explain to me why gnus graze",
        "What did the gnus show?",
        "so what does GrazeNet change?",
        "What was the learning rate?",
        "please what is the rank",
        "what does herd pooling compute",
        "explain gnus vs herds",
        "what is homework 2?",
        "what are office hours",
        "what is week 3",
        "explain Table 3",
        "what are the four steps",
        "what was proposed",
        "what are advantages of GrazeNet",
        "what is the name of the herd",
        "what is next week",
        "what is the GrazeNet paper",
        "what is a",
        "",
        "?",
    ],
)
def test_a_question_on_something_else(question: str) -> None:
    assert asked(question) is None


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("GrazeNet", "GrazeNet is a network that finds grass."),
        ("graze nets", "Related work. A graze-net, sometimes called a grass net, is a network that finds grass."),
        ("herd tuning", "In essence, herd tuning (Ada et al., 2021) is the practice of training many gnus at once."),
        ("dry bias", "Dry bias is when a judge prefers dry grass."),
        ("dry bias", "Dry bias means that a judge prefers dry grass."),
        ("GrazeNet", "We introduce GrazeNet, a network that finds grass, and train it."),
        ("HT", "We propose Herd Tuning, or HT, which trains many gnus at once."),
        ("GrazeNet", "We have built GrazeNet – a simple network for finding grass."),
        ("herd tuning", "A typical way is herd tuning [3, 5], which trains many gnus at once."),
        ("dry bias", "Judges may prefer dry grass, which is called dry bias in other work."),
        ("SLO", "A service level objective, or SLO, is a target for a measurement."),
        ("dry set", "Dry grass The dry set consists of about 100 fields."),
    ],
)
def test_a_sentence_that_says_what_it_is(term: str, text: str) -> None:
    assert Asked(term).strength_of(text) >= 0.7


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("GrazeNet", "GrazeNet has several key advantages."),
        ("GrazeNet", "The limits of GrazeNet are the theme of Section 5."),
        ("GrazeNet", "What is GrazeNet, a network or a herd?"),
        ("GrazeNet", "For grazing with GrazeNet, a meadow was built."),
        ("GrazeNet", "GrazeNet2 is a network that finds grass."),
        ("GrazeNet", "GrazeNet authors report that grass is green."),
        ("herd tuning", "Cross-herd tuning is a way to train two herds."),
        ("GrazeNet", "Gnus are animals."),
    ],
)
def test_a_sentence_that_only_speaks_of_it(term: str, text: str) -> None:
    assert Asked(term).strength_of(text) < 0.3


@pytest.mark.parametrize(
    "text",
    [
        "With GrazeNet, a herd can graze.",
        "Unlike GrazeNet, a herd grazes.",
        "Using GrazeNet is a choice.",
        "Whether GrazeNet is a fit depends.",
    ],
)
def test_a_sentence_that_begins_with_more_than_the_term_says_nothing_of_it(text: str) -> None:
    assert Asked("GrazeNet").strength_of(text) == 0.0


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("finegrazing", "Fine-grazing helps."),
        ("fine-grazing", "finegrazing helps"),
        ("multihead grazing", "Multi\u2011head grazing"),
        ("herd ability", "Herd abilities"),
        ("herd abilities", "a herd ability"),
        ("biases", "one bias"),
        ("bias", "two biases"),
        ("HerdNet", "HERDNET"),
        ("herdnet", "HerdNet"),
    ],
)
def test_a_term_stands_in_a_text_in_other_spellings(term: str, text: str) -> None:
    assert Asked(term).stands_in(text)


@pytest.mark.parametrize(
    ("term", "text"), [("REALM", "The realm is wide."), ("ReAct", "gnus react"), ("R", "the res"), ("herd", "a herdsman")]
)
def test_another_word_is_not_the_term(term: str, text: str) -> None:
    assert not Asked(term).stands_in(text)


def test_praise_counts_half_of_what_a_meaning_does() -> None:
    assert Asked("GrazeNet").strength_of("GrazeNet is a promising way to find grass.") == 0.5


def test_what_letters_stand_for_is_told_by_the_words_before_them() -> None:
    letters = asked("What does HTG stand for?")
    assert letters is not None
    assert letters.strength_of("We use herd tuning for gnus (HTG; Ada, 2021) to train them.") == 1.0
    assert letters.strength_of("HTG (herd tuning for gnus) came late.") == 1.0
    assert letters.strength_of("We use other ways (HTG; Ada, 2021) to train them.") == 0.0
    assert letters.strength_of("HTG is a way to train gnus.") == 0.5
    assert Asked("HTG").strength_of("We use herd tuning for gnus (HTG) to train them.") == 0.6


def test_only_running_text_says_what_a_thing_is() -> None:
    told = Sentence("r", 0, "GrazeNet is a network that finds grass.", 1, "1 Intro", Kind.PROSE, True)
    others = [replace(told, kind=kind) for kind in (Kind.CAPTION, Kind.TABLE, Kind.FIGURE)]
    assert Asked("GrazeNet").strength(told) == 1.0
    assert [Asked("GrazeNet").strength(other) for other in others] == [0.0, 0.0, 0.0]
    assert Asked("GrazeNet").strongest([others[0], told]) == 1.0
    assert Asked("GrazeNet").strongest([]) == 0.0


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("what is an SLO?", "A service level objective, or SLO, is a target"),
        ("What is LLMOps?", "LLMOps is the engineering practice"),
        ("define position bias", "Position bias means that a judge"),
    ],
)
async def test_the_first_sentence_shown_says_what_the_thing_is(parts: Parts, question: str, begins: str) -> None:
    answer = await parts.assistant.ask(question)
    assert answer.status in (Status.QUOTED, Status.ANSWERED)
    assert answer.lines[0].text.startswith(begins)


async def test_a_term_that_stands_nowhere_is_refused(parts: Parts) -> None:
    question = "what is an ant colony algorithm?"
    assert share_of_names(question, "Nothing.") is None  # it is no name by its looks
    assert (await parts.assistant.ask(question)).status is Status.REFUSED
