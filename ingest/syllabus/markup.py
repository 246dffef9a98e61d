"""HTML and Markdown as blocks: Markdown is rendered first, so both go the same way.

What a reader of the page does not see is gone: comments, scripts, styles, navigation, hidden and struck-out parts.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import yaml

from common.errors import SourceError
from ingest.syllabus.document import Block, Cell, Kind, Line, Run, Source, Table, make_line
from ingest.syllabus.labels import role_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_DROPPED = frozenset(
    "script style nav noscript template svg math iframe object head button select input textarea footer audio video del s strike".split()
)
_LINES = frozenset(
    "p div section article header main aside blockquote figure figcaption address center details fieldset form legend caption "
    "ul ol dl hr body html tr td th tbody thead tfoot".split()
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 6}
_APART = ("span", "a", "time", "label", "small")
_STRONG = frozenset(("b", "strong", "th"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SOFT = "lector-soft"  # marks the line breaks of Markdown paragraphs, which may be no more than wrapping
_SHORT = 45  # characters of a line in a paragraph that is not wrapped but ended
_WIDEST = 60  # columns and spans of a table; more is a mistake in the file

# Comments of HTML, Jekyll and kramdown; an HTML comment that is never closed reaches to the end, as in a browser.
_COMMENTS = re.compile(
    r"<!--.*?(?:-->|\Z)|\{%-?\s*comment\s*-?%\}.*?(?:\{%-?\s*endcomment\s*-?%\}|\Z)|\{::comment\}.*?(?:\{:/(?:comment)?\}|\Z)", re.DOTALL
)
_TEMPLATE = re.compile(
    r"\{%.*?%\}|\{\{.*?\}\}|\{:[^}\n]*\}|(?<=\S)\s*\{[.#][^}\n]*\}|^:::[^\n]*$|^\[TOC\]$|^\[\[toc\]\]$", re.DOTALL | re.MULTILINE
)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_RAW_HTML = re.compile(r"^```+[ \t]*\{=html\}[ \t]*\n(.*?)^```+[ \t]*$", re.DOTALL | re.MULTILINE)
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
# A line of a paragraph that starts something of its own; others only wrap.
OWN_LINE = re.compile(
    r"(?::\s|[•·▪◦‣–]\s|\(?\d{1,2}[.)]\s|(?:weeks?|wk|lecture|session|class|module|unit)\s*#?\d|[A-Z][\w/&' -]{1,30}:(?:\s|$)"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+\S*\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d"
    r"|\d{1,2}[/.]\d{1,2}\b"
    r"|\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)

_LABELLED = re.compile(r"[A-Z][\w/&' -]{1,30}:\s")


@dataclass(frozen=True)
class _Style:
    href: str | None = None
    strong: bool = False
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    pre: bool = False


def read_html(content: bytes, name: str) -> Source:
    """The blocks of an HTML page.

    Raises:
        SourceError: The bytes are neither UTF-8 nor what the page itself declares.
    """
    from bs4 import BeautifulSoup
    from bs4.dammit import EncodingDetector

    declared = EncodingDetector.find_declared_encoding(content, is_html=True)
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as exc:
        if declared is None or declared.lower().replace("-", "") == "utf8":
            raise SourceError(f"{name}: not UTF-8 text, and it names no other encoding: save it as UTF-8 and try again") from exc
        try:
            text = content.decode(declared)
        except (LookupError, UnicodeDecodeError) as wrong:
            raise SourceError(f"{name}: not text in {declared}, which it says it is: save it as UTF-8 and try again") from wrong
    soup = BeautifulSoup(_page(text), "lxml")
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    front = [(str(meta.get("name") or meta.get("property")), str(meta.get("content") or "")) for meta in soup.find_all("meta")]
    kept = tuple((key, value) for key, value in front if re.search(r"title|description|site_name|date|term|author", key))
    return Source(name, title, kept, _blocks(soup))


def read_markdown(content: bytes, name: str) -> Source:
    """The blocks of a Markdown or plain text file, Jekyll's and pandoc's additions included.

    Raises:
        SourceError: Not UTF-8.
    """
    from bs4 import BeautifulSoup
    from markdown_it import MarkdownIt

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise SourceError(f"{name}: not UTF-8 text: save it as UTF-8 and try again") from exc
    text = _COMMENTS.sub("", text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")).lstrip("\n")
    front: dict[str, str] = {}
    if match := _FRONT.match(text) or _TOML.match(text):
        front, text = _front(match[1], toml=text.startswith("+")), text[match.end() :]
    text = _TEMPLATE.sub("", _RAW_HTML.sub(r"\n\1\n", text))
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    markdown.add_render_rule("softbreak", _soft_break)
    soup = BeautifulSoup(_page(markdown.render(text)), "lxml")
    title = front.get("title", "")
    if front.get("subtitle") and title:
        title = f"{title}: {front['subtitle']}"
    return Source(name, title, tuple(front.items()), _blocks(soup))


def _page(text: str) -> str:
    """Text that Beautiful Soup (4.15, 2026-11) takes for a page without warning that it could be an address or XML."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""))
    return text if "<" in text else f"<p>{text}</p>"


