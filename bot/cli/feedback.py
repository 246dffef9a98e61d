"""`lector feedback`: what people thought of the answers, for the instructor."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import JsonOption, Options, app

if TYPE_CHECKING:
    from bot.feedback.report import Report


@app.command()
def feedback(
    context: typer.Context,
    as_json: JsonOption = False,
    since: Annotated[datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="Only from this day on (UTC).")] = None,
    plot: Annotated[Path | None, typer.Option("--plot", help="Draw the rates by day into this file (.png, .svg, .pdf).")] = None,
) -> None:
    """Show votes, reasons, refusals and the questions that were answered worst."""
    from zoneinfo import ZoneInfo

    from bot.cli.output import print_json
    from bot.discord.store import AnswerStore
    from bot.feedback.persons import PersonQuestions
    from bot.feedback.plot import draw
    from bot.feedback.report import by_day, summarise
    from bot.feedback.votes import VoteStore
    from common.database import open_database

    options: Options = context.obj
    settings = options.settings()
    engine, course = open_database(settings.storage), settings.course
    start = since.replace(tzinfo=UTC) if since is not None else None
    given = AnswerStore(engine, course.key).given(start)
    votes = VoteStore(engine, course.key).all(start)
    report = summarise(given, votes, PersonQuestions(engine, course.key, 0).all(start))
    if plot is not None:
        draw(by_day(given, votes, ZoneInfo(course.timezone)), plot, course.name)
    if as_json:
        print_json(report.as_json())
    else:
        _show(report)


def _show(report: "Report") -> None:
    from bot.cli.output import out

    kinds = ", ".join(f"{count} {status}" for status, count in report.by_status.items())
    near = f"; {report.near} of them shown as only the nearest found" if report.near else ""
    out.print(f"{report.answers} answer{'s' * (report.answers != 1)}" + (f" ({kinds})" if kinds else "") + near, markup=False)
    reasons = ", ".join(f"{count} {reason}" for reason, count in report.reasons.items())
    out.print(f"{report.good} 👍, {report.bad} 👎" + (f" ({reasons})" if reasons else ""), markup=False)
    out.print(f"{report.sent} sent to a person, {report.answered} of them answered", markup=False)
    for rated in report.worst:
        why = ", ".join(f"{count} {reason}" for reason, count in rated.reasons.items())
        status = rated.status + (", only near" if rated.near else "")
        out.print(f"\n{rated.bad} 👎 {rated.good} 👍 {rated.question} ({status}{f'; {why}' if why else ''})", markup=False)
        for note in rated.notes:
            out.print(f"    “{' '.join(note.split())}”", markup=False)
