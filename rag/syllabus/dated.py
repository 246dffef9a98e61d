"""What the plan holds on the days, in the weeks or in the classes that a question names."""

import re
from collections.abc import Sequence
from datetime import date

from ingest.syllabus import Syllabus
from rag.syllabus.cuts import about, course_line, due_shown, exam_words, folded, item_shown, spoken_of, sure
from rag.syllabus.entries import Entry, Found, Shown
from rag.syllabus.notes import Matter, Note, Says, lists_no, runs, spanning
from rag.syllabus.plan import Due, Item, Plan
from rag.syllabus.selection import Selection
from rag.syllabus.subjects import Subject

_MATTERS = {
    Subject.DUE: Matter.DUE,
    Subject.READING: Matter.READING,
    Subject.SPEAKER: Matter.SPEAKER,
    Subject.EXAM: Matter.EXAM,
}
_HOMEWORK = re.compile(r"\b(?:homeworks?|hw\s*\d*|assignments?|psets?|problem sets?)\b", re.IGNORECASE)


class Dated:
    """Answers for a selection of the plan."""

    def __init__(self, syllabus: Syllabus, entries: Sequence[Entry], plan: Plan) -> None:
        self._syllabus = syllabus
        self._entries = entries
        self.plan = plan

    def answer(self, question: str, chosen: Selection, asked: list[Subject], names: list[str], today: date) -> Found | None:
        """What the selection holds of what is asked for; None if a name is in none of its entries, or nothing is said on such things.

        Args:
            question: As asked.
            chosen: Days, weeks or classes.
            asked: Subjects, the more telling first.
            names: Stems that the entries must hold.
            today: For counting days.
        """
        items = list(chosen.items)
        dues = self._dues_of(chosen)
        if names:
            texts = {*(word for item in items for word in spoken_of(item)), *(word for due in dues for word in folded(due.what))}
            if not set(names) <= texts:
                return None
            items = [item for item in items if set(names) <= spoken_of(item)] or items
            dues = [due for due in dues if set(names) <= {*folded(due.what), *folded(due.entry.section)}] or dues
        if not items and not dues:
            return self._nothing_there(chosen, asked)
        dated = chosen.relative or chosen.by_days or Subject.WHEN in asked
        counted = chosen.counted
        note = spanning(Says.COUNTED_WEEK, counted[1], counted[2], week=counted[0]) if counted else None
        if Subject.DUE in asked:
            if dues:
                return sure([due_shown(due, dated) for due in homework(question, dues)], note)
            return self._none(Subject.DUE, chosen, items)
        if Subject.READING in asked and Subject.EXAM not in asked:
            with_readings = [item for item in items if item.session.readings]
            if with_readings:
                return sure([item_shown(item, Subject.READING, dated) for item in with_readings], note)
            return self._none(Subject.READING, chosen, items)
        if len({Subject.SPEAKER, Subject.PLACE, Subject.TIME} & set(asked)) > 1 and items:
            return sure([item_shown(item, None, dated) for item in items], note)
        if Subject.SPEAKER in asked:
            with_speakers = [item for item in items if item.session.speakers]
            if with_speakers:
                return sure([item_shown(item, Subject.SPEAKER, dated) for item in with_speakers], note)
            if Subject.STAFF not in asked:
                return self._none(Subject.SPEAKER, chosen, items)
        if Subject.EXAM in asked:
            with_exams = [item for item in items if spoken_of(item) & exam_words()]
            return (
                sure([item_shown(item, None, dated) for item in with_exams], note)
                if with_exams
                else self._none(Subject.EXAM, chosen, items)
            )
        if (
            asked
            and asked[0] in (Subject.STAFF, Subject.THRESHOLD, Subject.WEIGHT)
            and not {Subject.PLACE, Subject.TIME, Subject.OFF, Subject.TOPIC} & set(asked)
        ):
            return None
        for subject in (Subject.PLACE, Subject.TIME):
            if subject in asked:
                return self.with_general(items, subject, dated, note)
        return sure([item_shown(item, None, dated, today=today if Subject.UNTIL in asked else None) for item in items], note)

    def _dues_of(self, chosen: Selection) -> list[Due]:
        found = [due for first, last in chosen.spans for due in self.plan.due_between(first, last)]
        found += [due for item in chosen.items for due in self.plan.dues if due.item is item and due.first is None]
        if not chosen.by_days and not chosen.spans:
            return found
        return [due for n, due in enumerate(found) if due not in found[:n]]

    def with_general(self, items: list[Item], subject: Subject, dated: bool, note: Note | None) -> Found:
        """Each item with its own place or time; what the course says in general beside those that have none."""
        shown = [item_shown(item, subject, dated) for item in items]
        lacking = any(not about(item, subject) for item in items if item.meets)
        general = course_line(self._syllabus, self._entries, subject) if lacking else None
        return sure([*shown, general] if general else shown, note)

    def _none(self, subject: Subject, chosen: Selection, items: list[Item]) -> Found:
        note = lists_no(_MATTERS[subject], *_days(chosen))
        return sure([item_shown(item, None, True) for item in items[:5]], note, only_note=True)

    def _nothing_there(self, chosen: Selection, asked: list[Subject]) -> Found | None:
        plan = self.plan
        if plan.first is None or plan.last is None:
            if not chosen.relative:
                return None  # a week that it does not name; said elsewhere
            return sure(self.edges(), Note(Says.UNDATED), only_note=True)
        if not chosen.spans:
            if not chosen.relative:
                return None
            return sure(self.edges(), runs((plan.first, plan.last), Matter.CLASS, None, None), only_note=True)
        first, last = chosen.spans[0][0], chosen.spans[-1][1]
        subject = next((s for s in asked if s in _MATTERS), None)
        matter = _MATTERS[subject] if subject else Matter.CLASS if Subject.OFF in asked else Matter.ANYTHING
        if last < plan.first or first > plan.last:
            return sure(self.edges(), runs((plan.first, plan.last), matter, *_days(chosen)), only_note=True)
        around = [*plan.preceding(first), *plan.following(last)]
        return sure([item_shown(item, None, True) for item in around], lists_no(matter, *_days(chosen)), only_note=True)

    def edges(self) -> list[Shown]:
        """The plan's first and its last entry."""
        items = sorted(self.plan.items, key=lambda item: item.first or date.min)
        return [item_shown(item, None, True) for item in ([items[0], items[-1]] if len(items) > 1 else items)]


def homework(question: str, dues: Sequence[Due]) -> list[Due]:
    """Where homework is asked for, those tasks that are called so, if any are; else all."""
    if not _HOMEWORK.search(question):
        return list(dues)
    return [due for due in dues if _HOMEWORK.search(f"{due.what} {due.line}")] or list(dues)


def _days(chosen: Selection) -> tuple[date, date] | tuple[None, None]:
    """The first and the last of the days meant; None for classes that have none."""
    if not chosen.spans:
        return None, None
    return min(span[0] for span in chosen.spans), max(span[1] for span in chosen.spans)
