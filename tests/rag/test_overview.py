"""Questions on a reading as a whole: told by their form, answered by its abstract, conclusion or limitations."""

import pytest

from ingest.catalog import Reading
from ingest.documents import Kind, Sentence
from rag.answers import Status
from rag.compose import Parts
from rag.overview import Part, abstract, asked, compares, evidence_of, is_of, names_none
from tests.bot.plan.test_readings import row

OWLS: Reading = row("2401.00001", "OwlNet: Hearing Mice under Snow")


def _names(text: str) -> set[str]:
    return {"2401.00001"} if "strixnet" in text.lower() else set()


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("What is the OwlNet paper about?", Part.ABSTRACT),
        ("summarise OwlNet", Part.ABSTRACT),
        ("tl;dr?", Part.ABSTRACT),
        ("give me an overview of OwlNet please", Part.ABSTRACT),
        ("what is the main contribution of OwlNet", Part.ABSTRACT),
        ("What did the authors find?", Part.ABSTRACT),
        ("what problem does OwlNet solve?", Part.ABSTRACT),
        ("What do they conclude?", Part.CONCLUSION),
        ("what are the limitations of OwlNet", Part.LIMITATIONS),
        ("Who wrote the OwlNet paper?", Part.AUTHORS),
        ("authors of OwlNet", Part.AUTHORS),
        ("How many owls are there?", None),
        ("What did they find in the snow?", None),
        ("What is OwlNet?", None),
        ("when is the summary due", Part.ABSTRACT),  # its other words tell: see below
    ],
)
def test_the_form_of_a_question_on_the_whole(question: str, part: Part | None) -> None:
    assert asked(question) is part


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("What is the OwlNet paper about?", True),
        ("Summarise Hearing Mice under Snow in three sentences", True),
        ("what is StrixNet about", True),  # named otherwise than by its title
        ("what is the main finding on feathers?", False),
        ("summarise the section on feathers", False),
        ("when is the summary due", False),
        ("limitations of 2401.00001", True),
    ],
)
def test_nothing_else_is_asked(question: str, whole: bool) -> None:
    assert is_of(question, [OWLS], _names) is whole


def _text(*sentences: tuple[str, str]) -> list[Sentence]:
    return [Sentence("2401.00001", n, text, 1, section, Kind.PROSE, True) for n, (section, text) in enumerate(sentences)]


PAPER = _text(
    ("", "OwlNet: Hearing Mice under Snow"),
    ("Abstract", "Owls hunt at night in all seasons of the year."),
    ("Abstract", "We propose OwlNet, which hears mice under snow."),
    ("Abstract", " ".join(["Feathers"] * 75) + "."),
    ("1 Introduction", "Snow is deep in the woods of the north."),
    ("7 Conclusion", "We have shown that owls hear mice well."),
    ("Appendix B Limitations of snow", "Snow melts in spring and is not there."),
    ("8 Limitations", "OwlNet was not tested on bats in caves."),
)


def test_the_abstract_s_telling_sentences_come_first_and_stand_in_their_order() -> None:
    assert [e.sentence.position for e in evidence_of(Part.ABSTRACT, OWLS, PAPER)] == [1, 2]  # the third would be too much
    assert [e.sentence.text for e in evidence_of(Part.CONCLUSION, OWLS, PAPER)] == ["We have shown that owls hear mice well."]
    assert [e.sentence.text for e in evidence_of(Part.LIMITATIONS, OWLS, PAPER)] == ["OwlNet was not tested on bats in caves."]


def test_authors_stand_between_title_and_first_heading() -> None:
    text = _text(
        ("", "OwlNet: Hearing Mice under Snow"),
        ("", "Permission to copy is given by the publisher."),
        ("", "Ada Strix∗ Bob B. Bubo†"),
        ("1 Introduction", "Carl Linnaeus named the owls"),
    )
    assert [e.sentence.position for e in evidence_of(Part.AUTHORS, OWLS, text)] == [2]
    assert not is_of("who wrote the feathers of OwlNet?", [OWLS], _names)


def test_a_text_without_an_abstract_is_told_by_how_its_sections_begin() -> None:
    text = _text(
        ("", "About: owls."), ("The owl", "Owls hunt at night."), ("The owl", "They rest by day."), ("The mouse", "Mice live under snow.")
    )
    assert [e.sentence.text for e in evidence_of(Part.ABSTRACT, OWLS, text)] == ["Owls hunt at night.", "Mice live under snow."]
    assert evidence_of(Part.LIMITATIONS, OWLS, text) == []
    assert abstract([]) == ([], False)


def test_without_a_section_on_them_only_limits_of_its_own_are_told() -> None:
    text = _text(
        ("2 Owls", "Other devices have their limitations in the snow."),
        ("2 Owls", "OwlNet also has its limitations."),
        ("2 Owls", "For example, it hears no bats."),
        ("5 Discussion > 5.1 Bats", "We found that bats are silent to it."),
    )
    assert [e.sentence.position for e in evidence_of(Part.LIMITATIONS, OWLS, text)] == [1, 2]
    assert [e.sentence.position for e in evidence_of(Part.CONCLUSION, OWLS, text)] == [3]


def test_two_readings_are_compared_and_a_bare_form_names_none() -> None:
    mice = row("2401.00002", "MouseNet: Silence")
    assert compares("How does OwlNet differ from MouseNet?")
    assert is_of("How does OwlNet differ from MouseNet?", [OWLS, mice], _names)
    assert not is_of("How does OwlNet differ from MouseNet in feathers?", [OWLS, mice], _names)
    assert names_none("summarize the paper")
    assert not names_none("summarize OwlNet")


async def test_a_comparison_shows_what_each_proposes(parts: Parts) -> None:
    answer = await parts.assistant.ask("How does QLoRA differ from LoRA?")
    assert {citation.title.partition(":")[0] for citation in answer.citations} == {"QLoRA", "LoRA"}


async def test_where_a_reading_tells_no_limits_nothing_else_is_shown(parts: Parts) -> None:
    answer = await parts.assistant.ask("What are the limitations of QLoRA?")
    assert answer.status is Status.REFUSED or {citation.title.partition(":")[0] for citation in answer.citations} == {"QLoRA"}


@pytest.mark.parametrize(
    ("question", "reading"),
    [("What is the LoRA paper about?", None), ("summarise it please", "2106.09685"), ("main idea?", "2106.09685")],
)
async def test_a_reading_is_told_in_its_own_words(parts: Parts, question: str, reading: str | None) -> None:
    answer = await parts.assistant.ask(question, reading=reading)
    assert answer.status in (Status.QUOTED, Status.ANSWERED)
    assert {citation.title for citation in answer.citations} == {"LoRA: Low-Rank Adaptation of Large Language Models: handout"}
    assert "LoRA freezes the pretrained weights" in answer.text
    assert len(answer.text.split()) <= 90


async def test_in_a_week_with_one_reading_the_paper_is_that_one(parts: Parts) -> None:
    handout = next(
        r.reading for r in (await parts.assistant.library.run(lambda v: v.retriever.snapshot.readings)).values() if r.about == "2106.09685"
    )
    answer = await parts.assistant.ask("What is this paper about?", prefer=frozenset({handout}))
    assert "LoRA freezes the pretrained weights" in answer.text
    asking = await parts.assistant.ask("What is this paper about?")
    assert asking.status is Status.REFUSED


async def test_what_is_not_on_the_whole_is_still_looked_for(parts: Parts) -> None:
    answer = await parts.assistant.ask("what is the main finding on verbosity bias?")
    assert "verbosity" in answer.text.lower()
