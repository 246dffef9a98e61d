"""What changes when one syllabus takes the place of another, in lines for people."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from ingest.syllabus.model import Session, SessionKind, Syllabus

_Key = tuple[str, str]


def difference(old: Syllabus, new: Syllabus) -> tuple[str, ...]:
    """One line for each thing that comes, goes or becomes another; empty where nothing that Lector knows of changes.

    Args:
        old: What the course has.
        new: What is to take its place.
    """
    lines: list[str] = []
    before, after = _by_key(old.sessions), _by_key(new.sessions)
    lines.extend(f"− {_name(session)}: {_shown(session)}" for key, session in before.items() if key not in after)
    lines.extend(f"+ {_name(session)}: {_shown(session)}" for key, session in after.items() if key not in before)
    for key in (key for key in after if key in before):
        lines.extend(f"~ {_name(after[key])}: {change}" for change in _changes(before[key], after[key]))
    for what, entries in _SETS.items():
        was, now = set(entries(old)), set(entries(new))
        lines.extend(f"− {what}: {entry}" for entry in sorted(was - now))
        lines.extend(f"+ {what}: {entry}" for entry in sorted(now - was))
    heads = (("title", "title"), ("term", "term"), ("meeting", "meeting"), ("place", "location"))
    for what, name in heads:
        text, other = str(getattr(old, name)), str(getattr(new, name))
        if text != other:
            lines.append(f"~ {what}: {text or 'none'} → {other or 'none'}")
    return tuple(lines)


_SETS: dict[str, Callable[[Syllabus], Iterable[str]]] = {
    "deadline": lambda syllabus: (f"{deadline.day.isoformat()} {deadline.what}" for deadline in syllabus.deadlines),
    "grading": lambda syllabus: (f"{item} {percent:g}%" for item, percent in syllabus.grading),
    "staff": lambda syllabus: (f"{person.name}{f' ({person.role})' if person.role else ''}" for person in syllabus.staff),
}


def _by_key(sessions: Sequence[Session]) -> dict[_Key, Session]:
    """Entries by what makes them the same: their number, else their date, else their topic; the second of a kind counts on."""
    found: dict[_Key, Session] = {}
    for session in sessions:
        if session.kind is SessionKind.OTHER:
            continue
        name = str(session.number) if session.number is not None else session.when or session.topic or session.heading
        key, again = (session.kind.value, name), 1
        while key in found:
            again += 1
            key = (session.kind.value, f"{name} ({again})")
        found[key] = session
    return found


def _changes(old: Session, new: Session) -> Iterator[str]:
    pairs = (
        ("date", str(old.day or old.when), str(new.day or new.when)),
        ("topic", old.topic, new.topic),
        ("speakers", ", ".join(old.speakers), ", ".join(new.speakers)),
        ("readings", "; ".join(_reading(old)), "; ".join(_reading(new))),
        ("due", "; ".join(old.due), "; ".join(new.due)),
        ("place", old.place, new.place),
    )
    for what, before, after in pairs:
        if before != after:
            yield f"{what}: {before or 'none'} → {after or 'none'}"


def _reading(session: Session) -> list[str]:
    return [reading.title or reading.arxiv or reading.url or "" for reading in session.readings]


def _name(session: Session) -> str:
    if session.number is not None:
        return f"week {session.number}" + (f"–{session.last}" if session.last else "")
    return str(session.day or session.when or session.kind.value)


def _shown(session: Session) -> str:
    when = f" ({session.day or session.when})" if session.number is not None and (session.day or session.when) else ""
    return f"{session.topic or session.heading}{when}"
