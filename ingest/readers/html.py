"""Reads web pages: the main content as sections, paragraphs, list items and table rows; what surrounds it is left out.

Pages that LaTeXML made of papers (arXiv's HTML, ar5iv) have their formulas as TeX, their footnotes after the paragraph
and their references marked.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, Tag

from common.errors import SourceError
from ingest.documents import Block, Document, Kind
from ingest.readers.decoding import read_text, tidy
from ingest.readers.html_tables import is_data, table_rows

_CHARSET = re.compile(
    rb"""(?i)<meta[^>]{1,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml[^>]{1,100}?encoding\s*=\s*["']([\w.:-]{1,40})"""
)
_GONE = frozenset(
    "script style noscript template nav aside form button input select textarea iframe object svg canvas audio video head dialog".split()
)
_GONE_ROLES = frozenset("navigation banner contentinfo search complementary menu toolbar".split())
_GONE_CLASSES = frozenset(
    {
        "mw-editsection",
        "headerlink",
        "ltx_page_navbar",
        "ltx_page_logo",
        "ltx_ERROR",
        "ltx_note_mark",
        "ltx_tag_note",
        "ltx_tag_item",
        "ltx_note_type",
    }
)
_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure footer header hr html li main ol p "
    "section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_REFERENCES = re.compile(r"^(?:[\dA-Z.]+\s+)?(references|bibliography|works cited|literature cited)$", re.IGNORECASE)
_TEX_STYLED = re.compile(
    r"\\(?:mathrm|mathbf|mathit|mathsf|mathcal|mathbb|operatorname\*?|text|textbf|textit|textrm|textsc|mbox|boldsymbol|bm)\s*\{([^{}]*)\}"
)
_TEX_LOOKS = re.compile(
    r"\\(?:displaystyle|textstyle|scriptstyle|left|right|[Bb]ig{1,2}[lr]?|nolimits|limits)(?![A-Za-z])\s*|\\[,;:!]|%[^\S\n]*\n"
)


def read_html(path: Path) -> Document:
    """The blocks of a web page that was saved as HTML; it has no pages.

    Raises:
        SourceError: It is not HTML, or in an encoding that neither it nor a byte order mark names and that is not UTF-8.
    """
    with path.open("rb") as file:
        match = _CHARSET.search(file.read(8192))
    declared = (match[1] or match[2]).decode("ascii", "replace") if match else None
    text = read_text(path, declared)
    if not re.search(r"<[A-Za-z!/?]", text):
        raise SourceError(f"{path.name}: not HTML, whatever its name says: save it as .txt, or get the page again")
    return Document(tuple(parse_html(text)), pages=0)


def parse_html(text: str) -> list[Block]:
    """Blocks of a page's main content, in reading order."""
    # The declaration of an encoding is done with, and lxml refuses it in a string.
    soup = BeautifulSoup(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), "lxml")
    return _Walk(_main(soup)).blocks


def _main(soup: BeautifulSoup) -> Tag:
    """The element that holds most of the words: <main>, <article>, or the whole body where neither does."""
    body = soup.body or soup
    found = [tag for tag in soup.find_all(["main", "article"]) + soup.find_all(role="main") if isinstance(tag, Tag)]
    sizes = [sum(len(s) for s in tag.strings) for tag in found[:50]]  # a page of very many articles is a list of them
    whole = sum(len(s) for s in body.strings)
    largest = max(range(len(sizes)), key=lambda n: sizes[n], default=None)
    return body if largest is None or 2 * sizes[largest] < whole else found[largest]


