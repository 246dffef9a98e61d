"""What is to be read: lists by week, and a reading's card."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language import SaidError, say
from bot.plan.cards import Card, link, make_card, shown
from bot.plan.timetable import Timetable
from bot.plan.weeks import reference
from ingest.arxiv_ids import parse_arxiv_id
from ingest.catalog import Reading, SourceKind
from ingest.documents import Sentence, page_name
from rag.answers import page_url
from rag.whole.parts import abstract

_CHOICES = 25
_ABSTRACT_SENTENCES, _ABSTRACT_CHARS = 4, 900
_FEWEST_LIKE = 0.5  # likeness of a title to what was typed, from which on it is offered


@dataclass(frozen=True)
class Abstract:
    """The first sentences of a reading's abstract, or of what has none, verbatim; `pages` is None where the source has no pages."""

    sentences: tuple[str, ...]
    pages: str | None
    whole: bool
    called_so: bool = True


def abstract_of(opening: Sequence[Sentence]) -> Abstract | None:
    """The abstract at a reading's opening; the first sentences where no section there is called one, None where there are none."""
    found, named = abstract(opening)
    kept: list[Sentence] = []
    for sentence in found[:_ABSTRACT_SENTENCES]:
        if kept and sum(len(s.text) for s in kept) + len(sentence.text) > _ABSTRACT_CHARS:
            break
        kept.append(sentence)
    if not kept:
        return None
    pages = [page for s in kept if s.pages is not None for page in s.pages]
    return Abstract(tuple(s.text for s in kept), page_name((min(pages), max(pages)) if pages else None), kept == found, named)


def reading_card(reading: Reading, authors: Sequence[str], abstract: Abstract | None, table: Timetable | None, language: str) -> Card:
    """Title, authors, week, pages, the abstract's first sentences with their page, link.

    Args:
        authors: Empty where they are not known.
        table: The plan, which gives the week's topic; None where there is none.
    """
    lines = [shown(", ".join(authors))] if authors else []
    about = []
    if reading.week is not None:
        topic = next((item.session.topic for item in table.plan.week(reading.week)[0] if item.session.topic), "") if table else ""
        about.append(say(language, "week-title", week=reading.week) + (f": {shown(topic, 200)}" if topic else ""))
    about.append(say(language, "reading-required" if reading.required else "reading-optional"))
    if reading.kind == SourceKind.HANDOUT:
        about.append(say(language, "reading-handout"))
    if reading.pages:
        about.append(say(language, "reading-pages", pages=reading.pages))
    if reading.version:
        about.append(shown(reading.version))
    lines.append(" · ".join(about))
    if abstract is not None:
        what = "reading-abstract" if abstract.called_so else "reading-begins"
        where = say(language, f"{what}-page", page=abstract.pages) if abstract.pages else say(language, what)
        lines += ["", f"> {' '.join(shown(s, 1000) for s in abstract.sentences)}{'' if abstract.whole else ' …'}", f"— {where}"]
    else:
        lines += ["", say(language, "reading-no-abstract")]
    url = page_url(reading, None)
    if url is None and reading.about is not None and (paper := parse_arxiv_id(reading.about)) is not None:
        url = f"https://arxiv.org/abs/{paper.id}"  # of the paper that the handout stands in for
    if url:
        lines += ["", link(url, url)]
    return make_card(reading.title, lines, language, footer=say(language, "reading-ask", id=reading.reading))


def find_reading(readings: Sequence[Reading], name: str, language: str) -> Reading:
    """The reading that somebody means by an id, a link or some words of its title.

    Raises:
        UsageError: None, or several; the message names them.
    """
    found, sure = readings_meant(readings, name)
    if sure:
        return found[0]
    if not found:
        raise SaidError(say(language, "reading-unknown", name=shown(name, 100)))
    message = "reading-maybe" if len(found) == 1 else "reading-which"
    raise SaidError(say(language, message, titles="; ".join(f"{shown(row.title, 80)} (`{row.reading}`)" for row in found[:5])))


