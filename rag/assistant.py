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

from langchain_core.output_parsers import StrOutputParser
from langchain_core.runnables import Runnable, RunnableLambda

from common.settings import Answering
from ingest.sentences import sentences
from rag.answers import Answer, Citation, Line, Status, Timings, cite
from rag.chat import Chat
from rag.compound import Joined, may_be_several
from rag.endorsed import Endorsed, EndorsedAnswers
from rag.evidence import Evidence, shortened
from rag.library import Library, LibraryRetriever, View
from rag.prompts import ANSWER, notes
from rag.questions import Turn, clean_question, standalone
from rag.replies import declined, from_person, from_syllabus, refusal
from rag.retrieval import Hit
from rag.verify import Checked, Verifier
from rag.weighing import Asked, Weighed, Weigher

_GRACE_S = 10.0  # more than the longest step between two tokens or two sentences
_SHOWN_WORDS = 80  # of an answer; only a single sentence may be longer


class _State(TypedDict, total=False):
    """What the chain knows; each step adds to it."""

    asked: Asked
    endorsed: Endorsed | None
    hits: list[Hit]
    weighed: Weighed


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
        self._weigher: Weigher | None = None  # made on the library's thread, which owns the embedding model

    async def warm_up(self) -> None:
        """Load the index and both models now, so that the first question does not wait for them."""
        await self.library.run(self._weigher_of)
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
        pieces = [cleaned]
        if reading is None and may_be_several(cleaned):
            pieces = await self.library.run(lambda view: self._weigher_of(view).pieces(cleaned))
        joined = Joined()
        for piece in pieces:
            asked = Asked(piece, standalone(piece, history), reading, frozenset(prefer), tuple(turn.question for turn in history))
            lines: list[Line] = []
            async with aclosing(self._answered(asked, _SHOWN_WORDS // len(pieces))) as parts:
                async for part in parts:
                    if isinstance(part, Line):
                        lines.append(part)
                        yield joined.placed(part)
                    elif len(pieces) == 1:
                        yield part
                    else:
                        for line in part.lines[len(lines) :]:  # what is looked up comes whole
                            yield joined.placed(line)
                        joined.add(part)
        if len(pieces) > 1:
            yield joined.answer(cleaned, clock.now())

    async def _answered(self, asked: Asked, room: int) -> AsyncGenerator[Line | Answer, None]:
        """As `stream`, of one question; at most so many words of the readings, but for a single sentence."""
        clock = _Clock(time.perf_counter())
        state: _State = await self._prepare(asked).ainvoke({"asked": asked})
        base = Answer(Status.REFUSED, (), (), asked.typed, asked.standalone, Timings(clock.now(), None, 0.0), reading=asked.reading)
        if (endorsed := state["endorsed"]) is not None:
            answer = from_person(base, endorsed)
        elif (weighed := state["weighed"]).improper is not None:
            answer = declined(base, weighed.improper)
        elif weighed.found is not None:
            answer = from_syllabus(base, weighed.found)
        elif not weighed.evidence or weighed.chance < self._settings.gate:
            answer = replace(refusal(base, state["hits"], weighed), chance=weighed.chance if weighed.evidence else None)
        else:
            citations = _Citations(state["hits"])
            lines: list[Line] = []
            status, first = Status.QUOTED, None
            async with aclosing(self._composed(state, citations, room)) as composed:
                async for line, is_model_s in composed:
                    first = clock.now() if first is None else first
                    status = Status.ANSWERED if is_model_s else status
                    lines.append(line)
                    yield line
            model = self.chat.name_shown if status is Status.ANSWERED else None
            timings = replace(base.timings, first_token_s=first)
            answer = replace(
                base, status=status, lines=tuple(lines), citations=citations.all(), model=model, timings=timings,
                chance=None if weighed.whole else weighed.chance,
            )  # fmt: skip
        total = clock.now()
        shown = answer.timings.first_token_s if answer.timings.first_token_s is not None else total
        yield replace(answer, timings=replace(answer.timings, first_token_s=shown, total_s=total))

    def _prepare(self, asked: Asked) -> Runnable[Any, Any]:
        """What happens before a word is written."""
        retriever = LibraryRetriever(library=self.library, reading=None if asked.of_syllabus else asked.reading, prefer=asked.prefer)

        async def retrieve(state: Any) -> Any:
            documents = await retriever.ainvoke(state["asked"].standalone)
            return {**state, "hits": [document.metadata["hit"] for document in documents]}

        readings: Runnable[Any, Any] = RunnableLambda(retrieve) | RunnableLambda(self._weigh)

        async def route(state: Any) -> Any:
            return readings if state["endorsed"] is None else state

        # Steps are coroutines: of any other function LangChain makes a call on a thread of its own, half a millisecond each.
        return RunnableLambda(self._look_up) | RunnableLambda(route)

    async def _look_up(self, state: Any) -> Any:
        """Adds the answer that the staff endorsed to the same question."""
        lookup, asked = self._endorsed, state["asked"]
        if lookup is None:
            return {**state, "endorsed": None}
        found = await self.library.run(lambda view: lookup.find(asked.standalone, asked.reading, view.retriever.embed))
        return {**state, "endorsed": found}

    async def _weigh(self, state: Any) -> Any:
        """Adds what there is to the question."""
        return {**state, "weighed": await self.library.run(lambda view: self._weigher_of(view).weigh(state["asked"], state["hits"], view))}

    def _weigher_of(self, view: View) -> Weigher:
        if self._weigher is None:
            self._weigher = Weigher(view.retriever.embed)
        return self._weigher

    async def _composed(self, state: _State, citations: "_Citations", room: int) -> AsyncGenerator[tuple[Line, bool], None]:
        """The lines of an answer, each with whether its words are the model's: those that hold first, then quotes."""
        weighed, written = state["weighed"], False
        sure = weighed.chance >= self._settings.sure
        if weighed.whole:  # the sentences are chosen, and a model could only leave some out
            for item in weighed.evidence:
                yield Line(item.sentence.text, (citations.number(item),), sure=sure), False
            return
        async with aclosing(self._written(state)) as sentences_:
            async for checked in sentences_:
                written = True
                room -= len(checked.text.split())
                yield Line(checked.text, (citations.number(checked.evidence),), sure=sure), True
        if written and not self._settings.add_quotes:
            return
        for item in shortened(weighed.evidence, self._settings.quotes, room):
            fits = not written or len(item.sentence.text.split()) <= room
            if fits and not citations.knows(item):
                yield Line(item.sentence.text, (citations.number(item),), sure=sure), False

    async def _written(self, state: _State) -> AsyncGenerator[Checked, None]:
        """The model's sentences that the evidence bears out, as they come."""
        question = state["asked"].standalone
        evidence = await self._packed(question, state["weighed"].evidence)
        if not evidence:
            return
        verifier = Verifier(question, evidence, self._settings.support)
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
        return await self.library.run(lambda view: verifier.check(sentence, view.retriever.embed, view.relate))

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


def _split(text: str) -> list[str]:
    """Whole sentences, and what is not whole yet as the last element. List marks of the model are taken off."""
    parts = [re.sub(r"^(?:[-*•]|\[?\d{1,2}[\].)])\s+", "", part) for part in sentences(text)]
    if not parts:
        return [""]
    if text[-1].isspace():  # kept where the sentence goes on: not every model puts the space before the word
        return [*parts, ""] if parts[-1].endswith((".", "!", "?")) else [*parts[:-1], parts[-1] + " "]
    return parts


__all__ = ["Answer", "Assistant", "Line"]
