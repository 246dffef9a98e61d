"""`lector endorsed list`, `add`, `edit`, `withdraw`."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import JsonOption, Options, app

if TYPE_CHECKING:
    from rag.endorsed import EndorsedStore

endorsed_app = typer.Typer(help="Answers of persons that the staff stands for.", no_args_is_help=True)
app.add_typer(endorsed_app, name="endorsed")

_Number = Annotated[int, typer.Argument(help="Its number, as listed.", min=1)]
_By = Annotated[str, typer.Option("--by", help="The name of who stands for it; students see it.")]


@endorsed_app.command("list")
def list_(context: typer.Context, as_json: JsonOption = False) -> None:
    """Show the endorsed answers, newest first."""
    from bot.cli.output import print_json

    rows = _store(context).all()
    if as_json:
        print_json({"answers": [row.as_json() for row in rows]})
        return
    if not rows:
        typer.echo("No answer is endorsed yet: `lector endorsed add` does.", err=True)
    for row in rows:
        typer.echo(f"{row.number}\t{row.state.value}\t{row.title}\t{row.question}\t{' '.join(row.text.split())}")


@endorsed_app.command()
def add(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="A question that stands alone.")],
    text: Annotated[str, typer.Argument(help="The answer, as it will be shown.")],
    by: _By,
) -> None:
    """Endorse an answer: whoever asks the question from now on is shown it."""
    from rag.endorsed import Person

    settings = context.obj.settings()
    store = _store(context)
    row = store.add(*_checked(question, text, settings.answering.max_question_chars), Person(0, by), Person(0, by))
    typer.echo(f"answer {row.number}: {row.title}")


@endorsed_app.command()
def edit(
    context: typer.Context,
    number: _Number,
    text: Annotated[str, typer.Argument(help="The answer from now on.")],
    by: _By,
    question: Annotated[str | None, typer.Option("--question", help="Another question.")] = None,
) -> None:
    """Change an answer; what it was before is kept."""
    from rag.endorsed import Person

    settings = context.obj.settings()
    store = _store(context)
    asked = question if question is not None else store.get(number).question
    row = store.edit(number, *_checked(asked, text, settings.answering.max_question_chars), Person(0, by))
    typer.echo(f"answer {row.number}, version {row.version}: {row.title}")


@endorsed_app.command()
def withdraw(context: typer.Context, number: _Number, by: _By) -> None:
    """Show an answer to nobody any more; it stays in the list."""
    from rag.endorsed import Person

    row = _store(context).withdraw(number, Person(0, by))
    typer.echo(f"answer {row.number} is withdrawn")


@endorsed_app.command()
def restore(context: typer.Context, number: _Number, by: _By) -> None:
    """Show an answer again that was withdrawn; whoever does stands for it from now on."""
    from rag.endorsed import Person

    row = _store(context).restore(number, Person(0, by))
    typer.echo(f"answer {row.number}: {row.title}")


def _store(context: typer.Context) -> "EndorsedStore":
    from rag.compose import open_endorsed

    options: Options = context.obj
    return open_endorsed(options.settings())


def _checked(question: str, text: str, longest: int) -> tuple[str, str]:
    from rag.endorsed import checked_text
    from rag.questions import clean_question

    return clean_question(question, longest), checked_text(text)
