"""`lector ingest` (also `lector corpus sync`), `lector corpus list`."""

from typing import Annotated, Any

import typer

from bot.cli.app import JsonOption, Options, app

corpus_app = typer.Typer(help="The course's readings.", no_args_is_help=True)
app.add_typer(corpus_app, name="corpus")


@corpus_app.command("sync")
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
def list_readings(
    context: typer.Context,
    as_json: JsonOption = False,
    check: Annotated[bool, typer.Option("--check", help="Ask arXiv for newer versions, if the last answer is old.")] = False,
) -> None:
    """What is indexed: id, week, version, pages, passages, title. Exit 1 if arXiv was asked and did not answer."""
    from datetime import UTC, datetime

    from rich.table import Table

    from bot.cli.output import err, out, print_json
    from common.errors import SourceError
    from ingest.arxiv.versions import arxiv_ids, check_versions, version_note
    from rag.compose import open_arxiv, open_bibliography, open_catalog

    options: Options = context.obj
    settings = options.settings()
    rows = open_catalog(settings).readings()
    ids = [row.reading for row in rows]
    bibliography = open_bibliography(settings)
    failed = False
    if check:
        try:
            check_versions(ids, open_arxiv(settings), bibliography, settings.sources.arxiv.check_hours, datetime.now(UTC))
        except SourceError as exc:
            failed = True
            err.print(f"Newer versions were not asked for: {exc.user_message}", markup=False, soft_wrap=True)
    known = bibliography.infos(arxiv_ids(ids))
    if as_json:
        readings: list[dict[str, Any]] = [
            {
                "id": row.reading, "title": row.title, "week": row.week, "version": row.version, "pages": row.pages, "chunks": row.chunks,
                "sha256": row.sha256, "kind": row.kind, "latest": known[row.reading].latest if row.reading in known else None,
            }
            for row in rows
        ]  # fmt: skip
        print_json({"readings": readings})
    elif not rows:
        out.print("Nothing is indexed yet: run `lector ingest`.")
    elif not out.is_terminal:  # a pipe: a line a reading; rich would make spaces of the tabs
        for row in rows:
            note = version_note(row.version, known.get(row.reading))
            typer.echo("\t".join([row.reading, str(row.week or ""), str(row.pages), str(row.chunks), row.title, note]))
    else:
        table = Table("id", "week", "version", "pages", "passages", "title", box=None, pad_edge=False)
        for row in rows:
            note = version_note(row.version, known.get(row.reading))
            table.add_row(row.reading, str(row.week or ""), note, str(row.pages or ""), str(row.chunks), row.title)
        out.print(table)
    raise typer.Exit(1 if failed else 0)
