"""Finds the plan in a file's blocks: tables of meetings, or headings, list items, terms and paragraphs that start with a week or a date.

A file may write dates in many places; the plan is the shape of line (say, headings of level 3) that most of them have. Other dated
lines stay what they are: facts of their section, where deadlines are looked for.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.syllabus.document import Block, Kind, Line
from ingest.syllabus.drafts import Draft, facts_of
from ingest.syllabus.items import Part
from ingest.syllabus.labels import BREAK, DUE, EXAM, OUT, WORK, Label, parse_label, role_of, split_label
from ingest.syllabus.tables import SCHEDULE, month_of, read_table

_NOT_PLAN = re.compile(
    r"\b(?:office hours?|important dates|key dates|deadlines?|due dates|staff|instructors?|teaching (?:team|assistants?)|grading"
    r"|grades|assessment|polic(?:y|ies)|late|exams?|contact|"
    r"honor|prerequisites?|references|announcements?|news|updates|changelog|bibliography|projects?|assignments?|homeworks?|coursework"
    r"|academic calendar|learning (?:goals|outcomes|objectives))\b",
    re.IGNORECASE,
)
_PROSE = 25  # words of a paragraph that is no note of a session any more
Shape = tuple[str, int]


@dataclass
class Plan:
    """What was found.

    Attributes:
        drafts: In the file's order.
        used: Indices of the blocks that belong to them.
    """

    drafts: list[Draft] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class _Start:
    at: int
    line: Line
    label: Label
    shape: Shape


def find_plan(blocks: Sequence[Block], *, day_first: bool = False) -> Plan:
    """The plan's entries."""
    trail = _with_titles_below(blocks, _trail(blocks))
    tables = _tables(blocks, trail, day_first)
    starts = [start for at in range(len(blocks)) if (start := _start(blocks, at, trail[at], day_first)) is not None]
    shape = _shape(starts, trail)
    chosen = [start for start in starts if start.shape == shape] if shape else []
    count = sum(len(drafts) for drafts in tables.values())
    plan = Plan()
    if (count >= 2 and count * 5 >= len(chosen) * 3) or (count and not chosen):
        for at, drafts in tables.items():
            plan.used.add(at)
            for draft in drafts:
                draft.at = at
            plan.drafts += drafts
        weeks = [s for s in starts if s.shape[0] == "heading" and s.label.number is not None]
        lone = [s for s in weeks if not any(s.at < at < _end(blocks, s, []) for at in tables)]
        if len(lone) < len(weeks):  # week headings with tables; those without one are entries themselves
            _add_lines(plan, blocks, trail, lone)
        plan.used |= {s.at for s in weeks if s not in lone and any(s.at < at < _end(blocks, s, []) for at in tables)}
    elif chosen:
        parents = [s for s in starts if _is_parent(s, shape, chosen)]
        _add_lines(plan, blocks, trail, chosen, parents)
    plan.drafts.sort(key=lambda draft: draft.at)
    return plan


def _trail(blocks: Sequence[Block]) -> list[list[Line]]:
    """For each block the headings that it stands under; a heading stands under those above it."""
    path: list[Line] = []
    trail = []
    for block in blocks:
        if isinstance(block, Line) and block.kind is Kind.HEADING:
            path = [line for line in path if line.level < block.level]
            trail.append(list(path))
            path.append(block)
        else:
            trail.append(list(path))
    return trail


def _title_below(blocks: Sequence[Block], at: int) -> Line | None:
    """The heading right below a paragraph that is a label and nothing else: the title of a card."""
    line, behind = blocks[at], blocks[at + 1] if at + 1 < len(blocks) else None
    if isinstance(line, Line) and line.kind is Kind.PARAGRAPH and isinstance(behind, Line) and behind.kind is Kind.HEADING:
        label = parse_label(line)
        if label is not None and not label.rest and parse_label(behind) is None:
            return behind
    return None


