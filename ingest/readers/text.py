"""Reads plain text: paragraphs between blank lines, wrapped lines joined, headings and tables known by how people type them."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.documents import Block, Document, Kind
from ingest.readers.decoding import read_text, tidy

_UNDERLINE = re.compile(r"^\s*([=\-~*#^])\1{2,}\s*$")
_NUMBERED = re.compile(r"^((?:\d{1,2}|[A-Z])(?:\.\d{1,2}){0,3})[.)]?\s+(?=[A-Z“\"])")
_NAMED = re.compile(r"^(?:chapter|part|section|appendix|book)\s+(?:\d{1,3}|[ivxlcIVXLC]{1,7}|[A-Z])\b", re.IGNORECASE)
_BARE = re.compile(r"^(?:abstract|introduction|conclusions?|references|bibliography|acknowledge?ments?|appendix|summary)$", re.IGNORECASE)
_REFERENCES = re.compile(r"^(?:[\dA-Z.]+\s+)?(?:references|bibliography)$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[-*•‣◦–—]\s+(?=\S)")
_ITEM = re.compile(r"^\s*\(?(?:\d{1,3}|[a-z])[.)]\s+(?=\S)")
_GAP = re.compile(r"(?<=[^\s.!?:])(?:\t+| {2,})(?=\S)|(?<!\s)\s+\|\s+")
_TOP = 1  # numbered "1", named and bare headings; "1.1" is one below


@dataclass(frozen=True)
class _Heading:
    level: int
    title: str


def read_plain_text(path: Path) -> Document:
    """The blocks of a text file; it has no pages.

    Raises:
        SourceError: It is another kind of file, or neither UTF-8 nor marked as UTF-16.
    """
    return Document(tuple(parse_plain_text(read_text(path))), pages=0)


def parse_plain_text(text: str) -> list[Block]:
    """Blocks of plain text, in its order."""
    groups = [group for chunk in _groups(tidy(text).split("\n")) for group in _without_underlines(chunk)]
    blocks: list[Block] = []
    path: list[_Heading] = []
    marks: list[str] = []  # characters of underlines in the order in which they came: the first is the highest level
    for n, group in enumerate(groups):
        heading = _heading(groups, n, marks)
        if heading is not None:
            path = [*(above for above in path if above.level < heading.level), heading]
            continue
        section = " > ".join(above.title for above in path)
        references = any(_REFERENCES.match(above.title) for above in path)
        blocks.extend(_blocks(group, section, Kind.REFERENCE if references else Kind.PROSE))
    return blocks


def _groups(lines: Sequence[str]) -> Iterator[list[str]]:
    """Runs of lines between blank ones."""
    group: list[str] = []
    for line in (*lines, ""):
        if line.strip():
            group.append(line.rstrip())
        elif group:
            yield group
            group = []


def _without_underlines(group: list[str]) -> Iterator[list[str]]:
    """A heading with its underline by itself, and what stood before and after it; lone rules are gone."""
    rest: list[str] = []
    n = 0
    while n < len(group):
        following = group[n + 1] if n + 1 < len(group) else ""
        if _UNDERLINE.match(group[n]):
            n += 1
        elif _UNDERLINE.match(following) and len(group[n].strip()) <= 100 and len(following.strip()) >= len(group[n].strip()) // 2:
            if rest:
                yield rest
                rest = []
            yield [group[n], following]
            n += 2
        else:
            rest.append(group[n])
            n += 1
    if rest:
        yield rest


def _heading(groups: Sequence[Sequence[str]], n: int, marks: list[str]) -> _Heading | None:
    group = groups[n]
    title = " ".join(group[0].split())
    if len(group) == 2 and (match := _UNDERLINE.match(group[1])):
        if match[1] not in marks:
            marks.append(match[1])
        return _Heading(marks.index(match[1]), title)
    if len(group) > 1 or len(title) > 80 or title.endswith((".", "!", "?", ";", ":", ",")):
        return None
    depth = _depth(title)
    if depth is not None:
        # Numbered lines one after another are a list, not headings without a text.
        beside = [_depth(" ".join(groups[m][0].split())) for m in (n - 1, n + 1) if 0 <= m < len(groups) and len(groups[m]) == 1]
        return None if depth in beside or len(title.split()) > 12 else _Heading(max(len(marks), _TOP) + depth, title)
    capitals = title.isupper() and len(title) >= 4 and len(title) <= 60
    return _Heading(max(len(marks), _TOP), title) if capitals or _NAMED.match(title) or _BARE.match(title) else None


def _depth(title: str) -> int | None:
    match = _NUMBERED.match(title)
    return match[1].count(".") if match else None


def _blocks(group: Sequence[str], section: str, kind: Kind) -> Iterator[Block]:
    if kind is Kind.PROSE and len(group) > 1 and sum(bool(_GAP.search(line.strip())) for line in group) >= 0.6 * len(group):
        for line in group:
            if any(map(str.isalnum, line)):
                yield Block(" | ".join(cell for cell in _GAP.split(line.strip()) if cell), None, section, Kind.TABLE)
        return
    items = sum(bool(_ITEM.match(line)) for line in group)
    is_list = items > 1 or bool(_ITEM.match(group[0]))
    margin = min(len(line) - len(line.lstrip()) for line in group)
    paragraph: list[str] = []
    for line in group:
        indented = len(line) - len(line.lstrip()) > margin + 1
        begins = (
            _BULLET.match(line) or (is_list and _ITEM.match(line)) or (indented and paragraph and paragraph[-1].endswith((".", "!", "?")))
        )
        if begins and paragraph:
            yield Block(_joined(paragraph), None, section, kind)
            paragraph = []
        paragraph.append(" ".join(_BULLET.sub("", line).split()))
    if any(c.isalnum() for line in paragraph for c in line):
        yield Block(_joined(paragraph), None, section, kind)


def _joined(lines: Sequence[str]) -> str:
    """Wrapped lines as one; a word that was broken at its own hyphen keeps it."""
    parts = [lines[0]]
    for before, line in itertools.pairwise(lines):
        parts.append(line if re.search(r"[A-Za-z]-$", before) else f" {line}")
    return "".join(parts)
