"""Cuts blocks into sentences and passages: pure, no files, no models.

A passage is a window of whole sentences of one section. Windows overlap, so that what stands in neighbouring sentences stands
together in one of them. 150 words with half overlap beat 90 words, and both beat 1,000 characters (docs/evaluation.md).
A table, a figure or an algorithm is a passage of its own, with its caption: within a section the running text comes first, then they.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from common.settings import Chunking
from ingest.documents import ASIDES, Block, Kind, Passage, Piece, Sentence, make_passage
from ingest.sentences import sentence_spans

_WHOLE = (Kind.TABLE, Kind.EQUATION, Kind.ALGORITHM, Kind.FIGURE, Kind.IMPRINT)  # cut by length only
_FLOAT_WINDOWS = 2  # a table with its caption stays one passage up to so many windows' words


def chunk(reading: str, blocks: Sequence[Block], settings: Chunking) -> tuple[list[Sentence], list[Passage]]:
    """Sentences and passages of a reading; a passage holds one section, and text or references or one float."""
    all_sentences: list[Sentence] = []
    passages: list[Passage] = []
    for _, section in groupby(_placed(blocks), key=lambda block: (block.section, block.kind if block.kind in ASIDES else None)):
        for group, members in _streams(list(section)):
            sentences: list[Sentence] = []
            for block in members:
                sentences.extend(_cut(reading, block, len(all_sentences) + len(sentences), settings.words))
            all_sentences.extend(sentences)
            longest = settings.words * (_FLOAT_WINDOWS if group else 1)
            for window in _windows(sentences, longest if _size(sentences) <= longest else settings.words, settings.overlap_words):
                passages.append(make_passage(window, len(passages)))
    return all_sentences, passages


def _placed(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks that know where they stand; without page texts that is the text of all blocks, joined by newlines."""
    start = 0
    for block in blocks:
        yield block if block.pieces else replace(block, pieces=(Piece(0, block.page, start),))
        start += len(block.text) + 1


def _streams(section: Sequence[Block]) -> Iterator[tuple[int, list[Block]]]:
    """A section's running text as group 0, then each float of it."""
    text = [block for block in section if not block.group]
    if text:
        yield 0, text
    for group in dict.fromkeys(block.group for block in section if block.group):
        yield group, [block for block in section if block.group == group]


def _cut(reading: str, block: Block, position: int, longest: int) -> Iterator[Sentence]:
    spans = [(0, len(block.text))] if block.kind in _WHOLE else sentence_spans(block.text)
    opens = True
    for start, end in (part for span in spans for part in _parts(block.text, span, longest)):
        first, last = _piece(block, start), _piece(block, end - 1)
        yield Sentence(
            reading=reading,
            position=position,
            text=block.text[start:end],
            page=first.page,
            section=block.section,
            kind=block.kind,
            opens_block=opens,
            last_page=None if last.page == first.page else last.page,
            start=first.start + start - first.at,
            end=last.start + end - last.at,
            context=block.context,
            cuts=tuple(cut - start for cut in block.cuts if start < cut < end),
            group=block.group,
        )
        position += 1
        opens = False


def _parts(text: str, span: tuple[int, int], longest: int) -> Iterator[tuple[int, int]]:
    """A "sentence" longer than a passage (a list without full stops) is cut at word borders."""
    words = [match.span() for match in re.finditer(r"\S+", text[slice(*span)])]
    for first in range(0, len(words), longest):
        part = words[first : first + longest]
        yield span[0] + part[0][0], span[0] + part[-1][1]


def _piece(block: Block, offset: int) -> Piece:
    """The piece of a block that a character stands in."""
    return [piece for piece in block.pieces if piece.at <= offset][-1]


def _size(sentences: Sequence[Sentence]) -> int:
    return sum(len(s.text.split()) for s in sentences)


def _windows(members: Sequence[Sentence], longest: int, overlap: int) -> Iterator[Sequence[Sentence]]:
    sizes = [len(s.text.split()) for s in members]
    start = 0
    while start < len(members):
        end, words = start, 0
        while end < len(members) and (end == start or words + sizes[end] <= longest):
            words += sizes[end]
            end += 1
        yield members[start:end]
        if end == len(members):
            return
        back, shared = end, 0
        while back - 1 > start and shared + sizes[back - 1] <= overlap:
            back -= 1
            shared += sizes[back]
        start = back
