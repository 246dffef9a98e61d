"""A drawn page, and how it lies on disk: one line of JSON, then the PNG."""

import json
from dataclasses import dataclass
from typing import Self

from ingest.pictures.alignment import Found

_PNG_BEGINS, _PNG_ENDS = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB\x60\x82"


@dataclass(frozen=True)
class Header:
    """What is known of a picture.

    Attributes:
        page: 1-based.
        count: Pages of the file.
        found: Of the quote, on all pages of what was cited.
        marked: Is any of it marked on this page?
    """

    page: int
    count: int
    found: Found
    marked: bool

    def packed(self) -> bytes:
        """As the first line of a picture's file."""
        return json.dumps([self.page, self.count, self.found, self.marked]).encode() + b"\n"

    @classmethod
    def unpacked(cls, line: bytes) -> Self:
        """From that line.

        Raises:
            ValueError: It is none.
        """
        try:
            page, count, found, marked = json.loads(line)
            return cls(int(page), int(count), Found(found), bool(marked))
        except TypeError as exc:
            raise ValueError(str(exc)) from exc


@dataclass(frozen=True)
class Picture:
    """A page as PNG."""

    header: Header
    png: bytes

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        """From a picture's file.

        Raises:
            ValueError: It is none, or not whole.
        """
        line, _, png = data.partition(b"\n")
        if not (png.startswith(_PNG_BEGINS) and png.endswith(_PNG_ENDS)):
            raise ValueError("no whole PNG")
        return cls(Header.unpacked(line), png)
