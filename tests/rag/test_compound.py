"""Two questions in one message: taken apart only where one is on the course and the other on the readings."""

from dataclasses import replace

import pytest

from rag.answers import Answer, Citation, Line, Status, Timings
from rag.compose import Parts
from rag.compound import Joined, pieces


def _side(piece: str) -> bool | None:
    return None if "maybe" in piece else "due" in piece or "class" in piece


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What is LoRA and when is the project due?", ["What is LoRA?", "when is the project due?"]),
        ("When is the project due? And what is self-attention?", ["When is the project due?", "what is self-attention?"]),
        ("What is LoRA? What is BLEU? When is HW1 due?", ["What is LoRA? What is BLEU?", "When is HW1 due?"]),
        ("What is LoRA and how does it differ from BLEU?", ["What is LoRA and how does it differ from BLEU?"]),
        ("Why is LoRA cheap and how large is BLEU?", ["Why is LoRA cheap and how large is BLEU?"]),  # looked for in one place
        ("What is LoRA and what is BLEU?", ["What is LoRA?", "what is BLEU?"]),
        ("What is LoRA and is it maybe good?", ["What is LoRA and is it maybe good?"]),
        ("What is LoRA and when is it due?", ["What is LoRA and when is it due?"]),  # "it" is in the other half
        ("when is the class and where", ["when is the class and where"]),
        ("What do encoder and decoder have in common?", ["What do encoder and decoder have in common?"]),
        ("LoRA", ["LoRA"]),
    ],
)
def test_pieces(question: str, found: list[str]) -> None:
    assert pieces(question, _side) == found


def _answer(status: Status, text: str, *, cited: bool = True) -> Answer:
    citations = (Citation(1, "bees", "Bees", "1", "", text, text, None),) if cited else ()
    return Answer(status, (Line(text, (1,) if cited else ()),), citations, text, text, Timings(0.1, 0.2, 0.3))


def test_answers_are_put_together_in_their_order() -> None:
    joined = Joined()
    joined.add(_answer(Status.REFUSED, "Nobody says that.", cited=False))
    joined.add(_answer(Status.SYLLABUS, "Due: an owl"))
    assert joined.placed(Line("Bees fly.", (1,))) == Line("Bees fly.", (2,))
    joined.add(_answer(Status.QUOTED, "Bees fly."))
    whole = joined.answer("all of it?", 1.0)
    assert (whole.status, whole.question, whole.reason) == (Status.QUOTED, "all of it?", None)
    assert [line.citations for line in whole.lines] == [(), (1,), (2,)]
    assert [(citation.n, citation.quote) for citation in whole.citations] == [(1, "Due: an owl"), (2, "Bees fly.")]
    assert (whole.timings.first_token_s, whole.timings.total_s) == (0.2, 1.0)


def test_beside_a_refusal_a_person_s_words_are_not_the_whole() -> None:
    joined = Joined()
    joined.add(_answer(Status.REFUSED, "Nobody says that.", cited=False))
    joined.add(_answer(Status.ENDORSED, "Ask Ada."))
    whole = joined.answer("both?", 1.0)
    assert (whole.status, whole.standing, whole.text) == (Status.QUOTED, None, "Nobody says that.\nAsk Ada.")


def test_lines_of_the_syllabus_stand_apart_from_a_model_s_words() -> None:
    joined = Joined()
    joined.add(_answer(Status.ANSWERED, "Bees fly."))
    due = _answer(Status.SYLLABUS, "Due: an owl")
    joined.add(replace(due, citations=tuple(replace(citation, kind="syllabus") for citation in due.citations)))
    whole = joined.answer("both?", 1.0)
    assert (whole.status, whole.text) == (Status.ANSWERED, "Bees fly.\nDue: an owl")
    assert _answer(Status.ANSWERED, "Bees fly.").in_lines is False


async def test_each_half_is_answered_from_its_place(parts: Parts) -> None:
    seen = [part async for part in parts.assistant.stream("What is verbosity bias and when is the final project due?")]
    *lines, whole = seen
    assert isinstance(whole, Answer)
    assert {citation.kind for citation in whole.citations} == {"reading", "syllabus"}
    assert "final project" in whole.text
    assert "verbosity bias" in whole.text.lower()
    assert lines == list(whole.lines)
    for line in whole.lines:
        assert all(1 <= n <= len(whole.citations) for n in line.citations)
