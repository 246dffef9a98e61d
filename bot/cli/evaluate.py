"""`lector eval`: asks a gold question set, scores what came back, holds it against a baseline, has it judged."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.app import INTERRUPTED, JsonOption, Options, app
from common.errors import UsageError
from evals.grouping import Grouping

if TYPE_CHECKING:
    from evals.baseline import Held

_SHARED_LLMBAR = "evals/llmbar"


@app.command("eval")
def evaluate(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Gold questions, one JSON object a line.")],
    rows: Annotated[Path | None, typer.Option("--rows", help="Write one row a question here: id, search, ask.")] = None,
    in_week: Annotated[bool, typer.Option("--in-week", help="Pass each question's reading on as the one asked about.")] = False,
    search_only: Annotated[bool, typer.Option("--search-only", help="Find passages, ask nothing: for sweeps of settings.")] = False,
    by: Annotated[list[Grouping] | None, typer.Option("--by", help="A table by kind or by reading too; may be repeated.")] = None,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="Fail where a figure fell below these accepted ones.")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Write the figures into the file of --baseline.")] = False,
    judged: Annotated[bool, typer.Option("--judge", help="Have a language model judge the answers, and test the judge.")] = False,
    judge_model: Annotated[Path | None, typer.Option("--judge-model", help="A GGUF file that judges; else the model of llm.model.")] = None,
    judge_pairs: Annotated[int, typer.Option("--judge-pairs", min=1, help="So many pairs of LLMBar test the judge, of 419.")] = 100,
    judge_bench: Annotated[
        Path | None, typer.Option("--judge-bench", help=f"Folder of LLMBar; else {_SHARED_LLMBAR} in LECTOR_SHARED or ../shared.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", help="Judge against the answers in the rows of another run; else the first passage.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Ask every question of FILE and print how good the answers are. Ctrl-C keeps the rows so far."""
    from bot.cli.judging import find_llmbar, run_judge
    from bot.cli.output import err, out, print_json, question_bar
    from evals import report
    from evals.baseline import held_table, moved, read_baseline
    from evals.llmbar import read_llmbar
    from evals.metrics import measure
    from evals.questions import read_questions
    from evals.run import read_answers, run_questions
    from rag.compose import open_assistant

    _check(baseline=baseline, accept=accept, search_only=search_only, judged=judged)
    options: Options = context.obj
    settings = options.settings()
    questions = read_questions(file)
    # What is missing is missed before minutes are spent on asking.
    accepted = read_baseline(baseline, file, in_week=in_week) if baseline and not accept else None
    benchmark = read_llmbar(find_llmbar(judge_bench), judge_pairs) if judged else []
    others = read_answers(against) if against else None
    interrupted = False
    done = []
    verdicts: dict[str, Any] | None = None
    with open_assistant(settings) as parts, question_bar() as bar:
        task = bar.add_task("asking", total=len(questions))
        try:
            for row in run_questions(parts.assistant, questions, in_week=in_week, search_only=search_only, path=rows):
                done.append(row)
                bar.advance(task)
            if judged:
                verdicts = run_judge(parts.assistant.chat, settings.llm, judge_model, questions, done, benchmark, others, bar)
        except KeyboardInterrupt:
            interrupted = True
    if interrupted:
        err.print(f"Interrupted after {len(done)} of {len(questions)} questions" + (f"; their rows are in {rows}" if rows else ""))
    asked = questions[: len(done)]
    figures = measure(asked, done)
    held: list[Held] = []
    if baseline and not interrupted:
        held = _held(baseline, accepted, figures, file, len(questions), in_week)
    if as_json:
        extra: dict[str, Any] = {"judge": verdicts} if verdicts else {}
        if held:
            extra["baseline"] = {"passed": all(row.passed for row in held), "figures": [row.as_json() for row in held]}
        print_json(report.as_json(asked, figures) | extra)
    else:
        out.print(report.table(figures))
        for grouping in by or ():
            out.print("", report.breakdown(asked, figures, grouping), sep="\n")
        if verdicts:
            out.print("", report.judge_table(verdicts), verdicts["finding"], sep="\n")
        if held:
            out.print("", held_table(held), *moved(held), sep="\n")
    fallen = [row.name for row in held if not row.passed]
    if fallen:
        err.print(f"Worse than {baseline}: {', '.join(fallen)}. Mend it, or accept it with --accept.")
    elif accept and baseline and not interrupted:
        err.print(f"Accepted: {baseline} holds these figures now.")
    raise typer.Exit(INTERRUPTED if interrupted else 1 if fallen else 0)


def _check(*, baseline: Path | None, accept: bool, search_only: bool, judged: bool) -> None:
    if accept and baseline is None:
        raise UsageError("--accept needs --baseline FILE: the file to write")
    if search_only and (baseline or judged):
        raise UsageError("--search-only asks nothing, so there is nothing to judge or to hold against a baseline: leave it out")


def _held(baseline: Path, accepted: Any, figures: Any, file: Path, count: int, in_week: bool) -> "list[Held]":
    """The figures against the accepted ones; where none were read, these are accepted."""
    from evals.baseline import compare, record, write_baseline

    if accepted is not None:
        return compare(accepted, figures)
    command = f"lector eval {file}{' --in-week' if in_week else ''} --baseline {baseline} --accept"
    write_baseline(baseline, record(figures, questions=file, count=count, in_week=in_week, command=command))
    return []
