from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import SourceError
from ingest.arxiv.client import ArxivClient
from ingest.arxiv.metadata import PaperInfo, checked_xml
from tests.ingest.fake_arxiv import PDF, PDF2, FakeArxiv, FakePaper, Fault, page, redirect, status, truncated

Clients = Callable[..., ArxivClient]
QUERY, RECORDS = "/api/query", "/oai"
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><feed>&b;</feed>'
EXTERNAL = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><feed>&a;</feed>'


def feed(entry: str) -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode()


def test_a_paper_is_described_with_its_licence_and_newest_version(server: FakeArxiv, client: Clients) -> None:
    server.add(FakePaper("2401.00001", (PDF, PDF2)))
    assert client().metadata(["2401.00001"]) == {
        "2401.00001": PaperInfo(
            id="2401.00001",
            title="A Title in two lines",
            authors=("Ada Lovelace", "Łukasz Kaiser"),
            abstract="What it says, with $x < y$.",
            latest="v2",
            published=datetime(2024, 1, 1, tzinfo=UTC),
            updated=datetime(2024, 3, 2, 10, tzinfo=UTC),
            licence="http://creativecommons.org/licenses/by/4.0/",
        )
    }


def test_a_hundred_papers_are_one_request(server: FakeArxiv, client: Clients) -> None:
    ids = [f"2401.{n:05d}" for n in range(1, 131)] + ["cs/0112017"]
    server.add(*(FakePaper(id) for id in ids))
    found = client().metadata([*ids, ids[0]], licences=False)
    assert list(found) == ids
    assert found["cs/0112017"].licence is None
    assert len(server.requests) == 2


def test_a_paper_that_arxiv_does_not_know_is_missing(server: FakeArxiv, client: Clients) -> None:
    assert list(client().metadata(["2401.00001", "2401.99999"])) == ["2401.00001"]
    assert client().metadata([]) == {}


def test_withdrawn_is_taken_from_the_record_or_the_comment(server: FakeArxiv, client: Clients) -> None:
    server.add(
        FakePaper("2401.00002", (PDF, PDF2), withdrawn=True),
        FakePaper("2401.00003", comment="This paper has been withdrawn by the authors"),
        FakePaper("2401.00004", comment="supersedes arXiv:2401.00003, which has been withdrawn", abstract="Withdrawal of funds."),
    )
    ids = ["2401.00001", "2401.00002", "2401.00003", "2401.00004"]
    assert {id: info.withdrawn for id, info in client().metadata(ids[:3]).items()} == {ids[0]: False, ids[1]: True, ids[2]: False}
    assert {id: info.withdrawn for id, info in client().metadata(ids[2:], licences=False).items()} == {ids[2]: True, ids[3]: False}


def test_a_licence_that_is_not_stated_or_no_link_is_none(server: FakeArxiv, client: Clients) -> None:
    server.add(FakePaper("2401.00001", licence=None), FakePaper("2401.00002", licence="javascript:alert(1)"))
    assert [info.licence for info in client().metadata(["2401.00001", "2401.00002"]).values()] == [None, None]


def test_what_a_terminal_would_obey_is_taken_out(server: FakeArxiv, client: Clients) -> None:
    server.add(FakePaper("2401.00001", title="Nice\u009b31m \u202etitle", authors=("x" * 1000,)))
    info = client().metadata(["2401.00001"], licences=False)["2401.00001"]
    assert info.title == "Nice 31m title"
    assert info.authors == ("x" * 200,)


@pytest.mark.parametrize("path", [QUERY, RECORDS])
@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (page(BOMB, "text/xml"), "with a document type"),
        (page(BOMB.decode().encode("utf-16"), "text/xml"), "with a document type|something else than XML"),
        (page(EXTERNAL, "text/xml"), "with a document type"),
        (page(b"<feed><entry>", "text/xml"), "something else than XML"),
        (page(b"Rate exceeded."), "something else than XML"),
        (page(b""), "something else than XML"),
        (page(b'<?xml version="1.0" encoding="klingon"?><x/>'), "something else than XML"),
        (page(b"<x>" + b"y" * 6_000_000 + b"</x>"), "more than 5 MB"),
        (status(400), "answered 400: check the id"),
        (status(404), "answered 404"),
        (redirect("https://evil.example/feed"), "is not on the list"),
    ],
)
def test_what_is_no_feed_is_said_and_not_asked_again(server: FakeArxiv, client: Clients, path: str, fault: Fault, says: str) -> None:
    server.misbehave(path, fault, times=3)
    with pytest.raises(SourceError, match=says) as raised:
        client().metadata(["2401.00001"])
    assert "\n" not in raised.value.user_message
    assert [p.split("?")[0] for p in server.paths()].count(path) == 1


@pytest.mark.parametrize("fault", [status(503), status(429, retry_after=1), truncated(40)])
def test_what_may_pass_is_asked_again(server: FakeArxiv, client: Clients, fault: Fault) -> None:
    server.misbehave(QUERY, fault, times=2)
    server.misbehave(RECORDS, fault)
    assert list(client().metadata(["2401.00001"])) == ["2401.00001"]
    assert len(server.requests) == 5


@pytest.mark.parametrize(
    "entry",
    [
        "<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_2401.00001v1</id><title>Error</title>"
        "<published>2024-01-01T00:00:00Z</published><updated>2024-01-01T00:00:00Z</updated></entry>",
        "<entry><title>no id</title></entry>",
        "<entry><id>http://arxiv.org/abs/2401.77777v1</id><published>2024-01-01T00:00:00Z</published>"
        "<updated>2024-01-01T00:00:00Z</updated></entry>",
        "",
    ],
)
def test_an_entry_that_is_not_the_paper_asked_for_is_none(server: FakeArxiv, client: Clients, entry: str) -> None:
    server.misbehave(QUERY, page(feed(entry), "application/atom+xml"))
    assert client().metadata(["2401.00001"]) == {}


def test_a_date_that_is_none_is_said(server: FakeArxiv, client: Clients) -> None:
    entry = "<entry><id>http://arxiv.org/abs/2401.00001v1</id><published>yesterday</published><updated>now</updated></entry>"
    server.misbehave(QUERY, page(feed(entry), "application/atom+xml"))
    with pytest.raises(SourceError, match="gave a feed that cannot be read"):
        client().metadata(["2401.00001"])


def test_a_record_of_another_paper_changes_nothing(server: FakeArxiv, client: Clients) -> None:
    other = (
        b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><GetRecord><record><metadata>'
        b'<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2401.77777</id><version version="v9"/></arXivRaw>'
        b"</metadata></record></GetRecord></OAI-PMH>"
    )
    server.misbehave(RECORDS, page(other, "text/xml"))
    info = client().metadata(["2401.00001"])["2401.00001"]
    assert (info.latest, info.licence) == ("v1", None)


@given(st.binary(max_size=300) | st.text(max_size=100).map(lambda t: f"<x>{t}</x>".encode()))
def test_any_bytes_are_xml_or_a_source_error(body: bytes) -> None:
    try:
        checked = checked_xml(body, "https://arxiv.org/x")
    except SourceError:
        return
    assert checked == body
