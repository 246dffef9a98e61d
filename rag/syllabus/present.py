"""A course's plan as its files are now, read again only when they have changed."""

import threading
from dataclasses import dataclass
from pathlib import Path

from ingest.syllabus import CORRECTIONS, Syllabus, find_syllabus, read_course
from rag.syllabus.entries import entries_of
from rag.syllabus.plan import Plan

Stamps = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class PresentPlan:
    """A syllabus and its plan.

    Attributes:
        changed_ns: When the newest of its files was written, in nanoseconds since 1970.
    """

    syllabus: Syllabus
    plan: Plan
    changed_ns: int


class PlanFile:
    """The plan of one corpus folder. Safe to call from any thread; reading a PDF takes seconds, so not from the event loop."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus
        self._lock = threading.Lock()
        self._read: tuple[Stamps, PresentPlan] | None = None

    def exists(self) -> bool:
        """Is there a syllabus, readable or not?"""
        return find_syllabus(self._corpus) is not None

    def read(self) -> PresentPlan:
        """The plan as it is now.

        Raises:
            SourceError: There is no syllabus, or it cannot be read.
            ConfigError: `course.yaml` is wrong.
        """
        with self._lock:
            found = stamps(self._corpus)
            if self._read is None or self._read[0] != found:
                syllabus = read_course(self._corpus)
                plan = Plan(syllabus, entries_of(syllabus))
                self._read = found, PresentPlan(syllabus, plan, max((time for _, time in found), default=0))
            return self._read[1]


def stamps(corpus: Path) -> Stamps:
    """What tells that the plan has changed: names and times of the files that it is read from."""
    found = []
    for path in (find_syllabus(corpus), corpus / CORRECTIONS):
        try:
            if path is not None:
                found.append((path.name, path.stat().st_mtime_ns))
        except OSError:
            continue
    return tuple(found)
