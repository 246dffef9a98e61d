"""PDFs, from a server that behaves like arXiv, badly too."""

import gzip
import hashlib
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from common.errors import SourceError
from ingest.arxiv.client import ArxivClient
from ingest.arxiv.downloads import origin_of
from tests.ingest.arxiv.conftest import FakeTime, kept
from tests.ingest.fake_arxiv import (
    PDF,
    PDF2,
    FakeArxiv,
    FakePaper,
    Fault,
    Reply,
    headers,
    page,
    redirect,
    slow,
    status,
    truncated,
    unsized,
    whole,
)

PATH = "/pdf/2401.00001"
Clients = Callable[..., ArxivClient]


def test_a_paper_is_fetched_whole_in_the_version_asked_for(server: FakeArxiv, client: Clients, papers: Path) -> None:
    server.add(FakePaper("2401.00001", (PDF, PDF2)), FakePaper("cs/0112017"))
    assert client().fetch("2401.00001", "v1").read_bytes() == PDF
    assert client().fetch("2401.00001").read_bytes() == PDF2
    assert client().fetch("cs/0112017").read_bytes() == PDF
    assert server.paths() == ["/pdf/2401.00001v1", "/pdf/2401.00001", "/pdf/cs/0112017"]
    assert kept(papers) == ["2401.00001.pdf", "cs_0112017.pdf"]
    assert not list(papers.glob(".*.part*"))


def test_what_has_not_changed_is_not_sent_again(server: FakeArxiv, client: Clients) -> None:
    path = client().fetch("2401.00001")
    before = path.stat().st_mtime_ns
    assert client().fetch("2401.00001") == path
    assert path.stat().st_mtime_ns == before
    assert server.requests[1].headers["if-none-match"].startswith('"')
    server.add(FakePaper("2401.00001", (PDF, PDF2)))
    assert client().fetch("2401.00001").read_bytes() == PDF2


def test_without_an_etag_the_date_of_the_last_change_is_asked_with(server: FakeArxiv, client: Clients) -> None:
    server.misbehave(PATH, headers(ETag='W/"weak"'))
    client().fetch("2401.00001")
    client().fetch("2401.00001")
    assert server.requests[1].headers["if-modified-since"].endswith("GMT")


def test_a_file_that_a_person_changed_is_fetched_anew(server: FakeArxiv, client: Clients) -> None:
    path = client().fetch("2401.00001")
    path.write_bytes(b"%PDF- scribbled")
    assert origin_of(path) is None
    assert client().fetch("2401.00001").read_bytes() == PDF
    assert "if-none-match" not in server.requests[1].headers


def test_another_version_takes_the_place_of_the_first(server: FakeArxiv, client: Clients, papers: Path) -> None:
    server.add(FakePaper("2401.00001", (PDF, PDF2)))
    client().fetch("2401.00001", "v1")
    path = client().fetch("2401.00001", "v2")
    assert path.read_bytes() == PDF2
    origin = origin_of(path)
    assert origin is not None
    assert (origin.version, origin.sha256) == ("v2", hashlib.sha256(PDF2).hexdigest())
    assert kept(papers) == ["2401.00001.pdf"]


