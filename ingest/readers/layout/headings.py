"""Which lines are headings, and the path of headings that a line stands under.

A numbered line counts where its number follows the one before and it looks like a heading; an unnumbered one where its name is
usual, or where it looks like the numbered ones.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.readers.layout.page import Line
from ingest.readers.layout.style import Style, has_maths_sign

_NUMBERED = re.compile(r"^((?:Appendix\s+)?(?:\d{1,2}|[A-Z]|[IVX]{1,5})(?:\.\d{1,2}){0,3})[.:]?\s+(\S.{0,118}?)[.:]?$")
_BARE = re.compile(
    r"^(abstract|references(?: and notes)?|bibliography|acknowledge?ments?(?: and disclosure of funding)?|"
    r"(?:technical |supplementary )?appendi(?:x|ces)|"
    r"contents|table of contents|supplementary materials?|conclusions?|introduction|limitations?|broader impacts?|ethics statement|"
    r"ethical considerations|reproducibility statement)[.:]?$",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(r"^(abstract)\s*[.:—–-]\s*(?=\S)", re.IGNORECASE)
_APPENDIX = re.compile(r"^(?:technical |supplementary )?(?:appendi|material)", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_LEADERS = re.compile(r"(?:\.\s?){4,}")
_ROMAN = re.compile(r"^[IVX]+$")
_MOST_WORDS = 16


class Headings:
    """The headings met so far, and what they look like."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._path: list[tuple[tuple[str, ...], str]] = []
        self._last: tuple[str, ...] = ()
        self._look: tuple[str, float, bool] | None = None
        self._in_appendix = False
        self._had_references = False
        self.started = False
        self.in_references = False

    @property
    def section(self) -> str:
        """The path of the line that comes next, parents first, joined by " > "."""
        return " > ".join(title for _number, title in self._path)

    def length(self, lines: Sequence[Line], alone: bool) -> int:
        """How many of the first of `lines` are one heading; 0 if none is.

        Args:
            lines: The next lines of the page, without tables and captions.
            alone: There is space above the first.
        """
        first = lines[0]
        text = first.text
        if len(text) > 125 or first.drawn or first.turned or _LEADERS.search(text):
            return 0
        if _BARE.match(_unspaced(text)):
            return 1 if alone or self._is_emphatic(first) else 0
        count = self._lines(lines)
        whole = " ".join(line.text for line in lines[:count])
        return count if self._is_numbered(first, whole, alone) or self._looks_like_one(first, whole, alone) else 0

    def enter(self, lines: Sequence[Line]) -> None:
        """Take a heading in."""
        self.started = True
        text = _joined(lines)
        bare = _BARE.match(_unspaced(text))
        match = None if bare else _NUMBERED.match(text)
        if match is None or not self._follows(_number(match[1])):
            self._enter_unnumbered(_unspaced(text) if bare else text.rstrip(".:"))
            return
        number = _number(match[1])
        if len(number) == 1 and not self._in_appendix:
            self._look = _look(lines[0])
        self._in_appendix = self._in_appendix or (number[0].isalpha() and not _is_roman(number[0], self._last))
        self._path = [(n, t) for n, t in self._path if n and number[: len(n)] == n and len(n) < len(number)]
        # What is numbered behind the references is an appendix, whatever its number.
        self._in_appendix = self._in_appendix or self._had_references
        prefix = "Appendix " if self._in_appendix and not self._path and "appendix" not in text.lower() else ""
        self._path.append((number, f"{prefix}{match[1]} {match[2]}"))
        self._last = number
        self.in_references = False

    def enter_abstract(self) -> None:
        """Take in an abstract that has no heading of its own."""
        self.started = True
        self._enter_unnumbered("Abstract")

    def _enter_unnumbered(self, text: str) -> None:
        title = text if any(c.islower() for c in text[1:]) and not text.islower() else text.capitalize()
        if _APPENDIX.match(title):
            self._in_appendix = True
            self._path = [((), title if title.lower().startswith("appendi") else f"Appendix: {title}")]
        elif self._in_appendix and self._path and not self._path[0][1].startswith("References"):
            head = self._path[:1] if self._path[0][1].startswith("Appendix") else []
            self._path = [*head, ((), title)]
        else:
            self._path = [((), title)]
        self.in_references = bool(re.match(r"references|bibliography", title, re.IGNORECASE))
        self._had_references = self._had_references or self.in_references

    def _lines(self, lines: Sequence[Line]) -> int:
        """A heading may take up to three lines of one look."""
        count = 1
        if not self._style.known:
            return count
        for above, line in pairwise(lines[:3]):
            same = _look(above) == _look(line) and line.bold == above.bold and 0 < line.y - above.y < 1.35 * line.size
            if not same or not self._is_emphatic(line) or _NUMBERED.match(line.text) or line.x1 - line.x0 > 40 * line.size:
                break
            count += 1
        return count

    def _is_numbered(self, first: Line, text: str, alone: bool) -> bool:
        match = _NUMBERED.match(text)
        if match is None or not self._is_title(match[2]) or not self._follows(_number(match[1])):
            return False
        if not self._style.known:
            return len(match[2]) <= 70 and not re.search(r"[.!?]", match[2])
        emphatic = self._is_emphatic(first) or _is_upper(match[2])
        return emphatic or (
            alone and first.text[0].isdigit() and not self.in_references and len(match[2]) <= 70 and not has_maths_sign(first)
        )

    def _looks_like_one(self, first: Line, text: str, alone: bool) -> bool:
        if not self._style.known or not self.started or not alone or self._look is None:
            return False
        return _look(first) == self._look and self._is_title(text) and not _NUMBERED.match(text)

    def _is_emphatic(self, line: Line) -> bool:
        """Bold, larger or in small capitals, as no line of the body is."""
        style = self._style
        return not style.known or line.bold or line.size > 1.08 * style.size or (len(line.text) > 3 and line.text.isupper())

    def _is_title(self, text: str) -> bool:
        starts = text[0].isupper() or text[0] in "“\"'‘" or text[0].isdigit() or (text[0].islower() and any(c.isupper() for c in text[1:4]))
        return (
            starts
            and bool(_LETTERS.search(text))
            and len(text.split()) <= _MOST_WORDS
            and not _LEADERS.search(text)
            and not text.endswith((",", ";", "-"))
        )

    def _follows(self, number: tuple[str, ...]) -> bool:
        last = self._last
        if number[0].isalpha() and not _is_roman(number[0], last):
            if len(number) == 1:
                after = chr(ord(last[0]) + 1) if last and len(last[0]) == 1 and last[0].isalpha() else "A"
                # "A Survey of …" is a title: appendices come after numbered sections or the references.
                return number[0] == after and (bool(last) or self._had_references)
        elif last and last[0].isalpha() and self._in_appendix:
            return False
        elif len(number) == 1:
            # One heading may be missed (set as a picture, or too long), not two.
            return 0 < _integer(number[0]) - (_integer(last[0]) if last else 0) <= 2
        parent, child = number[:-1], number[-1]
        if child == "1" or not child.isdigit():
            return last[: len(parent)] == parent and len(last) <= len(number)
        return last[: len(parent)] == parent and len(last) >= len(number) and 0 < _integer(child) - _integer(last[len(parent)]) <= 2


