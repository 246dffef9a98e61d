"""The queue before the model: bounded, and fair between students. Pure: the caller gives the time and does the work.

Students are served in turn, one question each a round, in the order in which they joined the round. So whoever asks much
waits for the others, and nobody waits for more than one question of each of them.
"""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from common.settings_bot import Queue

_MINUTE_S = 60.0
_MEMORY = 0.8  # weight of what was measured before, against the newest question


@dataclass(frozen=True)
class Ticket:
    """A question's place in the queue.

    Attributes:
        id: Nobody else's.
        student: Whoever asked; the queue is fair between them.
    """

    id: str
    student: int


class Why(StrEnum):
    """Why a question is not taken."""

    FULL = "full"  # too many wait
    WAITING = "waiting"  # theirs wait already
    RATE = "rate"  # they asked too many in the last minute


@dataclass(frozen=True)
class Refused:
    """A question that is not taken, and in how many seconds it would be."""

    why: Why
    retry_s: float


class FairQueue:
    """Tickets that wait, in the order in which they will be served.

    Every `now` is in seconds, on one clock that never goes back.
    """

    def __init__(self, settings: Queue) -> None:
        self._settings = settings
        self._lines: dict[int, deque[Ticket]] = {}  # the next student first; nobody's line is empty
        self._since: dict[str, float] = {}  # when each ticket that waits came
        self._served: dict[str, float] = {}  # when each that is being answered was taken
        self._asked: dict[int, deque[float]] = {}  # when each student asked, for the rate
        self._mean_s = settings.first_guess_s
        self._promised = float("-inf")  # until when places are promised to those who were sent away

    def add(self, ticket: Ticket, now: float, *, again: bool = False) -> Refused | None:
        """Take a ticket in; None if it was.

        Args:
            again: It was taken before (a restart lies between), so no limit holds.
        """
        if not again and (refused := self._refusal(ticket.student, now)) is not None:
            return refused
        self._lines.setdefault(ticket.student, deque()).append(ticket)
        self._since[ticket.id] = now
        if not again:
            self._asked.setdefault(ticket.student, deque()).append(now)
        return None

    def take(self, now: float) -> Ticket | None:
        """The next ticket, which is being answered from now on; None if nobody waits."""
        student = next(iter(self._lines), None)
        if student is None:
            return None
        line = self._lines.pop(student)
        ticket = line.popleft()
        if line:
            self._lines[student] = line  # at the end of the round
        del self._since[ticket.id]
        self._served[ticket.id] = now
        return ticket

    def finish(self, ticket: Ticket, now: float, *, counts: bool = True) -> None:
        """A ticket that was taken is done.

        Args:
            counts: Its time tells something about the next ones; False where it was cancelled or failed.
        """
        started = self._served.pop(ticket.id)
        if counts:
            self._mean_s = _MEMORY * self._mean_s + (1 - _MEMORY) * max(now - started, 0.0)

    def drop(self, ticket: Ticket) -> bool:
        """Take a ticket out that waits; False if it does not wait (any more)."""
        if self._since.pop(ticket.id, None) is None:
            return False
        line = self._lines[ticket.student]
        line.remove(ticket)
        if not line:
            del self._lines[ticket.student]
        return True

    def overdue(self, now: float) -> list[Ticket]:
        """Tickets that have waited longer than the deadline; they are out of the queue from now on."""
        late = [ticket for ticket in self.order() if now - self._since[ticket.id] > self._settings.deadline_s]
        for ticket in late:
            self.drop(ticket)
        return late

    def order(self) -> list[Ticket]:
        """All that wait, the next one first, as they will be served if nobody joins."""
        deepest = max(map(len, self._lines.values()), default=0)
        return [line[n] for n in range(deepest) for line in self._lines.values() if n < len(line)]

    def ahead(self) -> dict[str, int]:
        """For each ticket that waits: how many will be answered before it, those being answered now among them."""
        return {ticket.id: place for place, ticket in enumerate(self.order(), start=len(self._served))}

    def wait_s(self, ahead: int) -> float:
        """About how long a ticket with so many before it waits, from the measured times of answers."""
        return ahead * self._mean_s / self._settings.at_once

    def __len__(self) -> int:
        return len(self._since)

    def _refusal(self, student: int, now: float) -> Refused | None:
        asked = self._recent(now).get(student, deque())
        if len(asked) >= self._settings.per_minute:
            return Refused(Why.RATE, asked[0] + _MINUTE_S - now)
        line = self._lines.get(student, ())
        if len(line) >= self._settings.per_student:
            places = self.ahead()
            return Refused(Why.WAITING, self.wait_s(1 + min(places[ticket.id] for ticket in line)))
        if len(self) >= self._settings.size:
            # Each who is sent away is told another moment, or they would all come back at once.
            self._promised = max(self._promised, now) + self.wait_s(1)
            return Refused(Why.FULL, self._promised - now)
        return None

    def _recent(self, now: float) -> dict[int, deque[float]]:
        for student in list(self._asked):
            asked = self._asked[student]
            while asked and now - asked[0] >= _MINUTE_S:
                asked.popleft()
            if not asked:
                del self._asked[student]
        return self._asked
