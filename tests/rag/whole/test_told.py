"""Questions on whole readings through the whole chain, over the repository's own corpus."""

import pytest

from rag.answers import Because, Status
from rag.compose import Parts
from rag.questions import Turn


def _titles(answer) -> set[str]:  # type: ignore[no-untyped-def]
    return {citation.title.partition(":")[0] for citation in answer.citations}


@pytest.mark.parametrize(
    ("question", "reading"),
    [
        ("What is the LoRA paper about?", None),
        ("summarise it please", "2106.09685"),
        ("main idea?", "2106.09685"),
        ("can someone sum up lora for me? just a short overview", None),
    ],
)
async def test_a_reading_is_told_in_its_own_words(parts: Parts, question: str, reading: str | None) -> None:
    answer = await parts.assistant.ask(question, reading=reading)
    assert answer.status is Status.QUOTED  # a model could only leave some out
    assert {citation.title for citation in answer.citations} == {"LoRA: Low-Rank Adaptation of Large Language Models: handout"}
    assert "LoRA freezes the pretrained weights" in answer.text
    assert (answer.sure, answer.chance) == (True, None)  # no curve has judged it
    assert len(answer.text.split()) <= 90


async def test_a_section_is_told_by_its_heading_and_what_is_asked_besides_is_not(parts: Parts) -> None:
    answer = await parts.assistant.ask("What does the section on the ingredients in the QLoRA handout say?")
    assert _titles(answer) == {"QLoRA"}
    assert "Paged Optimizers" in answer.text
    other = await parts.assistant.ask("what is the main finding on verbosity bias in the judge paper?")
    assert "verbosity" in other.text.lower()


async def test_a_comparison_shows_what_each_proposes_or_says_in_one_respect(parts: Parts) -> None:
    assert _titles(await parts.assistant.ask("How does QLoRA differ from LoRA?")) == {"QLoRA", "LoRA"}
    respect = await parts.assistant.ask("compare the memory of QLoRA and LoRA")
    assert _titles(respect) == {"QLoRA", "LoRA"}
    assert respect.sure is False  # nobody has judged whether they answer


async def test_where_a_reading_tells_no_limits_nothing_else_is_shown(parts: Parts) -> None:
    answer = await parts.assistant.ask("What are the limitations of QLoRA?")
    assert answer.status is Status.REFUSED or _titles(answer) == {"QLoRA"}


async def test_a_paper_that_is_no_reading_is_not_told_by_others(parts: Parts) -> None:
    for question in ("summarise the Mamba paper", "who wrote the Mamba paper?", "main contributions of the Mamba paper"):
        answer = await parts.assistant.ask(question, prefer=frozenset({"2106.09685"}))
        assert answer.reason is not None
        assert (answer.reason.because, answer.reason.values) == (Because.UNKNOWN_WORK, {"work": "Mamba"})
        assert '"Mamba"' in answer.text


async def test_which_one_is_told_by_the_question_before_by_the_week_or_asked_for(parts: Parts) -> None:
    readings = (await parts.assistant.library.run(lambda v: v.retriever.snapshot.readings)).values()
    handout = next(r.reading for r in readings if r.about == "2106.09685")
    for answer in (
        await parts.assistant.ask("What is this paper about?", prefer=frozenset({handout})),
        await parts.assistant.ask("what is it about?", history=[Turn("What is LoRA?", "A way to train.")]),
    ):
        assert "LoRA freezes the pretrained weights" in answer.text
    asking = await parts.assistant.ask("What is this paper about?")
    assert asking.reason is not None
    assert asking.reason.because is Because.WHICH_READING


async def test_in_a_week_s_channel_what_is_asked_besides_is_not_told_of_its_readings(parts: Parts) -> None:
    snapshot = await parts.assistant.library.run(lambda v: v.retriever.snapshot.readings)
    two = frozenset(r.reading for r in snapshot.values() if r.about in ("2106.09685", "2305.14314"))
    both = await parts.assistant.ask("how do the two papers differ?", prefer=two)
    assert _titles(both) == {"LoRA", "QLoRA"}
    other = await parts.assistant.ask("what is the difference between pairwise comparison and single answer grading?", prefer=two)
    assert _titles(other) != {"LoRA", "QLoRA"}
    course = await parts.assistant.ask("what are the next steps after the proposal?", prefer=frozenset(sorted(two)[:1]))
    assert course.status is Status.SYLLABUS


async def test_a_number_in_which_two_differ_is_looked_for_as_any_other(parts: Parts) -> None:
    answer = await parts.assistant.ask("How many times fewer trainable parameters does LoRA have, compared with the QLoRA paper?")
    assert answer.status is Status.REFUSED or "10,000" in answer.text
