"""From a session's lines to its topic, people, readings and what is due.

Every text that comes out stands in the file; what a line says of nothing of these stays a note.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.syllabus.document import Kind, Line
from ingest.syllabus.labels import DUE, EXAM, OUT, WORK, bare_text, is_none, parts_of, role_of, sentences_of, split_label
from ingest.syllabus.model import ReadingRef
from ingest.syllabus.people import People, listed
from ingest.syllabus.readings import MATERIAL, MATERIAL_START, is_material, only_material, readings_of

_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_AT = re.compile(r"\s*@\s*([A-Z][\w. -]*(?:\s*\+\s*[A-Z][\w-]*)*)\s*$")
_TIME = re.compile(r"\d{1,2}(?::\d\d)?\s*(?:[ap]\.?m\.?)\b|\b\d{1,2}:\d\d\b|\b\d{1,2}\s*(?:h|uhr)\b", re.IGNORECASE)
_UNKNOWN = re.compile(r"\W*(?:tba|tbd|tbc|todo|to be (?:announced|determined|decided|confirmed)|n/?a|none|-+|–|—|\?+)?\W*", re.IGNORECASE)
_NO_CLASS = re.compile(
    r"\W*(?:no class(?:es)?|no lectures?|no meeting|optional|cancell?ed|online|remote|virtual|zoom|in[- ]person|asynchronous|hybrid)\W*",
    re.IGNORECASE,
)
_URL = re.compile(r",?\s*https?://\S+")
_READ = re.compile(r"\W*(?:read(?:ing)?s?)\b\W*", re.IGNORECASE)
_GIVEN_OUT = re.compile(r"\b(?:out|released|posted|assigned)\b", re.IGNORECASE)
_OPEN = ("free", "topic", "speaker-line")  # roles that a label on the line itself overrules
_VERB = re.compile(r"\W*Read\s+(?=\S)")


@dataclass
class Items:
    """What a session's lines say."""

    topics: list[str] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)
    readings: list[ReadingRef] = field(default_factory=list)
    due: list[str] = field(default_factory=list)
    released: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add_reading(self, reading: ReadingRef) -> None:
        """Once each: by arXiv id, address or title."""
        for n, other in enumerate(self.readings):
            same_id = reading.arxiv is not None and reading.arxiv == other.arxiv
            same_url = reading.url is not None and reading.url == other.url
            if same_id or same_url or (reading.title and reading.title == other.title and not (reading.url and other.url)):
                if not other.title and reading.title:
                    self.readings[n] = ReadingRef(reading.title, other.arxiv or reading.arxiv, other.url or reading.url)
                return
        self.readings.append(reading)


@dataclass(frozen=True)
class Part:
    """A line of a session with what its column or label says it is; role "free" where nothing does."""

    role: str
    line: Line
    column: str = ""
    statuses: bool = False  # its column says "out" and "due", so that what says neither is not due


def read_items(parts: Sequence[Part], people: People) -> Items:
    """Sort a session's lines into what they say.

    Args:
        parts: In the file's order; lines of a heading's or a row's topic have the role "topic".
    """
    items = Items()
    announced_role, depth = "", 0  # of a line such as "Readings:", for what stands under it
    listing = False  # its list has begun
    for part in parts:
        for line in parts_of(part.line, title=part.role == "topic") if part.role in (*_OPEN, "reading") else [part.line]:
            if not bare_text(line.text):
                continue
            role, value = part.role, line
            if role in _OPEN or role in ("reading", "work", "note", "material") or line.kind is Kind.HEADING:
                label, behind = split_label(line)
                if line.kind is Kind.HEADING and not label:
                    label, behind = role_of(line.text), line.cut(len(line.text))
                if not label and line.text.endswith(":"):
                    label, behind = role_of(line.text), line.cut(len(line.text))
                if role not in _OPEN and label not in ("due", "out", "work", "reading", "speaker", "material"):
                    label = ""
                if label == "topic" and items.topics and part.role == "free":
                    label = ""  # a session has its title already
                if label:
                    role, value = label, behind
                    announced_role, depth, listing = (
                        (label, 0 if line.kind is Kind.HEADING else line.level, False) if not behind else ("", 0, False)
                    )
                elif announced_role and (
                    (listing and line.kind is Kind.PARAGRAPH and line.level <= depth) or (_is_work(line.text) and OUT.search(line.text))
                ):
                    announced_role = ""
                elif (announced_role and (line.level > depth or (line.kind is Kind.ITEM and depth == 0))) or (
                    announced_role and line.level == depth and line.kind is Kind.PARAGRAPH and depth == 0 and role == "free"
                ):
                    role = announced_role
                elif line.level <= depth or line.kind is Kind.HEADING:
                    announced_role = ""
            listing = listing or (bool(announced_role) and line.kind is Kind.ITEM)
            _place(items, role, value, line, part, people)
    return items


