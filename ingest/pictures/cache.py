"""Keeps pictures on disk up to a size; those that were not seen for longest go first. Safe between threads and processes."""

import contextlib
import os
import time
from pathlib import Path

from ingest.pictures.picture import Picture

_SUFFIX = ".picture"
_UNFINISHED = ".drawing-"
_ROOM = 0.9  # of the size, to which it is cut down at once, so that not every picture has to
_LEFT_S = 3600.0  # an unfinished file of this age is nobody's


class PictureCache:
    """A folder of pictures. All of it touches the disk: not for the event loop."""

    def __init__(self, folder: Path, max_mb: float) -> None:
        self._folder = folder
        self._max_bytes = max_mb * 1_000_000

    def get(self, key: str) -> Picture | None:
        """A kept picture; None where there is none, or a damaged one."""
        path = self._folder / f"{key}{_SUFFIX}"
        try:
            picture = Picture.unpacked(path.read_bytes())
            os.utime(path)
        except (OSError, ValueError):
            return None
        return picture

    def unfinished(self, name: str) -> Path:
        """Where a worker may write.

        Raises:
            OSError: The folder cannot be made.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder / f"{_UNFINISHED}{name}"

    def take(self, key: str, drawn: Path) -> Picture:
        """What a worker has drawn, kept from now on.

        Raises:
            OSError: It cannot be read or moved.
            ValueError: It is no picture.
        """
        picture = Picture.unpacked(drawn.read_bytes())
        os.replace(drawn, self._folder / f"{key}{_SUFFIX}")
        self._trim()
        return picture

    def _trim(self) -> None:
        kept: list[tuple[float, int, Path]] = []
        for path in self._folder.iterdir():
            with contextlib.suppress(FileNotFoundError):  # another process was faster
                stat = path.stat()
                if path.suffix == _SUFFIX:
                    kept.append((stat.st_mtime, stat.st_size, path))
                elif path.name.startswith(_UNFINISHED) and time.time() - stat.st_mtime > _LEFT_S:
                    path.unlink()
        total = sum(size for _, size, _ in kept)
        if total <= self._max_bytes:
            return
        for _, size, path in sorted(kept):
            if total <= _ROOM * self._max_bytes:
                return
            path.unlink(missing_ok=True)
            total -= size
