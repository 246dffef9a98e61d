"""A week of the plan, and a day of it."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.language import SaidError
from bot.plan.cards import Card, link, make_card, shown
from bot.plan.due import due_line
from bot.plan.moments import day_words, distance, moment
from bot.plan.timetable import Timetable
from ingest.syllabus import ReadingRef, Session
from rag.syllabus.hours import class_hours
from rag.syllabus.periods import week_of
from rag.syllabus.plan import Item

_CHOICES = 25  # that Discord shows, https://discord.com/developers/docs/interactions/application-commands
_NO_CLASS = re.compile(r"\bno (?:class|lecture|meeting)\b|\bcancell?ed\b", re.IGNORECASE)
_TIME = "t"  # style of a timestamp: the time of day alone


def week_card(table: Timetable, number: int | None) -> Card:
    """A week by its number, or the present one.

    Raises:
        UsageError: There is no such week; the message says which there are, and what lies between its neighbours.
    """
    if number is None:
        return _present_week(table)
    items, span, counted = table.plan.week(number)
    if not items:
        last = table.plan.weeks()
        if counted and span is not None and last is not None and 1 <= number <= last:  # a week without a class, of a plan of dates
            return make_card(
                table.say("week-title", week=number), [_nothing_in(table, *span), *_next_lines(table, span[1])], table.language
            )
        raise SaidError(_no_week(table, number))
    title = table.say("week-title", week=number)
    if span is not None:
        title += f" · {day_words(span[0], table.language)} – {day_words(span[1], table.language)}"
    footer = table.say("week-counted") if counted else ""
    return make_card(title, [line for item in items for line in item_lines(item, table)], table.language, footer=footer)


def day_card(table: Timetable) -> Card:
    """What the plan holds for today, and what comes next."""
    today = table.today
    title = table.say("today-title", day=day_words(today, table.language))
    items = [item for item in table.plan.between(today, today) if item.first == item.last]  # a week's entry says nothing of one day
    dues = [due for due in table.plan.due_between(today, today) if due.first == due.last and due.item not in items]
    lines = [line for item in items for line in item_lines(item, table)] + [due_line(due, table) for due in dues]
    if not lines:
        lines = [table.say("today-nothing")]
    return make_card(title, [*lines, *_next_lines(table, today)], table.language, footer=_zone_note(table))


def week_choices(table: Timetable, typed: str) -> list[tuple[str, int]]:
    """Weeks whose number or topic holds what is typed, as Discord offers them: a name of at most 100 characters and the number."""
    found: list[tuple[str, int]] = []
    for week in range(table.plan.weeks() or 0, -1, -1):
        items, _, _ = table.plan.week(week)
        topics = " / ".join(dict.fromkeys(item.session.topic or item.session.heading for item in items))
        if items and typed.lower() in f"{week} {topics}".lower():
            name = f"{table.say('week-title', week=week)}: {topics}"
            found.append((name if len(name) <= 100 else name[:99] + "…", week))
    return found[::-1][:_CHOICES]


def item_lines(item: Item, table: Timetable) -> list[str]:
    """An entry of the plan: its day and topic in bold, its particulars below."""
    session = item.session
    head = f"**{_when(item, table)}{shown(session.topic or session.heading)}**"
    if item.off and not _NO_CLASS.search(session.topic or session.heading):
        head += f" · {table.say('label-off')}"
    hours = class_hours(table.syllabus, session, table.zone)
    lines = [head]
    if hours is not None and not item.off:
        start, end = hours
        lines.append(f"{moment(start)}{f' – {moment(end, _TIME)}' if end else ''} ({moment(start, 'R')})")
    for label, texts in (("label-speaker", session.speakers), ("label-place", (session.place,) if session.place else ())):
        if texts:
            lines.append(f"{table.say(label)} {', '.join(shown(text) for text in texts)}")
    lines += [f"{table.say('label-reading')} {reference(reading)}" for reading in session.readings]
    lines += [f"{table.say('label-due')} {shown(what)}" for what in session.due]
    lines += [f"• {shown(note)}" for note in session.notes]
    return lines


def reference(reading: ReadingRef) -> str:
    """A reading that the plan names, with its link; one without a title by its address."""
    return link(reading.title or reading.arxiv or reading.url or "", reading.url)


def _present_week(table: Timetable) -> Card:
    first, last = week_of(table.today)
    items = table.plan.between(first, last)
    numbers = sorted({item.session.number for item in items if item.session.number is not None}) if table.plan.numbers_weeks else []
    title = table.say("week-title", week=numbers[0]) if numbers else table.say("week-of")
    title += f" · {day_words(first, table.language)} – {day_words(last, table.language)}"
    lines = [line for item in items for line in item_lines(item, table)] or [_nothing_in(table, first, last)]
    if not items:
        lines += _next_lines(table, last)
    return make_card(title, lines, table.language, footer=_zone_note(table))


def _nothing_in(table: Timetable, first: date, last: date) -> str:
    plan = table.plan
    if plan.first is None or plan.last is None:
        return table.say("plan-undated")
    if last < plan.first:
        return table.say("plan-not-begun", day=day_words(plan.first, table.language))
    if first > plan.last:
        return table.say("plan-over", day=day_words(plan.last, table.language))
    return table.say("week-nothing")


def _next_lines(table: Timetable, after: date) -> list[str]:
    """The next class and the next deadline after a day."""
    tomorrow = after + timedelta(days=1)
    lines = []
    for item in table.plan.following(tomorrow):
        lines.append(f"{table.say('label-next-class')} {_brief(item, table)}")
    ahead = [due for due in table.plan.dues if due.last is not None and due.last >= tomorrow]
    for due in sorted(ahead, key=lambda due: due.last or date.max)[:1]:
        lines.append(f"{table.say('label-next-due')} {due_line(due, table).removeprefix('• ')}")
    return lines


def _brief(item: Item, table: Timetable) -> str:
    hours = class_hours(table.syllabus, item.session, table.zone)
    when = moment(hours[0]) if hours else _when(item, table).removesuffix(" · ")
    far = moment(hours[0], "R") if hours else distance(item.first, table.today, table.language) if item.first else ""
    return f"{when} ({far}): {shown(item.session.topic or item.session.heading, 200)}"


def _when(item: Item, table: Timetable) -> str:
    """The days of an entry, as the plan's data or its words have them, with a dot behind."""
    if item.first is not None and item.last is not None and item.first != item.last:
        return f"{day_words(item.first, table.language)} – {day_words(item.last, table.language)} · "
    if item.first is not None:
        return f"{day_words(item.first, table.language)} · "
    return f"{shown(item.session.when)} · " if item.session.when else ""


