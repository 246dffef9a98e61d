"""From page texts with their line breaks to blocks: words mended, furniture gone, headings and rows known.

Pure functions over strings; every rule is about how papers are typeset, none about a paper.
"""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.documents import Block, Kind

_STAMP = re.compile(r"^arXiv:\S+(\s+\[[\w.-]+\])?(\s+\d{1,2}\s+\w{3}\s+\d{4})?\s*$")
_PAGE_NUMBER = re.compile(r"^\s*(?:page\s+)?\d{1,4}\s*$", re.IGNORECASE)
_HEADING = re.compile(r"^((?:\d{1,2}|[A-Z])(?:\.\d{1,2}){0,3})\.?\s+([A-Z“\"][^.!?]{1,70}?)[.?]?$")
_BARE_HEADING = re.compile(r"^(abstract|references|bibliography|acknowledge?ments?|appendix|contents)\.?$", re.IGNORECASE)
_BULLET = re.compile(r"^[•●▪◦–-]\s+(?=\S)")
_NUMERIC = re.compile(r"^[(\[<>~±$+−–-]*\d[\d.,]*(?:[%kKMBx×])?[)\]*†‡]*$|^[–—-]$|^±\S*$")
_LETTERS = re.compile(r"[A-Za-z]{2,}")


def blocks_of_pages(pages: Sequence[str]) -> list[Block]:
    """Blocks in reading order.

    Args:
        pages: Text of each page, lines as the PDF has them.
    """
    lines = _without_furniture([_mend(page).split("\n") for page in pages])
    words = Counter(w.lower() for page in lines for line in page for w in re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*", line))
    headings = _Headings()
    blocks: list[Block] = []
    for number, page in enumerate(lines, start=1):
        rows = _rows(page)
        paragraph: list[str] = []

        def flush(number: int = number, paragraph: list[str] = paragraph) -> None:
            if paragraph:
                kind = Kind.REFERENCE if headings.in_references else Kind.PROSE
                blocks.append(Block(_join_lines(paragraph, words), number, headings.section, kind))
                paragraph.clear()

        for line, is_row in zip(page, rows, strict=True):
            if not line:
                flush()
            elif _BULLET.match(line):
                flush()
                paragraph.append(_BULLET.sub("", line))
            elif not is_row and headings.is_heading(line):
                flush()
                headings.enter(line)
            elif is_row and not headings.in_references:
                flush()
                blocks.append(Block(line, number, headings.section, Kind.ROW))
            else:
                paragraph.append(line)
        flush()
    return blocks


def _mend(text: str) -> str:
    """Characters no reader should meet: NULs, lone surrogates, ligatures, odd spaces, soft hyphens."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore").replace("\x00", "")
    for ligature, letters in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl"), ("\u00ad", "-"), ("\u00a0", " ")):
        text = text.replace(ligature, letters)
    text = re.sub(r"[\x01-\x09\x0b-\x1f\x7f]", " ", text)
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Pages without stamps, page numbers, and first or last lines that repeat on many pages."""
    kept = [_without_blank_ends([line for line in page if not _STAMP.match(line)]) for page in pages]
    edges = Counter(_pattern(line) for page in kept for line in {*page[:2], *page[-2:]} if line)
    often = {p for p, n in edges.items() if n >= (2 if len(pages) <= 3 else max(3, len(pages) // 3))}
    result = []
    for page in kept:
        body = list(page)
        for end in (0, -1):
            while body and (not body[end] or _PAGE_NUMBER.match(body[end]) or (_pattern(body[end]) in often)):
                body.pop(end)
        result.append(body)
    return result


def _without_blank_ends(lines: list[str]) -> list[str]:
    filled = [n for n, line in enumerate(lines) if line]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _pattern(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _rows(lines: list[str]) -> list[bool]:
    """Which lines are rows of a table: many numbers, or short beside such a line."""
    flags = []
    for line in lines:
        tokens = line.split()
        numbers = sum(bool(_NUMERIC.match(t)) for t in tokens)
        flags.append(len(tokens) >= 3 and numbers >= 2 and numbers >= 0.34 * len(tokens))
    lengths = sorted(len(line) for line in lines if len(line) > 30)
    full = lengths[(3 * len(lengths)) // 4] if lengths else 0
    # Twice: a header of two lines over the first row counts as well.
    for _ in range(2):
        flags = [
            flag
            or (
                ((flags[i - 1] if i else False) or (flags[i + 1] if i + 1 < len(flags) else False))
                and len(lines[i]) < 0.7 * full
                and not lines[i].endswith((".", "-", ","))
                and not re.match(r"^(?:Table|Figure|Fig\.)\s", lines[i])
                and any(_NUMERIC.match(t) for t in lines[i].split()[1:])
            )
            for i, flag in enumerate(flags)
        ]
    return flags


class _Headings:
    """The headings met so far. A numbered line counts only where its number follows the one before."""

    def __init__(self) -> None:
        self._path: list[tuple[tuple[str, ...], str]] = []
        self._last: tuple[str, ...] = ()
        self.in_references = False

    @property
    def section(self) -> str:
        return " > ".join(title for _number, title in self._path)

    def is_heading(self, line: str) -> bool:
        if len(line) > 80:
            return False
        if _BARE_HEADING.match(line):
            return True
        match = _HEADING.match(line)
        return (
            match is not None
            and len(_LETTERS.findall(match[2])) > 0
            and len(match[2].split()) <= 10
            and self._follows(tuple(match[1].split(".")))
        )

    def enter(self, line: str) -> None:
        match = None if _BARE_HEADING.match(line) else _HEADING.match(line)
        if match is None:
            title = line.rstrip(".").capitalize()
            self._path = [((), title)]
            self.in_references = title in ("References", "Bibliography")
            return
        number = tuple(match[1].split("."))
        self._path = [(n, t) for n, t in self._path if n and number[: len(n)] == n and len(n) < len(number)]
        self._path.append((number, f"{match[1]} {match[2]}"))
        self._last = number
        self.in_references = False

    def _follows(self, number: tuple[str, ...]) -> bool:
        last = self._last
        if number[0].isalpha():
            if len(number) == 1:
                after = chr(ord(last[0]) + 1) if last and last[0].isalpha() else "A"
                return number[0] == after
        elif last and last[0].isalpha():
            return False
        elif len(number) == 1:
            # One heading may be missed (set as a picture, or too long), not two.
            return 0 < int(number[0]) - (int(last[0]) if last else 0) <= 2
        parent, child = number[:-1], number[-1]
        if child == "1" or not child.isdigit():
            return last == parent
        return last[: len(parent)] == parent and len(last) >= len(number) and 0 < int(child) - _integer(last[len(parent)]) <= 2


def _integer(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _join_lines(lines: Sequence[str], words: Counter[str]) -> str:
    """One paragraph; a word broken over lines is joined as the paper writes it elsewhere."""
    text = lines[0]
    for line in lines[1:]:
        broken = re.search(r"([A-Za-z]+(?:-[A-Za-z]+)*)-$", text)
        rest = re.match(r"[a-z]+", line)
        if broken and rest:
            whole, hyphened = (broken[1] + rest[0]).lower(), f"{broken[1]}-{rest[0]}".lower()
            text = text if words[hyphened] > words[whole] else text[:-1]
            text += line
        elif text.endswith("-") and line[:1].isupper() and re.search(r"[A-Za-z]-$", text):
            text += line
        else:
            text += " " + line
    return text
