"""Looks questions about the course up in its syllabus: by its data where that gives the answer, else by likeness.

For likeness a question is matched against entries (a session, the grading, a section of facts) by words and by meaning, and those
that it names by week or day come first.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.embeddings import Vectors
from ingest.syllabus import SessionKind, Syllabus
from rag.clock import Clock, course_clock
from rag.evidence import WORDS_WEIGHT
from rag.lexical import LexicalIndex, stems
from rag.syllabus.cuts import heads
from rag.syllabus.direct import Direct
from rag.syllabus.entries import Entry, Found, Shown, entries_of
from rag.syllabus.selection import weeks_named
from rag.syllabus.spelling import Spelling
from rag.syllabus.subjects import Subject, subjects

_LONGEST = 90  # words shown of one entry
_SPEAKS = 0.2  # for an entry with a speaker, where one is asked for
_OWNERS = re.compile(r"\b\w+['’]s\b")  # "which week's data": the data are asked for
_COMPLEMENT, _GAIN = 0.75, 0.25  # a second entry is shown that scores this share of the best and adds this share of the asked words

_LINK, _NAMES_A_SOURCE = "Link:", ("Link:", "Reading:")

# What students call the things that syllabi name. Words of courses in general, none of one course.
_SYNONYMS = {
    "room": "place", "where": "place", "campus": "place", "zoom": "place", "location": "place",
    "teach": "instructor staff", "teacher": "instructor staff", "lecturer": "instructor staff", "prof": "instructor staff",
    "professor": "instructor staff", "speaker": "speaker talk", "guest": "speaker talk", "talking": "speaker talk",
    "exam": "test grading", "quiz": "test grading", "mark": "score grading", "marks": "score grading", "grade": "grading percent",
    "worth": "grading percent",
    "weight": "grading percent", "%": "grading percent", "percent": "grading percent", "hw": "homework", "assignment": "homework",
    "deadline": "due", "submit": "due homework", "hand": "due homework", "read": "reading", "paper": "reading", "papers": "reading",
    "holiday": "holiday break", "vacation": "holiday break", "off": "holiday break", "code": "programming course", "coding": "programming",
    "prerequisite": "prerequisites background", "know": "prerequisites experience", "presentation": "presentations project",
}  # fmt: skip
# A question with one of these is likelier to be about the course than about a paper.
_COURSE_WORDS = frozenset(
    "week wk class classes lecture lectures syllabus homework hw hw1 grade grades grading graded due deadline exam quiz "
    "midterm room campus zoom instructor instructors professor prof ta teach teaches taught prerequisite prerequisites course "
    "enroll semester term holiday break attend attendance participation proposal poster presentation presentations talk "
    "speaker guest project office schedule session meet fridays friday monday dinner".split()
)


# More words that may be misspelt.
_COURSE_TALK = (
    "passing score minimum threshold points percentage worth weight deadlines speakers readings instructors assignments announced required "
    "mandatory optional submission penalty extension syllabus calendar tomorrow"
)


class SyllabusLookup:
    """Finds what the syllabus says to a question."""

    def __init__(
        self,
        syllabus: Syllabus,
        embed: Callable[[Sequence[str]], Vectors],
        today: Clock | None = None,
        known: Callable[[str], bool] = lambda _word: True,
    ) -> None:
        """Embed the entries.

        Args:
            syllabus: The course's.
            embed: Texts to rows of length one.
            today: What day it is; by default UTC's.
            known: Is it a word, and so no slip of the pen?
        """
        self.entries = entries_of(syllabus)
        self._spelling = Spelling(
            [_COURSE_TALK, *_COURSE_WORDS, *_SYNONYMS, *(" ".join([e.section, *e.lines]) for e in self.entries)], known
        )
        self._direct = Direct(syllabus, self.entries, today or course_clock("UTC"))
        if not self.entries:
            return  # a course without a syllabus: nothing is ever found
        self._lines = [(n, line) for n, entry in enumerate(self.entries) for line in entry.lines]
        self._lexical = LexicalIndex.of([f"{entry.section} {' '.join(entry.lines)}" for entry in self.entries])
        self._words = [set(stems(f"{entry.section} {' '.join(entry.lines)}")) for entry in self.entries]
        # A reading's title among the lines would draw every question about that paper to its week.
        spoken = [[line for line in entry.lines if not line.startswith(_NAMES_A_SOURCE)] for entry in self.entries]
        self._entry_vectors = embed(
            [f"{entry.section}. {' '.join(lines)}"[:600] for entry, lines in zip(self.entries, spoken, strict=True)]
        )
        self._line_vectors = embed(
            [
                self.entries[n].section if line.startswith(_NAMES_A_SOURCE) else f"{self.entries[n].section}. {line}"
                for n, line in self._lines
            ]
        )

    def find(self, question: str, vector: Vectors) -> Found | None:
        """The entry nearest to the question; None if the syllabus is empty.

        Args:
            vector: The question's, shape (dimensions,).
        """
        if not self.entries:
            return None
        question = self._spelling.corrected(question)
        found = self._direct.find(question)
        if found is not None and found.shown:
            return found
        named = self._named(question)
        by_line = self._line_vectors @ vector
        scores = self._entry_vectors @ vector
        for row, (n, _line) in enumerate(self._lines):
            scores[n] = max(scores[n], by_line[row])
        wanted = _widened(question)
        words = np.array([self._overlap(wanted, n) for n in range(len(self.entries))])
        total = scores + 0.5 * words
        if Subject.SPEAKER in subjects(question) and not named:
            total = total + _SPEAKS * np.array([bool(entry.session and entry.session.speakers) for entry in self.entries])
        if named:
            total = total + 1.0 * np.array([n in named for n in range(len(self.entries))])
        best = int(np.argmax(total))
        cued = bool(named) or bool(set(re.findall(r"[a-z0-9]+", _OWNERS.sub(" ", question.lower()))) & _COURSE_WORDS)
        bonus = (0.25 if cued else 0.0) + (0.5 if named else 0.0)
        entry = self.entries[best]
        again = entry.session is not None and (
            entry.session.kind is SessionKind.BREAK or bool(set(stems(entry.session.topic)) & set(wanted))
        )
        same = [n for n, other in enumerate(self.entries) if n == best or n in named or (again and _same_topic(other, entry))]
        if not named and re.search(r"\band\b", question, re.IGNORECASE):
            same += self._complements(wanted, total, best)
        shown = tuple(Shown(self.entries[n], self._shown(n, by_line)) for n in same)
        return Found(shown, float(scores[best] + WORDS_WEIGHT * self._overlap(stems(question), best) + bonus))

    def unknown_week(self, question: str) -> int | None:
        """A week that the question names and the syllabus does not."""
        sessions = [entry.session for entry in self.entries if entry.session]
        numbered = any(session.number is not None for session in sessions)  # a plan of dates only knows no weeks at all
        if not numbered or not self._direct.plan.numbers_weeks:
            return None
        return next((week for week in sorted(weeks_named(heads(question)[0])) if not any(s.covers(week) for s in sessions)), None)

    def _complements(self, wanted: Sequence[str], total: NDArray[np.floating[Any]], best: int) -> list[int]:
        """The entry for the other half of a question such as "when is the proposal due and what is it worth?"."""
        asked = {stem for stem in wanted if self._lexical.knows(stem)}
        left = asked - self._words[best]
        weight = sum(self._lexical.idf(stem) for stem in asked)
        for n in np.argsort(-total)[1:3]:
            gain = sum(self._lexical.idf(stem) for stem in left & self._words[n])
            if (
                total[n] >= _COMPLEMENT * total[best]
                and weight
                and gain >= _GAIN * weight
                and not _same_topic(self.entries[n], self.entries[best])
            ):
                return [int(n)]
        return []

    def _overlap(self, wanted: Sequence[str], number: int) -> float:
        known = [stem for stem in dict.fromkeys(wanted) if self._lexical.knows(stem)]
        have = self._words[number]
        total = sum(self._lexical.idf(stem) for stem in dict.fromkeys(wanted)) if known else 0.0
        return sum(self._lexical.idf(stem) for stem in known if stem in have) / total if total else 0.0

    def _named(self, question: str) -> set[int]:
        """Entries that the question names by week, by order or by day."""
        chosen = self._direct.selection(question)
        sessions = [item.session for item in chosen.items] if chosen else []
        return {n for n, entry in enumerate(self.entries) if entry.session is not None and any(entry.session is s for s in sessions)}

    def _shown(self, number: int, by_line: Vectors) -> tuple[str, ...]:
        """All lines of a short entry but its links; of a long one those nearest to the question, in their order."""
        rows = [row for row, (n, _) in enumerate(self._lines) if n == number]
        if not rows:
            return ()  # a holiday, say: its heading tells all
        best = max(rows, key=lambda row: by_line[row])
        rows = [row for row in rows if row == best or not self._lines[row][1].startswith(_LINK)]
        kept: list[int] = []
        words = 0
        for row in sorted(rows, key=lambda row: (row != best, -by_line[row])):
            size = len(self._lines[row][1].split())
            if not kept or words + size <= _LONGEST:
                kept.append(row)
                words += size
        return tuple(self._lines[row][1] for row in sorted(kept))


def _same_topic(one: Entry, other: Entry) -> bool:
    return one.session is not None and other.session is not None and one.session.topic == other.session.topic != ""


def _widened(question: str) -> list[str]:
    words = re.findall(r"[a-z0-9]+|%", question.lower())
    return stems(
        " ".join([question, *(_SYNONYMS.get(word) or _SYNONYMS.get(word.rstrip("s")) or _BY_STEM.get(_stem(word), "") for word in words)])
    )


def _stem(word: str) -> str:
    return (stems(word) or [word])[0]


_BY_STEM = {_stem(word): others for word, others in _SYNONYMS.items()}