def _soft_break(*_: object) -> str:
    """markdown-it's rule for a line break inside a paragraph."""
    return f'<br class="{_SOFT}">'


def _front(text: str, *, toml: bool) -> dict[str, str]:
    """Front matter's plain values; what is neither YAML nor TOML is left out."""
    try:
        content = tomllib.loads(text) if toml else yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):  # tomllib's error is a ValueError
        return {}
    if not isinstance(content, dict):
        return {}
    return {str(key): " ".join(str(value).split()) for key, value in content.items() if isinstance(value, str | int | float | date)}


def _blocks(soup: "BeautifulSoup") -> tuple[Block, ...]:
    walker = _Walker()
    walker.children(soup, _Style())
    walker.flush(_Style())
    return tuple(walker.blocks)


class _Walker:
    """Goes through a page in order; `flush` ends the line that is being gathered."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._runs: list[Run] = []
        self._opening: tuple[Kind, int] | None = None  # the next line is the first of an item, a term or a detail
        self._spanned = False

    def flush(self, style: _Style) -> None:
        runs, self._runs = self._runs, []
        self._spanned = False
        kind, level = self._opening or (style.kind, style.level)
        lines: list[Line] = []
        for part in _own_lines(runs):
            line = _definition(part, kind, level)
            if lines and lines[-1].kind is Kind.DETAIL and line.kind is Kind.PARAGRAPH and kind is Kind.PARAGRAPH:
                line = replace(line, kind=Kind.DETAIL, level=lines[-1].level)  # a detail goes on until the next term
            if line:
                lines.append(line)
        if lines:
            self._opening = None
        self.blocks.extend(lines)

    def children(self, node: "Tag | BeautifulSoup", style: _Style) -> None:
        from bs4.element import NavigableString, Tag

        for child in node.children:
            if isinstance(child, Tag):
                self._element(child, style)
            elif type(child) is NavigableString:  # its subclasses are comments, doctypes and the like
                self._text(str(child), style)

    def _text(self, text: str, style: _Style) -> None:
        if style.pre:
            for number, part in enumerate(text.split("\n")):
                if number:
                    self.flush(style)
                self._runs.append(Run(part, style.href, style.strong))
        elif text:
            self._spanned = False
            self._runs.append(Run(text.replace("\n", " "), style.href, style.strong))

    def _element(self, tag: "Tag", style: _Style) -> None:
        name = tag.name.lower()
        if (
            name in _DROPPED
            or _is_anchor(tag)
            or tag.has_attr("hidden")
            or _HIDDEN.search(str(tag.get("style") or ""))
            or tag.get("role") == "navigation"
        ):
            return
        inner = replace(style, strong=style.strong or name in _STRONG)
        if name == "a" and tag.get("href"):
            inner = replace(inner, href=str(tag["href"]).strip())
        if name == "br":
            self._break(style, soft=tag.get("class") == [_SOFT])
        elif name == "table":
            self._table(tag, style)
        elif name in _HEADINGS:
            self._block(tag, replace(inner, kind=Kind.HEADING, level=_HEADINGS[name]), style)
        elif name == "li":
            self._opened(tag, style, inner, Kind.ITEM)
        elif name in ("dt", "dd"):
            self._opened(tag, style, inner, Kind.TERM if name == "dt" else Kind.DETAIL)
        elif name == "pre":
            self._block(tag, replace(inner, pre=True), style)
        elif name in _LINES:
            self._block(tag, inner, style)
        else:
            if self._spanned and self._runs and name in _APART:
                self._runs.append(Run(" "))  # neighbours that only a style sheet holds apart
            self.children(tag, inner)
            self._spanned = name in _APART or name in _STRONG

    def _break(self, style: _Style, *, soft: bool) -> None:
        if style.kind is Kind.HEADING:
            self._runs.append(Run(" "))
        elif soft:
            self._runs.append(Run("\n"))
        else:
            self.flush(style)

    def _block(self, tag: "Tag", inner: _Style, outer: _Style) -> None:
        self.flush(outer)
        self.children(tag, inner)
        self.flush(inner)

    def _opened(self, tag: "Tag", style: _Style, inner: _Style, kind: Kind) -> None:
        self.flush(style)
        level = style.level + 1 if style.kind is not Kind.HEADING else 1
        inner = replace(inner, kind=Kind.PARAGRAPH, level=level)
        self._opening = (kind, level)
        self.children(tag, inner)
        self.flush(inner)
        self._opening = None

    def _table(self, tag: "Tag", style: _Style) -> None:
        from bs4.element import Tag

        self.flush(style)
        rows = _grid([row for row in tag.find_all("tr") if row.find_parent("table") is tag])
        nested = any(table.find("tr") for table in tag.find_all("table"))
        caption = tag.find("caption")
        if isinstance(caption, Tag) and caption.find_parent("table") is tag:
            self._block(caption, style, style)
        if nested or not rows or max(map(len, rows)) < 2:  # a table for the layout only
            for child in tag.find_all("tr"):
                if child.find_parent("table") is tag:
                    self._block(child, style, style)
        else:
            self.blocks.append(Table(tuple(rows)))


def _grid(rows: list["Tag"]) -> list[tuple[Cell, ...]]:
    """Rows of one length, spans spread out."""
    made: list[list[Cell]] = []
    hanging: dict[int, tuple[Cell, int]] = {}  # column -> a cell that reaches down, rows left
    for row in rows:
        cells = [cell for cell in row.find_all(("td", "th")) if cell.find_parent("tr") is row]
        if not cells:
            continue
        line: list[Cell] = []
        for cell in [*cells, None]:
            while len(line) in hanging and hanging[len(line)][1] > 0:
                above, left = hanging[len(line)]
                hanging[len(line)] = (above, left - 1)
                line.append(replace(above, from_above=True))
            if cell is None or len(line) >= _WIDEST:
                break
            read = Cell(_cell_lines(cell), header=cell.name == "th")
            down = _span(cell, "rowspan")
            for n in range(_span(cell, "colspan")):
                if down > 1:
                    hanging[len(line)] = (replace(read, from_left=n > 0), down - 1)
                line.append(replace(read, from_left=n > 0))
        made.append(line)
    width = max(map(len, made), default=0)
    return [tuple(line + [Cell()] * (width - len(line))) for line in made]


def _span(cell: "Tag", name: str) -> int:
    value = str(cell.get(name) or "1").strip()
    return max(1, min(int(value), _WIDEST)) if value.isascii() and value.isdigit() else 1


def _cell_lines(cell: "Tag") -> tuple[Line, ...]:
    walker = _Walker()
    walker.children(cell, _Style())
    walker.flush(_Style())
    return tuple(block for block in walker.blocks if isinstance(block, Line))


def _own_lines(runs: list[Run]) -> list[list[Run]]:
    """A paragraph's runs, parted where a soft break is followed by something of its own."""
    if not any(run.text == "\n" for run in runs):
        return [runs]
    written: list[list[Run]] = [[]]
    for run in runs:
        if run.text == "\n":
            written.append([])
        else:
            written[-1].append(run)
    texts = ["".join(run.text for run in line).strip() for line in written]
    width = max(map(len, texts))
    parts: list[list[Run]] = [written[0]]
    for n, line in enumerate(written[1:], start=1):
        if starts_own(texts[n - 1], texts[n], width):
            parts.append(line)
        else:
            parts[-1] = [*parts[-1], Run(" "), *line]
    starts = ["".join(run.text for run in part).lstrip() for part in parts]
    first = next((n for n, text in enumerate(starts) if text.startswith(":")), len(parts))
    return [part if n > first and not OWN_LINE.match(starts[n]) else _with_next(part, parts[n + 1 :]) for n, part in enumerate(parts)]


