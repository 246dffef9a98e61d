"""The course's readings and their changes as Discord messages: pure functions, within Discord's limits."""

from collections.abc import Sequence

from bot.corpus_job import Preview, Step
from bot.discord.render import MESSAGE_LIMIT
from bot.discord.typeset import plain
from ingest.arxiv.metadata import PaperInfo
from ingest.arxiv.versions import version_note
from ingest.catalog import Reading
from ingest.changes import Outcome
from ingest.edits import Edit
from ingest.sync import Report

PER_PAGE = 10
_BAR = 20
_NAMED = 10
_CHANGES = 12
_LONGEST = 90


def render_step(title: str, step: Step | None, seconds: float) -> str:
    """How far a change is: what is done, the share, the rate and the time left.

    Args:
        step: None: nothing is known yet.
        seconds: Since the start of embedding.
    """
    head = f"**{plain(title)}**\n"
    if step is None or not step.found:
        return f"{head}Reading …"
    share = min(step.done / step.found, 1.0)
    bar = "▰" * round(_BAR * share) + "▱" * (_BAR - round(_BAR * share))
    rate = step.done / seconds if seconds > 0 and step.done else 0.0
    left = f", {rate:.1f} pages/s, about {(step.found - step.done) / rate:.0f} s left" if rate else ""
    return f"{head}{bar} {step.done:.0f} of {step.found} pages{left}\n{_short(step.title)}"


def render_outcome(title: str, result: Outcome | Report) -> str:
    """What a change came to: which readings, which weeks, what failed."""
    report = result.report if isinstance(result, Outcome) else result
    lines = [f"**{plain(title)}**: done" + (f" (edit {result.edit.number})" if isinstance(result, Outcome) else "")]
    if isinstance(result, Outcome):
        lines.extend(plain(note) for note in result.notes)
    for name in ("added", "updated", "removed"):
        ids: list[str] = getattr(report, name)
        if ids:
            more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
            lines.append(f"{name}: {', '.join(plain(i) for i in ids[:_NAMED])}{more}")
    if len(lines) == 1:
        lines.append("Nothing has changed in the index.")
    if report.weeks:
        lines.append(f"weeks touched: {', '.join(map(str, report.weeks))}")
    lines.extend(
        f"not indexed twice: {plain(twin['source'])} says what {plain(twin['same_as'])} says" for twin in report.duplicates[:_NAMED]
    )
    reasons = list(report.by_reason().items())
    lines.extend(f"⚠ {plain(', '.join(sources))}: {plain(reason)}" for reason, sources in reasons[:_NAMED])
    if len(reasons) > _NAMED:
        lines.append(f"⚠ and {len(reasons) - _NAMED} more reasons")
    if report.pages:
        lines.append(f"{report.pages} pages, {report.chunks} passages, {report.seconds:.0f} s")
    return _cut("\n".join(lines))


def render_preview(name: str, preview: Preview) -> str:
    """What another syllabus would change, for whoever is to decide."""
    lines = [f"**{_short(name)}** has a plan of {preview.weeks} entries. In the place of the present syllabus it would change:"]
    if not preview.changes:
        lines.append("nothing that Lector knows of (its wording may differ)")
    lines.extend(_short(change, 160) for change in preview.changes[:_CHANGES])
    if len(preview.changes) > _CHANGES:
        lines.append(f"and {len(preview.changes) - _CHANGES} more")
    if preview.unplaced:
        lines.append(f"{len(preview.unplaced)} lines found no place in the plan, such as: {_short(preview.unplaced[0])}")
    return _cut("\n".join(lines))


def render_readings(rows: Sequence[Reading], known: dict[str, PaperInfo], page: int) -> str:
    """One page of the readings, those of the first weeks first."""
    if not rows:
        return "Nothing is indexed yet: `/corpus sync`."
    ordered = sorted(rows, key=lambda row: (row.week is None, row.week or 0, row.reading))
    lines = [f"**Readings**, page {page + 1} of {page_count(len(rows))}"]
    for row in ordered[page * PER_PAGE : (page + 1) * PER_PAGE]:
        week = f"week {row.week}" if row.week is not None else row.kind
        notes = [week, "required" if row.required else "", version_note(row.version, known.get(row.reading))]
        pages = f"{row.pages} pages" if row.pages else f"{row.chunks} passages"
        lines.append(f"**{_short(row.title)}** · `{row.reading[:60]}` · {' · '.join(plain(n) for n in notes if n)} · {pages}")
    return _cut("\n".join(lines))


def render_history(edits: Sequence[Edit], page: int) -> str:
    """One page of the changes, the newest first."""
    if not edits:
        return "No change of the readings has been noted yet."
    lines = [f"**Changes of the readings**, page {page + 1} of {page_count(len(edits))}"]
    for edit in list(reversed(edits))[page * PER_PAGE : (page + 1) * PER_PAGE]:
        weeks = f" · weeks {', '.join(map(str, edit.weeks))}" if edit.weeks else ""
        what = f"{edit.action} {edit.what}"
        lines.append(f"`{edit.number}` <t:{int(edit.at.timestamp())}:f> {plain(edit.who)}: {_short(what, 140)}{weeks}")
    return _cut("\n".join(lines))


def page_count(entries: int) -> int:
    """How many pages so many entries take; one at least."""
    return max(1, -(-entries // PER_PAGE))


def _short(text: str, longest: int = _LONGEST) -> str:
    return plain(text if len(text) <= longest else text[: longest - 1] + "…")


def _cut(text: str) -> str:
    return text if len(text) <= MESSAGE_LIMIT else text[: MESSAGE_LIMIT - 1].rstrip("\\") + "…"
