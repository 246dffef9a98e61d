"""Answers worked out from the plan: what a stretch of days holds of what is asked for, or where a named thing stands.

An answer is given only where every word of the question is accounted for: as a word for time, as what is asked for, as filler, or
as a word of the entries that are shown. All else is left to likeness (`rag.syllabus.likeness`) and to the readings.
"""

import re
from collections.abc import Sequence

from ingest.syllabus import Syllabus
from rag.clock import Clock
from rag.lexical import stems
from rag.syllabus.cuts import heads
from rag.syllabus.dated import Dated
from rag.syllabus.entries import Entry, Found
from rag.syllabus.named import Named
from rag.syllabus.plan import Plan
from rag.syllabus.selection import Selection, select
from rag.syllabus.subjects import Subject, rest, speaks_of_a_course, subjects

_YOU = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
_SOFT = {
    Subject.DUE: frozenset(stems("homework homeworks hw hws assignment assignments work task tasks pset")),
    Subject.EXAM: frozenset(stems("exam test quiz quizzes midterm mid-term")),
    Subject.SPEAKER: frozenset(stems("guest guests invited external outside industry industrial")),
    Subject.PLACE: frozenset(stems("zoom place remote person")),
    Subject.TIME: frozenset(stems("am pm morning afternoon")),
    Subject.OFF: frozenset(stems("break holiday free")),
    Subject.STAFF: frozenset(stems("reach contact email e-mail mail office hours write ask charge responsible runs run")),
}


class Direct:
    """Looks questions up in a plan by its data."""

    def __init__(self, syllabus: Syllabus, entries: Sequence[Entry], today: Clock) -> None:
        self._today = today
        self.plan = Plan(syllabus, entries)
        self._dated = Dated(syllabus, entries, self.plan)
        self._named = Named(syllabus, entries, self._dated)

    def selection(self, question: str) -> Selection | None:
        """The entries that a question's words for time mean, where it speaks of the course."""
        head, tail = heads(question)
        today = self._today()
        found = select(head, self.plan, today) or (select(tail, self.plan, today) if tail else None)
        return found if found is not None and (not found.relative or speaks_of_a_course(question)) else None

    def find(self, question: str) -> Found | None:
        """The answer, if the plan's data gives it for sure."""
        if not self.plan.items:
            return None
        head, tail = heads(question)
        today = self._today()
        chosen = select(head, self.plan, today)
        head_left = chosen.left if chosen else head
        tail_chosen = select(tail, self.plan, today) if tail else None
        tail_left = tail_chosen.left if tail_chosen else tail
        chosen = chosen or tail_chosen
        asked = subjects(head_left) or subjects(tail_left)
        names = list(dict.fromkeys([*rest(head_left), *rest(tail_left)]))
        soft = set().union(*(_SOFT.get(subject, frozenset()) for subject in asked)) if asked else set()
        if chosen is not None:
            if chosen.relative and not asked and not speaks_of_a_course(head) and (names or _YOU.search(question)):
                return None
            return self._dated.answer(question, chosen, asked, [name for name in names if name not in soft], today)
        return self._named.answer(question, asked, names, [name for name in names if name not in soft], today)