def _place(items: Items, role: str, value: Line, line: Line, part: Part, people: People) -> None:
    """One line, by what it is about."""
    if not value and role not in _OPEN:
        return
    if role == "topic":
        _topic(items, value, people)
    elif role == "speaker":
        one = (
            re.search(r"\b(?:speaker|guest|lecturer|presenter|talk)\s*:", line.text, re.IGNORECASE) is not None
        )  # then a firm follows its comma
        names = listed(value.text, one=one) or people.announced(value.text)
        items.speakers += [name for name in names if name not in items.speakers]
    elif role in ("reading", "homework reading"):
        if role == "homework reading":
            items.due.append(bare_text(_URL.sub("", line.text)))  # "HW Read: …" is both
            for reading in readings_of(value):
                items.add_reading(reading)
            return
        if DUE.search(value.text) and WORK.search(value.text) and not value.links:
            _work(items, value, line, part)
            return
        for reading in readings_of(value):
            items.add_reading(reading)
    elif role in ("due", "work", "out"):
        _work(items, value, line, part, role)
    elif role == "lab":  # held in class; handed in only where it says so
        _work(items, value, line, replace(part, statuses=True))
    elif role == "place":
        items.places.append(value.text)
    elif role in ("material", "time", "date", "number"):
        verb = _VERB.match(value.text)  # "Read <a chapter>" among the slides
        for reading in readings_of(value.cut(verb.end()) if verb else value, certain=verb is not None):
            items.add_reading(reading)
    else:
        _free(items, line, part, people)


def _topic(items: Items, value: Line, people: People) -> None:
    """A title: what is due, who speaks, where, and links to slides are taken off it."""
    text, statuses, works = _without_status(value)
    items.due += statuses
    items.released += works
    named = readings_of(value, certain=False)
    for reading in named:
        items.add_reading(reading)
    for link in reversed(value.links):
        if any(reading.url == link.url for reading in named) and re.search(r"\w{2}.*[:–—|-]\s*[\[(]?$", value.text[: link.start]):
            text = _drop(text, link.text)  # "Oversight: [a paper]"
        if not link.bare and is_material(link.text, link.url, certain=False) and MATERIAL.fullmatch(link.text):
            text = _drop(text, link.text)
    if place := _AT.search(text):
        items.places.append(place[1])
        text = text[: place.start()]
    found = people.announced(text)
    if found and (match := re.search(r"(?<=\w{3})[\s:,;–—|-]+(?:led|presented|taught|given) by\b[^;]*$", text)):
        text = text[: match.start()]
    for match in reversed(list(_BRACKET.finditer(text))):
        inner = match[1].strip()
        if not inner or MATERIAL.fullmatch(inner):
            text = text[: match.start()] + text[match.end() :]
        elif names := people.in_brackets(inner) if not found else []:
            found += [name for name in names if name not in found]
            text = text[: match.start()] + text[match.end() :]
        elif _TIME.search(inner) and len(inner) < 25:
            text = text[: match.start()] + text[match.end() :]
    behind = re.search(r"\s[—–-]\s+([^—–]+?)\s*(?:\([^()]*\))?\s*$", text)
    if behind and not found and len(behind[1].split()) in (2, 3) and people.may_be_name(behind[1]):
        found, text = [behind[1]], text[: behind.start()]
    head, comma, tail = text.rpartition(",")
    if titled := re.search(r"[,;–—-]\s*(?:Prof|Dr)\b", text):
        text = text[: titled.start()] if titled.start() > 0 else text
    elif comma and not found and len(tail.split()) in (2, 3) and people.may_be_name(tail.strip()) and len(head.split()) > 1:
        found, text = [tail.strip()], head
    elif not found and (match := re.match(r"(.+?) from [A-Z]", text)) and people.may_be_name(match[1]):
        found = [match[1]]
    items.speakers += [name for name in found if name not in items.speakers]
    text = bare_text(_URL.sub("", text)).rstrip(".") if not text.strip().endswith("..") else bare_text(text)
    if text and not _UNKNOWN.fullmatch(text) and not (value.links and MATERIAL.fullmatch(text) and only_material(value)):
        items.topics.append(text)


