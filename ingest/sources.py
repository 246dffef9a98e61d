"""Finds the file of a paper: in `corpus/papers/`, in a mirror folder, then at arXiv.

Where arXiv cannot be reached the first paper finds that out within the connect timeout, and the others
are told at once.
"""

import logging
import os
import tempfile
import time
from pathlib import Path

import httpx

from common.errors import SourceError
from common.settings import Arxiv, Sources
from ingest.arxiv_ids import ArxivId, parse_arxiv_id
from ingest.manifest import Item

_LOG = logging.getLogger(__name__)


class Finder:
    """Finds files of papers, fetching each at most once a run."""

    def __init__(self, corpus: Path, settings: Sources) -> None:
        self._papers = corpus / "papers"
        self._settings = settings
        self._unreachable: str | None = None
        self._last_request = 0.0

    def find(self, item: Item) -> Path:
        """The item's file.

        Raises:
            SourceError: It is nowhere to be had; the message says why.
        """
        if item.file is not None:
            if not item.file.is_file():
                raise SourceError(f"no file at {item.file}: put it there or correct readings.yaml")
            return item.file
        arxiv = parse_arxiv_id(item.id)
        stem = arxiv.file_stem if arxiv else item.id
        for folder in (self._papers, *self._settings.mirrors):
            for suffix in (".pdf", ".md", ".txt"):
                path = folder / f"{stem}{suffix}"
                if path.is_file():
                    return path
        if arxiv is None:
            raise SourceError(f"not an arXiv id, and no {stem}.pdf in {self._papers}: put the file there")
        return self._fetch(ArxivId(arxiv.id, item.version or arxiv.version))

    def _fetch(self, paper: ArxivId) -> Path:
        settings = self._settings.arxiv
        if not settings.enabled:
            raise SourceError("not in corpus/papers or a mirror, and sources.arxiv.enabled is false")
        if self._unreachable is not None:
            raise SourceError(self._unreachable)
        time.sleep(max(0.0, self._last_request + settings.pause_s - time.monotonic()))
        try:
            body = self._download(f"{settings.base_url}/pdf/{paper.id}{paper.version or ''}", settings)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as exc:
            self._unreachable = f"{settings.base_url} is out of reach ({type(exc).__name__}): connect, or put the PDF into {self._papers}"
            raise SourceError(self._unreachable) from exc
        except httpx.HTTPError as exc:
            raise SourceError(f"the download from {settings.base_url} failed ({type(exc).__name__}): run again later") from exc
        finally:
            self._last_request = time.monotonic()
        target = self._papers / f"{paper.file_stem}.pdf"
        _write_whole(target, body)
        _LOG.info("fetched %s: %d bytes", paper.id, len(body))
        return target

    def _download(self, url: str, settings: Arxiv) -> bytes:
        timeout = httpx.Timeout(settings.read_timeout_s, connect=settings.connect_timeout_s)
        limit = settings.max_mb * 1_000_000
        with (
            httpx.Client(timeout=timeout, follow_redirects=False, headers={"User-Agent": "lector/0.1 (course assistant)"}) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code == httpx.codes.NOT_FOUND:
                raise SourceError(f"{url} does not exist: check the id")
            if response.status_code != httpx.codes.OK:
                raise SourceError(f"{url} answered {response.status_code}: run again later")
            body = bytearray()
            for part in response.iter_bytes():
                body += part
                if len(body) > limit:
                    raise SourceError(f"{url} is larger than {settings.max_mb} MB (sources.arxiv.max_mb)")
        if not bytes(body[:1024]).lstrip().startswith(b"%PDF-"):
            raise SourceError(f"{url} gave no PDF but something else: open the link in a browser to see what")
        return bytes(body)


def _write_whole(target: Path, body: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".fetching-", delete=False) as file:
            try:
                file.write(body)
                file.flush()
                Path(file.name).chmod(0o644)
                os.replace(file.name, target)
            except OSError:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as exc:
        raise SourceError(f"cannot write {target}: {exc.strerror}: make room, or the folder writable") from exc
