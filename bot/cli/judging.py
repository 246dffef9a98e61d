"""`lector eval --judge`: the judge at work, with a bar for each of its two jobs."""

import os
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress

    from common.settings import Llm
    from evals.llmbar import LabelledPair
    from evals.questions import Question
    from evals.run import Row
    from rag.chat import Chat
    from rag.llm import LlamaCppChat


def find_llmbar(folder: Path | None) -> Path:
    """The benchmark's folder: as named, else among the shared question sets."""
    return folder or Path(os.environ.get("LECTOR_SHARED", "../shared")) / "evals" / "llmbar"


def run_judge(
    chat: "Chat",
    settings: "Llm",
    model: Path | None,
    questions: "Sequence[Question]",
    rows: "Sequence[Row]",
    benchmark: "Sequence[LabelledPair]",
    against: Mapping[str, str] | None,
    bar: "Progress",
) -> dict[str, Any]:
    """The object under `judge` of `lector eval --json`; the benchmark comes first, for it says whether to read the rest."""
    from evals.judge import Tally, Verdict, can_judge, finding, judge, judge_benchmark, pairs_to_judge

    tested, scored = Tally(), Tally()
    with _judging(chat, settings, model) as judging:
        task = bar.add_task("testing the judge", total=len(benchmark))
        for verdict, expected in judge_benchmark(judging, benchmark):
            tested.add(verdict, expected)
            bar.advance(task)
        pairs = pairs_to_judge(questions, rows, against)
        task = bar.add_task("judging", total=len(pairs))
        for pair in pairs:
            scored.add(judge(judging, pair), Verdict.FIRST)
            bar.advance(task)
        return {
            "model": judging.name_shown,
            "against": "the first passage" if against is None else "another run",
            "usable": can_judge(tested.agreement),
            "finding": finding(judging.name_shown, tested),
            "answers": scored.as_json("preferred"),
            "llmbar": tested.as_json("agreement"),
        }


@contextmanager
def _judging(chat: "Chat", settings: "Llm", model: Path | None) -> "Iterator[LlamaCppChat]":
    """The assistant's own model, or another on a thread of its own for as long as it judges."""
    from common.errors import UsageError
    from common.section import ModelFile
    from common.workers import Worker
    from rag.llm import LlamaCppChat

    if model is None:
        if not isinstance(chat, LlamaCppChat):
            raise UsageError(
                "a judge needs the probabilities of tokens, which a server is not asked for: name a GGUF file with --judge-model"
            )
        yield chat
        return

    worker = Worker("judge")
    try:
        yield LlamaCppChat(settings=settings.model_copy(update={"model": ModelFile(path=model)}), worker=worker)
    finally:
        worker.close()
