"""BEIR SciFact through Lector's own index and retriever: figures that compare with published ones.

    python -m evals.scifact FOLDER [--data-dir data/scifact]

FOLDER holds corpus.jsonl, queries.jsonl and qrels/test.tsv as BEIR gives them (https://github.com/beir-cellar/beir).
Published nDCG@10: BM25 0.665, all-MiniLM-L6-v2 0.645. Indexing 5,183 abstracts takes some minutes on two cores; it is kept.
"""

import argparse
import asyncio
import json
import math
import statistics
import time
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from common.configuration import load_settings
from common.errors import LectorError
from common.settings import Settings
from ingest.catalog import Reading, SourceKind
from ingest.chunking import chunk
from ingest.documents import Block
from ingest.embeddings import Embedder
from rag.compose import open_assistant, open_index

_DEPTH = 10
_NAME = "scifact"


def build(settings: Settings, corpus: Path) -> None:
    """Index the abstracts as one reading with a section each; does nothing where they are indexed already."""
    index = open_index(settings)
    if index.catalog.readings():
        return
    entries = [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]
    blocks = [Block(str(entry[part]), None, str(entry["_id"])) for entry in entries for part in ("title", "text")]
    sentences, passages = chunk(_NAME, blocks, settings.chunking)
    embedder = Embedder(settings.embeddings)
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("embedding", total=len(sentences))
        encoded = embedder.encode([s.text for s in sentences], done=lambda n: bar.advance(task, n))
    row = Reading(
        course=settings.course.key, reading=_NAME, revision=_NAME, fingerprint="", sha256="", kind=SourceKind.PAPER.value,
        title="", path="", size=0, mtime_ns=0, pages=0, chunks=len(passages), sentences=len(sentences),
    )  # fmt: skip
    index.write(sentences, passages, encoded, row)


async def ndcg(settings: Settings, folder: Path) -> dict[str, float]:
    """nDCG@10 over the claims of the test set, and the median seconds of a search."""
    relevant: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        relevant.setdefault(query, {})[document] = int(grade)
    queries = [json.loads(line) for line in (folder / "queries.jsonl").read_text("utf-8").splitlines()]
    gains, seconds = [], []
    with open_assistant(settings) as parts:
        await parts.assistant.library.run(lambda _view: None)
        for query in (q for q in queries if str(q["_id"]) in relevant):
            started = time.perf_counter()
            hits = await parts.assistant.library.search(query["text"], k=2 * _DEPTH)
            seconds.append(time.perf_counter() - started)
            ranking = list(dict.fromkeys(hit.passage.section for hit in hits))[:_DEPTH]
            grades = relevant[str(query["_id"])]
            found = sum((2 ** grades.get(name, 0) - 1) / math.log2(place + 2) for place, name in enumerate(ranking))
            best = sorted(grades.values(), reverse=True)[:_DEPTH]
            gains.append(found / sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(best)))
    return {"claims": len(gains), "ndcg@10": round(statistics.mean(gains), 4), "search_s_median": round(statistics.median(seconds), 4)}


def main() -> None:
    """Index what is not indexed yet, then measure."""
    parser = argparse.ArgumentParser(description="BEIR SciFact through Lector's retriever.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    parser.add_argument("--data-dir", type=Path, default=Path("data/scifact"))
    arguments = parser.parse_args()
    settings = load_settings(arguments.config, data_dir=arguments.data_dir)
    settings = settings.model_copy(update={"course": settings.course.model_copy(update={"key": _NAME})})
    build(settings, arguments.folder / "corpus.jsonl")
    print(json.dumps(asyncio.run(ndcg(settings, arguments.folder))))


if __name__ == "__main__":
    try:
        main()
    except LectorError as exc:
        raise SystemExit(f"lector: {exc.user_message}") from exc