def _no_week(table: Timetable, number: int) -> str:
    plan = table.plan
    sessions = [item.session for item in plan.items if item.session.number is not None]
    if not plan.numbers_weeks:
        last = plan.weeks()
        if last is None:
            return table.say("plan-no-weeks")
        return table.say("week-unknown", week=number, weeks=f"1–{last}")
    known = sorted({week for s in sessions for week in range(s.number or 0, (s.last or s.number or 0) + 1)})
    told = table.say("week-unknown", week=number, weeks=ranges(known))
    off = _between_neighbours(plan.items, number)
    if off:
        told += " " + table.say("week-off", entries="; ".join(f"{_when(item, table)}{shown(item.session.topic, 100)}" for item in off))
    return told


def _between_neighbours(items: Sequence[Item], number: int) -> list[Item]:
    """The days off between the weeks before and after one that the plan leaves out."""

    def days(sessions: list[Session]) -> list[date]:
        return [session.day for session in sessions if session.day is not None]

    before = days([item.session for item in items if item.session.number is not None and item.session.number < number])
    after = days([item.session for item in items if item.session.number is not None and item.session.number > number])
    if not before or not after:
        return []
    first, last = max(before), min(after)
    return [item for item in items if item.off and item.first is not None and first < item.first < last]


def ranges(numbers: Sequence[int]) -> str:
    """Numbers in order as people write them: "1–2, 4–12"."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][-1] == number - 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)


def _zone_note(table: Timetable) -> str:
    return table.say("zone-note", day=day_words(table.today, table.language), zone=str(table.zone))
