"""Does prompt-lookup decoding pay? Lector's own prompts, written with 0, 2, 4 and 10 guessed tokens, in one run.

    python -m evals.prompt_lookup QUESTIONS.jsonl --data-dir DIR [--limit 20]

Guesses are taken from the prompt (Saxena 2023, https://github.com/apoorvumang/prompt-lookup-decoding), by llama-cpp-python's own
`LlamaPromptLookupDecoding`; the model then checks them all at once. DIR holds the index of the readings that are asked about.
"""

import argparse
import asyncio
import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from rich.console import Console
from rich.table import Table

from common.configuration import load_settings
from common.models import locate
from common.settings import Llm, Settings
from evals.questions import read_questions
from rag.compose import open_assistant
from rag.llm import LlamaCppChat

GUESSED = (0, 2, 4, 10)
_ROLES = {"system": "system", "human": "user"}
Prompt = list[dict[str, str]]


def prompts(settings: Settings, questions: list[str]) -> list[Prompt]:
    """What the model is asked for each question; none where it is not asked."""
    kept: list[Prompt] = []

    def keep(_chat: LlamaCppChat, messages: list[Any], *_rest: Any) -> Iterator[str]:
        kept.append([{"role": _ROLES[m.type], "content": str(m.content)} for m in messages])
        yield "No."

    with mock.patch.object(LlamaCppChat, "_tokens", keep), open_assistant(settings) as parts:
        for question in questions:
            asyncio.run(parts.assistant.ask(question))
    return kept


def replies(settings: Llm, asked: list[Prompt], guessed: int) -> list[tuple[float, str]]:
    """Seconds and text of each reply, all by one newly loaded model.

    Args:
        guessed: Tokens that are guessed at a time; 0 for none.
    """
    import llama_cpp
    from llama_cpp.llama_speculative import LlamaPromptLookupDecoding

    threads = settings.threads or os.cpu_count() or 1
    draft = LlamaPromptLookupDecoding(num_pred_tokens=guessed) if guessed else None
    llama = llama_cpp.Llama(
        str(locate(settings.model, "llm.model")), n_ctx=settings.context_tokens, n_threads=threads, n_threads_batch=threads,
        draft_model=draft, verbose=False,
    )  # fmt: skip
    found = []
    for prompt in asked:
        started = time.perf_counter()
        reply: Any = llama.create_chat_completion(
            messages=prompt,  # type: ignore[arg-type]
            max_tokens=settings.max_tokens, temperature=0.0, repeat_penalty=settings.repeat_penalty,
        )  # fmt: skip
        found.append((time.perf_counter() - started, str(reply["choices"][0]["message"]["content"])))
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("questions", type=Path)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    parser.add_argument("--limit", type=int, default=20)
    options = parser.parse_args()
    settings = load_settings(options.config, data_dir=options.data_dir)
    asked = prompts(settings, [question.question for question in read_questions(options.questions)][: options.limit])
    plain = replies(settings.llm, asked, 0)
    table = Table("guessed tokens", "a reply, median s", "over none", "same text", title=f"{len(asked)} prompts", title_justify="left")
    base = statistics.median(seconds for seconds, _ in plain)
    for guessed in GUESSED:
        found = replies(settings.llm, asked, guessed)
        middle = statistics.median(seconds for seconds, _ in found)
        same = sum(text == known for (_, text), (_, known) in zip(found, plain, strict=True))
        table.add_row(str(guessed), f"{middle:.2f}", f"{middle / base:.2f}", f"{same} of {len(asked)}")
    Console().print(table)


if __name__ == "__main__":
    main()
