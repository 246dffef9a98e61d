"""The composition root: everything that faces and evaluations need is built here, from the settings, and passed on.

Nothing heavy is opened before it is needed: a model or the store is loaded on its own thread at the first use.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from threadpoolctl import threadpool_limits

from common.database import open_database
from common.errors import SourceError, UsageError
from common.settings import Llm, Settings
from common.workers import Worker
from ingest.arxiv.bibliography import Bibliography
from ingest.arxiv.client import ArxivClient
from ingest.catalog import Catalog
from ingest.changes import Outcome, carry_out, described
from ingest.corpus import Add, Change, Corpus
from ingest.documents import Document
from ingest.edits import EditLog
from ingest.embeddings import Embedder, model_identity
from ingest.extraction import Extractor
from ingest.index import Index
from ingest.manifest import load_items
from ingest.sources import Finder
from ingest.sync import Progress, Report, sync
from rag.assistant import Assistant
from rag.chat import Chat
from rag.clock import Clock, course_clock
from rag.endorsed import EndorsedAnswers, EndorsedStore
from rag.entailment import Entailment
from rag.library import Library
from rag.llm import LlamaCppChat
from rag.llm_openai import OpenAIChat
from rag.reranking import Reranker


def open_catalog(settings: Settings) -> Catalog:
    """What is indexed, without opening the store of texts."""
    return Catalog(open_database(settings.storage), settings.course.key)


def open_index(settings: Settings) -> Index:
    """The course's index, made if it is not there yet."""
    return Index(settings.storage.dir, open_catalog(settings), model_identity(settings.embeddings))


def open_arxiv(settings: Settings) -> ArxivClient:
    """arXiv, for this course's `corpus/papers`."""
    return ArxivClient(settings.sources.arxiv, settings.corpus.dir / "papers")


def open_bibliography(settings: Settings) -> Bibliography:
    """What is remembered of arXiv's papers."""
    return Bibliography(open_database(settings.storage))


def open_endorsed(settings: Settings) -> EndorsedStore:
    """The answers that the course's staff has endorsed."""
    return EndorsedStore(open_database(settings.storage), settings.course.key)


def open_corpus(settings: Settings) -> Corpus:
    """The corpus folder with its log."""
    log = EditLog(open_database(settings.storage), settings.course.key, settings.storage.dir)
    return Corpus(settings.corpus.dir, log, {row.reading: Path(row.path) for row in open_catalog(settings).readings()})


def run_sync(settings: Settings, progress: Progress, *, rebuild: bool = False) -> Report:
    """Make the index equal to the corpus; see `ingest.sync`."""
    known = open_bibliography(settings).titles()
    return sync(
        load_items(settings.corpus.dir, known),
        finder=Finder(settings.corpus.dir, settings.sources),
        index=open_index(settings),
        embedder=lambda: Embedder(settings.embeddings),
        chunking=settings.chunking,
        reading=settings.reading,
        folder=settings.storage.dir,
        keep=settings.storage.keep_revisions,
        progress=progress,
        rebuild=rebuild,
    )


def add_reading(settings: Settings, source: str | Path, options: Add, who: str, progress: Progress) -> Outcome:
    """Add a paper by its arXiv id or link, or a file; see `ingest.changes`."""
    client = open_arxiv(settings) if settings.sources.arxiv.enabled else None

    def read(path: Path) -> Document:
        with Extractor(settings.reading, settings.storage.dir) as extractor:
            return extractor.submit(path).result()

    change, notes = described(source, options, client, open_bibliography(settings), read)
    return change_corpus(settings, change, who, progress, notes)


def read_draft(settings: Settings, path: Path) -> Document:
    """A student's file, read under the limits of the section `reading`.

    Raises:
        UsageError: It cannot be read, or there is no text in it; the message gives the reason.
    """
    try:
        with Extractor(settings.reading, settings.storage.dir) as extractor:
            return extractor.submit(path).result()
    except SourceError as exc:
        raise UsageError(exc.user_message) from exc


def change_corpus(settings: Settings, change: Change, who: str, progress: Progress, notes: tuple[str, ...] = ()) -> Outcome:
    """Change the readings and make the index follow; see `ingest.changes`."""
    return carry_out(change, who, open_corpus(settings), settings.storage.dir, lambda: run_sync(settings, progress), notes)


def open_chat(settings: Llm, worker: Worker) -> Chat:
    """The language model of the engine that is set; `worker` runs it where it runs in this process."""
    return OpenAIChat(settings=settings) if settings.engine == "openai" else LlamaCppChat(settings=settings, worker=worker)


def open_reranker(settings: Settings) -> Reranker | None:
    """The cross-encoder that ranks passages again, where one is set."""
    model = settings.retrieval.reranker
    return None if model is None else Reranker(model, settings.embeddings.device)


def open_entailment(settings: Settings) -> Entailment | None:
    """The model that tells what follows from what, where one is set."""
    model = settings.answering.nli
    return None if model is None else Entailment(model, settings.answering.entailment, settings.embeddings.device)


@dataclass(frozen=True)
class Parts:
    """What a face needs to answer."""

    settings: Settings
    assistant: Assistant


@contextmanager
def open_assistant(settings: Settings, today: Clock | None = None) -> Iterator[Parts]:
    """The assistant of one course with its two threads, ended with the block.

    Args:
        settings: All of them.
        today: What day questions such as "what is due next week?" go by; by default the present one in the course's time zone.
    """
    with open_assistants([settings], today) as (parts,):
        yield parts


@contextmanager
def open_assistants(courses: Sequence[Settings], today: Clock | None = None) -> Iterator[tuple[Parts, ...]]:
    """Assistants of several courses that share the two threads and the models, each with an index of its own.

    Args:
        courses: Settings of each course; the models are those of the first.
        today: As for `open_assistant`.
    """
    index_thread, model_thread = Worker("index"), Worker("llm")
    # A search's products of matrices are small. Shared among cores, the others go on waiting for more of them, at full load, while
    # llama.cpp reads the prompt: that took a tenth longer (docs/speed.md).
    threadpool_limits(1, user_api="blas")
    first = courses[0]
    embedder = cache(lambda: Embedder(first.embeddings))  # this and the next two are called on the index thread alone
    reranker, entailment = cache(lambda: open_reranker(first)), cache(lambda: open_entailment(first))
    chat = open_chat(first.llm, model_thread)

    def opened(settings: Settings) -> Parts:
        library = Library(
            index=lambda: open_index(settings),
            embedder=embedder,
            reranker=reranker,
            entailment=entailment,
            retrieval=settings.retrieval,
            corpus=settings.corpus.dir,
            worker=index_thread,
            today=today or course_clock(settings.course.timezone),
        )
        endorsed = EndorsedAnswers(lambda: open_endorsed(settings), settings.answering.same_question)
        return Parts(settings, Assistant(library, chat, settings.answering, endorsed))

    try:
        yield tuple(opened(settings) for settings in courses)
    finally:
        model_thread.close()
        index_thread.close()
