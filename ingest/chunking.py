"""Cuts blocks into passages: pure, no files, no models.

A passage is a window of whole sentences and table rows of one section. Windows overlap, so that an answer
that spans two sentences stands whole in one of them. 150 words with half overlap beat 90 words, and both
beat 1,000 characters (docs/evaluation.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from common.settings import Chunking
from ingest.documents import Block, Kind, Passage
from ingest.sentences import sentences


@dataclass(frozen=True)
class _Unit:
    text: str
    words: int
    page: int | None
    block: int  # units of one block are joined by a space, blocks by a newline


def chunk(reading: str, blocks: Sequence[Block], settings: Chunking) -> list[Passage]:
    """Passages of a reading, in its order; each holds one section and one of text and references."""
    passages: list[Passage] = []
    for (section, is_reference), group in groupby(blocks, key=lambda b: (b.section, b.kind is Kind.REFERENCE)):
        members = list(group)
        for window in _windows(_units(members, settings.words), settings):
            text, page_starts = _join(window)
            kind = Kind.REFERENCE if is_reference else _kind(window, members)
            passages.append(Passage(reading, len(passages), text, section, kind, page_starts))
    return passages


def _units(blocks: Sequence[Block], longest: int) -> list[_Unit]:
    units = []
    for number, block in enumerate(blocks):
        for sentence in [block.text] if block.kind is Kind.ROW else sentences(block.text):
            words = sentence.split()
            # A "sentence" longer than a passage (a list without full stops) is cut at word borders.
            for start in range(0, len(words), longest):
                piece = words[start : start + longest]
                units.append(_Unit(" ".join(piece), len(piece), block.page, number))
    return units


def _windows(units: Sequence[_Unit], settings: Chunking) -> Iterator[list[_Unit]]:
    start = 0
    while start < len(units):
        end, words = start, 0
        while end < len(units) and (end == start or words + units[end].words <= settings.words):
            words += units[end].words
            end += 1
        yield list(units[start:end])
        if end == len(units):
            return
        back, shared = end, 0
        while back - 1 > start and shared + units[back - 1].words <= settings.overlap_words:
            back -= 1
            shared += units[back].words
        start = back


def _join(window: Sequence[_Unit]) -> tuple[str, tuple[tuple[int, int], ...]]:
    text = ""
    starts: list[tuple[int, int]] = []
    for previous, unit in zip([None, *window], window, strict=False):
        if previous is not None:
            text += " " if unit.block == previous.block else "\n"
        if unit.page is not None and (not starts or starts[-1][1] != unit.page):
            starts.append((len(text), unit.page))
        text += unit.text
    return text, tuple(starts)


def _kind(window: Sequence[_Unit], blocks: Sequence[Block]) -> Kind:
    rows = sum(unit.words for unit in window if blocks[unit.block].kind is Kind.ROW)
    return Kind.ROW if 2 * rows > sum(unit.words for unit in window) else Kind.PROSE
