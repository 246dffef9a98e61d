"""Kills a sync with SIGKILL before and after each of its steps, then runs it again. Run by test_kill.py in a process of its own.

    python -m tests.ingest.kill_points FOLDER [EVERY]

EVERY=2 leaves every second moment out: what is after one step is before the next, with nothing written between.

Chroma, SQLite and the vector files are real; only reading and embedding are done in place, because a process is
forked for every kill. Prints one JSON object.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future
from hashlib import sha256
from pathlib import Path
from typing import Any

import chromadb.api.rust  # noqa: F401  # loaded once, before the first fork
import numpy as np
from chromadb.api.models.Collection import Collection

from ingest import index as index_module
from ingest import readers, sync
from ingest.catalog import Catalog
from ingest.documents import Document
from ingest.encoded import Encoded, signs
from ingest.manifest import load_items
from ingest.sources import Finder
from ingest.vectors import VectorFiles
from rag.compose import open_index
from tests.conftest import Silence, offline_settings

STEPS = [
    (Catalog, "announce"), (Catalog, "publish"), (Catalog, "withdraw"), (Catalog, "set_duplicates"), (Catalog, "expire"),
    (Catalog, "cleared"), (VectorFiles, "write"), (VectorFiles, "remove"), (VectorFiles, "clean"), (os, "replace"),
    (Collection, "upsert"), (Collection, "delete"),
]  # fmt: skip


class InPlace:
    """An extractor without processes."""

    def __init__(self, *_: Any) -> None: ...
    def __enter__(self) -> "InPlace":
        return self

    def __exit__(self, *_: object) -> None: ...
    def submit(self, path: Path) -> "Future[Document]":
        future: Future[Document] = Future()
        future.set_result(readers.read(path))
        return future


class Hashed:
    """An embedder whose vectors follow from the text's hash."""

    def encode(self, texts: list[str], *, done: Callable[[int], None] = lambda _n: None) -> Encoded:
        done(len(texts))
        seeds = [int.from_bytes(sha256(text.encode()).digest()[:4]) for text in texts]
        vectors = np.array([np.random.default_rng(seed).standard_normal(384) for seed in seeds], dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return Encoded(vectors, np.arange(1, len(texts) + 1, dtype=np.int32), signs(vectors))


def kill_at(number: int) -> None:
    """Have this process kill itself at the `number`-th moment before or after a step."""
    moments = iter(range(1, number + 1))

    def moment() -> None:
        if next(moments, None) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            moment()
            result = function(*args, **kwargs)
            moment()
            return result

        return call

    for owner, name in STEPS:
        setattr(owner, name, watched(getattr(owner, name)))


def run(corpus: Path, data: Path) -> None:
    """One sync."""
    settings = offline_settings(data, corpus={"dir": corpus})
    sync.sync(
        load_items(corpus), finder=Finder(corpus, settings.sources), index=open_index(settings), embedder=Hashed,  # type: ignore[arg-type]
        chunking=settings.chunking, reading=settings.reading, folder=data, keep=1, progress=Silence(),
    )  # fmt: skip


def contents(data: Path) -> dict[str, list[tuple[str, str]]]:
    """Ids and texts of every live reading."""
    snapshot = open_index(offline_settings(data)).snapshot()
    return {
        name: [(snapshot.id_of(n), p.text) for n, p in zip(snapshot.places(name), snapshot.passages(snapshot.places(name)), strict=True)]
        for name in snapshot.readings
    }


def forked(function: Callable[[], Any]) -> tuple[int, Any]:
    """(exit status, result) of a function run in a forked process: Chroma keeps what it has opened for the life of a process."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            result = json.dumps(function()).encode()
            os.write(writer, len(result).to_bytes(8) + result)
            os._exit(0)
        except BaseException as exc:  # noqa: BLE001  # told to the parent
            os.write(2, f"{type(exc).__name__}: {exc}\n".encode())
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        raw = pipe.read()
    _, status = os.waitpid(child, 0)
    return status, json.loads(raw[8:]) if raw else None


def main(folder: Path, every: int = 1) -> None:
    """All kills, or those at every so-and-so-many-th moment."""
    sync.Extractor = InPlace  # type: ignore[assignment, misc]
    index_module._BATCH = 1  # so that a reading is written in several calls
    corpus = folder / "corpus"
    papers = corpus / "papers"
    papers.mkdir(parents=True)
    (corpus / "readings.yaml").write_text("readings: []\n")
    long = " ".join(f"The bee numbered {n} makes {n + 2} spoons of honey in its life of {n + 30} days." for n in range(12))
    (papers / "bees.md").write_text(f"# Bees\n\n{long}\n")
    (papers / "owls.md").write_text("# Owls\n\nAn owl hears a mouse under 40 centimetres of snow.\n")
    assert forked(lambda: run(corpus, folder / "before"))[0] == 0
    old = forked(lambda: contents(folder / "before"))[1]
    (papers / "bees.md").write_text(f"# Bees\n\nA queen lays 2000 eggs a day. {long}\n")
    (papers / "owls.md").unlink()
    (papers / "gnus.md").write_text("# Gnus\n\nA gnu runs 80 kilometres an hour over dry grass.\n")
    shutil.copytree(folder / "before", folder / "undisturbed")
    assert forked(lambda: run(corpus, folder / "undisturbed"))[0] == 0
    new = forked(lambda: contents(folder / "undisturbed"))[1]
    kills, number = 0, 1
    faults: list[str] = []
    while True:
        data = folder / f"killed-{number}"
        shutil.copytree(folder / "before", data)

        def disturbed(number: int = number, data: Path = data) -> None:
            kill_at(number)
            run(corpus, data)

        status, _ = forked(disturbed)
        if status == 0:
            break
        if not os.WIFSIGNALED(status):
            faults.append(f"{number}: it failed instead of dying")
        kills += 1
        found = forked(lambda data=data: contents(data))[1]
        if found is None or any(text not in (old.get(name), new.get(name)) for name, text in found.items()):
            faults.append(f"{number}: a reader met a reading that is neither old nor new")
        if forked(lambda data=data: run(corpus, data))[0] != 0 or forked(lambda data=data: contents(data))[1] != new:
            faults.append(f"{number}: run again, it is not what an undisturbed run makes")
        shutil.rmtree(data)
        number += every
    print(json.dumps({"kills": kills, "faults": faults}))
    sys.exit(bool(faults))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
