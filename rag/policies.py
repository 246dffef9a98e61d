"""What courses lay down, by the words they use for it: tells a question on something that the syllabus does not mention.

The lookup (`rag/syllabus`) always finds a nearest entry, so "what does a late day cost?" would be answered with the grading
table where nothing is said on lateness.
"""

import re
from collections.abc import Iterable

from rag.asked import absent_names
from rag.syllabus.cuts import heads
from rag.syllabus.subjects import works

# Each line: one matter, in the words of students and of syllabi. Words of courses in general, none of one course.
_MATTERS = tuple(
    tuple(words.split(", "))
    for words in (
        "lateness, overdue, late day, late days, late policy, grace period, past the deadline",
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
        "groupmate, groupmates, team size, group size, teammate, teammates, per team, per group, in a team, in teams, in a group, "
        "in groups, group work",
        "canvas, moodle, gradescope, blackboard, upload, uploaded",
        "cloud credits, compute credits, gpu credits, api credits",
        "letter grade, letter grades, pass/fail, pass-fail, pass or fail",
        "word limit, word count, font size, citation style",
        "extension, extensions",
        "language of instruction, taught in english",
        "open book, open-book, closed book, closed-book, cheat sheet, cheat sheets, calculator, calculators, dictionary, dictionaries",
        "class size, enrolment limit, enrollment limit, enrolment cap, enrollment cap, seats left",
        "attendance, absence, absences, absent",
        "camera, cameras",
        "certificate, certificates",
        "laptop, laptops",
        "page limit, length limit",
        "peer grading, peer review, peer assessment, rate each other",
        "penalty, penalties",
        "reimburse, reimbursed, reimbursement, refund",
        "rubric, rubrics, grading criteria",
        "second try, second chance, another try",
        "thesis",
        "shuttle",
        "undergrad, undergrads, undergraduate, undergraduates",
    )
)
_LATE = r"(?<!until )(?<!till )(?<!a bit )late(?! (?:on|in|at|at night)\b)"  # not of the hour, nor of the season
_PATTERNS = tuple(
    re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
    for pattern in (*("|".join(re.escape(word) for word in matter) for matter in _MATTERS), _LATE)
)


# Capitals that name nothing a syllabus would have to mention.
_NO_NAMES = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|am|pm|prof|professor|dr|mr|ms|mrs|lector|pls|ok|\W*\d[\w.]*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+$")


def unmentioned(question: str, lines: Iterable[str], *, names: bool = True) -> str | None:
    """The first matter, in the question's own words, that the question is about and no line mentions; None if there is none.

    A matter is one of those that courses lay down; a numbered work ("HW2") where the syllabus numbers works of its kind; or a name.

    Args:
        question: As asked.
        lines: All that the syllabus says.
        names: Must it mention the question's names?
    """
    text = "\n".join(lines)
    for pattern in _PATTERNS:
        asked = pattern.search(question)
        if asked is not None and pattern.search(text) is None:
            return asked.group().lower()
    there = works(text)
    for work, written in works(question).items():
        if work not in there and any(_NUMBER.sub("", other) == _NUMBER.sub("", work) for other in there):
            return written
    absent = absent_names(heads(question)[0], text) if names else []
    return next((name for name in absent if not works(name) and not _NO_NAMES.fullmatch(name)), None)