def _without_status(line: Line) -> tuple[str, list[str], list[str]]:
    """A title without labels such as "HW1 DUE", what they say is due, and what they say is given out."""
    text = line.text
    due: list[str] = []
    out: list[str] = []
    spans = [bare_text(line.text[a:b]) for a, b in line.strong_spans] if line.strong_spans != [(0, len(line.text))] else []
    clauses = [bare_text(clause) for clause in re.split(r"[;|()\[\]]|,\s|\.\s|\s[–—-]\s", text)]
    for piece in [*spans, *clauses]:
        if piece and piece in text and (kind := _status(piece)):
            (due if kind == "due" else out).append(piece)
            text = _drop(text, piece)
    return text, due, out


def _status(piece: str) -> str:
    """ "due" or "out" for words such as "HW1 DUE" that are no title."""
    if len(piece) > 60 or not (WORK.search(piece) or re.search(r"\bdue\b", piece, re.IGNORECASE)):
        return ""
    if re.search(r"\b(?:due|deadline)\b", piece, re.IGNORECASE):
        return "due"
    if re.search(r"\b(?:out|released|posted|assigned)\b\W*$", piece, re.IGNORECASE):
        return "out"
    return ""


def _drop(text: str, piece: str) -> str:
    """The text without a piece and what set it off."""
    at = text.find(piece)
    if at < 0:
        return text
    head, tail = text[:at].rstrip(), text[at + len(piece) :].lstrip()
    if head.endswith(("(", "[")) and tail.startswith((")", "]")):
        head, tail = head[:-1].rstrip(), tail[1:].lstrip()
    if not head or head[-1] in ";,|–—-":
        tail = tail.lstrip(";,|–—- ")
    head = head.rstrip(",|–—- ") if not tail or tail[0] in ";,|.–—-" else head
    return f"{head} {tail}".strip() if tail[:1] not in (";", ",", ".") else f"{head}{tail}".strip()


def _work(items: Items, value: Line, line: Line, part: Part, role: str = "work") -> None:
    """What is handed in; what is given out is remembered too, for days that have nothing else."""
    for reading in readings_of(value, certain=False):
        items.add_reading(reading)
    labelled = value.text != line.text and role != "due"
    whole = line if labelled else value
    for segment in _segments(whole):
        if re.match(
            r"\W*(?:read|reading)\b(?! (?:response|report|reflection|quiz|summary|log))", segment.text, re.IGNORECASE
        ) and not DUE.search(segment.text):
            for reading in readings_of(segment.cut(_READ.match(segment.text).end())):  # type: ignore[union-attr]
                items.add_reading(reading)
            continue
        text = bare_text(_links_off(segment))
        if not text or is_none(text) or (role != "due" and MATERIAL_START.match(text)) or (_material_word(text) and not DUE.search(text)):
            continue
        says_due, says_out = bool(DUE.search(text)), bool((_GIVEN_OUT if role == "due" else OUT).search(text)) or role == "out"
        if says_out and (not says_due or re.search(r"\bout\b|\breleased?\b|\bassigned\b", text, re.IGNORECASE)):
            items.released.append(text)
            if says_due:
                items.notes.append(text)  # "HW1 out, due Sep 12": a deadline of another day
        elif (
            says_due
            or role == "due"
            or (not part.statuses and (WORK.search(text) or labelled or part.role == "work") and not _exam_only(text))
        ):
            items.due.append(text.rstrip("."))
        elif not part.statuses:
            items.notes.append(text)