def abstract_mark(line: Line) -> Line | None:
    """The line without the word "Abstract" and the dash or stop that it opens with; None if it does not."""
    first = line.words[0]
    match = re.match(r"abstract\s*[.:—–-]?", first.text, re.IGNORECASE)
    if match is None or len(line.words) < 3 or not (first.bold or _ABSTRACT.match(line.text)):
        return None
    rest = first.text[match.end() :]
    words = ((replace(first, text=rest), *line.words[1:])) if rest else line.words[1:]
    return Line(words[1:] if words[0].text in ".:—–-" else words, line.page)


def _is_upper(text: str) -> bool:
    """In capitals, a letter of mathematics aside?"""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _look(line: Line) -> tuple[str, float, bool]:
    return line.font, round(2 * line.size) / 2, line.bold


def _joined(lines: Sequence[Line]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        text = text[:-1] + line.text if text.endswith("-") and line.text[:1].islower() else f"{text} {line.text}".replace("- ", "-")
    return text


def _number(text: str) -> tuple[str, ...]:
    return tuple(text.removeprefix("Appendix").strip().split("."))


def _unspaced(text: str) -> str:
    """Letter-spaced words closed up: "A B S T R A C T"."""
    return text.replace(" ", "") if re.fullmatch(r"(?:\S ){3,}\S[.:]?", text) else text


def _is_roman(text: str, last: tuple[str, ...]) -> bool:
    """Some number their sections I, II, III; only I opens them, and only a Roman one goes on."""
    return bool(_ROMAN.match(text)) and (
        (not last and text == "I") or (bool(last) and bool(_ROMAN.match(last[0])) and _integer(text) == _integer(last[0]) + 1)
    )


def _integer(text: str) -> int:
    if text.isdigit():
        return int(text)
    values = {"I": 1, "V": 5, "X": 10}
    if not _ROMAN.match(text):
        return 0
    numbers = [values[c] for c in text]
    return sum(-n if n < max(numbers[i:]) else n for i, n in enumerate(numbers))