def starts_own(before: str, behind: str, width: int = 0) -> bool:
    """Does a line start something of its own, or only go on with the one above it?

    Args:
        width: How long the paragraph's longest line is, so that a line that had room for the next word was ended on purpose.
    """
    match = OWN_LINE.match(behind)
    if match and not behind[0].islower():
        label = match[0].rstrip()
        told = label == ":" or not label.endswith(":") or bool(role_of(label)) or bool(_LABELLED.match(before))
        return told or before.rstrip()[-1:] in (".", "!", "?", ":", "") or len(before) < _SHORT
    if not behind or not (behind[0].isupper() or behind[0].isdigit()) or before.endswith((",", "-", "–", " and", " of", " the")):
        return False
    if width >= _SHORT and len(before) + 1 + len(behind.split()[0]) > width:
        return False  # there was no room for the next word
    return len(before) < _SHORT or before.endswith((".", "!", "?", ":"))


def _with_next(part: list[Run], following: list[list[Run]]) -> list[Run]:
    """Marks the term of a kramdown definition list: the line before one that starts with a colon."""
    text = "".join(run.text for run in part).lstrip()
    defined = following and "".join(run.text for run in following[0]).lstrip().startswith(":")
    return [Run("\x01"), *part] if defined and text and not text.startswith(":") else part


def _definition(runs: list[Run], kind: Kind, level: int) -> Line:
    """A line; `: words` is a detail of a definition list, as kramdown writes it, what stands before it its term."""
    if runs and runs[0].text == "\x01":
        return make_line(runs[1:], Kind.TERM if kind is Kind.PARAGRAPH else kind, level)
    line = make_line(runs, kind, level)
    if line.text.startswith(":") and kind is Kind.PARAGRAPH and not line.text.startswith("::"):
        cut = line.cut(1)
        return make_line(cut.runs, Kind.DETAIL, level + 1)
    return line


def _is_anchor(tag: "Tag") -> bool:
    """The sign beside a heading that links to the heading itself, as Sphinx, MkDocs and Hugo set it."""
    return tag.name == "a" and str(tag.get("href") or "").startswith("#") and tag.get_text(strip=True) in ("¶", "#", "§", "🔗")
