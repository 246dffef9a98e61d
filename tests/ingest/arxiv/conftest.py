"""A fake arXiv, a folder, and a time that passes only when someone waits."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.arxiv.client import ArxivClient
from ingest.arxiv.pacing import Clock
from tests.ingest.fake_arxiv import FakeArxiv, FakePaper


class FakeTime:
    """Seconds since the epoch, moved by `sleep` alone."""

    def __init__(self) -> None:
        self.seconds = 1_700_000_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.seconds += seconds

    def clock(self, jitter: float = 1.0) -> Clock:
        return Clock(now=lambda: self.seconds, sleep=self.sleep, jitter=lambda: jitter)


@pytest.fixture
def server() -> Iterator[FakeArxiv]:
    with FakeArxiv() as made:
        made.add(FakePaper("2401.00001"))
        yield made


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    return tmp_path / "papers"


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def client(server: FakeArxiv, papers: Path, fake_time: FakeTime) -> Callable[..., ArxivClient]:
    """Makes the client of a new run."""
    return lambda **changes: ArxivClient(server.settings(**changes), papers, fake_time.clock())


def kept(folder: Path) -> list[str]:
    """Names of what lies in a folder for people: not the lock and the notes of where files came from."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
