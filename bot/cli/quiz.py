"""The group of `lector quiz`."""

import typer

from bot.cli.app import app

quiz_app = typer.Typer(help="The weekly reading quiz.", no_args_is_help=True)
app.add_typer(quiz_app, name="quiz")
