"""Vectors on disk: one file a revision, half precision, of which a search reads the few rows that it looks at.

A file holds where the passages begin and end, then the vectors of all sentences of the revision, then those of its
passages. Rows are read, not mapped: mapped pages stay in memory, and a corpus of a thousand papers has a gigabyte of
them. Chroma searches the passages' vectors; the sentences' are too many for a graph and are only compared.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from common.files import write_whole
from ingest.embeddings import Vectors

Bounds = NDArray[np.int32]  # of passages: shape (passages, 3): first sentence, end (excluded), 1 for references
_HALF = np.dtype("<f2")
_BOUND = np.dtype("<i4")
_COLUMNS = 3


@dataclass(frozen=True)
class StoredVectors:
    """One file, by what the catalog says of its revision.

    Attributes:
        sentences, passages: How many there are.
    """

    path: Path
    sentences: int
    passages: int

    def bounds(self) -> Bounds:
        """Where each passage begins and ends.

        Raises:
            OSError: The file is gone.
            ValueError: It is not of the size that it should have.
        """
        rows = self.path.stat().st_size - self.passages * _COLUMNS * _BOUND.itemsize
        if rows <= 0 or rows % (_HALF.itemsize * (self.sentences + self.passages)):
            raise ValueError(f"{self.path.name} has not the size of {self.sentences} sentences and {self.passages} passages")
        return np.fromfile(self.path, _BOUND, self.passages * _COLUMNS).reshape(self.passages, _COLUMNS)

    def of_sentences(self, first: int, end: int, step: int = 1) -> Vectors:
        """Vectors of sentences `first` to `end` (excluded), shape (sentences, dimensions).

        Raises:
            OSError, ValueError: The file is gone or damaged.
        """
        return self._rows(first, end, step)

    def of_passages(self, first: int, end: int, step: int = 1) -> Vectors:
        """As `of_sentences`, of passages."""
        return self._rows(self.sentences + first, self.sentences + end, step)

    def _rows(self, first: int, end: int, step: int) -> Vectors:
        head = self.passages * _COLUMNS * _BOUND.itemsize
        width = (self.path.stat().st_size - head) // (_HALF.itemsize * (self.sentences + self.passages))
        offset = head + first * width * _HALF.itemsize
        return np.fromfile(self.path, _HALF, (end - first) * width, offset=offset).reshape(end - first, width)[::step].astype(np.float32)


class VectorFiles:
    """The files of one collection, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, revision: str, bounds: Bounds, sentences: Vectors, passages: Vectors) -> None:
        """Store a revision's vectors, whole or not at all.

        Args:
            bounds: Shape (passages, 3), see `Bounds`.
            sentences: Shape (sentences, dimensions), rows of length 1.
            passages: Shape (passages, dimensions), rows of length 1.

        Raises:
            OSError: The disk is full or cannot be written.
        """
        rows = np.concatenate([sentences, passages]).astype(_HALF)
        write_whole(self._path(revision), bounds.astype(_BOUND).tobytes() + rows.tobytes())

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
