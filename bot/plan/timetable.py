"""What the views of the plan need to know: the plan, the course's time zone, the present moment, the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.language import SaidError, say
from common.errors import LectorError, SourceError
from ingest.syllabus import Syllabus
from rag.syllabus.plan import Plan
from rag.syllabus.present import PlanFile, PresentPlan


@dataclass(frozen=True)
class Timetable:
    """A course's plan at one moment, for a reader of one language.

    Attributes:
        zone: The course's.
        now: With a time zone.
    """

    present: PresentPlan
    zone: ZoneInfo
    now: datetime
    language: str

    @property
    def syllabus(self) -> Syllabus:
        """As it is now."""
        return self.present.syllabus

    @property
    def plan(self) -> Plan:
        """The syllabus in the order of its days."""
        return self.present.plan

    @property
    def today(self) -> date:
        """The present day where the course is held."""
        return self.now.astimezone(self.zone).date()

    def say(self, message: str, **values: str | int | float) -> str:
        """A message of the catalogue in the reader's language."""
        return say(self.language, message, **values)


def no_timetable(zone: str, now: datetime, language: str) -> Timetable:
    """That of a course without a plan."""
    syllabus = Syllabus("")
    return Timetable(PresentPlan(syllabus, Plan(syllabus, []), 0), ZoneInfo(zone), now, language)


def read_timetable(file: PlanFile, zone: str, now: datetime, language: str) -> Timetable:
    """The plan as its files are now; reads them if they have changed.

    Raises:
        UsageError: There is no syllabus or it is damaged, said in the reader's language.
    """
    try:
        return Timetable(file.read(), ZoneInfo(zone), now, language)
    except SourceError as exc:
        message = "plan-missing" if not file.exists() else "plan-damaged"
        raise SaidError(say(language, message)) from exc
    except LectorError as exc:
        raise SaidError(say(language, "plan-damaged")) from exc
