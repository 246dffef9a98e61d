"""`lector ask`, `lector search`."""

import asyncio
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.app import JsonOption, Options, ReadingOption, TodayOption, app


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="The question, in quotes.")],
    as_json: JsonOption = False,
    reading: ReadingOption = None,
    history: Annotated[Path | None, typer.Option("--history", help='File with a JSON list of {"question", "answer"} asked before.')] = None,
    today: TodayOption = None,
) -> None:
    """Answer one question from the readings, with the pages."""
    from bot.cli.naming import reading_named
    from bot.cli.output import print_json, show_answer
    from rag.clock import fixed
    from rag.compose import open_assistant
    from rag.questions import read_history

    options: Options = context.obj
    settings = options.settings()
    turns = read_history(history) if history else []
    asked = reading_named(settings, reading)
    with open_assistant(settings, fixed(today)) as parts:
        answer = asyncio.run(parts.assistant.ask(question, reading=asked, history=turns))
    if as_json:
        print_json(answer.as_json())
    else:
        show_answer(answer)


@app.command()
def search(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="What to look for.")],
    k: Annotated[int, typer.Option("-k", help="How many passages.", min=1, max=100)] = 10,
    as_json: JsonOption = False,
    reading: ReadingOption = None,
    references: Annotated[bool, typer.Option("--references", help="Search lists of references too.")] = False,
) -> None:
    """Show the passages nearest to a question, best first."""
    from rich.text import Text

    from bot.cli.naming import reading_named
    from bot.cli.output import out, print_json
    from rag.compose import open_assistant
    from rag.questions import clean_question

    options: Options = context.obj
    settings = options.settings()
    cleaned = clean_question(question, settings.answering.max_question_chars)
    asked = reading_named(settings, reading)
    with open_assistant(settings) as parts:
        library = parts.assistant.library
        asyncio.run(library.run(lambda _view: None))  # loaded first, so that `seconds` is the search
        started = time.perf_counter()
        hits = asyncio.run(library.search(cleaned, k=k, reading=asked, references=references))
        seconds = time.perf_counter() - started
    if as_json:
        passages: list[dict[str, Any]] = [hit.as_json() for hit in hits]
        print_json({"passages": passages, "seconds": round(seconds, 4)})
        return
    for n, hit in enumerate(hits, start=1):
        place = ", ".join(x for x in (hit.reading.title, f"p. {hit.passage.page}" if hit.passage.page else "", hit.passage.section) if x)
        out.print(Text.assemble((f"{n}. ", "cyan"), (place, "bold"), (f"  {hit.score:.2f}\n", "dim"), hit.passage.text, "\n"))