def _with_titles_below(blocks: Sequence[Block], trail: list[list[Line]]) -> list[list[Line]]:
    """A card's label does not stand under the title of the card before it."""
    made = list(trail)
    for at in range(len(blocks)):
        title = _title_below(blocks, at)
        if title is not None:
            made[at] = [line for line in trail[at] if line.level < title.level]
    return made


def headings_above(blocks: Sequence[Block]) -> list[list[Line]]:
    """For each block the headings that it stands under, outermost first."""
    return _trail(blocks)


def _tables(blocks: Sequence[Block], trail: Sequence[list[Line]], day_first: bool) -> dict[int, list[Draft]]:
    found = {}
    month = None
    for at, block in enumerate(blocks):
        if isinstance(block, Line):
            month = month_of(block.text) or (month if block.kind is not Kind.HEADING else month_of(block.text))
            continue
        names = [line.text for line in trail[at]]
        label = next((la for line in reversed(trail[at]) if (la := parse_label(line, day_first=day_first)) and la.unit == "week"), None)
        drafts = read_table(block, section=" ".join(names), number=label.number if label else None, month=month, day_first=day_first)
        if drafts and not (names and _NOT_PLAN.search(names[-1]) and not SCHEDULE.search(names[-1])):
            found[at] = drafts
    return found


def _start(blocks: Sequence[Block], at: int, above: Sequence[Line], day_first: bool) -> _Start | None:
    """What a line starts, if it starts a session."""
    line = blocks[at]
    if not isinstance(line, Line) or line.kind is Kind.DETAIL or not line.text:
        return None
    heading = line.kind in (Kind.HEADING, Kind.TERM)
    label = parse_label(line, anywhere=heading, day_first=day_first)
    if label is None or (label.number is None and label.mention is None):
        return None
    if label.unit == "module" and not label.mention and not heading:
        return None
    if label.mention is not None and label.number is None and label.before and _about_work(label.before.text):
        return None
    if not heading:
        if label.before or _in_words(label, line) or (line.text[-1:] == "," and len(line.text) > 40):
            return None
        if any(_NOT_PLAN.search(name.text) and not SCHEDULE.search(name.text) for name in above[-1:]):
            return None
    elif label.number is None and label.before and len(label.before.text) > 90:
        return None
    if any(_NOT_PLAN.search(name.text) and not SCHEDULE.search(name.text) for name in above[1:]) and label.unit not in ("week", "session"):
        return None
    bold = int(bool(line.strong_spans) and line.strong_spans[0][0] == 0)
    level = line.level if line.kind is not Kind.PARAGRAPH else 2 * line.level + (1 - bold)
    return _Start(at, line, label, (line.kind.value, level))


def _about_work(text: str) -> bool:
    return bool((WORK.search(text) or EXAM.search(text) or DUE.search(text)) and not re.search(r"\bpresentations?\b", text, re.IGNORECASE))


def _in_words(label: Label, line: Line) -> bool:
    """Is a label the beginning of a sentence: "Week 1 is about …", "On Sep 3 we …"?"""
    rest = line.text[len(line.text) - len(label.rest.text) :] if label.rest else ""
    head = line.text[: len(line.text) - len(rest)]
    return bool(rest) and rest[:1].islower() and not re.search(r"[:|)\]–—-]\s*$", head) and len(rest.split()) > 3


