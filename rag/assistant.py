"""The life of a question: one chain from what a student typed to what is shown.

    understand -> what the staff endorsed | retrieve -> weigh -> the syllabus | a refusal | write and verify | quote

Each step is a LangChain runnable, so that a step can be traced, replaced or run alone.
"""

import re
import time
from collections.abc import AsyncGenerator, AsyncIterator, Sequence, Set
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any, TypedDict

from langchain_core.documents import Document
from langchain_core.output_parsers import StrOutputParser
from langchain_core.runnables import Runnable, RunnableBranch, RunnableLambda, RunnablePassthrough

from common.settings import Answering
from ingest.catalog import SourceKind
from ingest.sentences import sentences
from rag.answers import Answer, Citation, Line, Status, Timings, cite
from rag.chat import Chat
from rag.endorsed import Endorsed, EndorsedAnswers
from rag.evidence import Evidence, best_score, select, shortened
from rag.gate import chance
from rag.library import Library, LibraryRetriever, View
from rag.policies import unmentioned
from rag.prompts import ANSWER, notes
from rag.questions import Turn, clean_question, standalone
from rag.replies import declined, from_person, from_syllabus, refusal
from rag.requests import Requests, Theme
from rag.retrieval import Hit
from rag.syllabus import Found
from rag.verify import Checked, Verifier

_SYLLABUS_LEAST = 0.6  # a lookup below this is no match
_SYLLABUS_MARGIN = 0.15  # by which a lookup must beat the readings where a reading is asked about
_GRACE_S = 10.0  # more than the longest step between two tokens or two sentences
_SHOWN_WORDS = 80  # of an answer; only a single sentence may be longer
_ASKS = re.compile(r"\W*(?:what|when|where|who|which|how|is|are|do|does|will)\b", re.IGNORECASE)  # a question, by its first word


class _State(TypedDict, total=False):
    """What the chain knows; each step adds to it."""

    question: str
    standalone: str
    reading: str | None
    placed: bool  # is it known which readings are meant?
    earlier: tuple[str, ...]
    endorsed: Endorsed | None
    hits: list[Hit]
    evidence: list[Evidence]
    chance: float
    found: Found | None
    unknown_week: int | None
    unmentioned: str | None
    improper: Theme | None


@dataclass(frozen=True)
class _Clock:
    started: float

    def now(self) -> float:
        return time.perf_counter() - self.started