@pytest.mark.parametrize("code", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again_with_growing_waits(server: FakeArxiv, client: Clients, fake_time: FakeTime, code: int) -> None:
    server.misbehave(PATH, status(code), times=3)
    assert client(backoff_s=3.0).fetch("2401.00001").read_bytes() == PDF
    assert fake_time.slept == [3.0, 6.0, 12.0]


def test_half_of_a_wait_is_chance(server: FakeArxiv, papers: Path, fake_time: FakeTime) -> None:
    server.misbehave(PATH, status(503), times=2)
    ArxivClient(server.settings(backoff_s=4.0), papers, fake_time.clock(jitter=0.0)).fetch("2401.00001")
    assert fake_time.slept == [2.0, 4.0]


@pytest.mark.parametrize("rest", ["7", "Tue, 14 Nov 2023 22:13:27 GMT"])
def test_the_rest_that_the_server_asks_for_is_kept(server: FakeArxiv, client: Clients, fake_time: FakeTime, rest: str) -> None:
    server.misbehave(PATH, status(429, retry_after=rest))
    client(backoff_s=1.0).fetch("2401.00001")
    assert sum(fake_time.slept) == 7.0


@pytest.mark.parametrize("rest", ["soon", "-5", "", "Tue, 99 Foo 2023", "٣"])
def test_a_rest_that_means_nothing_is_passed_over(server: FakeArxiv, client: Clients, fake_time: FakeTime, rest: str) -> None:
    server.misbehave(PATH, status(429, retry_after=rest.encode().decode("latin-1")))
    client(backoff_s=1.0).fetch("2401.00001")
    assert fake_time.slept == [1.0]


def test_a_long_rest_ends_the_run_and_is_remembered_by_the_next(server: FakeArxiv, client: Clients, fake_time: FakeTime) -> None:
    server.misbehave(PATH, status(429, retry_after=3600))
    first = client()
    for id in ("2401.00001", "2401.00002"):
        with pytest.raises(SourceError, match=r"answers 429 and asks to be left alone until \d\d:\d\d"):
            first.fetch(id)
    with pytest.raises(SourceError, match="asked for a rest of 3600 s more"):
        client().fetch("2401.00001")
    assert server.paths() == [PATH]
    fake_time.sleep(3600)
    assert client().fetch("2401.00001").read_bytes() == PDF


def test_tries_end_and_the_waits_of_a_run_have_a_budget(server: FakeArxiv, client: Clients, fake_time: FakeTime) -> None:
    server.misbehave(PATH, status(503), times=20)
    run = client(backoff_s=10.0, retry_budget_s=80.0)
    with pytest.raises(SourceError, match=r"answered 503 \(4 tries\): run again later"):
        run.fetch("2401.00001")
    assert fake_time.slept == [10.0, 20.0, 40.0]
    with pytest.raises(SourceError, match=r"one try|2 tries"):
        run.fetch("2401.00001")
    assert sum(fake_time.slept) <= 80.0


def test_a_body_that_breaks_off_is_gone_on_with(server: FakeArxiv, client: Clients) -> None:
    server.misbehave(PATH, truncated(3000), truncated(1000))
    assert client().fetch("2401.00001").read_bytes() == PDF
    tag = '"' + hashlib.sha256(PDF).hexdigest()[:16] + '"'
    asked = [(r.headers.get("range"), r.headers.get("if-range")) for r in server.requests]
    assert asked == [(None, None), ("bytes=3000-", tag), ("bytes=4000-", tag)]


def test_the_next_run_goes_on_where_the_last_stopped(server: FakeArxiv, client: Clients, papers: Path) -> None:
    server.misbehave(PATH, truncated(3000), times=1)
    with pytest.raises(SourceError, match=r"broke off \(one try\): run again later"):
        client(attempts=1).fetch("2401.00001")
    assert kept(papers) == []
    assert client().fetch("2401.00001").read_bytes() == PDF
    assert server.requests[1].headers["range"] == "bytes=3000-"


def test_a_part_of_another_file_is_thrown_away(server: FakeArxiv, client: Clients) -> None:
    server.misbehave(PATH, truncated(3000))
    with pytest.raises(SourceError):
        client(attempts=1).fetch("2401.00001")
    server.add(FakePaper("2401.00001", (PDF2,)))
    assert client().fetch("2401.00001").read_bytes() == PDF2
    server.misbehave("/pdf/2401.00001v1", truncated(3000))
    with pytest.raises(SourceError):
        client(attempts=1).fetch("2401.00001", "v1")
    client().fetch("2401.00001")
    assert "range" not in server.requests[-1].headers


def test_a_server_that_knows_no_ranges_sends_all_of_it(server: FakeArxiv, client: Clients) -> None:
    server.misbehave(PATH, truncated(3000), whole)
    assert client().fetch("2401.00001").read_bytes() == PDF
    assert server.requests[1].headers["range"] == "bytes=3000-"


@pytest.mark.parametrize("wrong", ["bytes 0-99/8000", "bytes 4000-4100/8000", "nonsense"])
def test_a_range_that_does_not_fit_is_not_glued_on(server: FakeArxiv, client: Clients, wrong: str) -> None:
    server.misbehave(PATH, truncated(3000), headers(Content_Range=wrong))
    assert client().fetch("2401.00001").read_bytes() == PDF
    assert [r.headers.get("range") for r in server.requests] == [None, "bytes=3000-", None]


def test_the_rest_of_another_file_is_not_glued_on(server: FakeArxiv, client: Clients) -> None:
    server.misbehave(PATH, truncated(3000), headers(ETag='"another"'))
    assert client().fetch("2401.00001").read_bytes() == PDF
    assert [r.headers.get("range") for r in server.requests] == [None, "bytes=3000-", None]


def test_a_range_shorter_than_asked_for_is_gone_on_with(server: FakeArxiv, client: Clients) -> None:
    def short(_handler: object, reply: Reply) -> Reply:
        return Reply(206, reply.body[:1000], reply.headers | {"Content-Range": f"bytes 3000-3999/{len(PDF)}"})

    server.misbehave(PATH, truncated(3000), short)
    assert client().fetch("2401.00001").read_bytes() == PDF
    assert [r.headers.get("range") for r in server.requests] == [None, "bytes=3000-", "bytes=4000-"]


def test_a_part_longer_than_the_file_is_thrown_away(server: FakeArxiv, client: Clients, papers: Path) -> None:
    server.misbehave(PATH, truncated(3000))
    with pytest.raises(SourceError):
        client(attempts=1).fetch("2401.00001")
    (papers / ".2401.00001.part").write_bytes(PDF + b"more")
    assert client().fetch("2401.00001").read_bytes() == PDF


@pytest.mark.parametrize("cut", [None, 3000])
def test_without_a_length_the_end_of_the_pdf_tells(server: FakeArxiv, client: Clients, cut: int | None) -> None:
    server.misbehave(PATH, unsized(cut))
    assert client().fetch("2401.00001").read_bytes() == PDF
    assert len(server.requests) == (1 if cut is None else 2)


def test_silence_is_waited_for_so_long_and_no_longer(server: FakeArxiv, client: Clients) -> None:
    server.misbehave(PATH, slow(before_s=5), slow(before_s=5))
    with pytest.raises(SourceError, match=r"answers too slowly \(2 tries\): run again later"):
        client(read_timeout_s=0.1, attempts=2).fetch("2401.00001")
    assert client(read_timeout_s=0.5).fetch("2401.00001").read_bytes() == PDF


def test_a_trickle_ends_with_the_time_for_a_paper_and_is_gone_on_with(server: FakeArxiv, client: Clients, papers: Path) -> None:
    server.misbehave(PATH, slow(between_s=0.03))
    with pytest.raises(SourceError, match=r"answers too slowly \(one try\)"):
        ArxivClient(server.settings(fetch_max_s=0.4), papers).fetch("2401.00001")
    assert 0 < (papers / ".2401.00001.part").stat().st_size < len(PDF)
    assert client().fetch("2401.00001").read_bytes() == PDF
    assert "range" in server.requests[1].headers


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (status(404), r"/pdf/2401\.00001 does not exist: check the id and the version"),
        (status(403), "answered 403: arXiv turns this network or client away"),
        (status(418), "answered 418: open the link"),
        (status(304, body=b""), "answered 304"),
        (page(b"<!DOCTYPE html><title>captcha</title>"), "gave no PDF but a web page: open the link in a browser"),
        (page(b"<html>" + b"x" * 200_000), "gave no PDF but a web page"),
        (page(b"just text", "application/pdf"), "gave no PDF but something else"),
        (page(b"", "application/pdf"), "gave no PDF but something else"),
        (page(PDF + b"x" * 1_100_000, "application/pdf"), "larger than 1 MB: raise sources.arxiv.max_mb"),
        (redirect("https://evil.example/2401.00001.pdf"), r"https://evil\.example is not on the list of hosts .* not followed"),
        (redirect("//evil.example/2401.00001.pdf"), r"http://evil\.example is not on the list"),
        (redirect("http://arxiv.org/pdf/2401.00001"), r"http://arxiv\.org is not on the list"),
        (redirect("https://arxiv.org:8443/pdf/2401.00001"), r"https://arxiv\.org is not on the list"),
        (redirect("https://arxiv.org@evil.example/x"), r"https://evil\.example is not on the list"),
        (redirect("https://user:secret@arxiv.org/x"), r"https://arxiv\.org is not on the list"),
        (redirect("http://127.0.0.1:1/internal"), r"http://127\.0\.0\.1 is not on the list"),
        (redirect("file:///etc/passwd"), "is not on the list"),
        (redirect("https://arxiv.org:port/x"), "redirected to something that is no link"),
    ],
)
def test_what_cannot_be_had_is_named_once_and_leaves_nothing(
    server: FakeArxiv, client: Clients, papers: Path, fault: Fault, says: str
) -> None:
    server.misbehave(PATH, fault, times=5)
    with pytest.raises(SourceError, match=says) as raised:
        client().fetch("2401.00001")
    assert "\n" not in raised.value.user_message
    assert "secret" not in raised.value.user_message
    assert len(server.requests) == 1
    assert sorted(p.name for p in papers.iterdir()) == [".arxiv-next", ".arxiv.lock"]


