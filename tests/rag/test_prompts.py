from datetime import UTC, datetime

from ingest.catalog import Reading
from ingest.documents import Kind, Sentence
from rag.evidence import Evidence
from rag.prompts import ANSWER, notes


def test_the_prompt_as_the_model_sees_it() -> None:
    reading = Reading(reading="r", title="R", indexed_at=datetime.now(UTC))
    evidence = [Evidence(Sentence("r", n, text, 1, "", Kind.PROSE, True), reading, 1.0, 0.5) for n, text in enumerate(["One.", "Two."])]
    messages = ANSWER.format_messages(notes=notes(evidence), question="How many?")
    assert [(m.type, m.content) for m in messages] == [
        (
            "system",
            "You are a teaching assistant. Answer the question in one short sentence with the words and numbers of the notes. "
            "If the notes do not answer it, say so.",
        ),
        ("human", "Notes:\nOne.\nTwo.\n\nQuestion: How many?\nAnswer:"),
    ]


def test_braces_in_a_question_are_only_text() -> None:
    assert "{notes}" in str(ANSWER.format_messages(notes="x", question="what is {notes}?")[1].content)
