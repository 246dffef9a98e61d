"""`lector quiz list`, `show`, `export`, `import`, `results`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.app import JsonOption, Options
from bot.cli.corpus_changes import who
from bot.cli.quiz import quiz_app

if TYPE_CHECKING:
    from quiz.records.quizzes import Quiz
    from quiz.results.book import Results

QuizArgument = Annotated[str, typer.Argument(metavar="QUIZ", help="Id of the quiz; `lector quiz list` shows it.")]
FormatOption = Annotated[str | None, typer.Option("--format", help="yaml, gift, csv, qti, anki or pdf; else by the file's suffix.")]


@quiz_app.command("list")
def list_quizzes(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the quizzes, the newest first; tab-separated in a pipe."""
    from bot.cli.output import print_json
    from quiz.compose import open_quizzes

    options: Options = context.obj
    quizzes = [_summary(quiz) for quiz in open_quizzes(options.settings()).bank.quizzes()]
    if as_json:
        print_json({"quizzes": quizzes})
        return
    if not quizzes:
        typer.echo("There is no quiz yet: `lector quiz draft` makes items, `lector quiz import` a quiz of them.", err=True)
    for q in quizzes:
        print("\t".join(str("" if q[name] is None else q[name]) for name in ("id", "state", "week", "items", "opens", "closes", "title")))


@quiz_app.command()
def show(context: typer.Context, quiz: QuizArgument, as_json: JsonOption = False) -> None:
    """Show a quiz with its keys, what staff said of each item, and its log."""
    from bot.cli.output import print_json
    from quiz.compose import open_quizzes

    options: Options = context.obj
    bank = open_quizzes(options.settings()).bank
    found = bank.quiz(quiz)
    if as_json:
        items = [e.item.as_json() | {"review": e.review.value, "void": e.void, "retired": e.retired} for e in found.items]
        log = [{"at": e.at.isoformat(), "who": e.who, "what": e.what, "item": e.item, "details": e.details} for e in bank.events(quiz)]
        print_json(_summary(found) | {"rules": _rules(found), "items": items, "log": log})
        return
    print(f"{found.title} ({found.id}): {found.state.value}")
    for number, entry in enumerate(found.items, start=1):
        marks = [entry.review.value, *(["void"] if entry.void else []), *([f"retired: {entry.retired}"] if entry.retired else [])]
        print(f"\n{number}. [{', '.join(marks)}] {entry.item.stem}")
        for option in entry.item.options:
            print(f"   {'*' if option == entry.item.answer else '-'} {option}")
        if not entry.item.options:
            print(f"   * {entry.item.answer} {entry.item.unit}".rstrip())
        if entry.item.evidence is not None:
            page = f", p. {entry.item.evidence.page}" if entry.item.evidence.page else ""
            print(f"   {entry.item.evidence.title}{page}: “{entry.item.evidence.quote}”")


@quiz_app.command()
def export(
    context: typer.Context,
    quiz: QuizArgument,
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    as_json: JsonOption = False,
    format_: FormatOption = None,
    no_keys: Annotated[bool, typer.Option("--no-keys", help="A PDF to hand out.")] = False,
) -> None:
    """Write a quiz to a file: the items that staff kept, of a draft all that they did not drop."""
    from bot.cli.output import err, print_json
    from common.errors import UsageError
    from common.files import write_whole
    from quiz.compose import open_quizzes
    from quiz.formats import files
    from quiz.records.tables import Review, State

    options: Options = context.obj
    settings = options.settings()
    found = open_quizzes(settings).bank.quiz(quiz)
    entries = found.asked if found.state is not State.DRAFT else [e for e in found.items if e.review is not Review.DROPPED]
    chosen = files.format_of(file, format_)
    if no_keys and chosen.write is not None:
        raise UsageError(f"a {chosen.name} file always has its keys: only a pdf can be without")
    data = files.export([e.item for e in entries], found.title, chosen, keys=not no_keys, font=settings.quiz.pdf_font)
    write_whole(file, data)
    if as_json:
        print_json({"quiz": found.id, "file": str(file), "format": chosen.name, "items": len(entries)})
    else:
        err.print(f"{len(entries)} items written to {file} ({chosen.name})", markup=False, soft_wrap=True)


