"""Reads Markdown: headings become sections, table rows stay rows with their column names."""

from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.documents import Block, Document, Kind
from ingest.readers.decoding import read_text, tidy


def read_markdown(path: Path) -> Document:
    """The blocks of a Markdown file; it has no pages.

    Raises:
        SourceError: It is another kind of file, or neither UTF-8 nor marked as UTF-16.
    """
    return Document(tuple(parse_markdown(read_text(path))), pages=0)


def parse_markdown(text: str) -> list[Block]:
    """Blocks of Markdown text. HTML and comments are left out."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(tidy(text))
    blocks: list[Block] = []
    headings: list[tuple[int, str]] = []
    header: list[str] = []
    row: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        section = " > ".join(title for _level, title in headings)
        if token.type == "inline" and before is not None:
            content = _plain(token)
            if before.type == "heading_open":
                level = int(before.tag[1])
                headings = [h for h in headings if h[0] < level] + ([(level, content)] if level > 1 else [])
            elif before.type == "th_open":
                header.append(content)
            elif before.type == "td_open":
                row.append(content)
            elif content:
                blocks.append(Block(content, None, section))
        elif token.type == "table_open":
            header = []
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row:
            cells = [f"{name}: {cell}" if name and i else cell for i, (name, cell) in enumerate(zip(header, row, strict=False))]
            blocks.append(Block(" | ".join(cells), None, section, Kind.TABLE))
        elif token.type in ("fence", "code_block"):
            blocks.extend(Block(line.strip(), None, section, Kind.TABLE) for line in token.content.splitlines() if line.strip())
    return blocks


def _plain(token: Token) -> str:
    """An inline token's words; a link keeps its address where the words don't show it."""
    parts: list[str] = []
    href = ""
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "link_open":
            href, start = str(child.attrs.get("href", "")), len(parts)
        elif child.type == "link_close" and href and href not in "".join(parts[start:]):
            parts.append(f" ({href})")
    return " ".join("".join(parts).split())
