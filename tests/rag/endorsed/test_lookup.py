"""Endorsed answers in the chain, over the repository's own corpus, with the real models."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from common.database import open_database
from common.settings import Storage
from rag.answers import Answer, Status
from rag.assistant import Assistant
from rag.compose import Parts
from rag.endorsed import EndorsedAnswers, EndorsedStore, Person
from rag.questions import Turn

ANN = Person(1, "Ann")
QUESTION = "Can we use GPT-4 to label the training data of our project?"
TEXT = "Yes, but say so in the report.\n\nSee **section 3** of the handout."


@dataclass
class Room:
    store: EndorsedStore
    assistant: Assistant

    async def ask(self, question: str, **options) -> Answer:
        return await self.assistant.ask(question, **options)


@pytest.fixture
def room(parts: Parts, tmp_path: Path) -> Room:
    store = EndorsedStore(open_database(Storage(dir=tmp_path)), "zoo")
    settings = parts.settings.answering
    endorsed = EndorsedAnswers(lambda: store, settings.same_question)
    return Room(store, Assistant(parts.assistant.library, parts.assistant.chat, settings, endorsed))


async def test_who_asks_the_same_later_is_shown_the_person_s_words_whole_and_nothing_else(room: Room) -> None:
    assert (await room.ask(QUESTION)).status is not Status.ENDORSED
    room.store.add(QUESTION, TEXT, ANN, ANN)
    answer = await room.ask("Are we allowed to label our project's training data with GPT-4?")
    assert (answer.status, answer.model, answer.text) == (Status.ENDORSED, None, TEXT)
    (citation,) = answer.citations
    assert (citation.kind, citation.quote, citation.section, citation.page) == ("endorsed", TEXT, QUESTION, None)
    assert citation.title.startswith("Endorsed by Ann on 20")
    shown = answer.as_json()
    assert (shown["status"], shown["citations"][0]["kind"]) == ("endorsed", "endorsed")


@pytest.mark.parametrize(
    "question",
    [
        "Can we use GPT-3.5 to label the training data of our project?",
        "Can we use GPT-4 to label the test data of our project?",
        "Can't we use GPT-4 to label the training data of our project?",
        "How many attention heads does the base Transformer use?",
        "When is the project proposal due?",
    ],
)
async def test_who_asks_something_else_is_answered_from_the_course(room: Room, question: str) -> None:
    room.store.add(QUESTION, TEXT, ANN, ANN)
    assert (await room.ask(question)).status is not Status.ENDORSED


async def test_an_edit_and_a_withdrawal_are_seen_by_the_next_question(room: Room) -> None:
    room.store.add(QUESTION, TEXT, ANN, ANN)
    room.store.edit(1, QUESTION, "No.", ANN)
    assert (await room.ask(QUESTION)).text == "No."
    room.store.withdraw(1, ANN)
    assert (await room.ask(QUESTION)).status is not Status.ENDORSED


async def test_of_two_answers_to_one_question_the_newer_is_shown(room: Room) -> None:
    room.store.add(QUESTION, "No.", ANN, ANN)
    room.store.add(QUESTION, "Yes.", ANN, ANN)
    assert (await room.ask(QUESTION)).text == "Yes."


async def test_an_answer_on_one_reading_is_not_given_on_another(room: Room) -> None:
    question = "How many heads are used in the base model?"
    room.store.add(question, "Eight.", ANN, ANN, reading="1706.03762")
    assert (await room.ask(question, reading="1706.03762")).text == "Eight."
    assert (await room.ask(question, reading="2302.13971")).status is not Status.ENDORSED
    assert (await room.ask(question)).status is not Status.ENDORSED


async def test_a_follow_up_finds_what_was_endorsed_for_the_whole_question(room: Room) -> None:
    whole = (await room.ask("And of the test data?", history=[Turn(QUESTION, "No idea.")])).standalone_question
    room.store.add(whole, "Never.", ANN, ANN)
    assert (await room.ask("And of the test data?", history=[Turn(QUESTION, "No idea.")])).text == "Never."
    assert (await room.ask("And of the test data?")).status is not Status.ENDORSED
