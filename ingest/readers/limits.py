"""What one file may cost. Time and memory are the worker's (`ingest.extraction`); these three a reader holds itself."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from common.errors import SourceError
from ingest.documents import Block

_LEAST = 20  # characters that a block counts for at least: a million blocks of one letter are a bomb too


@dataclass(frozen=True)
class Limits:
    """The most that a file may hold; by itself, anything.

    Attributes:
        max_mb: Bytes on disk, in millions.
        max_pages: Pages, where the format has pages.
        max_chars: Characters of text, section names included.
    """

    max_mb: float = math.inf
    max_pages: float = math.inf
    max_chars: float = math.inf

    def check_file(self, path: Path) -> None:
        """Refuse what is no regular file, is empty or is too large, before a byte of it is read.

        Raises:
            SourceError: It is one of these, or is not there.
        """
        try:
            if not path.exists():
                raise SourceError(f"{path.name}: no such file (or a link to nothing): put it there")
            if not path.is_file():  # a pipe would be waited for, a device read for ever
                raise SourceError(f"{path.name}: a folder or device, not a file: put the file itself there")
            size = path.stat().st_size
        except (OSError, ValueError) as exc:
            raise SourceError(f"{path.name}: cannot be read ({exc}): check the path and its permissions") from exc
        if size == 0:
            raise SourceError(f"{path.name}: the file is empty: get it again")
        if size > self.max_mb * 1_000_000:
            raise SourceError(
                f"{path.name}: {size / 1_000_000:.1f} MB, more than the {self.max_mb:g} MB of reading.max_mb: "
                "add a smaller copy or raise the setting"
            )

    def check_pages(self, name: str, pages: int) -> None:
        """Refuse a file of too many pages.

        Raises:
            SourceError: It has more than `max_pages`.
        """
        if pages > self.max_pages:
            raise SourceError(
                f"{name}: {pages} pages, more than the {self.max_pages} of reading.max_pages: split the file or raise the setting"
            )

    def check_chars(self, name: str, chars: int) -> None:
        """Refuse a file of too much text.

        Raises:
            SourceError: It has more than `max_chars`.
        """
        if chars > self.max_chars:
            raise SourceError(
                f"{name}: more text than the {self.max_chars} characters of reading.max_chars: split the file or raise the setting"
            )

    def check_blocks(self, name: str, blocks: Iterable[Block]) -> None:
        """Refuse a document that is too large to be handed on.

        Raises:
            SourceError: Its text, sections and blocks come to more than `max_chars`.
        """
        self.check_chars(name, sum(max(len(block.text) + len(block.section), _LEAST) for block in blocks))
