"""`lector syllabus show`, `lector syllabus parse`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import JsonOption, Options, app

if TYPE_CHECKING:
    from rich.console import Console

    from ingest.syllabus import Session, Syllabus

syllabus_app = typer.Typer(help="The course's plan as data.", no_args_is_help=True)
app.add_typer(syllabus_app, name="syllabus")


@syllabus_app.command()
def show(
    context: typer.Context,
    week: Annotated[int | None, typer.Option("--week", help="Only this week.", min=0)] = None,
    as_json: JsonOption = False,
) -> None:
    """Show the course's own syllabus, with the corrections of course.yaml."""
    from bot.cli.output import print_json
    from common.errors import UsageError
    from ingest.syllabus import read_course

    options: Options = context.obj
    syllabus = read_course(options.settings().corpus.dir)
    if week is not None and not any(session.covers(week) for session in syllabus.sessions):
        numbers = sorted({session.number for session in syllabus.sessions if session.number is not None})
        known = f"it has {', '.join(map(str, numbers))}" if numbers else "its entries have dates only"
        raise UsageError(f"the syllabus names no week {week}: {known}")
    if as_json:
        print_json(syllabus.as_json(week=week))
    else:
        _show(syllabus, week)


@syllabus_app.command()
def parse(
    file: Annotated[Path, typer.Argument(help="A syllabus: .md, .html or .pdf.")],
    as_json: JsonOption = False,
) -> None:
    """Read any syllabus file and show what it says; nothing is changed."""
    from bot.cli.output import print_json
    from ingest.syllabus import parse_syllabus

    syllabus = parse_syllabus(file)
    if as_json:
        print_json(syllabus.as_json())
    else:
        _show(syllabus, None)


def _show(syllabus: "Syllabus", week: int | None) -> None:
    """A table on a terminal; in a pipe a line an entry, tab-separated, with what belongs to it indented below."""
    from bot.cli.output import out

    sessions = [session for session in syllabus.sessions if (session.covers(week) if week is not None else session.kind != "other")]
    if out.is_terminal:
        from rich.console import Console

        show_table(Console(highlight=False), syllabus, sessions, whole=week is None)  # `out` does not wrap; this must
        return
    for line in _plain(syllabus, sessions, whole=week is None):
        typer.echo(line)  # Rich would make spaces of the tabs


def _plain(syllabus: "Syllabus", sessions: list["Session"], *, whole: bool) -> list[str]:
    lines = _head(syllabus) if whole else [syllabus.title]
    for session in sessions:
        lines.append("\t".join([_number(session), _date(session), session.topic or session.heading]))
        lines += [f"\t\t{text}" for _, text in _details(session)]
    for name, items in _tail(syllabus) if whole else []:
        lines += [f"{name}:", *(f"\t{item}" for item in items)]
    return lines


def show_table(console: "Console", syllabus: "Syllabus", sessions: list["Session"], *, whole: bool) -> None:
    """The plan as a table, with what stands around it if `whole`."""
    from rich.table import Table
    from rich.text import Text

    styles = {"speaker": "green", "reading": "cyan", "due": "yellow", "place": "dim"}
    for n, line in enumerate(_head(syllabus) if whole else [syllabus.title]):
        console.print(Text(line, style="bold" if n == 0 else "dim"))
    console.print()
    numbered = any(session.number is not None for session in sessions)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    if numbered:
        table.add_column(no_wrap=True, style="bold")
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for session in sessions:
        off = session.kind != "class"
        words = Text(session.topic or session.heading, style="dim italic" if off else "bold")
        for kind, text in _details(session):
            words.append(f"\n{text}", style=f"not bold {styles[kind]}")
        cells = [Text(_number(session)), Text(_date(session), style="dim" if off else ""), words]
        table.add_row(*(cells if numbered else cells[1:]))
    console.print(table)
    if whole:
        for name, lines in _tail(syllabus):
            console.print()
            console.print(Text(name, style="bold"))
            for line in lines:
                console.print(Text(f"  {line}"))


def _head(syllabus: "Syllabus") -> list[str]:
    """Title, term, time and place, people."""
    where = [part for part in (syllabus.term, syllabus.meeting) if part]
    if syllabus.location and syllabus.location not in syllabus.meeting:
        where.append(syllabus.location)
    staff = ", ".join(f"{person.name} ({person.role})" if person.role else person.name for person in syllabus.staff)
    return [line for line in (syllabus.title or "(no title)", " · ".join(where), staff) if line]


def _number(session: "Session") -> str:
    if session.number is None:
        return ""
    return f"{session.number}–{session.last}" if session.last else str(session.number)


def _date(session: "Session") -> str:
    """The day with its weekday, or as the file writes it where the year is not known."""
    if session.day is None:
        return session.when
    first = f"{session.day:%a} {session.day.isoformat()}"
    return f"{first} – {session.until.isoformat()}" if session.until else first


def _details(session: "Session") -> list[tuple[str, str]]:
    """(kind, line) of what belongs to an entry."""
    lines = [("speaker", f"with {', '.join(session.speakers)}")] if session.speakers else []
    if session.place:
        lines.append(("place", f"at {session.place}"))
    for reading in session.readings:
        address = f"arXiv {reading.arxiv}" if reading.arxiv else reading.url or ""
        lines.append(("reading", f"read: {'  '.join(x for x in (reading.title, address) if x)}"))
    return lines + [("due", f"due: {text}" if "due" not in text.lower().split() else text) for text in session.due]


def _tail(syllabus: "Syllabus") -> list[tuple[str, list[str]]]:
    parts = [
        ("Grading", [f"{percent:g}%  {item}" for item, percent in syllabus.grading]),
        ("Deadlines", [f"{deadline.day:%a} {deadline.day.isoformat()}  {deadline.what}" for deadline in syllabus.deadlines]),
        ("Other dates", [f"{_date(session)}  {session.topic}" for session in syllabus.dates]),
        ("Thresholds", list(syllabus.thresholds)),
        ("Not placed", list(syllabus.unplaced)),
    ]
    return [(name, lines) for name, lines in parts if lines]
