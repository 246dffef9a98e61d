from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.asking.queue import FairQueue, Refused, Ticket, Why
from common.settings_bot import Queue

ANN, BOB, CEM = 1, 2, 3


def queue(**changes: float) -> FairQueue:
    return FairQueue(Queue(**{"size": 100, "per_student": 100, "per_minute": 1000, "first_guess_s": 4.0, **changes}))


def filled(*students: int, **changes: float) -> FairQueue:
    """A queue in which these have asked, in this order; tickets are named "0", "1", …"""
    made = queue(**changes)
    for n, student in enumerate(students):
        assert made.add(Ticket(str(n), student), 0.0) is None
    return made


def served(made: FairQueue) -> list[str]:
    found = []
    while (ticket := made.take(0.0)) is not None:
        found.append(ticket.id)
        made.finish(ticket, 0.0)
    return found


def test_students_take_turns() -> None:
    made = filled(ANN, ANN, ANN, BOB, CEM, BOB)
    assert [ticket.id for ticket in made.order()] == ["0", "3", "4", "1", "5", "2"]
    assert served(made) == ["0", "3", "4", "1", "5", "2"]


def test_who_was_just_answered_stands_behind_who_waits() -> None:
    made = filled(ANN, BOB)
    first = made.take(0.0)
    made.add(Ticket("again", ANN), 1.0)
    assert first == Ticket("0", ANN)
    assert [ticket.id for ticket in made.order()] == ["1", "again"]


def test_places_count_what_is_being_answered() -> None:
    made = filled(ANN, BOB, CEM)
    assert made.ahead() == {"0": 0, "1": 1, "2": 2}
    made.take(0.0)
    assert made.ahead() == {"1": 1, "2": 2}
    assert made.wait_s(2) == 8.0


def test_times_are_learnt_from_answers_but_not_from_cancelled_ones() -> None:
    made = filled(ANN, BOB, first_guess_s=10.0)
    ticket = made.take(0.0)
    made.finish(ticket, 1000.0, counts=False)
    assert made.wait_s(1) == 10.0
    ticket = made.take(1000.0)
    made.finish(ticket, 1005.0)
    assert made.wait_s(1) == pytest.approx(9.0)


def test_a_full_queue_gives_each_another_moment() -> None:
    made = filled(1, 2, size=2)
    assert made.add(Ticket("c", 3), 100.0) == Refused(Why.FULL, 4.0)
    assert made.add(Ticket("d", 4), 100.0) == Refused(Why.FULL, 8.0)
    assert made.add(Ticket("e", 5), 200.0) == Refused(Why.FULL, 4.0)  # the promised moments are over
    assert len(made) == 2


def test_one_waiting_question_a_student() -> None:
    made = filled(ANN, BOB, per_student=1)
    assert made.add(Ticket("x", BOB), 0.0) == Refused(Why.WAITING, 8.0)
    made.take(0.0)
    assert made.add(Ticket("y", ANN), 0.0) is None  # theirs is being answered, not waiting


def test_a_rate_for_each_student() -> None:
    made = queue(per_minute=2)
    assert [made.add(Ticket(str(at), ANN), at) for at in (0.0, 50.0)] == [None, None]
    assert made.add(Ticket("x", ANN), 55.0) == Refused(Why.RATE, 5.0)
    assert made.add(Ticket("y", BOB), 55.0) is None
    assert made.add(Ticket("z", ANN), 60.0) is None


def test_what_was_taken_before_a_restart_is_taken_again() -> None:
    made = queue(size=1, per_student=1, per_minute=1)
    assert [made.add(Ticket(str(n), ANN), 0.0, again=True) for n in range(3)] == [None] * 3
    assert made.add(Ticket("new", BOB), 0.0) == Refused(Why.FULL, 4.0)


def test_who_waits_too_long_is_taken_out() -> None:
    made = queue(deadline_s=10.0)
    made.add(Ticket("old", ANN), 0.0)
    made.add(Ticket("new", BOB), 5.0)
    assert made.overdue(10.0) == []
    assert made.overdue(10.1) == [Ticket("old", ANN)]
    assert served(made) == ["new"]


@given(st.lists(st.integers(1, 6), max_size=40))
def test_nobody_is_served_twice_while_another_waits(students: list[int]) -> None:
    made = filled(*students)
    while len(made):
        waiting = {ticket.student for ticket in made.order()}
        between = Counter()
        for student in waiting:
            between.clear()
            for ticket in made.order():
                if ticket.student == student:
                    break
                between[ticket.student] += 1
            assert all(times == 1 for times in between.values())
        made.finish(made.take(0.0), 0.0)


class Life(RuleBasedStateMachine):
    """Whatever happens: no ticket is lost or served twice, and the order that was shown is the one kept."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = queue(size=8, per_student=3, per_minute=20, deadline_s=30.0)
        self.now = 0.0
        self.count = 0
        self.waiting: dict[str, tuple[Ticket, float]] = {}
        self.serving: dict[str, Ticket] = {}
        self.over: Counter[str] = Counter()

    @rule(student=st.integers(1, 4), seconds=st.floats(0, 5))
    def ask(self, student: int, seconds: float) -> None:
        self.now += seconds
        self.count += 1
        ticket = Ticket(str(self.count), student)
        refused = self.queue.add(ticket, self.now)
        if refused is None:
            self.waiting[ticket.id] = (ticket, self.now)
        else:
            assert refused.retry_s > 0 or refused.why is Why.WAITING

    @rule()
    def serve(self) -> None:
        shown = self.queue.order()
        ticket = self.queue.take(self.now)
        assert ticket == (shown[0] if shown else None)
        if ticket is not None:
            del self.waiting[ticket.id]
            self.serving[ticket.id] = ticket
            # The others keep their order, but for the rest of this student's line, which goes to the end of its rounds.
            others = [t for t in shown[1:] if t.student != ticket.student]
            assert [t for t in self.queue.order() if t.student != ticket.student] == others

    @precondition(lambda self: self.serving)
    @rule(seconds=st.floats(0, 20))
    def finish(self, seconds: float) -> None:
        self.now += seconds
        _, ticket = self.serving.popitem()
        self.queue.finish(ticket, self.now)
        self.over[ticket.id] += 1

    @precondition(lambda self: self.waiting)
    @rule(which=st.integers(0, 100))
    def cancel(self, which: int) -> None:
        ticket, _ = list(self.waiting.values())[which % len(self.waiting)]
        assert self.queue.drop(ticket)
        assert not self.queue.drop(ticket)
        del self.waiting[ticket.id]
        self.over[ticket.id] += 1

    @rule()
    def expire(self) -> None:
        late = {ticket.id for ticket in self.queue.overdue(self.now)}
        assert late == {id_ for id_, (_, since) in self.waiting.items() if self.now - since > 30.0}
        for id_ in late:
            del self.waiting[id_]
            self.over[id_] += 1

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        order = [ticket.id for ticket in self.queue.order()]
        assert sorted(order) == sorted(self.waiting)
        assert len(self.queue) == len(order) <= 8
        assert self.queue.ahead() == {id_: len(self.serving) + n for n, id_ in enumerate(order)}
        assert max(self.over.values(), default=0) <= 1
        per_student = Counter(ticket.student for ticket in self.queue.order())
        assert max(per_student.values(), default=0) <= 3


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
