"""Speed and memory, each as a ratio to its physical limit measured in the same run. `make bench` runs it.

    python -m evals.bench [--data-dir data/bench] [--json]

Absolute times are those of this machine at this moment; the ratios are what to compare. docs/speed.md explains them.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from langchain_core.callbacks import AsyncCallbackHandler
from rich.console import Console
from rich.table import Table

from common.configuration import load_settings
from common.errors import LectorError, UsageError
from evals.prefix import prompt_tokens, prompts_read
from ingest.embeddings import Embedder
from ingest.snapshot import Snapshot
from rag.assistant import Assistant
from rag.compose import open_assistant
from rag.llm import LlamaCppChat

QUESTIONS = (
    "How many attention heads does the base Transformer use?",
    "What is verbosity bias?",
    "How does LoRA reduce the number of trainable parameters?",
    "What does QLoRA quantize, and to how many bits?",
    "What should an alert rule for an LLM application look at?",
    "How are retrieved documents used by RAG-Token?",
)
SAME_WEEK = ("1706.03762", (QUESTIONS[0], "How many layers does the encoder have?", "Which optimizer was used for training?"))


class FirstToken(AsyncCallbackHandler):
    """Notes when the model's first token came."""

    def __init__(self) -> None:
        self.at: float | None = None

    async def on_llm_new_token(self, token: Any, **kwargs: Any) -> None:
        """Called by LangChain with each token."""
        self.at = self.at or time.perf_counter()


def help_seconds(runs: int = 7) -> float:
    """Median wall time of `lector --help`."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", "--help"]
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


async def first_tokens(assistant: Assistant, runs: int = 3) -> list[tuple[float, float, int]]:
    """For each question: (seconds from question to the model's first token, raw prefill of the same prompt, its tokens).

    The cache of the prefix is emptied before both, so that both read the whole prompt.
    """
    chat, measured = assistant.chat, []
    if not isinstance(chat, LlamaCppChat):
        raise UsageError("the time to the first token is measured of llama.cpp: set llm.engine to llama.cpp")
    llama = await chat.worker.run(chat._loaded)
    for question in QUESTIONS:
        firsts, raws, prompt = [], [], []
        for _ in range(runs):  # in turns, so that a busy moment of the machine falls on both
            handler = FirstToken()
            chat.callbacks = [handler]
            await chat.worker.run(llama.reset)
            started = time.perf_counter()
            stream = assistant.stream(question)
            await anext(stream, None)
            await stream.aclose()
            chat.callbacks = None
            if handler.at is None:
                break  # the syllabus or a refusal: no model is asked
            firsts.append(handler.at - started)
            prompt = await chat.worker.run(lambda: prompt_tokens(llama))
            raws.append(await chat.worker.run(lambda p=prompt: _prefill(llama, p)))  # type: ignore[misc]
        if firsts:
            measured.append((statistics.median(firsts), statistics.median(raws), len(prompt)))
    return measured


def _prefill(llama: Any, prompt: list[int]) -> float:
    llama.reset()
    started = time.perf_counter()
    llama.eval(prompt)
    llama.sample(temp=0.0)
    return time.perf_counter() - started


def embedding_rate(embedder: Embedder, snapshot: Snapshot, count: int = 300) -> float:
    """Sentences a second through the embedding model alone."""
    texts = _sentence_texts(snapshot)[:count]
    embedder.embed(texts[:32])
    started = time.perf_counter()
    embedder.embed(texts)
    return len(texts) / (time.perf_counter() - started)


def _sentence_texts(snapshot: Snapshot) -> list[str]:
    return [s.text for reading in snapshot.readings for s in snapshot.sentences(reading)]


async def loop_lag(assistant: Assistant) -> float:
    """The longest time for which the event loop was held up while questions were answered, in seconds."""
    worst = 0.0

    async def watch() -> None:
        nonlocal worst
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.005)
            worst = max(worst, time.perf_counter() - before - 0.005)

    watching = asyncio.create_task(watch())
    for question in QUESTIONS[:3]:
        await assistant.ask(question)
    watching.cancel()
    return worst


async def measure(assistant: Assistant) -> dict[str, Any]:
    """All figures."""
    library = assistant.library
    started = time.perf_counter()
    await assistant.warm_up()
    start_s = time.perf_counter() - started
    await assistant.ask(QUESTIONS[0])
    tokens = await first_tokens(assistant)
    reading, questions = SAME_WEEK
    read = await prompts_read(assistant, questions, reading)
    searches = []
    for question in QUESTIONS * 3:
        started = time.perf_counter()
        await library.search(question)
        searches.append(time.perf_counter() - started)
    lag = await loop_lag(assistant)
    resident = psutil.Process().memory_info().rss
    snapshot = await library.run(lambda view: view.retriever.snapshot)
    rate = await library.run(lambda view: embedding_rate(view.retriever._embedder, snapshot))
    over = [first - (1.15 * raw + 0.05) for first, raw, _ in tokens]
    return {
        "help_s": help_seconds(),
        "start_s": start_s,
        "first_token_s_median": statistics.median(first for first, _, _ in tokens),
        "raw_prefill_s_median": statistics.median(raw for _, raw, _ in tokens),
        "first_token_over_raw": statistics.median(first / raw for first, raw, _ in tokens),
        "first_token_past_1.15_raw_plus_50_ms": statistics.median(over),
        "prompt_tokens_median": statistics.median(n for _, _, n in tokens),
        "prompt_read_of_first_question": read[0].share,
        "prompt_read_of_next_in_week_median": statistics.median(r.share for r in read[1:]),
        "search_s_median": statistics.median(searches),
        "passages": len(snapshot),
        "event_loop_held_up_s_max": lag,
        "resident_mb": resident / 1e6,
        "embedded_sentences_per_s": rate,
        "mean_sentence_chars": await library.run(lambda _view: float(np.mean([len(text) for text in _sentence_texts(snapshot)]))),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Speed and memory of a warm assistant, beside their limits.")
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    parser.add_argument("--data-dir", type=Path, default=None)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    settings = load_settings(arguments.config, data_dir=arguments.data_dir)
    with open_assistant(settings) as parts:
        result = {name: round(value, 4) for name, value in asyncio.run(measure(parts.assistant)).items()}
    if arguments.json:
        print(json.dumps(result))
        return
    table = Table("figure", "value", box=None, pad_edge=False)
    for name, value in result.items():
        table.add_row(name, f"{value:g}")
    Console().print(table)


if __name__ == "__main__":
    try:
        main()
    except LectorError as exc:
        raise SystemExit(f"lector: {exc.user_message}") from exc
