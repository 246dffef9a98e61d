"""Which year a syllabus' days are in: from full dates, the term, the file's name, and the weekdays that it writes beside its days.

Evidence that does not fit is left out: "Spring 2025" in a plan that runs from September to December is about another course.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.syllabus.dates import Mention, find_dates
from ingest.syllabus.document import Kind, Source

_SEASONS = {
    "fall": "fall", "autumn": "fall", "fa": "fall", "f": "fall", "au": "fall", "herbst": "fall", "michaelmas": "fall", "automne": "fall",
    "spring": "spring", "sp": "spring", "s": "spring", "spr": "spring", "lent": "spring", "hilary": "spring", "frühjahr": "spring",
    "printemps": "spring", "sommersemester": "spring", "sose": "spring", "ss": "spring",
    "summer": "summer", "su": "summer", "sum": "summer", "trinity": "summer", "easter term": "summer",
    "winter": "winter", "wi": "winter", "w": "winter", "wintersemester": "winter", "wise": "winter", "ws": "winter",
}  # fmt: skip
_LONG = "|".join(sorted((re.escape(s) for s in _SEASONS if len(s) > 3), key=len, reverse=True))
_YEARS = r"(?P<year>20\d\d|['’]\d\d)(?:\s*[/–-]\s*(?P<next>20\d\d|\d\d))?(?!\d)"
_TERM = re.compile(
    rf"\b(?P<season>{_LONG}|WS|SS|WiSe|SoSe|FA|SP|AU|SU|WI)\b(?:\s+(?:term|semester|quarter|session|trimester))?,?\s*{_YEARS}",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(rf"\b{_YEARS.replace('?P<year>', '?P<year>')}\s*,?\s*(?P<season>{_LONG})\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:semester|term|trimester|quarter|block)\s+(?:[1-4]|I{1,3}|one|two)\s*,?\s*(?:of\s+)?(?P<year>20\d\d)\b", re.IGNORECASE
)
_SHORT = re.compile(
    r"(?<![A-Za-z0-9])(?P<season>fall|spring|summer|winter|autumn|fa|sp|spr|su|wi|au|f|s|w)[-_]?(?P<year>20\d\d|[12]\d)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_ACADEMIC = re.compile(r"\b(?P<year>20\d\d)\s*[-–/]\s*(?P<next>20\d\d|\d\d)\b(?![-/.]\d)")
_YEAR = re.compile(r"(?<![\d/.])20\d\d(?![\d/])")
_ARXIV_MONTH = re.compile(r"arxiv\.org/\w+/+(\d\d)(\d\d)\.\d{4,5}", re.IGNORECASE)
_NAMES = {"fall": "Fall", "spring": "Spring", "summer": "Summer", "winter": "Winter"}
_SURE, _LIKELY, _HINT = 6, 3, 1  # how much a piece of evidence weighs


@dataclass(frozen=True)
class Term:
    """A term that a text names: its words, season and first year."""

    text: str
    season: str | None
    year: int
    crosses: bool = False
    weight: int = _HINT

    def start_year(self, month: int) -> int | None:
        """The year of a course of this term whose first day is in `month`; None if that cannot be."""
        if self.crosses:
            return self.year if month >= 7 else self.year + 1
        fits = {"fall": range(7, 13), "spring": range(1, 7), "summer": range(4, 10), "winter": (9, 10, 11, 12, 1, 2, 3), None: range(1, 13)}
        if self.season == "winter" and month == 12:
            return self.year - 1
        if self.season == "spring" and month in (11, 12):
            return self.year - 1
        return self.year if month in fits[self.season] else None


def find_terms(text: str, weight: int = _HINT) -> list[Term]:
    """Terms such as "Fall 2024", "WS 2024/25", "2024 Spring", "Semester 1, 2025"."""
    found = []
    for pattern in (_TERM, _YEAR_FIRST, _NUMBERED):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            season = _SEASONS[groups["season"].lower()] if groups.get("season") else None
            year = int(groups["year"].lstrip("'’"))
            found.append(Term(match[0].strip(), season, year + 2000 if year < 100 else year, bool(groups.get("next")), weight))
    if not found:
        for match in _ACADEMIC.finditer(text):
            if int(match["next"]) % 100 == (int(match["year"]) + 1) % 100:
                found.append(Term(match[0], None, int(match["year"]), crosses=True, weight=weight))
    return found


def short_terms(text: str, weight: int = _LIKELY) -> list[Term]:
    """Terms in names and paths: "f24", "sp2025", "fall-2024"; their words are written out."""
    found = []
    for match in _SHORT.finditer(text):
        season, year = _SEASONS[match["season"].lower()], int(match["year"])
        year = year + 2000 if year < 100 else year
        found.append(Term(f"{_NAMES[season]} {year}", season, year, weight=weight))
    return found


def terms_of(source: Source) -> list[Term]:
    """All terms that a file names, those of its title, front matter and first headings weighing most."""
    found: list[Term] = [term for text in (source.title, *(value for _, value in source.front)) for term in find_terms(text, _SURE)]
    for number, line in enumerate(source.lines):
        own = bool(re.match(r"\W*(?:term|semester|quarter|session)\b", line.text, re.IGNORECASE))
        top = number < 12 and (line.kind is Kind.HEADING or len(line.text) < 80)
        found += find_terms(line.text, _SURE if own or top else _HINT)
    found += [
        term for key, value in source.front for term in short_terms(value, _LIKELY) if key in ("layout", "permalink", "term", "semester")
    ]
    return found + short_terms(source.name)


def first_year(source: Source, terms: Sequence[Term], days: Sequence[Mention], *, today: date) -> int | None:
    """The year of the first of a plan's days; None where nothing tells it.

    Args:
        days: The plan's, in order.
        today: No year after the next is guessed from weekdays.
    """
    if not days:
        return None
    start = days[0].month
    votes: Counter[int] = Counter()
    for term in terms:
        year = term.start_year(start)
        if year is not None:
            votes[year] += term.weight
    for mention, weight in _full_dates(source, days):
        if mention.year is not None:
            votes[mention.year - (mention.month < start - 1)] += weight
    for text in (source.title, *(value for key, value in source.front if "title" in key or key in ("date", "year"))):
        for found in _YEAR.findall(text):
            votes[int(found)] += _LIKELY
    dated = [mention for mention in days if mention.weekday is not None]
    if votes:
        return max(votes, key=lambda year: (votes[year] * (1.0 if _share(dated, start, year) >= 0.5 else 0.2), year))
    least = max(_years_named(source), default=0)
    years = range(least, today.year + 2) if least else range(today.year + 1, today.year - 12, -1)
    return next((year for year in years if dated and _share(dated, start, year) >= 0.8), None)


def on(mention: Mention, start_month: int, start_year: int | None) -> date | None:
    """The day of a mention in a plan that starts in a month of a year; None where its year is not known."""
    year = mention.year
    if year is None and start_year is not None:
        year = start_year + (mention.month < start_month - 1 or (start_month == 12 and mention.month < 12))
    return as_date(year, mention.month, mention.day)


def end_of(mention: Mention, first: date | None) -> date | None:
    """The last day of a range, None for a single day."""
    if mention.until is None or first is None:
        return None
    year, month, day = mention.until
    return as_date(year or first.year + (month < first.month), month, day)


def as_date(year: int | None, month: int, day: int) -> date | None:
    """A day, or None where its year is not known or has no such day."""
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None  # 29 February of another year


def _share(dated: Sequence[Mention], start: int, year: int) -> float:
    """How many of the days fall on the weekday written beside them; 1 where none is written."""
    hits = [(day := on(mention, start, year)) is not None and day.weekday() == mention.weekday for mention in dated]
    return sum(hits) / len(hits) if hits else 1.0


def _full_dates(source: Source, days: Iterable[Mention]) -> Iterable[tuple[Mention, int]]:
    for mention in days:
        yield mention, _SURE
    for line in source.lines:
        for mention in find_dates(line.text):
            if mention.year is not None:
                yield mention, _HINT


def _years_named(source: Source) -> Iterable[int]:
    """Years at or after which the file was written: of papers that it links, of works that it cites."""
    for line in source.lines:
        for link in line.links:
            if (match := _ARXIV_MONTH.search(link.url)) and int(match[1]) < 60 and 1 <= int(match[2]) <= 12:
                yield 2000 + int(match[1])
        yield from (int(year) for year in re.findall(r"\((20[0-4]\d)\)", line.text))
