"""`lector ingest`, `lector corpus list`."""

from typing import Annotated, Any

import typer

from bot.cli.app import JsonOption, Options, app

corpus_app = typer.Typer(help="The course's readings.", no_args_is_help=True)
app.add_typer(corpus_app, name="corpus")


@app.command()
def ingest(
    context: typer.Context,
    as_json: JsonOption = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Read and embed everything again.")] = False,
) -> None:
    """Make the index equal to the corpus: new, changed and removed readings. Exit 1 if some reading failed."""
    from bot.cli.output import err, page_bar, print_json, show_report
    from rag.compose import run_sync

    options: Options = context.obj
    settings = options.settings()
    try:
        with page_bar() as bar:
            report = run_sync(settings, bar, rebuild=rebuild)
    except KeyboardInterrupt:
        err.print("What was finished is kept: run `lector ingest` again to do the rest.")
        raise
    if as_json:
        print_json(report.as_json())
    else:
        show_report(report)
    raise typer.Exit(1 if report.failed else 0)


@corpus_app.command("list")
def list_readings(context: typer.Context, as_json: JsonOption = False) -> None:
    """What is indexed: id, week, pages, passages, title."""
    from rich.table import Table

    from bot.cli.output import out, print_json
    from rag.compose import open_catalog

    options: Options = context.obj
    rows = open_catalog(options.settings()).readings()
    if as_json:
        readings: list[dict[str, Any]] = [
            {
                "id": row.reading, "title": row.title, "week": row.week, "version": row.version, "pages": row.pages, "chunks": row.chunks,
                "sha256": row.sha256, "kind": row.kind,
            }
            for row in rows
        ]  # fmt: skip
        print_json({"readings": readings})
        return
    if not rows:
        out.print("Nothing is indexed yet: run `lector ingest`.")
        return
    if not out.is_terminal:  # a pipe: a line a reading, nothing wrapped
        for row in rows:
            out.print("\t".join([row.reading, str(row.week or ""), str(row.pages), str(row.chunks), row.title]), markup=False)
        return
    table = Table("id", "week", "pages", "passages", "title", box=None, pad_edge=False)
    for row in rows:
        table.add_row(row.reading, str(row.week or ""), str(row.pages or ""), str(row.chunks), row.title)
    out.print(table)
