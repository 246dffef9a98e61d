"""`lector check`: a student's summary held against its reading."""

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import JsonOption, Options, app

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from rag.checking import Judged
    from rag.drafts import DraftCheck


@app.command()
def check(
    context: typer.Context,
    draft: Annotated[Path, typer.Argument(help="The summary: .md, .txt, .pdf or .html.")],
    as_json: JsonOption = False,
    reading: Annotated[
        str | None, typer.Option("--reading", help="The reading that it sums up, by id, link or words of its title; else the nearest.")
    ] = None,
) -> None:
    """List what a summary says that its reading does not, and the sections it leaves out."""
    from rich.console import Console

    from bot.cli.naming import reading_named
    from bot.cli.output import print_json
    from rag.compose import open_assistant, read_draft
    from rag.drafts import check_draft, draft_sentences

    options: Options = context.obj
    settings = options.settings()
    texts = draft_sentences(read_draft(settings, draft), settings.drafts.max_words)
    with open_assistant(settings) as parts:
        library = parts.assistant.library
        asyncio.run(library.run(lambda _view: None))  # loaded first, so that `seconds` is the check
        started = time.perf_counter()
        checked = asyncio.run(check_draft(library, texts, reading_named(settings, reading)))
        seconds = time.perf_counter() - started
    if as_json:
        print_json(checked.as_json(seconds))
    else:
        show_check(Console(highlight=False), checked)


def show_check(console: "Console", checked: "DraftCheck") -> None:
    """The faults with the passages to look at, then the sections left out."""
    from rich.padding import Padding
    from rich.text import Text

    counted = "1 sentence" if checked.checked == 1 else f"{checked.checked} sentences"
    console.print(Text.assemble(f"Checked {counted} against ", (checked.reading.title, "bold"), f" ({checked.reading.reading})."))
    if not checked.named:
        console.print(Text("No reading was named: this is the nearest one. --reading ID names another.", style="yellow"))
    for n, fault in enumerate(checked.faults, start=1):
        console.print()
        console.print(Text.assemble((f"{n}. ", "cyan"), (fault.claim.text, "bold")))
        for line in _details(fault):
            console.print(Padding(line, (0, 0, 0, 3)))
    console.print()
    left = checked.checked - len(checked.faults)
    if checked.faults:
        console.print(f"In the other {left} nothing was found wrong." if left else "No other sentence could be checked.")
    elif checked.checked:
        console.print("Nothing was found wrong.")
    if checked.missing_sections:
        console.print("Sections that it says nothing of:")
        for section in checked.missing_sections:
            console.print(Padding(Text(section), (0, 0, 0, 3)))
    how = "Words and numbers were compared, " + ("meanings by a model" if checked.by_meaning else "not meanings")
    console.print(Text(f"{how}: read the passages before you change anything.", style="dim"))


def _details(fault: "Judged") -> "list[Text]":
    from rich.text import Text

    lines = [Text.assemble((fault.verdict.value, "red"), f": {fault.why}")]
    if fault.nearest is not None:
        page = f"p. {fault.nearest.page_shown}" if fault.nearest.page_shown else ""
        place = ", ".join(part for part in (page, fault.nearest.section.split(" > ")[-1]) if part)
        lines.append(Text.assemble((f"Nearest, {place}: " if place else "Nearest: ", "dim"), f"“{fault.nearest.quote}”"))
    return lines
