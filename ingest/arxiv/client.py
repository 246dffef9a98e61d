"""arXiv as the rest of Lector sees it: `fetch` a paper's PDF, `metadata` of papers."""

from collections.abc import Iterable
from pathlib import Path

import httpx

from common.errors import SourceError
from common.settings import Arxiv
from ingest.arxiv.downloads import Download
from ingest.arxiv.metadata import PaperInfo, query_papers, query_record
from ingest.arxiv.pacing import Clock
from ingest.arxiv.transport import Transport
from ingest.arxiv_ids import ArxivId, parse_arxiv_id

_FEED_BYTES = 5_000_000  # a page of a hundred abstracts has less than a tenth


class ArxivClient:
    """One run's dealings with arXiv. Blocking: call it from a thread that may wait for minutes.

    Args:
        folder: Where PDFs are put, and where the lock lies that keeps the pace between processes.
        clock: Another time, for tests.
    """

    def __init__(self, settings: Arxiv, folder: Path, clock: Clock | None = None) -> None:
        self._settings = settings
        self._folder = folder
        self._clock = clock or Clock()
        self._transport = Transport(settings, folder, self._clock)

    def fetch(self, id: str, version: str | None = None) -> Path:
        """Put a paper's PDF into the folder as `<id>.pdf`, in place of another version of it.

        What is there already is fetched again only if arXiv says that it has changed.

        Args:
            version: Such as "v7"; the newest if None.

        Raises:
            SourceError: It cannot be had; the message says why and what to do. What was there is untouched.
        """
        paper = ArxivId(_plain(id), version)
        target = self._folder / f"{paper.file_stem}.pdf"
        url = f"{self._settings.base_url}/pdf/{paper}"
        download = Download(url, paper, target, self._settings.max_mb * 1_000_000, self._clock)
        self._transport.exchange(url, download.receive, download.headers)
        return target

    def metadata(self, ids: Iterable[str], *, licences: bool = True) -> dict[str, PaperInfo]:
        """What arXiv knows of papers, by id without version.

        One request for a hundred papers; with `licences` one more for each, since only the OAI feed has the licence and
        says for sure whether a paper is withdrawn. An id that arXiv does not know is missing from the answer.

        Raises:
            SourceError: arXiv cannot be asked, or answers something else than it should.
        """
        wanted = list(dict.fromkeys(_plain(id) for id in ids))
        found = query_papers(wanted, self._settings.api_url, self._get)
        if licences:
            found = {id: query_record(info, self._settings.oai_url, self._get) for id, info in found.items()}
        return found

    def _get(self, url: str) -> bytes:
        return self._transport.exchange(url, self._read_feed)

    def _read_feed(self, response: httpx.Response, deadline: float) -> bytes:
        if response.status_code != httpx.codes.OK:
            raise SourceError(f"{response.url} answered {response.status_code}: check the id, or run again later")
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > _FEED_BYTES:
                raise SourceError(f"{response.url} answered more than {_FEED_BYTES // 1_000_000} MB: that is no list of papers")
            if self._clock.now() > deadline:
                raise httpx.ReadTimeout("the time for this request is over", request=response.request)
        return bytes(body)


def _plain(id: str) -> str:
    """The id itself, which becomes part of a link and of a file's name: it must be one and nothing else."""
    found = parse_arxiv_id(id)
    if found is None or found.id != id:
        raise SourceError(f"{id!r} is not an arXiv id such as 1706.03762: correct it", code="corpus-no-source", source=id)
    return found.id
