"""What courses lay down, by the words they use for it: tells a question on something that the syllabus does not mention.

The lookup (`rag/syllabus.py`) always finds a nearest entry, so "what does a late day cost?" would be answered with the grading
table where nothing is said on lateness.
"""

import re
from collections.abc import Iterable

# Each line: one matter, in the words of students and of syllabi. Words of courses in general, none of one course.
_MATTERS = tuple(
    tuple(words.split(", "))
    for words in (
        "late, lateness, overdue, late day, late days, grace period, past the deadline",
        "final exam, final examination, finals",
        "midterm, midterms, mid-term exam",
        "office hour, office hours, consultation hours",
        "textbook, textbooks, course book",
        "extra credit, bonus points, bonus marks",
        "curve, curved, grading curve, graded on a curve",
        "make-up exam, makeup exam, make-up test, makeup test, resit, retake, re-take",
        "recorded, recording, recordings, lecture videos",
        "slides, slide deck, lecture notes",
        "tuition, course fee, fees",
        "parking",
        "auditing, audit, auditors",
        "credits, credit hours, units",
        "waitlist, waiting list, wait list",
        "drop the course, drop the class, withdraw, withdrawal",
        "regrade, re-grade, appeal my grade, appeal a grade, grade appeal",
        "plagiarism, academic integrity, honor code, honour code, academic honesty",
        "disability, accommodations, accommodation",
        "sick, illness, medical certificate, doctor's note",
        "field trip, excursion",
        "final paper, term paper, essay",
        "prerequisite, prerequisites, pre-requisite, pre-requisites, prereq, prereqs",
        "email address, e-mail address, email, e-mail, emails, e-mails",
        "phone, phone number, telephone",
        "zoom link, meeting link, meeting id, zoom id, passcode, zoom password",
        "team size, group size, teammate, teammates, per team, per group, in a team, in teams, in a group, in groups, group work",
        "canvas, moodle, gradescope, blackboard, upload, uploaded",
        "cloud credits, compute credits, gpu credits, api credits",
        "letter grade, letter grades, pass/fail, pass-fail, pass or fail",
        "word limit, word count, font size, citation style",
        "extension, extensions",
        "language of instruction, taught in english",
        "open book, open-book, closed book, closed-book, cheat sheet, cheat sheets, calculator, calculators, dictionary, dictionaries",
        "class size, enrolment limit, enrollment limit, enrolment cap, enrollment cap",
    )
)
_PATTERNS = tuple(re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in matter)})\b", re.IGNORECASE) for matter in _MATTERS)


def unmentioned(question: str, lines: Iterable[str]) -> str | None:
    """The first matter, in the question's own words, that the question is about and no line mentions; None if there is none.

    Args:
        question: As asked.
        lines: All that the syllabus says.
    """
    text = "\n".join(lines)
    for pattern in _PATTERNS:
        asked = pattern.search(question)
        if asked is not None and pattern.search(text) is None:
            return asked.group().lower()
    return None