@quiz_app.command("import")
def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to read.")],
    as_json: JsonOption = False,
    format_: FormatOption = None,
    title: Annotated[str | None, typer.Option("--title", help="What the quiz is called; else as the file.")] = None,
    week: Annotated[int | None, typer.Option("--week", help="The week it belongs to; else that of its items.", min=0)] = None,
) -> None:
    """Make a draft out of a file of items, all or none; staff review it as any other."""
    from bot.cli.output import err, print_json
    from common.errors import UsageError
    from quiz.compose import open_quizzes
    from quiz.formats import files

    options: Options = context.obj
    chosen = files.format_of(file, format_)
    try:
        data = file.read_bytes()
    except OSError as exc:
        raise UsageError(f"cannot read {file} ({exc.strerror})") from exc
    items = files.read_items(data, file.name, chosen)
    weeks = {item.week for item in items}
    bank = open_quizzes(options.settings()).bank
    key = bank.create(
        title or file.stem.replace("-", " ").replace("_", " "),
        items,
        who(),
        week=week if week is not None or len(weeks) > 1 else weeks.pop(),
    )
    if as_json:
        print_json(_summary(bank.quiz(key)) | {"items": [item.as_json() for item in items]})
    else:
        err.print(f"draft {key}: {len(items)} items wait for their review", markup=False, soft_wrap=True)


@quiz_app.command()
def results(
    context: typer.Context,
    quiz: QuizArgument,
    as_json: JsonOption = False,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write the scores to this file.")] = None,
    chart: Annotated[Path | None, typer.Option("--chart", help="Write a picture (PNG) to this file.")] = None,
    retire: Annotated[bool, typer.Option("--retire", help="Never again ask the items that the figures speak against.")] = False,
) -> None:
    """Show the scores and the figures of each item."""
    from bot.cli.output import print_json
    from common.files import write_whole
    from quiz.compose import open_quizzes
    from quiz.results.book import retire_flagged

    options: Options = context.obj
    opened = open_quizzes(options.settings())
    found = opened.results.results(quiz)
    if csv is not None:
        from quiz.results.table import scores_csv

        write_whole(csv, scores_csv(found))
    if chart is not None:
        from quiz.results.chart import draw

        write_whole(chart, draw(found))
    retired = [figures.item.id for figures in retire_flagged(found, opened.bank, who())] if retire else []
    if as_json:
        print_json(found.as_json() | {"retired": retired})
    else:
        _show_results(found)


def _show_results(found: "Results") -> None:
    """A table on a terminal, lines in a pipe."""
    from rich.table import Table

    from bot.cli.output import out

    mean = "" if found.mean is None else f", mean {found.mean:.1f}%"
    passed = sum(s.passed for s in found.students)
    out.print(
        f"{found.quiz.title}: {len(found.students)} finished, {found.in_progress} in progress{mean}, {passed} over {found.pass_percent:g}%"
    )
    scores = Table("student", "percent", "passed", "attempts", box=None)
    for s in found.students:
        scores.add_row(
            s.student, f"{s.percent:.1f}{' (provisional)' if s.provisional else ''}", "yes" if s.passed else "no", str(s.attempts)
        )
    out.print(scores)
    figures = Table("item", "difficulty", "discrimination", "chosen", "seconds", "stem", box=None)
    for number, f in enumerate(found.items, start=1):
        told = [
            "" if value is None else form.format(value)
            for value, form in ((f.difficulty, "{:.2f}"), (f.discrimination, "{:.2f}"), (f.seconds, "{:.0f}"))
        ]
        figures.add_row(str(number), told[0], told[1], " ".join(map(str, f.chosen)), told[2], f.item.stem[:60])
    out.print(figures)
    for number, f in enumerate(found.items, start=1):
        for flag in f.flags:
            out.print(f"item {number}: {flag}", markup=False)


def _summary(quiz: "Quiz") -> dict[str, Any]:
    return {
        "id": quiz.id, "title": quiz.title, "week": quiz.week, "state": quiz.state.value, "items": len(quiz.items), "kept": len(quiz.asked),
        "opens": None if quiz.rules.opens_at is None else quiz.rules.opens_at.isoformat(),
        "closes": None if quiz.rules.closes_at is None else quiz.rules.closes_at.isoformat(),
    }  # fmt: skip


def _rules(quiz: "Quiz") -> dict[str, Any]:
    rules = quiz.rules
    return {
        "attempts": rules.attempts, "time_limit_s": rules.time_limit_s, "shuffle": rules.shuffle, "feedback": rules.feedback.value,
    }  # fmt: skip
