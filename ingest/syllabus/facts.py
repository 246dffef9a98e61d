"""When and where the course meets, and what one must reach to pass it."""

import re
from collections.abc import Iterable

from ingest.syllabus.document import Line
from ingest.syllabus.labels import bare_text, sentences_of

_PLACE_LABEL = re.compile(
    r"^\W*(?:(?:class|course|lecture|meeting|seminar)s?\s+)?(?:location|room|place|where|(?:where|place|location)\s*(?:/|and"
    r"|&)\s*(?:when|time)|venue|classroom|ort|raum|hörsaal|lieu|aula|salle)s?\W*\s*:\s*(?P<value>\S.*)$",
    re.IGNORECASE,
)
_TIME_LABEL = re.compile(
    r"^\W*(?:(?:class|course|lecture|meeting|seminar)s?\s+)?(?:times?(?: and (?:place|location|room))?|when(?: and where|/where)?"
    r"|meets?|meetings?|schedule|lectures?|class(?:es)?|class meets?|days?(?: (?:and|&) times?)?|day/time|hours|zeit|termin|horaire"
    r"|horario|time (?:&|and) (?:place|location)|logistics)\W*\s*:\s*(?P<value>\S.*)$",
    re.IGNORECASE,
)
_WEEKDAYS = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satur|sun)(?:day)?s?|M/?W/?F?|T/?Th|TTh|TR|MW|MWF|TuTh|montags?|dienstags?|mittwochs?"
    r"|donnerstags?|freitags?"
)
_CLOCK = (
    r"\d{1,2}(?::\d\d|\.\d\d)?\s*(?:[ap]\.?m\.?|uhr|h)?\s*(?:-|–|—|to|bis)\s*\d{1,2}(?::\d\d|\.\d\d)?\s*(?:[ap]\.?m\.?|uhr|h)?"
    r"|\d{1,2}(?::\d\d)?\s*[ap]\.?m\b|\d{1,2}:\d\d"
)
_MEETING = re.compile(rf"\b(?:{_WEEKDAYS})\b.{{0,40}}?(?:{_CLOCK})", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:hall|room|rm|building|bldg|center|centre|auditorium|theat(?:er|re)|lab|library|campus|zoom|online|hörsaal|raum)\b"
    r"|^[A-Z][\w.]+ [A-Z]?\d+[\w.-]*$",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\d{1,2}(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*[-–—]\s*\d{1,2}(?::\d\d)?\s*[ap]\.?m\.?(?:\s+[A-Z]{2,4}\b)?", re.IGNORECASE)
_IN_PLACE = re.compile(
    rf"(?i:{_CLOCK})(?:\s*\(?[A-Z]{{2,4}}\)?)?\s*(?:,|\bin\b|\bat\b|@|;|\||·|\()\s*(?P<place>(?:[A-Z\d]|(?:room|building|auditorium"
    rf"|lecture hall|hall|seminar room)\s).{{2,}})$"
)
_THRESHOLD = re.compile(
    r"\b(?:must|need(?:s|ed)? to|have to|has to|required to|at least|a minimum|minimum of|in order to pass|to pass|no fewer than"
    r"|mindestens|need|(?:cannot|can't|can not) pass|fails?)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"\d|\ball\b|\bevery\b|\bboth\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|thirds?)\b", re.IGNORECASE)
_STAKES = re.compile(
    r"\b(?:pass(?:ed|ing)?|fail|enrol+|admi(?:t|ssion)\w*|grades?|marks?|points?|score[sd]?|percent|attend\w*|credit|certificate"
    r"|qualif\w+|complete|eligib\w+|exam|bestehen)\b|%",
    re.IGNORECASE,
)
_NO_THRESHOLD = re.compile(
    r"\b(?:late|email|cite|office hours|days?|hours|words|pages|minutes|weeks before|notice|order of magnitude|laptop|units?)\b",
    re.IGNORECASE,
)


def find_meeting(lines: Iterable[tuple[Line, bool]]) -> tuple[str, str]:
    """(when, where) the course meets, as written.

    Args:
        lines: With each whether it stands in the plan.
    """
    meeting = location = spare = ""
    for line, planned in lines:
        statements = [] if planned else _statements(line.text)
        for text, behind in zip(statements, [*statements[1:], ""], strict=False):
            if not location and (match := _PLACE_LABEL.match(text)):
                value = bare_text(match["value"]).rstrip(".")
                location = _without_times(value)
                meeting = meeting or (value if location != value else "")
            elif re.search(r"\boffice hours?\b|\bsections?\b|\bexam\b|\bdue\b", text, re.IGNORECASE) or len(text) > 220:
                continue
            elif not meeting and (told := _meeting(text)):
                meeting = told
                location = location or (behind if _PLACE.search(behind) and len(behind) < 80 and not re.search(r"[:@]", behind) else "")
            elif not spare and (match := _SPAN.search(text)) and len(text) < 60:
                spare = match[0]
    for part in re.split(r"\s*[;|]\s*", meeting) if not location else []:
        if match := _IN_PLACE.search(part):
            location = bare_text(
                re.sub(r"\s+(?:during|for|in)\s+(?:fall|spring|summer|winter|autumn|the)\b.*", "", match["place"], flags=re.IGNORECASE)
            ).rstrip(".")
            break
    return meeting or spare, location


def _meeting(text: str) -> str:
    """What a statement says of days and times, without its label and the term before them; empty if nothing."""
    match = _TIME_LABEL.match(text)
    if match and (_MEETING.search(match["value"]) or re.search(rf"{_CLOCK}|\b(?:{_WEEKDAYS})\b", match["value"], re.IGNORECASE)):
        return bare_text(match["value"])
    if _MEETING.search(text) and len(text) < 160:
        return bare_text(re.sub(r"^.*?(?:fall|spring|summer|winter|autumn)\s+20\d\d\s*[:,|–-]\s*", "", text, flags=re.IGNORECASE))
    return ""


def _without_times(value: str) -> str:
    """The pieces of "Wednesdays 13-17, building 308, hall 12" that are a place."""
    times = re.compile(rf"(?i:{_CLOCK})|\b(?i:{_WEEKDAYS})\b|(?i:\b(?:once|twice|every) )|\d\d\.\d\d[–-]")
    return ", ".join(piece for piece in re.split(r"\s*[,;]\s*", value) if not times.search(piece))


def _statements(text: str) -> list[str]:
    """A line's sentences; a bare list of facts ("Fall 2025 · MW 9-10 · Room 33") is parted at its dots and bars."""
    text = re.sub(r"(?<=\S)\s+(?=(?:Times?|Room|Location|Where|When|Term|Units|Credits|Instructors?|Place|TAs?|Office)\s*:\s)", " · ", text)
    found = [sentence for part in re.split(r"\s+[·|•]\s+|\s*[\U0001f000-\U0001faff]\s*", text) if part for sentence in sentences_of(part)]
    return found if len(found) > 1 else [text]


def find_thresholds(lines: Iterable[Line]) -> list[str]:
    """Sentences that say what one must reach: to pass, to enrol, for a certificate."""
    found = []
    for line in lines:
        for sentence in sentences_of(line.text):
            if (
                _THRESHOLD.search(sentence)
                and _MEASURE.search(re.sub(r"https?://\S+", "", sentence))
                and _STAKES.search(sentence)
                and not _NO_THRESHOLD.search(sentence)
                and len(sentence.split()) <= 45
            ):
                found.append(sentence)
    return list(dict.fromkeys(found))