def _shape(starts: Sequence[_Start], trail: Sequence[list[Line]]) -> Shape | None:
    """The shape of line that the plan's entries have; None if there is no plan of lines."""
    counts = Counter(start.shape for start in starts)
    scores: dict[Shape, float] = {}
    for shape, count in counts.items():
        mine = [start for start in starts if start.shape == shape]
        in_schedule = any(SCHEDULE.search(" ".join(line.text for line in trail[start.at])) for start in mine)
        heads = shape[0] in (Kind.HEADING, Kind.TERM)
        strong = any(start.label.unit in ("week", "session") or start.label.mention for start in mine)
        least = 1 if heads and (in_schedule or any(s.label.unit == "week" for s in mine)) else 2 if heads or in_schedule else 3
        if count < least or not strong:
            continue
        works = sum(bool(_due_only(start.label.rest.text)) for start in mine)
        if works * 2 > count:
            continue
        dated = sum(start.label.mention is not None for start in mine)
        scores[shape] = count + (0.5 if heads else 0) + 0.1 * dated + (0.5 if in_schedule else 0)
    if not scores:
        return None
    best = max(scores, key=lambda shape: (scores[shape], shape[0] == "heading"))
    # Undated "Lecture 2" items under week headings are lines of their weeks, not meetings of the plan.
    if best[0] in (Kind.ITEM, Kind.PARAGRAPH):
        undated = all(s.label.mention is None for s in starts if s.shape == best)
        weeks = [
            shape
            for shape in scores
            if shape[0] in (Kind.HEADING, Kind.TERM) and any(s.label.unit == "week" for s in starts if s.shape == shape)
        ]
        if undated and weeks:
            return max(weeks, key=lambda shape: scores[shape])
    return best


def _due_only(text: str) -> bool:
    """Words that only say what is due or given out."""
    return bool(
        re.match(rf"\W*(?:{WORK.pattern})", text, re.IGNORECASE) and (DUE.search(text) or OUT.search(text)) and len(text.split()) < 9
    ) or bool(re.match(r"\W*(?:due|deadline|submit)\b", text, re.IGNORECASE))


def _is_parent(start: _Start, shape: Shape | None, chosen: Sequence[_Start]) -> bool:
    """A week's heading above the meetings of the plan."""
    if shape is None or start.shape == shape or start.label.unit != "week" or start.label.number is None:
        return False
    outer = start.shape[0] == Kind.HEADING and (shape[0] != Kind.HEADING or start.shape[1] < shape[1])
    return (outer or (start.shape[0] != Kind.HEADING and shape[0] == Kind.ITEM)) and any(other.at > start.at for other in chosen)


def _end(blocks: Sequence[Block], start: _Start, stops: Sequence[int]) -> int:
    """The index behind a start's last block."""
    line = start.line
    title = _title_below(blocks, start.at)
    end = next((at for at in stops if at > start.at), len(blocks))
    items = False
    for at in range(start.at + 1, end):
        block = blocks[at]
        if not isinstance(block, Line):
            if line.kind is not Kind.HEADING:
                return at
            continue
        if block.kind is Kind.HEADING and title is not None:
            if at > start.at + 1 and block.level <= title.level:
                return at
        elif block.kind is Kind.HEADING:
            if line.kind is not Kind.HEADING or block.level <= line.level:
                return at
        elif line.kind is Kind.TERM:
            if (block.kind is Kind.TERM and block.level <= line.level) or (block.kind is not Kind.DETAIL and block.level <= line.level):
                return at
        elif line.kind is Kind.ITEM and (block.level < line.level or (block.kind is Kind.ITEM and block.level == line.level)):
            return at
        items = items or block.kind is Kind.ITEM
        prose = block.kind is Kind.PARAGRAPH and block.level == 0 and len(block.text.split()) >= _PROSE
        if prose and end == len(blocks) and (items or line.kind is Kind.PARAGRAPH):
            return at  # the last session does not take the file's closing words
    return end


