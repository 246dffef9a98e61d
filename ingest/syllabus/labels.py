"""What a line starts with: "Week 3", "Lecture 4 (Feb 12)", "Tue, Sep 5"; "Reading:", "Due:"; and what its words are about."""

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.syllabus.dates import Mention, find_dates, weekday_at
from ingest.syllabus.document import Line

_WORDS = {
    word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(), 1)
}
_ROMAN = {word: n for n, word in enumerate("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split(), 1)}
_WEEK = r"weeks?|wks?|woche|kw|semaine|semana|settimana"
_SESSION = r"lectures?|lec|sessions?|class(?:es)?|meetings?|seminars?|lessons?|vorlesung|sitzung|séance|sesión|clase|lezione|day|workshop"
_MODULE = r"modules?|units?|parts?|topics?|themes?|blocks?"
_DIGITS = rf"\d{{1,2}}|{'|'.join(_WORDS)}"
_MONTHISH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_NUMBERED = re.compile(
    rf"(?P<word>{_WEEK}|{_SESSION}|{_MODULE})\.?\s*(?:no\.?|nr\.?|#|number)?\s*(?P<first>{_DIGITS}|[ivx]{{1,4}}(?=\b))(?![\d%/]|:\d\d"
    rf"|\.\d|\s*[ap]\.?m\b)"
    rf"(?:\s*(?:-{{1,3}}|[–—−&+/,]|to|and|bis)\s*(?:(?:{_WEEK}|{_SESSION})\.?\s*)?(?P<last>\d{{1,2}})(?![\d%/]|:\d\d|\.\d|\s*[ap]\.?m\b"
    rf"|\s*\.?\s*{_MONTHISH}))?\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?P<word>[#LWS]|no\.?\s*)?(?P<first>\d{1,2})(?:\s*(?:-{1,3}|[–—−&])\s*(?P<last>\d{1,2}))?(?![\d%/]|:\d|\.\d|st\b|nd\b|rd\b"
    r"|th\b)(?:[MTWRF]{1,2}\b)?(?=\W|$)",
    re.IGNORECASE,
)
_WEEK_OF = re.compile(rf"(?:{_WEEK})\s+(?:of|beginning|commencing|starting|vom|du)\s*:?\s*|(?:the\s+)?week\s*:\s*(?=\S)", re.IGNORECASE)
_GAP = re.compile(r"[\s,:;|.•·●○▪*\-–—()\[\]/]*")
_AFTER = re.compile(r"[\s)\]]*[\s:;,.|/•·\-–—]*")
_FIRST_GAP = re.compile(r"[\s•·●○▪*\-–—(\[]*")

BREAK = re.compile(
    r"\b(?:no (?:class(?:es)?|lectures?|meetings?|sessions?|seminar|school|section)|class(?:es)? (?:is |are )?cancell?ed|cancell?ed"
    r"|holidays?|recess|vacations?"
    r"|thanksgiving|labou?r day|memorial day|martin luther king|mlk|veterans'? day|presidents?['’]? day|independence day|juneteenth"
    r"|columbus day|indigenous people[s'’]* day|good friday|easter (?:monday|friday|week|holiday)|spring festival|(?:chinese|lunar) "
    r"new year|qingming"
    r"|golden week|mid-autumn festival|national day|reading (?:week|period|days?)|study (?:week|days?|period)|university closed"
    r"|campus closed|public holiday"
    r"|ferien|feiertag|entfällt|kein(?:e)? (?:vorlesung|veranstaltung|sitzung|seminar)|vorlesungsfrei\w*|pas de cours|vacances|sin "
    r"clase|festivo|no hay clase|day off|off week"
    r"|(?:spring|fall|autumn|winter|summer|mid-?(?:term|semester)|semester|festival|christmas|easter|university|term|yule|xmas"
    r"|year[- ]end|bye|research) break|break week)\b"
    r"|^\W*(?:\w+\s+){0,2}break\W*$|^\W*break\b\s*[:,(–—-]",
    re.IGNORECASE,
)
NONE = re.compile(
    r"\W*(?:none|n/?a|tba|tbd|tbc|todo|to be (?:announced|determined|decided|confirmed|posted)|no (?:readings?|assignments?|homework"
    r"|due)\b.*|nothing(?: due)?|enjoy\b.*|no class.*"
    r"|coming soon|see (?:canvas|moodle|blackboard|above|below)|keine?|aucune?|optional|required|recommended|-+|–|—|\?+|\.+|x)?\W*",
    re.IGNORECASE,
)
DUE = re.compile(
    r"\b(?:due|deadlines?|submit|submission|hand(?:ed)?[- ]?in|turn(?:ed)?[- ]?in|abgabe|fällig|à rendre|entrega)\b", re.IGNORECASE
)
OUT = re.compile(
    r"\b(?:out|released?|releases|posted|assigned|available|handed out|goes live|announced|start(?:s|ed)?|opens?|ausgabe)\b", re.IGNORECASE
)
WORK = re.compile(
    r"\b(?:home\s?works?|coursework|hws?\s?-?\d*|assignments?|asgn|asst|problem[- ]sets?|psets?\s?\d*|ps\s?\d+|p-?sets?|(?:mini-?"
    r"|final |course |term |group )?projects?|labs?|proposals?|reports?"
    r"|essays?|reflections?|responses?|write-?ups?|milestones?|exercises?|exercise sheets?|übung(?:sblatt)?|quiz(?:zes)?|drafts?"
    r"|abstracts?|presentations?|posters?|slides|surveys?"
    r"|papers?|peer reviews?|critiques?|summar(?:y|ies)|checkpoints?|deliverables?|portfolio|a\d|hw|worksheets?|devoirs?|tp\s?\d"
    r"|sheet\s?\d*|programs?|memos?|journals?)\b",
    re.IGNORECASE,
)
EXAM = re.compile(r"\b(?:mid-?terms?|exams?|examinations?|finals?|klausur|test|prüfung|examen|quiz)\b", re.IGNORECASE)

# What stands before a colon, and what it makes of the words behind it.
_LABELS: tuple[tuple[str, str], ...] = (
    ("homework reading", r"(?:hw|homework)\s+(?:read|readings?)|read(?:ing)? (?:hw|homework)"),
    ("due",
        r"(?:assignments?|homework|hw|work|projects?|deliverables?|what'?s|items?)?\s*(?:is |are )?due(?: (?:today|this week|in class"
        r"|before class|by .*))?|deadlines?|hand[- ]?in|submi(?:t|ssions?)|deliverables?|turn in|abgabe"),
    ("out", r"(?:assignments?|homework|hw)?\s*\d*\s*(?:out|released?|assigned|posted)"),
    ("material",
        r"(?:lecture )?(?:slides?|slide deck|videos?|tutorial videos?|recordings?|recorded lecture|notes?|lecture notes|code|demos?"
        r"|notebooks?|materials?|course materials?|handouts?|tutorials?|"
                 r"links?|resources?|watch|listen|livestream|media|podcasts?|zoom|recitation|worksheets?|solutions?)(?: \d+)?"),
    ("reading",
        r"(?:required|optional|recommended|suggested|background|further|additional|supplement(?:al|ary)|weekly|core|main|primary"
        r"|secondary|pre-?class|assigned|key|extra|other|related|due|before class)?"
                r"[ -]*(?:readings?|read|papers?|blogs?|blog posts?|book chapters?|chapters?|literature|texts?|textbooks?|books?"
                r"|articles?|references?|prepar(?:e|ation)|prep|before class|pre-?class|bibliography|lektüre|literatur|lectures?(?= à "
                r"lire)|lecturas?|required|optional|recommended|suggested)"
                r"(?: (?:list|materials?|assignments?|for (?:today|this week|next week|next class|discussion)|before class|due))?(?: "
                r"\d+)?(?: \((?:required|optional|recommended|before class)\))?"),
    ("work",
        r"(?:assignments?|homeworks?|hws?|problem sets?|psets?|ps|labs?|mini-?projects?|projects?|final projects?|exercises?|exercise "
        r"sheets?|quiz(?:zes)?|worksheets?|to do|todo|tasks?|essay|milestones?|übung|sheet|a)\s*#?\d*(?:\.\d)?(?: \([^)]*\))?"),
    ("speaker",
        r"(?:guest |invited |today'?s )?(?:speakers?|guests?|presenters?|lecturers?|lecture by|instructors?|led by|with|presented by"
        r"|taught by|discussants?|discussion lead(?:er)?s?|moderators?|facilitators?|host)(?: \(s\))?"),
    ("place", r"(?:meeting )?(?:places?|rooms?|locations?|where|venue|ort|raum|lieu)"),
    ("time", r"(?:meeting )?(?:times?|when|zeit|hours?)"),
    ("topic",
        r"(?:main |lecture |today'?s |class |weekly )?(?:topics?|titles?|themes?|subjects?|thema|focus|sujet|tema|lecture topic"
        r"|lectures?|agenda|content|unit)"),
)  # fmt: skip
_LABEL = re.compile(r"\W{0,3}([^\W\d_][^:\n]{0,44}?)\s*(?::(?!//)|–(?=\s)|—(?=\s))\s*")
_INNER = re.compile(
    r"(?<=[\s.;,|)/])(?=(?:(?:required|optional|recommended|suggested|further|additional|supplementary)\s+)?(?:readings?|read|papers?"
    r"|due|speakers?|guest(?: speaker)?|homework|hw ?\d*|assignment ?\d*|lab ?\d+|slides|videos?|topics?|notes)\s*:(?!//))",
    re.IGNORECASE,
)

_DUE_SENTENCE = re.compile(r"(?<=[.;!?]\s)(?=[A-Z][^.;:]{2,60}\b(?:is|are )?due\b[^.;]{0,40}\.?$)")

_SENTENCE = re.compile(r"(?<=[.!?])(?<!\bDr\.)(?<!\bProf\.)(?<!\bNo\.)(?<!\b[A-Z]\.)(?<!\bvs\.)(?<!\be\.g\.)\s+(?=[A-Z\"“(*])")


@dataclass(frozen=True)
class Label:
    """How a session is named at the start of its line, or row.

    Attributes:
        unit: "week", "session", "module" or "bare" for its number; empty where it has none.
        before: Words in front of its date ("Spring Festival Break Feb 9"), else empty.
        rest: What stands behind it.
    """

    number: int | None
    last: int | None
    unit: str
    mention: Mention | None
    weekday: int | None
    before: Line
    rest: Line


def parse_label(line: Line, *, bare: bool = False, anywhere: bool = False, day_first: bool = False) -> Label | None:
    """The label that a line starts with; None if it starts with none.

    Args:
        bare: A number alone counts too, as in a numbering column.
        anywhere: The date may stand behind other words, as in headings.
    """
    text = line.text
    number = last = weekday = None
    unit, mention, end, at = "", None, 0, _first_gap(text)
    while at < len(text):
        # What is read already is blanked: in "Week 3 - 4 Feb" the 3 is no day.
        mentions = find_dates(" " * at + text[at:], day_first=day_first, loose=bare) if mention is None else []
        if mentions and mentions[0].start == at and (here := mentions[0]):
            mention, at = here, here.end
        elif mention is None and (match := _WEEK_OF.match(text, at)):
            at = match.end()
            continue
        elif number is None and (match := _NUMBERED.match(text, at)) and (value := _value(match["first"])):
            number, last, unit, at = value, _value(match["last"]), _unit(match["word"]), match.end()
        elif number is None and weekday is None and bare and (match := _BARE.match(text, at)):
            number, last, unit, at = int(match["first"]), _value(match["last"]), "bare", match.end()
        elif weekday is None and (found := weekday_at(text, at)):
            weekday, at = found
        else:
            break
        end = at
        at = _gap(text, at)
    before = line.cut(0, 0)
    rest = line.cut(_after(text, end)) if end else line
    if mention is None and anywhere:
        start = end
        late = next((m for m in find_dates(" " * end + text[end:], day_first=day_first) if m.start < 100), None)
        if late is not None:
            mention = late
            before, rest = _around(line, start, late)
            if number is not None:
                before, rest = line.cut(0, 0), before if not rest else rest if not before else _joined(line, start, late)
    if number is None and mention is None and weekday is None:
        return None
    if last is not None and (number is None or not number < last < number + 20):
        last = None
    return Label(number, last, unit, mention, weekday, before, rest)


def _first_gap(text: str) -> int:
    match = _FIRST_GAP.match(text)
    return match.end() if match else 0


def _gap(text: str, at: int) -> int:
    match = _GAP.match(text, at)
    return match.end() if match else at


def _after(text: str, end: int) -> int:
    """Where the words behind a label start; an opening bracket is theirs."""
    match = _AFTER.match(text, end)
    return match.end() if match else end


def _around(line: Line, start: int, mention: Mention) -> tuple[Line, Line]:
    """What stands before and behind a date, without the brackets and dashes that set it off."""
    head = line.text[: mention.start].rstrip()
    while head and head[-1] in "([,:;–—-|@":
        head = head[:-1].rstrip()
    begin = _after(line.text, start) if start else _first_gap(line.text)
    return line.cut(min(begin, len(head)), len(head)), line.cut(_after(line.text, mention.end))


def _joined(line: Line, start: int, mention: Mention) -> Line:
    """A numbered line's words where its date stands in their middle: those that are longer."""
    before, after = _around(line, start, mention)
    return before if len(before.text) >= len(after.text) else after


def _value(text: str | None) -> int | None:
    if not text:
        return None
    low = text.lower()
    return int(low) if low.isdigit() else _WORDS.get(low) or _ROMAN.get(low)


def _unit(word: str) -> str:
    for unit, pattern in (("week", _WEEK), ("session", _SESSION)):
        if re.fullmatch(pattern, word, re.IGNORECASE):
            return unit
    return "module"


def split_label(line: Line) -> tuple[str, Line]:
    """(role, words behind it) of a line such as "Reading: …"; role "" and the whole line where it has no known label."""
    match = _LABEL.match(line.text)
    if match and not any(link.start < match.end(1) - 1 and link.bare for link in line.links):
        role = role_of(match[1])
        if role:
            return role, line.cut(match.end())
    return "", line


def role_of(label: str) -> str:
    """What a label such as "Required readings" announces; empty where it is unknown."""
    low = " ".join(label.strip(" *_:.()[]").split())
    return next((role for role, pattern in _LABELS if re.fullmatch(pattern, low, re.IGNORECASE)), "")


def parts_of(line: Line, *, title: bool = False) -> list[Line]:
    """A line cut before each label that stands inside it: "Intro. Reading: Ch. 1. Due: HW0", and before "Essay 1 due." at its end.

    Args:
        title: It is a session's title, whose sentences are its own.
    """
    inside = [(link.start, link.end) for link in line.links if not link.bare]
    cuts = [
        match.start()
        for pattern in (_INNER, *(() if title else (_DUE_SENTENCE,)))
        for match in pattern.finditer(line.text)
        if match.start() > 0 and not any(a < match.start() < b for a, b in inside)
    ]
    bounds = [0]
    for at in sorted(set(cuts)):
        colon = line.text.find(":", at)
        if colon < 0 or not role_of(line.text[bounds[-1] : colon]):  # "HW Read: …" and "Guest speaker: …" are one label
            bounds.append(at)
    bounds.append(len(line.text))
    return [part for a, b in pairwise(bounds) if (part := line.cut(a, b))]


def is_none(text: str) -> bool:
    """Does a cell or a label's value say that there is nothing?"""
    return NONE.fullmatch(text) is not None


def bare_text(text: str) -> str:
    """Words without the marks around them: bullets, brackets that do not close, separators at the ends."""
    text = re.sub(r"^[\s•·●○▪*\-–—:;,.|/>]+|[\s;,:|/\-–—>]+$", "", text)
    if text.endswith(")") and text.count("(") < text.count(")"):
        text = text[:-1].rstrip()
    if text.startswith("(") and text.count("(") > text.count(")"):
        text = text[1:].lstrip()
    return text


def sentences_of(text: str) -> list[str]:
    """A line's sentences."""
    return [sentence.strip() for sentence in _SENTENCE.split(text) if sentence.strip()]
