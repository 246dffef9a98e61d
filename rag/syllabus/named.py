"""Where the plan or the course's general lines hold what a question names without a day: a talk, a task, weights, staff."""

import re
from collections.abc import Sequence
from datetime import date

from ingest.syllabus import Syllabus
from rag.lexical import stems
from rag.syllabus.cuts import course_line, due_shown, exam_words, folded, item_shown, spoken_of, sure, titled
from rag.syllabus.dated import Dated, homework
from rag.syllabus.entries import Entry, Found, Shown
from rag.syllabus.notes import Matter, Note, Says, runs, spanning
from rag.syllabus.plan import Item
from rag.syllabus.subjects import Subject, speaks_of_a_course

_UPCOMING = re.compile(r"\b(?:next|upcoming|coming|following|soonest|nearest)\b", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\b(?:upcoming|deadlines|assignments|homeworks|speakers|guests|talks|lectures|readings|holidays|breaks|days)\b", re.IGNORECASE
)
_TEACHES = re.compile(r"\bteach(?:es|ing)?\b|\btaught\b", re.IGNORECASE)  # said of the staff rather than of one talk's speaker
_BEFORE_COURSE = re.compile(
    r"\bpre-?req(?:uisite)?s?\b|\bbackground\b|\b(?:prior|required|expected) (?:knowledge|experience)\b", re.IGNORECASE
)
_MOST_LINES = 12  # shown of a section
_CLASS = re.compile(r"\b(?:class|classes|lectures?)\b", re.IGNORECASE)
_ASSISTANTS = re.compile(r"\b(?:TAs?|teaching assistants?)\b", re.IGNORECASE)
_LACKING = re.compile(
    r"\b(?:no|without(?: an?| any)?|lacks?(?: an?)?|not have an?)\s+(?:guest )?(speakers?|readings?|papers?)\b", re.IGNORECASE
)
_IS_WHAT = re.compile(r"^\W*(?:what(?:'s|’s|s)?\b(?:\s+(?:is|are))?|describe|explain)\s+(?:the\s+|our\s+)?", re.IGNORECASE)
_IS_WHO = re.compile(r"^\W*(?:who(?:['’]?s| is| was| are)|(?:please )?tell me about|what do you know about)\b", re.IGNORECASE)
_WORK = frozenset(stems("project proposal homework assignment report exam midterm poster presentation essay lab"))
_IN_GENERAL = re.compile(r"\b(?:is|are|does|do|was|were)\s+an?\b|\b(?:should|can|could|would)\b", re.IGNORECASE)  # of no one talk