class Assistant:
    """Answers questions from the readings. Build it in the composition root (`rag.compose`)."""

    def __init__(self, library: Library, chat: Chat, settings: Answering, endorsed: EndorsedAnswers | None = None) -> None:
        """Put the parts together.

        Args:
            library: What is read.
            chat: The language model.
            settings: How answers are made.
            endorsed: What the staff endorsed, which comes before the readings; None where nothing is looked up there.
        """
        self.library = library
        self.chat = chat
        self._endorsed = endorsed
        self._settings = settings
        self._write: Runnable[dict[str, Any], str] = ANSWER | chat | StrOutputParser()
        self._requests: Requests | None = None  # made on the library's thread, which owns the embedding model

    async def warm_up(self) -> None:
        """Load the index and both models now, so that the first question does not wait for them."""
        await self.library.run(self._judge)
        await self.chat.acount_tokens([""])

    async def recover(self, grace_s: float = _GRACE_S) -> None:
        """Make the models answer again where one of them hangs, after an answer that failed or took too long; cheap where none does.

        Args:
            grace_s: A call that ends within this time is not taken for hanging.
        """
        await self.chat.recover(grace_s)
        await self.library.recover(grace_s)

    def clean(self, question: str) -> str:
        """The question as it will be taken; cheap, for faces that want to complain before they start to wait.

        Raises:
            QuestionError: Empty or too long.
        """
        return clean_question(question, self._settings.max_question_chars)

    async def ask(
        self, question: str, *, reading: str | None = None, history: Sequence[Turn] = (), prefer: Set[str] = frozenset()
    ) -> Answer:
        """The whole answer.

        Args:
            question: As the student typed it.
            reading: Id of the reading asked about ("syllabus" for the course's plan); None for all.
            history: The conversation before it, oldest first.
            prefer: Ids of readings that the question is likelier to be about, such as a week's; unknown ones do nothing.

        Raises:
            QuestionError: Empty or too long.
            UsageError: No such reading.
            LectorError: The index or a model cannot be used.
        """
        async with aclosing(self.stream(question, reading=reading, history=history, prefer=prefer)) as parts:
            async for part in parts:
                if isinstance(part, Answer):
                    return part
        raise AssertionError("a stream ends with an Answer")

    async def stream(
        self, question: str, *, reading: str | None = None, history: Sequence[Turn] = (), prefer: Set[str] = frozenset()
    ) -> AsyncGenerator[Line | Answer, None]:
        """Checked sentences as they come, and the whole answer at the end. Closing it stops the model."""
        clock = _Clock(time.perf_counter())
        cleaned = self.clean(question)
        state: _State = await self._prepare(reading, prefer).ainvoke(
            {
                "question": cleaned,
                "standalone": standalone(cleaned, history),
                "reading": reading,
                "placed": reading is not None or bool(prefer),
                "earlier": tuple(turn.question for turn in history),
            }
        )
        base = Answer(Status.REFUSED, (), (), cleaned, state["standalone"], Timings(clock.now(), None, 0.0), reading=reading)
        endorsed, evidence = state["endorsed"], state.get("evidence", [])
        if endorsed is not None:
            answer = from_person(base, endorsed)
        elif state["improper"] is not None:
            answer = declined(base, state["improper"])
        elif (found := state["found"]) is not None:
            answer = from_syllabus(base, found)
        elif not evidence or state["chance"] < self._settings.gate:
            answer = refusal(base, state["hits"], week=state["unknown_week"], matter=state["unmentioned"], placed=state["placed"])
        else:
            citations = _Citations(state["hits"])
            lines: list[Line] = []
            status, first = Status.QUOTED, None
            async with aclosing(self._composed(state, citations)) as composed:
                async for line, is_model_s in composed:
                    first = clock.now() if first is None else first
                    status = Status.ANSWERED if is_model_s else status
                    lines.append(line)
                    yield line
            model = self.chat.name_shown if status is Status.ANSWERED else None
            timings = replace(base.timings, first_token_s=first)
            answer = replace(base, status=status, lines=tuple(lines), citations=citations.all(), model=model, timings=timings)
        total = clock.now()
        shown = answer.timings.first_token_s if answer.timings.first_token_s is not None else total
        yield replace(answer, timings=replace(answer.timings, first_token_s=shown, total_s=total))

    def _prepare(self, reading: str | None, prefer: Set[str]) -> Runnable[Any, Any]:
        """What happens before a word is written."""
        retriever = LibraryRetriever(
            library=self.library, reading=None if reading == SourceKind.SYLLABUS else reading, prefer=frozenset(prefer)
        )
        hits: Runnable[Any, list[Hit]] = RunnableLambda(_standalone) | retriever | RunnableLambda(_hits)
        readings: Runnable[Any, Any] = RunnablePassthrough.assign(hits=hits) | RunnableLambda(self._weigh)
        answered: Runnable[Any, Any] = RunnableBranch((_is_endorsed, RunnablePassthrough()), readings)
        return RunnablePassthrough.assign(endorsed=RunnableLambda(self._find_endorsed)) | answered

    async def _find_endorsed(self, state: Any) -> Endorsed | None:
        """The answer that the staff endorsed to the same question."""
        lookup = self._endorsed
        if lookup is None:
            return None
        return await self.library.run(lambda view: lookup.find(state["standalone"], state["reading"], view.retriever.embed))

    async def _weigh(self, state: Any) -> Any:
        """Adds the evidence, the chance that it answers, and what the syllabus says if the question is about the course."""
        return await self.library.run(lambda view: _weighed(state, view, self._judge(view)))

    def _judge(self, view: View) -> Requests:
        if self._requests is None:
            self._requests = Requests(view.retriever.embed)
        return self._requests

    async def _composed(self, state: _State, citations: "_Citations") -> AsyncGenerator[tuple[Line, bool], None]:
        """The lines of an answer, each with whether its words are the model's: those that hold first, then quotes."""
        evidence, room, written = state["evidence"], _SHOWN_WORDS, False
        async with aclosing(self._written(state)) as sentences_:
            async for checked in sentences_:
                written = True
                room -= len(checked.text.split())
                yield Line(checked.text, (citations.number(checked.evidence),)), True
        if written and not self._settings.add_quotes:
            return
        for item in shortened(evidence, self._settings.quotes, room):
            fits = not written or len(item.sentence.text.split()) <= room
            if fits and not citations.knows(item):
                yield Line(item.sentence.text, (citations.number(item),)), False

    async def _written(self, state: _State) -> AsyncGenerator[Checked, None]:
        """The model's sentences that the evidence bears out, as they come."""
        question = state["standalone"]
        evidence = await self._packed(question, state["evidence"])
        if not evidence:
            return
        support = self._settings.support
        verifier = await self.library.run(lambda view: Verifier(question, evidence, view.retriever.embed, support, view.relate))
        buffer = ""
        async with aclosing(_generator(self._write.astream({"notes": notes(evidence), "question": question}))) as stream:
            async for text in stream:
                buffer += text
                *whole, buffer = _split(buffer)
                for sentence in whole:
                    checked = await self._checked(verifier, sentence)
                    if checked is not None:
                        yield checked
        # Without a full stop the model was cut off in the middle of the sentence.
        if buffer.strip().endswith((".", "!", "?")):
            checked = await self._checked(verifier, buffer.strip())
            if checked is not None:
                yield checked

    async def _checked(self, verifier: Verifier, sentence: str) -> Checked | None:
        return await self.library.run(lambda _view: verifier.check(sentence))

    async def _packed(self, question: str, evidence: Sequence[Evidence]) -> list[Evidence]:
        """As much evidence as there is room for in the prompt, best first; none where the question alone fills the model's window."""
        candidates = shortened(evidence, self._settings.evidence_sentences, self._settings.evidence_tokens)
        empty = "".join(str(m.content) for m in ANSWER.format_messages(notes="", question=question))
        frame, *sizes = await self.chat.acount_tokens([empty, *(item.sentence.text for item in candidates)])
        room = min(self._settings.evidence_tokens, self.chat.room_tokens - frame)
        packed: list[Evidence] = []
        for item, size in zip(candidates, sizes, strict=True):
            if size + 1 <= room:  # its line break costs a token too
                packed.append(item)
                room -= size + 1
        return packed