def _is_gone(tag: Tag) -> bool:
    """Navigation, furniture, programs, and what is not shown; formulas for screen readers are kept."""
    if tag.name in _GONE or tag.get("role") in _GONE_ROLES or not _GONE_CLASSES.isdisjoint(tag.get_attribute_list("class")):
        return not (tag.name == "script" and str(tag.get("type", "")).startswith("math/tex"))
    if tag.name in ("header", "footer"):
        # HTML standard: within these they belong to the text; elsewhere they are the site's banner and imprint.
        return tag.find_parent(["article", "main", "section", "blockquote"]) is None
    if tag.has_attr("hidden") or tag.get("aria-hidden") == "true" or "display:none" in str(tag.get("style", "")).replace(" ", ""):
        return tag.name != "math" and tag.find("math") is None
    return False


def formula(tag: Tag) -> str:
    """A formula as its TeX without commands that only set its look; without TeX, its characters."""
    shown = "".join(
        s for s in tag.descendants if type(s) is NavigableString and s.find_parent(["annotation", "annotation-xml"]) is None
    ).strip()
    if len(shown) == 1:  # θ reads better than its command
        return shown
    note = tag.find("annotation", attrs={"encoding": "application/x-tex"})
    tex = note.get_text() if note is not None else str(tag.get("alttext") or "")
    if not tex:
        return " ".join(shown.split())
    tex = _TEX_LOOKS.sub("", tex)
    for _ in range(4):  # they nest, though not deeper
        tex = _TEX_STYLED.sub(r"\1", tex)
    tex = re.sub(r"\{([A-Za-z0-9])\}", r"\1", tex)
    return " ".join(tex.split())


def _raised(tag: Tag) -> str | None:
    """A superscript or subscript with its mark, so that 10<sup>18</sup> is not 1018; None where its words stand as they are."""
    text = " ".join(tag.get_text().split())
    if not text or len(text) > 12 or tag.find(["a", "math"]) is not None or text in ("st", "nd", "rd", "th", "TM", "*", "†", "‡"):
        return None
    mark = "^" if tag.name == "sup" else "_"
    return f"{mark}{text}" if len(text) == 1 or text.isalnum() else f"{mark}({text})"


Event = tuple[str, str | Tag]


def events(root: Tag) -> Iterator[Event]:
    """("text", characters), ("enter", tag) and ("leave", tag) in the page's order; no recursion, pages may nest deeply."""
    stack: list[tuple[Tag, Iterator[object]]] = [(root, iter(root.children))]
    while stack:
        parent, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                yield "leave", parent
        elif isinstance(child, NavigableString):
            if type(child) in (NavigableString, CData):  # its subclasses are comments, programs and declarations
                yield "text", str(child)
        elif isinstance(child, Tag) and not _is_gone(child):
            replaced = _replacement(child)
            if replaced is not None:
                yield "text", replaced
            else:
                yield "enter", child
                stack.append((child, iter(child.children)))


def _replacement(tag: Tag) -> str | None:
    if tag.name == "math":
        return formula(tag)
    if tag.name == "script":
        return f" {tag.string or ''} "
    if tag.name in ("sup", "sub"):
        return _raised(tag)
    if tag.name == "img":
        shows_formula = re.search(r"(?i)math|tex\b|latex|equation", " ".join(map(str, tag.get_attribute_list("class"))))
        doubled = tag.find_previous_sibling("span") is not None and tag.get("aria-hidden") == "true"
        return str(tag.get("alt") or "") if shows_formula and not doubled else ""
    if tag.name == "br":
        return "\n"
    return None


def inline_text(root: Tag) -> str:
    """An element's words on one line."""
    parts: list[str] = []
    for _what, item in events(root):
        if isinstance(item, str):
            parts.append(item)
        elif item.name in _BLOCKS or item.name in _HEADINGS:
            parts.append(" ")
    return " ".join(tidy("".join(parts)).split())


