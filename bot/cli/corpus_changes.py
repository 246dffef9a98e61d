"""`lector corpus add`, `update`, `remove`, `history`, `rollback`, and `lector syllabus set`."""

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import JsonOption, Options
from bot.cli.corpus import corpus_app
from bot.cli.syllabus import syllabus_app

if TYPE_CHECKING:
    from common.settings import Settings
    from ingest.changes import Outcome
    from ingest.sync import Progress

WeekOption = Annotated[int | None, typer.Option("--week", min=0, max=60, help="The week in which it is discussed.")]


@corpus_app.command()
def add(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="An arXiv id or link (with v7 for that version), or a file.")],
    week: WeekOption = None,
    required: Annotated[bool, typer.Option("--required", help="Assigned, not only recommended.")] = False,
    title: Annotated[str | None, typer.Option("--title", help="Else arXiv's, or the file's name.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Put the file in the place of the reading that is there.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Add a paper or a file to the readings, and index it. What cannot be had or read changes nothing."""
    from ingest.corpus import Add
    from rag.compose import add_reading

    options = Add(Path(source), title=title, week=week, required=required or None, replace=replace)
    _carry_out(context, as_json, lambda settings, progress: add_reading(settings, source, options, who(), progress))


@corpus_app.command()
def update(
    context: typer.Context,
    reading: Annotated[str, typer.Argument(help="The reading's arXiv id.")],
    as_json: JsonOption = False,
) -> None:
    """Take a paper's newest version from arXiv, and index it."""
    from ingest.changes import newest
    from ingest.corpus import Add
    from rag.compose import change_corpus, open_arxiv, open_bibliography

    def run(settings: "Settings", progress: "Progress") -> "Outcome":
        version = newest(reading, open_arxiv(settings), open_bibliography(settings))
        return change_corpus(settings, Add(version), who(), progress)

    _carry_out(context, as_json, run)


@corpus_app.command()
def remove(
    context: typer.Context,
    reading: Annotated[str, typer.Argument(help="The reading's id; `lector corpus list` shows it.")],
    as_json: JsonOption = False,
) -> None:
    """Take a reading out. `lector corpus rollback` brings it back."""
    from ingest.corpus import Remove
    from rag.compose import change_corpus

    _carry_out(context, as_json, lambda settings, progress: change_corpus(settings, Remove(reading), who(), progress))


@corpus_app.command()
def rollback(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The edit after which the corpus was as it is wanted again.")],
    as_json: JsonOption = False,
) -> None:
    """Make the readings what they were after an edit; what is still stored is not embedded again."""
    from ingest.corpus import RollBack
    from rag.compose import change_corpus

    _carry_out(context, as_json, lambda settings, progress: change_corpus(settings, RollBack(number), who(), progress))


@corpus_app.command()
def history(context: typer.Context, as_json: JsonOption = False) -> None:
    """Every change of the readings: number, when, who, what."""
    from rich.table import Table
    from rich.text import Text

    from bot.cli.output import out, print_json
    from rag.compose import open_corpus

    options: Options = context.obj
    edits = open_corpus(options.settings()).log.edits()
    if as_json:
        print_json({"edits": [edit.as_json() for edit in edits]})
    elif not edits:
        out.print("No change of the readings has been noted yet.")
    elif not out.is_terminal:
        for edit in edits:
            out.print("\t".join([str(edit.number), f"{edit.at:%Y-%m-%d %H:%M}", edit.who, edit.action, edit.what]), markup=False)
    else:
        table = Table("edit", "when (UTC)", "who", "action", "what", box=None, pad_edge=False)
        for edit in edits:
            table.add_row(str(edit.number), f"{edit.at:%Y-%m-%d %H:%M}", Text(edit.who), edit.action, Text(edit.what))
        out.print(table)


@syllabus_app.command("set")
def set_syllabus(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The new syllabus: Markdown, HTML, PDF or text.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Put another syllabus in the place of the present one; shows what that changes and asks."""
    from bot.cli.output import err
    from ingest.corpus import SetSyllabus
    from ingest.syllabus import Syllabus, find_syllabus, parse_syllabus, read_course
    from ingest.syllabus.difference import difference
    from rag.compose import change_corpus

    options: Options = context.obj
    corpus = options.settings().corpus.dir
    old = read_course(corpus) if find_syllabus(corpus) else Syllabus("")
    for line in difference(old, parse_syllabus(file)) or ("Nothing that Lector knows of changes.",):
        err.print(line, markup=False, soft_wrap=True)
    if not yes and not typer.confirm("Use it?", err=True):
        raise typer.Exit(0)
    _carry_out(context, as_json, lambda settings, progress: change_corpus(settings, SetSyllabus(file), who(), progress))


def _carry_out(context: typer.Context, as_json: bool, run: "Callable[[Settings, Progress], Outcome]") -> None:
    from bot.cli.output import err, page_bar, print_json, show_report

    options: Options = context.obj
    settings = options.settings()
    with page_bar() as bar:
        outcome = run(settings, bar)
    if as_json:
        print_json(outcome.as_json())
    else:
        err.print(f"Edit {outcome.edit.number}: {outcome.edit.action} {outcome.edit.what}", markup=False, soft_wrap=True)
        for note in outcome.notes:
            err.print(f"  {note}", markup=False, soft_wrap=True)
        show_report(outcome.report)
    raise typer.Exit(1 if outcome.report.failed else 0)


def who() -> str:
    """The account that runs the command, for logs."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no name for this user id, as in some containers (KeyError before Python 3.13)
        return "unknown"
