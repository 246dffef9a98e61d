"""`lector run`, the main job of `make run`: sync the corpus, then open the assistant where people are."""

import asyncio
import sys
from pathlib import Path

import typer

from bot.cli.app import Options, app


@app.command()
def run(context: typer.Context) -> None:
    """Sync the corpus, then: the Discord bot (with a token), a chat (in a terminal), or the sample questions."""
    from bot.cli.chat import run_chat
    from bot.cli.output import err, page_bar, show_report
    from rag.compose import run_sync

    options: Options = context.obj
    settings = options.settings()
    for course in settings.each_course():
        if settings.courses:
            err.print(f"Course {course.course.key}:")
        with page_bar() as bar:
            report = run_sync(course, bar)
        show_report(report)
    if settings.discord.token is not None:
        from bot.cli.discord import run_bot

        run_bot(settings)
    elif sys.stdin.isatty():
        run_chat(options)
    else:
        err.print("No terminal and no Discord token: asking the sample questions of the corpus.")
        ask_samples(options, settings.corpus.dir / "samples.yaml")


def ask_samples(options: Options, path: Path) -> None:
    """Ask and answer the questions of a samples file."""
    from bot.cli.output import out, show_answer
    from rag.compose import open_assistant

    questions = read_samples(path)
    with open_assistant(options.settings()) as parts, asyncio.Runner() as runner:
        for question in questions:
            out.print(f"\n[green]?[/green] [bold]{question}[/bold]")
            show_answer(runner.run(parts.assistant.ask(question)))


def read_samples(path: Path) -> list[str]:
    """The questions of a samples file: a YAML list of objects with `question`.

    Raises:
        ConfigError: The file is not there or not such a list.
    """
    import yaml

    from common.errors import ConfigError

    try:
        return [str(entry["question"]) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]
    except (OSError, yaml.YAMLError, TypeError, KeyError) as exc:
        raise ConfigError(f"{path} must be a YAML list of `- question: ...` ({type(exc).__name__})") from exc