async def _generator(stream: AsyncIterator[str]) -> AsyncGenerator[str, None]:
    """LangChain promises an iterator only, gives a generator: closing this one closes that one, and so stops the model."""
    try:
        async for text in stream:
            yield text
    finally:
        if isinstance(stream, AsyncGenerator):
            await stream.aclose()


def _standalone(state: _State) -> str:
    return state["standalone"]


def _is_endorsed(state: Any) -> bool:
    return state["endorsed"] is not None


def _hits(documents: list[Document]) -> list[Hit]:
    return [document.metadata["hit"] for document in documents]


class _Citations:
    """Numbers the evidence in the order in which it is cited."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._hits = hits
        self._cited: list[Citation] = []
        self._numbers: dict[tuple[str, int], int] = {}

    def number(self, item: Evidence) -> int:
        sentence = item.sentence
        key = (sentence.reading, sentence.position)
        if key not in self._numbers:
            around = next((hit.passage.text for hit in self._hits if hit.holds(sentence)), sentence.text)
            self._numbers[key] = len(self._cited) + 1
            self._cited.append(cite(len(self._cited) + 1, item.reading, sentence, around))
        return self._numbers[key]

    def knows(self, item: Evidence) -> bool:
        """Is it cited already?"""
        return (item.sentence.reading, item.sentence.position) in self._numbers

    def all(self) -> tuple[Citation, ...]:
        return tuple(self._cited)


def _weighed(state: _State, view: View, requests: Requests) -> _State:
    question, hits = state["standalone"], state["hits"]
    readings = [hit for hit in hits if hit.reading.kind != SourceKind.SYLLABUS]
    evidence = select(question, readings, view.retriever.lexical.idf)
    placed = state["placed"] or any(view.retriever.named(asked) for asked in (question, *state["earlier"]))
    vector = view.retriever.vector_of(question)
    found = view.syllabus.find(question, vector)
    rival = best_score(evidence)
    asked_course = state["reading"] == SourceKind.SYLLABUS
    week = view.syllabus.unknown_week(question)
    if asked_course:
        evidence = []  # whoever asks about the syllabus gets nothing else
    else:
        margin = 0.0 if found is not None and found.cued and state["reading"] is None else _SYLLABUS_MARGIN
        if found is not None and not found.sure and found.score - rival <= margin:
            found = None
    if found is not None and (found.score < _SYLLABUS_LEAST or week is not None):
        found = None
    matter = None
    if found is not None or asked_course:
        matter = unmentioned(question, (line for entry in view.syllabus.entries for line in (entry.section, *entry.lines)))
    if week is not None or matter is not None:
        found, evidence = None, []
    # A request is what was typed; the question before it, which `standalone` may add, is none.
    typed = state["question"]
    judged = requests.judge(typed, vector if typed == question else None)
    # "What happens in April?" is on the course after all, and "what happens tomorrow?" asks nobody to act.
    plain = judged.theme is Theme.OTHER or (judged.theme is Theme.ACTION and _ASKS.match(typed) is not None)
    on_course = found is not None and found.sure and plain
    return {
        **state,
        "evidence": evidence,
        "chance": chance(question, readings, evidence, view.retriever.lexical.idf, view.retriever.opening, placed=placed),
        "placed": placed,
        "found": found,
        "unknown_week": week,
        "unmentioned": matter,
        "improper": judged.theme if judged.improper(rival) and not on_course else None,
    }


def _split(text: str) -> list[str]:
    """Whole sentences, and what is not whole yet as the last element. List marks of the model are taken off."""
    parts = [re.sub(r"^(?:[-*•]|\[?\d{1,2}[\].)])\s+", "", part) for part in sentences(text)]
    if not parts:
        return [""]
    if text[-1].isspace():  # kept where the sentence goes on: not every model puts the space before the word
        return [*parts, ""] if parts[-1].endswith((".", "!", "?")) else [*parts[:-1], parts[-1] + " "]
    return parts


__all__ = ["Answer", "Assistant", "Line"]
