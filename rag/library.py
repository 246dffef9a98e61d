"""The reading side of the index: one thread that owns the store, the embedding model and what is derived from them.

A `View` is everything that answers need of one snapshot. It is made anew when the catalog has changed, so a sync
in another process is seen by the next question, whole.
"""

import logging
from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from common.errors import IndexMismatchError, LectorError
from common.settings import Retrieval
from common.workers import Worker
from ingest.embeddings import Embedder
from ingest.index import Index
from ingest.syllabus import Syllabus, find_syllabus, read_course
from rag.clock import Clock
from rag.entailment import Entailment, Relate
from rag.lexical import stems
from rag.reranking import Reranker
from rag.retrieval import Hit, Retriever
from rag.syllabus import SyllabusLookup
from rag.syllabus.present import stamps

_LOG = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True)
class View:
    """What can be asked about at one moment."""

    retriever: Retriever
    syllabus: SyllabusLookup
    plan: tuple[tuple[str, int], ...]  # the files that the syllabus was read from, with their times
    relate: Relate | None = None  # of the model of entailment, where one is configured


class Library:
    """Answers searches, each against a whole snapshot. Safe to call from any task."""

    def __init__(
        self,
        *,
        index: Callable[[], Index],
        embedder: Callable[[], Embedder],
        retrieval: Retrieval,
        corpus: Path,
        worker: Worker,
        today: Clock,
        reranker: Callable[[], Reranker | None] = lambda: None,
        entailment: Callable[[], Entailment | None] = lambda: None,
    ) -> None:
        self._open_index = index
        self._open_embedder = embedder
        self._open_reranker = reranker
        self._open_entailment = entailment
        self._settings = retrieval
        self._corpus = corpus
        self._today = today
        self._worker = worker
        self._index: Index | None = None
        self._embedder: Embedder | None = None
        self._reranker: Reranker | None = None
        self._relate: Relate | None = None
        self._view: View | None = None

    async def run(self, function: Callable[[View], T]) -> T:
        """Run `function` on the library's thread with the present view.

        Raises:
            IndexMissingError, IndexMismatchError, StoreError, ModelError: There is nothing to ask, or not with these settings.
        """
        return await self._worker.run(lambda: self._run(function))

    def call(self, function: Callable[[View], T]) -> T:
        """As `run`, for a thread of its own: waits for the library's."""
        return self._worker.call(lambda: self._run(function))

    async def recover(self, grace_s: float) -> None:
        """Give a hanging call's thread up and open the index anew, on another."""
        if not await self._worker.responds(grace_s):
            self._worker.renew()
            self._index = self._view = None

    async def search(
        self, question: str, *, k: int | None = None, reading: str | None = None, prefer: Set[str] = frozenset(), references: bool = False
    ) -> list[Hit]:
        """See `Retriever.search`."""
        return await self.run(lambda view: view.retriever.search(question, k=k, reading=reading, prefer=prefer, references=references))

    def _run(self, function: Callable[[View], T]) -> T:
        view = self._current()
        try:
            return function(view)
        except IndexMismatchError:  # a sync may have removed what this view shows, after it was looked at
            fresh = self._current()
            if fresh is view:
                raise
            return function(fresh)

    def _current(self) -> View:
        if self._index is None:
            self._index = self._open_index()
        version, plan = self._index.version(), stamps(self._corpus)
        if self._view is None or self._view.retriever.snapshot.version != version:
            before = self._view.retriever if self._view else None
            # Before the model is loaded: "nothing is indexed" must not take seconds.
            snapshot = self._index.snapshot(before.snapshot if before else None)
            if self._embedder is None:
                self._reranker = self._open_reranker()
                entailment = self._open_entailment()
                self._relate = None if entailment is None else entailment.relate
                self._embedder = self._open_embedder()  # last: where one does not load, the next question tries again
            retriever = Retriever(snapshot, self._index, self._embedder, self._settings, before=before, reranker=self._reranker)
            self._view = View(retriever, self._lookup(retriever, self._embedder), plan, self._relate)
        elif self._view.plan != plan:
            assert self._embedder is not None
            self._view = replace(self._view, syllabus=self._lookup(self._view.retriever, self._embedder), plan=plan)
        return self._view

    def _lookup(self, retriever: Retriever, embedder: Embedder) -> SyllabusLookup:
        def known(word: str) -> bool:
            return embedder.is_word(word) or any(retriever.lexical.knows(stem) for stem in stems(word))

        return SyllabusLookup(_syllabus(self._corpus), embedder.embed, self._today, known)


def _syllabus(corpus: Path) -> Syllabus:
    """The course's plan; an empty one where there is none or it is damaged, so that the readings can still be asked about."""
    try:
        return read_course(corpus) if find_syllabus(corpus) else Syllabus("")
    except LectorError as exc:
        _LOG.warning("the syllabus is left out: %s", exc.user_message)
        return Syllabus("")


class LibraryRetriever(BaseRetriever):
    """The library as LangChain's retriever: documents whose metadata hold the `Hit`."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    reading: str | None = None
    prefer: frozenset[str] = frozenset()

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun, **kwargs: Any
    ) -> list[Document]:
        hits = await self.library.search(query, reading=self.reading, prefer=self.prefer)
        return [Document(page_content=hit.passage.text, metadata={"hit": hit}) for hit in hits]

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **kwargs: Any) -> list[Document]:
        raise NotImplementedError("the library is asked from the event loop: use ainvoke")
