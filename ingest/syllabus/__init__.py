"""The syllabus as data: sessions with dates, people, readings and what is due; grading; staff, place, deadlines.

`overrides.read_course` is the way in for the course's own, `read.parse_syllabus` for any file. A file becomes blocks (`markup` for
Markdown and HTML, `pdf`), the plan is found in them (`sessions`, `tables`, `columns`), its lines are sorted (`items`, `people`) and
its days get their year (`dates`, `years`). Every text that comes out stands in the file; a session keeps all its lines verbatim.
"""

from ingest.syllabus.model import Deadline, Fact, Person, ReadingRef, Session, SessionKind, Syllabus
from ingest.syllabus.overrides import FILE as CORRECTIONS
from ingest.syllabus.overrides import find_syllabus, read_course, read_syllabus
from ingest.syllabus.read import SUFFIXES as SYLLABUS_KINDS
from ingest.syllabus.read import parse_syllabus

__all__ = [
    "CORRECTIONS", "SYLLABUS_KINDS", "Deadline", "Fact", "Person", "ReadingRef", "Session", "SessionKind", "Syllabus",
    "find_syllabus", "parse_syllabus", "read_course", "read_syllabus",
]  # fmt: skip