def test_a_body_that_grows_beyond_the_limit_is_dropped(server: FakeArxiv, client: Clients, papers: Path) -> None:
    server.add(FakePaper("2401.00001", (PDF + b"x" * 3_000_000,)))
    server.misbehave(PATH, unsized())
    with pytest.raises(SourceError, match="larger than 1 MB"):
        client().fetch("2401.00001")
    assert not list(papers.glob("*.pdf"))
    assert not list(papers.glob(".*.part"))


def test_what_was_there_stays_when_the_new_one_cannot_be_had(server: FakeArxiv, client: Clients) -> None:
    server.add(FakePaper("2401.00001", (PDF, PDF2)))
    path = client().fetch("2401.00001", "v1")
    server.misbehave("/pdf/2401.00001v2", page(b"<html>captcha"))
    with pytest.raises(SourceError):
        client().fetch("2401.00001", "v2")
    assert path.read_bytes() == PDF


def test_a_withdrawn_paper_is_told_from_a_captcha(server: FakeArxiv, client: Clients) -> None:
    server.add(FakePaper("2401.00002", (PDF, PDF2), withdrawn=True))
    with pytest.raises(SourceError, match=r"arXiv has no file of 2401\.00002: it is withdrawn.* such as 2401\.00002v1"):
        client().fetch("2401.00002")
    assert client().fetch("2401.00002", "v1").read_bytes() == PDF


