"""Cuts blocks into sentences and passages: pure, no files, no models.

A passage is a window of whole sentences and table rows of one section. Windows overlap, so that what stands
in neighbouring sentences stands together in one of them. 150 words with half overlap beat 90 words, and both
beat 1,000 characters (docs/evaluation.md).
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from common.settings import Chunking
from ingest.documents import Block, Kind, Passage, Sentence, make_passage
from ingest.sentences import sentences


def chunk(reading: str, blocks: Sequence[Block], settings: Chunking) -> tuple[list[Sentence], list[Passage]]:
    """Sentences and passages of a reading, in its order; a passage holds one section, and text or references."""
    all_sentences = _cut(reading, blocks, settings.words)
    passages: list[Passage] = []
    for _, group in groupby(all_sentences, key=lambda s: (s.section, s.kind is Kind.REFERENCE)):
        for window in _windows(list(group), settings):
            passages.append(make_passage(window, len(passages)))
    return all_sentences, passages


def _cut(reading: str, blocks: Sequence[Block], longest: int) -> list[Sentence]:
    cut: list[Sentence] = []
    for block in blocks:
        opens = True
        for text in [block.text] if block.kind is Kind.ROW else sentences(block.text):
            words = text.split()
            # A "sentence" longer than a passage (a list without full stops) is cut at word borders.
            for start in range(0, len(words), longest):
                piece = " ".join(words[start : start + longest])
                cut.append(Sentence(reading, len(cut), piece, block.page, block.section, block.kind, opens))
                opens = False
    return cut


def _windows(members: Sequence[Sentence], settings: Chunking) -> Iterator[Sequence[Sentence]]:
    sizes = [len(s.text.split()) for s in members]
    start = 0
    while start < len(members):
        end, words = start, 0
        while end < len(members) and (end == start or words + sizes[end] <= settings.words):
            words += sizes[end]
            end += 1
        yield members[start:end]
        if end == len(members):
            return
        back, shared = end, 0
        while back - 1 > start and shared + sizes[back - 1] <= settings.overlap_words:
            back -= 1
            shared += sizes[back]
        start = back
