"""Tells questions on the course from questions on its readings: by likeness to examples of either.

A question on the course ("is attendance mandatory?") is answered by the syllabus or not at all: some paper has a sentence on almost
everything, and one about punctuality in Japan is no answer. The lists below and those of `rag/requests` are what to edit where a course
hears other questions. Figures: docs/refusing.md.
"""

import re
from collections.abc import Callable, Sequence

from ingest.embeddings import Vectors
from rag.examples import Examples
from rag.requests import QUESTIONS_ON_COURSE, QUESTIONS_ON_READINGS, without_courtesies
from rag.syllabus.subjects import judges_us

_LEAST_MARGIN = 0.08  # by which a question must be nearer to those on the course
_MOST_OF_READINGS = 0.03  # the margin up to which it is surely on the readings
_LIKE_READINGS, _LIKENESS_WEIGHT = 0.6, 0.3  # what the best evidence's score above the first takes off

# Words that vectors do not weigh: "this class" is the one that it is asked in, and the quiz is the course's.
_HERE = re.compile(
    r"\b(?:(?:this|our) (?:course|class|lecture|seminar|semester)|(?:the|our|this week['’]?s) (?:course|quiz|homework))\b(?! of\b)",
    re.IGNORECASE,
)
_OF_A_WORK = re.compile(r"\b(?:paper|article|study|authors?|dataset|benchmark|models?|llms?)\b", re.IGNORECASE)
_MARGIN_OF_US = 0.25  # of these

_ON_COURSE = (
    "is attendance taken or mandatory",
    "how many times can I be absent before it hurts my grade",
    "I am ill and cannot come on Friday, do I need a doctor's note",
    "are the lectures recorded",
    "where do the slides get posted",
    "can someone send the zoom link for tomorrow",
    "do we have to keep our cameras on",
    "can I join remotely instead of coming to campus",
    "is there a shuttle to the campus",
    "laptop needed on Friday?",
    "which python version should I install before the session",
    "are the lectures in English or another language",
    "what is the penalty for handing in two days late",
    "may I get an extension",
    "by what hour on the day must it be handed in, midnight?",
    "do we submit on canvas or by email",
    "should the report be a pdf or is word ok",
    "page limit of the report",
    "how long should the summary of each paper be",
    "may the report be written in another language",
    "are we allowed to use ChatGPT for the homework",
    "is there a plagiarism check",
    "can I reuse my thesis work as the project",
    "can I do the project alone or do I have to find partners",
    "max team size for the project?",
    "my teammate has vanished and does nothing, what should I do",
    "do teammates rate each other, like peer grading?",
    "have the project topics been announced",
    "must our project code be public",
    "is there a rubric for the final project",
    "what size should the poster be and who pays for printing it",
    "do we also have to turn in a written report along with the poster",
    "is the final project a talk with slides or a poster",
    "do we get any gpus for the project or do we pay ourselves",
    "does the school reimburse what we pay for credits or travel",
    "how many homeworks will there be in total",
    "when will the homework grades come out",
    "how do I dispute my grade",
    "how is participation measured",
    "is grading on a curve",
    "what total do you need for an A",
    "is extra credit a thing here",
    "can I take this pass/fail",
    "how many credits does it count for",
    "is the test open book",
    "how long does the test last and how many questions are on it",
    "will the test be taken online or on paper",
    "any chance of a retake if I fail the test",
    "is there a textbook we should buy",
    "any seats left, I am on the waitlist",
    "is auditing allowed or do I need to be registered to sit in",
    "last day to drop",
    "can undergrads take this, will it be offered again",
    "do we receive a certificate at the end",
    "do I need to know pytorch before taking this class",
    "when are office hours",
    "who is the TA and how do I reach them",
    "can we ask the guest speaker questions afterwards",
    "what is the guest going to talk about",
    "is there food at the dinner and who is paying",
    "what time do we meet, I have to tell my manager",
    "anything we have to read over the break?",
    "what is due next",
    "is there class during the new year holiday",
    "when's the proposal due",
    "percentage for homework?",
    "does participation count toward the grade",
    "session in person or zoom?",
)
_ON_READINGS = (
    "does the reward model get cheated by the policy",
    "do they discuss students who let a language model do their homework",
    "what score did the model get on the bar exam",
    "is it like an open-book exam",
    "which teacher model is distilled into the student model",
    "do I need a gpu to run it or is a laptop enough",
    "do I have to merge the adapter weights before deployment",
    "when should I pick this method over full fine-tuning",
    "can we use the same model as judge and student",
    "can the model read its notes during the test, with retrieved documents",
    "do I need labelled data for this",
    "do I need distractor documents in every training example",
    "how long did training take, in weeks",
    "how many weeks on how many gpus",
    "how many attempts per problem are allowed for pass@k",
    "how well does it do on grade school math",
    "did test examples leak into the training set",
    "are the numbers on the dev set or the test set",
    "how are tokens allowed to attend to later positions",
    "what is the class token for",
    "how are the attention heads split into groups",
    "learning rate schedule and number of warmup steps",
    "is credit assigned to each token or to the whole answer",
    "how were the labelers chosen, was there a screening test they had to pass",
    "how often did two graders agree on the same pair",
    "how do participants vote in the arena",
    "who graded the answers, people or a model",
    "what project or library do they recommend",
    "does it hold up in a multi-turn session",
    "do they allow the policy to drift away from the supervised model",
    "what happens if I skip the warmup",
    "is a thousand examples enough",
    "what rank should I choose",
    "can it be tested on longer text than it was trained on",
    "how are questions split by subject group",
    "what limitations come up in the discussion",
    "how many questions per category does the benchmark have",
)


class OnCourse:
    """The embedded examples of both."""

    def __init__(self, embed: Callable[[Sequence[str]], Vectors]) -> None:
        """Embed the examples: about 180 short texts."""
        self._embed = embed
        self._course = Examples([*QUESTIONS_ON_COURSE, *_ON_COURSE], embed)
        self._readings = Examples([*QUESTIONS_ON_READINGS, *_ON_READINGS], embed)

    def margin(self, question: str, vector: Vectors | None = None) -> float:
        """How much nearer a question is to those on the course than to those on readings, about -0.6 to 0.6.

        Args:
            question: As typed.
            vector: Its embedding, shape (dimensions,), where it is at hand.
        """
        asked = without_courtesies(question)
        if vector is None or asked != question:
            vector = self._embed([asked])[0]
        margin = self._course.nearness(vector) - self._readings.nearness(vector)
        return max(margin, _MARGIN_OF_US) if _is_of_us(asked) else margin


def _is_of_us(question: str) -> bool:
    """Do its words say that the course is meant, and no paper's?"""
    return (judges_us(question) or _HERE.search(question) is not None) and _OF_A_WORK.search(question) is None


def is_on_course(margin: float, likeness: float) -> bool:
    """Is it for the syllabus alone?

    Args:
        margin: As `OnCourse.margin` gives it.
        likeness: Score of the best evidence in the readings (`Evidence.score`), 0 if there is none.
    """
    return margin - _LIKENESS_WEIGHT * max(0.0, likeness - _LIKE_READINGS) >= _LEAST_MARGIN


def side(margin: float) -> bool | None:
    """Surely on the course (True), surely on the readings (False), or not sure."""
    return True if margin >= _LEAST_MARGIN else False if margin <= _MOST_OF_READINGS else None
