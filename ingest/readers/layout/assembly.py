"""From items to a document: paragraphs joined over columns, floats and pages, and the place of every block in its page's text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.documents import Block, Document, Kind, Piece
from ingest.readers.layout.paragraphs import is_open, joined, may_follow, same_size, text_of
from ingest.readers.layout.structure import Item
from ingest.readers.layout.style import Style

_KEEPS_LINES = (Kind.ALGORITHM, Kind.FIGURE)


@dataclass
class _Draft:
    """A block in the making.

    Attributes:
        parts: (page, text) of each page it stands on, in order.
        cuts: Offsets in the whole text.
    """

    item: Item
    parts: list[tuple[int, str]]
    cuts: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(text for _page, text in self.parts)


def document_of(items: Sequence[Item], pages: int, words: Counter[str], style: Style) -> Document:
    """The document that the items make up.

    Args:
        pages: How many the file has.
        words: How often it writes each word.
    """
    drafts = [_Draft(item, [(item.page, _text(item, words))]) for item in items]
    drafts = _with_joined([draft for draft in drafts if draft.text], words, style)
    texts: list[list[str]] = [[] for _ in range(pages)]
    lengths = [0] * pages
    blocks: list[Block] = []
    for draft in _ordered(drafts):
        pieces: list[Piece] = []
        at = 0
        for page, text in draft.parts:
            pieces.append(Piece(at, page, lengths[page - 1]))
            texts[page - 1].append(text)
            lengths[page - 1] += len(text) + 1
            at += len(text) + 1
        item = draft.item
        if not item.heading:
            blocks.append(
                Block(
                    draft.text, item.page, item.section, item.kind, item.context, item.group, tuple(pieces), tuple(sorted(set(draft.cuts)))
                )
            )
    return Document(tuple(blocks), pages, tuple("\n".join(page) for page in texts))


def with_imprint(document: Document, imprint: Sequence[str]) -> Document:
    """The document with lines of its first page, behind all other blocks, and at the top of the page's text: both interrupt nothing."""
    if not imprint:
        return document
    ahead = len("\n".join(imprint)) + 1
    blocks = [
        replace(block, pieces=tuple(replace(piece, start=piece.start + ahead) if piece.page == 1 else piece for piece in block.pieces))
        for block in document.blocks
    ]
    at = 0
    for line in imprint:
        blocks.append(Block(line, 1, "", Kind.IMPRINT, pieces=(Piece(0, 1, at),)))
        at += len(line) + 1
    first, *others = document.page_texts
    return replace(document, blocks=tuple(blocks), page_texts=("\n".join(filter(None, (*imprint, first))), *others))


def _text(item: Item, words: Counter[str]) -> str:
    if item.kind in _KEEPS_LINES:
        return "\n".join(line.text for line in item.lines).strip()
    return text_of(item.lines, words).strip()


def _with_joined(drafts: list[_Draft], words: Counter[str], style: Style) -> list[_Draft]:
    """Drafts in which the rest of a paragraph is part of the paragraph, whatever stands between."""
    result: list[_Draft] = []
    open_at: int | None = None  # of the last paragraph that may go on
    for draft in drafts:
        item = draft.item
        if item.apart or item.kind in (Kind.TABLE, Kind.CAPTION, Kind.FIGURE, Kind.ALGORITHM):
            result.append(draft)
            continue
        before = result[open_at] if open_at is not None else None
        if before is not None and open_at is not None and _goes_on(before, draft, style):
            _join(before, draft, words, between=open_at != len(result) - 1)
            continue
        result.append(draft)
        open_at = None if item.heading or item.kind is Kind.EQUATION else len(result) - 1
    return result


def _goes_on(before: _Draft, draft: _Draft, style: Style) -> bool:
    one, other = before.item, draft.item
    last, first = before.item.lines[-1], other.lines[0]
    apart = last.page != first.page or first.y < last.y or first.y - last.y > 1.3 * style.leading(first.size)
    return (
        one.kind is other.kind
        and one.section == other.section
        and not other.heading
        and apart
        and same_size(last, first)
        and not other.indented
        and other.page - before.parts[-1][0] <= 1
        and (other.page == before.parts[-1][0] or len(before.parts) == 1)
        and is_open(before.text)
        and may_follow(first.text)
        and (first.page != last.page or draft.text[:1].islower() or before.text.endswith(("-", ",")) or first.y < last.y)
        and last.x1 > one.margins[1] - 4 * last.size
    )


def _join(before: _Draft, draft: _Draft, words: Counter[str], *, between: bool) -> None:
    """Make `draft` part of `before`; a word broken at the page's end stands whole on the first page."""
    text, page = draft.text, draft.item.page
    whole = before.text
    if page == before.parts[-1][0]:
        if between:
            before.cuts.extend(_borders(whole))
        old = before.parts[-1][1]
        before.parts[-1] = (page, joined(old, text, words))
        if between and not before.parts[-1][1].startswith(old + " "):  # a broken word was closed: cut behind it too
            end = before.parts[-1][1].find(" ", len(old) - 1)
            before.cuts.append(len(whole) - len(old) + (end if end >= 0 else len(before.parts[-1][1])))
        _take(before.item, draft.item)
        return
    first, _, rest = text.partition(" ")
    if re.search(r"\w-$", whole) and rest:
        at, old = before.parts[-1]
        before.cuts.extend(_borders(whole))
        before.parts[-1] = (at, joined(old, first, words))
        text = rest
    before.cuts.append(len(before.text))
    before.parts.append((page, text))
    _take(before.item, draft.item)


def _take(item: Item, rest: Item) -> None:
    item.lines = [*item.lines, *rest.lines]
    item.margins = rest.margins


def _borders(text: str) -> list[int]:
    """Where a text is cut at its end: there, or before its last word if that is broken."""
    return [text.rfind(" ")] if re.search(r"\w-$", text) and " " in text else [len(text)]


def _ordered(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Reading order, but a paragraph that spans a page's end stands last on its first page and first on the next."""
    spanning = {draft.parts[-1][0]: draft for draft in drafts if len(draft.parts) > 1}
    result: list[_Draft] = []
    by_page: dict[int, list[_Draft]] = {}
    for draft in drafts:
        by_page.setdefault(draft.parts[0][0], []).append(draft)
    for page in sorted({*by_page, *spanning}):
        own = by_page.get(page, [])
        result.extend(draft for draft in own if len(draft.parts) == 1)
        result.extend(draft for draft in own if len(draft.parts) > 1)
    return result
