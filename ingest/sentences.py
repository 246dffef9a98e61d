"""Cuts text into sentences and table rows, with their offsets.

Rule based on purpose: the sentence is what Lector quotes and checks, so its borders must be the same on
every machine, and a model's borders move with its version.
"""

import re

# A full stop after one of these does not end a sentence.
_ABBREVIATIONS = (
    "e.g|i.e|cf|vs|etc|al|fig|figs|eq|eqs|sec|secs|tab|no|nos|resp|approx|dr|prof|mr|ms|mrs|st|vol|pp|ed|eds|ref|refs|app|w.r.t|a.k.a|"
    "jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
)
_ENDS_IN_ABBREVIATION = re.compile(rf"(?:^|[\s(\[])(?:{_ABBREVIATIONS}|[A-Z])\.$", re.IGNORECASE)
_LONGEST_ABBREVIATION = 16  # characters looked at, so that a long line full of them is not looked at again and again
_ENDS_IN_INITIAL = re.compile(r"(?:^|[\s(\[])[A-Z]\.$")
_BORDER = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9•–])|(?<=[.!?])\d{0,2}\s+(?=[A-Z][a-z])")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence; a newline always ends one, and no span holds blank margins."""
    spans: list[tuple[int, int]] = []
    line_start = 0
    for line in text.split("\n"):
        start = 0
        for border in _BORDER.finditer(line):
            before = line[max(start, border.start() - _LONGEST_ABBREVIATION) : border.start()]
            if _is_abbreviation(before, line[border.end() : border.end() + 1]):
                continue
            spans.append(_trim(line, start, border.end(), line_start))
            start = border.end()
        spans.append(_trim(line, start, len(line), line_start))
        line_start += len(line) + 1
    return [span for span in spans if span[0] < span[1]]


def sentences(text: str) -> list[str]:
    """The sentences of `text`, in order."""
    return [text[start:end] for start, end in sentence_spans(text)]


def _is_abbreviation(before: str, following: str) -> bool:
    if _ENDS_IN_INITIAL.search(before):
        return True
    return bool(_ENDS_IN_ABBREVIATION.search(before)) and (
        not following.isupper() or before.lower().endswith(("e.g.", "i.e.", "vs.", "fig.", "eq.", "sec.", "prof.", "dr.", "al.", "cf."))
    )


def _trim(line: str, start: int, end: int, offset: int) -> tuple[int, int]:
    piece = line[start:end]
    lead = len(piece) - len(piece.lstrip())
    return offset + start + lead, offset + start + len(piece.rstrip()) if piece.strip() else offset + start + lead