class Named:
    """Answers for what is named without a day."""

    def __init__(self, syllabus: Syllabus, entries: Sequence[Entry], dated: Dated) -> None:
        self._syllabus = syllabus
        self._entries = entries
        self._dated = dated
        self._plan = dated.plan

    def answer(self, question: str, asked: list[Subject], names: list[str], hard: list[str], today: date) -> Found | None:
        """The answer, None if the data gives none for sure.

        Args:
            question: As asked.
            asked: Subjects, the more telling first.
            names: Stems of what is named.
            hard: Those of them that are no words for the subject itself, such as "homework" for what is due.
            today: For what comes next.
        """
        plan = self._plan
        kinds = set(asked)
        if Subject.BACKGROUND in kinds:
            found = self._background()
            if found is not None:
                return found
        if Subject.TIME in kinds:
            kinds -= {Subject.START, Subject.END}  # "at what time does class start" is asked of each class
        if kinds >= {Subject.DUE, Subject.READING} and not hard:
            return None  # "the papers of the homework": two things in one, of which data would give one
        if not hard and kinds & {Subject.WEEKS, Subject.CLASSES, Subject.START, Subject.END} and not kinds & {Subject.DUE, Subject.EXAM}:
            return self._extent(question, kinds)
        count = today if Subject.UNTIL in kinds else None
        dated = bool(kinds & {Subject.WHEN, Subject.UNTIL, Subject.DUE})
        if Subject.UNTIL in kinds and not (kinds - {Subject.UNTIL, Subject.WHEN, Subject.TOPIC}) and not hard:
            nearest = plan.following(today) if re.search(r"\b(?:class|lecture|session|meeting)\b", question, re.IGNORECASE) else []
            return sure([item_shown(item, None, True, today=count) for item in nearest]) if nearest else None
        if _UPCOMING.search(question) and not hard:
            return self._upcoming(question, kinds, today)
        parts: list[Found | None] = []
        if Subject.DUE in kinds or (Subject.UNTIL in kinds and hard):
            dues = titled(plan.dues, hard or names) if hard or names else plan.dues
            dues = dues or (homework(question, plan.dues) if not hard else [])
            if dues and Subject.READING in kinds:
                read = [due.item for due in dues if due.item is not None and due.item.session.readings]
                parts.append(sure([item_shown(item, None, False) for item in read]) if read else None)
            elif dues:
                parts.append(sure([due_shown(due, True, today=count) for due in dues]))
            elif Subject.DUE in kinds and not titled(plan.items, hard):
                return None
        if Subject.WEIGHT in kinds:
            parts.append(self._grading(names))
        if Subject.THRESHOLD in kinds and not parts:
            parts.append(self._thresholds(hard))
        parts = [part for part in parts if part is not None]
        if parts:
            shown = [one for part in parts for one in (part.shown if part else ())]
            return sure([one for n, one in enumerate(shown) if one not in shown[:n]])
        if kinds & {Subject.WEIGHT, Subject.THRESHOLD}:
            return None
        if Subject.STAFF in kinds and not hard:
            return self._staff(question)
        if _IS_WHO.match(question) and names and kinds <= {Subject.STAFF, Subject.SPEAKER, Subject.TOPIC}:
            found = self._person(names)
            if found is not None:
                return found
        if not kinds and _IS_WHAT.match(question) and set(names) & _WORK:
            dues = titled(plan.dues, names)
            return sure([due_shown(due, True) for due in dues]) if dues else None
        if not hard:
            found = self._all_of(question, kinds, dated)
            if found is not None or not names:
                return found
        return self._of_names(question, kinds, hard or names, dated, count)

    def _extent(self, question: str, kinds: set[Subject]) -> Found | None:
        plan = self._plan
        edges = self._dated.edges()
        if Subject.START in kinds:
            opening = sorted(plan.items, key=lambda item: item.first or date.min)[:1]
            opening += [item for item in plan.classes[:1] if item not in opening]
            shown = [item_shown(item, None, True) for item in opening]
            # "When does class start?" may be asked of the term or of each Friday.
            hour = course_line(self._syllabus, self._entries, Subject.TIME) if _CLASS.search(question) else None
            return sure([*shown, hour] if hour else shown)
        if Subject.END in kinds:
            return sure(edges[1:])
        if Subject.CLASSES in kinds and plan.classes:
            first, last = plan.classes[0], plan.classes[-1]
            shown = [item_shown(item, None, True) for item in (first, last)]
            return sure(shown, spanning(Says.CLASSES, first.first, last.last, count=len(plan.classes)), only_note=True)
        weeks = plan.weeks()
        if weeks is None:
            return None
        if plan.numbers_weeks:
            least = min(item.session.number for item in plan.items if item.session.number is not None)
            return sure(edges, spanning(Says.NUMBERED_WEEKS, plan.first, plan.last, least=least, most=weeks), only_note=True)
        return sure(edges, spanning(Says.WEEKS, plan.first, plan.last, count=weeks), only_note=True)

    def _upcoming(self, question: str, kinds: set[Subject], today: date) -> Found | None:
        plan = self._plan
        several = bool(_SEVERAL.search(question))
        if plan.last is None:
            return sure(self._dated.edges(), Note(Says.UNDATED), only_note=True) if kinds else None
        if Subject.DUE in kinds:
            dues = sorted((due for due in plan.dues if due.last and due.last >= today), key=lambda due: due.last or date.min)
            dues = homework(question, dues)
            dues = dues if several else [due for due in dues if due.last == dues[0].last]
            return sure([due_shown(due, True) for due in dues]) if dues else self._over(Matter.DUE, today)
        tests = (
            (Subject.OFF, lambda item: item.off, Matter.BREAK),
            (Subject.EXAM, lambda item: bool(spoken_of(item) & exam_words()), Matter.EXAM),
            (Subject.SPEAKER, lambda item: bool(item.session.speakers), Matter.SPEAKER),
            (Subject.READING, lambda item: bool(item.session.readings), Matter.READING),
        )
        for subject, test, matter in tests:
            if subject in kinds:
                ahead = sorted((i for i in plan.items if i.last and i.last >= today and test(i)), key=lambda item: item.first or date.min)
                ahead = ahead if several else ahead[:1]
                shown_as = subject if subject in (Subject.SPEAKER, Subject.READING) else None
                return sure([item_shown(item, shown_as, True) for item in ahead]) if ahead else self._over(matter, today)
        if speaks_of_a_course(question):
            ahead = plan.following(today)
            return sure([item_shown(item, None, True) for item in ahead]) if ahead else self._over(Matter.CLASS, today)
        return None

    def _over(self, matter: Matter, today: date) -> Found:
        """None of a kind any more, in a plan that has dates."""
        first, last = self._plan.first, self._plan.last
        assert first is not None
        assert last is not None
        return sure(self._dated.edges(), runs((first, last), matter, today, None), only_note=True)

    def _grading(self, names: list[str]) -> Found | None:
        entry = next((entry for entry in self._entries if entry.section == "Grading" and entry.session is None), None)
        if entry is None or not self._syllabus.grading:
            return None
        known = {stem for line in entry.lines for stem in stems(line)}
        if not set(names) <= known:
            return None
        return sure([Shown(entry, entry.lines)])

    def _thresholds(self, names: list[str]) -> Found | None:
        shown = []
        for text in self._syllabus.thresholds:
            words = " ".join(text.split())
            holding = [(e, line) for e in self._entries for line in e.lines if words in " ".join(line.split())]
            shown += [Shown(entry, (line,)) for entry, line in holding[:1]]
        known = {stem for one in shown for stem in stems(" ".join([one.entry.section, *one.lines]))}
        return sure(shown) if shown and set(names) <= known else None

    def _background(self) -> Found | None:
        """The section on what must be known before the course, whatever words the question has for it."""
        chosen = [entry for entry in self._entries if entry.session is None and entry.lines and _BEFORE_COURSE.search(entry.section)]
        return sure([Shown(entry, entry.lines[:_MOST_LINES]) for entry in chosen[:1]]) if chosen else None

    def _staff(self, question: str) -> Found | None:
        general = [entry for entry in self._entries if entry.session is None and entry.section != "Grading"]
        if _ASSISTANTS.search(question) and not any(_ASSISTANTS.search(person.role) for person in self._syllabus.staff):
            # Named or not: what the syllabus says of them, not the instructors.
            lines = [(entry, tuple(line for line in entry.lines if _ASSISTANTS.search(line))) for entry in self._entries]
            shown = [Shown(entry, told) for entry, told in lines if told]
            return sure(shown) if shown else None
        if re.search(r"\boffice hours\b", question, re.IGNORECASE):
            chosen = [e for e in general if "office hour" in " ".join([e.section, *e.lines]).lower()]
        else:
            names = [person.name for person in self._syllabus.staff]
            titles = re.compile(r"\b(?:staff|instructors?|lecturers?|professors?|teachers?|teaching team|contact|people)\b", re.IGNORECASE)
            chosen = [e for e in general if titles.search(e.section)] or [
                e for e in general if any(name in line for name in names for line in e.lines)
            ]
        return sure([Shown(entry, entry.lines[:_MOST_LINES]) for entry in chosen[:2]]) if chosen else None

    def _person(self, names: list[str]) -> Found | None:
        """The line on the member of staff, or the classes of the speaker, whom the names are of: "who is Sung Kim?"."""
        wanted = set(names)
        people = [person.name for person in self._syllabus.staff]
        told = [(e, line) for e in self._entries if e.session is None for line in e.lines if wanted <= set(folded(line))]
        shown = [Shown(entry, (line,)) for entry, line in told if any(name in line for name in people)]
        spoken = [i for i in self._plan.items if any(wanted <= set(folded(speaker)) for speaker in i.session.speakers)]
        shown += [item_shown(item, Subject.SPEAKER, True) for item in spoken]
        return sure(shown) if shown else None

    def _all_of(self, question: str, kinds: set[Subject], dated: bool) -> Found | None:
        """What is asked for of the whole course, where nothing is named."""
        items = sorted(self._plan.items, key=lambda item: item.first or date.min)
        if (lacking := _LACKING.search(question)) is not None:
            wanted = Subject.SPEAKER if "speaker" in lacking[1].lower() else Subject.READING
            bare = [i for i in items if i.meets and not (i.session.speakers if wanted is Subject.SPEAKER else i.session.readings)]
            return sure([item_shown(item, wanted, True) for item in bare]) if bare else None
        if Subject.PLACE in kinds and Subject.WHEN in kinds:
            there = _meeting_at(items, question)
            if there:
                return sure([item_shown(item, Subject.PLACE, True) for item in there])
        if Subject.OFF in kinds and re.search(
            r"\b(?:breaks?|holidays?|vacations?|recess|no (?:class|lecture)|cancell?ed|off)\b", question, re.IGNORECASE
        ):
            off = [item for item in items if item.off]
            if Subject.READING in kinds:
                off = [item for item in off if item.session.readings] or off
            return sure([item_shown(item, None, True) for item in off]) if off else None
        if Subject.SPEAKER in kinds and re.search(r"\b(?:speakers|guests?|guest \w+s|all|list|lecturers)\b", question, re.IGNORECASE):
            spoken = [item for item in items if item.session.speakers]
            return sure([item_shown(item, Subject.SPEAKER, True) for item in spoken]) if spoken else None
        if Subject.READING in kinds and re.search(r"\b(?:list|all|readings)\b", question, re.IGNORECASE):
            read = [item for item in items if item.session.readings]
            return sure([item_shown(item, Subject.READING, False) for item in read]) if read else None
        meeting = Subject.WHEN in kinds and re.search(r"\b(?:class|lectures?|course|meet|classes)\b", question, re.IGNORECASE)
        for subject in (Subject.PLACE, Subject.TIME):
            if subject in kinds or (subject is Subject.TIME and meeting and not kinds - {Subject.WHEN, Subject.TOPIC, Subject.OFF}):
                line = course_line(self._syllabus, self._entries, subject)
                return sure([line]) if line else None
        return None

    def _of_names(self, question: str, kinds: set[Subject], names: list[str], dated: bool, count: date | None) -> Found | None:
        """The entry of a talk, a topic or an exam that is named."""
        course = speaks_of_a_course(question)
        wants = kinds & {Subject.WHEN, Subject.UNTIL, Subject.SPEAKER, Subject.PLACE, Subject.TIME, Subject.EXAM, Subject.OFF}
        talk = re.search(r"\b(?:talk|lecture|class|session)s?\b", question, re.IGNORECASE)
        if not names or not (wants or (Subject.TOPIC in kinds and talk)):
            return None
        if not wants & {Subject.WHEN, Subject.UNTIL} and (not course or Subject.STAFF in kinds or _TEACHES.search(question)):
            return None
        if not course and _IN_GENERAL.search(question):
            return None
        found: list[Item] = []
        if Subject.WHEN in kinds and Subject.READING in kinds:
            found = [i for i in self._plan.items if any(set(names) <= set(stems(r.title)) for r in i.session.readings)]
        found = found or titled(self._plan.items, names)
        if not found and course:
            found = [item for item in self._plan.items if set(names) <= spoken_of(item)]
        if not found or len(found) > 4:
            return None
        subject = next((s for s in (Subject.PLACE, Subject.TIME, Subject.SPEAKER) if s in kinds), None)
        if subject in (Subject.PLACE, Subject.TIME):
            return self._dated.with_general(found, subject, dated, None)
        if subject is Subject.SPEAKER and not any(item.session.speakers for item in found) and Subject.WHEN not in kinds:
            return sure([item_shown(item, None, True) for item in found], Note(Says.NO_SPEAKER))
        return sure([item_shown(item, subject if Subject.WHEN not in kinds else None, dated, today=count) for item in found])


def _meeting_at(items: Sequence[Item], question: str) -> list[Item]:
    """The entries whose place holds a word of the question that some places hold and others do not: "which weeks are on Zoom?"."""
    places = {item.session.place: set(stems(item.session.place)) for item in items if item.session.place}
    asked = set(stems(question)) & set().union(*places.values()) if places else set()
    return [item for item in items if item.session.place and asked & places[item.session.place]]