def test_redirects_within_the_list_are_followed_but_not_for_ever(server: FakeArxiv, client: Clients) -> None:
    server.misbehave(PATH, redirect("/pdf/2401.00001v1", 301))
    assert client().fetch("2401.00001").read_bytes() == PDF
    server.misbehave("/pdf/2401.00002", redirect("/pdf/2401.00002"), times=9)
    with pytest.raises(SourceError, match="redirected more than 3 times"):
        client().fetch("2401.00002")
    assert server.paths().count("/pdf/2401.00002") == 4


def test_a_name_that_the_server_gives_is_not_used(server: FakeArxiv, client: Clients, papers: Path) -> None:
    server.misbehave(PATH, headers(Content_Disposition='attachment; filename="../../evil.pdf"', Content_Location="/../evil.pdf"))
    client().fetch("2401.00001")
    assert kept(papers) == ["2401.00001.pdf"]
    assert [p.name for p in papers.parent.iterdir()] == ["papers"]


@pytest.mark.parametrize("id", ["../2401.00001", "2401.00001/../../x", "2401.00001v2", "", "x/1234567"])
def test_what_is_no_id_is_not_asked_for(server: FakeArxiv, client: Clients, id: str) -> None:
    with pytest.raises(SourceError, match="is not an arXiv id"):
        client().fetch(id)
    assert server.requests == []


def test_compressed_on_the_way_is_read_but_not_gone_on_with(server: FakeArxiv, client: Clients, papers: Path) -> None:
    server.misbehave(PATH, lambda _handler, reply: Reply(200, gzip.compress(PDF), reply.headers | {"Content-Encoding": "gzip"}))
    path = client().fetch("2401.00001")
    assert path.read_bytes() == PDF
    origin = origin_of(path)
    assert origin is not None
    assert origin.validator is None
    server.misbehave(PATH, lambda _handler, _reply: Reply(200, b"no gzip", {"Content-Encoding": "gzip"}))
    with pytest.raises(SourceError, match=r"cannot be read \(DecodingError\)"):
        client().fetch("2401.00001")


def test_a_folder_that_cannot_be_written_is_named(server: FakeArxiv, papers: Path, client: Clients) -> None:
    papers.write_text("a file in the folder's place")
    with pytest.raises(SourceError, match=r"cannot write to .*papers"):
        client().fetch("2401.00001")
    assert server.requests == []


def test_no_way_to_arxiv_is_noticed_once(server: FakeArxiv, papers: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    run = ArxivClient(server.settings(base_url=f"http://127.0.0.1:{port}", pause_s=3600.0), papers, FakeTime().clock())
    for id in ("2401.00001", "2401.00002"):
        with pytest.raises(SourceError, match=r"is out of reach \(ConnectError\): connect, or put the PDF into"):
            run.fetch(id)


def test_a_full_disk_is_named(server: FakeArxiv, client: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ingest.arxiv.downloads.os.fsync", full)
    with pytest.raises(SourceError, match=r"cannot write .*2401\.00001\.pdf \(No space left on device\): make room"):
        client().fetch("2401.00001")
