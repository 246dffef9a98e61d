"""Pages a second from PDF files to a searchable index: Lector beside LangChain's quick start, in turns, in one run.

    python -m evals.bench_ingest FOLDER [ID …] [--runs 3]

Each run is a process of its own with an empty store; models are loaded before the clock starts, and both read the
same files. What is compared is the whole way of a document: reading, splitting, embedding, storing.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from common.configuration import load_settings
from common.errors import LectorError

DEV_PAPERS = "1706.03762 2203.02155 2106.09685 2305.14314 2005.11401 2303.18223 2302.13971 2306.05685".split()


class _Silent:
    def found(self, pages: int) -> None: ...
    def indexed(self, pages: float, title: str) -> None: ...
    def stopped(self) -> bool:
        return False


def run_lector(files: list[Path], folder: Path) -> dict[str, Any]:
    """One sync of a corpus of these files."""
    from ingest.embeddings import Embedder
    from ingest.manifest import load_items
    from ingest.sources import Finder
    from ingest.sync import sync
    from rag.compose import open_index

    corpus = folder / "corpus"
    (corpus / "papers").mkdir(parents=True)
    (corpus / "readings.yaml").write_text("readings: []\n")
    for file in files:
        (corpus / "papers" / file.name).symlink_to(file.absolute())
    settings = load_settings(Path("config.yaml"), data_dir=folder / "data")
    embedder = Embedder(settings.embeddings)
    embedder.embed(["warm"])
    index = open_index(settings)
    started = time.perf_counter()
    report = sync(
        load_items(corpus), finder=Finder(corpus, settings.sources), index=index, embedder=lambda: embedder,
        chunking=settings.chunking, reading=settings.reading, folder=settings.storage.dir, keep=0, progress=_Silent(),
    )  # fmt: skip
    return {"pages": report.pages, "chunks": report.chunks, "seconds": time.perf_counter() - started}


def run_peer(files: list[Path], folder: Path) -> dict[str, Any]:
    """One ingest of the quick start."""
    from evals.peer_langchain import QuickStart

    peer = QuickStart(load_settings(Path("config.yaml")), folder)
    peer._embeddings.embed_query("warm")
    done = peer.ingest(files)
    return {"pages": done.pages, "chunks": done.chunks, "seconds": done.seconds, "read_s": done.read_s}


def _in_process(which: str, files: list[Path]) -> dict[str, Any]:
    command = [sys.executable, "-m", "evals.bench_ingest", "--one", which, *map(str, files)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise LectorError(f"{which} failed: {ended.stderr.strip().splitlines()[-1] if ended.stderr.strip() else ended.returncode}")
    result: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return result


def main() -> None:
    """Measure and print the ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--one", choices=("lector", "peer"), help=argparse.SUPPRESS)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("paths", nargs="+", type=Path, help="a folder of <id>.pdf files and ids of them; the eight dev papers if none")
    arguments = parser.parse_args()
    if arguments.one:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps({"lector": run_lector, "peer": run_peer}[arguments.one](arguments.paths, Path(folder))))
        return
    folder, *ids = arguments.paths
    files = [folder / f"{id_}.pdf" for id_ in (ids or DEV_PAPERS)]
    rates: dict[str, list[float]] = {"lector": [], "peer": []}
    table = Table("run", "pipeline", "pages", "passages", "s", "pages/s", box=None, pad_edge=False)
    for run in range(arguments.runs):
        for which in ("lector", "peer") if run % 2 else ("peer", "lector"):
            result = _in_process(which, files)
            rates[which].append(result["pages"] / result["seconds"])
            table.add_row(
                str(run + 1), which, str(result["pages"]), str(result["chunks"]), f"{result['seconds']:.1f}", f"{rates[which][-1]:.2f}"
            )
    Console().print(table)
    ratios = [ours / theirs for ours, theirs in zip(rates["lector"], rates["peer"], strict=True)]
    print(f"lector over peer, pages per second: median {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    try:
        main()
    except LectorError as exc:
        raise SystemExit(f"lector: {exc.user_message}") from exc
