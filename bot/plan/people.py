"""Who is who in the course: its staff and those who speak in it."""

import unicodedata
from collections.abc import Iterable

from bot.language import SaidError
from bot.plan.cards import Card, make_card, shown
from bot.plan.moments import day_words
from bot.plan.timetable import Timetable
from ingest.syllabus import Session

_CHOICES = 25
_DAYS = 3  # of talks in the list of everyone


def who_card(table: Timetable, name: str | None) -> Card:
    """What the syllabus says of a person, or all persons that it names.

    Raises:
        UsageError: It names nobody of that name, or nobody at all.
    """
    names = people(table)
    if not names:
        raise SaidError(table.say("who-nobody"))
    if name is None:
        return make_card(table.say("who-title"), [_brief(table, name) for name in names], table.language)
    found = [known for known in names if _matches(known, name)]
    if not found:
        raise SaidError(table.say("who-unknown", name=shown(name, 100), names=", ".join(shown(known, 60) for known in names[:_CHOICES])))
    lines: list[str] = []
    for known in found:
        lines += _lines(table, known)
        lines += [line for line in _verbatim(table, [known]) if line not in lines]
    return make_card(", ".join(found), lines, table.language)


def people(table: Timetable) -> list[str]:
    """Every person that the syllabus names, staff first."""
    staff = [person.name for person in table.syllabus.staff]
    speakers = [name for session in _sessions(table) for name in session.speakers]
    return list(dict.fromkeys([*staff, *speakers]))


def people_choices(table: Timetable, typed: str) -> list[str]:
    """Names that hold what is typed, as Discord offers them."""
    return [name[:100] for name in people(table) if not typed or _matches(name, typed)][:_CHOICES]


def _lines(table: Timetable, name: str) -> list[str]:
    roles = _roles(table, name)
    head = f"**{shown(name)}**" + (f": {'; '.join(roles)}" if roles else "")
    return [head, *(f"• {talk}" for talk in _talks(table, name))]


def _brief(table: Timetable, name: str) -> str:
    """One line of the list: roles, and the days on which they speak."""
    days = [
        day_words(session.day, table.language) if session.day else shown(session.when or session.heading, 60)
        for session in _sessions(table)
        if name in session.speakers
    ]
    told = "; ".join([*_roles(table, name), *days[:_DAYS], *(["…"] if len(days) > _DAYS else [])])
    return f"• **{shown(name)}**" + (f": {told}" if told else "")


def _roles(table: Timetable, name: str) -> list[str]:
    return [shown(person.role) for person in table.syllabus.staff if person.name == name and person.role]


def _talks(table: Timetable, name: str) -> list[str]:
    return [
        f"{day_words(session.day, table.language) if session.day else shown(session.when or session.heading, 60)}, "
        f"{shown(session.topic or session.heading, 200)}"
        for session in _sessions(table)
        if name in session.speakers
    ]


def _verbatim(table: Timetable, names: Iterable[str]) -> list[str]:
    """Lines outside the plan that hold a name, as they stand there."""
    wanted = [_folded(name) for name in names]
    facts = (fact.line for facts in table.syllabus.sections.values() for fact in facts)
    return [f"> {shown(line)}" for line in facts if any(name in _folded(line) for name in wanted)]


def _sessions(table: Timetable) -> list[Session]:
    return [*table.syllabus.sessions, *table.syllabus.dates]


def _matches(known: str, typed: str) -> bool:
    have = _folded(known)
    return all(word in have for word in _folded(typed).split())


def _folded(text: str) -> str:
    """Small letters without accents and hyphens: "Gallé" is found by "galle", "Jung-Woo" by "jungwoo"."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c) and c not in "-‐’'")
