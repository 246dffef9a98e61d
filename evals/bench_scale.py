"""What a page costs, and what the assistant needs, as the corpus grows from ten papers to a thousand.

    python -m evals.bench_scale --data-dir DIR [--papers 1000] [--plot docs/images/scale.svg]

DIR holds an index of real papers. A made paper takes its sentences at random from those of the real ones and jitters
their vectors, so texts, lengths, words and neighbourhoods are like real ones and no two passages are alike. They go
through the product's own index, catalog and retriever. At each size a real paper is read, embedded and stored beside
them: `page_ms` is what one of its pages costs, `store_ms` what of that is storing.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from common.configuration import load_settings
from common.errors import LectorError
from common.settings import Settings
from evals.bench import QUESTIONS
from ingest.catalog import Reading, SourceKind
from ingest.chunking import chunk
from ingest.documents import Block
from ingest.embeddings import Embedder
from ingest.encoded import Bits, Encoded, Ends
from ingest.index import Index
from ingest.readers import read
from ingest.snapshot import Snapshot
from rag.compose import open_catalog, open_index
from rag.retrieval import Retriever

_JITTER = 0.05  # added to each of 384 numbers whose squares sum to 1: a cosine of about 0.7 with the original


def grow(real: Snapshot, index: Index, settings: Settings, sizes: list[int]) -> list[dict[str, float]]:
    """Write made papers up to each of the sizes; for each step the milliseconds that a page cost."""
    rng = np.random.default_rng(0)
    papers = [row.reading for row in real.readings.values() if row.kind == SourceKind.PAPER and row.pages]
    if not papers:
        raise LectorError("the data folder holds no papers with pages: ingest some first")
    pool = [(s.text, name, n) for name in papers for n, s in enumerate(real.sentences(name)) if s.kind != "reference"]
    known, tokens = {}, {}
    for name in papers:
        with real.vectors(name).opened() as stored:
            known[name] = stored.of_sentences(0, real.readings[name].sentences)
            tokens[name] = stored.of_tokens(0, real.readings[name].sentences)
    pages = round(statistics.mean(real.readings[name].pages for name in papers))
    length = len(pool) // len(papers)
    steps: list[dict[str, float]] = []
    embedder = Embedder(settings.embeddings)
    embedder.embed(["warm"])
    made = 0
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("papers", total=sizes[-1])
        for size in sizes:
            for number in range(made, size):
                chosen = [pool[n] for n in rng.choice(len(pool), size=length, replace=False)]
                blocks = [Block(text, 1 + pages * place // length, f"{place // 40}") for place, (text, _, _) in enumerate(chosen)]
                vectors = np.stack([known[name][n] for _, name, n in chosen])
                vectors += _JITTER * rng.standard_normal(vectors.shape, dtype=np.float32)
                vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
                name = f"made-{number:04}"
                sentences, passages = chunk(name, blocks, settings.chunking)
                words = [_tokens_of(*tokens[name], n) for _, name, n in chosen]
                if len(sentences) != len(vectors):  # a text that is cut again
                    taken = np.linspace(0, len(vectors) - 1, len(sentences)).round().astype(int)
                    vectors, words = vectors[taken], [words[n] for n in taken]
                encoded = Encoded(vectors, np.cumsum([len(w) for w in words], dtype=np.int32), np.concatenate(words))
                row = Reading(
                    course=settings.course.key, reading=name, revision=f"{number:032}", fingerprint="", sha256="",
                    kind=SourceKind.PAPER.value, title=f"Made paper {number}", path="", size=0, mtime_ns=0, pages=pages,
                    chunks=len(passages), sentences=len(sentences),
                )  # fmt: skip
                index.write(sentences, passages, encoded, row)
                bar.advance(task)
            made = size
            steps.append({"papers": size} | _one_more(real.readings[papers[0]], index, embedder, settings, size) | _measured(settings))
    return steps


def _one_more(paper: Reading, index: Index, embedder: Embedder, settings: Settings, size: int) -> dict[str, float]:
    """What a page of a real paper costs; the median of three times."""
    whole, storing = [], []
    for turn in range(3):
        started = time.perf_counter()
        document = read(Path(paper.path))
        name = f"real-{size}-{turn}"
        sentences, passages = chunk(name, document.blocks, settings.chunking)
        encoded = embedder.encode([s.searched for s in sentences])
        embedded = time.perf_counter()
        row = Reading(
            course=settings.course.key, reading=name, revision=f"r{turn}{size:030}", fingerprint="", sha256="", kind=SourceKind.PAPER.value,
            title=paper.title, path=paper.path, size=0, mtime_ns=0, pages=document.pages, chunks=len(passages), sentences=len(sentences),
        )  # fmt: skip
        index.write(sentences, passages, encoded, row)
        ended = time.perf_counter()
        whole.append(1000 * (ended - started) / max(document.pages, 1))
        storing.append(1000 * (ended - embedded) / max(document.pages, 1))
    return {"page_ms": statistics.median(whole), "store_ms": statistics.median(storing)}


def _tokens_of(bits: Bits, ends: Ends, sentence: int) -> Bits:
    return bits[ends[sentence - 1] if sentence else 0 : ends[sentence]]


def use(settings: Settings) -> dict[str, float]:
    """In a fresh process: what opening and searching the index takes."""
    process = psutil.Process()
    embedder = Embedder(settings.embeddings)
    embedder.embed(["warm"])
    alone = process.memory_info().rss
    index = open_index(settings)
    started = time.perf_counter()
    retriever = Retriever(index.snapshot(), index, embedder, settings.retrieval)
    start = time.perf_counter() - started
    times = []
    for question in QUESTIONS * 3:
        started = time.perf_counter()
        retriever.search(question)
        times.append(time.perf_counter() - started)
    rss = process.memory_info().rss
    return {
        "passages": len(retriever.snapshot), "start_s": start, "search_ms": 1000 * statistics.median(times),
        "resident_mb": rss / 1e6, "of_which_models_mb": alone / 1e6,
    }  # fmt: skip


def _measured(settings: Settings) -> dict[str, float]:
    command = [sys.executable, "-m", "evals.bench_scale", "--use", "--data-dir", str(settings.storage.dir)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise LectorError(f"measuring failed: {ended.stderr.strip().splitlines()[-1]}")
    result: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return result


def plot(steps: list[dict[str, float]], target: Path) -> None:
    """Cost per page, memory and search time over the number of papers."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    papers = [step["papers"] for step in steps]
    figure, axes = plt.subplots(1, 3, figsize=(12, 3.4), constrained_layout=True)
    for axis, name, title, limit in zip(
        axes,
        ("page_ms", "search_ms", "resident_mb"),
        ("one more page: read, embed, store, ms", "a search, ms (median)", "resident memory, MB"),
        (None, None, 1500),
        strict=True,
    ):
        axis.plot(papers, [step[name] for step in steps], marker="o")
        axis.set(xscale="log", xlabel="papers", title=title, ylim=(0, None))
        if limit:
            axis.axhline(limit, linestyle=":", color="grey")
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, metadata={"Date": None} if target.suffix == ".svg" else None)


def main() -> None:
    """Grow, measure, print and draw."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--papers", type=int, default=1000)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--use", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    settings = load_settings(arguments.config, data_dir=arguments.data_dir)
    if arguments.use:
        print(json.dumps(use(settings)))
        return
    real = open_index(settings).snapshot()
    sizes = sorted({n for n in (10, 30, 100, 300, 1000) if n < arguments.papers} | {arguments.papers})
    with tempfile.TemporaryDirectory() as folder:
        grown = settings.model_copy(update={"storage": settings.storage.model_copy(update={"dir": Path(folder)})})
        index = open_index(grown)
        assert open_catalog(grown).readings() == []
        steps = grow(real, index, grown, sizes)
    table = Table(*steps[0], box=None, pad_edge=False)
    for step in steps:
        table.add_row(*(f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.2f}" for value in step.values()))
    Console().print(table)
    if arguments.plot:
        plot(steps, arguments.plot)


if __name__ == "__main__":
    try:
        main()
    except LectorError as exc:
        raise SystemExit(f"lector: {exc.user_message}") from exc
