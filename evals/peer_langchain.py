"""The peer: LangChain's own quick start for "chat with your PDFs", with the same models on the same machine.

As its documentation has it (docs.langchain.com, "Build a RAG agent" and "Build a semantic search engine", read 2026-11):
a document a page by pypdf, RecursiveCharacterTextSplitter of 1,000 characters with 200 shared, a sentence-transformers
model by langchain-huggingface, Chroma, the four nearest chunks pasted into the prompt of a chat model, whose words are shown as they come.
"""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common.models import locate
from common.settings import Settings
from rag.chat import Chat

_CHUNK, _OVERLAP, _SHOWN = 1000, 200, 4
_DOES_NOT_KNOW = re.compile(r"\b(?:don['’]?t|do not|does not|doesn['’]?t) know\b", re.IGNORECASE)
PROMPT = (
    "You are an assistant for question-answering tasks. Use the following pieces of retrieved context to answer the question. "
    "If you don't know the answer, just say that you don't know. Use three sentences maximum and keep the answer concise.\n\n"
    "Question: {question}\n\nContext: {context}\n\nAnswer:"
)


@dataclass(frozen=True)
class Ingested:
    """What an ingest took: counts, and the seconds of its parts."""

    pages: int
    chunks: int
    read_s: float
    store_s: float

    @property
    def seconds(self) -> float:
        """From the files to the store."""
        return self.read_s + self.store_s


class QuickStart:
    """The documented pipeline."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        """Load the embedding model and open a store.

        Args:
            settings: The models are Lector's.
            folder: Where its Chroma lies.
        """
        from langchain_chroma import Chroma
        from langchain_huggingface import HuggingFaceEmbeddings

        weights = locate(settings.embeddings.model, "embeddings.model")
        self._embeddings = HuggingFaceEmbeddings(model_name=str(weights.parent))
        self._store = Chroma(collection_name="quick-start", embedding_function=self._embeddings, persist_directory=str(folder))

    def ingest(self, files: Sequence[Path]) -> Ingested:
        """Load, split, embed and store the files."""
        from langchain_core.documents import Document
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        started = time.perf_counter()
        documents = [
            Document(page_content=text, metadata={"source": file.stem, "page": number})
            for file in files
            for number, text in enumerate(_page_texts(file), start=1)
        ]
        splitter = RecursiveCharacterTextSplitter(chunk_size=_CHUNK, chunk_overlap=_OVERLAP, add_start_index=True)
        chunks = splitter.split_documents(documents)
        for chunk in chunks:  # a lone surrogate in one paper stops the tokenizer: the least that makes the quick start run
            chunk.page_content = chunk.page_content.encode("utf-8", "ignore").decode()
        read = time.perf_counter()
        self._store.add_documents(chunks)
        return Ingested(len(documents), len(chunks), read - started, time.perf_counter() - read)

    @property
    def chunks(self) -> int:
        """How many are stored."""
        return len(self._store.get(include=[])["ids"])

    def search(self, question: str, k: int) -> list[dict[str, Any]]:
        """The nearest chunks, as `lector search` lists passages."""
        return [
            {"reading": d.metadata["source"], "page": str(d.metadata["page"]), "section": None, "text": d.page_content, "score": -distance}
            for d, distance in self._store.similarity_search_with_score(question, k=k)
        ]

    def prompt(self, question: str) -> tuple[str, list[dict[str, Any]]]:
        """What the chat model is asked, and the chunks pasted into it."""
        shown = self.search(question, _SHOWN)
        return PROMPT.format(question=question, context="\n\n".join(chunk["text"] for chunk in shown)), shown

    def ask(self, question: str, chat: Chat) -> dict[str, Any]:
        """The answer, as `lector ask` gives one: the model's words, with all chunks of the prompt as its citations.

        Args:
            chat: The same model as Lector's; its first token is the first word shown.
        """
        started = time.perf_counter()
        prompt, shown = self.prompt(question)
        retrieved = time.perf_counter() - started
        text, first = "", None
        for part in chat.stream(prompt):
            text += str(part.content)
            first = time.perf_counter() - started if first is None and text else first
        total = time.perf_counter() - started
        return {
            "status": "refused" if _DOES_NOT_KNOW.search(text) else "answered",
            "text": text.strip(),
            "sentences": [],
            "citations": [
                {"n": n, "reading": c["reading"], "title": c["reading"], "page": c["page"], "section": None, "quote": "", "url": None}
                for n, c in enumerate(shown, start=1)
            ],
            "standalone_question": question,
            "timings": {"retrieve_s": round(retrieved, 4), "first_token_s": round(first or total, 4), "total_s": round(total, 4)},
            "model": chat.name_shown,
        }


def _page_texts(file: Path) -> Iterator[str]:
    """A PDF page by page, any other file whole."""
    from pypdf import PdfReader

    if file.suffix == ".pdf":
        yield from (page.extract_text() for page in PdfReader(file).pages)
    else:
        yield file.read_text("utf-8")
