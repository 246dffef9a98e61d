"""What of the course a question asks for: what is due, who speaks, where, what counts how much. By general words of courses."""

import re
from enum import StrEnum

from rag.lexical import stems


class Subject(StrEnum):
    """A kind of thing that syllabi say."""

    DUE = "due"
    READING = "reading"
    SPEAKER = "speaker"
    PLACE = "place"
    TIME = "time"
    EXAM = "exam"
    WEIGHT = "weight"
    THRESHOLD = "threshold"
    STAFF = "staff"
    BACKGROUND = "background"
    OFF = "off"
    TOPIC = "topic"
    WHEN = "when"
    UNTIL = "until"
    START = "start"
    END = "end"
    WEEKS = "weeks"
    CLASSES = "classes"


_COURSE = r"(?:the\s+|this\s+|our\s+)?(?:course|class|classes|semester|term|quarter|lectures|seminar)"
_WHAT_DAY = r"\b(?:when|what (?:day|date)|which (?:day|week)|on what date)\b"
_OF_COURSE = r"(?:date )?of (?:the )?(?:course|class|classes|semester|term|quarter)\b"

# What must be known beforehand: "should I already know ...", "do we need to know how to code?". Not "what should I know about LoRA?".
_WHO = r"(?:i|we|you|one|students?|everyone)"
_MUST = rf"(?:should|must|need(?:s|ed)? to|have to|has to|supposed to|expected to|required to)\b(?: {_WHO}\b)?(?: \w+)?"
_KNOW = r"(?:know|be able|be familiar|be good|be comfortable)"
_SKILL = r"\b(?:background|experience|skills?|prior knowledge)\b"
_BEFOREHAND = (
    r"\b(?:already|beforehand|in advance|before (?:i |we )?(?:tak|start|enrol|join|sign|the (?:course|class|semester|term))\w*"
    r"|(?:for|to (?:take|enrol+|join|do|follow|attend)) (?:the|this) (?:course|class)"
    r"|how to (?:code|program)|to (?:code|program) in|programming|coding|python|maths?|calculus|statistics|linear algebra)\b"
)

# "How are we evaluated?": not what is evaluated in a paper. Students can be models.
_JUDGED = (
    rf"\bhow (?:are|am|is|will|do|does|can) (?:we|i|{_COURSE})\b(?: \w+){{0,2}}? (?:evaluated|assessed|graded|marked|tested|examined)\b"
)

