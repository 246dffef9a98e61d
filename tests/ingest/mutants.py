"""Damaged files for fuzzing: real ones with bytes flipped, cut, spliced, repeated, and the format's own words put in wrong places."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from tests.ingest import hostile

_PDF_WORDS = (
    b"<<", b">>", b"[", b"]", b"(", b")", b"<", b">", b"/", b"%", b"\\", b"obj", b"endobj", b"stream\n", b"endstream", b"xref\n",
    b"trailer\n", b"startxref\n0\n%%EOF", b"R", b"1 0 R", b"2 0 R", b"3 0 R", b"4 0 R", b"null", b"true", b"/Kids [2 0 R]",
    b"/Count 2147483647", b"/Count -1", b"/Parent 3 0 R", b"/Length 999999999", b"/Length -1", b"/Length 4 0 R",
    b"/Filter /FlateDecode", b"/Filter /LZWDecode", b"/Filter /ASCII85Decode", b"/Filter /RunLengthDecode",
    b"/Filter [/FlateDecode /FlateDecode]", b"/Prev 0", b"/Prev 9", b"/Size 99999999", b"/MediaBox [0 0 0 0]",
    b"/MediaBox [1e38 -1e38 nan 9]", b"/Rotate 37", b"/Type /Page", b"/Type /Pages", b"/Encrypt 1 0 R", b"/W [1 8 8]",
    b"/Index [0 99999999]", b"/Predictor 15 /Columns 99999999", b"/FirstChar -1 /LastChar 99999999", b"/ToUnicode 4 0 R", b"BT ",
    b"ET ", b"q " * 99, b"Q " * 99, b"Tj ", b"TJ ", b"/F1 0 Tf ", b"/F9 12 Tf ", b"/X Do ", b"BI /W 9999 /H 9999 ID ", b" EI ",
    b"1 0 0 1 1e38 1e38 cm ", b"beginbfrange <00> <ffffffff> <0041> endbfrange", b"beginbfchar <0041> <d800> endbfchar",
)  # fmt: skip
_WEB_WORDS = (
    b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&#xD800;", b"&#0;", b"&#99999999999;", b"&amp", b"<table>", b"<tr><td>",
    b"<th rowspan=99999 colspan=99999>", b"</table>", b"<ul><li>", b"<dl><dt>", b"<dd>", b"<pre>", b"<h1>", b"<h6>", b"</h2>",
    b"<main>", b"<math>", b"<annotation encoding=application/x-tex>", b"<sup>", b"<script type=math/tex>", b"<svg>", b"<template>",
    b"<plaintext>", b"<br>" * 50, b"<div>" * 300, b"<meta charset=utf-7>", b"<meta charset=idna>",
    b"<?xml version='1.0' encoding='utf-16'?>", b'<p role="navigation">', b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80",
    b"\xe2\x80\xae", b"\r", b"\x0c", b"\x1b[2J", b"> " * 200, b"- " * 200, b"[" * 300, b"](", b"`" * 99, b"|---|---|\n", b"| a " * 99,
    b"***" * 99, b"# ", b"    " * 99, b"===\n", b"---\n", b"1. ", b"e.g. " * 200, b". " * 300,
)  # fmt: skip


@dataclass(frozen=True)
class Base:
    """A sound file to damage."""

    suffix: str
    data: bytes

    @property
    def words(self) -> tuple[bytes, ...]:
        return _PDF_WORDS if self.suffix == ".pdf" else _WEB_WORDS


@dataclass(frozen=True)
class Step:
    """One damage: where in the file (share of its length), how much, with what."""

    what: str
    at: float
    size: int
    word: int
    noise: bytes


def pdf_bases(papers: Sequence[Path]) -> list[Base]:
    """Small PDFs made here, and first pages of real ones, packed and unpacked."""
    made = [hostile.good_pdf(), hostile.many_pages(5), hostile.one_page(b"".join(hostile.said(f"Line {n}.") for n in range(40)))]
    for path in papers:
        made.extend(_excerpts(path))
    return [Base(".pdf", data) for data in made]


def text_bases(corpus: Path) -> list[Base]:
    """The course's own Markdown, and a page and a text with a bit of everything."""
    page = b"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>T</title></head><body><nav>n</nav><main><h1>A</h1>
