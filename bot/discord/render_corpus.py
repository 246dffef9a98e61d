"""The course's readings and their changes as Discord messages: pure functions, within Discord's limits.

What the ingest room says (why a source failed, what another syllabus changes) is in English, as it is for the terminal.
"""

from collections.abc import Sequence

from bot.corpus_job import Preview, Step
from bot.discord.render import MESSAGE_LIMIT
from bot.discord.typeset import plain
from bot.language import say
from ingest.arxiv.metadata import PaperInfo
from ingest.arxiv_ids import version_number
from ingest.catalog import Reading
from ingest.changes import Outcome
from ingest.edits import Edit
from ingest.sync import Report

PER_PAGE = 10
_BAR = 20
_NAMED = 10
_CHANGES = 12
_LONGEST = 90


def render_step(title: str, step: Step | None, seconds: float, language: str) -> str:
    """How far a change is: what is done, the share, the rate and the time left.

    Args:
        step: None: nothing is known yet.
        seconds: Since the start of embedding.
    """
    head = f"**{plain(title)}**\n"
    if step is None or not step.found:
        return head + say(language, "corpus-reading")
    share = min(step.done / step.found, 1.0)
    bar = "▰" * round(_BAR * share) + "▱" * (_BAR - round(_BAR * share))
    done = say(language, "corpus-pages-done", done=round(step.done), found=step.found)
    rate = step.done / seconds if seconds > 0 and step.done else 0.0
    left = say(language, "corpus-rate", rate=f"{rate:.1f}", left=f"{(step.found - step.done) / rate:.0f}") if rate else ""
    return f"{head}{bar} {done}{left}\n{_short(step.title)}"


def render_outcome(title: str, result: Outcome | Report, language: str) -> str:
    """What a change came to: which readings, which weeks, what failed."""
    report = result.report if isinstance(result, Outcome) else result
    edit = say(language, "corpus-edit", number=result.edit.number) if isinstance(result, Outcome) else ""
    lines = [say(language, "corpus-done", title=f"**{plain(title)}**", edit=edit)]
    if isinstance(result, Outcome):
        lines.extend(plain(note) for note in result.notes)
    for name in ("added", "updated", "removed"):
        ids: list[str] = getattr(report, name)
        if ids:
            named, more = say(language, "comma").join(plain(i) for i in ids[:_NAMED]), len(ids) - _NAMED
            lines.append(say(language, f"corpus-{name}", readings=named + (say(language, "corpus-more", count=more) if more > 0 else "")))
    if len(lines) == 1:
        lines.append(say(language, "corpus-no-change"))
    if report.weeks:
        lines.append(say(language, "corpus-weeks", weeks=_weeks(report.weeks, language)))
    for twin in report.duplicates[:_NAMED]:
        lines.append(say(language, "corpus-twin", source=plain(twin["source"]), same=plain(twin["same_as"])))
    reasons = list(report.by_reason().items())
    lines.extend(f"⚠ {plain(', '.join(sources))}: {plain(reason)}" for reason, sources in reasons[:_NAMED])
    if len(reasons) > _NAMED:
        lines.append(f"⚠ {say(language, 'corpus-more-reasons', count=len(reasons) - _NAMED)}")
    if report.pages:
        lines.append(say(language, "corpus-size", pages=report.pages, passages=report.chunks, seconds=f"{report.seconds:.0f}"))
    return _cut("\n".join(lines))


def render_preview(name: str, preview: Preview, language: str) -> str:
    """What another syllabus would change, for whoever is to decide."""
    lines = [say(language, "syllabus-preview", name=f"**{_short(name)}**", count=preview.weeks)]
    if not preview.changes:
        lines.append(say(language, "syllabus-same"))
    lines.extend(_short(change, 160) for change in preview.changes[:_CHANGES])
    if len(preview.changes) > _CHANGES:
        lines.append(say(language, "corpus-more-lines", count=len(preview.changes) - _CHANGES))
    if preview.unplaced:
        lines.append(say(language, "syllabus-unplaced", count=len(preview.unplaced), line=_short(preview.unplaced[0])))
    return _cut("\n".join(lines))


def render_readings(rows: Sequence[Reading], known: dict[str, PaperInfo], page: int, language: str) -> str:
    """One page of the readings, those of the first weeks first."""
    if not rows:
        return say(language, "corpus-empty")
    ordered = sorted(rows, key=lambda row: (row.week is None, row.week or 0, row.reading))
    lines = [say(language, "corpus-list", page=page + 1, pages=page_count(len(rows)))]
    for row in ordered[page * PER_PAGE : (page + 1) * PER_PAGE]:
        week = say(language, "corpus-week", week=row.week) if row.week is not None else say(language, f"corpus-kind-{row.kind}")
        required = say(language, "corpus-required") if row.required else ""
        version = _version(row.version, known.get(row.reading), language)
        size = say(language, "corpus-pages", count=row.pages) if row.pages else say(language, "corpus-passages", count=row.chunks)
        notes = " · ".join(plain(note) for note in (week, required, version) if note)
        lines.append(f"**{_short(row.title)}** · `{row.reading[:60]}` · {notes} · {size}")
    return _cut("\n".join(lines))


def render_history(edits: Sequence[Edit], page: int, language: str) -> str:
    """One page of the changes, the newest first."""
    if not edits:
        return say(language, "corpus-no-history")
    lines = [say(language, "corpus-history", page=page + 1, pages=page_count(len(edits)))]
    for edit in list(reversed(edits))[page * PER_PAGE : (page + 1) * PER_PAGE]:
        weeks = f" · {say(language, 'corpus-in-weeks', weeks=_weeks(edit.weeks, language))}" if edit.weeks else ""
        what = f"{edit.action} {edit.what}"
        lines.append(f"`{edit.number}` <t:{int(edit.at.timestamp())}:f> {plain(edit.who)}: {_short(what, 140)}{weeks}")
    return _cut("\n".join(lines))


def page_count(entries: int) -> int:
    """How many pages so many entries take; one at least."""
    return max(1, -(-entries // PER_PAGE))


def _version(version: str | None, info: PaperInfo | None, language: str) -> str:
    """As `ingest.arxiv.versions.version_note`, in a language."""
    if info is None:
        return version or ""
    note = version or ""
    if version is None or version_number(info.latest) > version_number(version):
        newest = say(language, "corpus-newest", version=info.latest)
        note = say(language, "comma").join(part for part in (note, newest) if part)
    return say(language, "comma").join([note, say(language, "corpus-withdrawn")]) if info.withdrawn else note


def _weeks(weeks: Sequence[int], language: str) -> str:
    return say(language, "comma").join(map(str, weeks))


def _short(text: str, longest: int = _LONGEST) -> str:
    return plain(text if len(text) <= longest else text[: longest - 1] + "…")


def _cut(text: str) -> str:
    return text if len(text) <= MESSAGE_LIMIT else text[: MESSAGE_LIMIT - 1].rstrip("\\") + "…"
