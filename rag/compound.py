"""Two questions in one message that push each other out when they are asked together.

One is on the course and one on the readings ("what is LoRA and when is the project due?"), or each asks what something is. Others that
are looked for in the same place stay together.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from rag import definitions
from rag.answers import Answer, Citation, Line, Status
from rag.leaning import AUX, WH, has_free_pronoun, leaves_out, points_back, stripped

_AGAIN = r"(?:tell me|explain|describe|list)"
_SUBJECT = r"(?:i|we|you|they|he|she|it|there|the|an?|my|our|this|that|these|those)"  # "and can I ...", not "and can't go back"
_BETWEEN = re.compile(
    rf"\?+\s+(?:(?:and|also|but|plus)[,\s]+)*(?=(?:{WH}(?:['’]s)?|{AUX}|{_AGAIN})\b)"
    rf"|[,;]?\s+(?:and|also|plus)\s+(?:also\s+)?(?=(?:{WH}(?:['’]s)?|{AUX}\s+{_SUBJECT}|{_AGAIN})\b)",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3  # of a question that stands by itself
_BEST = (Status.ANSWERED, Status.QUOTED, Status.SYLLABUS, Status.ENDORSED, Status.REFUSED)


def may_be_several(question: str) -> bool:
    """Does another question seem to begin in it?"""
    return _BETWEEN.search(question) is not None


def pieces(question: str, is_on_course: Callable[[str], bool | None]) -> list[str]:
    """The questions to answer one by one: the whole where it is one, or where they are looked for in the same place.

    Args:
        question: One line.
        is_on_course: Is a question surely on the course (True) or surely on the readings (False)?
    """
    found = [f"{stripped(piece)}?" for piece in _BETWEEN.split(question)]
    if len(found) < 2 or any(len(piece.split()) < _FEWEST_WORDS or _needs_another(piece) for piece in found):
        return [question]
    if all(definitions.asked(piece) for piece in found):  # "what is LoRA and what is BLEU?": no sentence says both
        return found
    sides = [is_on_course(piece) for piece in found]
    if not {True, False} <= set(sides):
        return [question]
    joined = [(found[0], sides[0])]
    for piece, side in zip(found[1:], sides[1:], strict=True):
        last, before = joined[-1]
        if side in (before, None):
            joined[-1] = (f"{last} {piece}", before)
        else:
            joined.append((piece, side))
    return [piece for piece, _ in joined]


def _needs_another(piece: str) -> bool:
    text = stripped(piece)
    return points_back(text) or leaves_out(text) or has_free_pronoun(text)


class Joined:
    """The answers to the pieces, put together in their order."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._answers: list[Answer] = []
        self._lines: list[Line] = []
        self._citations: list[Citation] = []

    def placed(self, line: Line) -> Line:
        """A line of the answer that is being made, with its numbers behind those of the answers before it."""
        return replace(line, citations=tuple(n + len(self._citations) for n in line.citations))

    def add(self, answer: Answer) -> None:
        """The next answer, whole."""
        self._lines += [self.placed(line) for line in answer.lines]
        self._citations += [replace(citation, n=citation.n + len(self._citations)) for citation in answer.citations]
        self._answers.append(answer)

    def answer(self, question: str, total_s: float) -> Answer:
        """All of them as one, under the status of the one that the readings say most to; a refused half says so in its line.

        Args:
            question: The whole message.
            total_s: Seconds from the question.
        """
        best = min(self._answers, key=lambda answer: _BEST.index(answer.status))
        shown = [answer.timings.first_token_s for answer in self._answers if answer.timings.first_token_s is not None]
        return replace(
            best,
            # A person's words are one half of it: their citation names the person.
            status=Status.QUOTED if best.status is Status.ENDORSED else best.status,
            standing=None,
            lines=tuple(self._lines),
            citations=tuple(self._citations),
            question=question,
            standalone_question=" ".join(answer.standalone_question for answer in self._answers),
            timings=replace(best.timings, first_token_s=min(shown, default=None), total_s=total_s),
            note=None,
            chance=None,
        )
