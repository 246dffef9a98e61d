"""The reading side of the index: one thread that owns the store, the embedding model and what is derived from them.

A `View` is everything that answers need of one snapshot. It is made anew when the catalog has changed, so a sync
in another process is seen by the next question, whole.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from common.settings import Retrieval
from common.workers import Worker
from ingest.embeddings import Embedder
from ingest.index import Index
from ingest.syllabus import Syllabus, read_syllabus
from rag.retrieval import Hit, Retriever
from rag.syllabus import SyllabusLookup

T = TypeVar("T")


@dataclass(frozen=True)
class View:
    """What can be asked about at one moment."""

    retriever: Retriever
    syllabus: SyllabusLookup


class Library:
    """Answers searches, each against a whole snapshot. Safe to call from any task."""

    def __init__(
        self, *, index: Callable[[], Index], embedder: Callable[[], Embedder], retrieval: Retrieval, syllabus: Path, worker: Worker
    ) -> None:
        self._open_index = index
        self._open_embedder = embedder
        self._settings = retrieval
        self._syllabus_file = syllabus
        self._worker = worker
        self._index: Index | None = None
        self._embedder: Embedder | None = None
        self._view: View | None = None

    async def run(self, function: Callable[[View], T]) -> T:
        """Run `function` on the library's thread with the present view.

        Raises:
            IndexMissingError, IndexMismatchError, StoreError, ModelError: There is nothing to ask, or not with these settings.
        """
        return await self._worker.run(lambda: function(self._current()))

    async def search(self, question: str, *, k: int | None = None, reading: str | None = None, references: bool = False) -> list[Hit]:
        """See `Retriever.search`."""
        return await self.run(lambda view: view.retriever.search(question, k=k, reading=reading, references=references))

    def _current(self) -> View:
        if self._index is None:
            self._index = self._open_index()
        version = self._index.version()
        if self._view is None or self._view.retriever.snapshot.version != version:
            snapshot = self._index.snapshot()  # before the model is loaded: "nothing is indexed" must not take seconds
            if self._embedder is None:
                self._embedder = self._open_embedder()
            retriever = Retriever(snapshot, self._index, self._embedder, self._settings)
            syllabus = read_syllabus(self._syllabus_file) if self._syllabus_file.is_file() else Syllabus("")
            self._view = View(retriever, SyllabusLookup(syllabus, self._embedder.embed))
        return self._view


class LibraryRetriever(BaseRetriever):
    """The library as LangChain's retriever: documents whose metadata hold the `Hit`."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    reading: str | None = None

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun, **kwargs: Any
    ) -> list[Document]:
        hits = await self.library.search(query, reading=self.reading)
        return [Document(page_content=hit.passage.text, metadata={"hit": hit}) for hit in hits]

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **kwargs: Any) -> list[Document]:
        raise NotImplementedError("the library is asked from the event loop: use ainvoke")