<h2>B</h2><p>Text with <a href="x">a link</a>, 10<sup>18</sup> and <math alttext="d_{k}"><semantics><mi>d</mi>
<annotation encoding="application/x-tex">d_{k}</annotation></semantics></math>.<br><br>More.</p><table><caption>C</caption>
<tr><th>a</th><th colspan=2>b</th></tr><tr><td rowspan=2>1</td><td>2</td></tr></table><ul><li>one</li></ul>
<dl><dt>t</dt><dd>d</dd></dl><pre>x = 1</pre></main></body></html>"""
    text = (
        "The Zoo\n=======\n\n1. Honey\n\nBees make\nhoney.\n\n- one\n- two\n\na   1   2\nb   3   4\n\nREFERENCES\n\n[1] A. X, e.g. Mr. Y.\n"
    )
    markdown = [path.read_bytes() for path in sorted((corpus / "handouts").glob("*.md"))[:2]]
    return [Base(".html", page), Base(".txt", text.encode()), *(Base(".md", data) for data in markdown)]


def mutants(bases: Sequence[Base]) -> st.SearchStrategy[tuple[Base, bytes]]:
    """A base and what became of its bytes; now and then bytes that never were a file."""
    steps = st.lists(
        st.builds(
            Step,
            # Damage that leaves the rest where it was comes first: after the other kinds little but the repair of tables is tried.
            what=st.sampled_from(
                ["flip", "flip", "noise", "noise", "number", "number", "drop", "repeat", "splice", "insert", "swap", "cut"]
            ),
            at=st.integers(0, 10_000).map(lambda n: n * 0.6180339887 % 1),  # spread: Hypothesis prefers small numbers, files begin alike
            size=st.integers(1, 4000),
            word=st.integers(0, 1000),
            noise=st.binary(min_size=1, max_size=12),
        ),
        min_size=1,
        max_size=6,
    )
    base = st.sampled_from(bases)
    damaged = st.builds(lambda base, other, steps: (base, damage(base, other, steps)), base, base, steps)
    nonsense = st.builds(
        lambda base, noise: (base, (b"%PDF-1.4\n" if base.suffix == ".pdf" else b"") + noise), base, st.binary(max_size=400)
    )
    return st.one_of(*[damaged] * 9, nonsense)


def damage(base: Base, other: Base, steps: Sequence[Step]) -> bytes:
    data = base.data
    for step in steps:
        at, end = int(step.at * len(data)), int(step.at * len(data)) + step.size
        word = base.words[step.word % len(base.words)]
        if step.what == "flip":
            data = data[:at] + bytes(byte ^ (step.word % 255 + 1) for byte in data[at : at + 1]) + data[at + 1 :]
        elif step.what == "noise":
            data = data[:at] + step.noise + data[at + len(step.noise) :]
        elif step.what == "cut":
            data = data[: max(at, 20)]
        elif step.what == "drop":
            data = data[:at] + data[end:]
        elif step.what == "repeat":
            data = data[:end] + data[at:end] * (1 + step.word % 40) + data[end:]
        elif step.what == "splice":
            start = int(step.at * len(other.data))
            data = data[:at] + other.data[start : start + step.size] + data[at:]
        elif step.what == "insert":
            data = data[:at] + word + data[at:]
        elif step.what == "number" and (match := re.compile(rb"-?\d+").search(data, at)):
            number = (b"0", b"-1", b"1", b"2", b"3", b"4", b"65536", b"2147483648", b"99999999999999999999", b"1e400")[step.word % 10]
            data = data[: match.start()] + number + data[match.end() :]
        elif step.what == "swap":  # the words of the format itself, in another order
            tokens = re.split(rb"(\s+)", data[at:end])
            data = data[:at] + b"".join(reversed(tokens)) + data[end:]
    return data[:3_000_000]


def _excerpts(path: Path) -> list[bytes]:
    """The first two pages of a PDF, packed as they are and with their content unpacked, so that damage hits operators too."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DecodedStreamObject, NameObject

    found = []
    for unpack in (False, True):
        writer = PdfWriter()
        for page in PdfReader(path).pages[:2]:
            added = writer.add_page(page)
            contents = added.get_contents()
            if unpack and contents is not None:
                plain = DecodedStreamObject()
                plain.set_data(contents.get_data())
                added[NameObject("/Contents")] = writer._add_object(plain)
        out = io.BytesIO()
        writer.write(out)
        if out.tell() < 600_000:
            found.append(out.getvalue())
    return found