def _material_word(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"\W*(?:code|preview|leaderboard|solutions?|starter(?: code)?|handout|template|pdf|link|data|latex|tex|zip|colab|rubric"
            r"|instructions?|spec|video|slides?|github|submit|gradescope)\W*",
            text,
            re.IGNORECASE,
        )
    )


def _exam_only(text: str) -> bool:
    return bool(EXAM.search(text)) and not WORK.search(EXAM.sub("", text))


def _segments(line: Line) -> list[Line]:
    """A line's statements: parted at semicolons, and at commas where each part speaks of a piece of work of its own."""
    bounds = [0, *(m.end() for m in re.finditer(r";\s*|\s\|\s", line.text)), len(line.text)]
    segments = [line.cut(a, b) for a, b in pairwise(bounds)]
    made: list[Line] = []
    for segment in segments:
        cuts = [0, *(m.end() for m in re.finditer(r",\s+|\.\s+|\s+(?:and|&)\s+", segment.text)), len(segment.text)]
        pieces = [segment.cut(a, b) for a, b in pairwise(cuts)]
        own = len(pieces) > 1 and all((WORK.search(p.text) and len(p.text.split()) <= 6) for p in pieces if p.text)
        statuses = own and sum(bool(DUE.search(p.text) or OUT.search(p.text)) for p in pieces)
        made += pieces if own and (not statuses or statuses == len(pieces)) else [segment]
    return [segment for segment in made if segment]


def _links_off(line: Line) -> str:
    """A line's words without links to code, previews and the like in brackets."""
    text = line.text
    for link in reversed(line.links):
        if link.bare:
            text = text[: link.start].rstrip(" :(,") + text[link.end :]
        elif _material_word(link.text):
            text = text[: link.start].rstrip(" [(") + text[link.end :].lstrip(" ])")
    return text


def _free(items: Items, line: Line, part: Part, people: People) -> None:
    """A line that nothing announces: who speaks, what is due, papers it links; else a note."""
    text = bare_text(line.text)
    verb = _VERB.match(line.text)
    readings = readings_of(line.cut(verb.end()) if verb and line.links else line, certain=bool(verb and line.links))
    for reading in readings:
        items.add_reading(reading)
    if only_material(line) and not _is_work(text):
        return
    if names := people.at_line(line) if part.role == "speaker-line" else []:
        items.speakers += [name for name in names if name not in items.speakers]
        return
    told = next((sentence for sentence in sentences_of(bare_text(_links_off(line))) if _is_work(sentence)), "")
    if told:
        items.notes += [sentence for sentence in sentences_of(text) if sentence != told and told in text and not _is_work(sentence)]
        text = told
        if OUT.search(text) and not re.search(r"\bdue\b", text, re.IGNORECASE):
            items.released.append(text)
        else:
            items.due.append(text.rstrip("."))
        return
    if names := people.announced(text) if len(text) < 120 else []:
        items.speakers += [name for name in names if name not in items.speakers]
    if not readings and not is_none(text):
        items.notes.append(text)


def _is_work(text: str) -> bool:
    """Does a line by itself speak of work to hand in? It starts with it ("HW1 …"), or says that it is due."""
    if re.search(r"\b(?:is|are)? ?\bdue\b|\bdeadline\b|\bhand in\b|\bturn in\b", text, re.IGNORECASE) and len(text.split()) <= 30:
        return not re.search(r"\bdue to\b", text, re.IGNORECASE)
    starts = re.match(
        r"(?:homework|hw|assignment|coursework|problem set|pset|ps|exercise|lab(?: report)?|project (?:proposal|milestone|report)"
        r"|mini-project|milestone|essay)\s*#?\d+\b(?!\s*(?:review|discussion|solutions?|recap|help|session|walk))",
        text, re.IGNORECASE,
    )  # fmt: skip
    return bool(starts) and not (EXAM.search(text) and not starts) and len(text.split()) <= 30


def join_topics(topics: Iterable[str]) -> str:
    """Several titles as one line."""
    return "; ".join(dict.fromkeys(topics))


def says_no_class(text: str) -> bool:
    """Is a title nothing but a remark that there is no class?"""
    return _NO_CLASS.fullmatch(text) is not None
