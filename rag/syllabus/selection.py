"""Which entries of the plan a question's words for time mean: days, weeks by number, classes by order, before and after a break."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from rag.lexical import stems
from rag.syllabus.periods import EARLIEST, LATEST, find_periods
from rag.syllabus.plan import Item, Plan

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth".split()
_NTH = rf"(?:({'|'.join(_ORDINALS)})|(\d{{1,2}})(?:st|nd|rd|th))"
_MEETING = r"(?:class|lecture|session|meeting|seminar)"
_WEEKS = re.compile(
    r"\b(?:weeks?|wks?)\s*#?(\d{1,2})\b(?:\s*(,|and|&|or|to|through|-|–)\s*(?:(?:weeks?|wks?)\s*)?#?(\d{1,2})\b)?", re.IGNORECASE
)
_NTH_WEEK = re.compile(rf"\b(?:the\s+)?{_NTH}\s+(?:week|wk)\b", re.IGNORECASE)
_LAST_WEEK = re.compile(r"\b(?:the\s+(?:very\s+)?last|(?:the\s+)?final)\s+week\b|\blast week of\b", re.IGNORECASE)
_NTH_MEETING = re.compile(rf"\b(?:the\s+|our\s+)?{_NTH}\s+{_MEETING}\b|\b{_MEETING}\s*#?\s*(\d{{1,2}})\b", re.IGNORECASE)
_NEXT_MEETING = re.compile(
    rf"\b(?:the\s+|our\s+)?(?:next|coming|upcoming|following)\s+{_MEETING}(?:'s)?\b(?!\s+(?:break|holiday))", re.IGNORECASE
)
_AFTER_NEXT = re.compile(rf"\b(?:the\s+)?{_MEETING}\s+after\s+(?:the\s+)?next(?:\s+one)?\b", re.IGNORECASE)
_PREVIOUS = re.compile(rf"\b(?:the\s+|our\s+)?(?:previous|most recent)\s+{_MEETING}\b", re.IGNORECASE)
_LAST_MEETING = re.compile(rf"\b(?:(?:the|our)\s+)?(?:very\s+)?(?:last|final)\s+{_MEETING}\b", re.IGNORECASE)
_FIRST_DAY = re.compile(r"\b(?:the|our)\s+(?:very\s+)?first day\b(?!\s+of)", re.IGNORECASE)
_PAST = re.compile(r"\b(?:did|was|were|had|missed|miss|covered|discussed)\b", re.IGNORECASE)
_ROUND_BREAK = re.compile(
    r"\b(?:right\s+|directly\s+)?(after|before|during|over|on|until|till)\s+(?:the\s+)?"
    r"((?:[\w'-]+\s+){0,3}?(?:break|holidays?|festival|vacation|recess)|thanksgiving|new year)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Selection:
    """What a question's words for time mean.

    Attributes:
        items: Entries of the plan, in order.
        spans: The days meant, inclusive; empty where the plan has no dates.
        left: The question without these words.
        by_days: Days were named, rather than entries such as week 5 or the next class.
        relative: It depends on what day it is.
        counted: A week that the plan does not number, with its days: it was counted from the first class.
    """

    items: tuple[Item, ...]
    spans: tuple[tuple[date, date], ...]
    left: str
    by_days: bool
    relative: bool
    counted: tuple[int, date, date] | None = None


@dataclass
class _Found:
    items: list[Item] = field(default_factory=list)
    spans: list[tuple[date, date]] = field(default_factory=list)
    cut: list[tuple[int, int]] = field(default_factory=list)
    by_days: bool = False
    relative: bool = False
    counted: tuple[int, date, date] | None = None

    def add(self, match: re.Match[str], items: list[Item], *, relative: bool = False) -> None:
        self.items += items
        self.spans += [(item.first, item.last) for item in items if item.first and item.last]
        self.cut.append(match.span())
        self.relative = self.relative or relative


def select(text: str, plan: Plan, today: date) -> Selection | None:
    """What the words for time in a question mean; None if there are none."""
    found = _Found()
    _breaks(text, plan, found)
    _weeks(text, plan, found)
    _meetings(text, plan, today, found)
    left = _without(text, found.cut)
    cut: list[tuple[int, int]] = []
    for period in find_periods(left, today, plan.year_of):
        first = period.first if period.first != EARLIEST else plan.first or period.first
        last = period.last if period.last != LATEST else plan.last or period.last
        items = plan.between(first, last) if first <= last else []
        if not items and period.first == period.last and not period.relative:
            day = (period.first.month, period.first.day)
            items = [item for item in plan.items if item.first is None and item.session.month_day == day]
        found.items += items
        found.spans.append((first, max(first, last)))
        found.by_days = True
        found.relative = found.relative or period.relative
        cut.append((period.start, period.end))
    if not found.cut and not cut:
        return None
    items = [item for n, item in enumerate(found.items) if item not in found.items[:n]]
    return Selection(tuple(items), tuple(found.spans), _without(left, cut), found.by_days, found.relative, found.counted)


def weeks_named(text: str) -> set[int]:
    """Numbers of the weeks that a text names ("week 5", "weeks 5 to 7", "the third week")."""
    weeks = {number for match in _WEEKS.finditer(text) for number in _range(match)}
    return weeks | {_nth(match) for match in _NTH_WEEK.finditer(text)}


def _range(match: re.Match[str]) -> range | tuple[int, ...]:
    first = int(match[1])
    if match[3] is None:
        return (first,)
    last = int(match[3])
    return range(first, last + 1) if match[2].lower() in ("to", "through", "-", "–") else (first, last)


def _nth(match: re.Match[str]) -> int:
    return _ORDINALS.index(match[1].lower()) + 1 if match[1] else int(match[2])


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {' ' * (end - start)}{text[end:]}"
    return text


def _weeks(text: str, plan: Plan, found: _Found) -> None:
    named = [(match, number) for match in _WEEKS.finditer(text) for number in _range(match)]
    named += [(match, _nth(match)) for match in _NTH_WEEK.finditer(text)]
    count = plan.weeks()
    if count is not None:
        named += [(match, count) for match in _LAST_WEEK.finditer(text)]
    for match, number in named:
        items, span, counted = plan.week(number)
        found.add(match, items)
        if span is not None:
            found.spans.append(span)
            # Breaks, dinners and deadlines of that week stand beside its entry.
            found.items += [item for item in plan.between(*span) if item.session.number is None and not counted]
            if counted:
                found.counted = (number, *span)


def _meetings(text: str, plan: Plan, today: date, found: _Found) -> None:
    for match in _AFTER_NEXT.finditer(text):
        found.add(match, plan.following(today, skip=1), relative=True)
    for match in _NEXT_MEETING.finditer(text):
        # On a day with class, some mean this one and some the one after it.
        ahead = plan.following(today)
        found.add(match, ahead + plan.following(today, skip=1) if any(item.first == today for item in ahead) else ahead, relative=True)
    for match in _PREVIOUS.finditer(text):
        found.add(match, plan.preceding(today), relative=True)
    for match in _LAST_MEETING.finditer(text):
        past = _PAST.search(text) and "final" not in match.group().lower()
        found.add(match, plan.preceding(today) if past else plan.classes[-1:], relative=bool(past))
    for match in _FIRST_DAY.finditer(text):
        found.add(match, plan.classes[:1])
    for match in _NTH_MEETING.finditer(text):
        number = int(match[3]) if match[3] else _nth(match)
        # "The first class" is the first that meets, whatever numbers the plan gives.
        found.add(match, plan.meeting(number) if match[3] or number > 1 else plan.classes[:1])


def _breaks(text: str, plan: Plan, found: _Found) -> None:
    """ "after spring break", "before the Qingming holiday"."""
    for match in _ROUND_BREAK.finditer(text):
        off = [item for item in plan.items if item.off and item.first and item.last]
        named = set(stems(match[2])) - set(stems("break holiday holidays festival vacation recess"))
        off = [item for item in off if named <= set(stems(f"{item.session.heading} {item.session.topic}"))] if named else off
        if not off or (not named and len({item.session.topic for item in off}) > 1):
            continue
        first, last = min(item.first for item in off if item.first), max(item.last for item in off if item.last)
        word = match[1].lower()
        if word == "after":
            found.add(match, plan.following(last + timedelta(days=1)))
        elif word == "before":
            found.add(match, plan.preceding(first))
        elif word in ("during", "over", "on"):
            found.add(match, sorted(off, key=lambda item: item.first or date.min))
