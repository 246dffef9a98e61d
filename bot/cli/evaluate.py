"""`lector eval`: asks a gold question set and scores what came back."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import INTERRUPTED, JsonOption, Options, app


@app.command("eval")
def evaluate(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Gold questions, one JSON object a line.")],
    rows: Annotated[Path | None, typer.Option("--rows", help="Write one row a question here: id, search, ask.")] = None,
    in_week: Annotated[bool, typer.Option("--in-week", help="Pass each question's reading on as the one asked about.")] = False,
    search_only: Annotated[bool, typer.Option("--search-only", help="Find passages, ask nothing: for sweeps of settings.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Ask every question of FILE and print how good the answers are. Ctrl-C keeps the rows so far."""
    from bot.cli.output import err, out, print_json, question_bar
    from evals.metrics import score, table
    from evals.questions import read_questions
    from evals.run import run_questions
    from rag.compose import open_assistant

    options: Options = context.obj
    questions = read_questions(file)
    interrupted = False
    done = []
    with open_assistant(options.settings()) as parts, question_bar() as bar:
        task = bar.add_task("asking", total=len(questions))
        try:
            for row in run_questions(parts.assistant, questions, in_week=in_week, search_only=search_only, path=rows):
                done.append(row)
                bar.advance(task)
        except KeyboardInterrupt:
            interrupted = True
    if interrupted:
        err.print(f"Interrupted after {len(done)} of {len(questions)} questions" + (f"; their rows are in {rows}" if rows else ""))
    result = score(questions[: len(done)], done)
    if as_json:
        print_json(result)
    else:
        out.print(table(result))
    raise typer.Exit(INTERRUPTED if interrupted else 0)