def readings_meant(readings: Sequence[Reading], name: str) -> tuple[list[Reading], bool]:
    """The readings that an id, a link or some words of a title may mean, and whether it is surely the first."""
    asked = [row for row in readings if row.kind != SourceKind.SYLLABUS]
    name = name.strip(" \t\"'“”‘’«»")
    pasted = parse_arxiv_id(name)
    ids = {name, pasted.id} if pasted else {name}
    exact = [row for row in asked if ids & {row.reading, row.about}] or [row for row in asked if row.title.lower() == name.lower()]
    if exact:
        return sorted(exact, key=lambda row: row.reading not in ids), True
    words = name.lower().split()
    found = [row for row in asked if words and all(word in f"{row.title} {row.reading}".lower() for word in words)]
    whole = [row for row in found if set(words) <= set(re.findall(r"[^\W_]+", row.title.lower()))]
    if len(found) == 1 or len(whole) == 1:
        return whole or found, True
    by_title = {row.title.lower(): row for row in asked}
    return found or [by_title[title] for title in difflib.get_close_matches(name.lower(), list(by_title), n=5, cutoff=_FEWEST_LIKE)], False


def readings_card(table: Timetable, readings: Sequence[Reading], week: int | None) -> Card:
    """What is read in a week, or in all: what the plan names, and what the course has besides.

    Raises:
        UsageError: The plan has no such week, and no reading is for it.
    """
    weeks = [week] if week is not None else sorted({*_planned(table), *(row.week for row in readings if row.week is not None)})
    lines: list[str] = []
    for number in weeks:
        found = _of_week(table, readings, number, counted=week is not None)
        if found:
            lines += [f"**{table.say('week-title', week=number)}**", *found]
    if week is None:
        loose = [_indexed(row, table) for row in readings if row.week is None and row.kind != SourceKind.SYLLABUS]
        lines += _unnumbered(table) + ([f"**{table.say('readings-any-week')}**", *loose] if loose else [])
    elif not lines:
        known = table.plan.week(week)[0]
        raise SaidError(table.say("readings-none-in-week" if known or not table.plan.items else "readings-no-week", week=week))
    title = table.say("readings-title") if week is None else f"{table.say('readings-title')} · {table.say('week-title', week=week)}"
    return make_card(title, lines or [table.say("readings-none")], table.language)


def reading_choices(readings: Sequence[Reading], typed: str) -> list[tuple[str, str]]:
    """Readings whose title or id holds what is typed, as Discord offers them: a name of at most 100 characters and the id."""
    words = typed.lower().split()
    found = [
        row
        for row in readings
        if row.kind != SourceKind.SYLLABUS and len(row.reading) <= 100 and all(w in f"{row.title} {row.reading}".lower() for w in words)
    ]
    found.sort(key=lambda row: (row.week is None, row.week or 0, row.title))
    return [(row.title if len(row.title) <= 100 else row.title[:99] + "…", row.reading) for row in found[:_CHOICES]]


def week_readings(table: Timetable, readings: Sequence[Reading], week: int) -> frozenset[str]:
    """Ids of the indexed readings of a week: those of its number, and those that the plan names there."""
    named = {ref.arxiv for item in table.plan.week(week)[0] for ref in item.session.readings if ref.arxiv}
    return frozenset(
        row.reading for row in readings if row.kind != SourceKind.SYLLABUS and (row.week == week or {row.reading, row.about} & named)
    )


def _planned(table: Timetable) -> set[int]:
    if not table.plan.numbers_weeks:
        return set()
    return {item.session.number for item in table.plan.items if item.session.number is not None and item.session.readings}


def _of_week(table: Timetable, readings: Sequence[Reading], week: int, *, counted: bool) -> list[str]:
    """Lines of a week; `counted` also where the plan itself numbers no weeks."""
    items = table.plan.week(week)[0] if counted or table.plan.numbers_weeks else []
    refs = [ref for item in items for ref in item.session.readings]
    indexed = [row for row in readings if row.week == week and row.kind != SourceKind.SYLLABUS]
    held = {row.about or row.reading for row in indexed}
    return [_indexed(row, table) for row in indexed] + [f"• {reference(ref)}" for ref in refs if ref.arxiv is None or ref.arxiv not in held]


def _unnumbered(table: Timetable) -> list[str]:
    """Readings of entries that no week's number shows."""
    lines: list[str] = []
    for item in table.plan.items:
        if item.session.readings and not (table.plan.numbers_weeks and item.session.number is not None):
            lines += [f"**{shown(item.session.heading, 200)}**", *(f"• {reference(ref)}" for ref in item.session.readings)]
    return lines


def _indexed(row: Reading, table: Timetable) -> str:
    required = f" · {table.say('reading-required')}" if row.required else ""
    return f"• {link(row.title, page_url(row, None))}{required} · `{row.reading}`"