# A line: a subject and one way to ask for it. The more telling subjects stand first.
_PATTERNS: tuple[tuple[Subject, str], ...] = (
    (Subject.WEEKS, r"\bhow many (?:weeks|months)\s+(?:long\s+)?(?:is|are|does|do|will)\b.*\b(?:course|class|semester|term|there|plan)\b"),
    (Subject.WEEKS, rf"\bhow long (?:is|does) {_COURSE}\b(?:\s+(?:last|run|go on))?\s*\?*$"),
    (Subject.CLASSES, r"\bhow many (?:classes|lectures|sessions|meetings)\b"),
    (Subject.START, rf"{_WHAT_DAY}.*\b{_COURSE}\s+(?:start|begin)s?\b"),
    (Subject.START, rf"\b(?:start|beginning|first day) {_OF_COURSE}"),
    (Subject.END, rf"{_WHAT_DAY}.*\b{_COURSE}\s+(?:end|finish|be over|over)(?:s|es)?\b"),
    (Subject.END, rf"\b(?:end|last day) {_OF_COURSE}"),
    (Subject.UNTIL, r"\bhow (?:many (?:more )?(?:days|weeks)|long|much (?:more )?time)\b.*\b(?:until|till|til|before|to|left|away|have)\b"),
    (Subject.UNTIL, r"\bhow soon\b|\bhow far (?:away|off)\b|\bcountdown\b"),
    (Subject.DUE, r"\b(?:due|deadlines?|hand(?:s|ed|ing)?[- ]?in|turn(?:ed|ing)? in|submit(?:ted)?|submissions?|deliverables?)\b"),
    (Subject.DUE, r"\b(?:homeworks?|hws?|hw\d+|assignments?|psets?|problem sets?)\b"),
    (Subject.READING, r"\b(?:read|reads|reading|readings|papers?|articles?|chapters?|prepare)\b"),
    (Subject.SPEAKER, r"\b(?:speaks?|speaking|spoke|speakers?|guests?|lecturers?|presenters?)\b"),
    (
        Subject.SPEAKER,
        r"\bwho(?:'?s)?\b.*\b(?:gives?|giving|gave|leads?|leading|presents?|presenting|presented|talks?|talking|coming|visiting)\b",
    ),
    (Subject.SPEAKER, r"\bwho(?:'?s)?\b.*\b(?:lectures?|lecturing|teach(?:es|ing)?|taught|session|class|invited)\b"),
    (Subject.PLACE, r"\bwhere\b|\b(?:room|classroom|building|location|campus|zoom|venue|place)\b"),
    (Subject.PLACE, r"\b(?:online|in[- ]person|hybrid|remote|remotely)\b"),
    (Subject.TIME, r"\bwhat time\b|\bat what (?:time|hour)\b|\bhow early\b|\bwhat hours?\b"),
    (Subject.EXAM, r"\b(?:exams?|tests?|quiz(?:zes)?|midterms?|mid-terms?|finals)\b"),
    (Subject.THRESHOLD, r"\b(?:to pass|pass mark|pass the|cut-?off|thresholds?|score do (?:i|we|you) need|need to (?:pass|score|get))\b"),
    (Subject.THRESHOLD, r"\b(?:minimum|passing) (?:score|grade|mark)\b|\b(?:score|points) to (?:enroll?|pass|get|stay)\b"),
    (Subject.WEIGHT, r"\b(?:worth|weights?|weighs?|weighted|weighting|percent|percentage|grading|graded|breakdown)\b|%"),
    (Subject.WEIGHT, r"\bcounts? (?:for|toward|towards)\b|\bhow much\b.*\b(?:grade|mark|score|count|counts)\b"),
    (Subject.WEIGHT, r"\b(?:share|part|portion) of (?:the|my|our) (?:final )?grade\b|\bhow (?:is|are) .*\bgrades?\b"),
    (Subject.WEIGHT, _JUDGED),
    (Subject.STAFF, r"\b(?:instructors?|professors?|profs?|tas?|teaching assistants?|staff|office hours)\b"),
    (Subject.STAFF, rf"\bwho (?:teach(?:es)?|runs?|is teaching|are teaching) {_COURSE}\b"),
    (
        Subject.BACKGROUND,
        r"\bpre-?req(?:uisite)?s?\b|\bprior (?:knowledge|experience)\b.*\b(?:required|needed|expected|assumed|necessary)\b",
    ),
    (Subject.BACKGROUND, rf"{_SKILL}.*\b(?:do|should|must) {_WHO}\b|\b(?:do|should|must) {_WHO} (?:\w+ )?(?:need|have)\b.*{_SKILL}"),
    (Subject.BACKGROUND, rf"\b{_MUST} {_KNOW}\b.*{_BEFOREHAND}|\b(?:should|must) {_WHO} already {_KNOW}\b"),
    (Subject.OFF, r"\b(?:breaks?|holidays?|vacations?|recess|off|cancell?ed|no (?:class(?:es)?|lectures?))\b|\bis class\b"),
    (Subject.OFF, r"\b(?:is|are) there (?:a |any )?(?:class|classes|lectures?|session|meeting)\b"),
    (Subject.OFF, r"\b(?:do|will|are|does) (?:we|i|the class)\b.*\b(?:have|having|meet|go to|attend)\b"),
    (Subject.TOPIC, r"\b(?:topics?|cover(?:s|ed|ing)?|about|learn(?:ing)?|study|studying|discuss(?:ed|ing)?|theme|agenda)\b"),
    (Subject.TOPIC, r"\b(?:going on|happen(?:s|ing|ed)?|scheduled?|planned|doing|lecture|class|session|talk)\b"),
    (Subject.WHEN, r"\b(?:when|what (?:day|date|week)|dates?)\b|\bwhich (?:day|date|week|lecture|class|session)s?\b"),
)
_OF_US = re.compile(_JUDGED, re.IGNORECASE)
_COMPILED = tuple((subject, re.compile(pattern, re.IGNORECASE)) for subject, pattern in _PATTERNS)

# Words that say that the course is meant, not what of it.
_COURSE_WORDS = frozenset(
    stems(
        "week weeks wk class classes lecture lectures session sessions meeting meetings seminar course courses semester term quarter "
        "syllabus schedule calendar student students talk talks guest event events day days date dates"
    )
)
# Words that add nothing to what is asked: those of questions, of politeness, of courses' routine.
_FILLER = frozenset(
    stems(
        "do does doing done need needed have having want must supposed expected required know knowing wondering wonder remind tell show "
        "list happen happens happening happened go going gone come coming comes take takes taking place look looks see anything something "
        "everything nothing thing stuff any all some every each next upcoming current currently present exactly please thanks thank hi "
        "hello hey again still yet ever actually really much long soon early late time hour clock plan planned planning scheduled agenda "
        "theme topic topics subject cover covers covered covering discuss discussed discussing learn learning study studying about work "
        "prepare preparing bring ready advance beforehand everyone anyone somebody someone people person our we us my i you your their "
        "gonna let's full whole complete entire overview summary left remain remaining more total overall start starts begin begins end "
        "ends finish finishes hold held meet meets attend physically exact name names called one ones way first last there here meant "
        "mean find out can could should would will give gives giving gave given make up use used keep another other also ask question "
        "count counts toward towards part share portion grade grades mark marks score points value important key main major big biggest "
        "without lack lacks lacking assigned assign listed given "
        "regular regularly usually normally typically always months until till away far before after"
    )
)

