"""One request at a time, and a pause between two: in this process and between all that share a folder.

arXiv asks for "no more than one request every three seconds" and "a single connection at a time", for all machines of a
user together (https://info.arxiv.org/help/api/tou.html). A lock file holds the one connection; a file beside it holds the
time before which the next request may not start.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from common.errors import SourceError

_LONGEST_S = 86_400.0  # a time further away than a day is a clock that was wrong when it was written


@dataclass(frozen=True)
class Clock:
    """Time and chance, so that tests need not wait: seconds since the epoch, a pause, a number from 0 to 1."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random


@dataclass
class Turn:
    """A request's turn; `rest_s` is how long the server asks to be left alone after it."""

    rest_s: float = 0.0


class Pace:
    """Gives out turns, one at a time.

    Args:
        folder: Where the lock lies; made if it is not there. Who shares it shares the pace.
        pause_s: Seconds from the end of a request to the start of the next.
        patience_s: Longest wait for a turn after the server asked for a rest.
    """

    def __init__(self, folder: Path, pause_s: float, patience_s: float, clock: Clock) -> None:
        self._lock = FileLock(folder / ".arxiv.lock")
        self._next = folder / ".arxiv-next"
        self._pause_s = pause_s
        self._patience_s = max(pause_s, patience_s)
        self._clock = clock

    @contextmanager
    def turn(self, deadline: float) -> Iterator[Turn]:
        """Wait for the turn and hold it.

        Args:
            deadline: The latest moment, in seconds since the epoch, at which the turn is of use.

        Raises:
            SourceError: There is no turn before the deadline, or the folder cannot be written.
        """
        turn = Turn()
        self._acquire(max(0.0, deadline - self._clock.now()))
        try:
            wait_s = self._wait_s()
            if wait_s > self._patience_s or self._clock.now() + wait_s > deadline:
                raise SourceError(f"arXiv has asked for a rest of {wait_s:.0f} s more: run again after that")
            if wait_s > 0:
                self._clock.sleep(wait_s)
            self._not_before(self._pause_s)  # written before too: whoever is killed now has asked
            try:
                yield turn
            finally:
                self._not_before(max(self._pause_s, turn.rest_s))
        finally:
            self._lock.release()

    def _acquire(self, timeout_s: float) -> None:
        folder = self._next.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=timeout_s)
        except Timeout as exc:  # an OSError too
            raise SourceError("another Lector is fetching from arXiv: run again when it has finished") from exc
        except OSError as exc:
            raise SourceError(f"cannot write to {folder} ({exc.strerror}): make the folder writable") from exc

    def _wait_s(self) -> float:
        try:
            wait_s = float(self._next.read_text("ascii")) - self._clock.now()
        except (OSError, ValueError):
            return 0.0
        return wait_s if 0 < wait_s <= _LONGEST_S else 0.0

    def _not_before(self, seconds: float) -> None:
        try:
            self._next.write_text(f"{self._clock.now() + seconds:.3f}", "ascii")
        except OSError as exc:
            raise SourceError(f"cannot write to {self._next.parent} ({exc.strerror}): make room, or the folder writable") from exc
