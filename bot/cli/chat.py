"""`lector chat`: questions and answers in this terminal."""

import asyncio
from datetime import datetime

import typer

from bot.cli.app import Options, ReadingOption, TodayOption, app

_END = ("", "exit", "quit")


@app.command()
def chat(context: typer.Context, reading: ReadingOption = None, today: TodayOption = None) -> None:
    """Ask in this terminal, with follow-ups; an empty line, "exit" or Ctrl-D ends."""
    options: Options = context.obj
    run_chat(options, reading, today)


def run_chat(options: Options, reading: str | None = None, today: datetime | None = None) -> None:
    """The chat loop; each answer is shown sentence by sentence as it is checked."""
    from rich.text import Text

    from bot.cli.naming import reading_named
    from bot.cli.output import err, out, show_endorsed, show_nearest, show_places
    from common.errors import QuestionError
    from rag.answers import Answer, Line, Status
    from rag.clock import fixed
    from rag.compose import open_assistant
    from rag.questions import Turn

    async def answer(question: str) -> tuple[Answer, int]:
        shown_already: list[Line] = []
        async for part in parts.assistant.stream(question, reading=asked, history=turns):
            if isinstance(part, Answer):
                return part, len(shown_already)
            show_nearest(part, shown_already[-1] if shown_already else None)
            shown_already.append(part)
            marks = "".join(f"[{n}]" for n in part.citations)
            out.print(Text.assemble(part.text, (f" {marks}" if marks else "", "cyan")))
        raise AssertionError("a stream ends with an Answer")

    settings = options.settings()
    asked = reading_named(settings, reading)
    turns: list[Turn] = []
    with open_assistant(settings, fixed(today)) as parts, asyncio.Runner() as runner:
        with err.status("Loading the index and the models…"):
            runner.run(parts.assistant.warm_up())
        out.print(f"[bold]{settings.course.name}[/bold]: ask about the readings or the syllabus. An empty line ends.")
        while True:
            try:
                question = out.input("\n[green]?[/green] ")
            except EOFError:
                return
            if question.strip().lower() in _END:
                return
            try:
                shown, before = runner.run(answer(question))
            except QuestionError as exc:
                err.print(exc.user_message)
                continue
            if shown.status is Status.ENDORSED:
                show_endorsed(shown)
                turns.append(Turn(shown.question, shown.text))
                continue
            if shown.status in (Status.SYLLABUS, Status.REFUSED):
                for n, line in enumerate(shown.lines[before:], start=before):
                    show_nearest(line, shown.lines[n - 1] if n else None)
                    out.print(Text(line.text))
            show_places(shown, columns=True)  # the rows stand above already, shown before their columns were known
            turns.append(Turn(shown.question, shown.text))