class _Walk:
    """One pass over the main content."""

    def __init__(self, root: Tag) -> None:
        self.blocks: list[Block] = []
        self._headings: list[tuple[int, str]] = []
        self._inline: list[str] = []
        self._notes: list[str] = []
        self._terms: list[str] = []
        self._references = 0  # how deep inside lists of references
        self._inside: object = None  # an element that is dealt with as a whole; what it holds is passed over
        # The first level is the page's title; a page that has several has sections of that level.
        self._top = 0 if len(root.find_all("h1", limit=2)) > 1 else 1
        for what, item in events(root):
            self._take(what, item)
        self._flush()
        self._end_terms()

    def _take(self, what: str, item: "str | Tag") -> None:
        if self._inside is not None:
            if what == "leave" and item is self._inside:
                self._inside = None
        elif isinstance(item, str):
            self._inline.append(item if item == "\n" else item.replace("\n", " "))
        elif what == "enter":
            self._enter(item)
        else:
            self._leave(item)

    def _enter(self, tag: Tag) -> None:
        if tag.name in _HEADINGS:
            self._flush()
            self._heading(int(tag.name[1]), inline_text(tag))
            self._inside = tag
        elif tag.name == "pre":
            self._flush()
            self._rows(line.strip() for line in tidy(tag.get_text()).split("\n"))
            self._inside = tag
        elif tag.name == "table" and is_data(tag):
            self._flush()
            caption = tag.find("caption")
            if isinstance(caption, Tag) and (text := inline_text(caption)):
                self.blocks.append(Block(text, None, self._section))
            self._rows(table_rows(tag, inline_text))
            self._inside = tag
        elif "ltx_eqn_table" in tag.get_attribute_list("class"):
            self._flush()
            self._inline.append(inline_text(tag))
            self._flush()
            self._inside = tag
        elif "ltx_note" in tag.get_attribute_list("class"):
            self._notes.append(_note(tag))
            self._inside = tag
        elif tag.name in _BLOCKS:
            self._references += _is_bibliography(tag)
            if tag.name == "dd":
                self._flush()
                self._inline.append(f"{', '.join(self._terms)}: " if self._terms else "")
                self._terms.clear()
            else:
                self._flush()

    def _leave(self, tag: Tag) -> None:
        if tag.name not in _BLOCKS:
            return
        if tag.name == "dt":
            self._terms.append(" ".join(tidy("".join(self._inline)).split()))
            self._inline.clear()
        self._flush()
        if tag.name == "dl":
            self._end_terms()
        self._references -= _is_bibliography(tag)

    def _heading(self, level: int, title: str) -> None:
        if title:
            kept = [heading for heading in self._headings if heading[0] < level]
            self._headings = kept + ([(level, title[:200])] if level > self._top else [])

    @property
    def _section(self) -> str:
        return " > ".join(title for _level, title in self._headings)

    def _rows(self, rows: "Iterator[str] | list[str]") -> None:
        self.blocks.extend(Block(row, None, self._section, Kind.TABLE) for row in rows if any(map(str.isalnum, row)))

    def _flush(self) -> None:
        """End the paragraph; its footnotes follow it. Two line breaks in a row end one too."""
        last = self._headings[-1][1] if self._headings else ""
        kind = Kind.REFERENCE if self._references or _REFERENCES.match(last) else Kind.PROSE
        paragraphs = re.split(r"\n[ \t]*\n", tidy("".join(self._inline))) if self._inline else []
        for text in (*paragraphs, *self._notes):
            if any(map(str.isalnum, text)):
                self.blocks.append(Block(" ".join(text.split()), None, self._section, kind))
        self._inline.clear()
        self._notes.clear()

    def _end_terms(self) -> None:
        for term in self._terms:
            if term:
                self.blocks.append(Block(term, None, self._section))
        self._terms.clear()


def _is_bibliography(tag: Tag) -> bool:
    return tag.get("role") == "doc-bibliography" or not {"ltx_bibliography", "references"}.isdisjoint(tag.get_attribute_list("class"))


def _note(tag: Tag) -> str:
    """LaTeXML's footnote; its mark is among the classes that are left out."""
    content = tag.find(class_="ltx_note_content")
    return inline_text(content if isinstance(content, Tag) else tag)
