"""Lector beside LangChain's quick start: the same questions, files and models on the same machine, in turns, in one run.

    python -m evals.side_by_side QUESTIONS.jsonl --papers FOLDER --data-dir DIR --rows OUT [--limit N]

DIR holds Lector's index of the papers (`make eval` makes data/eval). The quick start gets the same PDFs and the course's
syllabus, indexed in OUT unless OUT/peer holds them. Both ask the language model that is set, each with a cache of its own;
the quick start's has 256 tokens for an answer, as langchain-community's ChatLlamaCpp has by default. Rows of both are written to
OUT, one as each answer comes. The order of the questions is drawn once, so that what a run holds that was stopped by Ctrl-C or
--limit is a fair sample.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from common.configuration import load_settings
from common.errors import LectorError, UsageError
from common.workers import Worker
from evals.bench_ingest import DEV_PAPERS
from evals.metrics import Figure, measure
from evals.peer_langchain import QuickStart
from evals.questions import Question, read_questions
from evals.run import Row, run_questions
from ingest.syllabus import find_syllabus
from rag.chat import Chat
from rag.compose import Parts, open_assistant, open_chat

_PEER_TOKENS, _PEER_WINDOW = 256, 4096  # four chunks full of formulas are 1,900 tokens
_PASSAGES = 10


def side_by_side(
    parts: Parts, peer: QuickStart, chat: Chat, questions: Sequence[Question], folder: Path | None = None
) -> Iterator[tuple[Row, Row]]:
    """Of each question Lector's row and the quick start's, as they come; the next question waits for both.

    Args:
        folder: Rows are appended here to lector.jsonl and peer.jsonl.
    """
    chat.invoke("Say yes.")  # loaded before the clock runs, as Lector is
    ours = run_questions(parts.assistant, questions, path=folder / "lector.jsonl" if folder else None)
    for question, row in zip(questions, ours, strict=True):
        theirs = peer_row(peer, chat, question)
        if folder is not None:
            with (folder / "peer.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(theirs, ensure_ascii=False) + "\n")
        yield row, theirs


def peer_row(peer: QuickStart, chat: Chat, question: Question) -> Row:
    """The quick start's passages and answer, as a row of `lector eval --rows`."""
    started = time.perf_counter()
    passages = peer.search(question.question, _PASSAGES)
    seconds = time.perf_counter() - started
    return {
        "id": question.id,
        "search": {"passages": passages, "seconds": round(seconds, 4)},
        "ask": peer.ask(question.question, chat),
    }


def comparison(ours: dict[str, Figure], theirs: dict[str, Figure]) -> Table:
    """Both columns with their intervals; of seconds also Lector's over the quick start's."""
    table = Table("figure", "quick start", "Lector", "ratio", "questions", box=None, pad_edge=False)
    for name, figure in ours.items():
        mine, other = figure.interval(), theirs[name].interval() if name in theirs else None
        if mine is None or other is None:
            continue
        ratio = f"{mine.value / other.value:.2f}" if name.endswith("_s_median") and other.value else ""
        table.add_row(name, other.short, mine.short, ratio, str(mine.n))
    return table


def main() -> None:
    """Ask both and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("questions", type=Path)
    parser.add_argument("--papers", type=Path, required=True, help="folder of <arXiv id>.pdf files")
    parser.add_argument("--ids", nargs="*", default=DEV_PAPERS, help="which of them; by default the eight of the development set")
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    parser.add_argument("--data-dir", type=Path, required=True, help="Lector's index of the same papers")
    parser.add_argument("--rows", type=Path, required=True, help="folder for both pipelines' rows and the quick start's index")
    parser.add_argument("--limit", type=int, default=None, help="only so many questions")
    arguments = parser.parse_args()
    questions = read_questions(arguments.questions)
    random.Random(0).shuffle(questions)
    questions = questions[: arguments.limit]
    settings = load_settings(arguments.config, data_dir=arguments.data_dir)
    if (arguments.rows / "peer.jsonl").exists():
        raise UsageError(f"{arguments.rows} has rows of an earlier run: name another folder")
    arguments.rows.mkdir(parents=True, exist_ok=True)
    console = Console(stderr=True)
    peer = QuickStart(settings, arguments.rows / "peer")
    if not peer.chunks:
        plan = find_syllabus(settings.corpus.dir)
        indexed = peer.ingest([*(arguments.papers / f"{id_}.pdf" for id_ in arguments.ids), *([plan] if plan else [])])
        console.print(f"quick start: {indexed.pages} pages, {indexed.chunks} chunks in {indexed.seconds:.0f} s")
    worker = Worker("peer-llm")
    chat = open_chat(settings.llm.model_copy(update={"max_tokens": _PEER_TOKENS, "context_tokens": _PEER_WINDOW}), worker)
    rows: list[tuple[Row, Row]] = []
    with open_assistant(settings) as parts:
        pairs = side_by_side(parts, peer, chat, questions, arguments.rows)
        try:
            for pair in track(pairs, "asking both", total=len(questions), console=console):
                rows.append(pair)
        except KeyboardInterrupt:
            console.print(f"Interrupted after {len(rows)} of {len(questions)} questions")
    worker.close()
    ours, theirs = ([pair[n] for pair in rows] for n in (0, 1))
    Console().print(comparison(measure(questions, ours), measure(questions, theirs)))


if __name__ == "__main__":
    try:
        main()
    except LectorError as exc:
        raise SystemExit(f"lector: {exc.user_message}") from exc