# Words that name a subject by themselves, so that `rest` leaves them out; names of works such as "project" and "quiz 2" stay.
_WORDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:due|deadlines?|hand(?:s|ed|ing)?[- ]?in|turn(?:ed|ing)? in|submit(?:ted)?|submissions?|deliverables?)\b",
        r"\b(?:reads?|readings?|papers?|articles?)\b",
        r"\b(?:speaks?|speaking|spoke|speakers?|lecturers?|presenters?|presents?|presenting|presented|lecturing|guests?|visiting)\b",
        r"\b(?:teach(?:es|ing)?|taught|leads?|leading|talking|invited)\b",
        r"\b(?:room|classroom|building|location|campus|online|in[- ]person|hybrid|venue|remote|remotely|where)\b",
        r"\b(?:pass|passing|minimum|cut-?off|thresholds?|enroll?)\b",
        r"\b(?:worth|weights?|weighs?|weighted|weighting|percent|percentage|grading|graded|breakdown)\b|%",
        r"\b(?:instructors?|professors?|profs?|tas?|teaching assistants?|staff)\b",
        r"\b(?:breaks?|holidays?|vacations?|recess|off|cancell?ed)\b",
        _JUDGED,
        r"\b(?:what's|how's|who's|when's|where's)\b",
    )
)
_KINDS_OF_WORK = r"homeworks?|hw|assignments?|problem sets?|psets?|labs?|quiz|exam|midterm|test|project"
_NUMBERED = re.compile(rf"\b({_KINDS_OF_WORK})\s*#?(\d{{1,2}})\b", re.IGNORECASE)
_SEVERAL = re.compile(rf"\b({_KINDS_OF_WORK})\s*#?(\d{{1,2}})\s*(?:-|–|to|through|and|&)\s*#?(\d{{1,2}})\b", re.IGNORECASE)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_NTH_WORK = re.compile(rf"\b({'|'.join(_ORDINALS)})\s+(homework|hw|assignment|problem set|pset|lab|quiz)\b", re.IGNORECASE)
_MID_TERM = re.compile(r"\bmid[- ]term\b", re.IGNORECASE)
_HOMEWORK = ("homework", "hw", "assignment", "problem set", "pset")


def subjects(text: str) -> list[Subject]:
    """What is asked for, the more telling first; empty if nothing of a course is."""
    found = list(dict.fromkeys(subject for subject, pattern in _COMPILED if pattern.search(text)))
    if Subject.TOPIC in found and set(found) - {Subject.TOPIC, Subject.WHEN}:
        found.remove(Subject.TOPIC)  # "about", "class": said with everything
    return found


def judges_us(text: str) -> bool:
    """Does it ask how the students of the course are graded?"""
    return _OF_US.search(text) is not None


def numbered(text: str) -> str:
    """The text with "HW1", "homework 1" and "Assignment 1" as one word, the same for all; "lab 2", "mid-term" too."""

    def one(match: re.Match[str]) -> str:
        kind = match[1].lower().removesuffix("s")
        return f"{'assignment' if kind in _HOMEWORK else kind}{match[2]}"

    text = _NTH_WORK.sub(lambda match: f"{match[2]} {_ORDINALS.index(match[1].lower()) + 1}", text)
    return _NUMBERED.sub(one, _MID_TERM.sub("midterm", text))


def works(text: str) -> dict[str, str]:
    """The numbered works that a text names: as `numbered` writes them, to how they stand there; "HW 1 to 3" names three."""
    found = {numbered(match.group()): match.group() for pattern in (_NUMBERED, _NTH_WORK) for match in pattern.finditer(text)}
    for kind, first, last in _SEVERAL.findall(text):
        found |= {numbered(work): work for work in (f"{kind} {n}" for n in range(int(first), int(last) + 1))}
    return found


def rest(text: str) -> list[str]:
    """The stems that are neither filler nor a word for what is asked: names of topics, people and works."""
    text = numbered(text)
    for pattern in _WORDS:
        text = pattern.sub(" ", text)
    return [stem for stem in dict.fromkeys(stems(text)) if stem not in _FILLER and stem not in _COURSE_WORDS]


def speaks_of_a_course(text: str) -> bool:
    """Does it hold a word of courses?"""
    return bool(set(stems(text)) & _COURSE_WORDS) or any(s not in (Subject.WHEN, Subject.TOPIC, Subject.UNTIL) for s in subjects(text))
