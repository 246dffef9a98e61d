"""What is due, and what counts for the grade."""

from datetime import date

from bot.plan.cards import Card, make_card, shown
from bot.plan.moments import day_words, distance, moment
from bot.plan.timetable import Timetable
from rag.syllabus.hours import due_at
from rag.syllabus.plan import Due


def deadlines_card(table: Timetable) -> Card:
    """What is still due, the nearest first; what was due only where nothing is ahead."""
    dated = sorted((due for due in table.plan.dues if due.last is not None), key=lambda due: due.last or date.max)
    undated = [due for due in table.plan.dues if due.last is None]
    ahead = [due for due in dated if due.last is not None and due.last >= table.today]
    lines = [due_line(due, table) for due in ahead] + [f"• {_undated(due)}" for due in undated]
    if not table.plan.dues:
        lines = [table.say("deadlines-none")]
    elif not lines:
        lines = [table.say("deadlines-past"), *(due_line(due, table) for due in dated)]
    footer = table.say("zone-note", day=day_words(table.today, table.language), zone=str(table.zone))
    return make_card(table.say("deadlines-title"), lines, table.language, footer=footer)


def due_line(due: Due, table: Timetable) -> str:
    """When something is due, how far that is, and what it is."""
    return f"• **{due_when(due, table)}** ({due_far(due, table)}): {shown(due.what)}"


def due_when(due: Due, table: Timetable) -> str:
    """The instant where the syllabus gives a time, else the day, or the week's days."""
    at = due_at(due, table.zone)
    if at is not None:
        return moment(at)
    if due.first is None or due.last is None:
        return ""
    if due.first != due.last:
        return f"{day_words(due.first, table.language)} – {day_words(due.last, table.language)}"
    return day_words(due.last, table.language)


def due_far(due: Due, table: Timetable) -> str:
    """How far it is from now."""
    at = due_at(due, table.zone)
    if at is not None:
        return moment(at, "R")
    return distance(due.last, table.today, table.language) if due.last is not None else ""


def grading_card(table: Timetable) -> Card:
    """What counts how much, and what has to be reached."""
    syllabus = table.syllabus
    lines = [f"• {shown(item)}: **{percent:g}%**" for item, percent in syllabus.grading]
    lines += [f"• {shown(threshold)}" for threshold in syllabus.thresholds]
    return make_card(table.say("grading-title"), lines or [table.say("grading-none")], table.language)


def _undated(due: Due) -> str:
    where = f"{shown(due.item.session.heading, 100)}: " if due.item is not None else ""
    return f"{where}{shown(due.what)}"
