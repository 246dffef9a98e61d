"""Questions through the whole chain, over the repository's own corpus, with the real models."""

import asyncio

import pytest

from common.errors import QuestionError, UsageError
from ingest.documents import Sentence
from rag.answers import Answer, Because, Line, Status
from rag.assistant import Assistant
from rag.compose import Parts
from rag.library import View
from rag.questions import Turn
from rag.verify import states

QUESTIONS = [
    "How many attention heads does the base Transformer use?",
    "What is verbosity bias?",
    "How does LoRA change the number of trainable parameters?",
    "What does QLoRA quantize?",
    "Which parts make up RAG?",
    "What should an alert rule look at?",
]


@pytest.fixture
async def answers(parts: Parts) -> dict[str, Answer]:
    return {question: await parts.assistant.ask(question) for question in QUESTIONS}


def _sentences(view: View) -> dict[str, tuple[Sentence, ...]]:
    snapshot = view.retriever.snapshot
    return {reading: snapshot.sentences(reading) for reading in snapshot.readings}


async def test_nothing_is_shown_that_the_readings_do_not_say(parts: Parts, answers: dict[str, Answer]) -> None:
    texts = await parts.assistant.library.run(_sentences)
    for answer in answers.values():
        assert answer.status in (Status.ANSWERED, Status.QUOTED)
        quotes = {citation.n: citation for citation in answer.citations}
        for line in answer.lines:
            (n,) = line.citations
            quote = quotes[n].quote
            assert line.text == quote or states(quote, line.text)
        for citation in answer.citations:
            stored = {s.text: s for s in texts[citation.reading]}
            assert citation.quote in stored
            assert citation.quote in citation.passage
            assert citation.page == (str(stored[citation.quote].page) if stored[citation.quote].page else None)


async def test_the_right_number_with_its_page(answers: dict[str, Answer]) -> None:
    answer = answers[QUESTIONS[0]]
    assert "8 attention heads" in answer.text
    assert (answer.citations[0].title, answer.citations[0].page) == ("Attention Is All You Need: handout", "1")


async def test_lines_come_before_the_whole_and_are_the_same(parts: Parts) -> None:
    seen = [part async for part in parts.assistant.stream(QUESTIONS[0])]
    *lines, whole = seen
    assert isinstance(whole, Answer)
    assert all(isinstance(line, Line) for line in lines)
    assert tuple(lines) == whole.lines
    assert 0 < whole.timings.retrieve_s <= (whole.timings.first_token_s or 0) <= whole.timings.total_s


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("When is the project proposal due?", "Mar 15"),
        ("Which room are we in?", "202"),
        ("How much is the final project worth?", "Final project: 30%"),
        ("What do we read before week 5?", "2303.18223"),
        ("When is Matthias Gallé's talk?", "7AM"),
        ("Which Fridays are off for Chinese New Year?", "Feb 16"),
    ],
)
async def test_the_syllabus_is_looked_up_not_generated(parts: Parts, question: str, says: str) -> None:
    answer = await parts.assistant.ask(question)
    assert (answer.status, answer.model) == (Status.SYLLABUS, None)
    assert says in answer.text
    assert answer.citations[0].reading == "syllabus"


async def test_a_week_that_the_syllabus_does_not_name_is_not_made_up(parts: Parts) -> None:
    for question in ("what is week 3 about", "what do we read in week 13?"):
        answer = await parts.assistant.ask(question)
        assert answer.status is Status.REFUSED
        assert "The syllabus names no week" in answer.text


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("who teaches this class", "Staff"),
        ("what happens on 5 April?", "Break, Apr 5: Qingming Festival holiday, no class"),
        ("when is hw1 due", "Week 1, Jan 26: no class"),
    ],
)
async def test_the_syllabus_shows_the_entry_asked_for_and_no_other(parts: Parts, question: str, section: str) -> None:
    answer = await parts.assistant.ask(question)
    assert [c.section for c in answer.citations] == [section]


async def test_both_halves_of_a_question_on_the_course(parts: Parts) -> None:
    answer = await parts.assistant.ask("When is the project proposal due, and how much of the grade is it?")
    assert "Mar 15" in answer.text
    assert "Mid-project proposal: 20%" in answer.text


@pytest.mark.parametrize("question", ["how was instructgpt trained", "what is the attention paper about"])
async def test_a_question_on_a_paper_is_not_taken_for_one_on_its_week(parts: Parts, question: str) -> None:
    assert (await parts.assistant.ask(question)).status is not Status.SYLLABUS


