"""How the terminal shows things: answers with their citations, reports, a progress bar. Pure rendering."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.text import Text

from ingest.sync import Report
from rag.answers import NEAREST, Answer, Citation, Line, Status

_NAMED = 20  # so many readings are named, more only counted

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False)


def print_json(content: dict[str, Any]) -> None:
    """One JSON object on stdout."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def where(citation: Citation) -> str:
    """Title, page and section of a citation, as a person reads it."""
    parts = [citation.title]
    if citation.page:
        parts.append(f"p. {citation.page}")
    if citation.section:
        parts.append(citation.section.split(" > ")[-1])
    return ", ".join(parts)


def show_answer(answer: Answer) -> None:
    """The answer's sentences with the numbers of their citations, a row's columns under it, then the citations."""
    if answer.status is Status.ENDORSED:
        show_endorsed(answer)
        return
    columns = {citation.n: citation.columns for citation in answer.citations}
    for before, line in zip((None, *answer.lines), answer.lines, strict=False):
        show_nearest(line, before)
        marks = "".join(f"[{n}]" for n in line.citations)
        out.print(Text.assemble(line.text, (f" {marks}" if marks and answer.status is not Status.SYLLABUS else "", "cyan")))
        for named in filter(None, (columns.get(n) for n in line.citations)):
            out.print(Text(f"  {named}", style="dim"))
    show_places(answer)


def show_nearest(line: Line, before: Line | None) -> None:
    """Above the first of lines that are only the nearest found, that they are; a blank line between the last of them and what is sure."""
    if not line.sure and (before is None or before.sure):
        out.print(Text(NEAREST, style="yellow"))
    elif line.sure and before is not None and not before.sure:
        out.print()


def show_places(answer: Answer, *, columns: bool = False) -> None:
    """The citations, each with its page's address; with a row's columns where they have not been shown under the row."""
    for citation in answer.citations:
        url = f"  {citation.url}" if citation.url else ""
        out.print(Text.assemble((f"  [{citation.n}] ", "cyan"), (where(citation), "bold"), (url, "dim")))
        if columns and citation.columns:
            out.print(Text(f"      {citation.columns}", style="dim"))


def show_endorsed(answer: Answer) -> None:
    """A person's answer: who stands for it, for which question, and their words alone."""
    for citation in answer.citations:
        out.print(Text.assemble(("A person's answer, not the readings'. ", "yellow"), (f"{citation.title}, to: ", "dim"), citation.section))
        for line in citation.quote.splitlines():
            out.print(Text.assemble(("  │ ", "cyan"), line))
        if citation.url:
            out.print(Text(f"  {citation.url}", style="dim"))


def show_report(report: Report) -> None:
    """What a sync changed, on stderr: it is about the work, not the answer."""
    counts = [
        f"{len(getattr(report, name))} {name}" for name in ("added", "updated", "unchanged", "removed", "failed") if getattr(report, name)
    ]
    if report.restored:
        counts.append(f"{len(report.restored)} of them taken from what was stored")
    err.print(f"Indexed: {', '.join(counts) or 'nothing'} ({report.pages} pages, {report.chunks} passages, {report.seconds:.1f} s)")
    for name in ("added", "updated", "removed"):
        if 0 < len(getattr(report, name)) <= _NAMED:
            err.print(f"  {name}: {', '.join(getattr(report, name))}", markup=False, soft_wrap=True)
    if report.weeks:
        err.print(f"  weeks touched: {', '.join(map(str, report.weeks))}")
    for twin in report.duplicates:
        err.print(
            f"  [yellow]not indexed twice:[/yellow] {escape(twin['source'])} says what {escape(twin['same_as'])} says", soft_wrap=True
        )
    for reason, sources in report.by_reason().items():
        err.print(f"  [yellow]not indexed:[/yellow] {escape(', '.join(sources))}: {escape(reason)}", soft_wrap=True)


class _PagesColumn(ProgressColumn):
    """Pages done of those found so far, and the rate once there is one."""

    def render(self, task: Task) -> Text:
        rate = f", {task.speed:.1f} pages/s" if task.speed else ""
        return Text(f"{task.completed:.0f}/{task.total or 0:.0f} pages{rate}")


class PageBar:
    """A progress bar in pages, with a rate and the time left; satisfies `ingest.sync.Progress`."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("reading", total=None)
        self._total = 0

    def found(self, pages: int) -> None:
        """See `Progress`."""
        self._total += pages
        self._progress.update(self._task, total=self._total)

    def indexed(self, pages: float, title: str) -> None:
        """See `Progress`."""
        self._progress.update(self._task, advance=pages, description=escape(title[:40]))

    def stopped(self) -> bool:
        """Ctrl-C stops the process itself."""
        return False


@contextmanager
def page_bar() -> Iterator[PageBar]:
    """A bar on stderr while the block runs; where stderr is no terminal only its end is printed."""
    columns = (
        TextColumn("{task.description:40}"),
        BarColumn(),
        _PagesColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True) as progress:
        yield PageBar(progress)


class DownloadBar:
    """A progress bar in bytes, with a rate and the time left; satisfies `common.hub.Progress`."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("asking the hub", total=None)

    def file(self, name: str, size: int, have: int) -> None:
        """See `Progress`. A task of its own for each file: the rate is of what comes now, not of what was here."""
        self._progress.remove_task(self._task)
        self._task = self._progress.add_task(escape(name.split("/")[-1][:40]), total=size, completed=have)

    def advance(self, count: int) -> None:
        """See `Progress`."""
        self._progress.update(self._task, advance=count)


@contextmanager
def download_bar() -> Iterator[DownloadBar]:
    """A bar on stderr while the block runs; where stderr is no terminal nothing moves."""
    columns = (TextColumn("{task.description:40}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        yield DownloadBar(progress)


def question_bar() -> Progress:
    """A bar for questions asked, with the time left."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(), console=err
    )
