"""`lector models list`, `lector models pull`."""

from typing import Annotated

import typer

from bot.cli.app import JsonOption, Options, app

models_app = typer.Typer(help="Bigger models, by name, from the model hub.", no_args_is_help=True)
app.add_typer(models_app, name="models")


@models_app.command("list")
def list_models(context: typer.Context, as_json: JsonOption = False) -> None:
    """The models that Lector knows by name, and which of them are here. Asks nobody."""
    from rich.table import Table

    from bot.cli.output import out, print_json
    from common.hub_models import HUB_MODELS, pulled

    options: Options = context.obj
    models = options.settings().storage.models_dir
    rows = [(model, pulled(models, model) is not None) for model in HUB_MODELS]
    if as_json:
        print_json(
            {
                "models": [
                    {
                        "name": model.name, "kind": model.kind.value, "repo": model.repo, "file": model.file, "licence": model.licence,
                        "size_mb": model.size_mb, "installed": here, "recommended": model.recommended,
                    }
                    for model, here in rows
                ]
            }
        )  # fmt: skip
    elif not out.is_terminal:  # a pipe: a line a model; rich would make spaces of the tabs
        for model, here in rows:
            typer.echo("\t".join([model.name, model.kind.value, str(model.size_mb), model.licence, "here" if here else "", model.repo]))
    else:
        table = Table("name", "kind", "about MB", "licence", "here", "on the hub", box=None, pad_edge=False)
        for model, here in rows:
            name = f"{model.name} (recommended)" if model.recommended else model.name
            table.add_row(name, model.kind.value, str(model.size_mb), model.licence, "yes" if here else "", model.repo)
        out.print(table)


@models_app.command("pull")
def pull_model(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name of `lector models list`.")],
    as_json: JsonOption = False,
) -> None:
    """Fetch a model, check it and print the lines for config.yaml. Goes on where it was stopped."""
    from bot.cli.output import download_bar, err, print_json
    from common.hub import pull
    from common.hub_models import Kind, config_lines, hub_model, model_file

    options: Options = context.obj
    models = options.settings().storage.models_dir
    model = hub_model(name)
    err.print(f"{model.name}: {model.repo}, about {model.size_mb} MB, licence {model.licence}", markup=False)
    try:
        with download_bar() as bar:
            found = pull(model, models, bar)
    except KeyboardInterrupt:
        err.print(f"What has arrived is kept: run `lector models pull {name}` again to go on.")
        raise
    lines = config_lines(model, model_file(models, model, found))
    if as_json:
        print_json(
            {
                "name": model.name, "repo": model.repo, "revision": found.revision, "folder": str(models / model.name),
                "files": [{"file": entry.file, "bytes": entry.bytes, "sha256": entry.sha256} for entry in found.files],
                "config": lines,
            }
        )  # fmt: skip
        return
    err.print(f"Checked by the hub's checksums and put into {models / model.name}. For config.yaml:", markup=False, soft_wrap=True)
    typer.echo(lines, nl=False)
    if model.kind is Kind.EMBEDDINGS:
        err.print("Another embedding model needs another index: run `lector ingest` after that.")
