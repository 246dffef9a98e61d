import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from filelock import FileLock

from common.errors import SourceError
from ingest.arxiv.client import ArxivClient
from ingest.arxiv.pacing import Clock
from tests.conftest import ROOT
from tests.ingest.arxiv.conftest import FakeTime
from tests.ingest.fake_arxiv import FakeArxiv, FakePaper, redirect, slow

Clients = Callable[..., ArxivClient]
FETCH = """
import sys
from pathlib import Path
from common.settings import Arxiv
from ingest.arxiv.client import ArxivClient
url, folder, pause, *ids = sys.argv[1:]
client = ArxivClient(Arxiv(base_url=url, pause_s=float(pause)), Path(folder))
for id in ids:
    client.fetch(id)
"""


def test_a_pause_stands_between_all_requests(server: FakeArxiv, client: Clients, fake_time: FakeTime) -> None:
    server.misbehave("/pdf/2401.00001", redirect("/pdf/2401.00001v1"))
    run = client(pause_s=3.0)
    run.fetch("2401.00001")
    run.metadata(["2401.00001"])
    assert len(server.requests) == 4
    assert fake_time.slept == [3.0, 3.0, 3.0]


def test_the_next_run_keeps_the_pause_but_not_a_wrong_clock_s(
    server: FakeArxiv, client: Clients, papers: Path, fake_time: FakeTime
) -> None:
    client(pause_s=3.0).fetch("2401.00001")
    fake_time.seconds += 1
    client(pause_s=3.0).fetch("2401.00001")
    assert fake_time.slept == [2.0]
    for nonsense in ("99999999999", "nan", "inf", "x", ""):
        (papers / ".arxiv-next").write_text(nonsense)
        client(pause_s=3.0).fetch("2401.00001")
    assert fake_time.slept == [2.0]


def test_two_processes_ask_one_at_a_time_with_the_pause(server: FakeArxiv, papers: Path) -> None:
    pause_s = 0.3
    ids = [f"2401.{n:05d}" for n in range(1, 7)]
    server.add(*(FakePaper(id) for id in ids))
    for id in ids:
        server.misbehave(f"/pdf/{id}", slow(before_s=0.1))
    arguments = [sys.executable, "-c", FETCH, server.url, str(papers), str(pause_s)]
    running = [subprocess.Popen([*arguments, *ids[start::2]], cwd=ROOT) for start in (0, 1)]
    assert [process.wait(60) for process in running] == [0, 0]
    asked = sorted(server.requests, key=lambda r: r.started)
    assert sorted(r.path.removeprefix("/pdf/") for r in asked) == ids
    gaps = [after.started - before.ended for before, after in pairwise(asked)]
    assert min(gaps) > pause_s - 0.05, gaps  # the server sees an end a little after the client does


def test_threads_ask_one_at_a_time_too(server: FakeArxiv, papers: Path) -> None:
    ids = ["2401.00001", "2401.00002", "2401.00003"]
    server.add(*(FakePaper(id) for id in ids))
    run = ArxivClient(server.settings(pause_s=0.1), papers)
    threads = [threading.Thread(target=run.fetch, args=(id,)) for id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    asked = sorted(server.requests, key=lambda r: r.started)
    assert len(asked) == 3
    assert all(after.started - before.ended > 0.05 for before, after in pairwise(asked))


def test_who_waits_for_another_lector_is_told_when_time_is_up(server: FakeArxiv, papers: Path) -> None:
    papers.mkdir()
    with FileLock(papers / ".arxiv.lock"):
        run = ArxivClient(server.settings(fetch_max_s=0.2), papers, Clock(now=time.time))
        with pytest.raises(SourceError, match="another Lector is fetching from arXiv"):
            run.fetch("2401.00001")
    assert server.requests == []
