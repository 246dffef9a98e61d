"""Files that mean harm, made by hand, and readers that misbehave: both for tests of `ingest.extraction`."""

import io
import os
import signal
import sys
import time
import zlib
from pathlib import Path

from common.errors import SourceError
from ingest import readers
from ingest.documents import Block, Document
from ingest.pictures.drawing import Answer, Order, draw
from ingest.readers.limits import Limits


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1, with a correct table of them."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start))
    return out.getvalue()


def stream(content: bytes, *, packed: bool = True) -> bytes:
    body = zlib.compress(content, 9) if packed else content
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(body), b" /Filter /FlateDecode" if packed else b"", body)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


def one_page(content: bytes, *, packed: bool = True) -> bytes:
    """A PDF of one page with this content stream."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    return pdf(CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream(content, packed=packed), FONT)


def said(text: str, at: tuple[int, int] = (72, 700)) -> bytes:
    return b"BT /F1 12 Tf %d %d Td (%s) Tj ET\n" % (*at, text.encode("latin-1"))


def good_pdf() -> bytes:
    lines = ("A hive of bees makes 27 kilograms of honey a year.", "An owl hears a mouse under 40 centimetres of snow.")
    return one_page(b"".join(said(line, (72, 700 - 20 * n)) for n, line in enumerate(lines)), packed=False)


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (n + 4) for n in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R /Resources << >> >>"
    return pdf(CATALOG, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count), stream(b"BT (x) Tj ET"), *[page] * count)


def recursive_pages() -> bytes:
    return pdf(CATALOG, b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 9 >>")


def deep_pages(depth: int = 5000) -> bytes:
    nodes = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 3) for n in range(depth)]
    return pdf(CATALOG, *nodes, b"<< /Type /Page /MediaBox [0 0 9 9] >>")


def huge_count() -> bytes:
    return pdf(CATALOG, b"<< /Type /Pages /Kids [] /Count 2147483647 >>")


def deep_nesting(depth: int = 100_000) -> bytes:
    return pdf(CATALOG, b"<< /Type /Pages /Kids %s%s /Count 1 >>" % (b"[" * depth, b"]" * depth))


def bomb(megabytes: int = 600) -> bytes:
    """A page whose content unpacks to a thousand times its size."""
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(b"(x) Tj " * 150_000) for _ in range(megabytes)) + packer.flush()
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>"
    packed = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(body), body)
    return pdf(CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, packed)


def double_bomb() -> bytes:
    """Packed twice: each layer is a thousandth of the next."""
    inner = zlib.compress(b"\0" * 500_000_000, 9)
    body = zlib.compress(inner, 9)
    packed = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(body), body)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>"
    return pdf(CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, packed)


def slow() -> bytes:
    """A small file with so many operators that any reader takes long: what a hang looks like from outside."""
    return one_page(b"BT /F1 9 Tf 1 0 0 1 9 9 Tm (a) Tj ET q 1 0 0 1 0 0 cm Q\n" * 6_000_000)


def form_loop() -> bytes:
    """A form that draws itself."""
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 4 0 R >> >> /Length 5 >>\nstream\n/A Do\nendstream"
    )
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 5 0 R /Resources << /XObject << /A 4 0 R >> >> >>"
    return pdf(CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, form, stream(b"/A Do"))


def reference_loop() -> bytes:
    return pdf(CATALOG, b"3 0 R", b"4 0 R", b"2 0 R")


def encrypted_pdf() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(good_pdf())))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


class OddError(Exception):
    """Cannot be made again from its pickle."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__("odd")


def misbehave(path: Path, limits: Limits) -> Document:
    """A reader that does what the file's name says; any other file it reads as one block."""
    what = path.stem
    if what == "sleep":
        time.sleep(600)
    elif what == "spin":
        while True:
            pass
    elif what == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            pass
    elif what == "memory":
        bytearray(3_000_000_000)
    elif what == "abort":
        os.abort()
    elif what == "segfault":
        import ctypes

        ctypes.string_at(0)
    elif what == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "exit":
        sys.exit(3)
    elif what == "odd":
        raise OddError(1, 2)
    elif what == "interrupt":
        raise KeyboardInterrupt
    elif what == "recursion":
        return misbehave(path, limits)
    elif what == "refused":
        raise SourceError(f"{path.name}: no")
    elif what == "unpicklable":
        return Document((Block(lambda: None, None, ""),), 0)  # type: ignore[arg-type]
    elif what == "huge":
        return Document((Block("x" * 300_000_000, None, ""),), 0)
    return Document((Block(path.read_text("utf-8"), None, ""),), 0)


def misbehave_or_read(path: Path, limits: Limits) -> Document:
    """The real reader, but for files that are named for what they do."""
    return misbehave(path, limits) if path.stem in ("spin", "memory", "abort", "segfault", "odd") else readers.read(path, limits)


def misdraw(order: Order) -> Answer:
    """Does what the quote says instead of drawing."""
    with (order.target.parent.parent / "calls").open("a") as log:
        log.write(f"{order.page}\n")
    match order.quote.split()[0]:
        case "die":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "sleep":
            time.sleep(60)
        case "rubbish":
            order.target.write_bytes(b"[1, 1, 1, 1]\nno picture")
        case "nothing":
            pass
        case "slowly":
            time.sleep(0.3)
            return draw(order)
        case other:
            raise SourceError(f"cannot {other}")
    return "drawn", ""
