"""What the instructor reads of the feedback: counts, the questions that were answered worst, rates by day. Pure."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from bot.feedback.persons import PersonQuestion
from bot.feedback.votes import Vote
from rag.answers import Status

WORST = 10  # questions listed


@dataclass(frozen=True)
class Given:
    """An answer that was given, with its status and time (UTC), and whether (some of) it was shown as only the nearest that was found."""

    key: str
    question: str
    status: str
    at: datetime
    near: bool = False


@dataclass(frozen=True)
class Rated:
    """A question with what people thought of its answers, all that were given to these words."""

    question: str
    status: str
    good: int
    bad: int
    reasons: dict[str, int]
    notes: tuple[str, ...]
    near: bool

    def as_json(self) -> dict[str, Any]:
        """As `lector feedback --json` lists it."""
        return {**vars(self), "notes": list(self.notes)}


@dataclass(frozen=True)
class Day:
    """Counts of one day where the course is held."""

    day: date
    answers: int
    refused: int
    good: int
    bad: int
    near: int


@dataclass(frozen=True)
class Report:
    """Feedback on the answers of a time; `near` of them were shown as only the nearest that was found."""

    answers: int
    by_status: dict[str, int]
    near: int
    good: int
    bad: int
    reasons: dict[str, int]
    sent: int
    answered: int
    worst: tuple[Rated, ...]

    def as_json(self) -> dict[str, Any]:
        """The object of `lector feedback --json`."""
        return {**vars(self), "worst": [rated.as_json() for rated in self.worst]}


def summarise(given: Sequence[Given], votes: Sequence[Vote], sent: Sequence[PersonQuestion]) -> Report:
    """Count.

    Args:
        given: The answers of the time.
        votes: Those of the time; one on an answer from before counts, but its question is not listed.
        sent: Questions sent to a person.
    """
    reasons = Counter(vote.reason.value for vote in votes if vote.reason is not None)
    return Report(
        answers=len(given),
        by_status=dict(Counter(answer.status for answer in given).most_common()),
        near=sum(answer.near for answer in given),
        good=sum(vote.good for vote in votes),
        bad=sum(not vote.good for vote in votes),
        reasons=dict(reasons.most_common()),
        sent=len(sent),
        answered=sum(question.endorsed is not None for question in sent),
        worst=_worst(given, votes),
    )


def by_day(given: Sequence[Given], votes: Sequence[Vote], zone: tzinfo) -> list[Day]:
    """Each day from the first to the last on which there was an answer or a vote; days without either are left out."""
    answers = Counter(answer.at.astimezone(zone).date() for answer in given)
    refused = Counter(answer.at.astimezone(zone).date() for answer in given if answer.status == Status.REFUSED)
    near = Counter(answer.at.astimezone(zone).date() for answer in given if answer.near)
    good = Counter(vote.at.astimezone(zone).date() for vote in votes if vote.good)
    bad = Counter(vote.at.astimezone(zone).date() for vote in votes if not vote.good)
    return [Day(day, answers[day], refused[day], good[day], bad[day], near[day]) for day in sorted({*answers, *good, *bad})]


def _worst(given: Sequence[Given], votes: Sequence[Vote]) -> tuple[Rated, ...]:
    """Questions with more 👎 than 👍, the most first."""
    of_answer: dict[str, list[Vote]] = defaultdict(list)
    for vote in votes:
        of_answer[vote.answer].append(vote)
    asked: dict[str, list[Given]] = defaultdict(list)
    for answer in given:
        asked[" ".join(answer.question.casefold().split()).rstrip("?. ")].append(answer)
    rated = [_rated(answers, [vote for answer in answers for vote in of_answer[answer.key]]) for answers in asked.values()]
    worst = sorted((r for r in rated if r.bad > r.good), key=lambda r: (r.good - r.bad, r.question))
    return tuple(worst[:WORST])


def _rated(answers: Sequence[Given], votes: Sequence[Vote]) -> Rated:
    return Rated(
        question=answers[-1].question,
        status=answers[-1].status,
        good=sum(vote.good for vote in votes),
        bad=sum(not vote.good for vote in votes),
        reasons=dict(Counter(vote.reason.value for vote in votes if vote.reason is not None).most_common()),
        notes=tuple(vote.note for vote in votes if vote.note),
        near=answers[-1].near,
    )
