"""Vectors on disk: one file a revision, of which a search reads the few rows that it looks at.

    header · where passages begin and end · vectors of sentences · vectors of passages · ends of sentences' tokens · signs of tokens

Vectors are in half precision, the tokens' as signs. Rows are read, not mapped: mapped pages stay in memory, and a corpus
of a thousand papers has a gigabyte of them. Chroma searches the passages' vectors; the sentences' are too many for a
graph and are only compared.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from common.files import write_whole
from ingest.encoded import Bits, Encoded, Ends, Vectors

Bounds = NDArray[np.int32]  # of passages: shape (passages, 3): first sentence, end (excluded), 1 for references
_HALF = np.dtype("<f2")
_INT = np.dtype("<i4")
_BYTE = np.dtype("u1")
_HEADER = 2  # ints: dimensions, tokens
_COLUMNS = 3


class OpenVectors:
    """An open file of vectors."""

    def __init__(self, file: BinaryIO, sentences: int, passages: int) -> None:
        self._file = file
        self._passages = passages
        self._dimensions, self._tokens = (int(n) for n in self._read(_INT, _HEADER, 0))
        self._width = -(-self._dimensions // 8)
        self._sentences = sentences
        self._rows_at = (_HEADER + passages * _COLUMNS) * _INT.itemsize
        self._ends_at = self._rows_at + (sentences + passages) * self._dimensions * _HALF.itemsize
        self._bits_at = self._ends_at + sentences * _INT.itemsize

    @property
    def size(self) -> int:
        """Bytes that the file should have."""
        return self._bits_at + self._tokens * self._width

    def bounds(self) -> Bounds:
        """Where each passage begins and ends."""
        return self._read(_INT, self._passages * _COLUMNS, _HEADER * _INT.itemsize).reshape(self._passages, _COLUMNS)

    def of_sentences(self, first: int, end: int, step: int = 1) -> Vectors:
        """Vectors of sentences `first` to `end` (excluded), shape (sentences, dimensions).

        Raises:
            ValueError: The file is damaged.
        """
        return self._rows(first, end, step)

    def of_passages(self, first: int, end: int, step: int = 1) -> Vectors:
        """As `of_sentences`, of passages."""
        return self._rows(self._sentences + first, self._sentences + end, step)

    def of_tokens(self, first: int, end: int) -> tuple[Bits, Ends]:
        """Of the tokens of sentences `first` to `end` (excluded): the signs, and where each sentence's end among them.

        Raises:
            ValueError: The file is damaged.
        """
        before = int(self._read(_INT, 1, self._ends_at + (first - 1) * _INT.itemsize)[0]) if first else 0
        ends = self._read(_INT, end - first, self._ends_at + first * _INT.itemsize) - before
        count = int(ends[-1]) if len(ends) else 0
        return self._read(_BYTE, count * self._width, self._bits_at + before * self._width).reshape(count, self._width), ends

    def _rows(self, first: int, end: int, step: int) -> Vectors:
        size = self._dimensions * _HALF.itemsize
        rows = self._read(_HALF, (end - first) * self._dimensions, self._rows_at + first * size)
        return rows.reshape(end - first, self._dimensions)[::step].astype(np.float32)

    def _read(self, kind: np.dtype[Any], count: int, at: int) -> NDArray[Any]:
        return np.frombuffer(os.pread(self._file.fileno(), count * kind.itemsize, at), kind, count)


@dataclass(frozen=True)
class StoredVectors:
    """One file, by what the catalog says of its revision.

    Attributes:
        sentences, passages: How many there are.
    """

    path: Path
    sentences: int
    passages: int

    @contextmanager
    def opened(self) -> Iterator[OpenVectors]:
        """The file, open for the block.

        Raises:
            OSError: It is gone.
            ValueError: It is damaged.
        """
        with self.path.open("rb", buffering=0) as file:
            yield OpenVectors(file, self.sentences, self.passages)

    def bounds(self) -> Bounds:
        """Where each passage begins and ends.

        Raises:
            OSError: The file is gone.
            ValueError: It is not of the size that it should have.
        """
        with self.opened() as stored:
            if self.path.stat().st_size != stored.size:
                raise ValueError(f"{self.path.name} has not the size of {self.sentences} sentences and {self.passages} passages")
            return stored.bounds()


class VectorFiles:
    """The files of one collection, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, revision: str, bounds: Bounds, encoded: Encoded, passages: Vectors) -> None:
        """Store a revision's vectors, whole or not at all.

        Args:
            bounds: Shape (passages, 3), see `Bounds`.
            encoded: The sentences.
            passages: Shape (passages, dimensions), rows of length 1.

        Raises:
            OSError: The disk is full or cannot be written.
        """
        header = np.array([passages.shape[1], len(encoded.bits)], dtype=_INT)
        rows = np.concatenate([encoded.vectors, passages]).astype(_HALF)
        parts = (header, bounds.astype(_INT), rows, encoded.ends.astype(_INT), encoded.bits)
        write_whole(self._path(revision), b"".join(part.tobytes() for part in parts))

    def stored(self, revision: str, sentences: int, passages: int) -> StoredVectors:
        """A revision's file, to be read when it is needed."""
        return StoredVectors(self._path(revision), sentences, passages)

    def holds(self, revision: str) -> bool:
        """Is there a file of this revision?"""
        return self._path(revision).is_file()

    def remove(self, revision: str) -> None:
        """Delete a revision's file if there is one."""
        self._path(revision).unlink(missing_ok=True)

    def clean(self, keep: list[str]) -> None:
        """Delete what no revision of `keep` needs: leftovers of a process that was killed. Only under the sync's lock."""
        if not self._folder.is_dir():
            return
        wanted = {self._path(revision).name for revision in keep}
        for path in self._folder.iterdir():
            if path.name not in wanted:
                path.unlink(missing_ok=True)

    def _path(self, revision: str) -> Path:
        return self._folder / f"{revision}.vec"
