"""`lector quiz draft`: items for a week's quiz, each with the place that proves it."""

import random
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import JsonOption, Options
from bot.cli.quiz import quiz_app

if TYPE_CHECKING:
    from rich.progress import Progress

    from quiz.items import Item
    from quiz.making.draft import Draft
    from quiz.making.drafting import Progress as Watching


@quiz_app.command("draft")
def draft(
    context: typer.Context,
    as_json: JsonOption = False,
    week: Annotated[int | None, typer.Option("--week", help="The week whose readings and handouts are asked about.")] = None,
    count: Annotated[int, typer.Option("-n", "--count", help="How many items.")] = 10,
    reading: Annotated[str | None, typer.Option("--reading", help="Only this reading.")] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Another number, other items; the same, the same. By default chance.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Also list what was dropped, with the reasons.")] = False,
) -> None:
    """Draft quiz items from the readings. Exit 1 if fewer could be made than were asked for."""
    from bot.cli.output import err, print_json, question_bar
    from common.errors import UsageError
    from quiz.making.drafting import open_drafter
    from rag.compose import open_assistant

    if week is None and reading is None:
        raise UsageError("name a week with --week, or a reading with --reading")
    options: Options = context.obj
    settings = options.settings()
    seed = random.SystemRandom().randrange(1_000_000) if seed is None else seed
    with open_assistant(settings) as parts, question_bar() as bar:
        drafter = open_drafter(parts)
        made = drafter.draft(count, week=week, reading=reading, seed=seed, progress=_watching(bar, count))
    if as_json:
        print_json(as_object(made, seed, explain))
    else:
        show_draft(made, explain)
    if made.shortfall:
        err.print(made.shortfall, markup=False, soft_wrap=True)
    raise typer.Exit(1 if made.shortfall else 0)


def as_object(made: "Draft", seed: int, explain: bool) -> dict[str, object]:
    """The object of `lector quiz draft --json`."""
    found: dict[str, object] = {
        "items": [item.as_json() for item in made.items], "wanted": made.wanted, "readings": list(made.readings), "seed": seed,
        "shortfall": made.shortfall or None,
    }  # fmt: skip
    if explain:
        found["dropped"] = [dropped.as_json() for dropped in made.dropped]
    return found


def show_draft(made: "Draft", explain: bool) -> None:
    """The items with their keys, then what was dropped."""
    from bot.cli.output import out

    for n, item in enumerate(made.items, start=1):
        show_item(n, item)
    if explain:
        out.print(f"\nDropped: {len(made.dropped)}", style="bold")
        for dropped in made.dropped:
            out.print(f"- {dropped.reason}: {dropped.what}", markup=False)


def show_item(n: int, item: "Item") -> None:
    """One item: stem, options with the key marked, explanation."""
    from rich.padding import Padding
    from rich.text import Text

    from bot.cli.output import out
    from quiz.items import Kind

    out.print(Text.assemble(("\n" if n > 1 else ""), (f"{n}. ", "cyan"), (item.stem, "bold"), (f"  [{item.kind.value}]", "dim")))
    if item.kind is Kind.CHOICE:
        for place, option in enumerate(item.options):
            mark = "*" if place == item.key else " "
            out.print(Padding(Text(f"{mark} {'ABCDEFGH'[place]}. {option}", style="green" if place == item.key else ""), (0, 0, 0, 3)))
    else:
        tolerance = f" ± {item.tolerance}" if item.tolerance else ""
        out.print(Padding(Text(f"* {item.answer}{tolerance} {item.unit}".rstrip(), style="green"), (0, 0, 0, 3)))
    out.print(Padding(Text(item.explanation, style="dim"), (0, 0, 0, 3)))


def _watching(bar: "Progress", count: int) -> "Watching":
    """A `quiz.making.drafting.Progress` that moves a bar on stderr."""
    from quiz.making.drafting import Progress as Watching

    task = bar.add_task("opening the index", total=count)
    return Watching(
        reads=lambda title, n, of: bar.update(task, description=f"reading {n} of {of}: {title[:40]}"),
        makes=lambda made, _of: bar.update(task, completed=made, description="making items"),
    )