async def test_who_asks_about_the_syllabus_gets_nothing_else(parts: Parts) -> None:
    answer = await parts.assistant.ask("what does verbosity bias mean?", reading="syllabus")
    assert answer.status in (Status.SYLLABUS, Status.REFUSED)


@pytest.mark.parametrize(
    "question", ["What is the best temperature for baking sourdough bread?", "Who won the football world cup in 1998?"]
)
async def test_what_the_course_does_not_cover_is_refused(parts: Parts, question: str) -> None:
    answer = await parts.assistant.ask(question)
    assert answer.status is Status.REFUSED
    assert answer.citations == ()
    assert any(words in answer.text for words in ("readings don't say", "not about the course"))


async def test_the_reading_asked_about_is_preferred_by_its_stand_in_too(parts: Parts) -> None:
    hits = await parts.assistant.library.search("How many GPUs were used?", reading="2302.13971")
    assert hits[0].reading.about == "2302.13971"


async def test_a_follow_up_stands_alone(parts: Parts) -> None:
    answer = await parts.assistant.ask("and how large is each?", history=[Turn(QUESTIONS[0], "8")])
    assert QUESTIONS[0] in answer.standalone_question
    assert "64" in answer.text


async def test_bad_input_raises_and_the_next_question_is_answered(parts: Parts) -> None:
    for bad in ("", "\x00", "x" * 10_000):
        with pytest.raises(QuestionError):
            await parts.assistant.ask(bad)
    with pytest.raises(UsageError, match="corpus list"):
        await parts.assistant.ask("What?", reading="nope")
    assert (await parts.assistant.ask(QUESTIONS[1])).status is not Status.REFUSED


async def test_a_question_that_fills_the_model_s_window_is_answered_by_quotes(parts: Parts) -> None:
    question = f"How many attention heads does the base Transformer use? {'注意' * 450}"
    answer = await parts.assistant.ask(question, reading="1706.03762")
    assert answer.status in (Status.QUOTED, Status.REFUSED)


async def test_questions_at_once_are_all_answered_right(parts: Parts) -> None:
    answers = await asyncio.gather(*(parts.assistant.ask(q) for q in QUESTIONS))
    alone = [await parts.assistant.ask(q) for q in QUESTIONS]
    assert [a.text for a in answers] == [a.text for a in alone]


async def test_a_cancelled_question_frees_the_model(parts: Parts) -> None:
    task = asyncio.create_task(parts.assistant.ask(QUESTIONS[2]))
    await asyncio.sleep(0.3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await asyncio.wait_for(parts.assistant.ask(QUESTIONS[0]), 30)).lines


async def test_it_asks_which_reading_is_meant_unless_something_tells(parts: Parts) -> None:
    question = "Why did the authors give no figures on the colours of ripe bananas?"

    async def because(asked: str = question, **told: object) -> Because | None:
        answer = await parts.assistant.ask(asked, **told)  # type: ignore[arg-type]  # one of its keywords
        return answer.reason and answer.reason.because

    assert await because() is Because.WHICH_READING
    assert await because(history=[Turn("When is the first class?", "On Friday.")]) is Because.WHICH_READING
    assert await because(prefer={"2106.09685"}) is Because.NOT_COVERED
    assert await because(reading="2106.09685") is Because.NOT_COVERED
    assert await because(f"In LoRA, {question.lower()}") is Because.NOT_COVERED
    assert await because(history=[Turn("What is QLoRA?", "A way to train.")]) is Because.NOT_COVERED


@pytest.mark.parametrize(("least", "sure"), [(0.0, True), (0.999, False)])
async def test_below_the_chance_of_a_sure_answer_what_is_shown_is_called_the_nearest(parts: Parts, least: float, sure: bool) -> None:
    settings = parts.settings.answering.model_copy(update={"sure": least})
    assistant = Assistant(parts.assistant.library, parts.assistant.chat, settings)
    *lines, answer = [part async for part in assistant.stream(QUESTIONS[0])]
    assert isinstance(answer, Answer)
    assert [line.sure for line in lines if isinstance(line, Line)] == [sure] * len(answer.lines)
    said = answer.as_json()
    assert said["sure"] is sure
    assert settings.gate < said["chance"] < 0.999


async def test_a_refusal_is_neither_and_tells_the_chance_it_went_by(parts: Parts) -> None:
    refused = (await parts.assistant.ask("Why did the authors give no figures on the colours of ripe bananas?")).as_json()
    assert refused["sure"] is None
    assert 0 <= refused["chance"] < parts.settings.answering.gate
    found = (await parts.assistant.ask("When is the class of week 5?")).as_json()
    assert (found["sure"], found["chance"]) == (True, None)
