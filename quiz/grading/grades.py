"""A grade: how much of an item's point an answer gets, and whether staff should look at it."""

from dataclasses import dataclass

KEY, RUBRIC = "key", "rubric"  # graders that are no persons
RIGHT, WRONG = 1.0, 0.0


@dataclass(frozen=True)
class Grade:
    """What an answer is worth.

    Attributes:
        credit: 0 to 1.
        certain: False: provisional, until staff confirm it.
        why: For the student and staff, one sentence; "" where the key says all.
        grader: `KEY`, `RUBRIC` or who of the staff.
    """

    credit: float
    certain: bool = True
    why: str = ""
    grader: str = KEY

    @property
    def is_right(self) -> bool:
        """Does it get the whole point?"""
        return self.credit >= RIGHT
