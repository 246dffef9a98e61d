"""The composition root: everything that faces and evaluations need is built here, from the settings, and passed on.

Nothing heavy is opened before it is needed: a model or the store is loaded on its own thread at the first use.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from common.database import open_database
from common.settings import Settings
from common.workers import Worker
from ingest.catalog import Catalog
from ingest.embeddings import Embedder, model_identity
from ingest.index import Index
from ingest.manifest import load_items
from ingest.sources import Finder
from ingest.sync import Progress, Report, sync
from rag.assistant import Assistant
from rag.library import Library
from rag.llm import LlamaCppChat


def open_catalog(settings: Settings) -> Catalog:
    """What is indexed, without opening the store of texts."""
    return Catalog(open_database(settings.storage), settings.course.key)


def open_index(settings: Settings) -> Index:
    """The course's index, made if it is not there yet."""
    return Index(settings.storage.dir, open_catalog(settings), model_identity(settings.embeddings))


def run_sync(settings: Settings, progress: Progress, *, rebuild: bool = False) -> Report:
    """Make the index equal to the corpus; see `ingest.sync`."""
    items = load_items(settings.corpus.dir)
    return sync(
        items,
        finder=Finder(settings.corpus.dir, settings.sources),
        index=open_index(settings),
        embedder=lambda: Embedder(settings.embeddings),
        chunking=settings.chunking,
        folder=settings.storage.dir,
        progress=progress,
        rebuild=rebuild,
    )


@dataclass(frozen=True)
class Parts:
    """What a face needs to answer."""

    settings: Settings
    assistant: Assistant


@contextmanager
def open_assistant(settings: Settings) -> Iterator[Parts]:
    """The assistant with its two threads, ended with the block."""
    index_thread, model_thread = Worker("index"), Worker("llm")
    library = Library(
        index=lambda: open_index(settings),
        embedder=lambda: Embedder(settings.embeddings),
        retrieval=settings.retrieval,
        syllabus=settings.corpus.dir / "syllabus.md",
        worker=index_thread,
    )
    chat = LlamaCppChat(settings=settings.llm, worker=model_thread)
    try:
        yield Parts(settings, Assistant(library, chat, settings.answering))
    finally:
        model_thread.close()
        index_thread.close()
