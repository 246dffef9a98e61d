"""Short answers are held against their rubric and the reading, on the thread that owns the index."""

import asyncio
from typing import TYPE_CHECKING

from quiz.grading.short import grade_short
from quiz.records.attempts import Ungraded

if TYPE_CHECKING:
    from bot.discord.courses import Course


async def grade(course: "Course", answer: Ungraded) -> None:
    """Grade one answer and store that, unless it was changed meanwhile; all but the plain cases stay provisional.

    Raises:
        LectorError: There is no index, or a model does not load; the answer waits.
    """
    found = await course.assistant.library.run(lambda view: grade_short(answer.item, answer.text, view.retriever))
    await asyncio.to_thread(course.quizzes.attempts.set_grade, answer, found)


async def grade_waiting(course: "Course") -> None:
    """Grade what nothing has graded yet: new answers, those of corrected items, and those of before a crash."""
    for answer in await asyncio.to_thread(course.quizzes.attempts.ungraded):
        await grade(course, answer)