def _add_lines(
    plan: Plan, blocks: Sequence[Block], trail: Sequence[list[Line]], chosen: Sequence[_Start], parents: Sequence[_Start] = ()
) -> None:
    """Sessions of lines, week headings above them, and unlabelled neighbours of the same shape."""
    marks = sorted([*chosen, *parents], key=lambda start: start.at)
    others = _neighbours(blocks, trail, chosen, {start.at for start in marks})
    stops = sorted([start.at for start in marks] + [at for at, _ in others])
    week: _Start | None = None
    for start in marks:
        end = _end(blocks, start, stops)
        if start in parents:
            week = start
            mine = [c for c in chosen if start.at < c.at < _end(blocks, start, [p.at for p in parents if p.at > start.at])]
            if mine:
                plan.used.add(start.at)
                continue
        draft = _draft(blocks, start, end)
        if (
            start not in parents
            and week is not None
            and start.at < _end(blocks, week, [p.at for p in parents if p.at > week.at])
            and start.label.unit != "week"
        ):
            draft.number = week.label.number
        plan.drafts.append(draft)
        plan.used |= set(range(start.at, end))
    for at, line in others:
        end = _end(blocks, _Start(at, line, Label(None, None, "", None, None, line.cut(0, 0), line), ("", 0)), stops)
        draft = Draft(heading=line.text, at=at, parts=[Part("topic", line)])
        _take_lines(draft, blocks, at, end)
        plan.drafts.append(draft)
        plan.used |= set(range(at, end))


def _neighbours(blocks: Sequence[Block], trail: Sequence[list[Line]], chosen: Sequence[_Start], taken: set[int]) -> list[tuple[int, Line]]:
    """Headings and terms between the plan's entries, and of their level, that have neither week nor date: holidays, openings."""
    found = []
    if chosen and chosen[0].line.kind in (Kind.HEADING, Kind.TERM):
        first, last = chosen[0], chosen[-1]
        parent = (
            trail[first.at][-1:]
            if first.line.kind is Kind.HEADING and SCHEDULE.search(" ".join(t.text for t in trail[first.at][-1:]))
            else None
        )
        for at, block in enumerate(blocks):
            if not isinstance(block, Line) or at in taken or block.kind is not first.line.kind or block.level != first.line.level:
                continue
            inside = first.at < at < last.at
            beside = parent is not None and trail[at][-1:] == parent
            if (inside and trail[at][-1:] == trail[first.at][-1:]) or beside:
                found.append((at, block))
    return found


def _draft(blocks: Sequence[Block], start: _Start, end: int) -> Draft:
    draft = Draft(heading=start.line.text, at=start.at)
    draft.take(start.label, start.line.text)
    label = start.label
    event = re.fullmatch(r"\W*(?:break|event|holiday)\W*", label.before.text, re.IGNORECASE)
    if label.rest and label.before and not event and BREAK.search(label.before.text):
        draft.parts.append(Part("topic", label.before))
        draft.parts.append(Part("free", label.rest))
    elif label.rest and label.before:
        draft.parts.append(Part("topic", label.rest if event or len(label.rest.text) > 12 else label.before))
        if not event:
            draft.parts.append(Part("free", label.before if len(label.rest.text) > 12 else label.rest))
    elif label.rest or label.before:
        draft.parts.append(Part("topic", label.rest or label.before))
    _take_lines(draft, blocks, start.at, end)
    return draft


def _take_lines(draft: Draft, blocks: Sequence[Block], at: int, end: int) -> None:
    """The lines below an entry's first; where that has no topic, the first of them that is no label is it."""
    lines: list[Line] = []
    for block in blocks[at + 1 : end]:
        if isinstance(block, Line):
            lines.append(block)
        else:
            for row in block.rows:
                lines += [line for cell in row if not (cell.from_above or cell.from_left) for line in cell.lines]
    titled = any(split_label(line)[0] == "topic" for line in lines)
    need = not draft.parts and not titled
    for line in lines:
        text = line.text
        plain = (
            not re.match(r"\W*(?:abstract|bio|note|moderator|activity)\w*\s*:", text, re.IGNORECASE)
            and not (role_of(text.split(":")[0]) if ":" in text[:46] else role_of(text))
            and len(text.split()) <= _PROSE
            and not text.startswith("http")
        )
        if need and plain and not (BREAK.search(draft.before) if draft.before else False):
            draft.parts.append(Part("topic", line))
            need = False
        else:
            draft.parts.append(Part("free", line))
    draft.facts += facts_of(lines)
