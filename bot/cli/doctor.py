"""`lector doctor`."""

import typer

from bot.cli.app import JsonOption, Options, app


@app.command()
def doctor(context: typer.Context, as_json: JsonOption = False) -> None:
    """Check configuration, models, index, disk and Discord; say what to do. Exit 1 if something is not well."""
    from rich.text import Text

    from bot.cli.output import out, print_json
    from bot.doctor import Check, examine

    options: Options = context.obj
    checks: list[Check] = []
    for check in examine(options.settings()):
        checks.append(check)
        if not as_json:
            mark = ("ok  ", "green") if check.ok else ("BAD ", "bold red")
            out.print(Text.assemble(mark, (f"{check.name}: ", "bold"), check.detail, "" if check.ok else f": {check.advice}"))
    if as_json:
        print_json({"checks": [check.as_json() for check in checks]})
    raise typer.Exit(0 if all(check.ok for check in checks) else 1)
