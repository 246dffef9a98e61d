"""From lines to paragraphs, and from paragraphs to text."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ingest.readers.layout.page import Line
from ingest.readers.layout.style import Style

BULLET = re.compile(r"^[•●▪◦‣■–·∙-]\s+(?=\S)")
_ITEM = re.compile(r"^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\[\d{1,3}\])\s")
_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*\d{0,2}$")
_BROKEN = re.compile(r"([A-Za-z]+(?:-[A-Za-z]+)*)-$")


def vocabulary(lines: Iterable[Line]) -> Counter[str]:
    """How often each word stands in the lines, broken ones aside."""
    return Counter(w.lower() for line in lines for w in re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*(?!-?$)", line.text))


def starts_paragraph(paragraph: Sequence[Line], line: Line, style: Style, *, hanging: bool) -> bool:
    """Does the line begin a new paragraph rather than go on with the one that these lines are?

    Args:
        hanging: Entries of a list of references, whose first line stands out to the left.
    """
    last = paragraph[-1]
    gap = line.y - last.y
    if line.page != last.page or gap < 0:  # another column or page: decided where paragraphs are joined
        return True
    if BULLET.match(line.text) or line.turned != last.turned:
        return True
    if min(len(line.text), len(last.text)) > 12 and not same_size(line, last):
        return True
    if gap > 1.3 * style.leading(line.size) + 0.5:
        return True
    if line.x0 > max(each.x1 for each in paragraph) + line.size:
        return True
    if hanging:
        numbered = _ITEM.match(paragraph[0].text) is not None
        return (
            bool(_ITEM.match(line.text))
            if numbered
            else line.x0 < last.x0 - 0.6 * line.size
            or (len(paragraph) == 1 and abs(line.x0 - last.x0) < 1 and last.text.endswith(".") and _is_short(last, paragraph, line))
        )
    left = min(each.x0 for each in paragraph[1:]) if len(paragraph) > 1 else None
    opener = BULLET.match(paragraph[0].text) or _ITEM.match(paragraph[0].text)
    if left is None:
        # The second line of a list's item stands further right, that of a paragraph further left or below.
        return not opener and line.x0 > last.x0 + 0.8 * line.size and _ends(last.text)
    return line.x0 > left + 0.8 * line.size and (_ends(last.text) or last.x1 < max(each.x1 for each in paragraph) - 2 * line.size)


def same_size(one: Line, other: Line) -> bool:
    """Do they share a font size?"""
    return _has_size(one, other.size) or _has_size(other, one.size)


def _has_size(line: Line, size: float) -> bool:
    """Is a word of it set in this size? A line can be mostly set in another, as names of programs are."""
    return any(len(word.text) > 2 and abs(word.size - size) <= 0.08 * size for word in line.words)


def _is_short(last: Line, paragraph: Sequence[Line], line: Line) -> bool:
    return last.x1 < line.x1 - 4 * line.size and len(paragraph) >= 1


def _ends(text: str) -> bool:
    return bool(_ENDS.search(text[-12:]))


def is_open(text: str) -> bool:
    """Does a paragraph's text stop in the middle of a sentence?"""
    return not _ends(text)


def may_follow(text: str) -> bool:
    """Can this be the rest of a sentence?"""
    return not BULLET.match(text) and not re.match(r"\W*$", text)


def text_of(lines: Sequence[Line], words: Counter[str]) -> str:
    """The lines as one text; a word broken over lines is joined as the paper writes it elsewhere."""
    text = BULLET.sub("", lines[0].text)
    for line in lines[1:]:
        text = joined(text, line.text, words)
    return text


def joined(text: str, line: str, words: Counter[str]) -> str:
    """`text` and the line that follows it."""
    broken = _BROKEN.search(text[-60:]) if text.endswith("-") else None
    rest = re.match(r"[A-Za-z]+(?:-[A-Za-z]+)*", line)
    if broken and rest:
        return (text if _keeps_hyphen(broken[1], rest[0], words) else text[:-1]) + line
    if re.search(r"\w-$", text[-3:]) and re.match(r"[A-Z0-9]", line):
        return text + line
    if text.endswith("/") and "://" in text[-200:].rsplit(" ", 1)[-1]:
        return text + line  # an address broken at a slash
    return f"{text} {line}"


def _keeps_hyphen(before: str, after: str, words: Counter[str]) -> bool:
    """Is the word written with a hyphen elsewhere in the paper, more often than without?"""
    whole, hyphened = f"{before}{after}".lower(), f"{before}-{after}".lower()
    if words[hyphened] != words[whole]:
        return words[hyphened] > words[whole]
    if after[0].isupper():
        return True
    last = before.rsplit("-", 1)[-1]
    # Unseen either way: "self-" and the like keep theirs, and so do two words that the paper uses by themselves.
    return len(last) > 3 and len(after) > 3 and words[last.lower()] > 0 and words[after.lower()] > 0
