"""Checks that Lector can work here, and says what to do where it cannot. Pure of printing; `lector doctor` shows it."""

import asyncio
import multiprocessing
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from pebble import ProcessExpired, ProcessPool

from common.errors import LectorError, ModelError
from common.hub_models import pull_command
from common.models import locate
from common.section import ModelFile
from common.settings import Llm, Settings
from ingest.embeddings import model_identity
from ingest.index import collection_name
from ingest.manifest import load_items
from ingest.sync import fingerprint
from rag.compose import open_catalog, open_index
from rag.llm import try_out
from rag.llm_openai import OpenAIChat

_LEAST_FREE_MB = 500
_TRIAL_S = 300.0  # longest for loading the language model and one word of it
_BUILD_ANEW = "build llama.cpp anew on this machine: `pip cache remove llama_cpp_python`, delete .venv, `make setup`"


@dataclass(frozen=True)
class Check:
    """One thing looked at: what was found, and what to do if it is not well."""

    name: str
    ok: bool
    detail: str
    advice: str = ""

    def as_json(self) -> dict[str, Any]:
        """As `lector doctor --json` lists it."""
        return asdict(self)


def examine(settings: Settings) -> Iterator[Check]:
    """All checks, one after another; those of Discord only where there is a token."""
    yield Check("configuration", True, f"course {settings.course.key}")
    yield _tried(
        "corpus", "correct corpus.dir or readings.yaml", lambda: f"{len(load_items(settings.corpus.dir))} items in {settings.corpus.dir}"
    )
    for folder in settings.sources.mirrors:
        yield Check(f"mirror {folder}", folder.is_dir(), "a folder" if folder.is_dir() else "no such folder", "correct sources.mirrors")
    if settings.llm.engine == "openai":
        yield _tried("language model", "correct llm.server, or start the server", lambda: _served(settings.llm))
    else:
        yield (there := _model_file("language model", settings.llm.model, "llm.model"))
        if there.ok:
            yield _trial(settings.llm)
    yield _model_file("embedding model", settings.embeddings.model, "embeddings.model")
    if settings.retrieval.reranker is not None:
        yield _model_file("re-ranker", settings.retrieval.reranker, "retrieval.reranker")
    if settings.answering.nli is not None:
        yield _model_file("entailment model", settings.answering.nli, "answering.nli")
    yield _disk(settings)
    yield _tried("index", "run `lector ingest`", lambda: _index(settings))
    if settings.discord.token is not None:
        from bot.discord.permissions import check_permissions  # imported here: discord.py is slow to import

        yield from asyncio.run(check_permissions(settings.discord))
    else:
        yield Check("Discord", True, "no token: the bot is not started (set LECTOR_DISCORD__TOKEN for it)")


def _tried(name: str, advice: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except LectorError as exc:
        return Check(name, False, exc.user_message, advice)


def _model_file(name: str, model: ModelFile, setting: str) -> Check:
    command = pull_command(model)
    advice = f"run `{command}`" if command else f"correct {setting}"
    return _tried(
        name, advice, lambda: f"{locate(model, setting).name}, {'sha256 as set' if model.sha256 else 'unchecked: no sha256 is set'}"
    )


def _trial(settings: Llm) -> Check:
    """Whether the language model writes a word. In a process of its own: a llama.cpp that this processor can't run would end this one."""
    name = "llama.cpp"
    pool = ProcessPool(max_workers=1, context=multiprocessing.get_context("spawn"))
    try:
        pool.schedule(try_out, args=(settings,), timeout=_TRIAL_S).result()
    except ModelError as exc:
        return Check(name, False, exc.user_message, "correct llm.model, or set another")
    except ProcessExpired as exc:
        return Check(name, False, f"it crashed when the model was to write a word (exit code {exc.exitcode})", _BUILD_ANEW)
    except TimeoutError:
        return Check(name, False, f"no word of the model within {_TRIAL_S:.0f} s", "set a smaller model or more threads (llm)")
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()
    return Check(name, True, "the model writes")


def _served(settings: Llm) -> str:
    server = settings.server
    offered = OpenAIChat(settings=settings).served_models()
    if server.model not in offered:
        raise ModelError(f"{server.base_url} offers no model {server.model!r}, but {', '.join(offered) or 'none'}")
    return f"{server.model} at {server.base_url}, which is sent questions and passages"


def _disk(settings: Settings) -> Check:
    folder = settings.storage.dir.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // 1_000_000
    return Check(
        "disk", free >= _LEAST_FREE_MB, f"{free} MB free for {settings.storage.dir}", f"free {_LEAST_FREE_MB} MB or set storage.dir"
    )


def _index(settings: Settings) -> str:
    rows = open_catalog(settings).readings()
    if not rows:
        raise LectorError("nothing is indexed yet")
    collection = collection_name(settings.course.key, model_identity(settings.embeddings))
    if any(row.collection != collection for row in rows):
        raise LectorError("made with another embedding model or by an older Lector")
    old = [row.reading for row in rows if row.fingerprint != fingerprint(settings.chunking)]
    if old:
        raise LectorError(f"{len(old)} readings were indexed by another version of the pipeline, such as {old[0]}")
    snapshot = open_index(settings).snapshot()  # its texts are there, not only the catalog's word for them
    return f"{len(snapshot.readings)} readings, {len(snapshot)} passages"
